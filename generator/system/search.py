"""The search index of the site, made by Pagefind from the pages' own bytes. Its one door.

Pagefind holds some 80 kB for each page. The index of a very large site is therefore made in parts, one after the other,
and the searching browser asks all of them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias
from zlib import crc32

from generator.errors import Problem, SiteError
from generator.model import Note, Page
from generator.system.canonical import canonical
from generator.system.scratch import SEARCH, scratch_folder
from generator.system.tree import Tree

FOLDER = "pagefind"
"""Where the index lies in the site."""

_PART = 15_000
"""Pages of a part, at most but for chance: the indexer holds some 80 kB for each."""
_ASKED = (".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment", "pagefind-entry.json")
"""How the names of the files end that are needed of every part; all else is the same in each."""
_WHOLE = """\
// The index of a very large site is in parts, and a search asks all of them.
import {{ init as begin, mergeIndex }} from "./1/pagefind.js";
export * from "./1/pagefind.js";
export async function init() {{
  await begin();
  for (let part = 2; part <= {parts}; part++) await mergeIndex(new URL(`./${{part}}/`, import.meta.url).pathname);
}}
"""
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
        return _key((page.path, sha256(page.data).digest()) for page in self.pages)

    def lay(self, folder: Path) -> None:
        """Write the pages into a folder."""
        tree = Tree(folder)
        for page in self.pages:
            tree.lay(page)


@dataclass(frozen=True, slots=True)
class Laid:
    """The same of pages that lie on the disk."""

    pages: tuple[Note, ...]
    file: Callable[[str], str]
    """Where the bytes of one are, by its path."""

    @property
    def key(self) -> str:
        """Digest of the pages' bytes."""
        return _key((note.path, note.digest) for note in self.pages)

    def lay(self, folder: Path) -> None:
        """Link the pages into a folder, or copy them where that cannot be."""
        tree = Tree(folder)
        for note in self.pages:
            tree.make_way(note.path)
            target = folder / note.path
            try:
                os.link(self.file(note.path), target)
            except (OSError, NotImplementedError):
                shutil.copyfile(self.file(note.path), target)


Wanted: TypeAlias = Searchable | Laid


def laid(notes: Iterable[Note], file: Callable[[str], str]) -> Laid:
    """Return those of the pages that have a marked body, by path."""
    return Laid(tuple(sorted(note for note in notes if note.sought)), file)


def _key(pages: Iterable[tuple[str, bytes]]) -> str:
    """Return the digest of pages by path and the digest of their bytes."""
    return sha256(b"".join(path.encode() + b"\0" + digest for path, digest in pages)).hexdigest()


def searchable(pages: Sequence[Page]) -> Searchable:
    """Return the pages that have a marked body."""
    return Searchable(tuple(page for page in pages if page.path.endswith(".html") and _MARK in page.data))


def parted(wanted: Wanted) -> tuple[Wanted, ...]:
    """Return the pages of each part of an index: its path alone tells where a page belongs, whatever the others say."""
    count = -(-len(wanted.pages) // _PART)
    if count < 2:
        return (wanted,)
    parts: list[list[Any]] = [[] for _ in range(count)]
    for page in wanted.pages:
        parts[crc32(page.path.encode()) % count].append(page)
    return tuple(replace(wanted, pages=tuple(part)) for part in parts if part)  # type: ignore[arg-type] # of its own pages


def joined(indexes: Sequence[tuple[Page, ...]]) -> tuple[Page, ...]:
    """Return the files of one index that has these as its parts."""
    if len(indexes) < 2:
        return tuple(chain.from_iterable(indexes))
    parts = (
        replace(page, path=f"{FOLDER}/{number}{page.path.removeprefix(FOLDER)}")
        for number, index in enumerate(indexes, 1)
        for page in index
        if number == 1 or page.path.endswith(_ASKED)
    )
    whole = Page(f"{FOLDER}/pagefind.js", _WHOLE.format(parts=len(indexes)).encode())
    return tuple(sorted([whole, *parts]))


def index_pages(
    wanted: Wanted, started: Callable[[subprocess.Popen[str]], None] = lambda _: None
) -> tuple[Page, ...]:
    """Return the files of a search index over these pages, all in one, sorted; the same for the same pages.

    Runs the ``pagefind`` program of the installed package on a temporary copy; ``started`` is given it.
    Raises SiteError when it fails.
    """
    if not wanted.pages:
        return ()
    with scratch_folder(SEARCH) as folder:
        (folder / "site").mkdir()
        wanted.lay(folder / "site")
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
