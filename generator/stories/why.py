"""Why articles stand together, and what kept the nearest other one out.

Everything shown was measured for the decision itself: terms with their share in the likeness of words, the
likeness of each pair, and the pair that came nearest without being joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, compress, pairwise
from math import nan

import numpy as np
from numpy.typing import NDArray

from generator.config import GroupSettings
from generator.model import Evidence, Group, Measured, Nearest, Why
from generator.stories.likeness import Graph, likeness, likeness_graph, match
from generator.stories.measures import Measures, measure
from generator.stories.overrides import Overrides, article_names
from generator.stories.shared import Shared, Written, shared_terms
from generator.stories.vectors import Vectors
from generator.stories.views import Floats, Ints, Pairs
from generator.turned import Last

LARGEST_MATRIX = 40
Matrix = tuple[tuple[float, ...], ...]
_NEAR = 0.25
"""Share of the threshold from which an article outside came near."""


class Reasons:
    """What was said of the groups in the last build."""

    def __init__(self) -> None:
        self._settings: GroupSettings | None = None
        self._best = self._days = np.zeros(0)
        self._said: dict[int, tuple[Group, Shared, Matrix]] = {}
        """By the group's place in memory."""
        self._of: Mapping[str, int] = {}
        self._rows = Last[Group, list[int]](partial(_rows, self._of))
        self._written = Written()
        self._nearest: dict[tuple[str, str], Nearest] = {}
        self._why: dict[str, Why] = {}

    def of(
        self, groups: Sequence[Group], vectors: Vectors, settings: GroupSettings, decided: Mapping[int, str]
    ) -> dict[str, Why]:
        """Return why each group stands, the very same where nothing else is to be said of it."""
        steady = self._steady(vectors, settings)
        members = _Members(groups, self._rows_of(groups, vectors.views.rows))
        graph = likeness_graph(vectors, settings)
        said = self._inside(groups, members.all(steady), vectors, graph, settings)
        nearest = self._outside(members, vectors, graph, steady, settings)
        reasons = {}
        for place, (group, shared, matrix) in enumerate(said):
            forced = f"front matter: story {group.name}" if group.name else decided.get(place, "")
            id_, parts = group.articles[0].id, (shared, matrix, nearest.get(place), forced)
            last = self._why.get(id_)
            reasons[id_] = last if last and _is_of(last, *parts) else Why(*parts)
        self._why = reasons
        return reasons

    def _rows_of(self, groups: Sequence[Group], of: Mapping[str, int]) -> list[list[int]]:
        """Return the rows of the articles of each group."""
        if self._of is not of:
            self._of, self._rows = of, Last(partial(_rows, of))
        return self._rows.of(groups)

    def _steady(self, vectors: Vectors, settings: GroupSettings) -> NDArray[np.bool_]:
        """Return which rows are as in the last build in all that is measured, and note them for the next."""
        days, old = vectors.views.days, vectors.since
        last_best, last_days = np.append(self._best, nan)[old], np.append(self._days, nan)[old]
        same_day = (days == last_days) | (np.isnan(days) & np.isnan(last_days))
        steady: NDArray[np.bool_] = (
            (old >= 0) & (vectors.best == last_best) & same_day & (settings == self._settings)
        )
        self._best, self._days, self._settings = vectors.best, days, settings
        return steady

    def _inside(
        self,
        groups: Sequence[Group],
        steady: NDArray[np.bool_],
        vectors: Vectors,
        graph: Graph,
        settings: GroupSettings,
    ) -> list[tuple[Group, Shared, Matrix]]:
        """Return the shared terms and the likenesses of each group; ``steady`` are those of steady rows."""
        known = [
            self._said.get(id(group)) if same else None
            for group, same in zip(groups, steady.tolist(), strict=True)
        ]
        new = [group for group, said in zip(groups, known, strict=True) if not said]
        self._written.hold(groups)
        shared = shared_terms(new, vectors.views, self._written)
        fresh = zip(new, shared, _matrices(new, vectors, graph, settings), strict=True)
        said = [one or next(fresh) for one in known]
        self._said = {id(one[0]): one for one in said}
        return said

    def _outside(
        self,
        members: _Members,
        vectors: Vectors,
        graph: Graph,
        steady: NDArray[np.bool_],
        settings: GroupSettings,
    ) -> dict[int, Nearest]:
        """Return the most alike pair that leads out of each group, by the group's place."""
        last, self._nearest = self._nearest, {}
        found: dict[int, Nearest] = {}
        for place, pair, (near, far) in members.outward(graph, _NEAR * settings.threshold):
            member, other = members.first(near), members.first(far)
            nearest = last.get((member, other)) if steady[near] and steady[far] else None
            found[place] = self._nearest[member, other] = nearest or Nearest(
                other,
                member,
                round(float(graph.likeness[pair]), 3),
                tuple(_evidence(vectors.near, graph.match, pair)),
            )
        return found


def _is_of(why: Why, shared: Shared, matrix: Matrix, nearest: Nearest | None, forced: str) -> bool:
    """Tell whether these are the very parts of a reason."""
    same = why.shared is shared and why.likeness is matrix and why.nearest is nearest
    return same and why.forced == forced


def explain_groups(
    groups: Sequence[Group],
    vectors: Vectors,
    settings: GroupSettings,
    overrides: Overrides | None = None,
    known: Reasons | None = None,
) -> dict[str, Why]:
    """Return why each group stands, by the id of its story. Near-linear in the articles.

    ``known`` saves saying again what was said in the last build.
    """
    return (known or Reasons()).of(groups, vectors, settings, _decided(groups, overrides or Overrides()))


def compare(
    left: str, right: str, vectors: Vectors, settings: GroupSettings
) -> tuple[float, tuple[Evidence, ...]]:
    """Return the likeness of two articles, by id, and what was measured between them. Raises KeyError."""
    rows = vectors.views.rows
    if rows[left] == rows[right]:
        return 1.0, (Evidence("same text", 1.0),)
    measures = _measured(np.array([rows[left]]), np.array([rows[right]]), vectors)
    return float(likeness(measures, settings)[0]), tuple(_evidence(measures, match(measures), 0))


def _measured(left: Ints, right: Ints, vectors: Vectors) -> Measures:
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
    groups: Sequence[Group], vectors: Vectors, graph: Graph, settings: GroupSettings
) -> Iterator[Matrix]:
    """Yield the likeness of each pair of articles of each group; of no single and no very large one."""
    shown = [2 <= len(group.articles) <= LARGEST_MATRIX for group in groups]
    rows = [np.array([vectors.views.rows[a.id] for a in group.articles]) for group in compress(groups, shown)]
    corners = [np.triu_indices(len(own), 1) for own in rows]
    left, right = (
        np.concatenate(
            [np.zeros(0, np.int64), *(own[pair[side]] for own, pair in zip(rows, corners, strict=True))]
        )
        for side in (0, 1)
    )
    values = np.where(left == right, 1.0, _likenesses(left, right, vectors, graph, settings))
    ends = np.cumsum([0, *(len(pair[0]) for pair in corners)])
    wanted = zip(corners, pairwise(ends.tolist()), strict=True)
    for group, is_shown in zip(groups, shown, strict=True):
        if not is_shown:
            yield ()
            continue
        pair, (start, end) = next(wanted)
        matrix = np.eye(len(group.articles))
        matrix[pair] = matrix[pair[::-1]] = values[start:end]
        yield tuple(tuple(round(value, 3) for value in line) for line in matrix.tolist())


def _likenesses(left: Ints, right: Ints, vectors: Vectors, graph: Graph, settings: GroupSettings) -> Floats:
    """Return the likeness of pairs of rows; only those that were not among the nearest are measured."""
    height = len(vectors.best)
    known = np.append(graph.left * height + graph.right, height * height)
    wanted = np.minimum(left, right) * height + np.maximum(left, right)
    at = np.searchsorted(known, wanted)
    values: Floats = np.append(graph.likeness, 0.0)[at]
    new = np.flatnonzero(known[at] != wanted)
    if len(new):
        values[new] = likeness(_measured(left[new], right[new], vectors), settings)
    return values


class _Members:
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

    def all(self, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return of which groups a mask keeps the rows of all articles."""
        return np.logical_and.reduceat(kept[self._rows], self._starts) if len(self._starts) else kept

    def outward(self, graph: Graph, least: float) -> Iterator[tuple[int, int, tuple[int, int]]]:
        """Yield the most alike pair that leads out of each group: the group's place, the pair, its rows, own first.

        Of equal pairs the first; none below ``least``.
        """
        ends = self._where[graph.left], self._where[graph.right]
        pairs = np.flatnonzero((ends[0] != ends[1]) & (graph.likeness >= least))
        places = np.concatenate([ends[0][pairs], ends[1][pairs]])
        both = np.concatenate([pairs, pairs])
        order = np.lexsort((both, -graph.likeness[both], places))
        best = order[np.unique(places[order], return_index=True)[1]].tolist()
        for at in best:
            pair = int(both[at])
            rows = int(graph.left[pair]), int(graph.right[pair])
            yield int(places[at]), pair, rows if at < len(pairs) else rows[::-1]


def _rows(of: Mapping[str, int], group: Group) -> list[int]:
    """Return the rows of the articles of a group."""
    return [of[article.id] for article in group.articles]


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
