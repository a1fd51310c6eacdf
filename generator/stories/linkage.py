"""Average linkage over a sparse graph (Sokal and Michener 1958), made careful where a merge does most harm.

The likeness of two clusters is the sum of the likenesses of their pairs over the number of pairs; a pair
that is not in the graph counts as 0. The most alike two are merged until none may. Beside reaching the
threshold a merge needs that

- the matches of the pairs do not sum to less than 0;
- a cluster of two or three reaches more: there one lucky pair decides, and noise has many pairs;
- two clusters of several are nearly as alike as each is within itself: two events of one kind are not.

Two clusters can only merge when some pair of theirs reaches the threshold, so each merge looks at neighbours
alone: time and memory grow with the edges, never with the square of the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import sqrt

FEW, FIRST, SEVERAL, RATIO = 4, 1.55, 3, 0.64
"""The rule for stories, see ``Rule``; chosen on development corpora, where neighbouring values do the same."""

Link = tuple[float, float]
"""Sums over the pairs of two clusters: likeness, match."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When two clusters may merge."""

    threshold: float
    """Least mean likeness of their pairs."""
    few: int = 0
    """Up to so many members together, more is asked for."""
    first: float = 1.0
    """How many times the threshold that is."""
    several: int = 3
    """From so many members on, a cluster has a likeness within itself to compare with."""
    ratio: float = 0.0
    """Least share of the likeness within (the geometric mean of the two) that the likeness between reaches."""

    def asked(self, size: int) -> float:
        """Return the least mean likeness for a cluster of ``size`` to come about."""
        return self.threshold * (self.first if size <= self.few else 1.0)


class AverageLinkage:
    """Clusters of ``count`` things, grown by merging. A cluster is named by one of its members.

    Of equal likenesses the lowest names merge first, so that nothing hangs on chance.
    """

    def __init__(self, count: int, rule: Rule) -> None:
        self.rule = rule
        self.members: dict[int, list[int]] = {thing: [thing] for thing in range(count)}
        self.cluster = list(range(count))
        self.links: dict[int, dict[int, Link]] = {thing: {} for thing in range(count)}
        self.within = [0.0] * count
        self.barred: dict[int, set[int]] = {}

    def connect(self, left: Iterable[int], right: Iterable[int], links: Iterable[Link]) -> None:
        """Link pairs of things that are not merged yet, each pair at most once."""
        for a, b, link in zip(left, right, links, strict=True):
            self.links[a][b] = self.links[b][a] = link

    def bar(self, things: Sequence[int]) -> None:
        """Forbid that any two of ``things`` come together. A pair that is together already stays."""
        clusters = sorted({self.cluster[thing] for thing in things})
        for cluster in clusters:
            self.barred.setdefault(cluster, set()).update(c for c in clusters if c != cluster)

    def tie(self, things: Sequence[int]) -> None:
        """Put ``things`` together whatever their likeness."""
        clusters = sorted({self.cluster[thing] for thing in things})
        for cluster in clusters[1:]:
            self._merge(clusters[0], cluster)

    def absorb(self, a: int, b: int) -> int:
        """Merge the smaller of two clusters into the larger, whatever their likeness; return the one gone."""
        kept, gone = (a, b) if len(self.members[a]) >= len(self.members[b]) else (b, a)
        self._merge(kept, gone)
        return gone

    def grow(self) -> None:
        """Merge until no two clusters may."""
        heap = [
            entry
            for cluster, others in self.links.items()
            for other in others
            if cluster < other and (entry := self._entry(cluster, other))
        ]
        heapify(heap)
        while heap:
            value, a, b = heappop(heap)
            if a in self.members and b in self.members and self._entry(a, b) == (value, a, b):
                self._merge(a, b)
                for other in self.links[a]:
                    if entry := self._entry(min(a, other), max(a, other)):
                        heappush(heap, entry)

    def clusters(self) -> list[list[int]]:
        """Return the clusters: members ascending, clusters by first member."""
        return sorted(sorted(members) for members in self.members.values())

    def allows(self, a: int, b: int, mean: float) -> bool:
        """Tell whether two clusters of this mean likeness may merge, matches aside."""
        sizes = (len(self.members[a]), len(self.members[b]))
        if mean < self.rule.asked(sum(sizes)) or b in self.barred.get(a, ()):
            return False
        return min(sizes) < self.rule.several or mean >= self.rule.ratio * sqrt(
            self._cohesion(a) * self._cohesion(b)
        )

    def _cohesion(self, cluster: int) -> float:
        """Return the mean likeness of the pairs within a cluster of two or more."""
        size = len(self.members[cluster])
        return self.within[cluster] / (size * (size - 1) / 2)

    def _entry(self, a: int, b: int) -> tuple[float, int, int] | None:
        """Return the heap entry of two clusters, best first; None when they may not merge."""
        link = self.links[a].get(b)
        if link is None or link[1] < 0:
            return None
        mean = link[0] / (len(self.members[a]) * len(self.members[b]))
        return (-mean, a, b) if self.allows(a, b, mean) else None

    def _merge(self, kept: int, gone: int) -> None:
        """Merge two clusters under the name of the first."""
        for member in self.members[gone]:
            self.cluster[member] = kept
        self.members[kept] += self.members.pop(gone)
        self.within[kept] += self.within[gone] + self.links[kept].get(gone, (0.0, 0.0))[0]
        mine = self.links[kept]
        mine.pop(gone, None)
        for other, (likeness, match) in self.links.pop(gone).items():
            theirs = self.links[other]
            theirs.pop(gone, None)
            if other != kept:
                before = mine.get(other, (0.0, 0.0))
                mine[other] = theirs[kept] = (before[0] + likeness, before[1] + match)
        for other in self.barred.pop(gone, ()):
            self.barred[other].discard(gone)
            if other != kept:
                self.barred[other].add(kept)
                self.barred.setdefault(kept, set()).add(other)
