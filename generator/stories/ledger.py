"""Products of pairs of rows, kept from one build to the next.

A product depends on what its two rows hold and on nothing else. Few texts change between two builds of one
process, and weights change in coarse steps: most rows hold just what they held. Rows are compared entry by
entry, so that a product is taken over only where multiplying again would give the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.stories.views import Floats, Ints, Multiply, Pairs, View, dots


@dataclass(frozen=True, slots=True, eq=False)
class _Account:
    """What came of the pairs in one view."""

    view: View
    keys: Ints
    """A number for each pair, ascending."""
    found: Floats


class Ledger:
    """What came of the pairs in the last build, by the name of the view."""

    def __init__(self) -> None:
        self.old: Ints = np.zeros(0, np.int64)
        """The row that each text had in the last build; -1 of a new one."""
        self.heights = 0, 0
        """Number of rows in the last build and in this."""
        self.accounts: dict[str, _Account] = {}
        self._rows: dict[bytes, int] = {}

    def begin(self, texts: Sequence[bytes]) -> None:
        """Begin a build of these texts, by row; none stands there twice."""
        self.old = np.array([self._rows.get(text, -1) for text in texts], np.int64)
        self.heights = self.heights[1], len(texts)
        self._rows = {text: row for row, text in enumerate(texts)}

    def pairs(self, left: Ints, right: Ints) -> Pairs:
        """Return pairs of rows, left below right, in order, of which the ledger is asked first."""
        return _Known(left, right, self)


class _Known(Pairs):
    """Pairs of rows that may have been multiplied in the last build."""

    def __init__(self, left: Ints, right: Ints, ledger: Ledger) -> None:
        super().__init__(left, right)
        last, height = ledger.heights
        a, b = ledger.old[left], ledger.old[right]
        self._ledger = ledger
        self._keys = left * height + right
        self._last = np.where((a < 0) | (b < 0), -1, np.minimum(a, b) * last + np.maximum(a, b))

    def multiplied(self, name: str, view: View, multiply: Multiply = dots) -> Floats:
        """Multiply the pairs that are not known to have come to the same in the last build."""
        account = self._ledger.accounts.get(name)
        if account and len(account.keys):
            same = unchanged(account.view, view, self._ledger.old)
            at = np.minimum(np.searchsorted(account.keys, self._last), len(account.keys) - 1)
            new = (account.keys[at] != self._last) | ~same[self.left] | ~same[self.right]
            found = account.found[at]
            found[new] = multiply(view, self.left[new], self.right[new])
        else:
            found = multiply(view, self.left, self.right)
        self._ledger.accounts[name] = _Account(view, self._keys, found)
        return found


def unchanged(last: View, view: View, old: Ints) -> NDArray[np.bool_]:
    """Return which rows hold just what they held as row ``old`` of the last view; -1 is none of its rows."""
    mine, theirs = view.matrix, last.matrix
    counts, place = np.diff(mine.indptr), np.maximum(old, 0)
    same: NDArray[np.bool_] = (old >= 0) & (np.append(np.diff(theirs.indptr), -1)[place] == counts)
    if not theirs.nnz:
        return same
    moved = np.where(same, theirs.indptr[:-1][place] - mine.indptr[:-1], 0)
    entry = np.minimum(np.arange(mine.nnz) + np.repeat(moved, counts), theirs.nnz - 1)
    columns, others = mine.indices, theirs.indices[entry]
    differ = mine.data != theirs.data[entry]
    differ |= view.terms[columns] != last.terms[others]
    differ |= view.idf[columns] != last.idf[others]
    same[np.searchsorted(mine.indptr, np.flatnonzero(differ), side="right") - 1] = False
    return same
