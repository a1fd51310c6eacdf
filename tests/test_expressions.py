"""No regular expression of the package takes more than linear time, whatever it is given."""

from __future__ import annotations

import re

import pytest

from tests.expressions import Found, patterns, slow_text


def test_every_expression_takes_linear_time_on_repeats_of_what_it_is_made_of():
    found = {(one.pattern, one.methods): one for one in patterns()}
    assert len(found) > 250  # they are found at all
    slow = {one.where: text for one in found.values() if (text := slow_text(one))}
    assert slow == {}


@pytest.mark.parametrize(
    ("planted", "method"),
    [
        (r"\s+$", "sub"),
        (r"“(.+) …", "search"),
        (r"<[^<>\s]*@[^<>\s]*>", "search"),
        (r"[ \t]*\n[ \t]*", "sub"),
        (r"(a+)+;", "fullmatch"),
        (r"(?:\w+[ ,]*)+;", "match"),
        (r"x*?x*!", "fullmatch"),
        (rb"[ab]+c", "search"),
    ],
)
def test_a_planted_expression_that_is_slow_is_found(planted, method):
    assert slow_text(Found("planted", re.compile(planted), frozenset({method})))


@pytest.mark.parametrize(
    ("planted", "method"), [(r"\s+$", "fullmatch"), (r"\s{1,40}$", "sub"), (r"a+b*", "search")]
)
def test_a_planted_expression_that_is_quick_is_not(planted, method):
    assert not slow_text(Found("planted", re.compile(planted), frozenset({method})))
