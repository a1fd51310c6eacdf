"""Figures: by cases, and what must not be one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.words import stem, tokens
from generator.model import Figure, Span
from generator.reading.figures import find_figures

CASES = Path(__file__).parent / "cases" / "figures.md"


def _cases() -> Iterator[object]:
    lang, sentence = "", ""
    rows: list[str] = []
    for line in [*CASES.read_text(encoding="utf-8").splitlines(), ">"]:
        if line.startswith(("===", ">")) and sentence:
            yield pytest.param(lang, sentence, rows, id=f"{lang}: {sentence[:50]}")
            sentence, rows = "", []
        if line.startswith("==="):
            lang = line.removeprefix("===").strip()
        elif lang and line.startswith(">"):
            sentence = line.removeprefix(">").strip()
        elif lang and line:
            rows.append(line)


def _row(text: str, figure: Figure) -> str:
    noun = text[slice(*figure.noun)] if figure.noun else "-"
    fields = (
        text[slice(*figure.span)],
        f"{figure.value:.15g}",
        figure.unit or "-",
        noun,
        figure.loss or "-",
        "firm" if figure.firm else "loose",
    )
    return " | ".join(fields)


def _figures(text: str, lang: str = "en") -> tuple[Figure, ...]:
    return find_figures(text, [Span(0, len(text))], [tokens(text, lang)], lang)


@pytest.mark.parametrize(("lang", "sentence", "rows"), list(_cases()))
def test_figures_are_what_a_reader_would_compare(lang: str, sentence: str, rows: list[str]) -> None:
    assert rows == [_row(sentence, figure) for figure in _figures(sentence, lang)]


@pytest.mark.parametrize(
    ("text", "lang", "most"),
    [
        ("It takes 50 ships.", "en", 50),
        ("It takes about 50 ships.", "en", 50),
        ("It takes more than 50 ships.", "en", 60),
        ("It takes over 1,300 ships.", "en", 1_400),
        ("It takes more than 100 ships.", "en", 150),
        ("It takes more than two dozen ships.", "en", 36),
        ("It takes more than $3.3 million.", "en", 3_400_000),
        ("It takes more than 2.5 percent.", "en", 2.5),
        ("Es kommen mehr als 500 Schiffe.", "de", 600),
        ("Plus de 500 navires sont venus.", "fr", 600),
    ],
)
def test_behind_more_than_up_to_the_next_round_number_may_be_meant(text: str, lang: str, most: float) -> None:
    (figure,) = _figures(text, lang)
    assert figure.most == most


def test_the_head_is_the_stem_of_the_noun() -> None:
    (figure,) = _figures("It sent 12,000 North Veldian soldiers.")
    assert figure.head == stem("soldiers", "en") == "soldier"


def test_victims_without_a_noun_are_people() -> None:
    (figure,) = _figures("The storm killed 45.")
    assert (figure.head, figure.noun, figure.loss) == (stem("people", "en"), None, "killed")


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 and 1947, as in the 1990s, it was so.",
        "He came on May 3 and on 15 August.",
        "It ended 3-1 and 21-14.",
        "Call +49 30 555-1234 or 555 12 34.",
        "Version 3.5.1 of Windows 11 and COVID-19, on page 12, chapter 3.",
        "The 79th, the 1st and the 22nd came at 5 p.m. and at 10:30.",
        "She is 40 years old; a 24-hour strike lasted three days.",
        "One of them left, and nobody else.",
    ],
)
def test_years_days_times_scores_and_names_are_no_figures(text: str) -> None:
    assert _figures(text) == ()


@given(
    st.text(alphabet="12,.-$%€ ktmnab aB\n'’–", max_size=120), st.sampled_from(["en", "de", "fr", "xx", ""])
)
def test_any_text_gives_figures_within_it_in_order(text: str, lang: str) -> None:
    figures = _figures(text, lang)
    assert [f.span for f in figures] == sorted(f.span for f in figures)
    assert all(0 <= f.span.start < f.span.end <= len(text) for f in figures)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text", ["1" * 500_000, "1,1" * 100_000, "1 " * 30_000, "million " * 30_000, "$" * 100_000]
)
def test_hostile_numbers_cost_linear_time(text: str) -> None:
    _figures(text)
