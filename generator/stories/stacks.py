"""The terms of all texts in one view, one text below the other.

A process that goes on building keeps the stacks of its last build: where few texts changed, what changed is
exchanged in them, which costs no sorting of all terms. The result is the same as when all is stacked anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import is_

import numpy as np
from numpy.typing import NDArray

from generator.stories.counting import Held
from generator.stories.views import Hashes

_EMPTY = Held(np.zeros(0, np.uint32), np.zeros(0, np.uint8), np.zeros(0, np.uint8))
_MOST_CHANGED = 0.5
"""Share of the texts up to which changes are exchanged."""


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """One view of all texts: parallel arrays, by row, then column."""

    terms: Hashes
    """What each column stands for, ascending."""
    starts: NDArray[np.int64]
    """Where each row begins, and where the last ends."""
    columns: NDArray[np.int32]
    weights: NDArray[np.uint8]
    flags: NDArray[np.uint8]

    @classmethod
    def of(cls, held: Sequence[Held], known: Hashes | None = None) -> Stack:
        """Put the terms of texts one below the other; ``known`` are the columns when others have given them."""
        terms, weights, flags = _joined(held)
        if known is None:
            known, columns = np.unique(terms, return_inverse=True)
        else:
            columns = np.searchsorted(known, terms)
        return cls(known, _starts(held), columns.astype(np.int32), weights, flags)

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.starts) - 1

    @property
    def df(self) -> NDArray[np.int64]:
        """How many texts hold each term."""
        return np.bincount(self.columns, minlength=len(self.terms))

    def where(self, kept: NDArray[np.bool_]) -> Stack:
        """Return the terms that a mask keeps."""
        starts = np.concatenate([[0], np.cumsum(kept)])[self.starts]
        return Stack(self.terms, starts, self.columns[kept], self.weights[kept], self.flags[kept])

    def exchange(self, first: int, end: int, held: Sequence[Held]) -> Stack:
        """Return the stack with other texts in place of the rows from ``first`` to ``end``."""
        a, b = self.starts[first], self.starts[end]
        terms, weights, flags = _joined(held)
        known, moved = self._columns(a, b, terms)
        columns = moved[self.columns[:a]], np.searchsorted(known, terms), moved[self.columns[b:]]
        starts = _starts(held) + a
        return Stack(
            known,
            np.concatenate([self.starts[:first], starts, self.starts[end + 1 :] + (starts[-1] - b)]),
            np.concatenate(columns).astype(np.int32),
            np.concatenate([self.weights[:a], weights, self.weights[b:]]),
            np.concatenate([self.flags[:a], flags, self.flags[b:]]),
        )

    def _columns(self, a: int, b: int, new: Hashes) -> tuple[Hashes, NDArray[np.int64]]:
        """Return the terms once those from place ``a`` to ``b`` are exchanged, and the new number of each column."""
        left = self.df - np.bincount(self.columns[a:b], minlength=len(self.terms)) > 0
        at = np.minimum(np.searchsorted(self.terms, new), max(0, len(self.terms) - 1))
        old = self.terms[at] == new if len(self.terms) else np.zeros(len(new), bool)
        left[at[old]] = True
        kept, fresh = self.terms[left], np.unique(new[~old])
        before = np.searchsorted(kept, fresh)
        shift = np.cumsum(np.bincount(before, minlength=len(kept) + 1))[: len(kept)]
        moved = np.zeros(len(self.terms), np.int64)
        moved[left] = np.arange(len(kept)) + shift
        return np.insert(kept, before, fresh), moved


class Pile:
    """The last stack of a view."""

    def __init__(self) -> None:
        self._held: Sequence[Held] = ()
        self._stack = Stack.of(())

    def of(self, held: Sequence[Held]) -> Stack:
        """Return the stack of these texts."""
        last = self._held
        first = sum(1 for _ in takewhile(bool, map(is_, last, held)))
        left = min(len(last), len(held)) - first
        same = sum(
            1 for _, _ in zip(range(left), takewhile(bool, map(is_, last[::-1], held[::-1])), strict=False)
        )
        changed = held[first : len(held) - same]
        if len(changed) > _MOST_CHANGED * len(held):
            self._stack = Stack.of(held)
        elif changed or len(last) != len(held):
            self._stack = self._stack.exchange(first, len(last) - same, changed)
        self._held = held
        return self._stack


def _joined(held: Sequence[Held]) -> tuple[Hashes, NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the terms, weights and flags of texts, one after the other."""
    terms, weights, flags = map(np.concatenate, zip(_EMPTY, *held, strict=True))
    return terms, weights, flags


def _starts(held: Sequence[Held]) -> NDArray[np.int64]:
    """Return where each text begins, and where the last ends."""
    return np.cumsum([0, *(len(one.terms) for one in held)])
