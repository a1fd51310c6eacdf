"""``crosscite collect``: new articles of feeds and pages into the content folder, each once.

    named source → kind (feed, OPML list of feeds, page) → items that are not known → full article
    where the feed holds a stub → ``content/<date>-<slug>.md``

A source that fails is named and stops no other. Nothing that is there is overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from generator.collecting.fetch import Fetched, Fetcher
from generator.collecting.ledger import Ledger, State, open_ledger, save_ledger
from generator.collecting.stored import Found, from_item, from_page, store
from generator.config import Config
from generator.errors import FetchError, Problem, UserError
from generator.language.addresses import canonical_url
from generator.reading.feedfile import Item, parse_feed, publisher

STUB_CHARS = 1_200
"""A feed's text below this length is taken for the opening of an article that stands in full on its page."""

_MAX_LISTED = 1_000
"""Feeds of one OPML file."""

Say = Callable[[str], None]


@dataclass(slots=True)
class Collected:
    """What was fetched."""

    new: list[str] = field(default_factory=list)
    """Files written, by name."""
    known: int = 0
    """Articles that were collected before."""
    failed: list[Problem] = field(default_factory=list)
    """What could not be fetched, with the reason."""


def collect(sources: Sequence[str], config: Config, say: Say = lambda _: None) -> Collected:
    """Fetch what is new of all sources into the content folder. Raises FetchError when there are none."""
    if not sources:
        hint = "name one, or list feeds under [collect] in crosscite.toml"
        raise FetchError([Problem("", 0, "no feed to collect", hint)])
    done, ledger = Collected(), open_ledger(config.content)
    try:
        with Fetcher(config.collect) as fetcher:
            run = _Run(config, fetcher, ledger, done, say)
            for source in sources:
                run.source(source)
    finally:
        save_ledger(ledger, config.content)
    return done


@dataclass(slots=True)
class _Run:
    """One run of the command."""

    config: Config
    fetcher: Fetcher
    ledger: Ledger
    done: Collected
    say: Say

    def source(self, named: str) -> None:
        """Collect one source; what is wrong with it is noted."""
        self.say(named)
        self._noting(self._source, named)

    def _noting(self, step: Callable[..., None], *arguments: object) -> None:
        """Do a step; when it fails, note why, so that it stops no other."""
        try:
            step(*arguments)
        except UserError as error:
            self.done.failed.extend(error.problems)

    def _source(self, named: str) -> None:
        """Collect one source. Raises UserError."""
        answer = self._open(named)
        if answer.unchanged:
            return
        if listed := feeds_of_opml(answer.data):
            for feed in listed[:_MAX_LISTED]:
                self.say(feed)
                self._noting(self._listed, feed)
        else:
            self._told(answer, named)

    def _listed(self, named: str) -> None:
        """Collect a source that a list names: no further list, which might name itself. Raises UserError."""
        answer = self._open(named)
        if feeds_of_opml(answer.data):
            raise FetchError([Problem(named, 0, "a list of feeds in a list of feeds", "name it itself")])
        if not answer.unchanged:
            self._told(answer, named)

    def _told(self, answer: Fetched, named: str) -> None:
        """Collect a feed or a page. Raises UserError."""
        if _looks_like_feed(answer):
            self._feed(answer, named)
        else:
            self._page(answer)

    def _open(self, named: str) -> Fetched:
        """Return a source's bytes, from the web or from a file. Raises FetchError."""
        if named.startswith(("http://", "https://")):
            state = self.ledger.feeds.get(named, State())
            return self.fetcher.get(named, etag=state.etag, last_modified=state.last_modified)
        try:
            return Fetched("", Path(named).read_bytes())
        except OSError as error:
            hint = "name a feed, a page (http or https) or a file"
            raise FetchError([Problem(named, 0, f"cannot be read: {error.strerror}", hint)]) from None

    def _feed(self, answer: Fetched, named: str) -> None:
        """Store the new items of a feed; its state is noted once all of them were dealt with."""
        feed = parse_feed(answer.data, answer.url or named, answer.charset)
        failed = len(self.done.failed)
        for item in feed.items:
            self._noting(self._item, item, publisher(feed.title, feed.lang))
        if len(self.done.failed) == failed and answer.url:
            self.ledger.feeds[named] = State(answer.etag, answer.last_modified)

    def _item(self, item: Item, outlet: str) -> None:
        """Store one item, in full if it can be had."""
        identities = (canonical_url(item.url), "" if item.key == item.url else item.key)
        if self.ledger.knows(*identities):
            self.done.known += 1
            return
        found = from_item(item, outlet, self.config.reading)
        if item.url and found.chars < STUB_CHARS:
            try:
                page = from_page(self.fetcher.get(item.url), self.config.reading)
            except UserError:
                if not found.paragraphs:
                    raise
            else:
                found = found.filled_from(page)
        self._store(found, *identities)

    def _page(self, answer: Fetched) -> None:
        """Store a web page. Raises ContentError when it holds no report."""
        found = from_page(answer, self.config.reading)
        identities = (canonical_url(found.url), canonical_url(answer.url))
        if self.ledger.knows(*identities):
            self.done.known += 1
        else:
            self._store(found, *identities)

    def _store(self, found: Found, *identities: str) -> None:
        """Write an article and note it."""
        name = store(found, self.config.content)
        self.ledger.add(name, *identities)
        self.done.new.append(name)
        self.say(f"  {name}")


def feeds_of_opml(data: bytes) -> list[str]:
    """Return the addresses of the feeds that an OPML file lists; none for other files (OPML 2.0)."""
    if b"<opml" not in data[:2_000].lower():
        return []
    try:
        root = ET.fromstring(data)  # noqa: S314 - expat bounds what entities may grow to
    except ET.ParseError:
        return []
    addresses = (outline.get("xmlUrl", "").strip() for outline in root.iter("outline"))
    return list(
        dict.fromkeys(address for address in addresses if address.startswith(("http://", "https://")))
    )


def _looks_like_feed(answer: Fetched) -> bool:
    """Tell a feed from a page, by its opening rather than by what the server calls it."""
    opening = answer.data[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return (
        any(mark in opening for mark in (b"<rss", b"<feed", b"<rdf:rdf"))
        or (opening.startswith(b"{") and b"jsonfeed.org" in opening)
    ) and b"<html" not in opening
