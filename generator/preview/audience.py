"""Who has pages open while the site is made anew: they are shown theirs before it is whole."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import unquote

from generator.model import Page
from generator.preview.board import Board


class BrokenOff(Exception):  # noqa: N818 - it is no error
    """An edition is not gone on with, since something else was saved meanwhile."""


class Audience:
    """Knows which pages are open, and holds what is shown of an edition that is not whole. Safe from any thread."""

    def __init__(self, board: Board, interrupted: Callable[[], bool]) -> None:
        self._board, self._interrupted = board, interrupted
        self._lock = threading.Lock()
        self._open: Counter[str] = Counter()
        self._asked: set[str] = set()
        self._edited: tuple[str, ...] = ()
        self.shown: Mapping[str, bytes] = {}
        """Files that are shown in place of those in the folder, by path."""

    @contextmanager
    def visit(self, address: str) -> Iterator[None]:
        """Count a page as open; ``address`` is its path as browsers give it."""
        path = self.path(unquote(address))
        with self._lock:
            self._open[path] += 1
        try:
            yield
        finally:
            with self._lock:
                self._open -= Counter([path])

    def path(self, address: str) -> str:
        """Return the path of the file at a decoded address; nothing where the site does not reach."""
        base = self._board.status.base
        inside = address.removeprefix(base)
        if not address.startswith(base):
            return ""
        return inside if inside and not inside.endswith("/") else f"{inside}index.html"

    def begin(self, edited: tuple[str, ...]) -> None:
        """Start another edition."""
        self._asked, self._edited = set(), edited

    def heed(self) -> None:
        """Raise BrokenOff if something else has been saved meanwhile."""
        if self._interrupted():
            raise BrokenOff

    def asks(self) -> frozenset[str]:
        """Return the paths of pages that are open, each once an edition."""
        with self._lock:
            asked = frozenset(self._open.keys() - self._asked)
        self._asked |= asked
        return asked

    def show(self, pages: Iterable[Page]) -> None:
        """Show these pages, and tell those who have them open."""
        self.shown = {**self.shown, **{page.path: page.data for page in pages}}
        status = replace(self._board.status, problems=(), edited=self._edited, partial=True)
        self._board.post(replace(status, pages=0, changed=()))

    def end(self) -> None:
        """Show what lies in the folder, and nothing else."""
        self.shown = {}
