"""Average linkage over the parts of a graph that stand apart, each part by itself.

Clusters only merge when some pair of theirs reaches the threshold, so what chains of such pairs join can be grown
apart from all else. What becomes of a part hangs on its links and what is tied and barred in it, and on nothing
else: a process that goes on building grows again those parts alone in which something is new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, cast

import numpy as np

from generator.stories.linkage import AverageLinkage, Rule
from generator.stories.sparse import connected_components, coo_matrix
from generator.stories.stream import Bools
from generator.stories.views import Floats, Ints
from generator.turned import carried

Nodes = tuple[int, ...]
Made = TypeVar("Made")


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

    def ordered(self) -> tuple[Ints, Ints]:
        """Return the places of the pairs in order, and a number for each of these pairs, ascending."""
        keys = self.left * self.count + self.right
        order = np.argsort(keys, kind="stable")
        return order, keys[order]


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


_Key = tuple[_Part, bytes]


class Parts:
    """The parts of the last graph, and their clusters."""

    def __init__(self) -> None:
        self._links = Links(0, *(np.zeros(0, kind) for kind in (np.int64, np.int64, float, float)))
        self._basis: object = None
        self._known: dict[int, tuple[_Key, tuple[Nodes, ...]]] = {}
        """What the clusters of each part of several nodes hang on, and these, by the first node of the part."""
        self._at: list[Nodes] = []
        """Each cluster at the place of its first node."""

    def grow(self, links: Links, decided: Decided, rule: Rule, finish: Finish | None = None) -> list[Nodes]:
        """Return the clusters by their first node, members ascending.

        The very same as last time are those of parts in which nothing is new, as long as nodes keep their numbers.
        """
        basis, split = (links.count, decided, rule), _Split(links, decided, rule.threshold)
        beyond = finish.beyond if finish else links.count
        if basis == self._basis:
            nodes = split.around(_touched(self._links, links), beyond)
            dropped = [self._known.pop(node) for node in nodes if node in self._known]
        else:
            nodes, dropped = list(range(links.count)), list(self._known.values())
            self._at, self._known = [()] * links.count, {}
        self._links, self._basis = links, basis
        last = {node: self._at[node] for node in nodes}
        for node in nodes:
            self._at[node] = ()
        for cluster in self._grown(split.parts(nodes), dict(dropped), rule, finish):
            before = last[cluster[0]]
            self._at[cluster[0]] = before if before == cluster else cluster
        return [cluster for cluster in self._at if cluster]

    def _grown(
        self,
        parts: Iterable[tuple[list[int], _Part]],
        last: Mapping[_Key, tuple[Nodes, ...]],
        rule: Rule,
        finish: Finish | None,
    ) -> Iterator[Nodes]:
        """Yield the clusters of some parts, of which some may be known."""
        for nodes, part in parts:
            if part.size == 1:
                yield tuple(nodes)
                continue
            big = finish if finish and part.size > finish.beyond else None
            key = part, big.reads(np.array(nodes)) if big else b""
            clusters = last.get(key)
            if clusters is None:
                linkage = _linked(part, rule)
                if big:
                    big.finish(linkage, np.array(nodes))
                clusters = tuple(map(tuple, linkage.clusters()))
            self._known[nodes[0]] = key, clusters
            yield from (tuple([nodes[node] for node in cluster]) for cluster in clusters)


def _touched(before: Links, now: Links) -> Bools:
    """Return which nodes have a link that is new, other or gone."""
    touched = np.zeros(now.count, bool)
    (order, keys), (last, known) = now.ordered(), before.ordered()
    at = np.searchsorted(known, keys)
    same = np.append(known, -1)[at] == keys
    for one, other in ((now.likeness, before.likeness), (now.match, before.match)):
        same &= one[order] == np.append(other[last], 0.0)[at]
    gone = np.ones(len(known), bool)
    gone[at[same]] = False
    for links, places in ((now, order[~same]), (before, last[gone])):
        touched[links.left[places]] = touched[links.right[places]] = True
    return touched


class Bundles(Generic[Made]):
    """What was made of each of the last clusters."""

    def __init__(self) -> None:
        self._clusters: list[Nodes] = []
        self._made: list[Made] = []

    def of(
        self, clusters: list[Nodes], other: AbstractSet[int] | None, make: Callable[[Nodes], Made]
    ) -> list[Made]:
        """Return what is made of each cluster, the very same where no node stands for something ``other`` now; None: all do."""
        _, made = carried(self._clusters, self._made, clusters, key=tuple)
        for place, cluster in enumerate(clusters):
            if other is None or made[place] is None or not other.isdisjoint(cluster):
                made[place] = make(cluster)
        self._clusters, self._made = clusters, cast("list[Made]", made)
        return self._made


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
        self._sizes = sizes = np.bincount(self._part, minlength=1)
        self._order = np.argsort(self._part, kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(sizes)])
        self._number = np.empty(count, np.int64)
        self._number[self._order] = np.arange(count) - np.repeat(self._starts[:-1], sizes)[:count]
        within = np.flatnonzero((self._part[links.left] == self._part[links.right]) & (links.likeness > 0))
        place = self._part[links.left[within]]
        by_part = np.argsort(place, kind="stable")
        self._links = links.at(within[by_part])
        self._firsts = np.searchsorted(place[by_part], np.arange(len(sizes) + 1))

    def around(self, touched: Bools, beyond: int) -> list[int]:
        """Return the nodes of parts of which some node is touched, and of those of more nodes than ``beyond``."""
        wanted = self._sizes > beyond
        wanted[self._part[touched]] = True
        nodes: list[int] = np.flatnonzero(wanted[self._part]).tolist()
        return nodes

    def parts(self, nodes: list[int]) -> Iterator[tuple[list[int], _Part]]:
        """Yield the nodes of each part that holds some of these, and what its clusters hang on."""
        tied, apart = (self._by_part(some) for some in (self._decided.tied, self._decided.apart))
        links = self._links
        numbers = self._number[links.left], self._number[links.right]
        for part in np.unique(self._part[nodes]).tolist():
            span = slice(self._firsts[part], self._firsts[part + 1])
            left, right, likeness, match = (
                some[span].tobytes() for some in (*numbers, links.likeness, links.match)
            )
            own = self._order[self._starts[part] : self._starts[part + 1]].tolist()
            held = left, right, likeness, match
            yield own, _Part(len(own), held, tied.get(part, ()), apart.get(part, ()))

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


def _linked(part: _Part, rule: Rule) -> AverageLinkage:
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
