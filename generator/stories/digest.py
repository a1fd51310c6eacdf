"""Everything that is published, in the order of the front page."""

from __future__ import annotations

from collections.abc import Sequence

from generator.errors import Problem
from generator.model import Article, Digest, Story, Thread
from generator.stories.edition import find_edition
from generator.stories.people import find_people


def edit_digest(
    articles: Sequence[Article],
    stories: Sequence[Story],
    threads: Sequence[Thread] = (),
    skipped: Sequence[Problem] = (),
) -> Digest:
    """Return the digest; its order does not depend on the order of what is given.

    Stories stand pinned ones first, then by independent origins, articles and latest day, undated last.
    """
    ordered = tuple(sorted(stories, key=_prominence))
    by_path = tuple(sorted(articles, key=lambda article: article.path))
    return Digest(
        articles=by_path,
        stories=ordered,
        threads=tuple(threads),
        people=find_people(ordered),
        edition=find_edition(by_path, ordered),
        skipped=tuple(sorted(skipped)),
    )


def _prominence(story: Story) -> tuple[bool, int, int, int, str]:
    """Return what stories are sorted by on the front page."""
    latest = story.last.day.toordinal() if story.last else 0
    return not story.pinned, -len(story.witnesses), -len(story.articles), -latest, story.articles[0].path
