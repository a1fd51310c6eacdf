"""What is done to one item of a build, here or in a process of its own.

Whoever does a task imports what it needs: a process that has all its reading done by others never loads what
takes apart Markdown, pages and sentences.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.config import ReadSettings, SummarySettings
from generator.errors import ContentError
from generator.model import Article, Cut, Group, Reading, Source, Story
from generator.system.files import load


def read_source(source: Source, settings: ReadSettings) -> Reading:
    """Read one file; one that is gone or has just changed is skipped."""
    from generator.reading.read import dated, read  # noqa: PLC0415

    try:
        return dated(read(source.path, load(source), settings), source.committed, settings)
    except ContentError as error:
        return Reading(skipped=error.problems)


def tell(group: Group, settings: SummarySettings) -> Story:
    """Return the story of a group without its articles: ``with_articles`` gives it those that are at hand."""
    from generator.stories.telling import tell_story  # noqa: PLC0415

    return replace(tell_story(group, settings), articles=())


def with_articles(group: Group, story: Story) -> Story:
    """Return the story with the articles of its group."""
    return replace(story, articles=group.articles)


@dataclass(frozen=True, slots=True)
class Recurring:
    """What an outlet prints under many of its articles, in one of them."""

    article: Article
    cuts: tuple[Cut, ...]

    @property
    def key(self) -> str:
        """Digest of all that cutting reads."""
        return f"{self.article.key} {self.article.meta!r} {self.cuts!r}"


def cut_recurring(item: Recurring) -> Article:
    """Return the article without what recurs."""
    from generator.reading.read import recut  # noqa: PLC0415

    return recut(item.article, item.cuts)
