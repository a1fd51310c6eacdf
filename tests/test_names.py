"""Names: by cases, and what must not be one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Name, Span
from generator.reading.names import find_names
from generator.reading.sentences import split

CASES = Path(__file__).parent / "cases" / "names.md"


def _cases() -> Iterator[object]:
    lang, text = "", ""
    rows: list[str] = []
    for line in [*CASES.read_text(encoding="utf-8").splitlines(), ">"]:
        if line.startswith(("===", ">")) and text:
            yield pytest.param(lang, text, rows, id=f"{lang}: {text[:50]}")
            text, rows = "", []
        if line.startswith("==="):
            lang = line.removeprefix("===").strip()
        elif lang and line.startswith(">"):
            text = line.removeprefix(">").strip()
        elif lang and line:
            rows.append(line)


def _names(text: str, lang: str = "en") -> tuple[Name, ...]:
    return find_names(text, split(text, [Span(0, len(text))], lang), lang)


@pytest.mark.parametrize(("lang", "text", "rows"), list(_cases()))
def test_names_are_what_a_reader_would_list(lang: str, text: str, rows: list[str]) -> None:
    found = sorted(f"{name.text} | {name.kind or '-'} | {name.count}" for name in _names(text, lang))
    assert found == sorted(rows)


def test_names_come_by_count_then_by_place() -> None:
    names = _names("Jana Weber met Pavel Orsic. He met Ruth Lind. Then Orsic spoke, and Orsic left.")
    assert [name.text for name in names] == ["Pavel Orsic", "Jana Weber", "Ruth Lind"]


def test_the_span_is_the_first_mention() -> None:
    text = "Weber left. Later Jana Weber came back, and Weber spoke."
    (name,) = _names(text)
    assert (name.text, name.count, text[slice(*name.span)]) == ("Jana Weber", 3, "Weber")


def test_a_surname_of_two_people_belongs_to_neither() -> None:
    names = {name.text: name.count for name in _names("Anna Lee met Tom Lee. Reporters saw Lee leave.")}
    assert names == {"Anna Lee": 1, "Tom Lee": 1, "Lee": 1}


@pytest.mark.parametrize(
    "text",
    [
        "Engineers found cracks. Officials said so. Yesterday it rained.",
        "THE MINISTER SAYS HE WILL STAY ON",
        "On Monday, in May, the Russian and Dutch came.",
    ],
)
def test_ordinary_words_with_capitals_are_no_names(text: str) -> None:
    assert _names(text) == ()


@given(
    st.text(alphabet="aB cD.'’-() ÉяЖ字\n", max_size=150), st.sampled_from(["en", "de", "fr", "ru", "zh", ""])
)
def test_any_text_gives_names_within_it(text: str, lang: str) -> None:
    for name in _names(text, lang):
        assert 0 <= name.span.start < name.span.end <= len(text)
        assert name.count >= 1


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text", ["A" * 500_000, "A " * 50_000, "A.B." * 50_000, "A’" * 100_000, "Aa-" * 100_000, "A of " * 40_000]
)
def test_hostile_capitals_cost_linear_time(text: str) -> None:
    find_names(text, [Span(0, len(text))], "en")
