"""Article files on disk: which there are, and their bytes.

Order, names and identity do not depend on the machine: paths use ``/`` and Unicode NFC, and are
sorted by code point. Modification times are never looked at. Links that lead out of the content
folder are not followed.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from generator.errors import ContentError, Problem, printable
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
    )
)
"""Endings of files that a user may take for articles: named when left out."""

_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Categories of control characters, of bytes that are no UTF-8, and of line ends."""


def list_sources(content: Path, max_bytes: int) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Return the article files below ``content``, sorted by path, and what could not be read.

    Hidden files, names that start with ``_``, and any ``README`` are no articles; nor are files of
    other kinds (pictures, style sheets). What has more than ``max_bytes`` is not opened. Raises
    ContentError when the folder does not exist.
    """
    if not content.is_dir():
        hint = "crosscite init makes one; -s names another folder"
        raise ContentError([Problem(str(content), 0, "no such folder of articles", hint)])
    root = content.resolve()
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for path in _walk(root, problems):
        name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
        if path.suffix.lower() in _DOCUMENTS:
            hint = "save it as Markdown, plain text or HTML"
            problems.append(Problem(name, 0, f"{path.suffix.lower()} files are not read", hint))
        elif path.suffix.lower() in SUFFIXES and path.stem.lower() != "readme":
            try:
                if not (wrong := _misnamed(name, sources)):
                    sources[name] = Source(name, str(path), _digest(path, name, max_bytes))
            except OSError as error:
                wrong = Problem(name, 0, f"cannot be read: {error.strerror}", "check its permissions")
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
    if any(unicodedata.category(mark) in _UNPRINTABLE for mark in name):
        return Problem(name, 0, "its name holds what is no letter, figure or mark", "rename it")
    if name in known:
        return Problem(name, 0, "another file has this name, with its accents written otherwise", "rename it")
    return None


def _digest(path: Path, name: str, max_bytes: int) -> str:
    """Return the digest of a file. Raises ContentError for one that is too large to be read at all."""
    if path.stat().st_size > max_bytes:
        hint = "raise reading.max_bytes, or remove it"
        raise ContentError([Problem(name, 0, f"larger than {max_bytes:,} bytes", hint)])
    return sha256(path.read_bytes()).hexdigest()


def _walk(root: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield the files below ``root`` that are not hidden, staying inside it; note what is not entered."""
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            name = folder.relative_to(root).as_posix()
            problems.append(Problem(name, 0, f"cannot be listed: {error.strerror}", "check its permissions"))
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith((".", "_")):
                continue
            if entry.is_symlink() and not _stays_inside(path, root):
                name = path.relative_to(root).as_posix()
                problems.append(
                    Problem(name, 0, "a link out of the content folder", "copy the file into the folder")
                )
            elif entry.is_dir(follow_symlinks=False):
                pending.append(path)
            elif entry.is_file():
                yield path


def _stays_inside(link: Path, root: Path) -> bool:
    """Return whether a link leads to a file below ``root``. Linked folders are entered by their own name."""
    try:
        target = link.resolve(strict=True)
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
    """Yield names and bytes of the user's templates and overrides, in a fixed order."""
    files = sorted(path for path in templates.rglob("*") if path.is_file()) if templates else []
    for file in [*files, *([overrides] if overrides else [])]:
        yield f"{file.as_posix()}\0".encode()
        yield file.read_bytes()
