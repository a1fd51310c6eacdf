"""How alike two texts are, as evidence that they tell one event.

Absolute evidence first: cosines of names, phrases, numbers and titles, each counted up to what reports of
one event usually reach. Relative evidence (how near the two are beside each one's nearest) counts only as
far as the absolute supports it, since even in pure noise every text has a nearest. Two guards stand beside
the sum. Events of one kind with other names stay apart because names weigh most. Events of the same people
stay apart because names must be *matched* by the rest: where two long texts share far more names than other
words, the match is negative, and clusters merge only while it is not. Dates apart count against a pair,
softly; a missing date is unknown, not evidence. Texts in two languages are not alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from generator.config import GroupSettings
from generator.stories.neighbours import nearest_pairs
from generator.stories.vectors import Floats, Vectors

Ints = NDArray[np.int64]

_AT_ONCE = 50_000
"""Pairs measured at a time."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Evidence: its weight in the sum, and the value from which more adds nothing."""

    weight: float
    full: float


NAMES = _Part(0.34, 0.42)
PHRASES = _Part(0.27, 0.50)
NUMBERS = _Part(0.07, 0.56)
TITLE = _Part(0.08, 0.90)
NEAR_BOTH, NEAR_ONE = 0.06, 0.18
"""Weights of the relative evidence: against the better and the poorer of the two nearest."""
SUPPORTED = 0.21
"""Absolute evidence from which the relative counts in full."""
LONG = (75.0, 105.0)
"""Distinct content words from which on the match of names and words begins to count, counts in full."""


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """What was measured on pairs of rows: parallel arrays, 0 to 1 unless said otherwise."""

    left: Ints
    right: Ints
    words: Floats
    names: Floats
    shared_names: Floats
    """The smaller of the two shares of one text's names found in the other."""
    phrases: Floats
    """Root of the cosine."""
    content: Floats
    """Cosine of the words that are no names."""
    numbers: Floats
    title: Floats
    near_both: Floats
    near_one: Floats
    """Likeness of words over the better, the poorer of the two texts' nearest."""
    days: Floats
    """Days apart; nan when a date is missing."""
    long: Floats
    """How far both are long enough to match names and words."""
    foreign: NDArray[np.bool_]
    """Whether the languages are known and differ."""


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Pairs of rows with their likeness."""

    measures: Measures
    likeness: Floats
    """0 to 1."""
    match: Floats
    """Below 0 when names outweigh the rest."""
    best: Floats
    """Highest cosine of words of each row to any other."""


def likeness_graph(vectors: Vectors, settings: GroupSettings) -> Graph:
    """Return each row's nearest pairs with their likeness. Near-linear in the number of rows."""
    left, right = nearest_pairs(vectors.words)
    words = _products(vectors.words, left, right)
    best = np.zeros(vectors.words.shape[0])
    np.maximum.at(best, left, words)
    np.maximum.at(best, right, words)
    measures = measure(vectors, left, right, best)
    return Graph(measures, likeness(measures, settings), match(measures), best)


def measure(vectors: Vectors, left: Ints, right: Ints, best: Floats) -> Measures:
    """Measure pairs of rows; ``best`` is the highest cosine of words of each row."""
    words = _products(vectors.words, left, right)
    shared = _products(vectors.shares, left, right)
    totals = np.maximum(vectors.totals[left], vectors.totals[right])
    better, poorer = np.maximum(best[left], best[right]), np.minimum(best[left], best[right])
    sizes = np.minimum(vectors.sizes[left], vectors.sizes[right])
    langs, others = vectors.langs[left], vectors.langs[right]
    return Measures(
        left=left,
        right=right,
        words=words,
        names=_products(vectors.names, left, right),
        shared_names=shared / np.maximum(totals, 1e-9),
        phrases=np.sqrt(_products(vectors.phrases, left, right)),
        content=_products(vectors.content, left, right),
        numbers=_products(vectors.numbers, left, right),
        title=_products(vectors.title, left, right),
        near_both=np.minimum(1, words / np.maximum(better, 1e-9)),
        near_one=np.minimum(1, words / np.maximum(poorer, 1e-9)),
        days=np.abs(vectors.days[left] - vectors.days[right]),
        long=np.clip((sizes - LONG[0]) / (LONG[1] - LONG[0]), 0, 1),
        foreign=(langs >= 0) & (others >= 0) & (langs != others),
    )


def likeness(measures: Measures, settings: GroupSettings) -> Floats:
    """Return the likeness of each pair, 0 to 1."""
    total = (
        _counted(measures.names, NAMES)
        + _counted(measures.phrases, PHRASES)
        + _counted(measures.numbers, NUMBERS)
        + _counted(measures.title, TITLE)
    )
    supported = np.minimum(1, total / SUPPORTED) ** 2
    total += supported * (NEAR_BOTH * measures.near_both + NEAR_ONE * measures.near_one)
    result: Floats = np.minimum(1, total) * date_factor(measures.days, settings)
    return np.where(measures.foreign, 0.0, result)


def date_factor(days: Floats, settings: GroupSettings) -> Floats:
    """Return what is left of a likeness ``days`` apart: 1 within the window and for missing dates."""
    late = np.maximum(0, np.nan_to_num(days) - settings.window_days)
    factor: Floats = np.maximum(0.6, np.exp(-late / 90))
    return factor


def match(measures: Measures) -> Floats:
    """Return how well names are matched by other words, phrases, title and numbers; 0 for short texts."""
    names = np.maximum(0, measures.names + measures.shared_names - 0.35)
    rest = measures.content + 0.9 * measures.phrases + measures.title / 4 + measures.numbers / 6
    result: Floats = measures.long * (rest - 0.75 * names)
    return result


def _counted(values: Floats, part: _Part) -> Floats:
    """Return the weight of the evidence, in full from ``part.full`` on."""
    result: Floats = part.weight * np.minimum(1, values / part.full)
    return result


def _products(matrix: csr_matrix, left: Ints, right: Ints) -> Floats:
    """Return the products of pairs of rows, not below 0."""
    result = np.zeros(len(left))
    for start in range(0, len(left), _AT_ONCE):
        span = slice(start, start + _AT_ONCE)
        result[span] = np.asarray(matrix[left[span]].multiply(matrix[right[span]]).sum(axis=1)).ravel()
    return np.maximum(result, 0)
