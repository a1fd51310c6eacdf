"""Every reader takes linear time on repeats made to hurt it, in each place that an article has."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from random import Random

import pytest

from generator.config import ReadSettings
from generator.reading.read import read
from tests.growth import TIMES, assert_linear, assert_near, repeats, seconds

UNITS = (
    "a",
    "A ",
    "1",
    "1,",
    " ",
    "\n",
    "A. ",
    "A№ said. ",
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

LONG, _WHOLE = 16_000, 100_000
_SUSPECT = 2
"""What takes fewer times as long as prose is far below a second for 100,000 characters, and is not measured further."""

CRUMBS: Mapping[str, str] = {
    "a.md": "[<!--|<p>a|<b>|`a`|_a_|<div>Read more: x\n\nA. ",
    "a.txt": "<![CDATA[|1. a\n|A. |It holds. |a\n\n|By Anna Lee\n\n|### Lee in Karsk\n\n> “It holds,” she said.\n\n* 2 of 300\n\n"
    "|Tom Hale, 45, said: “We lost 5 million euros.” “And more will follow,” he added. ",
    "a.html": "he said “a” |``a``|'a' |<li>a|By Anna Lee\n\na,\"b\n|<div class=related><h2>More</h2><ul><li><a href=a>Lee falls</a></ul></div>\n",
    "a.eml": "Read more: x\n\n",
    "a.xml": "<item><title>a</title></item>|<b>",
    "a.jsonl": '{"text":"a"}\n',
    "a.csv": "1. Anna Lee said 1,000.\n2. Tom Hale said 2,000.\n",
}
"""Much of what costs something each time in few letters, by the file in which it stands: repeats parted by bars."""
BEGIN = {
    "a.html": "<html><body><article><p>",
    "a.eml": "Subject: a\nContent-Type: text/plain; charset=utf-8\n\n",
    "a.xml": "<rss><channel><item><title>a</title><description>",
    "a.csv": "title,text\n",
}

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


def _prose(chars: int) -> str:
    """Return ordinary prose in paragraphs, no sentence like another."""
    chance = Random(5)
    who = (
        "Ana Pell",
        "the board",
        "The Orlen Times",
        "Tom Hale, the mayor of Karsk,",
        "a guard",
        "the river",
    )
    did = (
        "said on Monday",
        "told reporters",
        "crossed the old wall",
        "left 300 people",
        "held",
        "lost 5 million euros",
    )
    why = (
        "after the storm",
        "near the gate",
        "“and it will hold”",
        "in March 2025",
        "with the help of neighbours",
    )
    made: list[str] = []
    while chars > 0:
        parts = [chance.choice(words) for words in (who, did, why, who, did, why)]
        made.append(" ".join(parts).capitalize() + (". " if chance.random() < 0.8 else ".\n\n"))
        chars -= len(made[-1])
    return "".join(made)


@pytest.mark.parametrize("name", PLACES)
def test_repeats_are_read_in_linear_time(name: str) -> None:
    settings = ReadSettings()

    def run(text: str) -> None:
        read(name, PLACES[name](text).encode(), settings)

    prose = _prose(LONG).encode()
    usual = seconds(lambda _: read("a.txt", prose, settings), "")
    for unit in UNITS:
        if seconds(run, repeats(unit, LONG)) > _SUSPECT * usual:
            assert_linear(run, unit, LONG)


def test_repeats_of_crumbs_cost_little_more_than_prose() -> None:
    settings = ReadSettings()

    def run(path: str) -> None:
        read(path.partition("/")[0], texts[path].encode(), settings)

    texts = {"a.txt": _prose(_WHOLE)} | {
        f"{name}/{unit}": BEGIN.get(name, "") + unit * (_WHOLE // len(unit))
        for name, units in CRUMBS.items()
        for unit in units.split("|")
    }
    usual = seconds(run, "a.txt")
    for path in texts:
        if seconds(run, path) > TIMES * usual:
            assert_near(run, path, "a.txt")
