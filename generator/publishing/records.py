"""``stories/…/index.json``: a story for programs. ``docs/output.md`` describes it.

Keys stand in a fixed order, texts are as readers see them, places are characters of the article's text.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import SPEAKER_CUT, Article, Claim, Extract, Figure, Page, Span, Story, StoryQuote
from generator.publishing import urls
from generator.publishing.drafts import Each
from generator.publishing.inventory import outline
from generator.publishing.jsonfile import Json, json_page
from generator.publishing.pages.frame import Desk


def records(desk: Desk) -> Iterator[Each[Story]]:
    """Yield the ``index.json`` of every story."""
    yield Each(_record, desk.digest.stories)


def _record(_: Desk, story: Story) -> Iterator[Page]:
    """Yield the ``index.json`` of one story."""
    yield json_page(f"{urls.folder(urls.story_path(story))}index.json", _story(story))


def _story(story: Story) -> dict[str, Json]:
    """Return all of a story's ``index.json``."""
    outlined = outline(story)
    outlined["articles"] = [
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
        **outlined,
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
