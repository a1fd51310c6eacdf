"""Write what differs into a folder that only this process writes: that of a preview.

What was written is remembered, so that neither the folder is looked at nor anything linked or exchanged:
a change costs what it changes. Each file is whole at any time; a kill leaves a folder that nobody needs.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

from generator.errors import Problem, SiteError
from generator.model import Moved, Page
from generator.system.output import Written
from generator.system.room import above, check_paths
from generator.system.stage import write_site


class Shelf:
    """The files of one folder as they were last written."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._files: dict[str, Page] = {}
        self._last: Sequence[Page] = ()
        self._aside: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def put_aside(self, pages: Sequence[Page], folder: Path) -> None:
        """Let the folder hold these pages too, in place of those put aside before; from any thread."""
        wanted = {page.path: page.data for page in pages}
        with self._lock:
            if folder == self._folder:
                changed = {path: data for path, data in wanted.items() if self._aside.get(path) != data}
                _update(folder, changed, self._aside.keys() - wanted.keys())
            self._aside = wanted

    def write(self, pages: Sequence[Page], folder: Path, moved: Moved | None = None) -> Written:
        """Make the folder hold these pages beside what was put aside. Raises SiteError as ``write_site`` does.

        ``moved`` saves comparing all of them with what was written last.
        """
        with self._lock:
            return self._write(pages, folder, moved)

    def _write(self, pages: Sequence[Page], folder: Path, moved: Moved | None) -> Written:
        if not moved or moved.before is not self._last:
            moved = self._compared(pages)
        wanted = {**self._files, **moved.fresh}
        for path in moved.gone:
            del wanted[path]
        removed = moved.gone
        changed = {path: page.data for path, page in moved.fresh.items()}
        new = [page for path, page in moved.fresh.items() if path not in self._files]
        turned = not removed.isdisjoint(above(changed)) or not wanted.keys().isdisjoint(above(removed))
        if folder != self._folder or turned or len(wanted) < len(pages) or self._clash(new):
            aside = [Page(path, data) for path, data in self._aside.items()]
            written = write_site([*pages, *aside], folder, clean=True, durable=False)
        else:
            check_paths(new)
            self._folder = None  # should writing fail, the next build looks at the folder
            written = _update(folder, changed, removed)
        self._folder, self._files, self._last = folder, wanted, pages
        return written

    def _compared(self, pages: Sequence[Page]) -> Moved:
        """Return how pages differ from what was written last."""
        known, paths = self._files.get, {page.path for page in pages}
        fresh = {page.path: page for page in pages if known(page.path) != page}
        return Moved(self._last, fresh, frozenset(self._files.keys() - paths))

    def _clash(self, new: Sequence[Page]) -> bool:
        """Return whether one of these pages may stand where another does, if capitals do not count."""
        if not new:
            return False
        folded = {path.casefold() for path in self._files}
        return any(page.path.casefold() in folded for page in new)


def _update(folder: Path, changed: Mapping[str, bytes], removed: AbstractSet[str]) -> Written:
    """Write what is new or other, pages after what they need; then remove what is gone."""
    try:
        for path in sorted(changed, key=lambda path: (path.endswith(".html"), path)):
            _put(folder / path, changed[path])
        for path in removed:
            (folder / path).unlink(missing_ok=True)
        for place in sorted(above(removed), reverse=True):
            with suppress(OSError):  # it still holds something
                (folder / place).rmdir()
    except OSError as error:
        message = f"cannot be written: {error.strerror} ({error.filename or folder})"
        raise SiteError([Problem(str(folder), 0, message, "free some space")]) from None
    return Written(tuple(sorted(changed)), tuple(sorted(removed)))


def _put(target: Path, data: bytes) -> None:
    """Write a file so that whoever reads it meanwhile has the old or the new one, whole."""
    beside = target.with_name(f".{target.name}.new")
    try:
        beside.write_bytes(data)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
    beside.replace(target)
