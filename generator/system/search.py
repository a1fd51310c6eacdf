"""The search index of the site, made by Pagefind from the pages' own bytes. Its one door.

Pagefind holds some 80 kB for each page. The index of a very large site is therefore made in parts, one after the other,
and the searching browser asks all of them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from zlib import crc32

from generator.errors import Problem, SiteError
from generator.model import Note, Page
from generator.system.canonical import Index, UnlikeError, canonical
from generator.system.scratch import SEARCH, scratch_folder
from generator.system.tree import Tree

FOLDER = "pagefind"
"""Where the index lies in the site."""

_PART = 15_000
"""Pages of a part, at most but for chance: the indexer holds some 80 kB for each."""
_MOST_CHANGED = 0.3
"""Share of other pages up to which an index is carried over."""
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
    """The pages that are to be found."""

    pages: tuple[Page, ...]

    @property
    def digests(self) -> dict[str, bytes]:
        """Digest of each page's bytes, by path."""
        return {page.path: sha256(page.data).digest() for page in self.pages}

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
    def digests(self) -> dict[str, bytes]:
        """Digest of each page's bytes, by path."""
        return {note.path: note.digest for note in self.pages}

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


class Indexed(NamedTuple):
    """A search index, and what it is of."""

    digests: Mapping[str, bytes]
    """Digest of each page's bytes, by path."""
    files: tuple[Page, ...]


def laid(notes: Iterable[Note], file: Callable[[str], str]) -> Laid:
    """Return those of the pages that have a marked body, by path."""
    return Laid(tuple(sorted(note for note in notes if note.sought)), file)


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


def joined(indexes: Sequence[Indexed]) -> tuple[Page, ...]:
    """Return the files of one index that has these as its parts."""
    if len(indexes) < 2:
        return tuple(chain.from_iterable(index.files for index in indexes))
    parts = (
        replace(page, path=f"{FOLDER}/{number}{page.path.removeprefix(FOLDER)}")
        for number, index in enumerate(indexes, 1)
        for page in index.files
        if number == 1 or page.path.endswith(_ASKED)
    )
    whole = Page(f"{FOLDER}/pagefind.js", _WHOLE.format(parts=len(indexes)).encode())
    return tuple(sorted([whole, *parts]))


def index_pages(
    wanted: Wanted,
    last: Indexed | None = None,
    started: Callable[[subprocess.Popen[str]], None] = lambda _: None,
) -> Indexed:
    """Return the search index of these pages, all files in one, sorted; the same for the same pages.

    Of the last index is taken over what is told there of pages that are as they were. Runs the ``pagefind`` program of the
    installed package on a temporary copy of the others; ``started`` is given it. Raises SiteError when it fails.
    """
    digests = wanted.digests
    if last and last.digests == digests:
        return last
    if not digests:
        return Indexed(digests, ())
    files = last and _carried(wanted, digests, last, started)
    files = files or canonical(Index(_pagefind(wanted, started)))
    return Indexed(digests, tuple(Page(f"{FOLDER}/{path}", data) for path, data in sorted(files.items())))


def _carried(
    wanted: Wanted,
    digests: Mapping[str, bytes],
    last: Indexed,
    started: Callable[[subprocess.Popen[str]], None],
) -> Mapping[str, bytes] | None:
    """Return the last index with those pages exchanged that are others now; None where that cannot be, or would not pay."""
    stay = {path for path, _ in digests.items() & last.digests.items()}
    if not stay or len(digests) - len(stay) > _MOST_CHANGED * len(digests):
        return None
    files = {page.path.removeprefix(f"{FOLDER}/"): page.data for page in last.files}
    indexes = [Index(files, frozenset(map(_address, last.digests.keys() - stay)))]
    pages = tuple(page for page in wanted.pages if page.path not in stay)
    if pages:
        indexes.append(Index(_pagefind(replace(wanted, pages=pages), started)))  # type: ignore[arg-type] # of its own pages
    try:
        return canonical(*indexes)
    except UnlikeError:
        return None


def _address(path: str) -> str:
    """Return the address by which the index knows a page."""
    return "/" + path.removesuffix("index.html")


def _pagefind(wanted: Wanted, started: Callable[[subprocess.Popen[str]], None]) -> Mapping[str, bytes]:
    """Return the files that Pagefind makes of some pages, by path below the folder of the index. Raises SiteError."""
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
        return {
            path.relative_to(index).as_posix(): path.read_bytes()
            for path in index.rglob("*")
            if path.is_file()
        }
