"""Quotation marks and what they enclose: by cases, and by laws that hold for any text."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Quote, Span
from generator.reading.lexicons import lexicon
from generator.reading.marks import Passage, find_passages
from generator.reading.quotes import find_quotes
from generator.reading.sentences import split
from tests.growth import assert_linear

CASES = Path(__file__).parent / "cases" / "quotes" / "marks.md"
LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt", "ru", "uk")
TEXTS = st.text(alphabet="aB sS.,!?:—“”„«»\"'‘’`()\n AnnsaidheÄж字。「」9", max_size=160)


def paragraphs_of(text: str) -> list[Span]:
    """Return the lines of a text that are not blank."""
    return [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]


def quotes_of(text: str, lang: str = "en") -> tuple[Quote, ...]:
    """Return the quotes of a text whose paragraphs are its lines."""
    paragraphs = paragraphs_of(text)
    return find_quotes(text, paragraphs, split(text, paragraphs, lang), lang)


def test_nobody_is_asked_for_in_a_list_of_thousands_of_quotations() -> None:
    quote = "“No,” Ann Lee said. "
    assert {one.speaker for one in quotes_of(quote * 1_000)} == {"Ann Lee"}
    assert {one.speaker for one in quotes_of(quote * 3_000)} == {""}
    assert {one.speaker for one in quotes_of(f"{quote}The board of the wall met. " * 1_500)} == {"Ann Lee"}


def test_nobody_is_asked_for_in_a_sentence_of_more_than_a_hundred_quotations() -> None:
    said = "Ann Lee said “the wall”"
    for count, speaker in ((100, "Ann Lee"), (101, "")):
        quotes = quotes_of(", ".join([said] * count) + f". {said} will hold.")
        assert {one.speaker for one in quotes[:-1]} == {speaker}
        assert (len(quotes), quotes[-1].speaker) == (count + 1, "Ann Lee")


def test_data_full_of_marks_quotes_nobody() -> None:
    assert len(quotes_of("“No,” Lee said. " * 1_500)) == 1_500
    assert len(quotes_of('"a", ' * 1_000)) == 1_000
    assert quotes_of('"a", ' * 1_001) == ()


def _cases() -> Iterator[object]:
    title, lines = "", CASES.read_text(encoding="utf-8").split("\n")
    held = ""
    for line in lines:
        if line.startswith("==="):
            title = line.removeprefix("===").strip()
        elif title and line:
            held = f"{held}\n{line}" if held else line
            if held.count("⟦") == held.count("⟧"):
                yield pytest.param(held, id=f"{title}: {held[:40]}")
                held = ""


def _marked(text: str, passages: tuple[Passage, ...]) -> str:
    """Return the text with its passages set off as in the cases."""
    for passage in reversed(passages):
        end = "⟧" if passage.closed else "⟧~"
        inner = text[passage.start : passage.end]
        text = f"{text[: passage.start]}⟦{inner}{end}{text[passage.end :]}"
    return text


@pytest.mark.parametrize("case", list(_cases()))
def test_passages_begin_and_end_where_a_reader_sees_them(case: str) -> None:
    text = re.sub("⟦|⟧~?", "", case)
    paragraphs, place = [], 0
    for paragraph in text.split("¶"):
        paragraphs.append(Span(place, place + len(paragraph)))
        place += len(paragraph) + 1
    text = text.replace("¶", "\n")
    sentences = split(text, paragraphs, "en")
    passages = find_passages(text, paragraphs, sentences, lexicon("en"))
    assert case.replace("¶", "\n") == _marked(text, passages)


@given(TEXTS, st.sampled_from(("", "xx", *LANGUAGES)))
def test_quotes_are_ordered_parts_of_one_paragraph_each(text: str, lang: str) -> None:
    quotes, paragraphs = quotes_of(text, lang), paragraphs_of(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(quotes))
    for quote in quotes:
        start, end = quote.span
        assert any(p.start <= start < end <= p.end for p in paragraphs)
        assert text[start:end] == text[start:end].strip()


@given(TEXTS, st.sampled_from(("xx", *LANGUAGES)))
def test_speakers_are_words_of_the_text_and_chances_are_chances(text: str, lang: str) -> None:
    for quote in quotes_of(text, lang):
        assert 0.0 <= quote.confidence <= 1.0
        assert quote.cue is None or text[slice(*quote.cue)].strip()
        assert not quote.speaker or quote.mention is not None
        assert quote.kind in {"direct", "fragment"} or not quote.speaker


@given(TEXTS)
def test_the_same_text_gives_the_same_quotes(text: str) -> None:
    assert quotes_of(text) == quotes_of(text)


def test_a_language_without_data_has_quotes_but_no_speakers() -> None:
    (quote,) = quotes_of("“Me ootame, kuni vesi langeb,” ütles Ann Ruiz.", "et")
    assert (quote.kind, quote.speaker, quote.confidence) == ("direct", "", 0.0)


def test_no_language_name_reaches_for_another_file() -> None:
    assert lexicon("../en") is None
    assert lexicon("") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We will wait until spring,” the mayor said.", "direct"),
        ("“Yes,” she said.", "direct"),
        ("She said the dam was “in a sorry state” now.", "fragment"),
        ("She stressed that the bonds were “forged and deepened” in war.", "fragment"),
        ("They praised the “heroic” divers.", "scare"),
        ("It was part of what he calls Korsk’s “special water operation” there.", "scare"),
        ("The so-called “water tax” was raised, she said.", "scare"),
        ("He wrote the novel “The Cost of Winter” in Korsk.", "title"),
        ("Ann “Captain” Ruiz won.", "scare"),
        ("The crowd chanted “Save Our Dam” all night.", "direct"),
    ],
)
def test_speech_is_told_from_other_uses_of_marks(text: str, kind: str) -> None:
    (quote,) = quotes_of(text)
    assert kind == quote.kind


def _operations(run: Callable[[], object]) -> int:
    """Return how many lines of Python a run executes: the same on every machine."""
    count = 0

    def trace(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


HOSTILE = {
    "opening marks": "“",
    "opening marks and words": " “a",
    "closing marks": "a” ",
    "single marks": " 'a",
    "straight marks": '"a" ',
    "nested marks": "“‘«„",
    "unclosed quotations": "“Go, Ann said. ",
    "unopened quotations": "Yes do,” said Ann. ",
    "quotations": "“Yes,” she said. ",
    "pronouns without names": "He. “I go.” ",
    "relative pronouns": "who, ",
    "names in a row": "Ann Ruiz ",
    "names joined": "Ann of ",
    "determiners": "the ",
    "titles": "President ",
    "according to": "according to Ann ",
    "labels": "ANN: yes.\n",
}


@pytest.mark.parametrize("unit", list(HOSTILE.values()), ids=list(HOSTILE))
def test_work_grows_no_faster_than_the_text(unit: str) -> None:
    def run(times: int) -> int:
        text = unit * times + "\n“We go now, then.”"
        paragraphs = paragraphs_of(text)
        return _operations(lambda: find_quotes(text, paragraphs, paragraphs, "en"))

    run(50)  # what is remembered between runs does not count
    assert run(400) < 5.5 * run(100)


@pytest.mark.parametrize("unit", ["“", "“Go, Ann said. ", "a” ", "“‘«„"])
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def run(text: str) -> object:
        whole = [Span(0, len(text))]
        return find_quotes(text, whole, whole, "en")

    assert_linear(run, unit, 20_000)


def test_a_hundred_thousand_opening_marks_are_read() -> None:
    text = "“" * 100_000
    assert find_quotes(text, [Span(0, len(text))], [Span(0, len(text))], "en") == ()


def test_a_megabyte_without_a_paragraph_is_read() -> None:
    text = "The water rose again and nobody came to help. " * 21_740 + "“We wait,” Ann Ruiz said."
    quote = find_quotes(text, [Span(0, len(text))], (), "en")[-1]
    assert ("Ann Ruiz", len(text) - len("We wait,” Ann Ruiz said.")) == (quote.speaker, quote.span.start)


def test_marks_nested_a_thousand_deep_are_one_passage() -> None:
    text = "«" * 1000 + "we wait" + "»" * 1000
    (quote,) = find_quotes(text, [Span(0, len(text))], (), "en")
    assert Span(1, len(text) - 1) == quote.span
