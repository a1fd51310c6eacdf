"""What differs between two sequences, by the very object."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from generator.turned import Last, Order, exchanged, turned


class Thing(NamedTuple):
    """Equal to all others, the same as none."""


def test_only_the_very_same_objects_are_as_they_were():
    a, b, c, d = Thing(), Thing(), Thing(), Thing()
    assert turned([a, b, c], [a, d, c]) == [1]
    assert turned([a, b], (a, b)) == []


def test_nothing_is_told_of_sequences_that_have_little_in_common():
    a, b, c, d = Thing(), Thing(), Thing(), Thing()
    assert turned([a, b, c], [a, b]) is None
    assert turned([a, b, c], [d, a, b]) is None


@given(st.lists(st.integers(0, 3), max_size=12), st.data())
def test_what_was_made_of_the_one_with_the_rest_made_anew_is_what_is_made_of_the_other(before, data):
    now = [data.draw(st.sampled_from([one, 1000 + one])) for one in before]
    places = turned(before, now)
    made = [one % 7 for one in before]
    if places is not None:
        assert exchanged(made, places, [now[place] % 7 for place in places]) == [one % 7 for one in now]
    else:
        assert 2 * sum(a is not b for a, b in zip(before, now, strict=True)) > len(now)


@given(st.lists(st.lists(st.integers(0, 9), min_size=6, max_size=6), min_size=2, max_size=5))
def test_what_is_kept_is_what_would_be_made_anew(days):
    things = {number: (number % 4, number) for number in range(10)}
    last, order = Last[tuple[int, int], int](sum), Order[tuple[int, int]](lambda thing: thing[0])
    for day in days:
        now = [things[number] for number in day]
        assert last.of(now) == list(map(sum, now))
        assert order.of(now) == sorted(now, key=lambda thing: thing[0])
