"""What lists show of a story, wherever it is listed: lists are made anew only where that differs."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import NamedTuple

from generator.model import Moment, Story
from generator.publishing.parts import EntryPart


class Listed(NamedTuple):
    """What lists of other pages show of a story, and what they are put in order by."""

    entry: EntryPart
    """As an entry, seen from the site's root."""
    headline: str
    """In plain words."""
    letter: str
    """That its headline is filed under."""
    days: tuple[dt.date, ...]
    """Its first and last; none when it is not dated."""
    dates: tuple[dt.date, ...]
    """Those of its articles, each once, in order."""
    undated: bool
    """Whether one of its articles gives none."""
    age: float
    """What feeds are put in order by, the latest first."""
    single: bool
    hidden: bool


def listed(story: Story, entry: EntryPart) -> Listed:
    """Return what lists show of a story beside its entry."""
    dates = {article.meta.date.day if article.meta.date else None for article in story.articles}
    return Listed(
        entry=entry,
        headline=story.headline.text,
        letter=letter(story.headline.text),
        days=tuple(moment.day for moment in (story.first, story.last) if moment),
        dates=tuple(sorted(day for day in dates if day)),
        undated=None in dates,
        age=-instant(story.last).timestamp(),
        single=story.single,
        hidden=story.hidden,
    )


def letter(words: str) -> str:
    """Return the letter that words are filed under: their first without accents, ``#`` for none."""
    for character in words[:200]:
        if character.isalnum():
            plain = unicodedata.normalize("NFKD", character)[0].upper()[0]
            return "#" if plain.isdigit() else plain
    return "#"


def instant(moment: Moment | None) -> dt.datetime:
    """Return a moment in UTC; a day alone counts from its start, none from the start of 1970."""
    if moment is None:
        return dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    if moment.time:
        return moment.time.astimezone(dt.UTC)
    return dt.datetime.combine(moment.day, dt.time(), dt.UTC)
