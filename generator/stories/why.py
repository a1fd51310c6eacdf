"""Why articles stand together, and what kept the nearest other one out.

Everything shown was measured for the decision itself: terms with their share in the likeness of words, the
likeness of each pair, and the pair that came nearest without being joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generator.config import GroupSettings
from generator.model import Evidence, Group, Measured, Nearest, Why
from generator.stories.likeness import likeness, likeness_graph, match
from generator.stories.measures import Measures, measure
from generator.stories.overrides import Overrides, article_names
from generator.stories.shared import Written, shared_terms
from generator.stories.vectors import Vectors
from generator.stories.views import Floats, Pairs

LARGEST_MATRIX = 40
_NEAR = 0.25
"""Share of the threshold from which an article outside came near."""


def explain_groups(
    groups: Sequence[Group],
    vectors: Vectors,
    settings: GroupSettings,
    overrides: Overrides | None = None,
    known: Written | None = None,
) -> dict[str, Why]:
    """Return why each group stands, by the id of its story. Near-linear in the articles."""
    nearest = _nearest(groups, vectors, settings)
    decided = _decided(groups, overrides or Overrides())
    matrices = _matrices(groups, vectors, settings)
    terms = shared_terms(groups, vectors.views, known)
    return {
        group.articles[0].id: Why(
            shared=shared,
            likeness=matrices.get(place, ()),
            nearest=nearest.get(place),
            forced=f"front matter: story {group.name}" if group.name else decided.get(place, ""),
        )
        for place, (group, shared) in enumerate(zip(groups, terms, strict=True))
    }


def compare(
    left: str, right: str, vectors: Vectors, settings: GroupSettings
) -> tuple[float, tuple[Evidence, ...]]:
    """Return the likeness of two articles, by id, and what was measured between them. Raises KeyError."""
    rows = vectors.views.rows
    if rows[left] == rows[right]:
        return 1.0, (Evidence("same text", 1.0),)
    measures = _measured(np.array([rows[left]]), np.array([rows[right]]), vectors)
    return float(likeness(measures, settings)[0]), tuple(_evidence(measures, match(measures), 0))


def _measured(left: NDArray[np.int64], right: NDArray[np.int64], vectors: Vectors) -> Measures:
    """Measure pairs of rows as for the decision."""
    return measure(vectors.views, Pairs(left, right), vectors.best)


def _evidence(measures: Measures, matches: Floats, pair: int) -> Iterator[Evidence]:
    """Yield what was measured on a pair: shared kinds of words strongest first, then what speaks against it."""
    shared: dict[Measured, Floats] = {
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
    others: tuple[Measured, ...] = ("other ordinals", "other days in the text", "other years in the text")
    for name, other in zip(others, measures.other_times, strict=True):
        if other[pair]:
            yield Evidence(name, 1.0)
    unmatched = -float(matches[pair])
    if unmatched > 0:
        yield Evidence("names that the rest does not match", round(unmatched, 3))
    for name in sorted(values, key=lambda name: (-values[name], name)):
        yield Evidence(name, values[name])


def _matrices(
    groups: Sequence[Group], vectors: Vectors, settings: GroupSettings
) -> dict[int, tuple[tuple[float, ...], ...]]:
    """Return the likeness of each pair of articles, by the group's place; of no single and no very large group."""
    places = [place for place, group in enumerate(groups) if 2 <= len(group.articles) <= LARGEST_MATRIX]
    rows = [np.array([vectors.views.rows[a.id] for a in groups[place].articles]) for place in places]
    corners = [np.triu_indices(len(own), 1) for own in rows]
    left, right = (
        np.concatenate(
            [np.zeros(0, np.int64), *(own[pair[side]] for own, pair in zip(rows, corners, strict=True))]
        )
        for side in (0, 1)
    )
    values = np.where(left == right, 1.0, _likenesses(left, right, vectors, settings))
    ends = np.cumsum([0, *(len(pair[0]) for pair in corners)])
    matrices = {}
    for place, pair, (start, end) in zip(places, corners, pairwise(ends.tolist()), strict=True):
        matrix = np.eye(len(groups[place].articles))
        matrix[pair] = matrix[pair[::-1]] = values[start:end]
        matrices[place] = tuple(tuple(round(value, 3) for value in line) for line in matrix.tolist())
    return matrices


def _likenesses(
    left: NDArray[np.int64], right: NDArray[np.int64], vectors: Vectors, settings: GroupSettings
) -> Floats:
    """Return the likeness of pairs of rows; only those that were not among the nearest are measured."""
    graph, height = likeness_graph(vectors, settings), len(vectors.best)
    known = np.append(graph.left * height + graph.right, height * height)
    wanted = np.minimum(left, right) * height + np.maximum(left, right)
    at = np.searchsorted(known, wanted)
    values: Floats = np.append(graph.likeness, 0.0)[at]
    new = known[at] != wanted
    values[new] = likeness(_measured(left[new], right[new], vectors), settings)
    return values


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
                found[place] = Nearest(other, member, value, tuple(_evidence(near, graph.match, pair)))
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


def rounded(why: Why) -> Why:
    """Return reasons with measures in hundredths, which is all that pages show.

    So a story stays as it is, and its pages with it, when articles elsewhere make words a little rarer.
    """
    nearest = why.nearest and replace(
        why.nearest,
        likeness=round(why.nearest.likeness, 2),
        evidence=tuple(Evidence(one.name, round(one.value, 2)) for one in why.nearest.evidence),
    )
    shared = tuple((term, round(weight, 2)) for term, weight in why.shared)
    matrix = tuple(tuple(round(value, 2) for value in row) for row in why.likeness)
    return Why(shared, matrix, nearest, why.forced)
