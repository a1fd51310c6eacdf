"""What has passed the last gate: the memory of a running process, so that only what moves is read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from generator.model import Article, Moved, Page, Story
from generator.publishing import urls
from generator.publishing.links import ids
from generator.publishing.proof import Cites


class Standing(NamedTuple):
    """The pages of a site beside those that passed the last time."""

    pages: Mapping[str, Page]
    """All, by path."""
    fresh: Mapping[str, Page]
    """Those that are new or other."""
    gone: AbstractSet[str]


class Passed:
    """What passed the last time: the memory of a running process. What is found meanwhile is put in with ``take``."""

    def __init__(self) -> None:
        self.articles: Mapping[str, Article] = {}
        self.homes: Mapping[int, tuple[Story, str]] = {}
        """Stories and the paths of their pages, by the number of the story, which no other has while it is held here."""
        self.cites: dict[str, Cites] = {}
        """By page."""
        self.base = ""
        self.last: Sequence[Page] = ()
        self.pages: Mapping[str, Page] = {}
        self.targets: dict[str, frozenset[str]] = {}
        """By page: the files that it links to, and the places on them (``file#id``)."""

    def take(self, pages: Sequence[Page], standing: Standing) -> None:
        """Take pages that have just passed."""
        self.last, self.pages = pages, standing.pages
        for path in standing.gone:
            self.cites.pop(path, None)
            self.targets.pop(path, None)

    def standing(self, pages: Sequence[Page], moved: Moved | None) -> Standing:
        """Return how pages stand beside the last ones; ``moved`` saves comparing all of them."""
        if moved and moved.before is self.last:
            now = {**self.pages, **moved.fresh}
            for path in moved.gone:
                del now[path]
            return Standing(now, moved.fresh, moved.gone)
        before, now = self.pages.get, {page.path: page for page in pages}
        fresh = {path: page for path, page in now.items() if before(path) != page}
        return Standing(now, fresh, self.pages.keys() - now.keys())

    def home(self, story: Story) -> tuple[Story, str]:
        """Return a story and the path of its page."""
        return self.homes.get(id(story)) or (story, urls.story_path(story))

    def other_articles(self, articles: Mapping[str, Article]) -> frozenset[bytes]:
        """Return the ids of articles that are new, gone or other."""
        known = self.articles.get
        moved = [id_ for id_, article in articles.items() if known(id_) is not article]
        other = {id_ for id_ in moved if known(id_) != articles[id_]}
        return frozenset(id_.encode() for id_ in other | (self.articles.keys() - articles.keys()))

    def lost(self, standing: Standing) -> frozenset[str]:
        """Return the files and places that are no more."""
        lost, pages = set(standing.gone), standing.pages
        here = [path for path in standing.fresh if path in self.pages]
        for path in (*standing.gone, *here):
            now = ids(pages[path]) if path in pages else frozenset()
            lost |= {f"{path}#{id_.decode()}" for id_ in ids(self.pages[path]) - now}
        return frozenset(lost)
