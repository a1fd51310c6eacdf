"""Average linkage over a sparse graph (Sokal and Michener 1958), with a guard, and ties that must or must not be.

The likeness of two clusters is the sum of the likenesses of their pairs over the number of pairs; a pair
that is not in the graph counts as 0. The most alike two are merged until none reaches the threshold. They
may merge only while their pairs' matches do not sum to less than 0. Two clusters can only merge when
some pair of theirs reaches the threshold, so each merge looks at neighbours alone: time and memory grow with
the edges, never with the square of the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

Link = tuple[float, float]
"""Sums over the pairs of two clusters: likeness, match."""


class AverageLinkage:
    """Clusters of ``count`` things, grown by merging. A cluster is named by its lowest member.

    Of equal likenesses the lowest names merge first, so that nothing hangs on chance.
    """

    def __init__(self, count: int, threshold: float) -> None:
        self.threshold = threshold
        self.members: dict[int, list[int]] = {thing: [thing] for thing in range(count)}
        self.cluster = list(range(count))
        self.links: dict[int, dict[int, Link]] = {thing: {} for thing in range(count)}
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

    def may_merge(self, a: int, b: int) -> bool:
        """Tell whether two clusters are not barred from each other."""
        return b not in self.barred.get(a, ())

    def grow(self) -> None:
        """Merge until no two clusters reach the threshold."""
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

    def _entry(self, a: int, b: int) -> tuple[float, int, int] | None:
        """Return the heap entry of two clusters, best first; None when they may not or need not merge."""
        link = self.links[a].get(b)
        if link is None or link[1] < 0 or not self.may_merge(a, b):
            return None
        mean = link[0] / (len(self.members[a]) * len(self.members[b]))
        return (-mean, a, b) if mean >= self.threshold else None

    def _merge(self, kept: int, gone: int) -> None:
        """Merge two clusters under the lower name, which comes first."""
        for member in self.members[gone]:
            self.cluster[member] = kept
        self.members[kept] += self.members.pop(gone)
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
