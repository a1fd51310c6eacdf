"""What a process that goes on building keeps at hand of each article.

Nothing depends on it but time: what is made of an article hangs on the article and on a basis that is given,
and is made again where either has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from generator.model import Article
from generator.turned import exchanged, turned

Made = TypeVar("Made")


class Remembered(Generic[Made]):
    """The last results, each for as long as its article is the very same object."""

    def __init__(self) -> None:
        self._basis: object = None
        self._articles: Sequence[Article] = ()
        self._made: Sequence[Made] = ()

    def each(
        self, articles: Sequence[Article], basis: object, make: Callable[[Sequence[Article]], Sequence[Made]]
    ) -> list[Made]:
        """Return what ``make`` gives of each article, asking it for those alone that are not known."""
        if basis != self._basis:
            self._basis, self._articles, self._made = basis, (), ()
        places = turned(self._articles, articles)
        if places is None:
            made = self._of(articles, make)
        else:
            made = exchanged(
                self._made, places, make([articles[place] for place in places]) if places else ()
            )
        self._articles, self._made = articles, made
        return made

    def _of(
        self, articles: Sequence[Article], make: Callable[[Sequence[Article]], Sequence[Made]]
    ) -> list[Made]:
        """Return what was made of each article, wherever it stood, or is made of it now."""
        known = dict(zip(map(id, self._articles), self._made, strict=True))
        keys = list(map(id, articles))
        new = [article for article, key in zip(articles, keys, strict=True) if key not in known]
        if new:
            known.update(zip(map(id, new), make(new), strict=True))
        return list(map(known.__getitem__, keys))

    def forget(self) -> None:
        """Let go of all results."""
        self._articles, self._made = (), ()
