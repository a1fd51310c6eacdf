"""Floors under the grouping: what was measured once may not be lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.grouping import noise
from benchmarks.scoring import b_cubed, sibling_rate
from generator.config import GroupSettings, ReadSettings
from generator.model import Article, Group, Moment
from generator.reading.read import read
from generator.stories.groups import group_articles
from generator.stories.overrides import Overrides
from generator.stories.threads import find_threads
from generator.stories.vectors import vectorise
from tests.conftest import need
from tests.test_threads import story

pytestmark = pytest.mark.bench
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["stories"]
DATES = {
    "000": date(2024, 6, 19),
    "001": date(2025, 12, 27),
    "002": date(2025, 8, 15),
    "003": date(2025, 8, 15),
    "004": date(2024, 8, 16),
}


def read_folder(folder: Path) -> list[Article]:
    """Read every file of a folder as the product does."""
    files = sorted(folder.iterdir())
    return [a for file in files for a in read(file.name, file.read_bytes(), ReadSettings()).articles]


def grouped(articles: Sequence[Article]) -> tuple[Group, ...]:
    return group_articles(articles, vectorise(articles), GroupSettings(), Overrides())


def labels(groups: Sequence[Group]) -> dict[str, str]:
    """Return the story of each article, by the stem of its file."""
    return {Path(a.path).stem: group.articles[0].id for group in groups for a in group.articles}


def undated(articles: Sequence[Article]) -> list[Article]:
    return [replace(a, meta=replace(a.meta, date=None)) for a in articles]


def dated(articles: Sequence[Article]) -> list[Article]:
    return [replace(a, meta=replace(a.meta, date=Moment(DATES[a.path[:3]]))) for a in articles]


@pytest.fixture(scope="module")
def corpora(bench: Path) -> dict[str, tuple[list[Article], dict[str, str]]]:
    """Return articles and right answers of the development corpus and its draws."""
    names = ("ecb-dev", "ecb-dev-skew0", "ecb-dev-skew1", "ecb-dev-skew2")
    need(all((bench / name).is_dir() for name in names), "the corpora of stories are not there")
    return {
        name: (
            read_folder(bench / name / "articles"),
            json.loads((bench / name / "gold.json").read_text(encoding="utf-8")),
        )
        for name in names
    }


@pytest.mark.parametrize("form", ["as given", "undated"])
def test_stories_come_back_whole_and_pure(corpora, form):
    scores = {}
    for name, (articles, gold) in corpora.items():
        found = labels(grouped(undated(articles) if form == "undated" else articles))
        scores[name] = b_cubed(found, gold)
        if name == "ecb-dev":
            assert sibling_rate(found, gold, "plus") <= FLOORS["sibling pairs joined, at most"]
    draws = [score for name, score in scores.items() if name != "ecb-dev"]
    assert scores["ecb-dev"] >= FLOORS[f"ecb-dev b-cubed F1, {form}"]
    assert sum(draws) / len(draws) >= FLOORS[f"ecb-dev skew b-cubed F1, {form}"]


@pytest.mark.parametrize("form", [undated, dated])
@pytest.mark.parametrize("crowd", [False, True])
def test_the_letter_and_last_years_anniversary_stay_apart(corpora, seeds, form, crowd):
    need(seeds.is_dir(), "the five articles are not there")
    five = form(read_folder(seeds))
    others = corpora["ecb-dev"][0] if crowd else []
    for articles in ([*five, *others], [*others[::-1], *five[::-1]]):
        stories = [{a.path[:3] for a in g.articles} for g in grouped(articles) if set(g.articles) & set(five)]
        assert sorted(map(sorted, stories)) == [["000"], ["001"], ["002", "003"], ["004"]]


@pytest.mark.parametrize("form", [undated, dated])
@pytest.mark.parametrize("crowd", [False, True])
def test_the_five_are_one_thread_in_order_of_time(corpora, seeds, form, crowd):
    need(seeds.is_dir(), "the five articles are not there")
    articles = [*form(read_folder(seeds)), *(corpora["ecb-dev"][0] if crowd else [])]
    stories = [story(*group.articles) for group in grouped(articles)]
    threads = find_threads(stories, vectorise(articles), GroupSettings(), Overrides())
    by_id = {one.id: [a.path[:3] for a in one.articles] for one in stories}
    paths = [[path for id_ in thread.stories for path in by_id[id_]] for thread in threads]
    (five,) = (one for one in paths if "002" in one)
    assert sorted(five) == ["000", "001", "002", "003", "004"]
    if form is dated:
        assert five == ["000", "004", "002", "003", "001"]


def test_pure_noise_makes_no_stories():
    groups = grouped(noise(500))
    merged = sum(len(group.articles) for group in groups if len(group.articles) > 1)
    assert merged / 500 <= FLOORS["noise in stories, at most"]
