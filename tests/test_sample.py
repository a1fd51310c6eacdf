"""The sample site, held to what a careful editor says of its articles."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.build import digest_articles
from generator.cli import main
from generator.config import load_config
from generator.model import SPEAKER_CUT, Article, Digest, Story
from generator.system.laps import Laps
from generator.system.work import Work

ROOT = Path(__file__).resolve().parents[1]
EXPECTED: dict[str, Any] = tomllib.loads(
    (ROOT / "tests/cases/sample_expectations.toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote as a page shows it."""

    article: str
    words: str
    links: tuple[str, ...]
    """Where its citations lead."""


def quotes_on(page: Path) -> Iterator[Quoted]:
    """Yield what stands between the marks of each block quote of a page."""
    for block in re.findall(r"<blockquote>(.*?)</blockquote>", page.read_text(encoding="utf-8"), re.DOTALL):
        cited = re.search(r'<(\w+)[^>]* data-cite="(\w+):[^>]*>(.*?)</\1>', block, re.DOTALL)
        assert cited, (page, block)
        words = html.unescape(re.sub(r"</?mark>", "", cited[3]))
        yield Quoted(cited[2], words, tuple(re.findall(r'<sup class="cite"><a href="([^"]+)"', block)))


@pytest.fixture(scope="module")
def digest() -> Digest:
    return digest_articles(load_config(ROOT / "content"), Work(), Laps())


@pytest.fixture(scope="module")
def articles(digest) -> dict[str, Article]:
    return {article.path: article for article in digest.articles}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CROSSCITE_CACHE", str(folder / "cache"))
        assert main(["build", "-q", "--strict", "-s", str(ROOT / "content"), "-o", str(folder / "site")]) == 0
    return folder / "site"


def story(digest: Digest, name: str) -> Story:
    paths = next(set(one["articles"]) for one in EXPECTED["stories"] if one["name"] == name)
    return next(found for found in digest.stories if {article.path for article in found.articles} == paths)


def test_every_story_has_its_articles_and_no_other(digest):
    found = {frozenset(article.path for article in one.articles) for one in digest.stories}
    wanted = {frozenset(one["articles"]) for one in EXPECTED["stories"]}
    assert found == wanted | {frozenset([path]) for path in EXPECTED["articles"]["singles"]}


def test_a_year_apart_is_another_story_without_a_word_of_the_editor():
    config = load_config(ROOT / "content")
    alone = digest_articles(
        type(config)(root=config.root, content=config.content, output=config.output), Work(), Laps()
    )
    for name in ("ferry 2025", "ferry 2026"):
        assert story(alone, name)


def test_the_long_matter_is_a_thread(digest):
    threads = [set(thread.stories) for thread in digest.threads]
    for wanted in EXPECTED["threads"]:
        assert {story(digest, name).id for name in wanted["stories"]} in threads


def test_dates_titles_outlets_and_origins_are_given_or_not_guessed(articles):
    facts = EXPECTED["articles"]
    assert sorted(path for path, article in articles.items() if article.meta.date is None) == facts["undated"]
    assert sorted(path for path, article in articles.items() if not article.meta.title) == facts["untitled"]
    assert (
        sorted(path for path, article in articles.items() if not article.meta.outlet)
        == facts["without_outlet"]
    )
    assert {path: articles[path].meta.origin for path in facts["origin"]} == facts["origin"]


def test_what_is_no_report_is_cut(articles):
    for path, openings in EXPECTED["cut"].items():
        cut = [articles[path].shown(one.span) for one in articles[path].cut]
        for opening in openings:
            assert any(text.startswith(opening) for text in cut), (path, opening, cut)


def test_nothing_that_was_cut_is_published_outside_the_audit(site):
    pages = [path for path in site.rglob("*.html") if "audit" not in path.parts]
    texts = {path: path.read_text(encoding="utf-8") for path in pages}
    for words in EXPECTED["never_published"]["words"]:
        assert [str(path) for path, text in texts.items() if words in text] == [], words


def test_figures_that_differ_are_set_side_by_side(digest):
    for wanted in EXPECTED["differences"]:
        found = [sorted({one.value for one in d.given}) for d in story(digest, wanted["story"]).differences]
        assert [float(value) for value in wanted["values"]] in found, wanted


def test_figures_of_other_things_are_not(digest):
    for never in EXPECTED["never_compared"]:
        values = [one.value for d in story(digest, never["story"]).differences for one in d.given]
        assert never["value"] not in values, never


def test_words_of_one_speech_are_variants(digest):
    for wanted in EXPECTED["variants"]:
        quotes = story(digest, wanted["story"]).quotes
        shown = story(digest, wanted["story"]).shown
        groups = [[shown(quote.passage), *(shown(one.passage) for one in quote.variants)] for quote in quotes]
        openings = [opening for _, opening in wanted["quotes"]]
        assert any(all(any(text.startswith(o) for text in group) for o in openings) for group in groups), (
            wanted
        )


def test_quotes_have_their_speakers_or_none(articles):
    wrong = [
        (path, opening, quote.speaker)
        for path, quotes in EXPECTED["speakers"].items()
        for opening, speaker in quotes.items()
        for quote in articles[path].quotes
        if articles[path].shown(quote.span).startswith(opening) and quote.speaker not in (speaker, "")
    ]
    assert wrong == []


def test_nearly_all_speakers_are_published(articles):
    sure = [
        any(
            quote.speaker == speaker and quote.confidence >= SPEAKER_CUT
            for quote in articles[path].quotes
            if articles[path].shown(quote.span).startswith(opening)
        )
        for path, quotes in EXPECTED["speakers"].items()
        for opening, speaker in quotes.items()
    ]
    assert sum(sure) >= 0.9 * len(sure)


def test_unclosed_quotes_are_flagged_and_broken_words_mended(articles):
    for one in EXPECTED["unclosed"]:
        article = articles[one["article"]]
        assert [q.closed for q in article.quotes if article.shown(q.span).startswith(one["quote"])] == [False]
    for one in EXPECTED["repairs"]:
        article = articles[one["article"]]
        assert any(one["word"] in article.shown(sentence) for sentence in article.sentences)


def test_every_quote_is_its_sources_to_the_character_and_leads_there(site, articles):
    files = {article.id: path for path, article in articles.items()}
    pages = sorted(site.rglob("*.html"))
    quoted = [(page, quote) for page in pages for quote in quotes_on(page)]
    assert len(quoted) > 40
    assert any("people" in page.parts for page, _ in quoted)
    for page, quote in quoted:
        source = (ROOT / "content" / files[quote.article].partition("#")[0]).read_text(encoding="utf-8")
        assert "".join(quote.words.split()) in "".join(source.split()), (page, quote)
        assert quote.links, (page, quote)
        for link in quote.links:
            target, _, anchor = link.partition("#")
            assert f'id="{anchor}"' in (page.parent / target).read_text(encoding="utf-8"), (page, link)


def test_every_published_passage_is_in_its_source(site):
    assert main(["check", "--provenance", str(site), "-s", str(ROOT / "content")]) == 0


def test_the_sample_has_nothing_to_mend(site, monkeypatch, capsys):
    monkeypatch.setenv("CROSSCITE_CACHE", str(site.parent / "cache"))
    assert main(["check", "-s", str(ROOT / "content")]) == 0
    assert capsys.readouterr().out == "nothing to mend\n"
