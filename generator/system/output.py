"""The folder of a site: who may write there, what lies there, and in which state. ``stage.py`` writes it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from glob import escape
from hashlib import sha256
from pathlib import Path

from generator.errors import Problem, SiteError

MANIFEST = ".crosscite-files"
"""Names the files that Crosscite wrote, one a line: only those are ever removed."""

_PATIENCE_S = 0.1
"""Seconds in which a lock that is just being given up is not mistaken for one that is held."""

OWN = frozenset({MANIFEST, ".gitignore", ".gitkeep", ".git", "CNAME", ".DS_Store"})
"""What may lie in an output folder that Crosscite has not written to yet."""


@dataclass(frozen=True, slots=True)
class Written:
    """What writing changed."""

    changed: tuple[str, ...] = ()
    """Files that are new or other than before."""
    removed: tuple[str, ...] = ()
    """Files of the last build that the site has no more."""
    stamp: str = field(default="", compare=False)
    """That of the site as it is then, where that is known."""


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Hold the output folder for one build; a killed one's leavings go. Raises SiteError when another holds it."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only a build needs it

    name = sha256(os.fsencode(output.resolve())).hexdigest()[:16]
    file = Path(tempfile.gettempdir()) / f"crosscite-{name}.lock"
    lock = FileLock(file)
    try:
        lock.acquire(timeout=_PATIENCE_S, poll_interval=_PATIENCE_S / 5)
    except Timeout:
        hint = "wait until it has ended"
        raise SiteError([Problem(str(output), 0, "another build is writing to this folder", hint)]) from None
    except OSError as error:
        raise SiteError([Problem(str(output), 0, f"cannot be locked: {error.strerror}")]) from None
    try:
        sweep(output)
        yield
    finally:
        with suppress(
            OSError
        ):  # while it is held: whoever opened it meanwhile sees that it has no name, and tries again
            file.unlink()
        lock.release()


def check_output(output: Path, content: Path, *, clean: bool = False) -> None:
    """Check, before any work, that the site may be written there. Raises SiteError.

    A folder with files that Crosscite did not write is refused unless ``clean``; one that is or
    holds the content folder, or lies in it, always.
    """
    where, articles = output.resolve(), content.resolve()
    if where == articles or where in articles.parents or articles in where.parents:
        hint = "name a folder of its own with -o"
        raise SiteError([Problem(str(output), 0, "the site would lie over the articles", hint)])
    if output.exists() and not output.is_dir():
        raise SiteError([Problem(str(output), 0, "is a file, not a folder", "name a folder with -o")])
    if clean or not output.exists() or (output / MANIFEST).is_file():
        return
    foreign = sorted({path.name for path in output.iterdir()} - OWN)
    if foreign:
        message = f"holds files that Crosscite did not write ({foreign[0]})"
        hint = "name an empty folder, or replace them with --clean"
        raise SiteError([Problem(str(output), 0, message, hint)])


def stamp(output: Path) -> str:
    """Return the digest of names, sizes and times of the files that Crosscite wrote; it changes when they do."""
    try:
        states = (
            (path, os.lstat(f"{output}/{path}")) for path in sorted(listed(output))
        )  # a Path costs more
        return stamped((path, state.st_size, state.st_mtime_ns) for path, state in states)
    except OSError:
        return ""


def stamped(files: Iterable[tuple[str, int, int]]) -> str:
    """Return the same digest of files, sorted by path: of path, size and time of each."""
    return sha256(
        "\n".join([f"{path}\0{size}\0{time_ns}" for path, size, time_ns in files]).encode()
    ).hexdigest()


def listed(output: Path) -> set[str]:
    """Return what the last build wrote, as far as it stays inside the folder."""
    manifest = output / MANIFEST
    lines = manifest.read_text(encoding="utf-8", errors="replace").splitlines() if manifest.is_file() else []
    return {
        line for line in lines if line and line[0] != "/" and not (".." in line and ".." in line.split("/"))
    }


def leavings(output: Path) -> list[Path]:
    """Return the folders beside the site that a build is writing to, or was when it was killed."""
    return list(output.resolve().parent.glob(f".{escape(output.resolve().name)}.crosscite-*"))


def sweep(output: Path) -> None:
    """Remove what a killed build left beside the site."""
    for left in leavings(output):
        shutil.rmtree(left, ignore_errors=True)
