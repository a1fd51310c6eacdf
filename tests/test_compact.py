"""Records are the same when they have been sent or remembered, and take little room there."""

from __future__ import annotations

import pickle
import pickletools
import tracemalloc
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest

from generator.compact import Compact, Packed
from generator.config import ReadSettings
from generator.model import Span
from generator.reading.read import read
from tests import digests

TEXT, WORDS = ("text", "spans"), ("words",)


@dataclass(frozen=True, slots=True, order=True)
class Marked(Compact):
    """A record as the model has them."""

    span: Span
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Long(Packed):
    """A record with bundles."""

    bundles: ClassVar = (TEXT, WORDS)

    id: str
    digest: str = ""
    text: str = ""
    spans: tuple[Span, ...] = ()
    words: tuple[str, ...] = ("none",)


def long(number: int) -> Long:
    return Long(id=str(number), text="word " * 500, spans=(Span(number, 7),), words=("word",))


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


def test_a_packed_record_is_what_it_was():
    one = long(3)
    for again in (
        one.packed(),
        one.packed().packed(),
        pickle.loads(pickle.dumps(one, 5)),
        replace(one.packed()),
    ):
        assert (again, repr(again), hash(again)) == (one, repr(one), hash(one))


def test_a_packed_record_weighs_little():
    assert len(pickle.dumps(long(3).packed(), 5)) < 300


def test_a_packed_record_has_no_other_fields():
    with pytest.raises(AttributeError, match="'Long' object has no attribute 'txt'"):
        _ = long(3).packed().txt  # type: ignore[attr-defined]


def test_a_bundle_that_is_left_out_has_its_defaults():
    assert long(3).without(WORDS) == replace(long(3), words=("none",))
    assert long(3).packed().without(TEXT) == replace(long(3), text="", spans=())
    assert pickle.loads(pickle.dumps(long(3).without(WORDS), 5)).words == ("none",)


def test_a_packed_record_can_have_another_value_at_hand():
    for one in (long(3), long(3).packed()):
        assert one.having(digest="ab") == replace(long(3), digest="ab")


def test_one_that_was_opened_is_what_it_was_and_stays_open():
    packed = long(5).packed()
    opened = packed.opened()
    for number in range(2_000):
        assert long(number).packed().words
    assert opened == packed == long(5)
    assert opened.text is opened.text is not packed.text


def test_each_of_very_many_packed_records_gives_its_own_whenever_it_is_asked():
    many = [long(number).packed() for number in range(3_000)]
    for _ in range(2):
        assert all(one.spans[0].start == number and one.words for number, one in enumerate(many))
        assert all(one.text.startswith("word") for one in many[:10])


def test_of_very_many_packed_records_that_were_looked_at_few_stay_open():
    many = [long(number).packed() for number in range(6_000)]
    tracemalloc.start()
    try:
        assert sum(len(one.text) for one in many) == 15_000_000
        assert tracemalloc.get_traced_memory()[0] < 8_000_000
    finally:
        tracemalloc.stop()


def test_numbering_the_sources_of_a_story_opens_none_of_them(monkeypatch):
    story = pickle.loads(pickle.dumps(digests.fire()))
    monkeypatch.setattr("generator.compact.Packed.open_bundle", None)
    assert [story.number(article.id) for article in story.articles] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(KeyError, match="nowhere"):
        story.number("nowhere")
