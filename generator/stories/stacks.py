"""The terms of all texts in one view, one text below the other.

A process that goes on building keeps the stacks of its last build: rows of texts that stay are taken over, those
of new texts are set between them, which costs no sorting of all terms. The result is the same as when all is
stacked anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from generator.language.hashing import BITS
from generator.stories.counting import Held
from generator.stories.views import Floats, Hashes, Ints, sums

_EMPTY = Held(np.zeros(0, np.uint32), np.zeros(0, np.uint8), np.zeros(0, np.uint8))
_MOST_NEW = 0.5
"""Share of new rows up to which those that stay are taken over."""
_RANGES = 4
"""Leading bits of hashes that are sorted together."""
_ROWS = 5_000
"""Rows summed at a time."""

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


class Renumbering:
    """New numbers of the columns that stay: some are gone, fresh ones stand between the others."""

    def __init__(self, width: int, gone: Ints, places: Ints, touched: Ints) -> None:
        """``places`` are the columns before which fresh ones stand; all numbers ascend."""
        self.width = width
        """Number of columns before."""
        self.touched = np.setdiff1d(touched, gone, assume_unique=True)
        """Columns that stay, of which another number of texts hold the term now."""
        self.fresh: Ints = places - np.searchsorted(gone, places) + np.arange(len(places))
        """The numbers of the columns that are fresh."""
        cuts = np.concatenate([gone + 1, places])
        order = np.argsort(cuts, kind="stable")  # what is gone, before what comes in its place
        added = np.repeat(np.array([-1, 1], np.int32), [len(gone), len(places)])[order]
        self._ends = [*cuts[order].tolist(), width]
        self._added = added.tolist()
        lengths = np.diff(self._ends, prepend=0)
        self._shift = np.repeat(np.cumsum(np.append(np.int32(0), added), dtype=np.int32), lengths)

    def numbers(self, columns: NDArray[Any]) -> NDArray[Any]:
        """Return the present numbers of columns; of one gone any."""
        return columns + self._shift[columns] if self._added else columns

    def values(self, before: NDArray[Column], fresh: NDArray[Column]) -> NDArray[Column]:
        """Return one value for each column, in an array of its own."""
        parts, start, at = [], 0, 0
        for end, added in zip(self._ends, [*self._added, 0], strict=True):
            parts.append(before[start : end - 1 if added < 0 else end])
            if added > 0:
                parts.append(fresh[at : at + 1])
                at += 1
            start = end
        return np.concatenate(parts)


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """One view of all texts: parallel arrays, by row, then column."""

    terms: Hashes
    """What each column stands for, ascending."""
    df: Ints
    """How many texts hold each term; where others have given the columns, as they hold it."""
    starts: Ints
    """Where each row begins, and where the last ends."""
    columns: NDArray[np.int32]
    weights: NDArray[np.uint8]
    flags: NDArray[np.uint8]

    @classmethod
    def of(cls, held: Sequence[Held], like: Stack | None = None) -> Stack:
        """Put the terms of texts one below the other; the columns are those of ``like``."""
        terms, weights, flags = _joined(held)
        if like:
            columns = np.searchsorted(like.terms, terms).astype(np.int32)
            known, df = like.terms, like.df
        else:
            known, columns, df = _numbered(terms)
        return cls(known, df, _starts(held), columns, weights, flags)

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
        """Return which rows hold a term of these columns."""
        marked = np.zeros(self.height, bool)
        if len(columns):
            wanted = np.zeros(len(self.terms), bool)
            wanted[columns] = True
            entries = np.flatnonzero(wanted[self.columns])
            marked[np.searchsorted(self.starts, entries, side="right") - 1] = True
        return marked

    def exchange(self, rows: Exchange, held: Sequence[Held]) -> tuple[Stack, Renumbering]:
        """Return the stack with these texts for fresh rows, and what became of the columns."""
        gone = np.ones(self.height, bool)
        gone[rows.old[~rows.fresh]] = False
        terms = np.concatenate([_EMPTY.terms, *(one.terms for one in held)])
        at = np.searchsorted(self.terms, terms)
        known = self.terms[np.minimum(at, len(self.terms) - 1)] == terms if len(self.terms) else at < 0
        change = np.concatenate([self.take(np.flatnonzero(gone)).columns, at[known]])
        by = np.repeat([-1, 1], [len(change) - np.count_nonzero(known), np.count_nonzero(known)])
        touched, where = np.unique(change, return_inverse=True)
        held_by = self.df[touched] + np.bincount(where, by, minlength=len(touched)).astype(np.int64)
        fresh, counts = np.unique(terms[~known], return_counts=True)
        places = np.searchsorted(self.terms, fresh)
        columns = Renumbering(len(self.terms), touched[held_by == 0], places, touched)
        df = columns.values(self.df, counts)
        df[columns.numbers(columns.touched)] = held_by[held_by > 0]
        like = (columns.values(self.terms, fresh), df)
        return self.exchange_rows(rows, held, columns, like), columns

    def exchange_rows(
        self, rows: Exchange, held: Sequence[Held], columns: Renumbering, like: tuple[Hashes, Ints]
    ) -> Stack:
        """Return the stack with these texts for fresh rows, and these terms and df for its columns."""
        terms, weights, flags = _joined(held)
        before, starts = self.starts, _starts(held)
        fresh = np.searchsorted(like[0], terms).astype(np.int32)
        return Stack(
            *like,
            rows.starts(before, starts),
            rows.entries((columns.numbers(self.columns), before), (fresh, starts)),
            rows.entries((self.weights, before), (weights, starts)),
            rows.entries((self.flags, before), (flags, starts)),
        )


class Pile:
    """The last stack of a view, and how it came of the one before."""

    def __init__(self) -> None:
        self.stack = Stack.of(())
        self.before = self.stack
        """The stack before that."""
        self.columns: Renumbering | None = None
        """What became of the columns of the one before; None when all was stacked anew."""
        self.rows = Exchange(np.zeros(0, np.int64))
        """Where the rows of the last stack stood in the one before."""

    def of(self, held: Callable[[int], Held], old: Ints, like: Pile | None = None) -> Stack:
        """Return the stack of the texts that ``held`` gives by their row.

        Each stood at place ``old`` of the last stack, a new one at -1. The columns are those of the stack ``like``.
        """
        self.before, fresh = self.stack, np.flatnonzero(old < 0).tolist()
        if len(fresh) > _MOST_NEW * len(old) or (like and like.columns is None):
            self.rows, self.columns = Exchange(np.full(len(old), -1)), None
            self.stack = Stack.of([held(row) for row in range(len(old))], like.stack if like else None)
            return self.stack
        self.rows, new = Exchange(old), [held(row) for row in fresh]
        if like and like.columns:
            self.columns = like.columns
            terms = like.stack.terms, like.stack.df
            self.stack = self.stack.exchange_rows(self.rows, new, like.columns, terms)
        else:
            self.stack, self.columns = self.stack.exchange(self.rows, new)
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
