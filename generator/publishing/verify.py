"""The last gate: nothing leaves that is not word for word in its source, and no link leads nowhere.

Works on the bytes of the pages, so that it also holds for templates that users write: ``proof.py`` reads what is
cited, ``links.py`` what is linked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.errors import Problem, SiteError
from generator.model import Article, Digest, Moved, Page
from generator.publishing import urls
from generator.publishing.links import Ends, Links, ids
from generator.publishing.passed import Passed
from generator.publishing.proof import Cites, Proof


def verify(
    pages: Sequence[Page],
    digest: Digest,
    base_url: str = "",
    passed: Passed | None = None,
    moved: Moved | None = None,
) -> None:
    """Raise SiteError naming each page with words that are not its source's, or with a dead link.

    With what ``passed`` the last time only pages that are new or other are read, those that cite an article
    that is new or other, and those that link to what is no more. ``moved`` saves comparing all of them.
    """
    passed = passed or Passed()
    known, fresh = passed.known(pages, moved)
    proof = _Proof(digest, known, passed)
    links = _Links(known, urls.base_path(base_url), passed)
    problems = [*proof.check(fresh), *links.check(fresh)]
    if problems:
        raise SiteError(problems)
    passed.take(pages, proof, links)


def misquotations(pages: Sequence[Page], digest: Digest) -> Iterator[Problem]:
    """Yield cited words that are not their source's, and passages that a story's page must show and does not."""
    known = {page.path: page for page in pages}
    return _Proof(digest, known, Passed()).check(known)


def dead_links(pages: Sequence[Page], base_url: str = "") -> Iterator[Problem]:
    """Yield each link within the site that leads to no page, or to no place on it: "…: the link"."""
    known = {page.path: page for page in pages}
    return _Links(known, urls.base_path(base_url), Passed()).check(known)


class _Proof:
    """Compares cited elements with their sources, and remembers what stood where."""

    def __init__(self, digest: Digest, pages: Mapping[str, Page], passed: Passed) -> None:
        self.articles: Mapping[str, Article] = {article.id: article for article in digest.articles}
        self.cites = {path: cites for path, cites in passed.cites.items() if path in pages}
        self.wanted = {urls.story_path(story): story for story in digest.stories}
        self._pages, self._passed = pages, passed

    def check(self, fresh: Mapping[str, Page]) -> Iterator[Problem]:
        """Yield what is wrong with the citations of pages that are new or other, and of those that it may touch."""
        proof, problems, known = Proof(self.articles), list[Problem](), self._passed.stories.get
        other = self._passed.other_articles(self.articles) if self.cites else frozenset()
        touched = [path for path, cites in self.cites.items() if not other.isdisjoint(cites.articles)]
        read = dict.fromkeys(path for path in (*fresh, *touched) if path.endswith(".html"))
        for path in read:
            self.cites[path] = proof.read(self._pages[path], problems)
        yield from problems
        asked = (pair for pair in self.wanted.items() if known(pair[0]) is not pair[1] or pair[0] in read)
        yield from proof.missing(asked, lambda path: self.cites.get(path, Cites()).seen)


class _Links:
    """Follows every link within the site, and remembers where each page leads."""

    def __init__(self, pages: Mapping[str, Page], base: str, passed: Passed) -> None:
        self.pages, self.base = pages, base
        known = passed.targets if base == passed.base else {}
        self.targets = {path: targets for path, targets in known.items() if path in pages}
        self._passed = passed
        self._ids: dict[str, frozenset[bytes]] = {}

    def check(self, fresh: Mapping[str, Page]) -> Iterator[Problem]:
        """Yield the dead links of pages that are new or other, and of those that link to what is no more."""
        links, ends = Links(self.base), Ends(self.pages.keys(), self._ids_of)
        lost = self._passed.lost(self.pages, fresh)
        touched = [path for path, targets in self.targets.items() if not lost.isdisjoint(targets)]
        for path in dict.fromkeys((*fresh, *touched)) if self.targets else self.pages:
            if path.endswith(".html"):
                page = self.pages[path]
                self.targets[path] = links.read(page)
                if not ends.all_sound(self.targets[path]):
                    yield from links.dead(page, ends)

    def _ids_of(self, path: str) -> frozenset[bytes]:
        if path not in self._ids:
            self._ids[path] = ids(self.pages[path])
        return self._ids[path]
