"""What differs between two sequences of which most members are the very same objects.

A process that goes on building is given some thousand articles, stories and drafts again, of which an edit changes one
or two. Whoever keeps what was made of the last ones looks for these alone, and makes no more anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from operator import is_not
from typing import Any, Generic, TypeVar, cast

Kept = TypeVar("Kept")
Made = TypeVar("Made")


def turned(before: Sequence[object], now: Sequence[object]) -> list[int] | None:
    """Return the places at which another object stands than before.

    None where that tells little: of sequences of different lengths, and where more than half of the members differ.
    """
    if before is now:
        return []
    if len(before) != len(now):
        return None
    places = list(compress(range(len(now)), map(is_not, before, now)))
    return places if 2 * len(places) <= len(now) else None


def parted(before: Sequence[Kept], now: Sequence[Kept]) -> tuple[Sequence[Kept], Sequence[Kept]]:
    """Return the members of a sequence that are no more where they were, or no more at all, and those that came instead."""
    places = turned(before, now)
    if places is not None:
        return [before[place] for place in places], [now[place] for place in places]
    held, there = set(map(id, before)), set(map(id, now))
    return [one for one in before if id(one) not in there], [one for one in now if id(one) not in held]


def exchanged(before: Sequence[Kept], places: Iterable[int], fresh: Iterable[Kept]) -> list[Kept]:
    """Return a sequence with others at some places."""
    now = list(before)
    for place, one in zip(places, fresh, strict=True):
        now[place] = one
    return now


def settled(before: Sequence[Kept], now: Sequence[Kept]) -> Sequence[Kept]:
    """Return a sequence with the very objects of an earlier one where they are equal; that one itself where all are."""
    places = turned(before, now)
    if places is None:
        return now
    others = [place for place in places if before[place] != now[place]]
    return exchanged(before, others, [now[place] for place in others]) if others else before


def carried(
    before: Sequence[Kept],
    made: list[Made],
    now: Sequence[Kept],
    key: Callable[[Kept], object] = id,
) -> tuple[Sequence[int], list[Made | None]]:
    """Return the places at which others stand than before, and what was made of each present member.

    That is kept wherever the member, by its key, stood before; None stands for what is to be made.
    """
    places = turned(before, now)
    gone, come = (range(len(before)), range(len(now))) if places is None else (places, places)
    known = {key(before[place]): made[place] for place in gone}
    carried = [known.get(key(now[place])) for place in come]
    kept = cast("list[Made | None]", made)
    return come, carried if places is None else exchanged(kept, places, carried)


class Last(Generic[Kept, Made]):
    """What was made of each of the last things, which is made anew of others alone."""

    def __init__(self, make: Callable[[Kept], Made]) -> None:
        self._make = make
        self._things: Sequence[Kept] = ()
        self._made: list[Made] = []

    def of(self, things: Sequence[Kept]) -> list[Made]:
        """Return what is made of each thing."""
        come, made = carried(self._things, self._made, things)
        for place in come:
            if made[place] is None:
                made[place] = self._make(things[place])
        self._things = things
        if come or not made:
            self._made = cast("list[Made]", made)
        return self._made


class Order(Generic[Kept]):
    """The last things in order, which others join in the place of those that had the same key."""

    def __init__(self, key: Callable[[Kept], Any]) -> None:
        self._key = key
        self._things: Sequence[Kept] = ()
        self._keys: list[Any] = []
        self._places: list[int] = []
        """Where each thing stands in order."""
        self._ordered: list[Kept] = []

    def of(self, things: Sequence[Kept]) -> list[Kept]:
        """Return things sorted by their key."""
        places = turned(self._things, things)
        keys = [] if places is None else [self._key(things[place]) for place in places]
        if places is None or keys != [self._keys[place] for place in places]:
            self._sort(things)
        elif places:
            fresh = [things[place] for place in places]
            self._ordered = exchanged(self._ordered, [self._places[place] for place in places], fresh)
        self._things = things
        return self._ordered

    def _sort(self, things: Sequence[Kept]) -> None:
        self._keys = list(map(self._key, things))
        order = sorted(range(len(things)), key=self._keys.__getitem__)
        self._ordered = [things[place] for place in order]
        self._places = [0] * len(things)
        for at, place in enumerate(order):
            self._places[place] = at
