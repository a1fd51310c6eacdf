"""Which articles tell one event.

Texts are linked to their nearest, clusters grown by average linkage; the editor's word (front matter
``story``, ``stories.toml``) comes before what the texts say. The order of files changes nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from generator.config import GroupSettings
from generator.model import Article, Group
from generator.stories.likeness import Graph, likeness_graph
from generator.stories.linkage import FEW, FIRST, RATIO, SEVERAL, AverageLinkage, Rule
from generator.stories.neighbours import NEAREST
from generator.stories.overrides import Overrides, Reference, article_names
from generator.stories.parts import Bundles, Decided, Links, Nodes, Parts
from generator.stories.rejoining import Sampler, rejoin
from generator.stories.vectors import Vectors
from generator.stories.views import Ints
from generator.turned import Order, turned

ALONE = "none"
"""Front matter ``story: none`` keeps an article by itself."""


class Grouping:
    """The parts of the last graph, and the groups that came of them."""

    def __init__(self) -> None:
        self.parts = Parts()
        self._order = Order[Group](lambda group: _place(group.articles[0]))
        self._versions: Ints = np.zeros(0, np.int64)
        self._made = 0
        self._articles: Sequence[Article] = ()
        self._by_id: dict[str, Article] = {}
        self._nodes: _Nodes | None = None
        self._grouped: _Nodes | None = None
        """The nodes of which the groups are."""
        self._bundles = Bundles[Group]()
        self._groups: list[Group] = []
        self._decided: object = None

    def nodes(self, vectors: Vectors, word: _Word) -> _Nodes:
        """Return what is to be linked, the very same as long as no article comes, goes or is decided of."""
        if not (self._nodes and self._nodes.are_of(vectors, word)):
            self._nodes = _Nodes(vectors, word)
        return self._nodes

    def versions(self, vectors: Vectors) -> Ints:
        """Return a number for each row that no row had before but one that held the same in every view."""
        versions = np.append(self._versions, 0)[vectors.since]
        new = vectors.since < 0
        versions[new] = self._made + 1 + np.arange(np.count_nonzero(new))
        self._versions, self._made = versions, self._made + int(np.count_nonzero(new))
        return versions

    def each(
        self, clusters: list[Nodes], articles: Sequence[Article], nodes: _Nodes, word: _Word
    ) -> list[Group]:
        """Return the group of each cluster, in order, the very same where nothing of it was decided anew."""
        decided = word.titles, word.pinned, word.hidden
        last = self._groups if decided == self._decided else ()
        places = turned(self._articles, articles)
        if places is None or nodes is not self._grouped or decided != self._decided:
            self._by_id = {article.id: article for article in articles}
            known, other = {frozenset(map(id, group.articles)): group for group in last}, None
        else:
            fresh = {articles[place].id: articles[place] for place in places}
            self._by_id |= fresh
            known, other = {}, {nodes.of.get(id_, -1) for id_ in fresh}

        def made(cluster: Nodes) -> Group:
            own = [self._by_id[member] for node in cluster for member in nodes.members[node]]
            return known.get(frozenset(map(id, own))) or word.group(own)

        self._groups = self._bundles.of(clusters, other, made)
        self._articles, self._decided, self._grouped = articles, decided, nodes
        return self._order.of([*self._groups, *(word.group([self._by_id[member]]) for member in word.alone)])


def group_articles(
    articles: Sequence[Article],
    vectors: Vectors,
    settings: GroupSettings,
    overrides: Overrides,
    known: Grouping | None = None,
) -> tuple[Group, ...]:
    """Return the groups, each article in one, by their first article's date (undated last) and path.

    ``known`` saves finding again what is as it was in the last build.
    """
    known = known or Grouping()
    word = _Word(articles, overrides)
    nodes = known.nodes(vectors, word)
    graph = likeness_graph(vectors, settings)
    big = _Big(Sampler(vectors, graph, settings), nodes.rows, known.versions(vectors))
    rule = Rule(settings.threshold, few=FEW, first=FIRST, several=SEVERAL, ratio=RATIO)
    decided = Decided(
        [sorted({nodes.of[member] for member in story}) for story in word.stories],
        [[nodes.of[member] for member in apart] for apart in word.apart],
    )
    found = known.parts.grow(nodes.links(graph), decided, rule, big)
    merged = [[nodes.of[member] for member in group] for group in word.merged]
    return tuple(known.each(_joined(found, merged), articles, nodes, word))


class _Big:
    """Makes big stories whole again."""

    beyond = NEAREST

    def __init__(self, sampler: Sampler, rows: Ints, versions: Ints) -> None:
        self._sampler, self._rows, self._versions = sampler, rows, versions

    def reads(self, nodes: Ints) -> bytes:
        """Return what tells all that is read of nodes, beside their links."""
        rows, vectors = self._rows[nodes], self._sampler.vectors
        held = self._versions[rows], vectors.best[rows], vectors.views.days[rows], vectors.views.langs[rows]
        return repr(self._sampler.settings).encode() + b"".join(column.tobytes() for column in held)

    def finish(self, linkage: AverageLinkage, nodes: Ints) -> None:
        """Merge what a sample of pairs shows to be alike."""
        rejoin(linkage, self._rows[nodes], self._sampler)


def _joined(found: list[Nodes], merged: Sequence[Sequence[int]]) -> list[Nodes]:
    """Return the clusters, members ascending, those together that hold members of one of ``merged``."""
    if not merged:
        return found
    clusters = list(found)
    where = {node: place for place, cluster in enumerate(clusters) for node in cluster}
    for group in merged:
        first, *others = sorted({where[node] for node in group}) or [-1]
        for place in others:
            clusters[first] += clusters[place]
            where.update(dict.fromkeys(clusters[place], first))
            clusters[place] = ()
    return [tuple(sorted(cluster)) for cluster in clusters if cluster]


def _place(article: Article) -> tuple[bool, date, str]:
    """Return what orders articles: date, undated last, then path."""
    day = article.meta.date.day if article.meta.date else date.max
    return article.meta.date is None, day, article.path


class _Word:
    """What the editor decided, in article ids."""

    def __init__(self, articles: Sequence[Article], overrides: Overrides) -> None:
        names = article_names(articles) if overrides != Overrides() else {}

        def ids(references: Iterable[Reference]) -> list[str]:
            return [names[reference.name] for reference in references]

        merged = [ids(group) for group in overrides.merges]
        within = set(chain.from_iterable(merged))
        named = [article for article in articles if article.meta.story]
        lonely = {a.id for a in named if a.meta.story.lower() == ALONE and a.id not in within}
        lone = lonely.union(ids(overrides.alone))
        self.alone = sorted(lone)
        self.merged = [[member for member in group if member not in lone] for group in merged]
        self.stories = list(_named_stories(named, lone))
        apart = [ids(group) for group in overrides.apart] + [[members[0] for members in self.stories]]
        self.apart = [[member for member in group if member not in lone] for group in apart]
        self.titles = {names[reference.name]: title for reference, title in overrides.titles}
        self.pinned = frozenset(ids(overrides.pins))
        self.hidden = frozenset(ids(overrides.hides))

    @property
    def decided(self) -> frozenset[str]:
        """Articles of which something was decided that concerns their group."""
        return frozenset(chain(self.alone, *self.merged, *self.stories, *self.apart))

    def group(self, articles: Iterable[Article]) -> Group:
        """Return the group of these articles."""
        ordered = tuple(sorted(articles, key=_place))
        ids = [article.id for article in ordered]
        return Group(
            articles=ordered,
            name=next((a.meta.story for a in ordered if a.meta.story and a.meta.story.lower() != ALONE), ""),
            title=next((self.titles[id_] for id_ in ids if id_ in self.titles), ""),
            pinned=not self.pinned.isdisjoint(ids),
            hidden=not self.hidden.isdisjoint(ids),
        )


def _named_stories(articles: Iterable[Article], lone: Container[str]) -> Iterator[list[str]]:
    """Yield the ids of those of each story that the front matter of these articles names, but those that stand alone."""
    stories: dict[str, list[str]] = {}
    for article in sorted(articles, key=lambda a: (a.meta.story, a.id)):
        if article.meta.story.lower() != ALONE and article.id not in lone:
            stories.setdefault(article.meta.story, []).append(article.id)
    yield from stories.values()


class _Nodes:
    """What is linked: a text with all its copies, or one article of which something was decided."""

    def __init__(self, vectors: Vectors, word: _Word) -> None:
        self._basis = vectors.views.rows, word.decided, set(word.alone)
        self.members: list[list[str]] = []
        self.of: dict[str, int] = {}
        rows: list[int] = []
        shared: dict[int, int] = {}
        decided, alone = word.decided, set(word.alone)
        for id_, row in vectors.views.rows.items():
            if id_ in alone:
                continue
            own = len(self.members)
            node = own if id_ in decided else shared.setdefault(row, own)
            if node == own:
                self.members.append([])
                rows.append(row)
            self.members[node].append(id_)
            self.of[id_] = node
        self.height = len(vectors.best)
        self.rows = np.array(rows, np.int64)
        """Row of each node."""

    def are_of(self, vectors: Vectors, word: _Word) -> bool:
        """Tell whether these are the nodes of the same rows, of which the same was decided."""
        rows, *decided = self._basis
        return rows is vectors.views.rows and decided == [word.decided, set(word.alone)]

    def links(self, graph: Graph) -> Links:
        """Return the nodes that the graph links, and copies, which are alike in all."""
        left, right, pairs = self._pairs(graph)
        likeness = np.where(pairs < 0, 1.0, np.append(graph.likeness, 1.0)[pairs])
        match = np.where(pairs < 0, 1.0, np.append(graph.match, 1.0)[pairs])
        return Links(len(self.members), left, right, likeness, match)

    def _pairs(self, graph: Graph) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return linked nodes, left and right, and the pair of the graph that links them; -1 for copies."""
        order = np.argsort(self.rows, kind="stable")
        height = self.height
        firsts = np.searchsorted(self.rows[order], np.arange(height + 1))
        found = list(self._copies(order, firsts))
        rows = (graph.left, graph.right)
        counts = [firsts[side + 1] - firsts[side] for side in rows]
        single = (counts[0] == 1) & (counts[1] == 1)
        left, right = (order[firsts[side[single]]] for side in rows)
        for pair in np.flatnonzero(~single & (counts[0] > 0) & (counts[1] > 0)).tolist():
            a, b = (order[firsts[side[pair]] : firsts[side[pair] + 1]].tolist() for side in rows)
            found += [(x, y, pair) for x in a for y in b]
        more = np.array(found, np.int64).reshape(-1, 3).T
        pairs = np.concatenate([np.flatnonzero(single), more[2]])
        return np.concatenate([left, more[0]]), np.concatenate([right, more[1]]), pairs

    def _copies(self, order: NDArray[np.int64], firsts: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
        """Yield pairs of nodes that hold one text."""
        for row in np.flatnonzero(np.diff(firsts) > 1).tolist():
            nodes = order[firsts[row] : firsts[row + 1]].tolist()
            yield from ((a, b, -1) for a in nodes for b in nodes if a < b)
