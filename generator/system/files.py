"""Article files on disk: which there are, and their bytes.

Order, names and identity do not depend on the machine: paths use ``/`` and Unicode NFC, and are
sorted by code point. Modification times are never looked at. Links that lead out of the content
folder are not followed.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from generator.errors import ContentError, Problem
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


def list_sources(content: Path) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Return the article files below ``content``, sorted by path, and what could not be read.

    Hidden files, names that start with ``_``, and any ``README`` are no articles; nor are files of
    other kinds (pictures, style sheets). Raises ContentError when the folder does not exist.
    """
    if not content.is_dir():
        hint = "crosscite init makes one; -s names another folder"
        raise ContentError([Problem(str(content), 0, "no such folder of articles", hint)])
    root = content.resolve()
    sources: list[Source] = []
    problems: list[Problem] = []
    for path in _walk(root, problems):
        name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
        if path.suffix.lower() in _DOCUMENTS:
            hint = "save it as Markdown, plain text or HTML"
            problems.append(Problem(name, 0, f"{path.suffix.lower()} files are not read", hint))
        elif path.suffix.lower() in SUFFIXES and path.stem.lower() != "readme":
            try:
                sources.append(Source(name, str(path), sha256(path.read_bytes()).hexdigest()))
            except OSError as error:
                problems.append(
                    Problem(name, 0, f"cannot be read: {error.strerror}", "check its permissions")
                )
    return tuple(sorted(sources, key=lambda source: source.path)), tuple(sorted(problems))


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
