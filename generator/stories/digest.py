"""Everything that is published, in the order of the front page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress
from operator import attrgetter, ne

from generator.errors import Problem
from generator.model import Article, Digest, Story, Thread, Why
from generator.stories.edition import Days, find_edition
from generator.stories.people import Voices, find_people
from generator.stories.why import rounded
from generator.turned import Last, Order, exchanged, turned


class Told:
    """The stories of the last build, and why they stand, as they were published."""

    def __init__(self) -> None:
        self._ids = Last[Story, str](attrgetter("id"))
        self._stories: Sequence[Story] = ()
        self._threads: list[str] = []
        self._told: list[Story] = []
        self._rounded = Last(rounded)

    def each(self, stories: Sequence[Story], threads: Sequence[Thread]) -> tuple[Story, ...]:
        """Return stories with the thread that they stand in; the very same where both are the same."""
        thread_of = {story: thread.id for thread in threads for story in thread.stories}
        names = [thread_of.get(id_, "") for id_ in self._ids.of(stories)]
        places = turned(self._stories, stories)
        if places is None:
            known = dict(
                zip(map(id, self._stories), zip(self._threads, self._told, strict=True), strict=True)
            )
            last = [known.get(id(story), (None, story)) for story in stories]
            before = [told for _, told in last]
            others = [place for place, (name, _) in enumerate(last) if name != names[place]]
        else:
            before = self._told
            others = sorted({*places, *compress(range(len(names)), map(ne, names, self._threads))})
        fresh = [stories[place].having(thread=names[place]) for place in others]
        self._stories, self._threads, self._told = stories, names, exchanged(before, others, fresh)
        return tuple(self._told)

    def why(self, reasons: Mapping[str, Why]) -> dict[str, Why]:
        """Return reasons, by story, with measures as they are shown; the very same where they are the same."""
        return dict(zip(reasons, self._rounded.of(list(reasons.values())), strict=True))


class Editing:
    """What was put in order for the last digest."""

    def __init__(self) -> None:
        self.voices = Voices()
        self.days = Days()
        self.by_path = Order[Article](attrgetter("path"))
        self.by_prominence = Order(_prominence)


def edit_digest(
    articles: Sequence[Article],
    stories: Sequence[Story],
    threads: Sequence[Thread] = (),
    skipped: Sequence[Problem] = (),
    known: Editing | None = None,
) -> Digest:
    """Return the digest; its order does not depend on the order of what is given. ``known`` saves time.

    Stories stand pinned ones first, then by independent origins, articles and latest day, undated last.
    """
    known = known or Editing()
    ordered = tuple(known.by_prominence.of(stories))
    by_path = tuple(known.by_path.of(articles))
    return Digest(
        articles=by_path,
        stories=ordered,
        threads=tuple(threads),
        people=find_people(ordered, known.voices),
        edition=find_edition(by_path, ordered, known.days),
        skipped=tuple(sorted(skipped)),
    )


def _prominence(story: Story) -> tuple[bool, int, int, int, str]:
    """Return what stories are sorted by on the front page."""
    latest = story.last.day.toordinal() if story.last else 0
    return not story.pinned, -len(story.witnesses), -len(story.articles), -latest, story.articles[0].path
