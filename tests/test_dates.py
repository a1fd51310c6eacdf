"""Dates as newsrooms write them, and what is said of those that are none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Moment
from generator.reading.dates import Undated, parse_date, path_date
from tests.growth import assert_linear

_TABLE = (Path(__file__).parent / "cases" / "reading" / "dates.tsv").read_text(encoding="utf-8").splitlines()
CASES = [tuple(line.split("\t")) for line in _TABLE if line and not line.startswith("#")]


def told(text: str, zone: str) -> str:
    found = parse_date(text, zone)
    if isinstance(found, Moment):
        return found.iso
    return ("ambiguous: " if found.ambiguous else "") + (found.message or "not given")


@pytest.mark.parametrize(("text", "zone", "expected"), CASES)
def test_dates(text: str, zone: str, expected: str) -> None:
    assert told(text, zone) == expected


def test_an_ambiguous_date_says_how_to_write_it() -> None:
    found = parse_date("03/04/2025", "UTC")
    assert isinstance(found, Undated)
    assert found.hint == "write YYYY-MM-DD: 2025-03-04 or 2025-04-03"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("2025-08-15-harbour.md", dt.date(2025, 8, 15)),
        ("news/2025-08-15_harbour.txt", dt.date(2025, 8, 15)),
        ("2025-08-15.md", dt.date(2025, 8, 15)),
        ("2025-08-15/harbour.md", None),
        ("2024-02-30-harbour.md", None),
        ("20250815-harbour.md", None),
        ("2025-08-151-harbour.md", None),
        ("002_4f95f9a0b5d53731.txt", None),
    ],
)
def test_a_file_name_may_open_with_its_day(path: str, expected: dt.date | None) -> None:
    assert path_date(path) == expected


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_a_day_is_the_same_in_every_spelling(day: dt.date) -> None:
    spellings = (
        f"{day:%Y-%m-%d}",
        f"{day:%d.%m.%Y}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
    )
    assert {told(text, "Asia/Seoul") for text in spellings} == {day.isoformat()}


@given(st.text(max_size=80))
def test_any_text_gives_a_moment_or_says_why_not(text: str) -> None:
    assert isinstance(parse_date(text, "UTC"), Moment | Undated)


@given(
    st.lists(st.sampled_from(["1", "15", "2025", "May", ":", "-", "+", ".", " ", "p.m.", "T", "Z", "/"])).map(
        "".join
    )
)
def test_what_looks_like_a_date_never_fails(text: str) -> None:
    assert isinstance(parse_date(text, "Europe/Paris"), Moment | Undated)


@pytest.mark.parametrize("mark", ["1", "1:", "15/", " ", "a", "2025-", "+", "T1", "年"])
def test_long_texts_are_no_dates_at_once(mark: str) -> None:
    assert_linear(lambda text: parse_date(text, "UTC"), mark, 500_000)
    assert isinstance(parse_date(mark * 1_000, "UTC"), Undated)
