"""Short digests of what pages are made of: equal ones mean equal values, and what is held or remembered keeps its own.

The order of a set does not go into them. Of an article that is taken which decides all the rest under the same code
and settings, of a story what is at hand, and the rest as it is packed: none of it is opened for that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from operator import attrgetter

from generator.model import Article, Story


class Seals:
    """The digests of values, each made once for each object."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, str]] = {}
        """By the number of the object, which no other has while it is held here."""

    def of(self, *values: object) -> bytes:
        """Return the digest of values."""
        return sha256(self._told(values).encode()).digest()

    def _told(self, value: object) -> str:
        """Return a text that only equal values have."""
        if isinstance(value, str | int | float):
            return repr(value)
        if isinstance(value, tuple):
            return f"({','.join(map(self._told, value))})"
        if isinstance(value, Article | Story):
            return self._once(value)
        if is_dataclass(value):
            return self._told(_parts(type(value))(value))  # type: ignore[arg-type]
        return repr(value)

    def _once(self, value: Article | Story) -> str:
        known = self._known.get(id(value))
        if known is None:
            text = _article(value) if isinstance(value, Article) else self._story(value)
            known = self._known[id(value)] = value, sha256(text.encode()).hexdigest()
        return known[1]

    def _story(self, story: Story) -> str:
        """Return all of a story, its articles by what decides them, and the rest unopened."""
        own, packs = story.told(but="articles")
        return f"{own!r}{[sha256(pack).hexdigest() for pack in packs]}{self._told(story.articles)}"


@cache
def _parts(kind: type) -> Callable[[object], tuple[object, ...]]:
    """Return what gives the parts of a record of this kind."""
    names = [field.name for field in fields(kind)]
    return attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)


def _article(article: Article) -> str:
    """Return what decides all of an article: the file, what is known beside its text, and what was cut."""
    return repr((article.id, article.path, article.digest, article.meta, article.cut, article.notes))
