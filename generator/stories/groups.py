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
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from generator.config import GroupSettings
from generator.model import Article, Group
from generator.stories.likeness import Graph, likeness_graph
from generator.stories.linkage import FEW, FIRST, RATIO, SEVERAL, AverageLinkage, Rule
from generator.stories.overrides import Overrides, Reference, article_names
from generator.stories.rejoining import Sampler, rejoin
from generator.stories.vectors import Vectors

ALONE = "none"
"""Front matter ``story: none`` keeps an article by itself."""


def group_articles(
    articles: Sequence[Article], vectors: Vectors, settings: GroupSettings, overrides: Overrides
) -> tuple[Group, ...]:
    """Return the groups, each article in one, by their first article's date (undated last) and path."""
    word = _Word(articles, overrides)
    nodes = _Nodes(articles, vectors, word)
    graph = likeness_graph(vectors, settings)
    rule = Rule(settings.threshold, few=FEW, first=FIRST, several=SEVERAL, ratio=RATIO)
    linkage = AverageLinkage(len(nodes.members), rule)
    named = [sorted({nodes.of[member] for member in story}) for story in word.stories]
    _connect(linkage, nodes, graph, named, settings.threshold)
    for story in named:
        linkage.tie(story)
    for apart in word.apart:
        linkage.bar([nodes.of[member] for member in apart])
    linkage.grow()
    rejoin(linkage, nodes.rows, Sampler(vectors, graph, settings))
    for merged in word.merged:
        linkage.tie([nodes.of[member] for member in merged])
    by_id = {article.id: article for article in articles}
    clusters = [[by_id[m] for node in cluster for m in nodes.members[node]] for cluster in linkage.clusters()]
    clusters += [[by_id[member]] for member in word.alone]
    return tuple(sorted((word.group(c) for c in clusters), key=lambda group: _place(group.articles[0])))


def _place(article: Article) -> tuple[bool, date, str]:
    """Return what orders articles: date, undated last, then path."""
    day = article.meta.date.day if article.meta.date else date.max
    return article.meta.date is None, day, article.path


class _Word:
    """What the editor decided, in article ids."""

    def __init__(self, articles: Sequence[Article], overrides: Overrides) -> None:
        names = article_names(articles)

        def ids(references: Iterable[Reference]) -> list[str]:
            return [names[reference.name] for reference in references]

        merged = [ids(group) for group in overrides.merges]
        within = set(chain.from_iterable(merged))
        lonely = {a.id for a in articles if a.meta.story.lower() == ALONE and a.id not in within}
        lone = lonely.union(ids(overrides.alone))
        self.alone = sorted(lone)
        self.merged = [[member for member in group if member not in lone] for group in merged]
        self.stories = list(_named_stories(articles, lone))
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
    """Yield the ids of the articles of each story that front matter names, without those that stand alone."""
    stories: dict[str, list[str]] = {}
    for article in sorted(articles, key=lambda a: (a.meta.story, a.id)):
        if article.meta.story and article.meta.story.lower() != ALONE and article.id not in lone:
            stories.setdefault(article.meta.story, []).append(article.id)
    yield from stories.values()


class _Nodes:
    """What is linked: a text with all its copies, or one article of which something was decided."""

    def __init__(self, articles: Sequence[Article], vectors: Vectors, word: _Word) -> None:
        self.members: list[list[str]] = []
        self.of: dict[str, int] = {}
        rows: list[int] = []
        shared: dict[int, int] = {}
        decided, alone = word.decided, set(word.alone)
        for id_ in sorted(article.id for article in articles):
            if id_ in alone:
                continue
            row = vectors.views.rows[id_]
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

    def pairs(self, graph: Graph) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
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


def _connect(
    linkage: AverageLinkage, nodes: _Nodes, graph: Graph, ties: Sequence[Sequence[int]], threshold: float
) -> None:
    """Link the nodes that may come together: those that a chain of pairs above the threshold joins."""
    left, right, pairs = nodes.pairs(graph)
    likeness = np.where(pairs < 0, 1.0, np.append(graph.likeness, 1.0)[pairs])
    match = np.where(pairs < 0, 1.0, np.append(graph.match, 1.0)[pairs])
    strong = likeness >= threshold
    chains = np.array([(tied[0], node) for tied in ties for node in tied[1:]], np.int64).reshape(-1, 2)
    joined = (np.append(left[strong], chains[:, 0]), np.append(right[strong], chains[:, 1]))
    count = len(nodes.members)
    matrix = coo_matrix((np.ones(len(joined[0])), joined), shape=(count, count))
    part = connected_components(matrix, directed=False)[1] if count else np.zeros(0, np.int64)
    within = (part[left] == part[right]) & (likeness > 0)
    links = zip(likeness[within].tolist(), match[within].tolist(), strict=True)
    linkage.connect(left[within].tolist(), right[within].tolist(), links)
