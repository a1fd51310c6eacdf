"""What has passed the last gate: the memory of a running process, so that only what moves is read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeVar

from generator.model import Article, Digest, Moved, Page, Story
from generator.publishing import urls
from generator.publishing.links import ids
from generator.publishing.proof import Cites
from generator.turned import turned

Thing = TypeVar("Thing")


class Standing(NamedTuple):
    """The pages of a site beside those that passed the last time."""

    pages: Mapping[str, Page]
    """All, by path."""
    fresh: Mapping[str, Page]
    """Those that are new or other."""
    gone: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class Told:
    """The articles and stories of an edition."""

    all_articles: Sequence[Article] = ()
    all_stories: Sequence[Story] = ()
    articles: Mapping[str, Article] = field(default_factory=dict)
    """By id."""
    homes: Mapping[str, Story] = field(default_factory=dict)
    """By the path of their page."""

    def then(self, digest: Digest) -> tuple[Told, list[str], list[Story]]:
        """Return those of the next edition, the ids of articles that are new, gone or other, and other stories."""
        articles, stories = digest.articles, digest.stories
        by_id, ids = _moved(self.all_articles, articles, self.articles, attrgetter("id"))
        homes, paths = _moved(self.all_stories, stories, self.homes, urls.story_path)
        other = [id_ for id_ in ids if self.articles.get(id_) != by_id.get(id_)]
        return Told(articles, stories, by_id, homes), other, [homes[path] for path in paths if path in homes]


def _moved(
    before: Sequence[Thing], now: Sequence[Thing], known: Mapping[str, Thing], name: Callable[[Thing], str]
) -> tuple[Mapping[str, Thing], Iterable[str]]:
    """Return things by name, and the names under which the very same does not stand as before."""
    places = turned(before, now)
    if places is None:
        found = {name(thing): thing for thing in now}
        other = [key for key, thing in found.items() if known.get(key) is not thing]
        return found, [*other, *(known.keys() - found.keys())]
    gone, fresh = ({name(some[place]): some[place] for place in places} for some in (before, now))
    left = {key: thing for key, thing in known.items() if key not in gone} if gone.keys() - fresh else known
    return {**left, **fresh}, [*fresh, *(gone.keys() - fresh.keys())]


class Passed:
    """What passed the last time: the memory of a running process. What is found meanwhile is put in with ``take``."""

    def __init__(self) -> None:
        self.told = Told()
        self.cites: dict[str, Cites] = {}
        """By page."""
        self._citing: defaultdict[bytes, set[str]] = defaultdict(set)
        """The pages that cite each article."""
        self.base = ""
        self.last: Sequence[Page] = ()
        self.pages: Mapping[str, Page] = {}
        self.targets: dict[str, frozenset[str]] = {}
        """By page: the files that it links to, and the places on them (``file#id``)."""

    def take(self, pages: Sequence[Page], standing: Standing) -> None:
        """Take pages that have just passed."""
        self.last, self.pages = pages, standing.pages
        self.take_cites(dict.fromkeys(standing.gone, Cites()))
        for path in standing.gone:
            del self.cites[path]
            self.targets.pop(path, None)

    def take_cites(self, cites: Mapping[str, Cites]) -> None:
        """Take what pages cite, in place of what they did."""
        for path, one in cites.items():
            before = self.cites.get(path, Cites()).articles
            for article in before - one.articles:
                self._citing[article].discard(path)
            for article in one.articles - before:
                self._citing[article].add(path)
            self.cites[path] = one

    def citing(self, articles: Iterable[str]) -> list[str]:
        """Return the pages that cite some of these articles."""
        found = (self._citing.get(id_.encode(), ()) for id_ in articles)
        return sorted(set(chain.from_iterable(found)))

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

    def lost(self, standing: Standing) -> frozenset[str]:
        """Return the files and places that are no more."""
        lost, pages = set(standing.gone), standing.pages
        here = [path for path in standing.fresh if path in self.pages]
        for path in (*standing.gone, *here):
            now = ids(pages[path]) if path in pages else frozenset()
            lost |= {f"{path}#{id_.decode()}" for id_ in ids(self.pages[path]) - now}
        return frozenset(lost)
