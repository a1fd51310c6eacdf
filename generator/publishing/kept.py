"""What was made of single articles, stories and people, each for as long as it is the very same object.

A page that lists a thousand stories asks the same of each of them in every edition. Nothing depends on this
memory but time: what is kept was made of the object and of settings, which its owner holds constant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

Made = TypeVar("Made")


class Kept:
    """The answers of functions to objects; when they are of ``most`` objects it begins anew."""

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._held: dict[int, object] = {}
        """By the number of the object, which no other has while it is held here."""
        self._made: defaultdict[tuple[Callable[..., object], str], dict[int, Any]] = defaultdict(dict)
        """What was made, by function and word, then by the number of the object."""

    def hold(self, things: Iterable[object]) -> None:
        """Forget what was made of any but these."""
        last, self._held = self._held, {id(thing): thing for thing in things}
        if not self._held:
            self._made.clear()
        for key in last.keys() - self._held.keys():
            for answers in self._made.values():
                answers.pop(key, None)

    def of(self, make: Callable[..., Made], asker: object, thing: object, word: str = "") -> Made:
        """Return ``make(asker, thing)``, with a word ``make(asker, thing, word)``: once for each thing and word.

        ``make`` is a module-level function that asks its first argument for nothing but what is constant.
        """
        key = id(thing)
        if key not in self._made[make, word]:
            made = make(asker, thing, word) if word else make(asker, thing)
            if key not in self._held and len(self._held) == self._most:
                self.hold(())
            self._held[key] = thing
            self._made[make, word][key] = made
        answer: Made = self._made[make, word][key]
        return answer

    def of_each(self, make: Callable[..., Made], asker: object, things: Sequence[object]) -> list[Made]:
        """Return ``make(asker, thing)`` of each thing, as ``of`` does."""
        if self._most is not None:
            return [self.of(make, asker, thing) for thing in things]
        answers, keys = self._made[make, ""], list(map(id, things))
        for thing in [thing for thing, key in zip(things, keys, strict=True) if key not in answers]:
            self.of(make, asker, thing)
        return list(map(answers.__getitem__, keys))
