"""Texts seen in several views, and what two of them have in common in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from generator.stories.sparse import csr_matrix

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Hashes = NDArray[np.uint32]

Column = TypeVar("Column", bound=np.generic)

_AT_ONCE = 1_000
"""Pairs of rows multiplied at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What columns stand for. In a process that goes on building, a column keeps its number while a text holds its term."""

    of: Hashes
    """By column; of one that is empty by now any."""
    known: Hashes
    """Those that texts hold, ascending."""
    places: NDArray[np.int32]
    """The column of each of these."""

    @classmethod
    def ascending(cls, terms: Hashes) -> Terms:
        """Return columns in the order of their terms, none of them empty."""
        return cls(terms, terms, np.arange(len(terms), dtype=np.int32))

    @property
    def width(self) -> int:
        """Number of columns, the empty ones counted in."""
        return len(self.of)

    def columns(self, terms: Hashes) -> NDArray[np.int32]:
        """Return the column of each of some terms; -1 where no text holds it."""
        at = np.searchsorted(self.known, terms)
        held = at < np.searchsorted(self.known, terms, side="right")
        columns = np.full(len(terms), -1, np.int32)
        columns[held] = self.places[at[held]]
        return columns

    def exchanged(self, gone: Ints, fresh: Hashes, columns: Ints) -> Terms:
        """Return the terms without those of the columns ``gone``, and with fresh ones, ascending, in other columns."""
        of = widened(self.of, int(columns.max(initial=-1)) + 1)
        of[columns] = fresh
        left, at = np.searchsorted(self.known, np.sort(self.of[gone])), np.searchsorted(self.known, fresh)
        return Terms(of, _spliced(self.known, left, at, fresh), _spliced(self.places, left, at, columns))


def _spliced(values: NDArray[Column], left: Ints, at: Ints, fresh: NDArray[Any]) -> NDArray[Column]:
    """Return values without those at the places ``left``, and with fresh ones before those at ``at``."""
    gone, parts, start = len(at), [], 0
    cuts = [*zip(at.tolist(), range(gone), strict=True), *((place, gone) for place in left.tolist())]
    for place, number in sorted(cuts):
        parts += [values[start:place], fresh[number : number + 1]]
        start = place + (number == gone)
    return np.concatenate([*parts, values[start:]], dtype=values.dtype)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Rows of whole numbers: terms of two texts or more, by weight."""

    matrix: csr_matrix
    """float32."""
    lengths: Floats
    """Euclidean length of each row, terms of a single text counted in."""
    idf: NDArray[np.float32]
    """Of each column."""
    terms: Terms
    """What each column stands for; of ``words``, ``title`` and ``content`` the hashes of stems."""
    since: Ints | None = None
    """The row that held the same in the last build of this process, -1 where none did; None where all was made anew."""


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """Rows of distinct texts, in the order of their first article's id."""

    rows: Mapping[str, int]
    """Article id: its row."""
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


def dots(view: View, left: Ints, right: Ints) -> Floats:
    """Return the products of pairs of rows."""
    parts = [sums(common.data, common.indptr) for common in _common(view, left, right)]
    return np.concatenate([np.zeros(0), *parts])


def dots_and_idf(view: View, left: Ints, right: Ints) -> Floats:
    """Return the products of pairs of rows, and the sum of the idf of what they have in common: two columns."""
    parts = [
        np.column_stack([sums(common.data, common.indptr), sums(view.idf[common.indices], common.indptr)])
        for common in _common(view, left, right)
    ]
    return np.concatenate([np.zeros((0, 2)), *parts])


def _common(view: View, left: Ints, right: Ints) -> Iterator[csr_matrix]:
    """Yield what pairs of rows have in common, term by term."""
    for start in range(0, len(left), _AT_ONCE):
        span = slice(start, start + _AT_ONCE)
        yield view.matrix[left[span]].multiply(view.matrix[right[span]])


def sums(values: NDArray[np.floating[Any]], starts: NDArray[np.integer[Any]]) -> Floats:
    """Return the sum of the values of each row; ``starts`` is where each begins, and where the last ends."""
    totals = np.add.reduceat(np.append(values, 0.0), starts[:-1])
    return np.where(np.diff(starts) > 0, totals, 0.0)


def widened(values: NDArray[Column], width: int) -> NDArray[Column]:
    """Return an array of its own with these values, and with zeros up to a width at least."""
    return np.concatenate([values, np.zeros(max(0, width - len(values)), values.dtype)])


Multiply = Callable[[View, Ints, Ints], Floats]


class Pairs:
    """Pairs of rows."""

    def __init__(self, left: Ints, right: Ints) -> None:
        self.left, self.right = left, right

    def multiplied(self, name: str, view: View, multiply: Multiply = dots) -> Floats:  # noqa: ARG002 - for those who remember
        """Return what ``multiply`` gives of the pairs; ``name`` tells the view from others."""
        return multiply(view, self.left, self.right)

    def cosines(self, name: str, view: View) -> Floats:
        """Return the cosines of the pairs."""
        return self.over_lengths(view, self.multiplied(name, view))

    def over_lengths(self, view: View, products: Floats) -> Floats:
        """Return the cosines of the pairs, of which these are the products."""
        return np.minimum(1, products / np.maximum(view.lengths[self.left] * view.lengths[self.right], 1))
