"""What differs between two sequences of which most members are the very same objects.

A process that goes on building is given some thousand articles, stories and drafts again, of which an edit changes one
or two. Whoever keeps what was made of the last ones looks for these alone, and makes no more anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress
from operator import is_not
from typing import TypeVar

Kept = TypeVar("Kept")


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


def exchanged(before: Sequence[Kept], places: Iterable[int], fresh: Iterable[Kept]) -> list[Kept]:
    """Return a sequence with others at some places."""
    now = list(before)
    for place, one in zip(places, fresh, strict=True):
        now[place] = one
    return now
