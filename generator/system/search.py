"""The search index of the site, made by Pagefind from the pages' own bytes. Its one door."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from generator.errors import Problem, SiteError
from generator.model import Page
from generator.system.canonical import canonical
from generator.system.scratch import SEARCH, scratch_folder

FOLDER = "pagefind"
"""Where the index lies in the site."""

_MARK = b"data-pagefind-body"
_UNSOUGHT = "h2, .cite, .ways, .facts, .byline, .key, .legend, .empty"
"""Parts of a page that are not searched: heads of sections, numbers, previews, ways back, counts."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """The pages that are to be found: an item of remembered work."""

    pages: tuple[Page, ...]

    @property
    def key(self) -> str:
        """Digest of the pages' bytes."""
        digest = sha256()
        for page in self.pages:
            digest.update(f"{page.path}\0{len(page.data)}\0".encode() + page.data)
        return digest.hexdigest()


def searchable(pages: Sequence[Page]) -> Searchable:
    """Return the pages that have a marked body."""
    return Searchable(tuple(page for page in pages if page.path.endswith(".html") and _MARK in page.data))


def index_pages(
    wanted: Searchable, started: Callable[[subprocess.Popen[str]], None] = lambda _: None
) -> tuple[Page, ...]:
    """Return the files of a search index over these pages, sorted; the same for the same pages.

    Runs the ``pagefind`` program of the installed package on a temporary copy; ``started`` is given it.
    Raises SiteError when it fails.
    """
    if not wanted.pages:
        return ()
    with scratch_folder(SEARCH) as folder:
        for page in wanted.pages:
            target = folder / "site" / page.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.data)
        command = [sys.executable, "-m", "pagefind", "--site", "site", "--output-path", "index", "--quiet"]
        command += ["--exclude-selectors", _UNSOUGHT]
        with subprocess.Popen(  # noqa: S603
            command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as program:
            started(program)
            said, _ = program.communicate()
        if program.returncode:
            lines = said.strip().splitlines() or ["no message"]
            hint = "set search = false under [site] to publish without search"
            raise SiteError([Problem("", 0, f"the search index could not be made: {lines[-1]}", hint)])
        index = folder / "index"
        files = {
            path.relative_to(index).as_posix(): path.read_bytes()
            for path in index.rglob("*")
            if path.is_file()
        }
        return tuple(Page(f"{FOLDER}/{path}", data) for path, data in sorted(canonical(files).items()))
