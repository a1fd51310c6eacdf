"""The terms of all texts in one view, one text below the other.

A process that goes on building keeps the stacks of its last build: rows of texts that stay are taken over, those
of new texts are set between them, which costs no sorting of all terms. Columns keep their numbers, and those that
are empty are taken by terms that are new. So the order of columns tells of what was built before, and nothing that is
made of a stack may hang on it; but for that order the stack is the same as one that is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.language.hashing import BITS
from generator.stories.counting import Held
from generator.stories.sparse import csr_matrix
from generator.stories.views import Column, Floats, Hashes, Ints, Terms, sums, widened

_EMPTY = Held(np.zeros(0, np.uint32), np.zeros(0, np.uint8), np.zeros(0, np.uint8))
_MOST_NEW = 0.5
"""Share of new rows up to which those that stay are taken over."""
_RANGES = 4
"""Leading bits of hashes that are sorted together."""
_ROWS = 5_000
"""Rows summed at a time."""


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

    def exchanged(self, before: csr_matrix, fresh: csr_matrix, width: int) -> csr_matrix:
        """Return sparse rows, whose columns have kept their numbers."""
        data, indices = (
            self.entries((old, before.indptr), (new, fresh.indptr))
            for old, new in ((before.data, fresh.data), (before.indices, fresh.indices))
        )
        starts = self.starts(before.indptr, fresh.indptr)
        return csr_matrix((data, indices, starts), shape=(len(self.old), width))


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """One view of all texts: parallel arrays, by row, then column."""

    terms: Terms
    df: Ints
    """How many texts hold each term; where others have given the columns, as they hold it."""
    starts: Ints
    """Where each row begins, and where the last ends."""
    columns: NDArray[np.int32]
    weights: NDArray[np.uint8]
    flags: NDArray[np.uint8]

    @classmethod
    def of(cls, held: Sequence[Held], like: Stack | None = None) -> Stack:
        """Put the terms of texts one below the other; the columns are those of ``like``, which ascend with the terms."""
        terms, weights, flags = _joined(held)
        if like:
            return cls(like.terms, like.df, _starts(held), like.terms.columns(terms), weights, flags)
        known, columns, df = _numbered(terms)
        return cls(Terms.ascending(known), df, _starts(held), columns, weights, flags)

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.starts) - 1

    def sums(self, of: Callable[[slice], NDArray[Any]]) -> Floats:
        """Return the sum of each row of what ``of`` gives of the entries of a span: that may take much room."""
        firsts = range(0, max(1, self.height), _ROWS)
        runs = [self.starts[first : first + _ROWS + 1] for first in firsts]
        return np.concatenate([sums(of(slice(run[0], run[-1])), run - run[0]) for run in runs])

    def take(self, rows: Ints) -> Stack:
        """Return some rows, in their order; ``df`` stays that of all."""
        if len(rows) == self.height:
            return self
        counts = np.diff(self.starts)[rows]
        ends = np.cumsum(counts)
        at = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.starts[rows] - (ends - counts), counts)
        starts = np.concatenate([[0], ends])
        return Stack(self.terms, self.df, starts, self.columns[at], self.weights[at], self.flags[at])

    def rows_with(self, columns: Ints) -> NDArray[np.bool_]:
        """Return which rows hold a term of these columns, of which some may have come later."""
        marked, wanted = np.zeros(self.height, bool), np.zeros(self.terms.width, bool)
        wanted[columns[columns < len(wanted)]] = True
        if wanted.any():
            entries = np.flatnonzero(wanted[self.columns])
            marked[np.searchsorted(self.starts, entries, side="right") - 1] = True
        return marked

    def exchange(self, rows: Exchange, held: Sequence[Held]) -> tuple[Stack, Ints]:
        """Return the stack with these texts for fresh rows, and the columns that others hold now, or that are new.

        Fresh terms take the columns that are empty, then new ones at the end.
        """
        left = np.ones(self.height, bool)
        left[rows.old[~rows.fresh]] = False
        terms = np.concatenate([_EMPTY.terms, *(one.terms for one in held)])
        at = self.terms.columns(terms)
        fresh, counts = np.unique(terms[at < 0], return_counts=True)
        touched, df = self.take(np.flatnonzero(left)).columns, widened(self.df, len(self.df) + len(fresh))
        np.subtract.at(df, touched, 1)
        np.add.at(df, at[at >= 0], 1)
        columns, gone = np.flatnonzero(df == 0)[: len(fresh)], np.unique(touched[df[touched] == 0])
        df[columns] = counts
        known = self.terms.exchanged(gone, fresh, columns)
        stack = self.exchange_rows(rows, held, (known, df[: known.width]))
        return stack, np.unique(np.concatenate([touched, at[at >= 0], columns]))

    def exchange_rows(self, rows: Exchange, held: Sequence[Held], like: tuple[Terms, Ints]) -> Stack:
        """Return the stack with these texts for fresh rows, and these terms and df for its columns."""
        terms, weights, flags = _joined(held)
        before, starts = self.starts, _starts(held)
        fresh = like[0].columns(terms)
        order = np.lexsort((fresh, np.repeat(np.arange(len(held)), np.diff(starts))))
        return Stack(
            *like,
            rows.starts(before, starts),
            rows.entries((self.columns, before), (fresh[order], starts)),
            rows.entries((self.weights, before), (weights[order], starts)),
            rows.entries((self.flags, before), (flags[order], starts)),
        )


class Pile:
    """The last stack of a view, and how it came of the one before."""

    def __init__(self) -> None:
        self.stack = Stack.of(())
        self.before = self.stack
        """The stack before that."""
        self.touched: Ints | None = None
        """Columns that are new, or held by others than in the one before; None when all was stacked anew."""
        self.rows = Exchange(np.zeros(0, np.int64))
        """Where the rows of the last stack stood in the one before."""

    def of(self, held: Callable[[int], Held], old: Ints, like: Pile | None = None) -> Stack:
        """Return the stack of the texts that ``held`` gives by their row.

        Each stood at place ``old`` of the last stack, a new one at -1. The columns are those of the stack ``like``.
        """
        self.before, fresh = self.stack, np.flatnonzero(old < 0).tolist()
        if len(fresh) > _MOST_NEW * len(old) or (like and like.touched is None):
            self.rows, self.touched = Exchange(np.full(len(old), -1)), None
            self.stack = Stack.of([held(row) for row in range(len(old))], like.stack if like else None)
            return self.stack
        self.rows, new = Exchange(old), [held(row) for row in fresh]
        if like:
            self.touched = like.touched
            self.stack = self.stack.exchange_rows(self.rows, new, (like.stack.terms, like.stack.df))
        else:
            self.stack, self.touched = self.stack.exchange(self.rows, new)
        return self.stack


def _joined(held: Sequence[Held]) -> tuple[Hashes, NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the terms, weights and flags of texts, one after the other."""
    terms, weights, flags = map(np.concatenate, zip(_EMPTY, *held, strict=True))
    return terms, weights, flags


def _numbered(terms: Hashes) -> tuple[Hashes, NDArray[np.int32], Ints]:
    """Return the distinct terms, ascending, the place of each term among these, and how often each of these stands.

    Hashes of one range after the other: to sort takes some forty bytes for each.
    """
    of = (terms >> np.uint32(BITS - _RANGES)).astype(np.uint8)
    columns = np.empty(len(terms), np.int32)
    known, counts, width = [], [], 0
    for number in range(1 << _RANGES):
        own = np.flatnonzero(of == number)
        some, places, times = np.unique(terms[own], return_inverse=True, return_counts=True)
        columns[own] = width + places
        width += len(some)
        known.append(some)
        counts.append(times)
    return np.concatenate(known), columns, np.concatenate(counts)


def _starts(held: Sequence[Held]) -> Ints:
    """Return where each text begins, and where the last ends."""
    return np.cumsum([0, *(len(one.terms) for one in held)])
