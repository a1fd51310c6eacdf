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
from heapq import nsmallest
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from generator.model import Page, Story, Thread
from generator.publishing import urls
from generator.publishing.drafts import Draft, Each
from generator.publishing.entries import BARE, atom_entry, json_item, put, rss_item
from generator.publishing.listing import Listed, instant
from generator.publishing.outlets import Outlet
from generator.publishing.pages.frame import Desk, cut_into_pages, former_homes, visible
from generator.publishing.tables import Facts

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
    stories: tuple[str, ...]
    """The ids of those that it tells."""
    updated: dt.datetime
    """When the latest of them was."""


@dataclass(frozen=True, slots=True)
class _Feeds:
    """A channel with what is told of its stories: compared with the last ones before it is written."""

    channel: _Channel
    entries: tuple[tuple[str, ...], ...]
    """By format."""


def feeds(desk: Desk) -> Iterator[Page | Draft[Any] | Each[Any]]:
    """Yield all feeds and ``robots.txt``."""
    base = desk.settings.base_url
    latest = desk.whole(_latest, desk.listing)
    yield _draft(desk, _channel(desk, desk.settings.title, "index.html", latest, MAX_ENTRIES))
    yield Each(_of_outlet, [outlet for outlet in desk.outlets if outlet.name], "path")
    yield Each(_of_thread, desk.digest.threads)
    if desk.former_files:
        yield Each(_former_of_thread, desk.digest.threads)
        alone = [story for story in desk.several if not story.thread]
        yield Each(_former_of_story, alone)
    sitemap = f"Sitemap: {base.rstrip('/')}/sitemap.xml\n" if base else ""
    yield Page("robots.txt", f"User-agent: *\nAllow: /\n{sitemap}".encode())


def _files(desk: Desk, feeds: _Feeds) -> Iterator[Page]:
    """Yield the feeds of a channel, one in each format: made for one place, and for the others with their own names."""
    channel = feeds.channel
    for (name, (make, _)), entries in zip(_FORMATS.items(), feeds.entries, strict=True):
        paths = [urls.folder(home) + name for home in channel.paths]
        made = make(desk, channel, entries, paths[0])
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


def _draft(desk: Desk, channel: _Channel) -> Draft[_Feeds]:
    """Return the feeds of a channel, to be written."""
    root = "" if desk.settings.base_url else urls.root(channel.paths[0])
    where = root if channel.home in channel.paths else BARE + root
    stories = [desk.stories[id_] for id_ in channel.stories]
    entries = (tuple(desk.once(make, story, where) for story in stories) for _, make in _FORMATS.values())
    return Draft(_files, channel.paths[0], _Feeds(channel, tuple(entries)))


def _of_outlet(desk: Desk, outlet: Outlet) -> Iterator[Draft[_Feeds]]:
    """Yield the feeds of an outlet."""
    own = dict.fromkeys(desk.story_of[article.id] for article in outlet.articles)
    title = f"{outlet.name} · {desk.settings.title}"
    yield _draft(desk, _channel(desk, title, outlet.path, own, PART_ENTRIES))


def _of_thread(desk: Desk, thread: Thread) -> Iterator[Draft[_Feeds]]:
    """Yield the feeds of a thread."""
    yield _draft(desk, _thread_channel(desk, thread))


def _former_of_thread(desk: Desk, thread: Thread) -> Iterator[Draft[_Feeds]]:
    """Yield the feeds of a thread where it may have stood before."""
    channel = _thread_channel(desk, thread)
    stories = (desk.stories[id_] for id_ in thread.stories)
    yield from _former(desk, channel, former_homes(stories, channel.home))


def _thread_channel(desk: Desk, thread: Thread) -> _Channel:
    title = f"{thread.title} · {desk.settings.title}"
    return _channel(desk, title, desk.thread_path(thread.id), thread.stories, PART_ENTRIES)


def _former_of_story(desk: Desk, story: Story) -> Iterator[Draft[_Feeds]]:
    """Yield the feeds of threads that a story in none may have begun."""
    title = f"{story.headline.text} · {desk.settings.title}"
    channel = _channel(desk, title, urls.story_path(story), [story.id], 1)
    yield from _former(desk, channel, map(urls.member_thread_path, story.articles[:-1]))


def _channel(desk: Desk, title: str, home: str, ids: Iterable[str], most: int) -> _Channel:
    """Return a channel of the latest dated stories, latest first."""
    latest = [id_ for _, id_ in nsmallest(most, _places((id_, desk.listed[id_]) for id_ in ids))]
    updated = instant(desk.stories[latest[0]].last if latest else None)
    return _Channel(title, home, (home,), tuple(latest), updated)


def _places(stories: Iterable[tuple[str, Listed]]) -> Iterator[tuple[float, str]]:
    """Yield what the stories of a feed are put in order by: the latest first."""
    return ((one.age, id_) for id_, one in stories if one.days and not one.hidden)


def _latest(listing: Sequence[Facts[Listed]]) -> list[str]:
    """Return the stories of the site's feeds."""
    return [id_ for _, id_ in nsmallest(MAX_ENTRIES, _places(visible(listing)))]


def _former(desk: Desk, channel: _Channel, paths: Iterable[str]) -> Iterator[Draft[_Feeds]]:
    """Yield a channel as it goes on at earlier addresses of its page: short, for there may be many."""
    if former := tuple(paths):
        yield _draft(desk, replace(channel, paths=former, stories=channel.stories[:FORMER_ENTRIES]))


def _atom(desk: Desk, channel: _Channel, entries: Sequence[str], path: str) -> bytes:
    """Return a channel as Atom."""
    base = desk.settings.base_url
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": desk.settings.language})
    put(root, "title", channel.title)
    if desk.settings.description:
        put(root, "subtitle", desk.settings.description)
    put(root, "id", _feed_id(path))
    put(root, "updated", channel.updated.isoformat())
    SubElement(root, "link", rel="self", type="application/atom+xml", href=_link(base, path, path))
    SubElement(root, "link", rel="alternate", type="text/html", href=_link(base, channel.home, path))
    put(SubElement(root, "author"), "name", desk.settings.title)
    return _document(root, "</feed>", entries)


def _rss(desk: Desk, channel: _Channel, entries: Sequence[str], path: str) -> bytes:
    """Return a channel as RSS 2.0."""
    base = desk.settings.base_url
    root = Element("rss", version="2.0")
    head = SubElement(root, "channel")
    put(head, "title", channel.title)
    put(head, "link", _link(base, channel.home, path))
    put(head, "description", desk.settings.description or desk.settings.title)
    put(head, "language", desk.settings.language)
    return _document(root, "</channel></rss>", entries)


def _json_feed(desk: Desk, channel: _Channel, entries: Sequence[str], path: str) -> bytes:
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
    items = [item.replace("\n", "\n  ") for item in entries]
    text = json.dumps(data, ensure_ascii=False, indent=1)
    if items:
        text = text.removesuffix("[]\n}") + "[\n  " + ",\n  ".join(items) + "\n ]\n}"
    return f"{text}\n".encode()


_FORMATS: Mapping[str, tuple[Callable[..., bytes], Callable[[Desk, Story, str], str]]] = {
    "feed.xml": (_atom, atom_entry),
    "rss.xml": (_rss, rss_item),
    "feed.json": (_json_feed, json_item),
}
"""By the name of the file: what makes it, and each of its entries."""


def _link(base: str, path: str, here: str) -> str:
    """Return the public address of a path, or the way to it from ``here`` when the site has none."""
    return urls.absolute(base, path) if base else urls.root(here) + path


def _document(root: Element, end: str, entries: Iterable[str] = ()) -> bytes:
    """Return an element as a document, with entries before its end."""
    text = tostring(root, encoding="unicode")
    whole = text.removesuffix(end) + "".join(entries) + end if end else text
    return f"<?xml version='1.0' encoding='utf-8'?>\n{whole}\n".encode()
