"""A process beside this one that does what it is ordered, one thing after the other, while this one goes on.

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


class Aside:
    """Such a process, which begins at once. What it sends is to be received in the order in which it was ordered."""

    def __init__(self) -> None:
        self._process: Popen[bytes] | None = None
        with suppress(OSError):
            self._process = _started()

    def order(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Order[Item, Result]:
        """Have it begin ``function`` of each item."""
        with suppress(OSError):  # it is no more
            if self._process and self._process.stdin:
                pickle.dump((function, items), self._process.stdin)
                self._process.stdin.flush()
        return Order(self, function, items)

    def receive(self) -> bytes:
        """Return what it sends next. Raises EOFError when it is no more."""
        if self._process and self._process.stdout:
            with suppress(pickle.UnpicklingError):  # it was killed while it sent
                data: bytes = pickle.load(self._process.stdout)  # noqa: S301 - made by this build
                return data
        raise EOFError

    def close(self) -> None:
        """End it."""
        process, self._process = self._process, None
        if process:
            process.kill()
            with suppress(OSError), process:  # what it was sent last may not have reached it
                pass


class Order(Generic[Item, Result]):
    """Results in order, one at a time, each with itself pickled."""

    def __init__(self, aside: Aside, function: Callable[[Item], Result], items: Sequence[Item]) -> None:
        self._aside, self._function, self._items = aside, function, deque(items)

    def __iter__(self) -> Iterator[Sequence[tuple[Result, bytes]]]:
        with suppress(EOFError):
            while self._items:
                data = self._aside.receive()
                self._items.popleft()
                yield [(pickle.loads(data), data)]  # noqa: S301 - made by this build
        yield from here(self._function, self._items, pickled)

    def result(self) -> Result:
        """Return the result of the only item."""
        (((result, _),),) = self
        return result

    def close(self) -> None:
        """Let go of what has not been received: the process would send it to whoever comes next."""
        if self._items:
            self._aside.close()


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
    """Do what comes in, and send each result as soon as it is there, until who waits for it is no more."""
    search_seldom()
    with suppress(EOFError):
        while True:
            function, items = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
            for ((_, data),) in here(function, items, pickled):
                pickle.dump(data, sys.stdout.buffer)
                sys.stdout.buffer.flush()
    os._exit(0)  # nothing is left to tidy up
