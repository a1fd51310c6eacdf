"""A story as feeds tell it: an entry of Atom (RFC 4287), an item of RSS 2.0, one of JSON Feed 1.1.

Each is text that stands in a feed as it is, so that the feeds of a site, its outlets and threads share it. ``where``
is the way from the feed to the site's root, where the site has no address; after ``BARE`` the entry goes without
the outlets, who may be thousands.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from generator.language.escaping import as_xml_text
from generator.model import Story
from generator.publishing import urls
from generator.publishing.listing import instant
from generator.publishing.pages.frame import Desk

BARE = "bare:"


class _Brief(NamedTuple):
    """*In brief*, wherever it is told."""

    text: str
    """Plain text."""
    html: str
    """Paragraphs, each with its outlet."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What all formats tell."""

    id: str
    title: str
    link: str
    published: dt.datetime
    updated: dt.datetime
    outlets: tuple[str, ...]
    brief: _Brief


def _brief(desk: Desk, story: Story) -> _Brief:
    """Return the brief of a story."""
    told = [(story.shown(e.passage), desk.outlet(story.article(e.passage.article))) for e in story.extracts]
    return _Brief(
        " ".join(f"{words} [{outlet}]" for words, outlet in told),
        "".join(f"<p>{escape(words)} <small>{escape(outlet)}</small></p>" for words, outlet in told),
    )


def _entry(desk: Desk, story: Story, where: str) -> _Entry:
    """Return what a feed tells of a story."""
    path = urls.story_path(story)
    return _Entry(
        id=f"urn:crosscite:{story.id}",
        title=story.headline.text,
        link=urls.absolute(desk.settings.base_url, path) or where.removeprefix(BARE) + path,
        published=instant(story.first),
        updated=instant(story.last),
        outlets=() if where.startswith(BARE) else tuple(desk.outlet_names(story)),
        brief=desk.once(_brief, story),
    )


def atom_entry(desk: Desk, story: Story, where: str = "") -> str:
    """Return a story as an entry of Atom."""
    entry = _entry(desk, story, where)
    item = Element("entry")
    put(item, "title", entry.title)
    put(item, "id", entry.id)
    put(item, "published", entry.published.isoformat())
    put(item, "updated", entry.updated.isoformat())
    SubElement(item, "link", rel="alternate", type="text/html", href=entry.link)
    for outlet in entry.outlets:
        SubElement(item, "category", term=as_xml_text(outlet))
    put(item, "content", entry.brief.html).set("type", "html")
    return tostring(item, encoding="unicode")


def rss_item(desk: Desk, story: Story, where: str = "") -> str:
    """Return a story as an item of RSS."""
    entry = _entry(desk, story, where)
    item = Element("item")
    put(item, "title", entry.title)
    put(item, "link", entry.link)
    put(item, "guid", entry.id).set("isPermaLink", "false")
    put(item, "pubDate", format_datetime(entry.updated))
    put(item, "description", entry.brief.html)
    return tostring(item, encoding="unicode")


def json_item(desk: Desk, story: Story, where: str = "") -> str:
    """Return a story as an item of JSON Feed."""
    entry = _entry(desk, story, where)
    item = {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "content_html": entry.brief.html,
        "content_text": entry.brief.text,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "tags": list(entry.outlets),
    }
    return json.dumps(item, ensure_ascii=False, indent=1)


def put(parent: Element, tag: str, text: str) -> Element:
    """Add an element with text; return it."""
    child = SubElement(parent, tag)
    child.text = as_xml_text(text)
    return child
