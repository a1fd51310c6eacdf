"""What watched files hold, and which of them differ since.

A file is read again only when its size, inode or times have moved, or when it was touched so lately
that its times could not tell a further change. What counts is the content: touching a file, or
saving it as it was, changes nothing. Hidden files and what editors leave beside a file are not seen.
"""

from __future__ import annotations

import os
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, TypeAlias

from generator.config import Config

_LEFTOVER = re.compile(
    r"\..*|.*~|#.*#|4913|.*\.(?:sw[a-z]|tmp|temp|bak|orig|part|crdownload)|.*___jb_(?:tmp|old)___|__pycache__",
    re.IGNORECASE | re.DOTALL,
)
"""Hidden files, backups, swap files and half-written files, by name (Vim, Emacs, JetBrains, browsers)."""

_RACY_NS = 2_500_000_000
"""Age below which equal times prove nothing: clocks of file systems tick in up to two seconds."""

_READ_WHOLE = 10_000_000
"""Larger files (films beside the articles) are told apart by size and times alone."""


@dataclass(frozen=True, slots=True)
class Places:
    """What is watched. All paths are absolute and resolved."""

    trees: tuple[Path, ...]
    """Folders that count with all below them; they may be missing."""
    files: tuple[Path, ...]
    """Single files; they may be missing."""
    ignored: tuple[Path, ...] = ()
    """Folders below a tree that do not count: the built site."""

    def concern(self, path: str) -> bool:
        """Return whether something at this place may matter. Capitals do not count: systems differ."""
        where = _folded(path)
        if where in map(_folded, self.files + self.trees):
            return True
        if any(_holds(folder, where) for folder in self.ignored):
            return False
        return any(
            _holds(tree, where) and not any(map(_LEFTOVER.fullmatch, where.relative_to(_folded(tree)).parts))
            for tree in self.trees
        )


@lru_cache(maxsize=64)
def _folded(path: str | Path) -> Path:
    """Return a path to compare: some systems report names in other capitals or with accents set apart."""
    return Path(unicodedata.normalize("NFC", str(path)).casefold())


def _holds(folder: Path, where: Path) -> bool:
    """Return whether a folder is a folded place, or above it."""
    own = _folded(folder)
    return own == where or own in where.parents


def watched(config: Config) -> Places:
    """Return what a build reads: articles, templates, overrides and settings, there or not yet there."""
    root = config.root.resolve()
    files = [root / "crosscite.toml", root / "pyproject.toml", root / "stories.toml"]
    if config.file:
        files.append(config.file.resolve())
    trees = (config.content.resolve(), root / "templates")
    return Places(trees, tuple(dict.fromkeys(files)), (config.output.resolve(),))


class Seen(NamedTuple):
    """A file as it was found."""

    stamp: tuple[int, int, int, int]
    """Inode, size, time of content and time of inode."""
    content: bytes | None
    """Digest; empty when it could not be read, None while it has not been needed."""


Snapshot: TypeAlias = Mapping[str, Seen]
"""All watched files by path."""


def first_scan(places: Places) -> Snapshot:
    """Return the watched files as they are, without reading those that have rested for a while."""
    return {path: seen for path in _below(places.files + places.trees, places) if (seen := _look(path))}


def scan(places: Places, before: Snapshot, touched: Iterable[str] | None = None) -> Snapshot:
    """Return the watched files as they are now.

    ``before`` saves reading what has not moved. Where it is known which files and folders were
    ``touched`` (of those that ``places`` concern), only they are looked at, and read whatever their
    times say.
    """
    if touched is None:
        paths = _below(places.files + places.trees, places)
        return {path: seen for path in paths if (seen := _look(path, before.get(path)))}
    found = dict(before)
    for place in touched:
        if place not in before:  # perhaps a folder
            inside = place + os.sep
            found = {path: seen for path, seen in found.items() if not path.startswith(inside)}
        found.pop(place, None)
        paths = _below([Path(place)], places)
        found |= {path: seen for path in paths if (seen := _look(path, before.get(path), read=True))}
    return found


def differing(before: Snapshot, after: Snapshot) -> frozenset[Path]:
    """Return the files that are new, gone or of other content."""
    gone = before.keys() - after.keys()
    other = {path for path, seen in after.items() if _differs(before.get(path), seen)}
    return frozenset(map(Path, gone | other))


def _differs(before: Seen | None, after: Seen) -> bool:
    """Return whether a file is new or of other content; one that had never been read is, if it moved."""
    if before is None or before.content is None or after.content is None:
        return before is None or before.stamp != after.stamp
    return before.content != after.content


def _look(path: str, before: Seen | None = None, *, read: bool = False) -> Seen | None:
    """Return a file as it is now, read if that may tell something; None when there is no such file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - of thousands of files, many times
    except OSError:
        return None
    stamp = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    racy = time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) < _RACY_NS
    if not (read or racy) and (before is None or before.stamp == stamp):
        return before or Seen(stamp, None)
    return Seen(stamp, _content(path, stamp))


def _content(path: str, stamp: tuple[int, int, int, int]) -> bytes:
    """Return the digest of a file, or of its stamp when it is very large."""
    if stamp[1] > _READ_WHOLE:
        return repr(stamp).encode()
    try:
        return blake2b(Path(path).read_bytes(), digest_size=16).digest()
    except OSError:
        return b""


def _below(places: Iterable[Path], limits: Places) -> Iterator[str]:
    """Yield the files that these places are or hold, as far as they count."""
    ignored = set(map(str, limits.ignored))
    pending = [str(place) for place in dict.fromkeys(places)]
    entered = set(pending)
    while pending:
        place = pending.pop()
        try:
            entries = list(os.scandir(place))
        except NotADirectoryError:
            yield place
            continue
        except OSError:  # missing, not readable, or just removed
            continue
        for entry in entries:
            if _LEFTOVER.fullmatch(entry.name) or entry.path in ignored or entry.path in entered:
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(entry.path)
            else:
                yield entry.path
