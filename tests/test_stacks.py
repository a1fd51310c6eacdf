"""Terms of texts in one stack: exchanged where texts changed, the result is as if stacked anew."""

from __future__ import annotations

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


@given(st.lists(st.lists(st.sampled_from(range(len(TEXTS))), max_size=9, unique=True), max_size=6))
def test_a_pile_that_changes_equals_a_stack_made_anew(builds: list[list[int]]) -> None:
    pile, last = Pile(), list[int]()
    for build in builds:
        held = [TEXTS[at] for at in build]
        old = np.array([last.index(at) if at in last else -1 for at in build], np.int64)
        found, expected, last = pile.of(held.__getitem__, old), Stack.of(held), build
        for name in ("terms", "starts", "columns", "weights", "flags"):
            assert getattr(expected, name).tolist() == getattr(found, name).tolist()
        assert expected.columns.dtype == found.columns.dtype
        assert expected.df.tolist() == found.df.tolist()


def test_a_stack_with_one_text_exchanged_has_its_terms_in_order() -> None:
    rows = Exchange(np.array([0, -1, 2]))
    stack, columns = Stack.of([text({3, 9}), text({5}), text({9, 11})]).exchange(rows, [text({2, 9})])
    assert stack.terms.tolist() == [2, 3, 9, 11]
    assert stack.columns.tolist() == [1, 2, 0, 2, 2, 3]
    assert stack.starts.tolist() == [0, 2, 4, 6]
    assert columns.numbers(np.array([0, 2, 3])).tolist() == [1, 2, 3]  # of the terms 3, 9 and 11


@given(st.lists(st.sets(st.integers(2, (1 << 32) - 1), max_size=5), max_size=8))
def test_terms_are_numbered_in_order_over_all_ranges_of_hashes(texts: list[set[int]]) -> None:
    stack = Stack.of(list(map(text, texts)))
    known = sorted(set().union(*texts))
    assert stack.terms.tolist() == known
    assert [known[column] for column in stack.columns.tolist()] == [
        term for one in texts for term in sorted(one)
    ]
    assert stack.df.tolist() == [sum(term in one for one in texts) for term in known]


def test_rows_are_summed_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stacks, "_ROWS", 2)
    stack = Stack.of([text({3, 9}), text(set()), text({9, 11, 12}), text({4}), text(set())])
    assert stack.sums(np.array([1, 2, 3, 4, 5, 6]).__getitem__).tolist() == [3, 0, 12, 6, 0]
    assert Stack.of(()).sums(np.zeros(0).__getitem__).tolist() == []
