"""Texts seen in several views, and what two texts have in common in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Hashes = NDArray[np.uint32]

_AT_ONCE = 20_000
"""Pairs of rows multiplied at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Rows of whole numbers: terms of two texts or more, by weight."""

    matrix: csr_matrix
    """float32."""
    lengths: Floats
    """Euclidean length of each row, terms of a single text counted in."""
    idf: NDArray[np.float32]
    """Of each column."""


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """Rows of distinct texts, in the order of their first article's id."""

    rows: Mapping[str, int]
    """Article id: its row."""
    terms: Hashes
    """Hash of the stem that each column of ``words``, ``title`` and ``content`` stands for, ascending."""
    words: View
    """All content words of title and text."""
    title: View
    """Those of the title; of the first sentence where there is no title."""
    names: View
    """Capitalised words and runs; all content words in scripts without capitals."""
    name_totals: Floats
    """Sum of the idf of each row's distinct names."""
    content: View
    """Content words that are no names of the article."""
    phrases: View
    """Two content words in a row."""
    free_phrases: View
    """Those that are more than a name."""
    numbers: View
    """Numbers in digits."""
    times: tuple[View, ...]
    """Ordinals in digits ("79th"), days ("15 August"), years."""
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
    free_phrases: Floats
    """Roots of the cosines."""
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
    other_times: NDArray[np.bool_]
    """Ordinals, days, years: whether both texts have some and share none. The 79th anniversary is not the 80th."""
    foreign: NDArray[np.bool_]
    """Whether the languages are known and differ."""


def measure(views: Views, left: Ints, right: Ints, best: Floats) -> Measures:
    """Measure pairs of rows; ``best`` is the highest cosine of words of each row."""
    words = products(views.words, left, right)
    names, shared = _names(views, left, right)
    better, poorer = np.maximum(best[left], best[right]), np.minimum(best[left], best[right])
    langs, others = views.langs[left], views.langs[right]
    return Measures(
        left=left,
        right=right,
        words=words,
        names=names,
        shared_names=shared,
        phrases=np.sqrt(products(views.phrases, left, right)),
        free_phrases=np.sqrt(products(views.free_phrases, left, right)),
        content=products(views.content, left, right),
        numbers=products(views.numbers, left, right),
        title=products(views.title, left, right),
        near_both=np.minimum(1, words / np.maximum(better, 1e-9)),
        near_one=np.minimum(1, words / np.maximum(poorer, 1e-9)),
        days=np.abs(views.days[left] - views.days[right]),
        size=np.minimum(views.sizes[left], views.sizes[right]),
        other_times=np.array([_all_other(view, left, right) for view in views.times]),
        foreign=(langs >= 0) & (others >= 0) & (langs != others),
    )


def products(view: View, left: Ints, right: Ints) -> Floats:
    """Return the cosines of pairs of rows."""
    dots = np.concatenate(
        [np.zeros(0), *(sums(common.data, common.indptr) for common in _common(view, left, right))]
    )
    lengths = view.lengths[left] * view.lengths[right]
    return np.minimum(1, dots / np.maximum(lengths, 1))


def _all_other(view: View, left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Return of which pairs both rows hold something, and nothing in common."""
    held = view.lengths > 0
    other: NDArray[np.bool_] = held[left] & held[right] & (products(view, left, right) == 0)
    return other


def _names(views: Views, left: Ints, right: Ints) -> tuple[Floats, Floats]:
    """Return the cosines of names, and the smaller of the two shares of one text's names found in the other."""
    dots, shared = [np.zeros(0)], [np.zeros(0)]
    for common in _common(views.names, left, right):
        dots.append(sums(common.data, common.indptr))
        shared.append(sums(views.names.idf[common.indices], common.indptr))
    lengths = views.names.lengths[left] * views.names.lengths[right]
    totals = np.maximum(views.name_totals[left], views.name_totals[right])
    return np.minimum(1, np.concatenate(dots) / np.maximum(lengths, 1)), np.concatenate(shared) / np.maximum(
        totals, 1
    )


def _common(view: View, left: Ints, right: Ints) -> Iterator[csr_matrix]:
    """Yield what pairs of rows have in common, term by term."""
    for start in range(0, len(left), _AT_ONCE):
        span = slice(start, start + _AT_ONCE)
        yield view.matrix[left[span]].multiply(view.matrix[right[span]])


def sums(values: NDArray[np.floating[Any]], starts: NDArray[np.integer[Any]]) -> Floats:
    """Return the sum of the values of each row; ``starts`` is where each begins, and where the last ends."""
    totals = np.add.reduceat(np.append(values.astype(float), 0.0), starts[:-1])
    return np.where(np.diff(starts) > 0, totals, 0.0)
