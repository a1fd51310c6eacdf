"""Every reader takes linear time on repeats made to hurt it, in each place that an article has."""

from __future__ import annotations

import html
import json
import time
from collections.abc import Callable, Mapping

import pytest

from generator.config import ReadSettings
from generator.reading.read import read
from tests.growth import assert_linear

UNITS = (
    "a",
    "A ",
    "1",
    "1,",
    " ",
    "\n",
    "A. ",
    "'",
    "“",
    "“a” ",
    "[",
    "<a ",
    "&a",
    "=",
    "-",
    "a.",
    ": ",
    "http://a.a",
    " \n",
    "&#32;",
)
"""What repeats of it have made other people's expressions slow."""

LONG = 16_000
SUSPECT_S = 0.1
"""What takes less for ``LONG`` characters is far below a second for 100,000, and is not measured further."""

STANDS = "The wall at Orlen stands. "
FIELDS = ("title", "source", "author", "origin", "date", "url", "tags", "slug", "lang", "summary")


def _line(text: str) -> str:
    return text.replace("\n", " ")


def _front(field: str) -> Callable[[str], str]:
    return lambda text: f"---\n{field}: {json.dumps(text, ensure_ascii=False)}\n---\n\n{STANDS}"


def _page(text: str) -> str:
    safe = html.escape(text)
    return (
        f"<html><head><title>{safe}</title><meta property='og:site_name' content='{safe}'></head>"
        f"<body><article><p>{STANDS}{safe}</p><p>{STANDS}</p></article></body></html>"
    )


def _rss(text: str) -> str:
    safe = html.escape(text)
    item = f"<title>{safe}</title><author>{safe}</author><description>{STANDS}{safe}</description>"
    return f"<rss version='2.0'><channel><title>{safe}</title><item>{item}</item></channel></rss>"


def _json(text: str) -> str:
    item = {"id": "1", "title": text, "url": text, "content_text": STANDS + text}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": text, "items": [item]})


def _csv(text: str) -> str:
    cell = text.replace('"', '""')
    return f'title,author,text\n"{cell}","{cell}","{STANDS}{cell}"\n'


def _mail(text: str) -> str:
    line = _line(text)
    return f"Subject: {line}\nFrom: {line}\nDate: {line}\nContent-Type: text/plain; charset=utf-8\n\n{STANDS}{text}\n"


PLACES: Mapping[str, Callable[[str], str]] = {
    "body.md": lambda text: f"{STANDS}{text}\n\n{STANDS}",
    "body.txt": lambda text: f"{STANDS}{text}\n\n{STANDS}",
    "quote.txt": lambda text: f"“{text}” said Ana Pell on Monday.\n\n{STANDS}",
    "head.txt": lambda text: f"Title: {_line(text)}\nSource: {_line(text)}\nDate: {_line(text)}\n\n{STANDS}",
    "raw.html": lambda text: f"<html><body><p>{STANDS}{text}</p></body></html>",
    "page.html": _page,
    "feed.xml": _rss,
    "feed.json": _json,
    "table.csv": _csv,
    "mail.eml": _mail,
    **{f"{field}.md": _front(field) for field in FIELDS},
}
"""Where an article has text, by the name of a file: what is made of the repeats."""


@pytest.mark.parametrize("name", PLACES)
def test_repeats_are_read_in_linear_time(name: str) -> None:
    settings = ReadSettings()

    def run(text: str) -> float:
        data = PLACES[name](text).encode()
        began = time.process_time()
        read(name, data, settings)
        return time.process_time() - began

    for unit in UNITS:
        if run(unit * (LONG // len(unit))) > SUSPECT_S:
            assert_linear(run, unit, LONG)
