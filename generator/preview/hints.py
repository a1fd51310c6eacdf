"""What the system reports while files are watched: that something moved, when, and who is still writing."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

from generator.preview.snapshot import Places

Ahead = Callable[[AbstractSet[str] | None], object]
"""Does what can be done of places that have moved; None when any may have."""
EXACT = sys.platform.startswith("linux")
"""Whether the system names each file that moved, and says when its writer has closed it."""

_MANY = 100
"""Paths from which on all files are looked at: a system that reports so much may have dropped some."""

_ALONE, _LEAST = 0.4, 0.2
"""Shares of the silence that are enough after one file alone was saved, and that are waited for once what can be done ahead is."""

_NAP_S = 0.5
"""Longest uninterrupted wait: Windows lets Ctrl-C through only between two."""


class Hints:
    """Gathers reports from one thread for another that waits until they settle."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._moved = threading.Condition()
        self._first: float | None = None
        self._last = 0.0
        self._touched: set[str] = set()
        self._everywhere = not EXACT
        self._written: set[str] = set()
        self._stopped = False

    def note(self, paths: Iterable[str], *, opened: bool = False, closed: bool = False) -> None:
        """Note that these places moved; whether they are now being written, or no longer."""
        touched = [path for path in paths if self._places.concern(path)]
        if not touched:
            return
        with self._moved:
            self._last = time.monotonic()
            self._first = self._last if self._first is None else self._first
            self._touched.update(touched)
            if opened:
                self._written.update(touched)
            elif closed:
                self._written.difference_update(touched)
            self._moved.notify_all()

    def settle(self, quiet_s: float, limit_s: float, ahead: Ahead = lambda _: None) -> bool:
        """Wait for an event, then for silence or the limit; return False when stopped.

        ``ahead`` is done once while nobody writes, with what has moved until then: the silence is not idle.
        """
        with self._moved:
            while self._first is None and not self._stopped:
                self._moved.wait(_NAP_S)
            while self._written and not self._stopped and self._left_s(quiet_s, limit_s) > 0:
                self._moved.wait(min(self._left_s(quiet_s, limit_s), _NAP_S))
            going_on, touched = not self._stopped, self._told()
        if going_on:
            ahead(touched)
        with self._moved:
            self._last = max(self._last, time.monotonic() - quiet_s * (1 - _LEAST))
            while self._first is not None and not self._stopped:
                if (left_s := self._left_s(quiet_s, limit_s)) <= 0:
                    break
                self._wait(min(left_s, _NAP_S), quiet_s * _LEAST)
            self._first = None
            self._written.clear()
            return not self._stopped

    def _left_s(self, quiet_s: float, limit_s: float) -> float:
        """Return how long there is to wait unless something else happens."""
        assert self._first is not None
        until = self._first + limit_s
        if not self._written:
            alone = EXACT and len(self._touched) == 1
            until = min(until, self._last + quiet_s * (_ALONE if alone else 1))
        return until - time.monotonic()

    def _wait(self, seconds: float, late_s: float) -> None:
        """Wait for an event; the machine was busy when that ends too late: others did not come to write either."""
        until = time.monotonic() + seconds + late_s
        self._moved.wait(seconds)
        if (now := time.monotonic()) > until:
            self._last = now

    def take(self) -> set[str] | None:
        """Return the places that were reported since the last call; None when any may have moved."""
        with self._moved:
            told, self._touched, self._everywhere = self._told(), set(), not EXACT
            return told

    def _told(self) -> set[str] | None:
        """Return the places that were reported; None when any may have moved."""
        return None if self._everywhere or len(self._touched) > _MANY else set(self._touched)

    def look_everywhere(self) -> None:
        """Let the next ``take`` say that any place may have moved."""
        with self._moved:
            self._everywhere = True

    def nap(self, seconds: float) -> bool:
        """Wait; return False when stopped."""
        with self._moved:
            if not self._stopped:
                self._moved.wait(seconds)
            return not self._stopped

    def waiting(self) -> bool:
        """Return whether something moved that has not been settled yet."""
        with self._moved:
            return self._first is not None

    def stop(self) -> None:
        """End all waiting."""
        with self._moved:
            self._stopped = True
            self._moved.notify_all()
