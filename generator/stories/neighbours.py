"""Which pairs of texts are worth comparing: each text's nearest by its heaviest words.

The search multiplies the rows of the 40 heaviest words of each text, leaving out words that very many
share, some rows at a time: its cost is bounded by words times the cap, not by the square of the texts.

A process that goes on building searches again only for rows that changed. Any other row keeps its list: what
changed is taken out and set in again where it stands now. Only where that leaves room at the end of a list that
was full is it unknown who comes next, and the row is searched for too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.language.hashing import BITS
from generator.stories.sparse import csr_matrix
from generator.stories.stacks import Exchange
from generator.stories.stream import each_once
from generator.stories.views import Floats, Hashes, Ints, View, widened

NEAREST = 30
"""Neighbours of a text; more change nothing, fewer cost up to .03 F1."""
_HEAVIEST = 40
_WIDEST = 1_000
"""Texts that may share a word for it to be searched by."""
_BITS = 24
"""Bits of the largest whole number that float32 holds, and so of any weight."""
_ROWS = 100
"""Rows multiplied at a time."""
_RANKED = 1 << 63 - _BITS - BITS
"""Rows of which the heaviest words are found at a time: with a weight and a term, a row fills a number of 63 bits."""
_LARGEST = (1 << _BITS) - 1
_MOST_CHANGED = 0.3
"""Share of changed rows up to which the lists of others are kept."""


def nearest_pairs(words: View, least: float) -> tuple[Ints, Ints]:
    """Return pairs of rows, left below right, in order: each row with its nearest ones by cosine.

    Equal likenesses are taken in the order of rows. Below ``least`` none is near.
    """
    return Neighbours().pairs(words, least, np.full(len(words.lengths), -1))


class _Lists:
    """Rows and what is near to each: parallel arrays."""

    def __init__(self, rows: Ints, columns: Ints, cosines: Floats) -> None:
        self.rows, self.columns, self.cosines = rows, columns, cosines

    @classmethod
    def of(cls, *some: _Lists) -> _Lists:
        """Return all of these, one after the other."""
        rows, columns, cosines = (
            np.concatenate([getattr(one, side) for one in some]) for side in ("rows", "columns", "cosines")
        )
        return cls(rows, columns, cosines)

    def where(self, kept: NDArray[np.bool_] | Ints) -> _Lists:
        """Return those that a mask keeps, or those at these places."""
        return _Lists(self.rows[kept], self.columns[kept], self.cosines[kept])

    def best(self) -> Ints:
        """Return the places of the nearest of each row, by row, then nearness."""
        order = np.lexsort((self.columns, -self.cosines, self.rows))
        return order[_rank(self.rows[order]) < NEAREST]

    def lasts(self) -> Ints:
        """Return the places of those that are the last of a full list; rows ascend."""
        return np.flatnonzero(_rank(self.rows) == NEAREST - 1)


_NOTHING = _Lists(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


class Neighbours:
    """The nearest of each row in the last build."""

    def __init__(self) -> None:
        self._heavy = _Heavy()
        self._lists = _NOTHING
        self._bound: Floats = np.zeros(0)
        """The cosine of the last of each list that is full; 0 of others."""

    def pairs(self, words: View, least: float, old: Ints) -> tuple[Ints, Ints]:
        """Return pairs as ``nearest_pairs`` does; ``old`` is the row of the last build that held the same, else -1.

        ``least`` is the same in each build, and rows that stay keep their order.
        """
        height = len(words.lengths)
        heavy, old = self._heavy.of(words, old)
        if np.count_nonzero(old < 0) > _MOST_CHANGED * height:
            old = np.full(height, -1)
        self._update(_Search(heavy, words.lengths, least), old)
        left, right = self._lists.rows, self._lists.columns
        joint = each_once(np.minimum(left, right) * height + np.maximum(left, right))
        return joint // max(1, height), joint % max(1, height)

    def _update(self, search: _Search, old: Ints) -> None:
        """Search for the rows that changed, and set them where they belong in the lists of the others."""
        changed = old < 0
        lists, touched = self._carried(old)
        self._bound = np.where(changed, 0, np.append(self._bound, 0)[old])
        found, others = search.of(changed, self._bound)
        touched[others.rows] = True
        touched &= ~changed
        merged, unsure = self._merged(lists.where(touched[lists.rows]), others, touched)
        again, _ = search.of(unsure, self._bound)
        fresh = _Lists.of(found, merged, again)
        self._bound[touched] = 0
        for some in (found, merged, again):
            lasts = some.lasts()
            self._bound[some.rows[lasts]] = some.cosines[lasts]
        self._lists = _Lists.of(lists.where(~touched[lists.rows]), fresh)

    def _carried(self, old: Ints) -> tuple[_Lists, NDArray[np.bool_]]:
        """Return what stays of the last build's lists, by the rows of this one, and which rows lost something."""
        now = np.full(len(self._bound), -1)
        now[old[old >= 0]] = np.flatnonzero(old >= 0)
        rows, columns = now[self._lists.rows], now[self._lists.columns]
        lost = np.zeros(len(old), bool)
        lost[rows[(rows >= 0) & (columns < 0)]] = True
        stay = (rows >= 0) & (columns >= 0)
        return _Lists(rows[stay], columns[stay], self._lists.cosines[stay]), lost

    def _merged(
        self, kept: _Lists, others: _Lists, touched: NDArray[np.bool_]
    ) -> tuple[_Lists, NDArray[np.bool_]]:
        """Return the lists of the touched rows that are known to their end, and which rows' are not.

        Who was not in a full list stood behind its last. So a list is known where its present last was in it, or is
        nearer than that one was.
        """
        both = _Lists.of(kept, others)
        best = both.best()
        merged = both.where(best)
        lasts = merged.lasts()
        known = self._bound == 0
        rows = merged.rows[lasts]
        known[rows] |= (best[lasts] < len(kept.rows)) | (merged.cosines[lasts] > self._bound[rows])
        return merged.where(known[merged.rows]), touched & ~known


class _Search:
    """Looks for the nearest of rows by their heaviest words."""

    def __init__(self, heavy: csr_matrix, lengths: Floats, least: float) -> None:
        self._heavy, self._lengths, self._least = heavy, lengths, least

    def of(self, wanted: NDArray[np.bool_], bound: Floats) -> tuple[_Lists, _Lists]:
        """Return the lists of the wanted rows, and what they may add to those of others: ``bound`` is reached."""
        rows = np.flatnonzero(wanted)
        across = _sharing(self._heavy, wanted).T.tocsr()
        found, others = [_NOTHING], [_NOTHING]
        for start in range(0, len(rows), _ROWS):
            near = self._near(rows[start : start + _ROWS], across)
            found.append(near.where(near.best()))
            own = ~wanted[near.columns] & (near.cosines >= bound[near.columns])
            others.append(_Lists(near.columns[own], near.rows[own], near.cosines[own]))
        return _Lists.of(*found), _Lists.of(*others)

    def _near(self, rows: Ints, across: csr_matrix) -> _Lists:
        """Return all that is near to rows; ``across`` are the words that they hold, as rows."""
        dots = (self._heavy if len(rows) == self._heavy.shape[0] else self._heavy[rows]) @ across
        left, right = np.repeat(rows, np.diff(dots.indptr)), dots.indices.astype(np.int64)
        cosines = dots.data / (self._lengths[left] * self._lengths[right])
        return _Lists(left, right, cosines).where((cosines >= self._least) & (left != right))


class _Heavy:
    """The heaviest words of each row in the last build."""

    def __init__(self) -> None:
        self._words = self._rows = csr_matrix((0, 1))
        self._shared: Ints = np.zeros(0, np.int64)
        """How many rows hold each word."""

    def of(self, words: View, old: Ints) -> tuple[csr_matrix, Ints]:
        """Return the heaviest words of each row, as rows; and ``old`` with -1 where other words are barred now.

        Barred are those that too many texts share.
        """
        matrix, last, old = words.matrix, self._shared, old.copy()
        self._shared = self._counts(matrix, old)
        barred = self._shared > _WIDEST
        if (old >= 0).any():  # else columns may be others than before
            turned = np.flatnonzero(barred != (widened(last, len(barred)) > _WIDEST))
            entries = np.flatnonzero(np.isin(matrix.indices, turned)) if len(turned) else turned
            old[np.searchsorted(matrix.indptr, entries, side="right") - 1] = -1
        rows = Exchange(old)
        fresh = _heaviest(_taken(matrix, rows.fresh), barred, words.terms.of)
        self._words, self._rows = matrix, rows.exchanged(self._rows, fresh, matrix.shape[1])
        return self._rows, old

    def _counts(self, matrix: csr_matrix, old: Ints) -> Ints:
        """Return how many rows hold each word, by how many did: ``old`` are the rows that are as they were."""
        came, width = old < 0, matrix.shape[1]
        if came.all():
            return np.bincount(matrix.indices, minlength=width)
        left = np.ones(self._words.shape[0], bool)
        left[old[~came]] = False
        more, fewer = (
            np.bincount(_taken(some, rows).indices, minlength=width)
            for some, rows in ((matrix, came), (self._words, left))
        )
        return widened(self._shared, width) + more - fewer


def _sharing(matrix: csr_matrix, rows: NDArray[np.bool_]) -> csr_matrix:
    """Return a matrix with those columns alone that some of these rows hold."""
    if rows.all():
        return matrix
    held = np.zeros(matrix.shape[1], bool)
    held[_taken(matrix, rows).indices] = True
    at = np.flatnonzero(held[matrix.indices])
    starts = np.searchsorted(at, matrix.indptr)
    return csr_matrix((matrix.data[at], matrix.indices[at], starts), shape=matrix.shape)


def _taken(matrix: csr_matrix, kept: NDArray[np.bool_]) -> csr_matrix:
    """Return the rows that a mask keeps."""
    return matrix if kept.all() else matrix[np.flatnonzero(kept)]


def _heaviest(words: csr_matrix, barred: NDArray[np.bool_], terms: Hashes) -> csr_matrix:
    """Return the heaviest entries of each row, barred words left out: float64. Of equal ones the lowest terms."""
    firsts = range(0, words.shape[0], _RANKED)
    places = [np.zeros(0, np.int64)]
    for first in firsts:
        run = words.indptr[first : first + _RANKED + 1]
        span = slice(run[0], run[-1])
        own = _heaviest_of_some(words.data[span], words.indices[span], run - run[0], barred, terms)
        places.append(own + run[0])
    kept = np.concatenate(places)
    starts = np.searchsorted(kept, words.indptr)
    return csr_matrix((words.data[kept].astype(np.float64), words.indices[kept], starts), shape=words.shape)


def _heaviest_of_some(
    values: NDArray[np.float32], columns: Ints, starts: Ints, barred: NDArray[np.bool_], terms: Hashes
) -> Ints:
    """Return the places of the heaviest entries of some rows, ascending."""
    rows = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    allowed = np.flatnonzero(~barred[columns])
    rows, lightness = rows[allowed], _LARGEST - values[allowed].astype(np.int64)
    order = np.argsort((((rows << _BITS) + lightness) << BITS) + terms[columns[allowed]])
    return np.sort(allowed[order[_rank(rows[order]) < _HEAVIEST]])


def _rank(rows: Ints) -> Ints:
    """Return the place of each entry within its row; ``rows`` ascend."""
    return np.arange(len(rows)) - np.searchsorted(rows, rows)
