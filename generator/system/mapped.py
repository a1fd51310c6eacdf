"""Pickles that several processes of this machine read, without what is long in them: that lies in a file beside.

Each process maps that file and takes from it what it looks at, so that there is one copy of it for all of them, and
none where memory is needed for something else.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO, Any

_LONG = 512
"""Bytes from which a place in the file takes less room than they do."""


def put(values: Iterable[object], stream: IO[bytes], beside: IO[bytes]) -> None:
    """Write values one by one, and hold on to nothing of them; ``beside`` takes what is long."""
    beside.write(b"\0")  # a file of nothing cannot be mapped
    for value in values:
        _Putting(stream, beside).dump(value)


class _Putting(pickle.Pickler):
    """Writes one pickle: to empty the memory of an earlier one takes as long as its largest pickle is long."""

    def __init__(self, stream: IO[bytes], beside: IO[bytes]) -> None:
        super().__init__(stream, protocol=5)
        self._beside = beside

    def persistent_id(self, value: object) -> tuple[int, int] | None:
        """Return where in the file bytes are that are long; None of everything else."""
        if type(value) is not bytes or len(value) < _LONG:
            return None
        start = self._beside.tell()
        self._beside.write(value)
        return start, start + len(value)


def taken(stream: IO[bytes], beside: Path) -> Iterator[Any]:
    """Yield what was put into a stream; bytes that are long come as views of the file ``beside``."""
    with beside.open("rb") as file:
        mapped = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
    while True:
        yield _Taking(stream, mapped).load()


class _Taking(pickle.Unpickler):
    """Takes one pickle; what another has met is nothing to it."""

    def __init__(self, stream: IO[bytes], mapped: memoryview) -> None:
        super().__init__(stream)
        self._mapped = mapped

    def persistent_load(self, place: tuple[int, int]) -> memoryview:
        """Return the bytes at a place."""
        start, end = place
        return self._mapped[start:end]
