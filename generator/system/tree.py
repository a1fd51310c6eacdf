"""Files and folders of a site that is being written, many thousands of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from generator.model import Note, Page
from generator.system.exchange import NOT_HERE
from generator.system.output import MANIFEST, listed
from generator.system.room import Paths, above


class Tree:
    """A folder in which files are laid, by this process and by others; folders are made once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = {""}

    def lay(self, page: Page) -> None:
        """Write a page."""
        self.make_way(page.path)
        with open(f"{self.folder}/{page.path}", "wb") as stream:  # noqa: PTH123 - of tens of thousands
            stream.write(page.data)

    def make_way(self, path: str) -> None:
        """Make the folders that a file belongs in."""
        above_it = path.rpartition("/")[0]
        if above_it not in self._made:
            self.make_way(above_it)
            with suppress(FileExistsError):
                os.mkdir(f"{self.folder}/{above_it}")  # noqa: PTH102 - of thousands
            self._made.add(above_it)


class Corner:
    """The folder of a stage, for a process that only lays pages there."""

    def __init__(self, folder: Path) -> None:
        self._tree, self._paths = Tree(folder), Paths()

    def put(self, page: Page, _: bytes) -> None:
        """Lay a page, unless its path leads out."""
        if self._paths.add(page.path):
            self._tree.lay(page)

    def took(self, note: Note) -> None:
        """Leave that to the stage."""

    def stands(self, _: Note) -> bool:
        """Leave that to the stage."""
        return False

    def keep(self, note: Note) -> None:
        """Leave that to the stage."""


def files_below(folder: Path) -> tuple[dict[str, os.DirEntry[str]], list[str]]:
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


def link_each(tree: Path, folder: Path, paths: Iterable[str]) -> bool:
    """Hard-link files of a tree into a folder; return whether the file system can.

    Raises OSError when there is no room for it.
    """
    new = Tree(folder)
    try:
        for path in paths:
            new.make_way(path)
            _link(f"{tree}/{path}", f"{folder}/{path}")
    except NotImplementedError:
        return False
    except OSError as error:
        if error.errno not in NOT_HERE:
            raise
        return False
    return True


def _link(file: str, name: str) -> None:
    """Hard-link a file, unless another process has done that."""
    try:
        os.link(file, name, follow_symlinks=False)
    except FileExistsError:
        if os.lstat(file).st_ino != os.lstat(name).st_ino:
            raise


def remove(folder: Path, known: Iterable[str]) -> None:
    """Remove a folder, first the files that are known to be in it, as nobody has to look for them."""
    with suppress(OSError):  # one is not there: then the others are looked for
        for path in known:
            os.unlink(f"{folder}/{path}")  # noqa: PTH108 - of tens of thousands
        for path in sorted(above(known), reverse=True):
            os.rmdir(f"{folder}/{path}")  # noqa: PTH106 - of thousands
    shutil.rmtree(folder, ignore_errors=True)


def replace_each(output: Path, stage: Path, new: Iterable[str], removed: Sequence[str]) -> None:
    """Move files into place one by one, then remove the old ones and their empty folders.

    Until all are in place the list of our files names the old and the new ones, so that a build
    that comes after a kill takes none of them for the user's. What can fail for want of room comes first.
    """
    union = "".join(f"{path}\n" for path in sorted(listed(output) | {*new}))
    both = stage / f"{MANIFEST}-both"
    both.write_text(union, encoding="utf-8", newline="\n")
    both.replace(output / MANIFEST)
    taken = set(above(new)).intersection(removed)
    for path in taken:
        (output / path).unlink(missing_ok=True)  # a file where a folder is to be
    tree = Tree(output)
    for path in new:
        tree.make_way(path)
    for path in sorted(new, key=lambda path: (path == MANIFEST, path)):
        (stage / path).replace(output / path)
    for path in set(removed) - taken:
        (output / path).unlink(missing_ok=True)
    for folder in sorted({parent for path in removed for parent in (output / path).parents}, reverse=True):
        if output in folder.parents and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
