"""What was made of single articles, stories and people, each for as long as it is the very same object.

A page that lists a thousand stories asks the same of each of them in every edition. Nothing depends on this
memory but time: what is kept was made of the object and of settings, which its owner holds constant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Kept:
    """The answers of functions to objects; when they are of ``most`` objects it begins anew."""

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._known: dict[int, tuple[object, dict[tuple[Callable[..., object], str], Any]]] = {}
        """By the number of the object, which no other has while it is held here."""

    def hold(self, things: Iterable[object]) -> None:
        """Forget what was made of any but these."""
        known = self._known
        self._known = {key: known[key] for thing in things if (key := id(thing)) in known}

    def of(self, make: Callable[..., Made], asker: object, thing: object, word: str = "") -> Made:
        """Return ``make(asker, thing)``, with a word ``make(asker, thing, word)``: once for each thing and word.

        ``make`` is a module-level function that asks its first argument for nothing but what is constant.
        """
        known = self._known.get(id(thing))
        if known is None:
            if len(self._known) == self._most:
                self._known.clear()
            known = self._known[id(thing)] = thing, {}
        answers, key = known[1], (make, word)
        if key not in answers:
            answers[key] = make(asker, thing, word) if word else make(asker, thing)
        made: Made = answers[key]
        return made
