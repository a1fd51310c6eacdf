"""What was printed of the drafts of one function for many subjects, in their order.

An edit touches one or two of thousands. Those of the same subjects are looked at by the quire: what any of some
leaves asked of the tables is held together, so that one look tells that all of them are as they were.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import lt

from generator.model import Page
from generator.publishing.tables import Question
from generator.turned import exchanged, turned

_LEAVES = 64
"""Drafts of a quire."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of one draft, and what they were made of."""

    subject: object
    asked: frozenset[Question]
    pages: tuple[Page, ...]
    found: tuple[str, ...]
    """Paths of the pages that search engines may list."""


_BLANK = Printed(None, frozenset(), (), ())


class Quires:
    """Drafts by their place."""

    def __init__(self, subjects: Sequence[object], printed: list[Printed]) -> None:
        self.subjects, self.printed = subjects, printed
        self.gone: Sequence[object] = ()
        """Subjects that stood where others were found when it was last looked, or that were there no more."""
        self._ends = [*range(_LEAVES, len(printed), _LEAVES), len(printed)]
        """Where the quires end."""
        self._asked = [self._of(number) for number in range(len(self._ends))]

    def stale(self, subjects: Sequence[object], asked: AbstractSet[Question]) -> list[int] | None:
        """Return the places at which others are to be printed, since tables answer what is ``asked`` otherwise now.

        None where any may be: the subjects are not the very same, in their order, but for a few that came or went.
        """
        others = turned(self.subjects, subjects)
        if others is None:
            others = self._follow(subjects)
            if others is None:
                return None
        else:
            self.gone = [self.subjects[place] for place in others]
        self.subjects = subjects
        touched = [number for number, held in enumerate(self._asked) if not asked.isdisjoint(held)]
        leaves = (place for number in touched for place in self._places(number))
        return sorted(
            {*others, *(place for place in leaves if not asked.isdisjoint(self.printed[place].asked))}
        )

    def put(self, places: Iterable[int], printed: Iterable[Printed]) -> None:
        """Put what was printed in its places."""
        places = list(places)
        self.printed = exchanged(self.printed, places, printed)
        for number in {bisect_right(self._ends, place) for place in places}:
            self._asked[number] = self._of(number)

    def _follow(self, subjects: Sequence[object]) -> list[int] | None:
        """Lay what is printed of these subjects where they stand now; return the places of those that are new.

        None where what is left stands in another order, or is less than half.
        """
        before = {id(subject): place for place, subject in enumerate(self.subjects)}
        olds = [before.get(id(subject)) for subject in subjects]
        known = [old for old in olds if old is not None]
        if 2 * len(known) < len(olds) or not all(map(lt, known, known[1:])):
            return None
        here = [place for place, old in enumerate(olds) if old is not None]
        bounds = (bisect_left(known, end) for end in self._ends[:-1])
        self._ends = [*(here[at] if at < len(here) else len(olds) for at in bounds), len(olds)]
        left = set(known)
        self.gone = [subject for place, subject in enumerate(self.subjects) if place not in left]
        self.printed = [_BLANK if old is None else self.printed[old] for old in olds]
        return [place for place, old in enumerate(olds) if old is None]

    def _places(self, number: int) -> range:
        """Return the places of a quire."""
        return range(self._ends[number - 1] if number else 0, self._ends[number])

    def _of(self, number: int) -> AbstractSet[Question]:
        """Return all that a quire asked."""
        return frozenset[Question]().union(*(self.printed[place].asked for place in self._places(number)))
