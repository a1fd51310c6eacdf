"""The nearest of each text, kept from build to build: what is found is as if nothing had been kept."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from generator.stories import neighbours
from generator.stories.neighbours import Neighbours, nearest_pairs
from generator.stories.views import Terms, View

WIDTH = 12
ROW = st.lists(st.integers(0, 5), min_size=WIDTH, max_size=WIDTH)
BUILDS = st.lists(st.dictionaries(st.integers(0, 11), st.none() | ROW, max_size=4), min_size=1, max_size=5)


TERMS = np.arange(WIDTH, dtype=np.uint32)
OTHER_ORDER = np.random.default_rng(7).permutation(TERMS)


def view(rows: list[list[int]], terms: NDArray[np.uint32] = TERMS) -> View:
    """Return rows of whole numbers, one for each term; the columns stand for ``terms``."""
    matrix = csr_matrix(np.array(rows, np.float32).reshape(-1, WIDTH)[:, terms])
    lengths = np.sqrt(matrix.power(2).sum(axis=1)).A1 + 0.5
    columns = Terms(terms, TERMS, np.argsort(terms).astype(np.int32))
    return View(matrix, lengths, np.ones(WIDTH, np.float32), columns)


@settings(max_examples=60)
@given(st.lists(ROW, min_size=12, max_size=12), BUILDS)
def test_lists_that_are_kept_equal_those_of_a_new_search_whatever_the_order_of_columns(
    first: list[list[int]], builds: list[dict[int, list[int] | None]]
) -> None:
    known, held = Neighbours(), list[tuple[int, list[int]]]()
    texts: dict[int, list[int] | None] = dict(enumerate(first))
    with patch.multiple(neighbours, NEAREST=3, _HEAVIEST=6, _WIDEST=9, _ROWS=4):
        for changes in [{}, *builds]:
            texts |= changes
            last, held = held, [(name, row) for name, row in sorted(texts.items()) if row is not None]
            old = np.array([last.index(one) if one in last else -1 for one in held], np.int64)
            rows = [row for _, row in held]
            expected = nearest_pairs(view(rows), 0.2)
            found = known.pairs(view(rows, OTHER_ORDER), 0.2, old)
            assert [side.tolist() for side in expected] == [side.tolist() for side in found]


def test_rows_that_are_all_new_may_stand_in_fewer_columns() -> None:
    known, wide = Neighbours(), view([[1] * WIDTH, [2] * WIDTH])
    known.pairs(wide, 0.2, np.full(2, -1))
    fewer = Terms.ascending(TERMS[:3])
    narrow = View(csr_matrix(np.ones((2, 3), np.float32)), np.ones(2), np.ones(3, np.float32), fewer)
    assert [side.tolist() for side in known.pairs(narrow, 0.2, np.full(2, -1))] == [[0], [1]]
