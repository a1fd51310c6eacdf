"""Article files on disk: which there are, and their bytes.

Order, names and identity do not depend on the machine: paths use ``/`` and Unicode NFC, and are
sorted by code point. Modification times are never looked at, but by a running
process for files that it has read before. Links that lead out of the content folder are not followed.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Container, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, TypeAlias
from unicodedata import bidirectional, category, normalize

from generator.config import shown_path
from generator.errors import ConfigError, ContentError, Problem, printable, unreadable
from generator.model import Source

SUFFIXES = frozenset(
    [
        ".csv",
        ".htm",
        ".html",
        ".json",
        ".jsonl",
        ".markdown",
        ".md",
        ".mht",
        ".mhtml",
        ".ndjson",
        ".tsv",
        ".txt",
        ".xhtml",
        ".xml",
        ".atom",
        ".rss",
        ".eml",
    ]
)
"""Endings of files that are read as articles."""

_DOCUMENTS = frozenset(
    (
        ".doc",
        ".docx",
        ".odt",
        ".pdf",
        ".rtf",
        ".epub",
        ".pages",
        ".xls",
        ".xlsx",
        ".ods",
        ".msg",
        ".mbox",
        ".zip",
        ".text",
        ".rst",
        ".adoc",
        ".org",
        ".tex",
        ".mdx",
        ".webarchive",
        ".warc",
    )
)
"""Endings of files that a user may take for articles: named when left out."""

_NO_ARTICLES = frozenset(
    ["readme", "license", "licence", "copying", "notice", "authors", "changelog", "todo", "makefile", "cname"]
)
"""Names without an ending that are none."""

_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Categories of control characters, of bytes that are no UTF-8, and of line ends."""

_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Classes of marks that turn the direction of what stands behind them (UAX 9)."""

_RACY_NS = 2_500_000_000
"""Age below which equal times prove nothing: clocks of file systems tick in up to two seconds."""

Listed: TypeAlias = tuple[tuple[Source, ...], tuple[Problem, ...]]
"""The article files, and what could not be read of the folder."""


def list_sources(
    content: Path,
    max_bytes: int,
    seen: Seen | None = None,
    touched: AbstractSet[Path] | None = None,
) -> Listed:
    """Return the article files below ``content``, sorted by path, and what could not be read.

    Hidden files, names that start with ``_``, and any ``README`` are no articles; nor are files of
    other kinds (pictures, style sheets). Those that a user may take for articles are named. What has more than ``max_bytes`` is not opened. ``seen`` is what
    a running process remembers of earlier calls: then only what has moved since is read, and where it is known
    which files were ``touched`` since, be they new or gone, no other is looked at.
    Raises ContentError when the folder does not exist, or may not be listed.
    """
    if not content.is_dir():
        hint = "crosscite init makes one; -s names another folder"
        raise ContentError([Problem(str(content), 0, "no such folder of articles", hint)])
    root = str(content.resolve())
    if seen and touched is not None and (listed := seen.again(root, max_bytes, touched)):
        return listed
    listed = _list(root, max_bytes, seen, _resting(seen, touched))
    if seen:
        seen.take(root, max_bytes, listed)
    return listed


def _list(root: str, max_bytes: int, seen: Seen | None, resting: Mapping[str, Source]) -> Listed:
    """Look for the article files below a folder; those that rest are what they were."""
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for name, file in _walk(root, problems):
        stem, dot, suffix = name[name.rfind("/") + 1 :].lower().rpartition(".")
        suffix = dot + suffix
        if suffix in _DOCUMENTS:
            hint = "save it as Markdown, plain text or HTML"
            problems.append(Problem(name, 0, f"{suffix} files are not read", hint))
        elif not dot and suffix not in _NO_ARTICLES:
            hint = "add what it is, such as .md, .txt or .html"
            problems.append(Problem(name, 0, "files without an ending are not read", hint))
        elif suffix in SUFFIXES and stem != "readme":
            try:
                if not (wrong := _misnamed(name, sources)):
                    sources[name] = resting.get(file) or _source(name, file, max_bytes, seen)
            except OSError as error:
                wrong = unreadable(name, error)
            except ContentError as error:
                (wrong,) = error.problems
            if wrong:
                problems.append(wrong)
    return tuple(sources[name] for name in sorted(sources)), _named(problems)


def _named(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems sorted, with names of files as they can be printed and published."""
    return tuple(sorted(replace(problem, path=printable(problem.path)) for problem in problems))


def _misnamed(name: str, known: Container[str]) -> Problem | None:
    """Return what is wrong with the name of a file: it cannot be printed, or another has it."""
    if not name.isprintable() and any(
        category(mark) in _UNPRINTABLE or bidirectional(mark) in _TURNING for mark in name
    ):
        return Problem(name, 0, "its name holds what is no letter, figure or mark", "rename it")
    if name in known:
        return Problem(name, 0, "another file has this name, with its accents written otherwise", "rename it")
    return None


_Stamp: TypeAlias = tuple[int, int, int, int]
"""Inode, size, time of content and time of inode."""


class _Read(NamedTuple):
    """A file as it was when it was read last."""

    stamp: _Stamp
    source: Source


class Seen:
    """What a running process remembers of article files: how each was, and how they were listed last."""

    def __init__(self) -> None:
        self.files: dict[str, _Read] = {}
        self._basis: tuple[str, int] | None = None
        self._listed: Listed = (), ()
        self._places: dict[str, int] = {}

    def take(self, root: str, max_bytes: int, listed: Listed) -> None:
        """Remember a list of all files."""
        self._basis, self._listed = (root, max_bytes), listed
        self._places = {source.file: place for place, source in enumerate(listed[0])}

    def again(self, root: str, max_bytes: int, touched: Iterable[Path]) -> Listed | None:
        """Return the last list with the files that were touched as they are now.

        None where that does not tell: when one of them was not listed, or is no longer a file that can be.
        """
        if self._basis != (root, max_bytes):
            return None
        sources = list(self._listed[0])
        for path in touched:
            if (place := self._places.get(str(path))) is not None:
                name, file = sources[place].path, sources[place].file
                try:
                    if not stat.S_ISREG(os.lstat(file).st_mode):
                        return None
                    sources[place] = _source(name, file, max_bytes, self)
                except (OSError, ContentError):
                    return None
            elif path.is_relative_to(root):
                return None
        self._listed = tuple(sources), self._listed[1]
        return self._listed


def _stamp(state: os.stat_result) -> _Stamp:
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


def _resting(seen: Seen | None, touched: AbstractSet[Path] | None) -> Mapping[str, Source]:
    """Return the files that are known and were not touched."""
    if not seen or touched is None:
        return {}
    moved = set(map(str, touched))
    return {file: known.source for file, known in seen.files.items() if file not in moved}


def _source(name: str, file: str, max_bytes: int, seen: Seen | None) -> Source:
    """Return a file by its digest; of one that has rested since it was last read, what is known of it.

    Raises ContentError for one that is too large to be read at all.
    """
    state = os.stat(file)  # noqa: PTH116 - of thousands of files
    if state.st_size > max_bytes:
        hint = "raise reading.max_bytes, or remove it"
        raise ContentError([Problem(name, 0, f"larger than {max_bytes:,} bytes", hint)])
    stamp = _stamp(state)
    if seen and (known := seen.files.get(file)) and known.stamp == stamp:
        return known.source
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123
        source = Source(name, file, sha256(stream.read()).hexdigest())
    if seen is not None:
        rested = time.time_ns() - max(state.st_mtime_ns, state.st_ctime_ns) > _RACY_NS
        seen.files[file] = _Read(stamp if rested else (0, 0, 0, 0), source)
    return source


def _walk(root: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield name and place of the files below ``root`` that are not hidden; note what is not entered."""
    pending = [("", root)]
    while pending:
        prefix, folder = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=attrgetter("name"))
        except OSError as error:
            hint = "check its permissions"
            if not prefix:  # no article at all would make an empty site of a good one
                raise ContentError([Problem(root, 0, f"cannot be listed: {error.strerror}", hint)]) from None
            problems.append(Problem(prefix.rstrip("/"), 0, f"cannot be listed: {error.strerror}", hint))
            continue
        for entry in entries:
            own = entry.name
            if own[0] in "._":
                continue
            name = prefix + (own if own.isascii() else normalize("NFC", own))
            if entry.is_symlink() and not _stays_inside(entry.path, root):
                hint = "copy the file into the folder"
                problems.append(Problem(name, 0, "a link out of the content folder", hint))
            elif entry.is_dir(follow_symlinks=False):
                pending.append((f"{name}/", entry.path))
            elif entry.is_file():
                yield name, entry.path


def _stays_inside(link: str, root: str) -> bool:
    """Return whether a link leads to a file below ``root``. Linked folders are entered by their own name."""
    try:
        target = Path(link).resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_relative_to(root)


def load(source: Source) -> bytes:
    """Return the bytes of a source. Raises ContentError when they are gone or have just changed."""
    try:
        data = Path(source.file).read_bytes()
    except OSError as error:
        raise ContentError([Problem(source.path, 0, f"cannot be read: {error.strerror}")]) from None
    if sha256(data).hexdigest() != source.digest:
        raise ContentError([Problem(source.path, 0, "changed while it was read", "build again")])
    return data


def own_files(templates: Path | None, overrides: Path | None) -> Iterator[bytes]:
    """Yield names and bytes of the user's templates and overrides, in a fixed order. Raises ConfigError."""
    files = sorted(path for path in templates.rglob("*") if path.is_file()) if templates else []
    for file in [*files, *([overrides] if overrides else [])]:
        yield f"{file.as_posix()}\0".encode()
        try:
            yield file.read_bytes()
        except OSError as error:
            raise ConfigError([unreadable(shown_path(file), error)]) from None
