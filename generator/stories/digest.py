"""Everything that is published, in the order of the front page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter

from generator.errors import Problem
from generator.model import Article, Digest, Story, Thread, Why
from generator.stories.edition import find_edition
from generator.stories.people import Voices, find_people
from generator.stories.why import rounded


class Told:
    """The stories of the last build, and why they stand, as they were published."""

    def __init__(self) -> None:
        self._stories: dict[str, tuple[Story, str, Story]] = {}
        self._reasons: dict[str, tuple[Why, Why]] = {}

    def each(self, stories: Sequence[Story], threads: Sequence[Thread]) -> tuple[Story, ...]:
        """Return stories with the thread that they stand in; the very same where both are the same."""
        thread_of = {story: thread.id for thread in threads for story in thread.stories}
        last, self._stories = self._stories, {}
        for story in stories:
            thread, known = thread_of.get(story.id, ""), last.get(story.id)
            if not (known and known[0] is story and known[1] == thread):
                known = story, thread, story.having(thread=thread)
            self._stories[story.id] = known
        return tuple(told for *_, told in self._stories.values())

    def why(self, reasons: Mapping[str, Why]) -> dict[str, Why]:
        """Return reasons, by story, with measures as they are shown; the very same where they are the same."""
        last, self._reasons = self._reasons, {}
        for story, why in reasons.items():
            known = last.get(story)
            self._reasons[story] = known if known and known[0] is why else (why, rounded(why))
        return {story: shown for story, (_, shown) in self._reasons.items()}


def edit_digest(
    articles: Sequence[Article],
    stories: Sequence[Story],
    threads: Sequence[Thread] = (),
    skipped: Sequence[Problem] = (),
    known: Voices | None = None,
) -> Digest:
    """Return the digest; its order does not depend on the order of what is given. ``known`` saves time.

    Stories stand pinned ones first, then by independent origins, articles and latest day, undated last.
    """
    ordered = tuple(sorted(stories, key=_prominence))
    by_path = tuple(sorted(articles, key=attrgetter("path")))
    return Digest(
        articles=by_path,
        stories=ordered,
        threads=tuple(threads),
        people=find_people(ordered, known),
        edition=find_edition(by_path, ordered),
        skipped=tuple(sorted(skipped)),
    )


def _prominence(story: Story) -> tuple[bool, int, int, int, str]:
    """Return what stories are sorted by on the front page."""
    latest = story.last.day.toordinal() if story.last else 0
    return not story.pinned, -len(story.witnesses), -len(story.articles), -latest, story.articles[0].path
