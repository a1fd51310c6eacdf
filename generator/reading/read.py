"""One file of the content folder, whatever its format, made into articles.

The ending of its name decides the format. What cannot be read is named with its place and a hint; no
content of any kind raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from types import MappingProxyType
from typing import Any

from generator.config import ReadSettings
from generator.errors import ContentError, Problem
from generator.language.addresses import with_plain_scheme, without_tracking
from generator.language.agencies import find_origin, known_name
from generator.model import Article, Cut, Meta, Moment, Reading, Span
from generator.reading.analyse import analyse, merge_cuts
from generator.reading.dates import parse_date, path_date
from generator.reading.draft import META_FIELDS, Draft, Drafts, File, amended
from generator.reading.encodings import decode, seemly
from generator.reading.feedfile import draft_feed, draft_json
from generator.reading.headers import plain_header
from generator.reading.html import draft_html
from generator.reading.mail import draft_archive, draft_mail
from generator.reading.markdown import draft_markdown
from generator.reading.outlets import origin_of, outlet_of
from generator.reading.plain import draft_plain
from generator.reading.sentences import count_stops
from generator.reading.tables import draft_csv, draft_json_lines

_PAGE = re.compile(r"\s{0,99}<(?:!doctype html|html)\b", re.IGNORECASE)


def _draft_text(file: File) -> Drafts:
    """Yield the draft of a plain-text file, or of a page that is only named so."""
    text = decode(file.data, file.path)
    if _PAGE.match(text):
        yield from draft_html(file)
        return
    header = plain_header(text, file.path, file.settings)
    draft = draft_plain(file.path, file.digest, text, header.meta, file.settings, body=header.end)
    yield replace(draft, notes=(*header.notes, *draft.notes))


FORMATS: Mapping[str, Callable[[File], Drafts]] = MappingProxyType(
    {
        ".md": draft_markdown,
        ".markdown": draft_markdown,
        ".txt": _draft_text,
        ".html": draft_html,
        ".htm": draft_html,
        ".xhtml": draft_html,
        ".mhtml": draft_archive,
        ".mht": draft_archive,
        ".eml": draft_mail,
        ".xml": draft_feed,
        ".rss": draft_feed,
        ".atom": draft_feed,
        ".json": draft_json,
        ".jsonl": draft_json_lines,
        ".ndjson": draft_json_lines,
        ".csv": draft_csv,
        ".tsv": draft_csv,
    }
)
"""The reader of each ending."""
_DATELINE_CHARS = 1_000
_LEAST_BYTES = 500
"""Of an article on average, in the largest file that is read: millions of empty ones would take hours."""
_MANY_ARTICLES, _BYTES_EACH = 1_000, 60
"""Articles that may be as short as they like, and bytes of each on average where a file holds more."""
_MANY, _CHARS_EACH = 5_000, 10
"""The same for the paragraphs and for the sentences of an article, in characters: shorter ones are a list of words, or
a text in shreds."""
_CREDITS = ("byline", "dateline", "source line")
_KNOWN = f"known: {' '.join(FORMATS)}"


def read(path: str, data: bytes, settings: ReadSettings) -> Reading:
    """Return the articles of a file, and why it or items of it are none. Never raises for content."""
    articles: list[Article] = []
    skipped: list[Problem] = []
    try:
        drafts = _drafts(File(path, data, sha256(data).hexdigest(), settings))
        most, hint = _most_articles(len(data), settings)
        for draft in islice(drafts, most):
            found = _article(draft, settings)
            if isinstance(found, Article):
                articles.append(found)
            else:
                skipped.append(found)
        if next(drafts, None):
            skipped.append(Problem(path, 0, f"more than {most:,} articles: the others are left out", hint))
        elif not articles and not skipped:
            skipped.append(Problem(path, 0, "holds no article", "remove it, or look whether it is complete"))
    except ContentError as error:
        skipped.extend(error.problems)
    return Reading(tuple(articles), tuple(skipped))


def _most_articles(size: int, settings: ReadSettings) -> tuple[int, str]:
    """Return how many articles are taken from a file of ``size`` bytes, and what to do where it holds more."""
    room, dense = settings.max_bytes // _LEAST_BYTES, max(_MANY_ARTICLES, size // _BYTES_EACH)
    if room <= dense:
        return room, "divide the file, or raise reading.max_bytes"
    return dense, f"they have fewer than {_BYTES_EACH} bytes each: look whether it is a file of articles"


def dated(reading: Reading, committed: str, settings: ReadSettings) -> Reading:
    """Return a reading whose undated article has the day of its file's first commit, and a note of that.

    Articles of a file that holds several stay as they are: they came together.
    """
    found = parse_date(committed, settings.timezone) if committed else None
    if len(reading.articles) != 1 or not isinstance(found, Moment) or reading.articles[0].meta.date:
        return reading
    (article,) = reading.articles
    message = f"no date given: {found.iso[:10]}, when its file was first committed, is taken"
    note = Problem(article.path, 0, message, "write the date of the article")
    meta = replace(article.meta, date=Moment(found.day))
    return replace(reading, articles=(replace(article, meta=meta, notes=(*article.notes, note)),))


def recut(article: Article, more: Sequence[Cut]) -> Article:
    """Return the article analysed again with more of it cut."""
    draft = Draft(
        path=article.path,
        digest=article.digest,
        meta=article.meta,
        text=article.text,
        paragraphs=article.paragraphs,
        cut=merge_cuts(article.cut, more),
        repairs=article.repairs,
        notes=article.notes,
    )
    again = analyse(draft, ReadSettings())
    return replace(again, notes=tuple(dict.fromkeys(again.notes)))


def _drafts(file: File) -> Drafts:
    """Yield what the file's format finds in it. Raises ContentError."""
    if len(file.data) > file.settings.max_bytes:
        limit = f"larger than {file.settings.max_bytes:,} bytes"
        raise ContentError([Problem(file.path, 0, limit, "raise reading.max_bytes, or remove it")])
    if not file.data.strip():
        raise ContentError([Problem(file.path, 0, "empty file", "write an article, or remove it")])
    _, dot, ending = file.path.rpartition("/")[2].rpartition(".")
    if f".{ending.lower()}" not in FORMATS or not dot:
        message = f"no format of articles: .{ending}" if dot else "no format of articles: no ending"
        raise ContentError([Problem(file.path, 0, message, _KNOWN)])
    yield from FORMATS[f".{ending.lower()}"](file)


def _article(draft: Draft | Problem, settings: ReadSettings) -> Article | Problem:
    """Return the article that a draft makes; the problem of one that is none."""
    if isinstance(draft, Problem):
        return draft
    if shreds := _shreds(draft):
        message = f"{shreds} with fewer than {_CHARS_EACH} characters each: no article"
        return Problem(draft.path, 0, message, "join its lines, or remove it")
    if {cut.span for cut in draft.cut}.issuperset(draft.paragraphs):
        if not draft.meta.title.strip():
            return Problem(draft.path, 0, "no text", "write the article below its header")
        draft = _headline_alone(draft)
    meta = _seemly(draft.meta)
    day = None if "#" in draft.path or meta.date else path_date(draft.path)
    meta = amended(
        meta,
        date=Moment(day) if day else meta.date,
        outlet=meta.outlet or outlet_of(meta.url, settings),
        url=without_tracking(with_plain_scheme(meta.url)),
        archived_url=with_plain_scheme(meta.archived_url),
    )
    meta = amended(meta, origin=meta.origin or origin_of(meta))
    return _credited(analyse(replace(draft, meta=meta, text=seemly(draft.text)), settings))


def _shreds(draft: Draft) -> str:
    """Return of how many shreds a text is made up; empty for one that is none."""
    if len(draft.text) > _MANY:
        most = max(_MANY, len(draft.text) // _CHARS_EACH)
        for count, what in ((len(draft.paragraphs), "paragraphs"), (count_stops(draft.text), "sentences")):
            if count > most:
                return f"{count:,} {what}"
    return ""


def _seemly(meta: Meta) -> Meta:
    """Return metadata of which nothing turns or covers the words beside it."""
    mended: dict[str, Any] = {}
    for name in META_FIELDS:
        value = getattr(meta, name)
        if value and isinstance(value, str):
            mended[name] = seemly(value)
        elif value and isinstance(value, tuple):
            mended[name] = tuple(map(seemly, value))
    return amended(meta, **mended)


def _credited(article: Article) -> Article:
    """Return the article with the origin that a byline or dateline in its text credits."""
    lines = [article.text[slice(*cut.span)] for cut in article.cut if cut.reason in _CREDITS]
    if article.sentences:
        lines.append(article.text[article.sentences[0].start :][:_DATELINE_CHARS])
    origin = next(filter(None, map(find_origin, lines)), "")
    if article.meta.origin or not origin or origin == known_name(article.meta.outlet):
        return article
    return replace(article, meta=replace(article.meta, origin=origin))


def _headline_alone(draft: Draft) -> Draft:
    """Return the draft of an article that is a headline and nothing else: that is what it reports."""
    text = draft.meta.title.strip()
    return replace(draft, text=text, paragraphs=(Span(0, len(text)),), cut=(), repairs=())
