"""Feeds: RSS and Atom (feedparser), JSON Feed.

``parse_feed`` says what a feed holds, for files of the content folder and for collecting alike. Dates stay
as written, so that they are read as everywhere else. No feed makes another address be opened.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from generator.errors import ContentError, Problem
from generator.language.addresses import is_address
from generator.model import Meta
from generator.reading.draft import Drafts, File, fill
from generator.reading.encodings import decode, true_references
from generator.reading.fields import Field, read_fields
from generator.reading.furniture import lexicon, words_of
from generator.reading.items import Places, draft_item
from generator.reading.tables import draft_records
from generator.reading.tags import paragraphs_of, uncrowded

_TITLE_PARTS = re.compile(r"(\s{1,9}[-–—|»>·]{1,3}\s{1,9}|:\s{1,9})")
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_HALF = re.compile("[\ud800-\udfff]")
_LONGEST_PERSON = 500
"""Characters of a name in which a mail address is looked for."""
_MOST_TAGS = 100
_MANY_TAGS, _CHARS_EACH = 1_000, 12
"""Tags of XML that any feed may have, and its characters for each further one: real ones have 20 to 60."""
_HINT = "save an RSS, Atom or JSON feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed; empty where the feed is silent."""

    key: str = ""
    """What the feed itself calls it (guid, id), else its address."""
    url: str = ""
    """http or https."""
    title: str = ""
    date: str = ""
    """As written."""
    updated: str = ""
    """As written."""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    source: str = ""
    """The outlet, where the feed gathers from several."""
    summary: str = ""
    """The abstract, HTML or text."""
    content: str = ""
    """The whole text, HTML or text; empty when the feed gives an abstract only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed and its entries, in the feed's order."""

    title: str = ""
    url: str = ""
    """Of the site."""
    lang: str = ""
    next_url: str = ""
    """Where older entries are; only JSON Feed and Atom say so."""
    items: tuple[Item, ...] = ()


def parse_feed(data: bytes, where: str, charset: str = "") -> Feed:
    """Return what a feed holds. Raises ContentError for what is no feed.

    ``where`` is its address or path, named in problems; relative links are resolved against an address.
    ``charset`` is what the server declared.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(_json(data, where, charset), where)
    return _xml_feed(data, where, charset)


def draft_feed(file: File) -> Drafts:
    """Yield the drafts of a feed file. Raises ContentError for what is no feed."""
    yield from _drafts(file, parse_feed(file.data, file.path))


def draft_json(file: File) -> Drafts:
    """Yield the drafts of a JSON file: a feed, a list of articles, or one article. Raises ContentError."""
    data = _json(file.data, file.path, "")
    if isinstance(data, dict) and "jsonfeed" in str(data.get("version")):
        yield from _drafts(file, _json_feed(data, file.path))
        return
    lists = (
        [data.get(name) for name in ("articles", "items", "results", "docs", "data")]
        if isinstance(data, dict)
        else [data]
    )
    records = next((found for found in lists if isinstance(found, list)), [data])
    yield from draft_records(file, records)


def _drafts(file: File, feed: Feed) -> Drafts:
    """Yield the draft of each entry."""
    places = Places(file.path)
    lang = feed.lang.partition("-")[0].lower()
    said = Meta(outlet=publisher(feed.title, lang), lang=lang)
    for item in feed.items:
        path = places.next(item.key)
        fields = (
            Field("title", item.title), Field("date", item.date), Field("updated", item.updated), Field("url", item.url),
            Field("authors", list(item.authors)), Field("tags", list(item.tags)), Field("outlet", item.source),
        )  # fmt: skip
        meta, notes = read_fields(
            (field for field in fields if field.value), path, file.settings, lenient=True
        )
        yield draft_item(file, path, fill(meta, said), item.content or item.summary, notes)


def publisher(title: str, lang: str) -> str:
    """Return the outlet in a feed's title, without the names of sections and the like: World news | The Lund Post."""
    known = lexicon(lang.partition("-")[0].lower())
    parts = _TITLE_PARTS.split(title)
    named = [
        number
        for number, part in enumerate(parts[::2])
        if (words := words_of(part)) not in known.sections and words not in known.lines
    ]
    return "".join(parts[2 * named[0] : 2 * named[-1] + 1]).strip() if named else title


@cache
def _feedparser() -> Any:
    """Return the library, held to what does not grow with the square of an entry.

    It looks for mail addresses in short names only, and compares few keywords with each other.
    """
    import feedparser  # noqa: PLC0415 - few files need it
    from feedparser.mixin import _FeedParserMixin  # noqa: PLC0415

    split, add = _FeedParserMixin._sync_author_detail, _FeedParserMixin._add_tag  # noqa: SLF001 - it has no other door

    def split_short(parser: Any, key: str = "author") -> None:
        if len(parser._get_context().get(key) or "") <= _LONGEST_PERSON:  # noqa: SLF001
            split(parser, key)

    def add_few(parser: Any, *tag: str | None) -> None:
        if len(parser._get_context().get("tags", ())) < _MOST_TAGS:  # noqa: SLF001
            add(parser, *tag)

    _FeedParserMixin._sync_author_detail = split_short  # noqa: SLF001
    _FeedParserMixin._add_tag = add_few  # noqa: SLF001
    return feedparser


def _xml_feed(data: bytes, where: str, charset: str) -> Feed:
    """Return what RSS or Atom holds."""
    text = decode(data, where, charset, raw=True)
    if len(text) < _CHARS_EACH * (text.count("<") - _MANY_TAGS):
        raise ContentError(
            [Problem(where, 0, "feed is made of tags, with next to no text between them", _HINT)]
        )
    if _ENTITY.search(text):
        raise ContentError(
            [Problem(where, 0, "feed declares entities of its own", "remove its <!ENTITY … > lines")]
        )
    headers = {"content-type": "application/xml; charset=utf-8"}
    if is_address(where):
        headers["content-location"] = where
    source = BytesIO(uncrowded(true_references(text)).encode())  # a stream: bytes could name a file to open
    try:
        # addresses within the text of an entry, which would be made absolute, are not looked at
        found = _feedparser().parse(source, response_headers=headers, resolve_relative_uris=False)
    except ValueError as error:
        raise ContentError([Problem(where, 0, f"broken feed: {error}", _HINT)]) from None
    if not found.entries and not found.get("version"):
        raise ContentError([Problem(where, 0, "not a feed", _HINT)])
    feed = found.feed
    return Feed(
        title=_plain(_str(feed.get("title"))),
        url=_address(feed.get("link"), where),
        lang=_str(feed.get("language")),
        next_url=next(
            (
                _address(link.get("href"), where)
                for link in feed.get("links", ())
                if link.get("rel") == "next"
            ),
            "",
        ),
        items=tuple(_xml_item(entry, where) for entry in found.entries),
    )


def _xml_item(entry: Any, where: str) -> Item:
    """Return an entry of RSS or Atom. ``dict.get`` does not take one date for another, as the entry does."""
    url = _address(entry.get("link"), where)
    contents = [_str(content.get("value")) for content in entry.get("content", ())]
    authors = [_str(author.get("name")) for author in entry.get("authors", ())]
    return Item(
        key=_str(entry.get("id")) or url,
        url=url,
        title=_plain(_str(entry.get("title"))),
        date=_str(dict.get(entry, "published") or dict.get(entry, "created") or dict.get(entry, "updated")),
        updated=_str(dict.get(entry, "updated")),
        authors=tuple(filter(None, authors)) or tuple(filter(None, [_str(entry.get("author"))])),
        tags=tuple(filter(None, (_str(tag.get("term")) for tag in entry.get("tags", ())))),
        source=_str(entry.get("source", {}).get("title")),
        summary=_str(entry.get("summary")),
        content=max(contents, key=len, default=""),
    )


def _json(data: bytes, where: str, charset: str) -> object:
    """Return the value of a JSON file. Raises ContentError with the line of what is broken."""
    try:
        return json.loads(decode(data, where, charset, raw=True))
    except json.JSONDecodeError as error:
        problem = Problem(
            where, error.lineno, f"no JSON: {error.msg.lower()}", "check the brackets, commas and quotes"
        )
    except RecursionError:
        problem = Problem(where, 0, "nested too deeply", _HINT)
    except ValueError as error:
        problem = Problem(where, 0, f"no JSON: {error}", _HINT)
    raise ContentError([problem])


def _json_feed(data: object, where: str) -> Feed:
    """Return what a JSON Feed (versions 1 and 1.1) holds."""
    entries = data.get("items") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(entries, list):
        raise ContentError([Problem(where, 0, "not a feed", _HINT)])
    return Feed(
        title=_str(data.get("title")),
        url=_address(data.get("home_page_url"), where),
        lang=_str(data.get("language")),
        next_url=_address(data.get("next_url"), where),
        items=tuple(_json_item(entry, where) for entry in entries if isinstance(entry, dict)),
    )


def _json_item(entry: dict[str, Any], where: str) -> Item:
    """Return an entry of a JSON Feed."""
    url = _address(entry.get("url") or entry.get("external_url"), where)
    writers = entry.get("authors") or [entry.get("author")]
    tags = entry.get("tags")
    return Item(
        key=_str(entry.get("id")) or url,
        url=url,
        title=_str(entry.get("title")),
        date=_str(entry.get("date_published")) or _str(entry.get("date_modified")),
        updated=_str(entry.get("date_modified")),
        authors=tuple(_names(writers if isinstance(writers, list) else [])),
        tags=tuple(filter(None, map(_str, tags))) if isinstance(tags, list) else (),
        summary=_str(entry.get("summary")),
        content=_str(entry.get("content_html")) or _str(entry.get("content_text")),
    )


def _names(writers: Iterable[object]) -> Iterable[str]:
    """Yield the names of authors."""
    for writer in writers:
        if isinstance(writer, dict) and (name := _str(writer.get("name"))):
            yield name


def _plain(title: str) -> str:
    """Return a title without the HTML that feeds put into it."""
    return " ".join(paragraph.text for paragraph in paragraphs_of(title))


def _str(value: object) -> str:
    """Return a value of a feed as text, blanks for halves of characters; empty for none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return _HALF.sub(" ", str(value))


def _address(value: object, where: str) -> str:
    """Return a link as an absolute address; empty for what is none."""
    given = _str(value).strip()
    if not given:
        return ""  # joined, nothing would be the feed's own address
    try:
        url = urljoin(where, given) if is_address(where) else given
    except ValueError:
        return ""
    return url if is_address(url) else ""
