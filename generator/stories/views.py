"""Texts seen in several views, and what two texts have in common in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_AT_ONCE = 50_000
"""Pairs of rows multiplied at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """Rows of distinct texts, in the order of their first article's id. Matrices are float32."""

    rows: Mapping[str, int]
    """Article id: its row."""
    stems: tuple[str, ...]
    """Columns of ``words``."""
    words: csr_matrix
    """All content words of title and text."""
    title: csr_matrix
    """Those of the title; of the first sentence where there is no title."""
    names: csr_matrix
    """Capitalised words and runs; all content words in scripts without capitals."""
    content: csr_matrix
    """Content words that are no names of the article."""
    phrases: csr_matrix
    """Two content words in a row, not both names."""
    numbers: csr_matrix
    """Numbers in digits."""
    ordinals: csr_matrix
    """Ordinals in digits ("79th")."""
    has_ordinals: NDArray[np.bool_]
    """Whether a row has any."""
    shares: csr_matrix
    """Root of the idf of each distinct name, divided by nothing: products are the weight of shared names."""
    totals: Floats
    """Sum of the idf of each row's distinct names."""
    sizes: Floats
    """Distinct content words of each row."""
    days: Floats
    """Day number of each row's earliest date; nan when not given."""
    langs: NDArray[np.int64]
    """A number for each row's language; -1 when it cannot be told."""


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
    size: Floats
    """Distinct content words of the shorter text."""
    clash: NDArray[np.bool_]
    """Whether both have ordinals and share none: the 79th anniversary is not the 80th."""
    foreign: NDArray[np.bool_]
    """Whether the languages are known and differ."""


def measure(views: Views, left: Ints, right: Ints, best: Floats) -> Measures:
    """Measure pairs of rows; ``best`` is the highest cosine of words of each row."""
    words = products(views.words, left, right)
    shared = products(views.shares, left, right)
    totals = np.maximum(views.totals[left], views.totals[right])
    better, poorer = np.maximum(best[left], best[right]), np.minimum(best[left], best[right])
    langs, others = views.langs[left], views.langs[right]
    return Measures(
        left=left,
        right=right,
        words=words,
        names=products(views.names, left, right),
        shared_names=shared / np.maximum(totals, 1e-9),
        phrases=np.sqrt(products(views.phrases, left, right)),
        content=products(views.content, left, right),
        numbers=products(views.numbers, left, right),
        title=products(views.title, left, right),
        near_both=np.minimum(1, words / np.maximum(better, 1e-9)),
        near_one=np.minimum(1, words / np.maximum(poorer, 1e-9)),
        days=np.abs(views.days[left] - views.days[right]),
        size=np.minimum(views.sizes[left], views.sizes[right]),
        clash=views.has_ordinals[left]
        & views.has_ordinals[right]
        & (products(views.ordinals, left, right) == 0),
        foreign=(langs >= 0) & (others >= 0) & (langs != others),
    )


def products(matrix: csr_matrix, left: Ints, right: Ints) -> Floats:
    """Return the products of pairs of rows: cosines, where rows have length 1. Not below 0."""
    result = np.zeros(len(left))
    for start in range(0, len(left), _AT_ONCE):
        span = slice(start, start + _AT_ONCE)
        result[span] = np.asarray(matrix[left[span]].multiply(matrix[right[span]]).sum(axis=1)).ravel()
    return np.maximum(result, 0)
