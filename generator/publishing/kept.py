"""What was made of single articles, stories and people, each for as long as it is the very same object.

A page that lists a thousand stories asks the same of each of them in every edition. Nothing depends on this
memory but time: what is kept was made of the object and of settings, which its owner holds constant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from generator.publishing.tables import Listed
from generator.turned import exchanged, settled, turned

Made = TypeVar("Made")


class Kept:
    """The answers of functions to objects; when they are of ``most`` objects it begins anew."""

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._held: dict[int, object] = {}
        """By the number of the object, which no other has while it is held here."""
        self._things: Sequence[object] = ()
        """What was to be held last."""
        self._lists: dict[Callable[..., object], tuple[Sequence[object], Sequence[Any]]] = {}
        """What was asked for together, and the answers, by function."""
        self._wholes: dict[Callable[..., object], tuple[object, Any]] = {}
        """What was made of all of some things, by function, with these."""
        self.tables: dict[str, Listed[Any]] = {}
        """Those of the last edition that were made of many things, by name."""
        self._made: defaultdict[tuple[Callable[..., object], str], dict[int, Any]] = defaultdict(dict)
        """What was made, by function and word, then by the number of the object."""

    def hold(self, things: Sequence[object]) -> None:
        """Forget what was made of any but these."""
        places = turned(self._things, things)
        if places is None or len(self._held) != len(self._things):
            last, self._held = self._held, {id(thing): thing for thing in things}
            gone = last.keys() - self._held.keys()
        else:
            fresh = {id(things[place]): things[place] for place in places}
            gone = {id(self._things[place]) for place in places} - fresh.keys()
            for key in gone:
                self._held.pop(key, None)
            self._held |= fresh
        self._things = things
        for key in gone:
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
                self._begin()
            self._held[key] = thing
            self._made[make, word][key] = made
        answer: Made = self._made[make, word][key]
        return answer

    def of_each(self, make: Callable[..., Made], asker: object, things: Sequence[object]) -> Sequence[Made]:
        """Return ``make(asker, thing)`` of each thing, as ``of`` does: the very same list while all answers are equal."""
        if self._most is not None:
            return [self.of(make, asker, thing) for thing in things]
        last, known = self._lists.get(make, ((), []))
        places = turned(last, things)
        if places is None:
            answers: Sequence[Made] = self._of_all(make, asker, things)
        else:
            others = [things[place] for place in places]
            answers = settled(known, exchanged(known, places, self._of_all(make, asker, others)))
            self._made[make, ""].update((id(things[place]), answers[place]) for place in places)
        self._lists[make] = things, answers
        return answers

    def remembered_each(
        self, make: Callable[..., Made], asker: object, things: Sequence[object]
    ) -> Sequence[Made]:
        """Return the same, of a function whose answers are worth remembering on the disk; see ``recalled.py``."""
        return self.of_each(make, asker, things)

    def whole(self, make: Callable[..., list[Made]], *given: object) -> Sequence[Made]:
        """Return the list ``make(*given)``: the very same one while what is given, or what is made of it, is equal.

        ``make`` is a module-level function that reads nothing but its arguments.
        """
        last, known = self._wholes.get(make, (None, []))
        made: Sequence[Made] = known if last == given else settled(known, make(*given))
        if self._most is None:
            self._wholes[make] = given, made
        return made

    def _of_all(self, make: Callable[..., Made], asker: object, things: Sequence[object]) -> list[Made]:
        answers, keys = self._made[make, ""], list(map(id, things))
        for thing in [thing for thing, key in zip(things, keys, strict=True) if key not in answers]:
            self.of(make, asker, thing)
        return list(map(answers.__getitem__, keys))

    def _begin(self) -> None:
        """Forget all."""
        self._held.clear()
        self._made.clear()
        self._things = ()
        self._lists.clear()
        self._wholes.clear()
