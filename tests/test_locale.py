"""Dates, numbers and plurals in the words of readers."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.publishing.catalogue import Words
from generator.publishing.locale import Locale, direction


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_days_in_english() -> None:
    english = Locale("en")
    assert english.day(day("2026-03-14")) == "14 March 2026"
    assert english.full_day(day("2026-03-14")) == "Saturday, 14 March 2026"
    assert english.weekday(day("2026-03-14")) == "Sat 14"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-03-14", "2026-03-14", "14 March 2026"),
        ("2026-03-12", "2026-03-14", "12–14 Mar 2026"),
        ("2026-03-01", "2026-03-31", "March 2026"),
        ("2025-12-01", "2025-12-31", "December 2025"),
        ("1911-01-01", "1911-12-31", "1911"),
        ("2025-12-30", "2026-01-02", "30 Dec 2025 – 2 Jan 2026"),
    ],
)
def test_spans_of_days(first: str, last: str, words: str) -> None:
    said = Locale("en").span(day(first), day(last))
    assert said.replace(" – ", "–") == words.replace(" – ", "–")


@pytest.mark.parametrize(
    ("lang", "words"), [("de", "14. März 2026"), ("fr", "14 mars 2026"), ("es", "14 de marzo de 2026")]
)
def test_days_in_other_languages(lang: str, words: str) -> None:
    assert Locale(lang).day(day("2026-03-14")) == words


def test_counts_have_plurals_and_separators() -> None:
    words = Words("en")
    assert words.count("count.articles", 1) == "1 article"
    assert words.count("count.articles", 1300) == "1,300 articles"
    assert words.say("back.quote", number=2) == "Quote 2"


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        Words("en").say("no.such")


def test_directions() -> None:
    assert direction("ar") == "rtl"
    assert direction("en") == "ltr"
