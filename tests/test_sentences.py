"""Sentences: by cases, and by laws that hold for any text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Span
from generator.reading.sentences import split

CASES = Path(__file__).parent / "cases" / "sentences.md"
TEXTS = st.text(alphabet="aB z.?!…。،\"“”„«»'’()[]\n\t1ÄяЖ字。」", max_size=200)


def _cases() -> Iterator[object]:
    lang = ""
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("==="):
            lang = line.removeprefix("===").strip()
        elif lang and line:
            yield pytest.param(lang, line, id=f"{lang}: {line[:40]}")


def _split(text: str, lang: str) -> list[str]:
    return [text[slice(*span)] for span in split(text, [Span(0, len(text))], lang)]


@pytest.mark.parametrize(("lang", "line"), list(_cases()))
def test_sentences_end_where_a_reader_ends_them(lang: str, line: str) -> None:
    assert [part.strip() for part in line.split("‖")] == _split(line.replace("‖", ""), lang)


@given(TEXTS, st.sampled_from(["", "en", "de", "ja", "xx"]))
def test_sentences_hold_all_the_words_once_and_in_order(text: str, lang: str) -> None:
    spans = split(text, [Span(0, len(text))], lang)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join(text.split()) == "".join("".join(text[slice(*span)].split()) for span in spans)


@given(TEXTS)
def test_a_sentence_has_no_white_space_at_its_ends_and_is_never_empty(text: str) -> None:
    for sentence in _split(text, "en"):
        assert sentence
        assert sentence == sentence.strip()


@given(st.lists(st.text(alphabet="aB. ?“”", min_size=1, max_size=30), max_size=5))
def test_paragraphs_are_hard_borders(paragraphs: list[str]) -> None:
    text, spans = "", []
    for paragraph in paragraphs:
        spans.append(Span(len(text), len(text) + len(paragraph)))
        text += paragraph + "\n"
    for sentence in split(text, spans, "en"):
        assert any(span.start <= sentence.start and sentence.end <= span.end for span in spans)


def test_a_sentence_never_starts_in_lower_case_unless_its_paragraph_does() -> None:
    assert _split("Yes! said he. no? maybe. Done.", "en") == ["Yes! said he. no? maybe.", "Done."]


def test_a_speech_is_split_although_it_is_quoted() -> None:
    speech = " ".join(f"This is sentence number {n} of the speech." for n in range(40))
    assert len(_split(f"“{speech}”", "en")) > 30


def test_an_unclosed_mark_joins_nothing() -> None:
    assert _split("He said “it is over. Then he left. She stayed.", "en") == [
        "He said “it is over.",
        "Then he left.",
        "She stayed.",
    ]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "." * 100_000,
        ".)" * 200_000,
        "“a. " * 30_000,
        "A. " * 30_000,
        "。" * 300_000,
        "?! " * 50_000,
    ],
    ids=["no break", "dots", "closed dots", "unclosed quotes", "initials", "full stops", "shouts"],
)
def test_hostile_text_is_split_in_linear_time(text: str) -> None:
    spans = split(text, [Span(0, len(text))], "en")
    assert spans[0].start == 0
    assert spans[-1].end == len(text.rstrip())
