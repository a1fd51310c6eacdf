"""Which pair of articles came nearest to joining two groups: the most alike one that leads out of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from generator.model import Group
from generator.stories.likeness import Graph
from generator.stories.stream import Bools
from generator.stories.views import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Outward:
    """The most alike pair that leads out of each group: parallel arrays, by group; -1 where none does."""

    pairs: Ints
    near: Ints
    """Its row in the group."""
    far: Ints


class Members:
    """The articles of groups, by row."""

    def __init__(self, groups: Sequence[Group], rows: Sequence[Sequence[int]]) -> None:
        self._groups = groups
        sizes = list(map(len, rows))
        self._rows = np.fromiter(chain.from_iterable(rows), np.int64, sum(sizes))
        self._places = np.repeat(np.arange(len(groups)), sizes)
        self._starts = np.cumsum([0, *sizes])[:-1]
        self._firsts = np.unique(self._rows, return_index=True)[1]
        self._where = self._places[self._firsts]

    def first(self, row: int) -> str:
        """Return the id of the first article of a row."""
        at, place = self._firsts[row], self._where[row]
        id_: str = self._groups[place].articles[at - self._starts[place]].id
        return id_

    def all(self, kept: Bools) -> Bools:
        """Return of which groups a mask keeps the rows of all articles."""
        return np.logical_and.reduceat(kept[self._rows], self._starts) if len(self._starts) else kept

    def outward(self, graph: Graph, least: float) -> Outward:
        """Return the most alike pair that leads out of each group; of equal ones the first, none below ``least``."""
        left, right = self._where[graph.left], self._where[graph.right]
        pairs = np.flatnonzero((left != right) & (graph.likeness >= least))
        places, both = np.concatenate([left[pairs], right[pairs]]), np.concatenate([pairs, pairs])
        likeness, best = graph.likeness[both], np.zeros(len(self._groups))
        np.maximum.at(best, places, likeness)
        hits = np.flatnonzero(likeness == best[places])
        found = np.full(len(self._groups), len(graph.left))
        np.minimum.at(found, places[hits], both[hits])
        none = found == len(graph.left)
        found[none] = -1
        rows = np.append(graph.left, -1)[found], np.append(graph.right, -1)[found]
        swapped = np.append(left, -1)[found] != np.arange(len(found))
        near, far = (np.where(none, -1, np.where(swapped, *ends)) for ends in (rows[::-1], rows))
        return Outward(found, near, far)

    def unmoved(self, out: Outward, last: Outward, steady: Bools, turned: Sequence[int]) -> Bools:
        """Return of which groups neither they nor what leads out of them is another than last time.

        Given are the rows that are as they were, and the places of groups that are not.
        """
        same = np.ones(len(self._groups), bool)
        same[turned] = False
        beyond = (out.far < 0) | (steady[out.far] & same[self._where[out.far]])
        unmoved: Bools = same & self.all(steady) & (out.near == last.near) & (out.far == last.far) & beyond
        return unmoved
