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
        if basis != self._basis:
            self._basis, self._known = basis, {}
        known = self._known
        found = [known.get(article.id) for article in articles]
        others = zip(articles, found, strict=True)
        new = [article for article, one in others if one is None or one[0] is not article]
        if new:
            known.update((a.id, (a, made)) for a, made in zip(new, make(new), strict=True))
            found = [known[article.id] for article in articles]
        if len(known) > len(articles):
            self._known = {article.id: known[article.id] for article in articles}
        return [one[1] for one in found if one]
