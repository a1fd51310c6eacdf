"""Plain text: paragraphs, titles, header lines and words broken over lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import ReadSettings
from generator.model import Meta
from generator.reading.draft import Draft
from generator.reading.paragraphs import find_paragraphs, find_repairs
from generator.reading.plain import draft_plain

REPORT = "The harbour board said on Monday that the bridge will close for eleven months."


def _draft(text: str, title: str = "", body: int = 0) -> Draft:
    return draft_plain("a.txt", "0", text, Meta(title=title, lang="en"), ReadSettings(), body=body)


def _paragraphs(text: str) -> list[str]:
    return [text[slice(*span)] for span in find_paragraphs(text)]


def _repaired(text: str) -> str:
    for start, end in reversed(find_repairs(text, find_paragraphs(text))):
        text = text[:start] + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.\n \nThree.", ["One.", "Two.", "Three."]),
        ("One.\nTwo\nThree.", ["One.", "Two", "Three."]),
        ("Title\n\nHe left.\nShe stayed.", ["Title", "He left.", "She stayed."]),
        ("Title\n\nHe left the\nhouse at noon.", ["Title", "He left the\nhouse at noon."]),
        ("Title\n\nHe left,\nWeber said.", ["Title", "He left,\nWeber said."]),
        ("Title\n\nFar.\n“Near.”", ["Title", "Far.", "“Near.”"]),
        ("Title\n\n- one\n- two\n1. three", ["Title", "- one", "- two", "1. three"]),
        ("  \n\n  Only.  \n\n", ["Only."]),
        ("", []),
    ],
)
def test_paragraphs_end_at_blank_lines_or_where_lines_do(text: str, expected: list[str]) -> None:
    assert expected == _paragraphs(text)


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    text = "The board said that the bridge\nwill close. The ferries will\ngo on sailing every half hour\nuntil the spring. Nobody is\nglad of it."
    assert _paragraphs(f"Title\n\n{text}") == ["Title", text]


def test_a_short_heading_is_no_wrapped_line() -> None:
    long = f"{REPORT} {REPORT}"
    assert _paragraphs(f"Title\n\n{long}\nWater and power\n{long}")[2] == "Water and power"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A\n\nthe bui\nlding of it", "A\n\nthe building of it"),
        ("A\n\nthe co-\noperation of it", "A\n\nthe cooperation of it"),
        ("A\n\na well-\nknown way", "A\n\na well-known way"),
        ("A\n\nhe went to\nday by day", "A\n\nhe went to\nday by day"),
        ("A\n\nLennporters won. the Lennpor\nters lost", "A\n\nLennporters won. the Lennporters lost"),
        ("A\n\nxqz\nwvk stays", "A\n\nxqz\nwvk stays"),
    ],
)
def test_words_broken_over_lines_are_repaired_when_they_are_words(text: str, shown: str) -> None:
    assert shown == _repaired(text)


def test_a_repair_is_declared_with_its_line() -> None:
    draft = _draft(f"{REPORT}\n\nIt is the bui\nlding of a bridge.")
    assert [(note.line, note.message) for note in draft.notes] == [
        (3, "word broken over a line: “bui/lding” is read as “building”")
    ]


@pytest.mark.parametrize(
    ("lead", "title"),
    [
        ("Bridge at Alder Ferry to close", "Bridge at Alder Ferry to close"),
        ("General\n\nBridge at Alder Ferry to close", "Bridge at Alder Ferry to close"),
        ("Bridge to close now\n\nBridge to close now", "Bridge to close now"),
        ("Will the bridge ever open?", "Will the bridge ever open?"),
        ("Floods", "Floods"),
        ("Opinions", ""),
        ("By Petra Holloway", ""),
        ("https://example.org/bridge", ""),
        ("Weber said on Monday that the old bridge will close.", ""),
    ],
)
def test_a_title_is_the_first_short_line_that_is_no_label(lead: str, title: str) -> None:
    assert title == _draft(f"{lead}\n\n{REPORT}\n\n{REPORT.replace('eleven', 'ten')}").meta.title


def test_a_title_is_cut_wherever_it_stands_above_the_report() -> None:
    text = f"Bridge to close now\n\nBridge to close now\n\n{REPORT}"
    assert [(text[slice(*cut.span)], cut.reason) for cut in _draft(text).cut] == [
        ("Bridge to close now", "title")
    ] * 2


def test_a_given_title_stays_and_is_cut_from_the_text() -> None:
    draft = _draft(f"BRIDGE TO CLOSE\n\n{REPORT}", title="Bridge to close")
    assert draft.meta.title == "Bridge to close"
    assert [cut.reason for cut in draft.cut] == ["title"]


def test_header_lines_are_cut_and_the_text_is_the_file_itself() -> None:
    text = f"Title: Bridge\nSource: The Courier\n\n{REPORT}"
    draft = _draft(text, title="Bridge", body=text.index(REPORT))
    assert draft.text == text
    assert {cut.reason for cut in draft.cut} == {"header"}
    assert text[slice(*draft.paragraphs[-1])] == REPORT


@given(st.text(alphabet="aB. \n\t-“”1\u00ad", max_size=200))
def test_paragraphs_hold_all_but_white_space_in_order(text: str) -> None:
    joined = "".join("".join(paragraph.split()) for paragraph in _paragraphs(text))
    assert "".join(text.split()) == joined


@given(st.text(alphabet="abB-. \n\u00ad", max_size=150))
def test_repairs_drop_nothing_but_breaks_and_hyphens(text: str) -> None:
    for start, end in find_repairs(text, find_paragraphs(text)):
        assert set(text[start:end]) <= set("\n -\t\u00ad\u2010")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text", ["word " * 200_000, "ab\n" * 50_000, "ab-\ncd " * 20_000, "\n" * 500_000 + "x"]
)
def test_hostile_text_costs_linear_time(text: str) -> None:
    _draft(text)


def test_a_piece_that_has_a_line_to_itself_is_mended():
    text = "The record is 1.9 million\ncontai\nners, the union said at the gate on Monday.\n"
    article = draft_plain("a.txt", "", text, Meta(), ReadSettings())
    assert [text[repair.start - 6 : repair.end + 4] for repair in article.repairs] == ["contai\nners"]
