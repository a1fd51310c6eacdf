"""An address that was published leads somewhere for ever, whatever is added."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.config import GroupSettings, SummarySettings
from generator.model import Article, Moment
from generator.publishing import urls
from generator.stories.digest import edit_digest
from generator.stories.groups import group_articles
from generator.stories.overrides import Overrides
from generator.stories.telling import tell_story
from generator.stories.threads import find_threads
from generator.stories.vectors import vectorise
from tests import digests, sites
from tests.sites import render
from tests.stories import corpus

REPORTS = corpus()
DAYS = st.none() | st.integers(0, 40)
LEADS = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"|\{"moved": "([^"]+)"\}|^Read on: (\S+)\n$')
FEED = re.compile(r"<id>(urn:crosscite:feed:[^<]+)</id>")


@cache
def published(articles: frozenset[tuple[int, int | None]]) -> Mapping[str, str]:
    """Return the site of some of the reports, each with its day."""
    return _site([_dated(REPORTS[number], day) for number, day in sorted(articles, key=str)])


def _dated(article: Article, day: int | None) -> Article:
    when = None if day is None else Moment(date(2026, 3, 1) + timedelta(days=day))
    return replace(article, meta=replace(article.meta, date=when, outlet="The Post"))


def _site(articles: Sequence[Article]) -> dict[str, str]:
    vectors = vectorise(articles)
    groups = group_articles(articles, vectors, GroupSettings(), Overrides())
    stories = [tell_story(group, SummarySettings()) for group in groups]
    threads = find_threads(stories, vectors, GroupSettings(thread_threshold=0.1), Overrides())
    of = {story: thread.id for thread in threads for story in thread.stories}
    told = [replace(story, thread=of.get(story.id, "")) for story in stories]
    return render(edit_digest(articles, told, threads))


def broken(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return what of a site is no more, its static files apart: their names are made of their content."""
    return sorted(path for path in before.keys() - after.keys() if not path.startswith("static/"))


def astray(site: Mapping[str, str]) -> list[str]:
    """Return the files that lead to none, or to one that itself leads on."""
    return [
        path
        for path, text in site.items()
        if (way := _way(text)) and _way(site.get(_from(path, way), text)) is not None
    ]


def _way(text: str) -> str | None:
    found = LEADS.search(text)
    return next(filter(None, found.groups())) if found else None


def _from(path: str, way: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), way))


@settings(max_examples=6)
@example([0, 1, 3, 2, 4, 5], [None, None, None, 0, None, None], 3)
@given(st.permutations(range(len(REPORTS))), st.lists(DAYS, min_size=6, max_size=6), st.integers(1, 5))
def test_one_article_more_breaks_no_address(order: list[int], days: list[int | None], count: int) -> None:
    placed = list(zip(order, days, strict=True))
    before, after = published(frozenset(placed[:count])), published(frozenset(placed[: count + 1]))
    assert broken(before, after) == []
    assert astray(after) == []
    for path in before:
        if path.endswith("feed.xml"):
            assert FEED.findall(after[path]) == FEED.findall(before[path])


def test_every_address_that_a_thread_may_have_had_leads_to_it_with_its_feeds() -> None:
    site, home = sites.harbour(), sites.KINDS["thread"]
    for article in digests.fire().articles:
        path = urls.member_thread_path(article)
        assert _from(path, _way(site[path]) or "") == home
        for name in ("feed.xml", "rss.xml", "feed.json"):
            assert f"urn:crosscite:{digests.fire().id}" in site[urls.folder(path) + name]


def test_what_a_thread_held_that_became_one_story_leads_to_that() -> None:
    story = replace(digests.fire(), thread="")
    site = render(digests.digest([story]))
    for article in story.articles[:-1]:
        path = urls.member_thread_path(article)
        assert _from(path, _way(site[path]) or "") == sites.STORY
        assert f"urn:crosscite:{story.id}" in site[f"{urls.folder(path)}feed.xml"]
    assert _way(site["threads/index.html"]) == "../archive/index.html"
    assert astray(site) == []


def test_a_very_large_site_has_no_files_at_former_addresses_but_a_page_that_leads_on(monkeypatch) -> None:
    leading = {path for path, text in sites.harbour().items() if _way(text)}
    monkeypatch.setattr("generator.publishing.pages.frame.FORMER_ARTICLES", 3)
    large = sites.render(digests.harbour())
    assert leading
    assert leading.isdisjoint(large)
    assert large.keys() < sites.harbour().keys()
    assert "moved" in large["404.html"]
    assert "moved" not in sites.harbour()["404.html"]
    assert sites.render(digests.harbour(), former="files").keys() == sites.harbour().keys()
    monkeypatch.undo()
    assert sites.render(digests.harbour(), former="page").keys() == large.keys()


@given(st.text(st.sampled_from("ab-é 中"), max_size=90) | st.text(max_size=90))
def test_the_address_of_an_article_is_made_of_its_storys(title: str) -> None:
    story, article = urls.slug(title, "story"), urls.slug(title, "article", 32)
    if story != "story":
        assert urls.slug(story, "article", 32) == article  # as templates/static/moved.js cuts it
