"""Short digests of what pages are made of: equal ones mean equal values, and what is held or remembered keeps its own.

The order of a set does not go into them. Of an article that is taken which decides all the rest under the same code
and settings, of a story what is at hand, and the rest as it is packed: none of it is opened for that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from hashlib import sha256
from operator import attrgetter
from typing import Any

from generator.model import Article, Person, Story
from generator.publishing.outlets import Outlet


class Seals:
    """The digests of values; those of articles, stories, people and outlets, of which many pages are made, each made once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, str]] = {}
        """By the number of the object, which no other has while it is held here."""
        self._tell = _Tellers(self._tuple)
        self._tell[Article] = self._once(self._article)
        self._tell[Story] = self._once(self._story)
        for kind in (Person, Outlet):
            self._tell[kind] = self._once(self._tell[kind])

    def of(self, *values: object) -> bytes:
        """Return the digest of values."""
        return sha256(self._tuple(values).encode()).digest()

    def _tuple(self, values: tuple[object, ...]) -> str:
        """Return a text that only tuples of equal values have."""
        tell = self._tell
        return f"({','.join([tell[type(value)](value) for value in values])})"

    def _once(self, tell: Callable[[Any], str]) -> Callable[[object], str]:
        """Return what gives the digest of a text, for which an object is asked but once."""

        def told(value: object) -> str:
            known = self._known.get(id(value))
            if known is None:
                known = self._known[id(value)] = value, sha256(tell(value).encode()).hexdigest()
            return known[1]

        return told

    def _article(self, article: Article) -> str:
        """Return what decides all of an article: the file, what is known beside its text, and what was cut."""
        one = article
        return self._tuple((one.id, one.path, one.digest, one.meta, one.cut, one.notes))

    def _story(self, story: Story) -> str:
        """Return all of a story, its articles by what decides them, and the rest unopened."""
        own, packs = story.told(but="articles")
        return self._tuple((*own, *[sha256(pack).digest() for pack in packs], story.articles))


class _Tellers(dict[type, Callable[[Any], str]]):
    """What gives, by the class of a value, a text that only equal values have; found out when a class is met."""

    def __init__(self, of_tuple: Callable[[tuple[object, ...]], str]) -> None:
        super().__init__()
        self._of_tuple = of_tuple

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        self[kind] = tell = self._teller(kind)
        return tell

    def _teller(self, kind: type) -> Callable[[Any], str]:
        if issubclass(kind, tuple):
            return self._of_tuple
        if not is_dataclass(kind):
            return repr
        names, of_tuple = [field.name for field in fields(kind)], self._of_tuple
        values = attrgetter(*names)
        if len(names) == 1:
            return lambda value: of_tuple((values(value),))
        return lambda value: of_tuple(values(value))
