"""Big stories made whole again.

A text is linked to its nearest few alone, so two halves of a story of hundreds look unlike: most of their
pairs were never measured. Where two clusters are too big for all their pairs to be known, and at least
one known pair reaches the threshold, a sample of all pairs is measured and decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.config import GroupSettings
from generator.stories.likeness import Graph, likeness, match
from generator.stories.linkage import AverageLinkage
from generator.stories.measures import measure
from generator.stories.neighbours import NEAREST
from generator.stories.vectors import Vectors
from generator.stories.views import Pairs

_SAMPLE = 12
"""Members of each cluster that are measured against the other's."""
_ROUNDS = 20


def rejoin(linkage: AverageLinkage, rows: NDArray[np.int64], sampler: Sampler) -> None:
    """Merge big clusters whose sampled pairs reach the threshold; best first, until none do.

    ``rows`` are the rows of the linked things. A merge needs what ``AverageLinkage`` asks for.
    """
    known = sampler.strong_pairs(rows)
    for _ in range(_ROUNDS):
        pairs = _big_pairs(linkage, known)
        means = sampler.means([(linkage.members[a], linkage.members[b]) for a, b in pairs], rows)
        gone: set[int] = set()
        for mean, pair in sorted(zip(means, pairs, strict=True), key=lambda each: (-each[0], each[1])):
            if gone.isdisjoint(pair) and linkage.allows(*pair, mean):
                gone.add(linkage.absorb(*pair))
        if not gone:
            return


@dataclass(frozen=True, slots=True, eq=False)
class Sampler:
    """Measures pairs that the graph does not hold."""

    vectors: Vectors
    graph: Graph
    settings: GroupSettings

    def strong_pairs(self, rows: NDArray[np.int64]) -> list[tuple[int, int]]:
        """Return the pairs of things whose likeness reaches the threshold."""
        thing = np.full(len(self.vectors.best), -1)
        thing[rows] = np.arange(len(rows))
        left, right = thing[self.graph.left], thing[self.graph.right]
        strong = (self.graph.likeness >= self.settings.threshold) & (left >= 0) & (right >= 0)
        return list(zip(left[strong].tolist(), right[strong].tolist(), strict=True))

    def means(
        self, pairs: Sequence[tuple[Sequence[int], Sequence[int]]], rows: NDArray[np.int64]
    ) -> list[float]:
        """Return the mean likeness of a sample of each two clusters' pairs; -1 where names outweigh the rest."""
        if not pairs:
            return []
        left: list[int] = []
        right: list[int] = []
        starts: list[int] = []
        for ours, theirs in ((_spread(a), _spread(b)) for a, b in pairs):
            starts.append(len(left))
            left += [x for x in ours for _ in theirs]
            right += theirs * len(ours)
        measures = measure(self.vectors.views, Pairs(rows[left], rows[right]), self.vectors.best)
        sums = np.add.reduceat(likeness(measures, self.settings), starts)
        sizes = np.diff([*starts, len(left)])
        matches = np.add.reduceat(match(measures), starts)
        result: list[float] = np.where(matches < 0, -1.0, sums / sizes).tolist()
        return result


def _big_pairs(linkage: AverageLinkage, known: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return pairs of clusters that a strong pair joins and that are too big to be known whole."""
    found = set()
    for left, right in known:
        a, b = sorted((linkage.cluster[left], linkage.cluster[right]))
        big = len(linkage.members[a]) + len(linkage.members[b]) > NEAREST
        if a != b and big:
            found.add((a, b))
    return sorted(found)


def _spread(members: Sequence[int]) -> list[int]:
    """Return some members, evenly spaced."""
    ordered = sorted(members)
    step = max(1, len(ordered) // _SAMPLE)
    return ordered[::step][:_SAMPLE]
