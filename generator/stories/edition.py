"""What is new since the last edition: told from the articles' own days, without any record kept.

The edition is the latest day on which an article appeared, the one before it the latest dated day before.
Undated articles are never new.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.model import Article, Edition, Passage, Story
from generator.turned import Last


class Days:
    """The days of the last articles and stories."""

    def __init__(self) -> None:
        self.articles = Last(_day)
        self.stories = Last(_span)


def find_edition(articles: Sequence[Article], stories: Sequence[Story], known: Days | None = None) -> Edition:
    """Return the latest edition; stories and facts in the order of ``stories``. ``known`` saves time."""
    known = known or Days()
    days = sorted(filter(None, set(known.articles.of(articles))), reverse=True)
    if not days:
        return Edition(None, None)
    day, spans = days[0], known.stories.of(stories)
    grown = [story for story, span in zip(stories, spans, strict=True) if span and span[0] < day <= span[1]]
    facts = ((story.id, tuple(_new_facts(story, day))) for story in grown)
    return Edition(
        day,
        days[1] if len(days) > 1 else None,
        new_stories=tuple(
            story.id for story, span in zip(stories, spans, strict=True) if span and span[0] == day
        ),
        grown_stories=tuple(story.id for story in grown),
        new_facts=tuple((story, passages) for story, passages in facts if passages),
    )


def _day(article: Article) -> dt.date | None:
    """Return the day of an article."""
    return article.meta.date.day if article.meta.date else None


def _span(story: Story) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day of a story."""
    return (story.first.day, story.last.day) if story.first and story.last else None


def _newer(story: Story, day: dt.date) -> frozenset[str]:
    """Return the ids of a story's articles of this day."""
    return frozenset(a.id for a in story.articles if a.meta.date and a.meta.date.day == day)


def _new_facts(story: Story, day: dt.date) -> Iterator[Passage]:
    """Yield what only the articles of this day report: claims of theirs alone, then single sentences."""
    new = _newer(story, day)
    for claim in story.claims:
        if new.issuperset(cell.article for cell in claim.cells if cell.passage):
            yield claim.passage
    yield from (passage for passage in story.only if passage.article in new)
