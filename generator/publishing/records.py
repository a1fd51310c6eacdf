"""Machine-readable output: ``build.json`` and ``stories/…/index.json``. ``docs/output.md`` describes them.

Keys stand in a fixed order, texts are as readers see them, places are characters of the article's text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import NamedTuple

from generator import __version__
from generator.config import Config
from generator.errors import Problem
from generator.model import (
    SPEAKER_CUT,
    Article,
    Claim,
    Cut,
    Digest,
    Extract,
    Figure,
    Page,
    Span,
    Story,
    StoryQuote,
)
from generator.publishing import urls
from generator.publishing.drafts import Draft
from generator.publishing.pages.frame import Desk

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]
_SCHEMA = 1
"""Grows when a key changes its meaning or goes; new keys do not count."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a build: the head of ``build.json``."""

    articles: int
    outlets: int
    stories: int
    """Of two articles or more."""
    single: int
    """Stories of one article."""
    threads: int
    people: int
    skipped: int


def counts(digest: Digest) -> Counts:
    """Return the numbers of a digest."""
    single = sum(story.single for story in digest.stories)
    return Counts(
        articles=len(digest.articles),
        outlets=len({article.meta.outlet for article in digest.articles} - {""}),
        stories=len(digest.stories) - single,
        single=single,
        threads=len(digest.threads),
        people=len(digest.people),
        skipped=len(digest.skipped),
    )


def settings_hash(config: Config) -> str:
    """Return 16 hexadecimal characters that change when a setting does that can change the site."""
    sections = (config.reading, config.stories, config.summary, config.site, config.drafts)
    return sha256(repr(sections).encode()).hexdigest()[:16]


def text_digest(article: Article) -> str:
    """Return the SHA-256 of an article's cleaned text, hexadecimal."""
    return sha256(article.text.encode()).hexdigest()


def head(digest: Digest, config: Config) -> dict[str, Json]:
    """Return the head of ``build.json``: what ``crosscite build --json`` prints."""
    return {
        "crosscite": __version__,
        "schema": _SCHEMA,
        "settings": settings_hash(config),
        "counts": asdict(counts(digest)),
    }


def records(desk: Desk, config: Config) -> Iterator[Page | Draft[Story]]:
    """Yield ``build.json`` and the ``index.json`` of every story."""
    yield _build(desk, config)
    yield from (Draft(_record, story.id, story) for story in desk.digest.stories)


def _record(_: Desk, story: Story) -> Iterator[Page]:
    """Yield the ``index.json`` of one story."""
    yield _page(f"{urls.folder(urls.story_path(story))}index.json", _story(story))


def _page(path: str, data: Mapping[str, Json]) -> Page:
    """Return a JSON file with a line for each key, and in lists for each item: small to compare."""
    return _written(
        path, {key: _lines(map(_dump, v)) if isinstance(v, list) else _dump(v) for key, v in data.items()}
    )


def _written(path: str, data: Mapping[str, str]) -> Page:
    """Return a JSON file of values that are JSON already."""
    lines = ",\n".join(f"{_dump(key)}: {value}" for key, value in data.items())
    return Page(path, f"{{\n{lines}\n}}\n".encode())


def _lines(items: Iterable[str]) -> str:
    """Return a list with a line for each item."""
    lines = ",\n".join(items)
    return f"[\n{lines}\n]" if lines else "[]"


def _dump(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _build(desk: Desk, config: Config) -> Page:
    """Return ``build.json``; the lines of articles and stories are kept from edition to edition."""
    digest = desk.digest
    threads = [{"id": one.id, "title": one.title, "stories": list(one.stories)} for one in digest.threads]
    lines = {line.id: line.text for story in digest.stories for line in desk.once(_members, story)}
    return _written(
        "build.json",
        {
            **{key: _dump(value) for key, value in head(digest, config).items()},
            "articles": _lines(lines[article.id] for article in digest.articles),
            "stories": _lines(desk.once(_outlined, story) for story in digest.stories),
            "threads": _lines(map(_dump, threads)),
            "skipped": _lines(_dump(_problem(problem)) for problem in digest.skipped),
        },
    )


class _Line(NamedTuple):
    """An article as ``build.json`` lists it."""

    id: str
    text: str


def _members(_: Desk, story: Story) -> tuple[_Line, ...]:
    """Return the lines of a story's articles."""
    return tuple(_Line(article.id, _dump(_article(article, story))) for article in story.articles)


def _outlined(_: Desk, story: Story) -> str:
    """Return the line of a story."""
    return _dump(_outline(story))


def _article(article: Article, story: Story) -> Json:
    """Return an article with what was cut from it."""
    meta = article.meta
    return {
        "path": article.path,
        "id": article.id,
        "title": meta.title,
        "date": meta.date.iso if meta.date else None,
        "outlet": meta.outlet,
        "origin": meta.origin,
        "lang": meta.lang,
        "url": urls.outside(meta.url),
        "page": urls.folder(urls.article_path(article)),
        "source_sha256": article.digest,
        "text_sha256": text_digest(article),
        "story": story.id,
        "thread": story.thread or None,
        "cut": [_cut(article, cut) for cut in article.cut],
        "notes": [_problem(note) for note in article.notes],
    }


def _cut(article: Article, cut: Cut) -> Json:
    return {
        "reason": cut.reason,
        "start": cut.span.start,
        "end": cut.span.end,
        "text": article.shown(cut.span),
    }


def _problem(problem: Problem) -> Json:
    return {"path": problem.path, "line": problem.line, "message": problem.message, "hint": problem.hint}


def _outline(story: Story) -> dict[str, Json]:
    """Return a story as ``build.json`` lists it."""
    return {
        "id": story.id,
        "slug": urls.story_slug(story),
        "page": urls.folder(urls.story_path(story)),
        "headline": story.headline.text,
        "thread": story.thread or None,
        "articles": [article.id for article in story.articles],
    }


def _story(story: Story) -> dict[str, Json]:
    """Return all of a story's ``index.json``."""
    outline = _outline(story)
    outline["articles"] = [
        {
            "number": number,
            "id": article.id,
            "title": article.meta.title,
            "outlet": article.meta.outlet,
            "origin": article.meta.origin,
            "date": article.meta.date.iso if article.meta.date else None,
            "url": urls.outside(article.meta.url),
            "page": urls.folder(urls.article_path(article)),
        }
        for number, article in enumerate(story.articles, 1)
    ]
    return {
        **outline,
        "origins": [
            {"origin": witness.origin, "articles": list(witness.articles), "copies": witness.copies}
            for witness in story.witnesses
        ],
        "extracts": [_extract(story, extract) for extract in story.extracts],
        "quotes": [_quote(story, quote) for quote in story.quotes],
        "figures": [_figure(article, figure) for article in story.articles for figure in article.figures],
        "differences": [
            {
                "kind": difference.kind,
                "label": difference.label,
                "given": [
                    _place(story.article(given.passage.article), given.span) for given in difference.given
                ],
            }
            for difference in story.differences
        ],
        "claims": [_claim(story, claim) for claim in story.claims],
    }


def _place(article: Article, span: Span) -> dict[str, Json]:
    """Return words with the place where they stand."""
    start, end = span
    return {"text": article.shown(span), "article": article.id, "start": start, "end": end}


def _extract(story: Story, extract: Extract) -> Json:
    """Return a sentence of the brief with the articles that say the same, or differ."""
    support = extract.support
    return {
        **_place(story.article(extract.passage.article), extract.passage.span),
        "supported_by": [one.passage.article for one in support if one.relation == "same"],
        "differs_from": [one.passage.article for one in support if one.relation == "differs"],
    }


def _claim(story: Story, claim: Claim) -> Json:
    """Return a row of *Who reports what*: the sentence, and each article's stand with its own words."""
    return {
        **_place(story.article(claim.passage.article), claim.passage.span),
        "cells": [
            {
                "article": cell.article,
                "state": cell.state,
                "passage": _place(story.article(cell.article), cell.passage.span) if cell.passage else None,
            }
            for cell in claim.cells
        ],
    }


def _quote(story: Story, quote: StoryQuote) -> Json:
    """Return a quote with its speaker and its other wordings; an unclear speaker is empty."""
    sure = quote.confidence >= SPEAKER_CUT
    return {
        **_place(story.article(quote.passage.article), quote.passage.span),
        "speaker": quote.speaker if sure else "",
        "role": quote.role if sure else "",
        "mention": quote.mention,
        "cue": quote.cue,
        "via": quote.via,
        "confidence": round(quote.confidence, 3),
        "inferred": quote.inferred,
        "variants": [
            {
                **_place(story.article(one.passage.article), one.passage.span),
                "likeness": round(one.likeness, 3),
            }
            for one in quote.variants
        ],
    }


def _figure(article: Article, figure: Figure) -> Json:
    """Return a number found in an article of the story."""
    return {
        **_place(article, figure.span),
        "value": figure.value,
        "unit": figure.unit,
        "noun": article.shown(figure.noun) if figure.noun else "",
        "firm": figure.firm,
    }
