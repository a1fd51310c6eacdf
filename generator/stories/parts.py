"""Average linkage over the parts of a graph that stand apart, each part by itself.

Clusters only merge when some pair of theirs reaches the threshold, so what chains of such pairs join can be grown
apart from all else. What becomes of a part hangs on its links and what is tied and barred in it, and on nothing
else: a process that goes on building grows again those parts alone in which something is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from generator.stories.linkage import AverageLinkage, Rule
from generator.stories.sparse import connected_components, coo_matrix
from generator.stories.views import Floats, Ints

Nodes = tuple[int, ...]
_WIDTH = 8
"""Bytes of a node's number, and of a likeness."""


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs of nodes with their likeness, each pair once: parallel arrays."""

    count: int
    """Number of nodes."""
    left: Ints
    right: Ints
    likeness: Floats
    match: Floats

    def at(self, places: Ints | slice) -> Links:
        """Return those at these places."""
        return Links(
            self.count, self.left[places], self.right[places], self.likeness[places], self.match[places]
        )


@dataclass(frozen=True, slots=True)
class Decided:
    """What is decided of nodes, whatever their likeness."""

    tied: Sequence[Sequence[int]] = ()
    """Nodes that come together."""
    apart: Sequence[Sequence[int]] = ()
    """Nodes of which no two come together."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What the clusters of a part hang on, nodes numbered within the part."""

    size: int
    links: tuple[bytes, bytes, bytes, bytes]
    """Left, right, likeness, match: eight bytes a link each."""
    tied: tuple[Nodes, ...]
    apart: tuple[Nodes, ...]


class Finish(Protocol):
    """Merges further in big parts, by what is not known here."""

    @property
    def beyond(self) -> int:
        """Nodes from which on, this number excluded, a part is big."""

    def reads(self, nodes: Ints) -> bytes:
        """Return what tells all that is read of nodes, beside their links."""

    def finish(self, linkage: AverageLinkage, nodes: Ints) -> None:
        """Merge further what has grown of these nodes, which it knows by their numbers within the part."""


class Parts:
    """The clusters of each part of the last graph."""

    def __init__(self) -> None:
        self._known: dict[tuple[_Part, bytes], tuple[Nodes, ...]] = {}
        self._rule: Rule | None = None

    def grow(
        self, links: Links, decided: Decided, rule: Rule, finish: Finish | None = None
    ) -> Iterator[Nodes]:
        """Yield the clusters of the nodes, members ascending."""
        last = self._known if rule == self._rule else {}
        self._known, self._rule = {}, rule
        parts = _Split(links, decided, rule.threshold)
        yield from ((node,) for node in parts.lone.tolist())
        for nodes, part in parts:
            big = finish if finish and part.size > finish.beyond else None
            key = part, big.reads(np.array(nodes)) if big else b""
            clusters = last.get(key)
            if clusters is None:
                linkage = _grown(part, rule)
                if big:
                    big.finish(linkage, np.array(nodes))
                clusters = tuple(map(tuple, linkage.clusters()))
            self._known[key] = clusters
            yield from (tuple([nodes[node] for node in cluster]) for cluster in clusters)


class _Split:
    """A graph in parts: what chains of links that reach a threshold join, or what is tied."""

    def __init__(self, links: Links, decided: Decided, threshold: float) -> None:
        self._decided, count = decided, links.count
        chains = np.array([(tied[0], node) for tied in decided.tied for node in tied[1:]], np.int64).reshape(
            -1, 2
        )
        strong = links.likeness >= threshold
        joined = np.append(links.left[strong], chains[:, 0]), np.append(links.right[strong], chains[:, 1])
        matrix = coo_matrix((np.ones(len(joined[0])), joined), shape=(count, count))
        self._part = connected_components(matrix, directed=False)[1] if count else np.zeros(0, np.int64)
        sizes = np.bincount(self._part, minlength=1)
        self.lone = np.flatnonzero(sizes[self._part] == 1) if count else np.zeros(0, np.int64)
        self._order = np.argsort(self._part, kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(sizes)])
        self._number = np.empty(count, np.int64)
        self._number[self._order] = np.arange(count) - np.repeat(self._starts[:-1], sizes)[:count]
        within = np.flatnonzero((self._part[links.left] == self._part[links.right]) & (links.likeness > 0))
        place = self._part[links.left[within]]
        by_part = np.argsort(place, kind="stable")
        self._links = links.at(within[by_part])
        self._firsts = np.searchsorted(place[by_part], np.arange(len(sizes) + 1))

    def __iter__(self) -> Iterator[tuple[list[int], _Part]]:
        """Yield the nodes of each part of several, and what its clusters hang on."""
        tied, apart = (self._by_part(some) for some in (self._decided.tied, self._decided.apart))
        starts, firsts, order = self._starts.tolist(), self._firsts.tolist(), self._order.tolist()
        links = self._links
        numbers = self._number[links.left], self._number[links.right]
        left, right, likeness, match = (some.tobytes() for some in (*numbers, links.likeness, links.match))
        for part in np.flatnonzero(np.diff(self._starts) > 1).tolist():
            nodes = order[starts[part] : starts[part + 1]]
            span = slice(_WIDTH * firsts[part], _WIDTH * firsts[part + 1])
            held = left[span], right[span], likeness[span], match[span]
            yield nodes, _Part(len(nodes), held, tied.get(part, ()), apart.get(part, ()))

    def _by_part(self, groups: Sequence[Sequence[int]]) -> dict[int, tuple[Nodes, ...]]:
        """Return the members of each group that lie in one part, by the part, numbered within it."""
        found: dict[int, tuple[Nodes, ...]] = {}
        for group in groups:
            own: dict[int, list[int]] = {}
            for node in group:
                own.setdefault(int(self._part[node]), []).append(int(self._number[node]))
            for part, members in own.items():
                if len(members) > 1:
                    found[part] = (*found.get(part, ()), tuple(members))
        return found


def _grown(part: _Part, rule: Rule) -> AverageLinkage:
    """Return the clusters of a part."""
    linkage = AverageLinkage(part.size, rule)
    left, right = (np.frombuffer(ends, np.int64).tolist() for ends in part.links[:2])
    pairs = zip(*(np.frombuffer(values, np.float64).tolist() for values in part.links[2:]), strict=True)
    linkage.connect(left, right, pairs)
    for tied in part.tied:
        linkage.tie(tied)
    for apart in part.apart:
        linkage.bar(apart)
    linkage.grow()
    return linkage
