"""The five real articles: exactly what a careful editor would cut, and what must stay whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.config import ReadSettings
from generator.model import Article
from generator.reading.read import read

pytestmark = pytest.mark.bench


def _article(seeds: Path, number: str) -> Article:
    (path,) = seeds.glob(f"{number}_*.txt")
    (article,) = read(path.name, path.read_bytes(), ReadSettings()).articles
    return article


def _opening(article: Article) -> list[tuple[str, str]]:
    """Return reason and first two words of each cut."""
    return [(cut.reason, " ".join(article.shown(cut.span).split()[:2])) for cut in article.cut]


@pytest.mark.parametrize(
    ("number", "cuts"),
    [
        (
            "000",
            [
                ("comments", "Join the"),
                ("section label", "Opinions"),
                ("appeal", "Support Ripples"),
                ("appeal", "Balanced, fearless"),
                ("appeal", "As a"),
                ("appeal", "If you"),
                ("appeal", "Your support"),
                ("appeal", "Donate Now"),
            ],
        ),
        (
            "001",
            [
                ("title", "N Korea,"),
                ("title", "N Korea,"),
                ("related", "Recommended Stories"),
                ("related", "list of"),
                ("caption", "At Kim"),
                ("source line", "Source: Aljazeera"),
                ("about the outlet", "234Radio"),
                ("about the outlet", "234Radio is"),
            ],
        ),
        ("002", []),
        ("003", [("title", "Putin Hails"), ("subhead", "Strengthening Military")]),
        (
            "004",
            [("section label", "General"), ("title", "N. Korean"), ("source line", "Source:Yonhapi News")],
        ),
    ],
)
def test_exactly_the_furniture_is_cut(seeds: Path, number: str, cuts: list[tuple[str, str]]) -> None:
    assert cuts == _opening(_article(seeds, number))


@pytest.mark.parametrize(
    ("number", "title", "origin", "sentences"),
    [
        ("000", "", "", 9),
        ("001", "N Korea, Russia bound", "Aljazeera", 11),
        ("002", "", "", 13),
        ("003", "Putin Hails North Korean Troops", "", 19),
        ("004", "N. Korean leader exchanges", "Yonhapi News Agency", 11),
    ],
)
def test_titles_origins_and_sentences(
    seeds: Path, number: str, title: str, origin: str, sentences: int
) -> None:
    article = _article(seeds, number)
    assert article.meta.title.startswith(title)
    assert bool(article.meta.title) == bool(title)
    assert article.meta.origin == origin
    assert len(article.sentences) == sentences
    assert article.meta.date is None
    assert article.meta.lang == "en"


def test_no_sentence_ends_at_an_abbreviation_or_starts_small(seeds: Path) -> None:
    for number in ("000", "001", "002", "003", "004"):
        article = _article(seeds, number)
        for span in article.sentences:
            words = article.shown(span)
            assert not words.endswith(("U.S.", "Aug.", "N.", "anniv."))
            assert not words[0].islower()
            assert len(words.split()) >= 4


def test_the_broken_word_is_whole_and_declared(seeds: Path) -> None:
    article = _article(seeds, "004")
    assert [article.text[slice(*repair)] for repair in article.repairs] == ["\n"]
    assert any("building" in sentence for sentence in article.words)
    assert ["bui/lding" in note.message for note in article.notes] == [True]


def test_the_figures_are_those_that_may_be_compared(seeds: Path) -> None:
    def large(number: str) -> list[tuple[float, str, bool]]:
        figures = _article(seeds, number).figures
        return [(figure.value, figure.loss, figure.firm) for figure in figures if figure.value > 10]

    assert large("001") == [(1000.0, "", False)]
    assert large("002") == [(10_000.0, "", True), (600.0, "killed", True), (1000.0, "hurt", False)]
    assert large("003") == [(12_000.0, "", True), (30_000.0, "", False)]
    assert large("000") == large("004") == []


def test_the_people_are_found_under_their_full_names(seeds: Path) -> None:
    people = {name.text for name in _article(seeds, "002").names if name.kind == "person"}
    assert people == {"Vladimir Putin", "Kim Jong Un", "Vyacheslav Volodin"}
