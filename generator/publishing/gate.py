"""The last gate of a site that goes to the disk page by page: what is held of each page is a note.

A page is read once, as it is made: what it cites is compared with its source then, and where its links lead is
noted. When all pages are made, the notes tell whether each link has an end. So neither the pages nor their places
are held, and pages that stand as they were are not read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256

from generator.errors import Problem, SiteError
from generator.model import Digest, Note, Page
from generator.publishing import urls
from generator.publishing.links import Ends, Links, ids
from generator.publishing.proof import Proof

_SOUGHT = b"data-pagefind-body"


class Gate:
    """Reads pages one by one, and judges them all together."""

    def __init__(self, digest: Digest, base_url: str) -> None:
        self._stories = digest.stories
        self._proof = Proof({article.id: article for article in digest.articles})
        self._links = Links(urls.base_path(base_url))
        self._problems: list[Problem] = []

    def read(self, page: Page) -> Note:
        """Return the note of a page; what is wrong with its citations is held against it."""
        cites = self._proof.read(page, self._problems)
        return Note(
            page.path,
            len(page.data),
            sha256(page.data).digest(),
            _lines(cites.seen),
            _lines(target.encode() for target in self._links.read(page)),
            _lines(ids(page)),
            page.path.endswith(".html") and _SOUGHT in page.data,
        )

    def found(self) -> tuple[Problem, ...]:
        """Return what is held against the pages read since this was asked last, and hold it no more."""
        problems, self._problems = tuple(self._problems), []
        return problems

    def hold(self, problems: Iterable[Problem]) -> None:
        """Hold against the site what another gate has found."""
        self._problems += problems

    def judge(self, notes: Mapping[str, Note], data: Callable[[str], bytes]) -> None:
        """Raise SiteError naming each page with words that are not its source's, or with a dead link.

        ``notes`` are those of all pages, by path; ``data`` gives the bytes of one with a dead link.
        """
        self._problems += self._missing(notes)
        self._problems += self._dead(notes, data)
        if self._problems:
            raise SiteError(self._problems)

    def _missing(self, notes: Mapping[str, Note]) -> Iterator[Problem]:
        """Yield the passages that a story's page must show and does not."""
        pairs = ((urls.story_path(story), story) for story in self._stories)
        return self._proof.missing(
            pairs, lambda path: _parts(notes[path].cites) if path in notes else frozenset()
        )

    def _dead(self, notes: Mapping[str, Note], data: Callable[[str], bytes]) -> Iterator[Problem]:
        """Yield the links that lead nowhere."""
        places = lru_cache(1 << 12)(lambda path: _parts(notes[path].ids))
        ends = Ends(notes.keys(), places)
        for path, note in notes.items():
            if not ends.all_sound(
                frozenset(note.targets.decode().split("\n")) if note.targets else frozenset()
            ):
                yield from self._links.dead(Page(path, data(path)), ends)


def _lines(parts: Iterable[bytes]) -> bytes:
    """Return parts in order, a line each; a line end in one stands for none that is sought."""
    return b"\n".join(sorted(part.replace(b"\n", b"\0") for part in parts))


def _parts(lines: bytes) -> frozenset[bytes]:
    """Return the parts of lines."""
    return frozenset(lines.split(b"\n")) if lines else frozenset()
