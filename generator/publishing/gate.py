"""The last gate of a site that goes to the disk page by page: what is held of each page is a note.

A page is read once, as it is made: what it cites is compared with its source then, and where its links lead is
noted. When all pages are taken, the notes have told whether each link has an end. So neither the pages nor their places
are held, but eight bytes for each; and pages that stand as they were are not read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import NamedTuple

from generator.errors import Problem, SiteError
from generator.model import Digest, Note, Page
from generator.publishing import urls
from generator.publishing.links import Ends, Links, ids
from generator.publishing.proof import Proof

_SOUGHT = b"data-pagefind-body"


class Read(NamedTuple):
    """What was read of a page."""

    note: Note
    cites: AbstractSet[bytes] = frozenset()
    """The ids of the articles that it cites."""
    targets: AbstractSet[bytes] = frozenset()
    """Where its links lead within the site: eight bytes for each file, and for each place on one."""
    places: AbstractSet[bytes] = frozenset()
    """Where links can lead to on it: likewise for itself and the places on it."""


class Gate:
    """Reads pages one by one, and judges them all together."""

    def __init__(self, digest: Digest, base_url: str) -> None:
        self._stories = {urls.story_path(story): story for story in digest.stories}
        self._awaited = dict(self._stories)
        self._proof = Proof({article.id: article for article in digest.articles})
        self._links = Links(urls.base_path(base_url))
        self._problems: list[Problem] = []
        self._targets, self._places = bytearray(), bytearray()

    def read(self, page: Page) -> Read:
        """Read a page; what is wrong with its citations, or missing of them, is held against it."""
        path, data = page.path, page.data
        note, start = Note(path, len(data), sha256(data).digest()), path.encode()
        if not path.endswith(".html"):
            return Read(note, places={_marked(start)})
        cites = self._proof.read(page, self._problems)
        if story := self._stories.get(path):
            self._problems += self._proof.missing([(path, story)], lambda _: cites.seen)
        return Read(
            note._replace(sought=_SOUGHT in data),
            cites.articles,
            set(map(_mark, self._links.read(page))),
            set(map(_marked, [start, *(start + b"#" + id_ for id_ in ids(page))])),
        )

    @property
    def sound(self) -> bool:
        """Whether nothing is held against the pages read so far."""
        return not self._problems

    def found(self) -> tuple[Problem, ...]:
        """Return what is held against the pages read since this was asked last, and hold it no more."""
        problems, self._problems = tuple(self._problems), []
        return problems

    def hold(self, problems: Iterable[Problem]) -> None:
        """Hold against the site what another gate has found."""
        self._problems += problems

    def take(self, notes: Iterable[Note], targets: bytes, places: bytes) -> None:
        """Take pages for some of the site, by their notes, and by where their links lead and where links can lead to."""
        self._targets += targets
        self._places += places
        for note in notes:
            self._awaited.pop(note.path, None)

    def judge(self, paths: AbstractSet[str], data: Callable[[str], bytes]) -> None:
        """Raise SiteError naming each page with words that are not its source's, or with a dead link.

        ``paths`` are those of all pages that were taken; ``data`` gives the bytes of one where a link is dead.
        """
        self._problems += self._proof.missing(self._awaited.items(), lambda _: frozenset())
        if not _all_within(self._targets, self._places):
            self._problems += self._dead(paths, data)
        if self._problems:
            raise SiteError(self._problems)

    def _dead(self, paths: AbstractSet[str], data: Callable[[str], bytes]) -> Iterator[Problem]:
        """Yield the links that lead nowhere."""
        ends = Ends(paths, lru_cache(1 << 12)(lambda path: ids(Page(path, data(path)))))
        for path in paths:
            if path.endswith(".html"):
                yield from self._links.dead(Page(path, data(path)), ends)


@lru_cache(1 << 15)
def _mark(target: str) -> bytes:
    """Return eight bytes that stand for a file, or a place on it: those of the head are on every page."""
    return _marked(target.encode())


def _marked(target: bytes) -> bytes:
    return blake2b(target, digest_size=8).digest()


def _all_within(some: bytes | bytearray, others: bytes | bytearray) -> bool:
    """Return whether all eight bytes of some are eight of others."""
    import numpy as np  # noqa: PLC0415 - loaded by who analyses

    return bool(np.isin(np.unique(np.frombuffer(some, np.uint64)), np.frombuffer(others, np.uint64)).all())
