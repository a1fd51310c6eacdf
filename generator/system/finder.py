"""Keep the search index of a preview up to date, behind the builds: nobody waits for it to see a change."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Sequence
from operator import is_not

from generator.errors import UserError
from generator.model import Page
from generator.system.search import Indexed, index_pages, joined, parted, searchable

Put = Callable[[tuple[Page, ...]], object]
QUIET_S = 1.0
"""Seconds that pages stay as they are before an index of them is made: it takes the processor from the next build."""


class Finder:
    """Makes indexes of the latest pages in a thread of its own; what came meanwhile is left out."""

    def __init__(self, quiet_s: float = QUIET_S) -> None:
        self.quiet_s = quiet_s
        """Seconds of rest before an index is made."""
        self._lock = threading.Condition()
        self._wanted: tuple[Sequence[Page], Put] | None = None
        self._error: UserError | None = None
        self._indexes: Sequence[Indexed | None] = ()
        """Of the latest pages that have been indexed, by part."""
        self._ended = self._busy = self._left = False
        self._program: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None

    def follow(self, pages: Sequence[Page], put: Put) -> None:
        """Let ``put`` be given the index of these pages once no others come. Raises what kept the last from being made."""
        with self._lock:
            error, self._error = self._error, None
            if error:
                raise error
            self._wanted = pages, put
            if not self._thread:
                self._thread = threading.Thread(target=self._run, name="search index")
                self._thread.start()
            self._lock.notify_all()

    def leave_off(self) -> None:
        """Leave off what is being indexed, which a build would have to share the processor with; it is begun anew later."""
        with self._lock:
            self._left = self._busy
            if self._left and self._program:
                self._program.terminate()

    def wait(self) -> None:
        """Wait until the index of the latest pages is there."""
        with self._lock:
            self._lock.wait_for(lambda: self._wanted is None or self._ended)

    def close(self) -> None:
        """End at once."""
        with self._lock:
            self._ended = True
            if self._program:
                self._program.terminate()
            self._lock.notify_all()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        """Index whatever is wanted, until the end."""
        while wanted := self._next():
            pages, put = searchable(wanted[0]), wanted[1]
            try:
                parts, last = parted(pages), self._indexes
                last = last if len(last) == len(parts) else [None] * len(parts)
                made = [index_pages(*each, self._started) for each in zip(parts, last, strict=True)]
                if any(map(is_not, made, last)):
                    put(joined(made))
                    self._indexes = made
            except UserError as error:
                with self._lock:
                    self._error = None if self._ended or self._left else error
            with self._lock:
                self._wanted = None if self._wanted is wanted and not self._left else self._wanted
                self._busy = self._left = False
                self._lock.notify_all()

    def _next(self) -> tuple[Sequence[Page], Put] | None:
        """Wait for work that stays the same for a while; None at the end."""
        with self._lock:
            self._lock.wait_for(lambda: self._wanted or self._ended)
            while not self._ended and self._lock.wait(self.quiet_s):
                pass  # others have come
            self._busy, self._program = True, None
            return None if self._ended else self._wanted

    def _started(self, program: subprocess.Popen[str]) -> None:
        """Take hold of the indexer, so that it can be ended."""
        with self._lock:
            self._program = program
            if self._ended or self._left:
                program.terminate()
