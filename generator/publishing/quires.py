"""What was printed of the drafts of one function for many subjects, in their order.

An edit touches one or two of thousands. Those of the same subjects are looked at by the quire: what any of some
leaves asked of the tables is held together, so that one look tells that all of them are as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

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


class Quires:
    """Drafts by their place."""

    def __init__(self, subjects: Sequence[object], printed: list[Printed]) -> None:
        self.subjects, self.printed = subjects, printed
        self._asked = [self._of(start) for start in range(0, len(printed), _LEAVES)]

    def stale(self, subjects: Sequence[object], asked: AbstractSet[Question]) -> list[int] | None:
        """Return the places at which others are to be printed, since tables answer what is ``asked`` otherwise now.

        None where any may be: the subjects are not the very same but for a few.
        """
        others = turned(self.subjects, subjects)
        if others is None:
            return None
        touched = [number for number, held in enumerate(self._asked) if not asked.isdisjoint(held)]
        leaves = (place for number in touched for place in self._places(_LEAVES * number))
        return sorted(
            {*others, *(place for place in leaves if not asked.isdisjoint(self.printed[place].asked))}
        )

    def put(self, subjects: Sequence[object], places: Iterable[int], printed: Iterable[Printed]) -> None:
        """Put what was printed of these subjects in its places."""
        places = list(places)
        self.subjects, self.printed = subjects, exchanged(self.printed, places, printed)
        for number in {place // _LEAVES for place in places}:
            self._asked[number] = self._of(_LEAVES * number)

    def _places(self, start: int) -> range:
        """Return the places of the quire that starts here."""
        return range(start, min(start + _LEAVES, len(self.printed)))

    def _of(self, start: int) -> AbstractSet[Question]:
        """Return all that a quire asked."""
        return frozenset[Question]().union(*(self.printed[place].asked for place in self._places(start)))
