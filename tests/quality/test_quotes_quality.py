"""Floors under quotes: what was measured once may not be lost.

What is found between marks does not depend on training. What is said of speakers is measured on articles
that the weights were trained on, so its floor only tells whether something broke.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.quotes import LOST, STYLES, Printed, damaged, figures_of, load, restyled, strayed
from tests.conftest import need

pytestmark = pytest.mark.bench
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["quotes"]
EVERY = 12
"""One article in so many is enough to see a fault, and few enough to wait for."""


@pytest.fixture(scope="module")
def articles(bench: Path) -> list[Printed]:
    need((bench / "polnear-dev").is_dir(), "the annotated quotations are not there")
    return load(bench / "polnear-dev", EVERY)


@pytest.fixture(scope="module")
def printed(articles: list[Printed]) -> dict[str, float]:
    """Return the figures with the marks as they are printed."""
    return figures_of(articles)


def test_quotations_and_speakers_are_found(printed: dict[str, float]) -> None:
    assert printed["F1"] >= FLOORS["span F1"]
    assert printed["speaker_lenient"] >= FLOORS["speaker, trained on"]
    assert printed["e2e_F1_lenient"] >= FLOORS["end to end, trained on"]


@pytest.mark.parametrize("style", STYLES)
def test_the_style_of_the_marks_does_not_matter(
    style: str, articles: list[Printed], printed: dict[str, float]
) -> None:
    found = figures_of([restyled(one, style) for one in articles])
    assert found["F1"] >= printed["F1"] - FLOORS["lost with other marks, at most"]


def test_lost_closing_marks_cost_little(articles: list[Printed]) -> None:
    harmed = [damaged(one, LOST) for one in articles]
    assert sum(len(one.text) for one in harmed) < sum(len(one.text) for one in articles)
    assert figures_of(harmed)["F1"] >= FLOORS["span F1, closing marks lost"]


def test_stray_spaces_cost_little(articles: list[Printed]) -> None:
    harmed = [strayed(one) for one in articles]
    assert any(' "' in one.text for one in harmed)
    found = figures_of(harmed)
    assert found["F1"] >= FLOORS["span F1, spaces astray"]
    assert found["e2e_F1_lenient"] >= FLOORS["end to end, spaces astray, trained on"]
