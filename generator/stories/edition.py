"""What is new since the last edition: told from the articles' own days, without any record kept.

The edition is the latest day on which an article appeared, the one before it the latest dated day before.
Undated articles are never new.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.model import Article, Edition, Passage, Story


def find_edition(articles: Sequence[Article], stories: Sequence[Story]) -> Edition:
    """Return the latest edition; stories and facts in the order of ``stories``."""
    days = sorted({article.meta.date.day for article in articles if article.meta.date}, reverse=True)
    if not days:
        return Edition(None, None)
    day = days[0]
    grown = [story for story in stories if story.first and story.first.day < day and _reaches(story, day)]
    facts = ((story.id, tuple(_new_facts(story, day))) for story in grown)
    return Edition(
        day,
        days[1] if len(days) > 1 else None,
        new_stories=tuple(story.id for story in stories if story.first and story.first.day == day),
        grown_stories=tuple(story.id for story in grown),
        new_facts=tuple((story, passages) for story, passages in facts if passages),
    )


def _reaches(story: Story, day: dt.date) -> bool:
    """Tell whether a story's last article is of this day or later."""
    return story.last is not None and story.last.day >= day


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
