"""Which pairs of texts are worth comparing: each text's nearest by its heaviest words.

The search multiplies the rows of the 40 heaviest words of each text, leaving out words that very many
share, some rows at a time: its cost is bounded by words times the cap, not by the square of the texts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from generator.stories.views import View

NEAREST = 30
"""Neighbours of a text; more change nothing, fewer cost up to .03 F1."""
_HEAVIEST = 40
_WIDEST = 1_000
"""Texts that may share a word for it to be searched by."""
_BITS = 24
"""Bits of the largest whole number that float32 holds, and so of any weight."""
_ROWS = 500
"""Rows multiplied at a time."""


def nearest_pairs(words: View, least: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs of rows, left below right, in order: each row with its nearest ones by cosine.

    Equal likenesses are taken in the order of rows. Below ``least`` none is near.
    """
    height = len(words.lengths)
    heavy = _heaviest(words.matrix)
    across = heavy.T.tocsr()
    keys = [np.zeros(0, np.int64)]
    for start in range(0, height, _ROWS):
        rows, columns = _best(heavy[start : start + _ROWS] @ across, words.lengths, start, least)
        keys.append(np.minimum(rows, columns) * height + np.maximum(rows, columns))
    joint = np.unique(np.concatenate(keys))
    return joint // max(1, height), joint % max(1, height)


def _best(
    dots: csr_matrix, lengths: NDArray[np.float64], start: int, least: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return rows (of the block from ``start`` on) and columns of the highest cosines of each row."""
    rows = np.repeat(np.arange(start, start + dots.shape[0]), np.diff(dots.indptr))
    columns = dots.indices.astype(np.int64)
    cosines = dots.data / (lengths[rows] * lengths[columns])
    near = (cosines >= least) & (rows != columns)
    rows, columns, cosines = rows[near], columns[near], cosines[near]
    order = np.lexsort((columns, -cosines, rows))
    rows, columns = rows[order], columns[order]
    kept = _rank(rows) < NEAREST
    return rows[kept], columns[kept]


def _rank(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the place of each entry within its row; ``rows`` ascend."""
    return np.arange(len(rows)) - np.searchsorted(rows, rows)


def _heaviest(words: csr_matrix) -> csr_matrix:
    """Return the rows with their heaviest entries alone, words that too many share left out."""
    widths = np.bincount(words.indices, minlength=words.shape[1])
    rows = np.repeat(np.arange(words.shape[0]), np.diff(words.indptr))
    allowed = widths[words.indices] <= _WIDEST
    rows, columns, values = rows[allowed], words.indices[allowed], words.data[allowed]
    order = np.argsort((rows << _BITS) - values.astype(np.int64), kind="stable")  # columns ascend already
    kept = np.sort(order[_rank(rows[order]) < _HEAVIEST])
    starts = np.searchsorted(rows[kept], np.arange(words.shape[0] + 1))
    return csr_matrix((values[kept].astype(np.float64), columns[kept], starts), shape=words.shape)
