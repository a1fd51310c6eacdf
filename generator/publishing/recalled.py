"""What was made of single stories, remembered from process to process where making it again would open what is packed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol, TypeVar

from generator.publishing.kept import Kept
from generator.publishing.seals import Seals

Made = TypeVar("Made")

_RUN = 500
"""Things that are looked up, and remembered, at a time."""


class Memory(Protocol):
    """What was made under the same code, settings and templates."""

    def recall(self, keys: Sequence[str]) -> Mapping[str, object]:
        """Return what is remembered, by key."""

    def add(self, values: Mapping[str, object]) -> None:
        """Remember values by key."""


class Recalled(Kept):
    """The answers of functions to objects, of which those that are worth it are remembered while there is a memory."""

    def __init__(self, most: int, seals: Seals) -> None:
        super().__init__(most)
        self._seals, self._basis = seals, b""
        self._memory: Memory | None = None
        self.keys: list[str] = []
        """Of what is remembered."""

    @contextmanager
    def by(self, memory: Memory, basis: bytes) -> Iterator[None]:
        """Remember what is made meanwhile; ``basis`` is the digest of all that is constant."""
        self._memory, self._basis = memory, basis
        yield
        self._memory = None

    def remembered_each(
        self, make: Callable[..., Made], asker: object, things: Sequence[object]
    ) -> Sequence[Made]:
        """Return ``make(asker, thing)`` of each thing, recalled while the thing stays what it is."""
        if self._memory is None:
            return super().remembered_each(make, asker, things)
        answers: list[Made] = []
        for start in range(0, len(things), _RUN):
            run = things[start : start + _RUN]
            name = (self._basis, make.__module__, make.__qualname__)
            keys = [self._seals.of(*name, thing).hex() for thing in run]
            known = dict(self._memory.recall(keys))
            fresh = {key: make(asker, one) for key, one in zip(keys, run, strict=True) if key not in known}
            self._memory.add(fresh)
            self.keys += keys
            answers += map((known | fresh).__getitem__, keys)  # type: ignore[arg-type] # made by this very function
        return answers
