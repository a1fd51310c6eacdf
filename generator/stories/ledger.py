"""Products of pairs of rows, kept from one build to the next.

A product depends on what its two rows hold and on nothing else. Few texts change between two builds of one
process, and weights change in coarse steps: most rows hold just what they held.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generator.stories.views import Floats, Ints, Multiply, Pairs, View, dots


@dataclass(frozen=True, slots=True, eq=False)
class _Account:
    """What came of the pairs in one view."""

    keys: Ints
    """A number for each pair, ascending."""
    found: Floats


class Ledger:
    """What came of the pairs in the last build, by the name of the view; of one that builds ``once``, nothing."""

    def __init__(self, *, once: bool = False) -> None:
        self._once = once
        self.old: Ints = np.zeros(0, np.int64)
        """The row of the last build that held just what this row holds; -1 where none did."""
        self.heights = 0, 0
        """Number of rows in the last build and in this."""
        self.accounts: dict[str, _Account] = {}

    def begin(self, old: Ints) -> None:
        """Begin a build of rows, of which each held the same as row ``old`` of the last build, or as none: -1."""
        self.old, self.heights = old, (self.heights[1], len(old))

    def pairs(self, left: Ints, right: Ints) -> Pairs:
        """Return pairs of rows, left below right, in order, of which the ledger is asked first."""
        return Pairs(left, right) if self._once else _Known(left, right, self)


class _Known(Pairs):
    """Pairs of rows that may have been multiplied in the last build."""

    def __init__(self, left: Ints, right: Ints, ledger: Ledger) -> None:
        super().__init__(left, right)
        last, height = ledger.heights
        a, b = ledger.old[left], ledger.old[right]
        self._ledger = ledger
        self._keys = left * height + right
        self._last = np.where((a < 0) | (b < 0), -1, np.minimum(a, b) * last + np.maximum(a, b))
        self._sought: tuple[Ints, Ints, Ints] | None = None

    def multiplied(self, name: str, view: View, multiply: Multiply = dots) -> Floats:
        """Multiply the pairs that are not known to have come to the same in the last build."""
        account = self._ledger.accounts.get(name)
        if account and len(account.keys):
            at, new = self._seek(account.keys)
            found = account.found[at]
            if len(new):
                found[new] = multiply(view, self.left[new], self.right[new])
        else:
            found = multiply(view, self.left, self.right)
        self._ledger.accounts[name] = _Account(self._keys, found)
        return found

    def _seek(self, keys: Ints) -> tuple[Ints, Ints]:
        """Return the place of each pair among those of the last build, and which pairs have none there."""
        if self._sought is None or self._sought[0] is not keys:
            at = np.minimum(np.searchsorted(keys, self._last), len(keys) - 1)
            self._sought = keys, at, np.flatnonzero(keys[at] != self._last)
        return self._sought[1:]
