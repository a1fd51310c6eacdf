"""The last gate: nothing leaves that is not word for word in its source, and no link leads nowhere.

Works on the bytes of the pages, so that it also holds for templates that users write: ``proof.py`` reads what is
cited, ``links.py`` what is linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from generator.errors import Problem, SiteError
from generator.model import Digest, Moved, Page
from generator.publishing import urls
from generator.publishing.links import Ends, Links, ids
from generator.publishing.passed import Passed, Standing
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
    standing = passed.standing(pages, moved)
    proof = _Proof(digest, standing, passed)
    links = _Links(standing, urls.base_path(base_url), passed)
    problems = [*proof.check(), *links.check()]
    if problems:
        raise SiteError(problems)
    proof.take()
    links.take()
    passed.take(pages, standing)


def misquotations(pages: Sequence[Page], digest: Digest) -> Iterator[Problem]:
    """Yield cited words that are not their source's, and passages that a story's page must show and does not."""
    passed = Passed()
    return _Proof(digest, passed.standing(pages, None), passed).check()


def dead_links(pages: Sequence[Page], base_url: str = "") -> Iterator[Problem]:
    """Yield each link within the site that leads to no page, or to no place on it: "…: the link"."""
    passed = Passed()
    return _Links(passed.standing(pages, None), urls.base_path(base_url), passed).check()


class _Proof:
    """Compares cited elements with their sources, and remembers what stood where."""

    def __init__(self, digest: Digest, standing: Standing, passed: Passed) -> None:
        self._told, self._other, self._stories = passed.told.then(digest)
        self._standing, self._passed = standing, passed
        self._cites: dict[str, Cites] = {}

    def check(self) -> Iterator[Problem]:
        """Yield what is wrong with the citations of pages that are new or other, and of those that it may touch."""
        proof, problems = Proof(self._told.articles), list[Problem]()
        pages, homes = self._standing.pages, self._told.homes
        for path in dict.fromkeys((*self._standing.fresh, *self._passed.citing(self._other))):
            if path.endswith(".html") and path in pages:
                self._cites[path] = proof.read(pages[path], problems)
        yield from problems
        read = [path for path in self._cites if path in homes]
        paths = dict.fromkeys((*map(urls.story_path, self._stories), *read))
        yield from proof.missing([(path, homes[path]) for path in paths], self._seen)

    def take(self) -> None:
        """Remember what has passed."""
        self._passed.told = self._told
        self._passed.take_cites(self._cites)

    def _seen(self, path: str) -> AbstractSet[bytes]:
        """Return what is cited on a page; nothing where there is none."""
        known = self._passed.cites if path in self._standing.pages else {}
        return (self._cites.get(path) or known.get(path) or Cites()).seen


class _Links:
    """Follows every link within the site, and remembers where each page leads."""

    def __init__(self, standing: Standing, base: str, passed: Passed) -> None:
        self._standing, self._passed, self._base = standing, passed, base
        self._targets: dict[str, frozenset[str]] = {}
        self._ids: dict[str, frozenset[bytes]] = {}

    def check(self) -> Iterator[Problem]:
        """Yield the dead links of pages that are new or other, and of those that link to what is no more."""
        pages, links = self._standing.pages, Links(self._base)
        ends = Ends(pages.keys(), self._ids_of)
        for path in self._read():
            if path.endswith(".html") and path in pages:
                page = pages[path]
                self._targets[path] = links.read(page)
                if not ends.all_sound(self._targets[path]):
                    yield from links.dead(page, ends)

    def take(self) -> None:
        """Remember what has passed."""
        self._passed.base = self._base
        self._passed.targets.update(self._targets)

    def _read(self) -> Iterable[str]:
        """Return the paths of the pages that are to be read."""
        known = self._passed.targets
        if not known or self._base != self._passed.base:
            return self._standing.pages
        lost = self._passed.lost(self._standing)
        touched = [path for path, targets in known.items() if not lost.isdisjoint(targets)] if lost else []
        return dict.fromkeys((*self._standing.fresh, *touched))

    def _ids_of(self, path: str) -> frozenset[bytes]:
        if path not in self._ids:
            self._ids[path] = ids(self._standing.pages[path])
        return self._ids[path]
