"""Feeds and addresses for machines: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1, sitemap, robots.

An entry is a story; its id is made of the story's id alone, so that it stays when headlines, articles or
the site's address change. Links are absolute where ``base_url`` is set, else relative. Stories without a
date are not in the feeds: an entry must say when it was updated, and no date is guessed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from email.utils import format_datetime
from heapq import nsmallest
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from generator.language.escaping import as_xml_text
from generator.model import Moment, Page, Story, Thread
from generator.publishing import urls
from generator.publishing.drafts import Draft
from generator.publishing.index import Outlet
from generator.publishing.pages.frame import Desk, former_homes, visible

MAX_ENTRIES, PART_ENTRIES, FORMER_ENTRIES = 50, 20, 3
"""Latest stories of the site's feeds, of an outlet's or a thread's, and at an address that a thread had before."""

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class _Channel:
    """A feed before it is written: the site's, an outlet's or a thread's."""

    title: str
    home: str
    """Path of the page that it belongs to."""
    paths: tuple[str, ...]
    """Of the pages that the feeds stand beside: home, or where it may have been before."""
    stories: tuple[Story, ...]
    """Those that it tells."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A story as feeds tell it."""

    id: str
    title: str
    path: str
    published: dt.datetime
    updated: dt.datetime
    outlets: tuple[str, ...]
    text: str
    """*In brief* as plain text."""
    html: str
    """The same as paragraphs, each with its outlet."""


def feeds(desk: Desk) -> Iterator[Page | Draft[Any]]:
    """Yield all feeds and ``robots.txt``."""
    base = desk.settings.base_url
    yield _draft(_channel(desk, desk.settings.title, "index.html", desk.digest.stories, MAX_ENTRIES))
    yield from (Draft(_of_outlet, outlet.path, outlet) for outlet in desk.outlets if outlet.name)
    yield from (Draft(_of_thread, thread.id, thread) for thread in desk.digest.threads)
    if desk.former_files:
        yield from (Draft(_former_of_thread, thread.id, thread) for thread in desk.digest.threads)
        alone = (story for story in desk.digest.stories if not story.thread and not story.single)
        yield from (Draft(_former_of_story, story.id, story) for story in alone)
    sitemap = f"Sitemap: {base.rstrip('/')}/sitemap.xml\n" if base else ""
    yield Page("robots.txt", f"User-agent: *\nAllow: /\n{sitemap}".encode())


def _files(desk: Desk, channel: _Channel) -> Iterator[Page]:
    """Yield the feeds of a channel, one in each format: made for one place, and for the others with their own names."""
    entries = _entries(desk, channel)
    for name, make in _FORMATS.items():
        paths = [urls.folder(home) + name for home in channel.paths]
        made = make(desk, channel, entries, paths[0])
        here = _own(desk.settings.base_url, paths[0])
        for path in paths:
            data = made
            for mine, its in zip(here, _own(desk.settings.base_url, path), strict=True):
                data = data.replace(mine, its, 1)
            yield Page(path, data)


def _own(base: str, path: str) -> tuple[bytes, ...]:
    """Return how a feed names itself, in Atom and in JSON: markup that no text in a feed can be taken for.

    All else in it is alike at every place of the same depth.
    """
    link = _link(base, path, path)
    own = f'<link rel="self" type="application/atom+xml" href="{escape(link)}"'
    names = (f"<id>{_feed_id(path)}</id>", own, f'"feed_url": {json.dumps(link, ensure_ascii=False)}')
    return tuple(name.encode() for name in names)


def _feed_id(path: str) -> str:
    """Return the id of a feed: it stays with its place."""
    return f"urn:crosscite:feed:{path}"


def sitemap(desk: Desk, paths: Sequence[str]) -> Iterator[Page]:
    """Yield the sitemap of these pages; none for a site without an address (sitemaps.org, protocol 0.9)."""
    base = desk.settings.base_url
    if base:
        root = Element("urlset", xmlns=_SITEMAP)
        for path in sorted(paths)[:50_000]:
            SubElement(SubElement(root, "url"), "loc").text = urls.absolute(base, path)
        yield Page("sitemap.xml", _xml(root))


def _draft(channel: _Channel) -> Draft[_Channel]:
    """Return the feeds of a channel, to be written."""
    return Draft(_files, channel.paths[0], channel)


def _of_outlet(desk: Desk, outlet: Outlet) -> Iterator[Draft[_Channel]]:
    """Yield the feeds of an outlet."""
    own = dict.fromkeys(desk.story_of[article.id] for article in outlet.articles)
    title = f"{outlet.name} · {desk.settings.title}"
    yield _draft(_channel(desk, title, outlet.path, [desk.stories[id_] for id_ in own], PART_ENTRIES))


def _of_thread(desk: Desk, thread: Thread) -> Iterator[Draft[_Channel]]:
    """Yield the feeds of a thread."""
    yield _draft(_thread_channel(desk, thread))


def _former_of_thread(desk: Desk, thread: Thread) -> Iterator[Draft[_Channel]]:
    """Yield the feeds of a thread where it may have stood before."""
    channel = _thread_channel(desk, thread)
    stories = (desk.stories[id_] for id_ in thread.stories)
    yield from _former(channel, former_homes(stories, channel.home))


def _thread_channel(desk: Desk, thread: Thread) -> _Channel:
    title = f"{thread.title} · {desk.settings.title}"
    stories = [desk.stories[id_] for id_ in thread.stories]
    return _channel(desk, title, desk.thread_path(thread.id), stories, PART_ENTRIES)


def _former_of_story(desk: Desk, story: Story) -> Iterator[Draft[_Channel]]:
    """Yield the feeds of threads that a story in none may have begun."""
    title = f"{story.headline.text} · {desk.settings.title}"
    channel = _channel(desk, title, urls.story_path(story), [story], 1)
    yield from _former(channel, map(urls.member_thread_path, story.articles[:-1]))


def _channel(desk: Desk, title: str, home: str, stories: Iterable[Story], most: int) -> _Channel:
    """Return a channel of the latest dated stories, latest first."""
    dated = ((*desk.once(_place, story), story) for story in visible(stories) if story.last)
    return _Channel(title, home, (home,), tuple(story for _, _, story in nsmallest(most, dated)))


def _place(_: Desk, story: Story) -> tuple[float, str]:
    """Return what a story is put in order by: the latest first."""
    return -_instant(story.last).timestamp() if story.last else 0.0, story.id


def _former(channel: _Channel, paths: Iterable[str]) -> Iterator[Draft[_Channel]]:
    """Yield a channel as it goes on at earlier addresses of its page: short, for there may be many."""
    if former := tuple(paths):
        yield _draft(replace(channel, paths=former, stories=channel.stories[:FORMER_ENTRIES]))


def _entries(desk: Desk, channel: _Channel) -> list[_Entry]:
    """Return the entries of a channel."""
    return [
        _entry(desk, story, story.first, story.last, tagged=channel.home in channel.paths)
        for story in channel.stories
        if story.first and story.last
    ]


def _entry(desk: Desk, story: Story, first: Moment, last: Moment, *, tagged: bool) -> _Entry:
    """Return a story as feeds tell it; only where it is tagged with its outlets, who may be thousands."""
    told = [(story.shown(e.passage), desk.outlet(story.article(e.passage.article))) for e in story.extracts]
    return _Entry(
        id=f"urn:crosscite:{story.id}",
        title=story.headline.text,
        path=urls.story_path(story),
        published=_instant(first),
        updated=_instant(last),
        outlets=tuple(desk.outlet_names(story)) if tagged else (),
        text=" ".join(f"{words} [{outlet}]" for words, outlet in told),
        html="".join(f"<p>{escape(words)} <small>{escape(outlet)}</small></p>" for words, outlet in told),
    )


def _instant(moment: Moment) -> dt.datetime:
    """Return a moment in UTC; a day alone counts from its start."""
    if moment.time:
        return moment.time.astimezone(dt.UTC)
    return dt.datetime.combine(moment.day, dt.time(), dt.UTC)


def _atom(desk: Desk, channel: _Channel, entries: Sequence[_Entry], path: str) -> bytes:
    """Return a channel as Atom."""
    base = desk.settings.base_url
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": desk.settings.language})
    _put(root, "title", channel.title)
    if desk.settings.description:
        _put(root, "subtitle", desk.settings.description)
    _put(root, "id", _feed_id(path))
    updated = max((entry.updated for entry in entries), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    _put(root, "updated", updated.isoformat())
    SubElement(root, "link", rel="self", type="application/atom+xml", href=_link(base, path, path))
    SubElement(root, "link", rel="alternate", type="text/html", href=_link(base, channel.home, path))
    _put(SubElement(root, "author"), "name", desk.settings.title)
    for entry in entries:
        item = SubElement(root, "entry")
        _put(item, "title", entry.title)
        _put(item, "id", entry.id)
        _put(item, "published", entry.published.isoformat())
        _put(item, "updated", entry.updated.isoformat())
        SubElement(item, "link", rel="alternate", type="text/html", href=_link(base, entry.path, path))
        for outlet in entry.outlets:
            SubElement(item, "category", term=as_xml_text(outlet))
        _put(item, "content", entry.html).set("type", "html")
    return _xml(root)


def _rss(desk: Desk, channel: _Channel, entries: Sequence[_Entry], path: str) -> bytes:
    """Return a channel as RSS 2.0."""
    base = desk.settings.base_url
    root = Element("rss", version="2.0")
    head = SubElement(root, "channel")
    _put(head, "title", channel.title)
    _put(head, "link", _link(base, channel.home, path))
    _put(head, "description", desk.settings.description or desk.settings.title)
    _put(head, "language", desk.settings.language)
    for entry in entries:
        item = SubElement(head, "item")
        _put(item, "title", entry.title)
        _put(item, "link", _link(base, entry.path, path))
        _put(item, "guid", entry.id).set("isPermaLink", "false")
        _put(item, "pubDate", format_datetime(entry.updated))
        _put(item, "description", entry.html)
    return _xml(root)


def _json_feed(desk: Desk, channel: _Channel, entries: Sequence[_Entry], path: str) -> bytes:
    """Return a channel as JSON Feed 1.1."""
    base = desk.settings.base_url
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": _link(base, channel.home, path),
        "feed_url": _link(base, path, path),
        "description": desk.settings.description,
        "language": desk.settings.language,
        "items": [
            {
                "id": entry.id,
                "url": _link(base, entry.path, path),
                "title": entry.title,
                "content_html": entry.html,
                "content_text": entry.text,
                "date_published": entry.published.isoformat(),
                "date_modified": entry.updated.isoformat(),
                "tags": list(entry.outlets),
            }
            for entry in entries
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


_FORMATS: Mapping[str, Callable[[Desk, _Channel, Sequence[_Entry], str], bytes]] = {
    "feed.xml": _atom,
    "rss.xml": _rss,
    "feed.json": _json_feed,
}


def _link(base: str, path: str, here: str) -> str:
    """Return the public address of a path, or the way to it from ``here`` when the site has none."""
    return urls.absolute(base, path) if base else urls.root(here) + path


def _put(parent: Element, tag: str, text: str) -> Element:
    """Add an element with text; return it."""
    child = SubElement(parent, tag)
    child.text = as_xml_text(text)
    return child


def _xml(root: Element) -> bytes:
    """Return an element as a document."""
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"
