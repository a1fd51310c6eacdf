"""What has passed the last gate: the memory of a running process, so that only what moves is read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.model import Article, Moved, Page, Story
from generator.publishing.links import ids
from generator.publishing.proof import Cites

if TYPE_CHECKING:
    from generator.publishing.verify import _Links, _Proof


class Passed:
    """What passed the last time: the memory of a running process."""

    def __init__(self) -> None:
        self.articles: Mapping[str, Article] = {}
        self.stories: Mapping[str, Story] = {}
        """By the path of their page."""
        self.cites: Mapping[str, Cites] = {}
        """By page."""
        self.base = ""
        self.last: Sequence[Page] = ()
        self.pages: Mapping[str, Page] = {}
        self.targets: Mapping[str, frozenset[str]] = {}
        """By page: the files that it links to, and the places on them (``file#id``)."""

    def take(self, pages: Sequence[Page], proof: _Proof, links: _Links) -> None:
        """Take what has just passed."""
        self.last = pages
        self.articles, self.stories, self.cites = proof.articles, proof.wanted, proof.cites
        self.base, self.pages, self.targets = links.base, links.pages, links.targets

    def known(
        self, pages: Sequence[Page], moved: Moved | None
    ) -> tuple[Mapping[str, Page], Mapping[str, Page]]:
        """Return all pages by path, and those of them that are new or other."""
        if moved and moved.before is self.last:
            now = {**self.pages, **moved.fresh}
            for path in moved.gone:
                del now[path]
            return now, moved.fresh
        before, now = self.pages.get, {page.path: page for page in pages}
        return now, {path: page for path, page in now.items() if before(path) != page}

    def other_articles(self, articles: Mapping[str, Article]) -> frozenset[bytes]:
        """Return the ids of articles that are new, gone or other."""
        known = self.articles.get
        moved = [id_ for id_, article in articles.items() if known(id_) is not article]
        other = {id_ for id_ in moved if known(id_) != articles[id_]}
        return frozenset(id_.encode() for id_ in other | (self.articles.keys() - articles.keys()))

    def lost(self, pages: Mapping[str, Page], fresh: Iterable[str]) -> frozenset[str]:
        """Return the files and places that are no more."""
        lost = set(self.pages.keys() - pages.keys())
        here = [path for path in fresh if path in self.pages]
        for path in (*lost, *here):
            now = ids(pages[path]) if path in pages else frozenset()
            lost |= {f"{path}#{id_.decode()}" for id_ in ids(self.pages[path]) - now}
        return frozenset(lost)
