"""Where open pages wait for news of the next build.

The server of the pages runs in an event loop of its own, the builds in another thread; they meet here.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from dataclasses import replace

from generator.preview.status import Status


class Board:
    """Holds the status; whoever waits for a newer one is woken. Safe from any thread."""

    def __init__(self, status: Status | None = None) -> None:
        self._lock = threading.Lock()
        self._status = status or Status()
        self._waiting: dict[asyncio.Future[None], asyncio.AbstractEventLoop] = {}

    @property
    def status(self) -> Status:
        """What was posted last."""
        return self._status

    def post(self, status: Status) -> None:
        """Make this the status, under the next epoch."""
        with self._lock:
            self._status = replace(status, epoch=self._status.epoch + 1)
            waiting, self._waiting = self._waiting, {}
        for future, loop in waiting.items():
            with suppress(RuntimeError):  # its loop has ended
                loop.call_soon_threadsafe(_wake, future)

    def close(self) -> None:
        """Tell everybody that the preview has ended."""
        self.post(replace(self._status, closed=True))

    async def newer(self, epoch: int, patience_s: float) -> Status:
        """Return the status once it is of another epoch, or after some time as it is."""
        loop = asyncio.get_running_loop()
        with self._lock:
            if self._status.epoch != epoch:
                return self._status
            future: asyncio.Future[None] = loop.create_future()
            self._waiting[future] = loop
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(future, patience_s)
        finally:
            with self._lock:
                self._waiting.pop(future, None)
        return self._status


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
