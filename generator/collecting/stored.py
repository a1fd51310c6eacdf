"""An article that was fetched, and the file it becomes: ``content/<date>-<slug>.md``."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from generator.collecting.fetch import Fetched
from generator.collecting.ledger import write_whole
from generator.collecting.markdown import front_matter, to_markdown
from generator.config import ReadSettings
from generator.errors import ContentError, Problem
from generator.language.addresses import is_address, without_tracking
from generator.model import Article, Moment
from generator.publishing.urls import slug
from generator.reading.dates import parse_date
from generator.reading.encodings import decode
from generator.reading.feedfile import Item
from generator.reading.read import read
from generator.reading.tags import is_html, paragraphs_of

_RETRIEVED = re.compile(rb"^retrieved: [^\n]{0,99}\n", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article from the web, before it is stored. Empty where the source is silent."""

    title: str
    url: str
    outlet: str
    date: Moment | None
    updated: Moment | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    lang: str = ""
    paragraphs: tuple[str, ...] = ()

    @property
    def chars(self) -> int:
        """Length of its text."""
        return sum(map(len, self.paragraphs))

    def filled_from(self, page: Found) -> Found:
        """Return it with the page's text where that is longer, and the page's word where it is silent."""
        return replace(
            self,
            title=self.title or page.title,
            outlet=self.outlet or page.outlet,
            date=self.date or page.date,
            authors=self.authors or page.authors,
            lang=self.lang or page.lang,
            paragraphs=page.paragraphs if page.chars > self.chars else self.paragraphs,
        )


def from_item(item: Item, outlet: str, settings: ReadSettings) -> Found:
    """Return what a feed says of an article; ``outlet`` is the feed's title."""
    text = item.content or item.summary
    paragraphs = [part.text for part in paragraphs_of(text)] if is_html(text) else text.split("\n")
    return Found(
        title=" ".join(item.title.split()),
        url=_address(item.url),
        outlet=item.source or outlet,
        date=_moment(item.date, settings),
        updated=_moment(item.updated, settings),
        authors=item.authors,
        tags=item.tags,
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph.strip()),
    )


def from_page(answer: Fetched, settings: ReadSettings) -> Found:
    """Return the report on a web page. Raises ContentError when there is none."""
    page = decode(answer.data, answer.url, answer.charset, raw=True)
    reading = read("page.html", page.encode(), settings)
    if not reading.articles:
        reasons = [problem.message for problem in reading.skipped] or ["no article found in the page"]
        raise ContentError([Problem(answer.url, 0, reason) for reason in reasons])
    article = reading.articles[0]
    meta = article.meta
    return Found(
        title=meta.title,
        url=_address(meta.url) or _address(answer.url),
        outlet=meta.outlet,
        date=meta.date,
        updated=meta.updated,
        authors=meta.authors,
        tags=meta.tags,
        lang=meta.lang,
        paragraphs=_kept(article),
    )


def _kept(article: Article) -> tuple[str, ...]:
    """Return the paragraphs of an article but its title; what else is cut, every build decides anew."""
    titles = {cut.span for cut in article.cut if cut.reason == "title"}
    return tuple(article.shown(span) for span in article.paragraphs if span not in titles)


def store(found: Found, content: Path) -> str:
    """Write an article to a new file; return its name. Raises ContentError for one without text."""
    if not found.paragraphs:
        raise ContentError([Problem(found.url, 0, "no text in the feed, and none found on its page")])
    head = front_matter(
        {
            "title": found.title,
            "date": found.date.iso if found.date else "",
            "updated": found.updated.iso if found.updated and found.updated != found.date else "",
            "source": found.outlet,
            "url": found.url,
            "authors": list(found.authors),
            "tags": list(found.tags),
            "lang": found.lang,
            "retrieved": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        }
    )
    data = f"{head}\n{to_markdown(found.paragraphs)}\n".encode()
    day = f"{found.date.day.isoformat()}-" if found.date else ""
    return _write_new(content, day + slug(found.title or found.paragraphs[0], "article"), data)


def _write_new(content: Path, stem: str, data: bytes) -> str:
    """Write a file that is not there yet, with a number behind its stem if need be; return its name.

    A file that holds the same, but for the time of retrieval, is left: a killed run stored it, and did not
    note so. Raises FetchError.
    """
    names = (f"{stem}.md" if number == 1 else f"{stem}-{number}.md" for number in count(1))
    for name in names:
        file = content / name
        if not file.exists():
            write_whole(file, data)
            return name
        if _without_time(file.read_bytes()) == _without_time(data):
            return name
    raise AssertionError


def _without_time(data: bytes) -> bytes:
    return _RETRIEVED.sub(b"", data, count=1)


def _address(url: str) -> str:
    """Return an address fit to be linked, without what only tracks; else nothing."""
    return without_tracking(url) if is_address(url) else ""


def _moment(text: str, settings: ReadSettings) -> Moment | None:
    """Return the date that a feed gives, if it is one."""
    found = parse_date(text, settings.timezone) if text else None
    return found if isinstance(found, Moment) else None
