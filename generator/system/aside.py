"""A few items done by a process that is started for them alone, while this one imports what comes after.

It is a bare interpreter, there sooner than the many of ``engines.py``. Whatever befalls it, the rest is done here.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from typing import Generic, TypeVar

from generator.system.garbage import search_seldom
from generator.system.memory import pickled

Item = TypeVar("Item")
Result = TypeVar("Result")


class Aside(Generic[Item, Result]):
    """Results in order, one at a time, each with itself pickled; the process begins at once."""

    def __init__(self, function: Callable[[Item], Result], items: Sequence[Item]) -> None:
        self._function, self._items = function, deque(items)
        self._process: Popen[bytes] | None = None
        with suppress(OSError):  # no process can be had, or it is gone already
            self._process = _started()
            with self._process.stdin as stream:  # type: ignore[union-attr] # a pipe
                pickle.dump((function, items), stream)

    def __iter__(self) -> Iterator[Sequence[tuple[Result, bytes]]]:
        for data in self._received():
            self._items.popleft()
            yield [(pickle.loads(data), data)]  # noqa: S301 - made by this build
        yield from here(self._function, self._items, pickled)

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()
            with self._process:
                pass

    def _received(self) -> Iterator[bytes]:
        """Yield what the process sends for as long as it does."""
        if self._process and self._process.stdout:
            with suppress(EOFError, pickle.UnpicklingError):
                for _ in range(len(self._items)):
                    yield pickle.load(self._process.stdout)  # noqa: S301 - made by this build


def here(
    function: Callable[[Item], Result], items: Iterable[Item], as_bytes: Callable[[object], bytes]
) -> Generator[Sequence[tuple[Result, bytes]], None, None]:
    """Yield what this process makes of each item, when it is asked for it."""
    for item in items:
        result = function(item)
        yield [(result, as_bytes(result))]


def _started() -> Popen[bytes]:
    """Start an interpreter that imports from where this one does. Raises OSError.

    It takes up neither what a folder happens to hold nor what an environment starts with; what is wrong is said by the
    process that does the rest, and Ctrl-C stops that one.
    """
    script = f"import sys; sys.path[:] = {sys.path!r}; from generator.system.aside import serve; serve()"
    command = (sys.executable, "-S", "-P", "-c", script)
    return Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True)  # noqa: S603


def serve() -> None:
    """Do what comes in, and send each result as soon as it is there: to nobody, when who waited for it is no more."""
    search_seldom()
    function, items = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    for ((_, data),) in here(function, items, pickled):
        pickle.dump(data, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    os._exit(0)  # nothing is left to tidy up
