"""What a process that goes on building keeps at hand of each article.

Nothing depends on it but time: what is made of an article hangs on the article and on a basis that is given,
and is made again where either has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from generator.model import Article

Made = TypeVar("Made")


class Remembered(Generic[Made]):
    """The last results, each for as long as its article is the very same object."""

    def __init__(self) -> None:
        self._basis: object = None
        self._known: dict[str, tuple[Article, Made]] = {}

    def each(
        self, articles: Sequence[Article], basis: object, make: Callable[[Sequence[Article]], Sequence[Made]]
    ) -> list[Made]:
        """Return what ``make`` gives of each article, asking it for those alone that are not known."""
        known = self._known if basis == self._basis else {}
        new = [article for article in articles if known.get(article.id, (None,))[0] is not article]
        fresh = dict(zip((article.id for article in new), make(new), strict=True))
        self._basis = basis
        self._known = {a.id: (a, fresh[a.id] if a.id in fresh else known[a.id][1]) for a in articles}
        return [self._known[article.id][1] for article in articles]
