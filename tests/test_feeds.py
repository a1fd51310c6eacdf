"""Feeds, sitemap and robots: parsed by a feed reader, permanent ids, nothing without a date."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from jsonschema import Draft202012Validator

from generator.config import Config, SiteSettings
from generator.model import Page
from generator.publishing import urls
from generator.publishing.feeds import sitemap
from generator.publishing.pages.frame import Desk
from generator.publishing.render import render_pages
from tests import sites
from tests.digests import harbour

BASE = "https://news.example/brief/"


def config(base_url: str = BASE) -> Config:
    site = SiteSettings(title="Harbour <Brief>", base_url=base_url)
    return Config(root=Path(), content=Path("content"), output=Path("site"), site=site)


def made(base_url: str = BASE) -> dict[str, Page]:
    settings = config(base_url)
    return {page.path: page for page in render_pages(harbour(), settings)}


@pytest.mark.parametrize("path", ["feed.xml", "rss.xml"])
def test_a_feed_reader_finds_no_fault(path):
    feed = feedparser.parse(made()[path].data)
    assert not feed.bozo
    assert feed.feed.title == "Harbour <Brief>"
    assert feed.entries
    assert all(entry.link.startswith(BASE) for entry in feed.entries)


JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "home_page_url": {"type": "string", "pattern": f"^{BASE}"},
        "feed_url": {"type": "string", "pattern": f"^{BASE}.*feed.json$"},
        "description": {"type": "string"},
        "language": {"type": "string"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "url", "content_html", "date_published"],
                "properties": {
                    "id": {"type": "string"},
                    "url": {"type": "string", "pattern": f"^{BASE}stories/"},
                    "title": {"type": "string"},
                    "content_html": {"type": "string"},
                    "content_text": {"type": "string"},
                    "date_published": {"type": "string", "format": "date-time"},
                    "date_modified": {"type": "string", "format": "date-time"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
"""What jsonfeed.org says of version 1.1, as far as it is used."""


def test_json_feeds_are_valid():
    feeds_ = {path: json.loads(page.data) for path, page in made().items() if path.endswith("feed.json")}
    assert len(feeds_) > 3
    validator = Draft202012Validator(JSON_FEED)
    assert [(path, e.message) for path, feed in feeds_.items() for e in validator.iter_errors(feed)] == []


@pytest.mark.parametrize("name", ["feed.xml", "rss.xml", "feed.json"])
def test_outlets_and_threads_have_feeds_of_their_own(name):
    files = made()
    assert f"outlets/harbour-gazette/{name}" in files
    thread = urls.folder(sites.KINDS["thread"])
    assert thread + name in files
    stories = json.loads(files[f"{thread}feed.json"].data)["items"]
    assert 1 < len(stories) < len(json.loads(files["feed.json"].data)["items"])
    assert not any(feedparser.parse(page.data).bozo for path, page in files.items() if path.endswith(".xml"))


def test_ids_stay_when_the_site_moves():
    ids = [[item["id"] for item in json.loads(made(base)["feed.json"].data)["items"]] for base in (BASE, "")]
    assert ids[0] == ids[1]


def test_the_latest_story_comes_first_and_undated_ones_are_left_out():
    digest = harbour()
    items = json.loads(made()["feed.json"].data)["items"]
    dates = [item["date_modified"] for item in items]
    assert dates == sorted(dates, reverse=True)
    dated = [story for story in digest.stories if story.last and not story.hidden]
    assert len(items) == len(dated) < len([story for story in digest.stories if not story.hidden])


def test_a_site_without_an_address_links_relatively_and_has_no_sitemap():
    assert '"url": "stories/' in made("")["feed.json"].data.decode()
    assert "sitemap.xml" not in made("")
    assert made("")["robots.txt"].data == b"User-agent: *\nAllow: /\n"


def test_the_sitemap_names_directory_addresses():
    (page,) = sitemap(Desk(harbour(), sites.config(BASE)), ["stories/a/index.html", "index.html"])
    found = [element.text for element in ET.fromstring(page.data).iter() if element.tag.endswith("loc")]
    assert found == [BASE, f"{BASE}stories/a/"]


def test_a_sitemap_of_too_many_addresses_is_an_index_of_several(monkeypatch):
    monkeypatch.setattr("generator.publishing.feeds._MAPPED", 2)
    whole, *parts = sitemap(Desk(harbour(), sites.config(BASE)), ["c.html", "a.html", "b.html"])
    found = {
        page.path: [element.text for element in ET.fromstring(page.data).iter() if element.text]
        for page in (whole, *parts)
    }
    assert ET.fromstring(whole.data).tag.endswith("sitemapindex")
    assert found == {
        "sitemap.xml": [f"{BASE}sitemap-1.xml", f"{BASE}sitemap-2.xml"],
        "sitemap-1.xml": [f"{BASE}a.html", f"{BASE}b.html"],
        "sitemap-2.xml": [f"{BASE}c.html"],
    }


def test_characters_that_xml_forbids_are_left_out():
    digest = harbour()
    story = digest.stories[0]
    odd = replace(
        digest,
        stories=(
            replace(story, headline=replace(story.headline, text="a\x00b\x0b]]><c")),
            *digest.stories[1:],
        ),
    )
    pages = {page.path: page for page in render_pages(odd, config())}
    assert not feedparser.parse(pages["feed.xml"].data).bozo
    assert "ab]]><c" in [element.text for element in ET.fromstring(pages["feed.xml"].data).iter()]
