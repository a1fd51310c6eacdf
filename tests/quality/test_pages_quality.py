"""Floors under what is found in web pages, saved or made flat: made-up furniture round the sample reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.pages import REPORTS, Scores, measure

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["pages"]


@pytest.fixture(scope="module", params=[False, True], ids=["own language", "unknown furniture"])
def found(request: pytest.FixtureRequest) -> dict[str, Scores]:
    """Return the scores of some pages."""
    return measure(REPORTS, 8, foreign=request.param)


@pytest.mark.parametrize("way", ["spaced", "tight", "pieces"])
def test_a_page_made_flat_is_cleaned_and_its_report_kept(found: dict[str, Scores], way: str) -> None:
    before, after = found[f"{way}, not cleaned"], found[f"{way}, cleaned"]
    assert after.f1 >= before.f1 + FLOORS["F1 above not cleaned"]
    assert after.precision > before.precision
    assert after.sentences >= FLOORS["sentences kept"]


def test_cleaning_takes_nothing_from_what_trafilatura_finds(found: dict[str, Scores]) -> None:
    assert found["HTML, cleaned"].f1 >= found["HTML, by trafilatura"].f1
    assert found["HTML, cleaned"].sentences >= FLOORS["sentences kept"]
