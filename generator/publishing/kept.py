"""What was made of single articles and stories, each for as long as it is the very same object.

A page that lists a thousand stories asks the same of each of them in every edition. Nothing depends on this
memory but time: what is kept was made of the object and of settings, which its owner holds constant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Made = TypeVar("Made")
_Key = tuple[Callable[..., object], int, str]


class Kept:
    """The answers of functions to objects, of this edition and the last one."""

    def __init__(self) -> None:
        self._old: dict[_Key, tuple[object, Any]] = {}
        self._new: dict[_Key, tuple[object, Any]] = {}

    def turn(self) -> None:
        """Begin an edition: what the last one did not ask for is forgotten."""
        self._old, self._new = self._new, {}

    def of(self, make: Callable[..., Made], asker: object, thing: object, word: str = "") -> Made:
        """Return ``make(asker, thing)``, with a word ``make(asker, thing, word)``: once for each thing and word.

        ``make`` is a module-level function that asks its first argument for nothing but what is constant.
        """
        key = make, id(thing), word  # while the thing is kept here, no other has its number
        known = self._new.get(key) or self._old.get(key)
        if known is None:
            known = thing, make(asker, thing, word) if word else make(asker, thing)
        self._new[key] = known
        made: Made = known[1]
        return made
