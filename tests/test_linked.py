"""JSON-LD: every node is what schema.org says of its type, and says what the page shows."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.publishing.render import render_pages
from tests import digests, sites

BASE = "https://news.example/brief"
_TEXT = {"type": "string", "minLength": 1}
_URL = {"type": "string", "format": "uri", "pattern": "^https://news.example/brief/"}
_DATE = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?[+-]\d\d:\d\d)?$"}


def _thing(kind: str, needed: str, **properties: Any) -> dict[str, Any]:
    """Return the schema of a node of one type: no property but these, ``needed`` among them."""
    return {
        "type": "object",
        "properties": {"@type": {"const": kind}, **properties},
        "required": ["@type", *needed.split()],
        "additionalProperties": False,
    }


_REPORT = _thing(
    "NewsArticle",
    "headline url",
    headline=_TEXT,
    inLanguage=_TEXT,
    url={"type": "string", "pattern": "^https?://"},
    datePublished=_DATE,
    publisher=_thing("Organization", "name", name=_TEXT),
    author={"type": "array", "items": _thing("Person", "name", name=_TEXT), "minItems": 1},
)
_LIST = _thing(
    "ItemList",
    "numberOfItems itemListElement",
    numberOfItems={"type": "integer"},
    itemListElement={
        "type": "array",
        "items": _thing("ListItem", "position name url", position={"type": "integer"}, name=_TEXT, url=_URL),
    },
)
SCHEMA = _thing(
    "CollectionPage",
    "@context name url inLanguage isPartOf",
    **{"@context": {"const": "https://schema.org"}},
    name=_TEXT,
    url=_URL,
    inLanguage=_TEXT,
    isPartOf=_thing("WebSite", "name url", name=_TEXT, url=_URL),
    citation={"type": "array", "items": _REPORT, "minItems": 1},
    mainEntity=_LIST,
    datePublished=_DATE,
    dateModified=_DATE,
)


@pytest.fixture(scope="module")
def nodes() -> dict[str, Any]:
    """The JSON-LD of every page that has some, by path."""
    pages = render_pages(digests.harbour(), sites.config(BASE))
    html = {page.path: page.data.decode() for page in pages if page.path.endswith(".html")}
    found = {
        path: re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
        for path, text in html.items()
    }
    return {path: json.loads(match[1]) for path, match in found.items() if match}


def test_every_node_is_valid(nodes: dict[str, Any]) -> None:
    validator = Draft202012Validator(SCHEMA)
    assert {
        path: error.message for path, node in nodes.items() for error in validator.iter_errors(node)
    } == {}
    assert {"index.html", sites.STORY, sites.KINDS["single"], sites.KINDS["thread"]} <= nodes.keys()


def test_a_story_cites_its_reports_in_the_order_of_their_numbers(nodes: dict[str, Any]) -> None:
    citations = nodes[sites.STORY]["citation"]
    assert [one["headline"] for one in citations] == [one.meta.title for one in digests.fire().articles]
    assert citations[0]["publisher"]["name"] == "Harbour Gazette"
    assert citations[0]["url"] == digests.GAZETTE.meta.url
    without = next(n for n, one in enumerate(digests.fire().articles) if not one.meta.url)
    assert citations[without]["url"].startswith(f"{BASE}/articles/")


def test_the_front_page_lists_its_stories(nodes: dict[str, Any]) -> None:
    things = nodes["index.html"]["mainEntity"]
    assert [one["position"] for one in things["itemListElement"]] == list(
        range(1, len(things["itemListElement"]) + 1)
    )
    assert things["itemListElement"][0]["url"] == f"{BASE}/{sites.STORY.removesuffix('index.html')}"


def test_words_of_articles_cannot_leave_their_script_element() -> None:
    settings = sites.config(BASE)
    evil = replace(settings, site=replace(settings.site, title="</script><script>alert(1)</script>"))
    pages = render_pages(digests.harbour(), evil)
    front = next(page.data.decode() for page in pages if page.path == "index.html")
    assert "<script>alert" not in front
