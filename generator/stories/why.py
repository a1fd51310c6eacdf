"""Why articles stand together, and what kept the nearest other one out.

Everything shown was measured for the decision itself: terms with their share in the likeness of words, the
likeness of each pair, and the pair that came nearest without being joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from generator.config import GroupSettings
from generator.language.background import background
from generator.language.words import is_stop, stem
from generator.model import Article, Evidence, Group, Nearest, Why
from generator.stories.likeness import likeness, likeness_graph, match
from generator.stories.overrides import Overrides, article_names
from generator.stories.vectors import Vectors
from generator.stories.views import Measures, measure

MOST_TERMS = 12
LARGEST_MATRIX = 40
_NEAR = 0.25
"""Share of the threshold from which an article outside came near."""


def explain_groups(
    groups: Sequence[Group], vectors: Vectors, settings: GroupSettings, overrides: Overrides | None = None
) -> dict[str, Why]:
    """Return why each group stands, by the id of its story. Near-linear in the articles."""
    nearest = _nearest(groups, vectors, settings)
    decided = _decided(groups, overrides or Overrides())
    return {
        group.articles[0].id: Why(
            shared=tuple(_shared(group, vectors)),
            likeness=_matrix(group, vectors, settings),
            nearest=nearest.get(place),
            forced=f"front matter: story {group.name}" if group.name else decided.get(place, ""),
        )
        for place, group in enumerate(groups)
    }


def compare(
    left: str, right: str, vectors: Vectors, settings: GroupSettings
) -> tuple[float, tuple[Evidence, ...]]:
    """Return the likeness of two articles, by id, and what was measured between them. Raises KeyError."""
    rows = vectors.views.rows
    if rows[left] == rows[right]:
        return 1.0, (Evidence("same text", 1.0),)
    measures = _measured(np.array([rows[left]]), np.array([rows[right]]), vectors)
    return float(likeness(measures, settings)[0]), tuple(_evidence(measures, 0))


def _measured(left: NDArray[np.int64], right: NDArray[np.int64], vectors: Vectors) -> Measures:
    """Measure pairs of rows as for the decision."""
    return measure(vectors.views, left, right, vectors.best)


def _evidence(measures: Measures, pair: int) -> Iterator[Evidence]:
    """Yield what was measured on a pair: shared kinds of words strongest first, then what speaks against it."""
    shared = {
        "shared names": measures.names,
        "shared phrases": measures.phrases,
        "shared other words": measures.content,
        "shared numbers": measures.numbers,
        "alike titles": measures.title,
        "all words": measures.words,
    }
    values = {name: round(float(column[pair]), 3) for name, column in shared.items()}
    if measures.foreign[pair]:
        yield Evidence("two languages", 1.0)
    if not np.isnan(measures.days[pair]):
        yield Evidence("days apart", float(measures.days[pair]))
    unmatched = -float(match(measures)[pair])
    if unmatched > 0:
        yield Evidence("names that the rest does not match", round(unmatched, 3))
    for name in sorted(values, key=lambda name: (-values[name], name)):
        yield Evidence(name, values[name])


def _shared(group: Group, vectors: Vectors) -> Iterator[tuple[str, float]]:
    """Yield the terms that make the articles alike in words, with their share of that likeness.

    The share of a term is the sum of its products over pairs of texts; a term is shown as most often written.
    """
    if len(group.articles) < 2:
        return
    rows = sorted({vectors.views.rows[article.id] for article in group.articles})
    weights = _products(rows, vectors) if len(rows) > 1 else _squares(group.articles[0])
    total = sum(weights.values())
    heaviest = sorted(weights, key=lambda name: (-weights[name], name))[:MOST_TERMS]
    written = _as_written(group.articles, heaviest)
    for name in heaviest:
        yield written.get(name, name), round(weights[name] / total, 4)


def _products(rows: Sequence[int], vectors: Vectors) -> dict[str, float]:
    """Return each stem's sum of products over the pairs of several texts, where it is not 0."""
    matrix = vectors.views.words[rows]
    sums = np.asarray(matrix.sum(axis=0)).ravel()
    squares = np.asarray(matrix.multiply(matrix).sum(axis=0)).ravel()
    products = sums**2 - squares
    return {vectors.views.stems[at]: float(products[at]) for at in np.flatnonzero(products > 1e-9).tolist()}


def _squares(article: Article) -> dict[str, float]:
    """Return the square of each stem's weight in a text of which there are only copies."""
    lang = article.meta.lang
    words = (word for sentence in (article.title_words, *article.words) for word in sentence)
    counts = Counter(stem(word, lang) for word in words if not is_stop(word, lang))
    known = background()
    return {name: ((1 + log(count)) * known.stem_idf(name)) ** 2 for name, count in counts.items()}


def _as_written(articles: Sequence[Article], stems: Iterable[str]) -> dict[str, str]:
    """Return the commonest word of each stem; of equals, the first in the alphabet."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in stems}
    for article in articles:
        for words in (article.title_words, *article.words):
            for word in words:
                if (root := stem(word, article.meta.lang)) in counts:
                    counts[root][word] += 1
    return {
        root: min(found, key=lambda word: (-found[word], word)) for root, found in counts.items() if found
    }


def _matrix(group: Group, vectors: Vectors, settings: GroupSettings) -> tuple[tuple[float, ...], ...]:
    """Return the likeness of each pair of articles; empty for single and for very large groups."""
    size = len(group.articles)
    if not 2 <= size <= LARGEST_MATRIX:
        return ()
    rows = np.array([vectors.views.rows[article.id] for article in group.articles])
    left, right = np.triu_indices(size, 1)
    values = likeness(_measured(rows[left], rows[right], vectors), settings)
    matrix = np.eye(size)
    matrix[left, right] = matrix[right, left] = np.where(rows[left] == rows[right], 1.0, values)
    return tuple(tuple(round(value, 3) for value in line) for line in matrix.tolist())


def _nearest(groups: Sequence[Group], vectors: Vectors, settings: GroupSettings) -> dict[int, Nearest]:
    """Return the most alike pair that leads out of each group, by the group's place."""
    graph, near = likeness_graph(vectors, settings), vectors.near
    first: dict[int, tuple[int, str]] = {}
    for place, group in enumerate(groups):
        for article in group.articles:
            first.setdefault(vectors.views.rows[article.id], (place, article.id))
    where = np.array([first[row][0] for row in range(len(first))], np.int64)
    outward = np.flatnonzero(
        (where[graph.left] != where[graph.right]) & (graph.likeness >= _NEAR * settings.threshold)
    )
    found: dict[int, Nearest] = {}
    for pair in outward[np.argsort(-graph.likeness[outward], kind="stable")].tolist():
        ends = (first[int(graph.left[pair])], first[int(graph.right[pair])])
        for (place, member), (_, other) in (ends, ends[::-1]):
            if place not in found:
                value = round(float(graph.likeness[pair]), 3)
                found[place] = Nearest(other, member, value, tuple(_evidence(near, pair)))
    return found


def _decided(groups: Sequence[Group], overrides: Overrides) -> dict[int, str]:
    """Return the override that made a group, in words, by the group's place."""
    if overrides == Overrides():
        return {}
    place_of = {article.id: place for place, group in enumerate(groups) for article in group.articles}
    names = article_names([article for group in groups for article in group.articles])
    merged = {place_of[names[ref.name]]: "merge" for refs in overrides.merges for ref in refs}
    split = {place_of[names[ref.name]]: "split" for ref in overrides.alone}
    return {place: f"{overrides.path}: {word}" for place, word in (merged | split).items()}
