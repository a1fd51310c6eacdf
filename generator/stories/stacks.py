"""The terms of all texts in one view, one text below the other.

A process that goes on building keeps the stacks of its last build: rows of texts that stay are taken over, those
of new texts are set between them, which costs no sorting of all terms. The result is the same as when all is
stacked anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from generator.stories.counting import Held
from generator.stories.views import Hashes, Ints

_EMPTY = Held(np.zeros(0, np.uint32), np.zeros(0, np.uint8), np.zeros(0, np.uint8))
_MOST_NEW = 0.5
"""Share of new rows up to which those that stay are taken over."""

Column = TypeVar("Column", bound=np.generic)


class Exchange:
    """Rows that are taken over from before, with fresh ones between them, in their order."""

    def __init__(self, old: Ints) -> None:
        self.old = old
        """The place that each row had; -1 of a fresh one. Rows that are taken over keep their order."""
        self.fresh = old < 0
        self.place = np.where(self.fresh, np.cumsum(self.fresh) - 1, old)
        """The place of each row among the fresh ones, or among those before."""
        ends = np.flatnonzero((np.diff(self.place) != 1) | (np.diff(self.fresh) != 0)) + 1
        firsts = [0, *ends.tolist()] if len(old) else []
        lasts = [*ends.tolist(), len(old)]
        self._runs = [
            (bool(self.fresh[a]), int(self.place[a]), int(self.place[b - 1]) + 1)
            for a, b in zip(firsts, lasts, strict=False)
        ]

    def values(self, before: NDArray[Column], fresh: NDArray[Column]) -> NDArray[Column]:
        """Return one value for each row."""
        result = np.empty((len(self.old), *fresh.shape[1:]), fresh.dtype)
        result[~self.fresh] = before[self.old[~self.fresh]]
        result[self.fresh] = fresh
        return result

    def starts(self, before: NDArray[Any], fresh: NDArray[Any]) -> NDArray[Any]:
        """Return where each row begins, and where the last ends."""
        ends = np.cumsum(self.values(np.diff(before), np.diff(fresh)), dtype=fresh.dtype)
        return np.concatenate([fresh[:1], ends])

    def entries(
        self,
        before: tuple[NDArray[Column], NDArray[Any]],
        fresh: tuple[NDArray[Column], NDArray[Any]],
    ) -> NDArray[Column]:
        """Return what rows of several entries hold; given are the entries and where each row begins."""
        parts = [
            values[starts[first] : starts[end]]
            for is_fresh, first, end in self._runs
            for values, starts in [fresh if is_fresh else before]
        ]
        return np.concatenate([fresh[0][:0], *parts])


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """One view of all texts: parallel arrays, by row, then column."""

    terms: Hashes
    """What each column stands for, ascending."""
    df: Ints
    """How many texts hold each term."""
    starts: Ints
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
        df = np.bincount(columns, minlength=len(known))
        return cls(known, df, _starts(held), columns.astype(np.int32), weights, flags)

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.starts) - 1

    def take(self, rows: Ints) -> Stack:
        """Return some rows, in their order; ``df`` stays that of all."""
        if len(rows) == self.height:
            return self
        counts = np.diff(self.starts)[rows]
        ends = np.cumsum(counts)
        at = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.starts[rows] - (ends - counts), counts)
        starts = np.concatenate([[0], ends])
        return Stack(self.terms, self.df, starts, self.columns[at], self.weights[at], self.flags[at])

    def rows_with(self, columns: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which rows hold a term of the columns that a mask marks."""
        marked = np.zeros(self.height, bool)
        if columns.any():
            marked[np.searchsorted(self.starts, np.flatnonzero(columns[self.columns]), side="right") - 1] = (
                True
            )
        return marked

    def exchange(
        self, rows: Exchange, held: Sequence[Held], known: tuple[Hashes, Ints] | None = None
    ) -> tuple[Stack, Ints]:
        """Return the stack with these texts for fresh rows, and the new number of each column; of one gone any.

        ``known`` are the terms and numbers when others have given them.
        """
        terms, weights, flags = _joined(held)
        gone = np.ones(self.height, bool)
        gone[rows.old[~rows.fresh]] = False
        df = self.df - np.bincount(self.take(np.flatnonzero(gone)).columns, minlength=len(self.df))
        columns_of, moved = known or self._columns(df, terms)
        columns = np.searchsorted(columns_of, terms).astype(np.int32)
        counted = np.bincount(columns, minlength=len(columns_of))
        counted[moved[df > 0]] += df[df > 0]
        starts = _starts(held)
        last = moved.astype(np.int32)[self.columns]
        stack = Stack(
            columns_of,
            counted,
            rows.starts(self.starts, starts),
            rows.entries((last, self.starts), (columns, starts)),
            rows.entries((self.weights, self.starts), (weights, starts)),
            rows.entries((self.flags, self.starts), (flags, starts)),
        )
        return stack, moved

    def _columns(self, df: Ints, new: Hashes) -> tuple[Hashes, Ints]:
        """Return the terms that are left, by how many texts still hold each, or new, and the new number of each column."""
        left = df > 0
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
    """The last stack of a view, and how it came of the one before."""

    def __init__(self) -> None:
        self.stack = Stack.of(())
        self.before = self.stack
        """The stack before that."""
        self.moved: Ints | None = None
        """The number in the last stack of each column of the one before; None when all was stacked anew."""
        self.rows = Exchange(np.zeros(0, np.int64))
        """Where the rows of the last stack stood in the one before."""

    def of(self, held: Sequence[Held], old: Ints, like: Pile | None = None) -> Stack:
        """Return the stack of these texts, of which each stood at place ``old`` of the last one; new ones at -1.

        The columns are those of the stack ``like``.
        """
        self.before, fresh = self.stack, old < 0
        if np.count_nonzero(fresh) > _MOST_NEW * len(held) or (like and like.moved is None):
            self.rows, self.moved = Exchange(np.full(len(held), -1)), None
            self.stack = Stack.of(held, like.stack.terms if like else None)
        elif not np.array_equal(old, np.arange(self.stack.height)):
            self.rows = Exchange(old)
            new = [held[row] for row in np.flatnonzero(fresh).tolist()]
            known = (like.stack.terms, like.moved) if like and like.moved is not None else None
            self.stack, self.moved = self.stack.exchange(self.rows, new, known)
        else:
            self.rows, self.moved = Exchange(old), np.arange(len(self.stack.terms))
        return self.stack


def _joined(held: Sequence[Held]) -> tuple[Hashes, NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the terms, weights and flags of texts, one after the other."""
    terms, weights, flags = map(np.concatenate, zip(_EMPTY, *held, strict=True))
    return terms, weights, flags


def _starts(held: Sequence[Held]) -> Ints:
    """Return where each text begins, and where the last ends."""
    return np.cumsum([0, *(len(one.terms) for one in held)])
