"""Records are the same when they have been sent or remembered, and take little room there."""

from __future__ import annotations

import pickle
import pickletools
from dataclasses import dataclass

from generator.compact import Compact
from generator.config import ReadSettings
from generator.model import Span
from generator.reading.read import read


@dataclass(frozen=True, slots=True, order=True)
class Marked(Compact):
    """A record as the model has them."""

    span: Span
    reason: str = ""


def test_a_record_is_the_same_on_the_other_side():
    marked = Marked(Span(3, 7), "caption")
    again = pickle.loads(pickle.dumps(marked, 5))
    assert (again, type(again), type(again.span)) == (marked, Marked, Span)


def test_a_record_is_pickled_as_the_values_that_its_class_takes():
    names = [code.name for code, _, _ in pickletools.genops(pickle.dumps(Marked(Span(0, 1)), 5))]
    assert (names.count("REDUCE"), names.count("BUILD")) == (1, 0)


def test_one_that_two_hold_stays_one():
    shared = Marked(Span(0, 1))
    one, other = pickle.loads(pickle.dumps((shared, shared), 5))
    assert one is other


def test_what_was_read_is_the_same_on_the_other_side():
    data = b"# Ferry burns\n\nAt least 12 people died on Friday, \xe2\x80\x9cthe ship is lost\xe2\x80\x9d, Anna Holm said.\n"
    reading = read("ferry.md", data, ReadSettings())
    assert reading.articles[0].quotes
    assert pickle.loads(pickle.dumps(reading, 5)) == reading
