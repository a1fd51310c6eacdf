"""Terms of texts in one stack: exchanged where texts changed, the result is as if stacked anew."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.stories import stacks
from generator.stories.counting import Held
from generator.stories.stacks import Exchange, Pile, Stack


def text(terms: set[int]) -> Held:
    """Return a text of these terms."""
    held = np.array(sorted(terms), np.uint32)
    return Held(held, (held % 7).astype(np.uint8), (held % 3).astype(np.uint8))


TEXTS = [text({n for n in range(2, 40) if (n * at) % 5 < 2 or n == at}) for at in range(12)] + [text(set())]


def rows_of(stack: Stack) -> list[list[tuple[int, ...]]]:
    """Return term, df, weight and flag of each entry of each row, by term."""
    columns = stack.columns
    found = zip(stack.terms.of[columns], stack.df[columns], stack.weights, stack.flags, strict=True)
    entries = [tuple(map(int, one)) for one in found]
    return [sorted(entries[start:end]) for start, end in pairwise(stack.starts.tolist())]


@given(st.lists(st.lists(st.sampled_from(range(len(TEXTS))), max_size=9, unique=True), max_size=6))
def test_a_pile_that_changes_equals_a_stack_made_anew_but_for_the_numbers_of_columns(
    builds: list[list[int]],
) -> None:
    pile, last = Pile(), list[int]()
    for build in builds:
        held = [TEXTS[at] for at in build]
        old = np.array([last.index(at) if at in last else -1 for at in build], np.int64)
        before, found, expected, last = pile.stack, pile.of(held.__getitem__, old), Stack.of(held), build
        assert rows_of(found) == rows_of(expected)
        assert found.terms.known.tolist() == expected.terms.known.tolist()
        assert found.terms.of[found.terms.places].tolist() == found.terms.known.tolist()
        assert np.flatnonzero(found.df).tolist() == sorted(found.terms.places.tolist())
        for start, end in pairwise(found.starts.tolist()):
            assert (np.diff(found.columns[start:end]) > 0).all()
        if pile.touched is not None:  # what is not told of stays as it was
            others = np.setdiff1d(np.arange(before.terms.width), pile.touched)
            assert found.terms.of[others].tolist() == before.terms.of[others].tolist()
            assert found.df[others].tolist() == before.df[others].tolist()


def test_a_fresh_term_takes_the_column_of_one_that_is_gone_then_one_at_the_end() -> None:
    rows = Exchange(np.array([0, -1, 2]))
    stack, touched = Stack.of([text({3, 9}), text({5}), text({9, 11})]).exchange(rows, [text({2, 9, 7})])
    assert stack.terms.of.tolist() == [3, 2, 9, 11, 7]
    assert stack.columns.tolist() == [0, 2, 1, 2, 4, 2, 3]
    assert stack.starts.tolist() == [0, 2, 5, 7]
    assert stack.weights.tolist() == [3, 2, 2, 2, 0, 2, 4]
    assert touched.tolist() == [1, 2, 4]
    assert stack.terms.columns(np.array([7, 5, 2, 12], np.uint32)).tolist() == [4, -1, 1, -1]


@given(st.lists(st.sets(st.integers(2, (1 << 32) - 1), max_size=5), max_size=8))
def test_terms_are_numbered_in_order_over_all_ranges_of_hashes(texts: list[set[int]]) -> None:
    stack = Stack.of(list(map(text, texts)))
    known = sorted(set().union(*texts))
    assert stack.terms.of.tolist() == stack.terms.known.tolist() == known
    assert [known[column] for column in stack.columns.tolist()] == [
        term for one in texts for term in sorted(one)
    ]
    assert stack.df.tolist() == [sum(term in one for one in texts) for term in known]


def test_rows_are_summed_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stacks, "_ROWS", 2)
    stack = Stack.of([text({3, 9}), text(set()), text({9, 11, 12}), text({4}), text(set())])
    assert stack.sums(np.array([1, 2, 3, 4, 5, 6]).__getitem__).tolist() == [3, 0, 12, 6, 0]
    assert Stack.of(()).sums(np.zeros(0).__getitem__).tolist() == []
