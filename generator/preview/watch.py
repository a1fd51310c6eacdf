"""Watch files: a generator of settled sets of changes. The door to watchdog.

What the system reports only wakes the watch; what has changed is found by comparing the files
themselves (``snapshot``), so that an event which is lost, doubled or out of order does no harm.
A set is settled when nothing has moved for a moment and, where the system tells (Linux), every file
that was being written is closed; under constant writing it is given out after a limit all the same.
Changes that come while the caller is busy with one set make up the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from generator.errors import Problem, SiteError
from generator.preview.hints import EXACT, Hints
from generator.preview.snapshot import Places, Snapshot, differing, first_scan, scan

QUIET_S = 0.03
"""Seconds without an event after which changes have settled."""

LIMIT_S = 1.0
"""Seconds after which they are given out even if writing goes on."""

POLL_S = 0.5
"""Seconds between two looks at the files where the system reports nothing."""

_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
"""Not opened and closed unwritten: a build that reads the articles would wake itself."""


class Watch:
    """A context within which changes are noticed; what changes before ``changes`` is called counts too.

    With ``poll`` the files are looked at now and then, for network drives and containers whose
    system reports nothing. ``ahead`` is called in the silence that shows changes to have settled, with the places that
    have moved where they are known: what it does then nobody waits for. Raises SiteError when the system can watch no more files.
    """

    def __init__(
        self,
        places: Places,
        *,
        poll: bool = False,
        quiet_s: float = QUIET_S,
        limit_s: float = LIMIT_S,
        ahead: Callable[[AbstractSet[Path]], object] = lambda _: None,
    ) -> None:
        self._places, self._ahead = places, ahead
        self._limit_s, self._quiet_s = limit_s, quiet_s
        self._hints = Hints(places)
        self._arms = None if poll else _Arms(places, self._hints)
        self._files: Snapshot = {}

    def __enter__(self) -> Self:
        if self._arms:
            self._arms.start()
        self._files = first_scan(self._places)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if self._arms:
            self._arms.stop()

    def stop(self) -> None:
        """Let ``changes`` end, from any thread."""
        self._hints.stop()

    def changes(self) -> Iterator[frozenset[Path]]:
        """Yield each settled set of files that are new, gone or of other content, until ``stop``."""
        while self._settle() if self._arms else self._look():
            if changed := self._take():
                yield changed

    def more(self) -> frozenset[Path]:
        """Return what has changed since the last set was given out, once it has settled; often nothing."""
        if self._arms:
            settled = self._hints.waiting() and self._settle()
        else:
            moved = differing(self._files, scan(self._places, self._files))
            settled = bool(moved) and self._hints.nap(self._quiet_s)
        return self._take() if settled else frozenset()

    def waiting(self) -> bool:
        """Return whether the system has reported something that has not been given out yet."""
        return self._hints.waiting()

    def _take(self) -> frozenset[Path]:
        """Return what has changed, and remember the files as they are now."""
        touched = self._hints.take() if self._arms else None
        before, self._files = self._files, scan(self._places, self._files, touched)
        return differing(before, self._files)

    def _settle(self) -> bool:
        """Wait for events, then for silence; return False when stopped."""
        going_on = self._hints.settle(self._quiet_s, self._limit_s, self._do_ahead)
        if going_on and self._arms and self._arms.renew():
            self._hints.look_everywhere()
        return going_on

    def _do_ahead(self, touched: AbstractSet[str] | None) -> None:
        if touched is not None:
            self._ahead(frozenset(map(Path, touched)))

    def _look(self) -> bool:
        """Look every now and then until files differ and have settled; return False when stopped."""
        files = self._files
        moving_since: float | None = None
        while self._hints.nap(POLL_S if moving_since is None else self._quiet_s):
            before, files = files, scan(self._places, files)
            if moving_since is None:
                moving_since = time.monotonic() if differing(self._files, files) else None
            elif not differing(before, files) or time.monotonic() - moving_since > self._limit_s:
                return True
        return False


class _Reporter(FileSystemEventHandler):
    """Passes on what the system reports; called by watchdog's thread."""

    def __init__(self, hints: Hints) -> None:
        self._hints = hints

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on an event."""
        opened = EXACT and isinstance(event, FileModifiedEvent)
        closed = isinstance(event, FileClosedEvent | FileMovedEvent | FileDeletedEvent)
        paths = [str(path) for path in (event.src_path, event.dest_path) if path]
        self._hints.note(paths, opened=opened, closed=closed)


class _Arms:
    """watchdog's observer, kept on folders that may be removed, moved away and made anew."""

    def __init__(self, places: Places, hints: Hints) -> None:
        above = {path.parent for path in (*places.files, *places.trees)}
        alone = sorted(above - set(places.trees))
        self._folders = [(tree, True) for tree in places.trees] + [(folder, False) for folder in alone]
        self._reporter = _Reporter(hints)
        self._observer: BaseObserver | None = None
        self._armed: dict[Path, tuple[tuple[int, int], ObservedWatch]] = {}

    def start(self) -> None:
        """Begin to watch. Raises SiteError."""
        try:
            self._observer = Observer()
            self._observer.start()
        except OSError as error:
            raise _unwatchable(error) from None
        self.renew()

    def stop(self) -> None:
        """Stop watching; its threads have ended."""
        if self._observer and self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def renew(self) -> bool:
        """Watch the folders that have come into being, and no longer those that are gone.

        Returns whether there were any. Raises SiteError.
        """
        assert self._observer is not None
        before = dict(self._armed)
        for folder, recursive in self._folders:
            there, armed = _identity(folder), self._armed.get(folder)
            if armed and armed[0] != there:
                del self._armed[folder]
                with suppress(KeyError):
                    self._observer.unschedule(armed[1])
            if there and folder not in self._armed:
                self._arm(folder, there, recursive=recursive)
        return self._armed != before

    def _arm(self, folder: Path, identity: tuple[int, int], *, recursive: bool) -> None:
        assert self._observer is not None
        try:
            watch = self._observer.schedule(
                self._reporter, str(folder), recursive=recursive, event_filter=_EVENTS
            )
        except OSError as error:
            if _identity(folder) == identity:
                self.stop()
                raise _unwatchable(error) from None
        else:
            self._armed[folder] = (identity, watch)


def _unwatchable(error: OSError) -> SiteError:
    """Return what to tell when the system refuses to watch."""
    hint = "raise the system's limit of watched files, or use --poll"
    return SiteError([Problem("", 0, f"files cannot be watched: {error.strerror or error}", hint)])


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another of the same name; None when there is none."""
    try:
        stat = folder.stat()
    except OSError:
        return None
    return (stat.st_dev, stat.st_ino) if folder.is_dir() else None
