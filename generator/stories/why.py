"""Why articles stand together, and what kept the nearest other one out.

Everything shown was measured for the decision itself: terms with their share in the likeness of words, the
likeness of each pair, and the pair that came nearest without being joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress, pairwise
from math import nan
from typing import cast

import numpy as np

from generator.config import GroupSettings
from generator.model import Evidence, Group, Measured, Nearest, Why
from generator.stories.counting import Memory
from generator.stories.likeness import Graph, likeness, likeness_graph, match
from generator.stories.measures import Measures, measure
from generator.stories.outward import Members, Outward
from generator.stories.overrides import Overrides, article_names
from generator.stories.shared import Shared, Written, shared_terms
from generator.stories.stream import Bools
from generator.stories.vectors import Vectors
from generator.stories.views import Floats, Ints, Pairs
from generator.turned import Last, carried, exchanged

LARGEST_MATRIX = 40
Matrix = tuple[tuple[float, ...], ...]
_NEAR = 0.25
"""Share of the threshold from which an article outside came near."""


class Reasons:
    """What was said of the groups in the last build; ``memory`` holds how they write words, see ``Written``."""

    def __init__(self, memory: Memory | None = None) -> None:
        self._settings: GroupSettings | None = None
        self._best = self._days = np.zeros(0)
        self._of: Mapping[str, int] = {}
        self._rows = Last[Group, list[int]](partial(_rows, self._of))
        self._ids = Last[Group, str](lambda group: group.articles[0].id)
        self._written = Written(memory)
        self._groups: Sequence[Group] = ()
        self._decided: Mapping[int, str] = {}
        self._out: Outward | None = None
        self._why: list[Why] = []

    def of(
        self, groups: Sequence[Group], vectors: Vectors, settings: GroupSettings, decided: Mapping[int, str]
    ) -> dict[str, Why]:
        """Return why each group stands, the very same where nothing else is to be said of it."""
        same_rows = vectors.views.rows is self._of
        steady = self._steady(vectors, settings)
        members = Members(groups, self._rows_of(groups, vectors.views.rows))
        graph = likeness_graph(vectors, settings)
        out = members.outward(graph, _NEAR * settings.threshold)
        case = _Case(groups, vectors, graph, settings, members, out, steady)
        come, last = carried(self._groups, self._why, groups)
        again = list(range(len(groups)))
        if self._out and same_rows and decided == self._decided and len(come) < len(groups):
            again = np.flatnonzero(~members.unmoved(out, self._out, steady, come)).tolist()
        self._written.hold(groups)
        inside = case.inside(again, last, self._written)
        self._written.keep()
        said = [case.why(place, last[place], *one, decided) for place, one in zip(again, inside, strict=True)]
        self._groups, self._decided, self._out = groups, decided, out
        self._why = cast("list[Why]", exchanged(last, again, said))
        return dict(zip(self._ids.of(groups), self._why, strict=True))

    def _rows_of(self, groups: Sequence[Group], of: Mapping[str, int]) -> list[list[int]]:
        """Return the rows of the articles of each group."""
        if self._of is not of:
            self._of, self._rows = of, Last(partial(_rows, of))
        return self._rows.of(groups)

    def _steady(self, vectors: Vectors, settings: GroupSettings) -> Bools:
        """Return which rows are as in the last build in all that is measured, and note them for the next."""
        days, old = vectors.views.days, vectors.since
        last_best, last_days = np.append(self._best, nan)[old], np.append(self._days, nan)[old]
        same_day = (days == last_days) | (np.isnan(days) & np.isnan(last_days))
        steady: Bools = (old >= 0) & (vectors.best == last_best) & same_day & (settings == self._settings)
        self._best, self._days, self._settings = vectors.best, days, settings
        return steady


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """What reasons are given of."""

    groups: Sequence[Group]
    vectors: Vectors
    graph: Graph
    settings: GroupSettings
    members: Members
    out: Outward
    steady: Bools
    """Rows that are as in the last build in all that is measured."""

    def inside(
        self, places: Sequence[int], last: Sequence[Why | None], written: Written
    ) -> list[tuple[Shared, Matrix]]:
        """Return the shared terms and the likenesses of the groups at some places, of which some are as they were."""
        steady = self.members.all(self.steady)
        known = [last[place] if steady[place] else None for place in places]
        new = [self.groups[place] for place, why in zip(places, known, strict=True) if not why]
        shared = shared_terms(new, self.vectors.views, written)
        fresh = zip(shared, _matrices(new, self.vectors, self.graph, self.settings), strict=True)
        return [(why.shared, why.likeness) if why else next(fresh) for why in known]

    def why(
        self, place: int, last: Why | None, shared: Shared, matrix: Matrix, decided: Mapping[int, str]
    ) -> Why:
        """Return why the group at a place stands; the ``last`` reason where that is the same."""
        group = self.groups[place]
        forced = f"front matter: story {group.name}" if group.name else decided.get(place, "")
        nearest = self._nearest(place, last.nearest if last else None)
        why = Why(shared, matrix, nearest, forced)
        return last if last and _is_of(last, why) else why

    def _nearest(self, place: int, last: Nearest | None) -> Nearest | None:
        """Return the article that came nearest from outside; ``last`` where that is the same."""
        pair, near, far = (int(some[place]) for some in (self.out.pairs, self.out.near, self.out.far))
        if pair < 0:
            return None
        article, to = self.members.first(far), self.members.first(near)
        if last and (last.article, last.to) == (article, to) and self.steady[near] and self.steady[far]:
            return last
        likeness = round(float(self.graph.likeness[pair]), 3)
        evidence = tuple(_evidence(self.vectors.near, self.graph.match, pair))
        return Nearest(article, to, likeness, evidence)


def _is_of(why: Why, other: Why) -> bool:
    """Tell whether two reasons are of the very same parts."""
    same = why.shared is other.shared and why.likeness is other.likeness and why.nearest is other.nearest
    return same and why.forced == other.forced


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
