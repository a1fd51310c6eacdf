"""Write the site so that it is always whole: the last good one, or the new one.

The new tree is laid beside the old one (unchanged files are hard links, so that this is cheap) and
takes its place in a single exchange of the two names, where the system can do that (Linux, macOS).
Elsewhere files are replaced one by one, each whole. A build that is killed leaves at worst a hidden
folder beside the site, which the next build removes. Files that Crosscite did not write are kept.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from glob import escape
from hashlib import sha256
from pathlib import Path

from generator.errors import Problem, SiteError
from generator.model import Page
from generator.system.exchange import NOT_HERE, exchange
from generator.system.room import above, check_paths, check_room

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
        _sweep(output)
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


def write_site(pages: Sequence[Page], output: Path, *, clean: bool = False, durable: bool = True) -> Written:
    """Make the output folder hold exactly these pages, beside what is the user's own.

    Only files that differ are written. With ``clean``, files that Crosscite did not write go too,
    but for ``.git``, ``.gitignore`` and ``CNAME``; without it a page never takes the place of one of
    them. ``durable`` waits for the disk, so that a power cut cannot leave half a site either. Raises
    SiteError; the old site is then as it was.
    """
    try:
        return _write(pages, output.resolve(), clean=clean, durable=durable)
    except OSError as error:
        where = error.filename or output
        hint = "free some space" if error.errno == errno.ENOSPC else "check the folder and its permissions"
        raise SiteError(
            [Problem(str(output), 0, f"cannot be written: {error.strerror} ({where})", hint)]
        ) from None


def _write(pages: Sequence[Page], output: Path, *, clean: bool, durable: bool) -> Written:
    """Do what ``write_site`` says, letting system errors through."""
    check_paths(pages)
    listing = "".join(f"{page.path}\n" for page in sorted(pages))
    wanted = {page.path: page.data for page in pages} | {MANIFEST: listing.encode()}
    old, empty = _files(output)
    ours = _listed(output) if not clean else {path for path in old if path.split("/")[0] not in OWN}
    check_room(wanted.keys(), old.keys() - ours - {MANIFEST}, empty, output)
    removed = sorted((ours & old.keys()) - wanted.keys())
    changed = sorted(path for path, data in wanted.items() if not _same(old.get(path), data))
    _sweep(output)
    if changed or removed:
        gone = {*changed, *removed}
        kept = {path: file for path, file in old.items() if path not in gone}
        new = {path: wanted[path] for path in changed}
        bare = [path for path in empty if not clean or path.split("/")[0] in OWN]
        _replace(output, _Kept(kept, ours, bare), new, removed, durable=durable)
    return Written(tuple(p for p in changed if p != MANIFEST), tuple(p for p in removed if p != MANIFEST))


def stamp(output: Path) -> str:
    """Return the digest of names, sizes and times of the files that Crosscite wrote; it changes when they do."""
    states = []
    try:
        for path in sorted(_listed(output)):
            state = os.lstat(f"{output}/{path}")  # of tens of thousands of files: a Path costs more
            states.append(f"{path}\0{state.st_size}\0{state.st_mtime_ns}")
    except OSError:
        return ""
    return sha256("\n".join(states).encode()).hexdigest()


def _files(folder: Path) -> tuple[dict[str, os.DirEntry[str]], list[str]]:
    """Return all files below a folder by their path, and the empty folders; links are files, not entered."""
    found: dict[str, os.DirEntry[str]] = {}  # of tens of thousands of files: a Path costs more
    empty: list[str] = []
    pending = [(str(folder), "")] if folder.is_dir() else []
    while pending:
        place, prefix = pending.pop()
        entries = list(os.scandir(place))
        if not entries and prefix:
            empty.append(prefix[:-1])
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                pending.append((entry.path, f"{prefix}{entry.name}/"))
            else:
                found[prefix + entry.name] = entry
    return found, empty


def _listed(output: Path) -> set[str]:
    """Return what the last build wrote, as far as it stays inside the folder."""
    manifest = output / MANIFEST
    lines = manifest.read_text(encoding="utf-8", errors="replace").splitlines() if manifest.is_file() else []
    return {
        line for line in lines if line and line[0] != "/" and not (".." in line and ".." in line.split("/"))
    }


def _same(file: os.DirEntry[str] | None, data: bytes) -> bool:
    """Return whether a file is there and holds exactly these bytes."""
    if file is None or file.is_symlink() or file.stat().st_size != len(data):
        return False
    with open(file.path, "rb", buffering=0) as stream:  # noqa: PTH123
        return stream.read() == data


def leavings(output: Path) -> list[Path]:
    """Return the folders beside the site that a build is writing to, or was when it was killed."""
    return list(output.resolve().parent.glob(f".{escape(output.resolve().name)}.crosscite-*"))


def _sweep(output: Path) -> None:
    """Remove what a killed build left beside the site."""
    for left in leavings(output):
        shutil.rmtree(left, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the new tree has from the old one."""

    files: Mapping[str, os.DirEntry[str]]
    ours: AbstractSet[str]
    """Paths that Crosscite wrote; all others are the user's."""
    empty: Sequence[str]
    """Folders without a file, which only a user makes."""


def _replace(
    output: Path, kept: _Kept, new: Mapping[str, bytes], removed: Sequence[str], *, durable: bool
) -> None:
    """Bring the new tree in place of the old one."""
    output.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(output if output.exists() else output.parent, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(output))
    stage = Path(tempfile.mkdtemp(prefix=f".{output.name}.crosscite-", dir=output.parent))
    try:
        stage.chmod(output.stat().st_mode if output.exists() else 0o755)
        _lay(stage, new, durable=durable)
        if not output.exists():
            stage.rename(output)
        elif not (_link(stage, output, kept) and exchange(stage, output)):
            _replace_each(output, stage, new, removed)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _lay(stage: Path, files: Mapping[str, bytes], *, durable: bool) -> None:
    """Write files below a folder."""
    _make_folders(stage, files)
    for path, data in files.items():
        with open(f"{stage}/{path}", "wb") as stream:  # noqa: PTH123 - of tens of thousands
            stream.write(data)
    if durable and hasattr(os, "sync"):
        os.sync()


def _make_folders(root: Path, paths: Iterable[str]) -> None:
    """Make the folders that files belong in, each after those above it."""
    for folder in sorted(set(above(paths))):
        with suppress(FileExistsError):
            os.mkdir(f"{root}/{folder}")  # noqa: PTH102 - of thousands of folders


def _link(stage: Path, output: Path, kept: _Kept) -> bool:
    """Hard-link what is kept into the new tree; return whether the file system could.

    The user's folders keep their permissions. Raises OSError when there is no room for it.
    """
    _make_folders(stage, kept.files)
    for path in kept.empty:
        (stage / path).mkdir(parents=True, exist_ok=True)
    try:
        for path, file in kept.files.items():
            os.link(file.path, f"{stage}/{path}", follow_symlinks=False)
    except NotImplementedError:
        return False
    except OSError as error:
        if error.errno not in NOT_HERE:
            raise
        return False
    own = [*kept.empty, *(path for path in kept.files if path not in kept.ours)]
    for folder in {*kept.empty, *above(own)}:
        (stage / folder).chmod((output / folder).stat().st_mode)
    return True


def _replace_each(output: Path, stage: Path, new: Mapping[str, bytes], removed: Sequence[str]) -> None:
    """Move files into place one by one, then remove the old ones and their empty folders.

    Until all are in place the list of our files names the old and the new ones, so that a build
    that comes after a kill takes none of them for the user's. What can fail for want of room comes first.
    """
    union = "".join(f"{path}\n" for path in sorted(_listed(output) | new.keys()))
    both = stage / f"{MANIFEST}-both"
    both.write_text(union, encoding="utf-8", newline="\n")
    both.replace(output / MANIFEST)
    taken = set(above(new)).intersection(removed)
    for path in taken:
        (output / path).unlink(missing_ok=True)  # a file where a folder is to be
    _make_folders(output, new)
    for path in sorted(new, key=lambda path: path == MANIFEST):
        (stage / path).replace(output / path)
    for path in set(removed) - taken:
        (output / path).unlink(missing_ok=True)
    for folder in sorted({parent for path in removed for parent in (output / path).parents}, reverse=True):
        if output in folder.parents and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
