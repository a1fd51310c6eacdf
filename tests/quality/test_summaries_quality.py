"""Floors under the summaries: what was measured once may not be lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.summaries import centroid, extracts, greedy, rouge, stories
from tests.conftest import need

pytestmark = pytest.mark.bench
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["summaries"]


@pytest.fixture(scope="module")
def scores(bench: Path) -> dict[str, float]:
    """Return the ROUGE-2 recall of the exact and the greedy way and of a plain centroid."""
    need((bench / "ecb-dev-summaries").is_dir(), "the summaries' references are not there")
    data = stories(bench)
    systems = {"exact": extracts, "greedy": greedy, "centroid": centroid}
    return {
        name: rouge({story: system(articles) for story, articles in data.items()}, bench)
        for name, system in systems.items()
    }


def test_extracts_hold_what_other_newsrooms_put_first(scores: dict[str, float]) -> None:
    assert scores["exact"] >= FLOORS["ecb-dev rouge-2 recall"]


def test_large_stories_are_told_as_well(scores: dict[str, float]) -> None:
    assert scores["greedy"] >= FLOORS["ecb-dev rouge-2 recall, greedy"]


def test_extracts_are_better_than_a_plain_centroid(scores: dict[str, float]) -> None:
    assert scores["exact"] >= scores["centroid"] + FLOORS["above the centroid"]
