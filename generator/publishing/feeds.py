"""Feeds and addresses for machines: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1, sitemap, robots.

An entry is a story; its id is made of the story's id alone, so that it stays when headlines, articles or
the site's address change. Links are absolute where ``base_url`` is set, else relative. Stories without a
date are not in the feeds: an entry must say when it was updated, and no date is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from generator.model import Page, Story, Thread
from generator.publishing import urls
from generator.publishing.drafts import Draft, Each
from generator.publishing.entries import BARE, atom_entry, instant, json_item, put, rss_item
from generator.publishing.outlets import Outlet
from generator.publishing.pages.frame import Desk, cut_into_pages, former_homes, visible

MAX_ENTRIES, PART_ENTRIES, FORMER_ENTRIES = 50, 20, 3
"""Latest stories of the site's feeds, of an outlet's or a thread's, and at an address that a thread had before."""

_ATOM = "http://www.w3.org/2005/Atom"
_MAPPED = 50_000
"""Addresses that a sitemap may have."""
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


def feeds(desk: Desk) -> Iterator[Page | Draft[Any] | Each[Any]]:
    """Yield all feeds and ``robots.txt``."""
    base = desk.settings.base_url
    yield _draft(_channel(desk, desk.settings.title, "index.html", desk.digest.stories, MAX_ENTRIES))
    yield Each(_of_outlet, [outlet for outlet in desk.outlets if outlet.name], "path")
    yield Each(_of_thread, desk.digest.threads)
    if desk.former_files:
        yield Each(_former_of_thread, desk.digest.threads)
        alone = [story for story in desk.several if not story.thread]
        yield Each(_former_of_story, alone)
    sitemap = f"Sitemap: {base.rstrip('/')}/sitemap.xml\n" if base else ""
    yield Page("robots.txt", f"User-agent: *\nAllow: /\n{sitemap}".encode())


def _files(desk: Desk, channel: _Channel) -> Iterator[Page]:
    """Yield the feeds of a channel, one in each format: made for one place, and for the others with their own names."""
    for name, make in _FORMATS.items():
        paths = [urls.folder(home) + name for home in channel.paths]
        made = make(desk, channel, paths[0])
        here = _own(desk.settings.base_url, paths[0])
        yield Page(paths[0], made)
        for path in paths[1:]:
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
    """Yield the sitemap of these pages; none for a site without an address (sitemaps.org, protocol 0.9).

    That of a very large site is an index of several.
    """
    if not desk.settings.base_url:
        return
    runs = cut_into_pages(sorted(paths), _MAPPED)
    if len(runs) == 1:
        yield _map(desk, "sitemap.xml", "urlset", "url", runs[0])
        return
    parts = [f"sitemap-{number}.xml" for number in range(1, len(runs) + 1)]
    yield _map(desk, "sitemap.xml", "sitemapindex", "sitemap", parts)
    for part, run in zip(parts, runs, strict=True):
        yield _map(desk, part, "urlset", "url", run)


def _map(desk: Desk, path: str, kind: str, item: str, paths: Sequence[str]) -> Page:
    """Return a list of addresses."""
    root = Element(kind, xmlns=_SITEMAP)
    for one in paths:
        SubElement(SubElement(root, item), "loc").text = urls.absolute(desk.settings.base_url, one)
    return Page(path, _document(root, ""))


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
    dated = [story for story in visible(stories) if story.last]
    latest = nsmallest(most, zip(desk.once_each(_place, dated), dated, strict=True))
    return _Channel(title, home, (home,), tuple(story for _, story in latest))


def _place(_: Desk, story: Story) -> tuple[float, str]:
    """Return what a story is put in order by: the latest first."""
    return -instant(story.last).timestamp(), story.id


def _former(channel: _Channel, paths: Iterable[str]) -> Iterator[Draft[_Channel]]:
    """Yield a channel as it goes on at earlier addresses of its page: short, for there may be many."""
    if former := tuple(paths):
        yield _draft(replace(channel, paths=former, stories=channel.stories[:FORMER_ENTRIES]))


def _atom(desk: Desk, channel: _Channel, path: str) -> bytes:
    """Return a channel as Atom."""
    base = desk.settings.base_url
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": desk.settings.language})
    put(root, "title", channel.title)
    if desk.settings.description:
        put(root, "subtitle", desk.settings.description)
    put(root, "id", _feed_id(path))
    updated = max((instant(story.last) for story in channel.stories), default=instant(None))
    put(root, "updated", updated.isoformat())
    SubElement(root, "link", rel="self", type="application/atom+xml", href=_link(base, path, path))
    SubElement(root, "link", rel="alternate", type="text/html", href=_link(base, channel.home, path))
    put(SubElement(root, "author"), "name", desk.settings.title)
    return _document(root, "</feed>", _told(desk, channel, atom_entry, path))


def _rss(desk: Desk, channel: _Channel, path: str) -> bytes:
    """Return a channel as RSS 2.0."""
    base = desk.settings.base_url
    root = Element("rss", version="2.0")
    head = SubElement(root, "channel")
    put(head, "title", channel.title)
    put(head, "link", _link(base, channel.home, path))
    put(head, "description", desk.settings.description or desk.settings.title)
    put(head, "language", desk.settings.language)
    return _document(root, "</channel></rss>", _told(desk, channel, rss_item, path))


def _json_feed(desk: Desk, channel: _Channel, path: str) -> bytes:
    """Return a channel as JSON Feed 1.1."""
    base = desk.settings.base_url
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": _link(base, channel.home, path),
        "feed_url": _link(base, path, path),
        "description": desk.settings.description,
        "language": desk.settings.language,
        "items": [],
    }
    items = [item.replace("\n", "\n  ") for item in _told(desk, channel, json_item, path)]
    text = json.dumps(data, ensure_ascii=False, indent=1)
    if items:
        text = text.removesuffix("[]\n}") + "[\n  " + ",\n  ".join(items) + "\n ]\n}"
    return f"{text}\n".encode()


def _told(desk: Desk, channel: _Channel, make: Callable[[Desk, Story, str], str], path: str) -> list[str]:
    """Return the stories of a channel as entries, each kept from edition to edition."""
    root = "" if desk.settings.base_url else urls.root(path)
    where = root if channel.home in channel.paths else BARE + root
    return [desk.once(make, story, where) for story in channel.stories]


_FORMATS: Mapping[str, Callable[[Desk, _Channel, str], bytes]] = {
    "feed.xml": _atom,
    "rss.xml": _rss,
    "feed.json": _json_feed,
}


def _link(base: str, path: str, here: str) -> str:
    """Return the public address of a path, or the way to it from ``here`` when the site has none."""
    return urls.absolute(base, path) if base else urls.root(here) + path


def _document(root: Element, end: str, entries: Iterable[str] = ()) -> bytes:
    """Return an element as a document, with entries before its end."""
    text = tostring(root, encoding="unicode")
    whole = text.removesuffix(end) + "".join(entries) + end if end else text
    return f"<?xml version='1.0' encoding='utf-8'?>\n{whole}\n".encode()
