"""A map over articles or groups that remembers its earlier work, and shares it among processes.

Law: a stage may be mapped only if its item key, and the arguments bound to its function, cover all
that it reads. Then a warm build equals a cold one byte for byte. What is remembered is keyed by the
digest of the package's own source, the versions of what it builds on, the stage's function and bound
arguments, and the item's key. The memory holds the last build only.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar, cast

from generator.system.aside import Aside, here
from generator.system.code import code_digest
from generator.system.files import Seen
from generator.system.memory import Memory, Rows, pickled
from generator.turned import exchanged, turned

if TYPE_CHECKING:
    from generator.system.engines import Spread

_PARALLEL_FROM = 200
"""Misses from which further processes pay for their imports."""

_CHUNK, _SHARES = 16, 16
"""Items handed to a process at a time, at most: what is in hand is done before a build can be stopped. And how often
each process is given some, where there are fewer, so that none is idle for long while another has the longest stories."""


class Keyed(Protocol):
    """An item of work whose key covers all that is read of it."""

    @property
    def key(self) -> str:
        """Digest of the item."""


Item = TypeVar("Item", bound=Keyed)
Given = TypeVar("Given")
Result = TypeVar("Result")
Kept = TypeVar("Kept")


class _Parts(Protocol):
    """Results in order, some at a time, each with itself pickled; to be closed by who leaves off early."""

    def __iter__(self) -> Iterator[Sequence[tuple[object, bytes]]]: ...

    def close(self) -> None: ...


class _Last(NamedTuple):
    """The last map of a stage."""

    basis: str
    items: Sequence[Keyed]
    keys: Sequence[str]
    results: tuple[object, ...]


class _Begun(NamedTuple):
    """A stage that was begun."""

    basis: str
    items: Sequence[Keyed]
    last: _Last | None
    """The map of which the results of all other places are taken over."""
    places: Sequence[int]
    """The places of the items that are asked for."""
    keys: Sequence[str]
    """Of these."""
    at_hand: Mapping[str, object]
    """Whole results of the last map, by key."""
    recalled: Mapping[str, object]
    """What was remembered, by key."""
    misses: Mapping[str, Keyed]
    """All others by key, each once, in the order in which they come."""
    parts: _Parts


class Work:
    """Does work once. ``file`` is the memory on disk (None: none); ``keep`` also keeps results at hand."""

    def __init__(
        self, file: Path | None = None, *, jobs: int = 1, engine: str = "local", keep: bool = False
    ) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self.engine = engine
        self.cached: dict[str, int] = {}
        """Items of each stage of the last build that were remembered."""
        self.seen: Seen | None = Seen() if keep else None
        """Files as this process has read them."""
        self.tell: Callable[[str, int, int], None] = lambda _stage, _done, _total: None
        """Told how many items of a stage have been done, and of how many."""
        self._memory = Memory(file) if file else None
        self._keep = keep
        self._at_hand: dict[str, dict[str, object]] = {}
        self._standing: dict[type, object] = {}
        self._aside: Aside | None = None
        self._begun: dict[str, _Begun] = {}
        self._last: dict[str, _Last] = {}

    def map(
        self,
        stage: str,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        whole: Callable[[Item, Result], Result] = lambda _, result: result,
    ) -> tuple[Result, ...]:
        """Return ``function`` of each item, in order, doing only what is not remembered.

        ``function`` is a module-level function or a ``partial`` of one over frozen settings, and pure.
        What it raises is raised here. ``whole`` gives a result what it needs of its item: that is neither
        sent nor remembered with it.
        """
        begun = self._begun.pop(stage, None)
        if begun and (begun.items is not items or begun.basis != _basis(function)):
            begun.parts.close()
            begun = None
        begun = begun or self._start(stage, function, items)
        self.cached[stage] = len(items) - sum(key in begun.misses for key in begun.keys)
        found = {**begun.recalled, **self._finish(stage, begun)}
        known = {
            key: begun.at_hand[key]
            if key in begun.at_hand
            else whole(items[place], cast("Result", found[key]))
            for key, place in zip(begun.keys, begun.places, strict=True)
        }
        return cast("tuple[Result, ...]", self._put(stage, begun, list(map(known.__getitem__, begun.keys))))

    def begin(
        self, stage: str, function: Callable[[Item], object], items: Sequence[Item], *, aside: bool = False
    ) -> None:
        """Let other processes begin what ``map`` of the same items will be asked for, if there is much of it.

        With ``aside`` one begins however little there is: for a process that has something else to do meanwhile.
        """
        self._begun[stage] = self._start(stage, function, items, aside)

    def beside(self, function: Callable[[Given], Result], given: Given) -> Callable[[], Result] | None:
        """Let the process beside this one do something; what is returned gives the result. None where there is none."""
        return self._aside.order(function, [given]).result if self._aside else None

    def recall(self, stage: str, key: str) -> object:
        """Return what was kept of a stage under this key; None when it was another, or nothing."""
        return self._recall(stage, [key]).get(key)

    def rows(self, stage: str, *bound: object) -> Rows:
        """Return what the disk holds of a stage that looks up by itself what it does not have to do.

        Its keys, what is ``bound``, and the code cover all that it reads.
        """
        return Rows(stage, self._memory, f"{code_digest()}\0{bound!r}")

    def keep(self, stage: str, key: str, value: object) -> None:
        """Keep one value of a stage, in place of the last one."""
        if self._memory:
            self._memory.add(stage, [(key, pickled(value))])
            self._memory.forget(stage, [key])
        if self._keep:
            self._at_hand[stage] = {key: value}

    def standing(self, kind: type[Kept]) -> Kept | None:
        """Return the one object of its kind that lives as long as this; None unless results are kept at hand."""
        if not self._keep:
            return None
        if kind not in self._standing:
            self._standing[kind] = kind()
        return cast("Kept", self._standing[kind])

    def close(self) -> None:
        """Let go of the memory on disk, of work that was begun, and of whatever stands and can be closed."""
        for begun in self._begun.values():
            begun.parts.close()
        for one in (self._aside, *self._standing.values(), self._memory):
            if hasattr(one, "close"):
                one.close()

    def _recall(self, stage: str, keys: Sequence[str]) -> dict[str, object]:
        """Return what is remembered of these keys."""
        at_hand = self._at_hand.get(stage, {})
        known = {key: at_hand[key] for key in keys if key in at_hand}
        if self._memory and len(known) < len(keys):
            known.update(self._memory.recall(stage, [key for key in keys if key not in known]))
        return known

    def _start(
        self, stage: str, function: Callable[[Item], Result], items: Sequence[Item], aside: bool = False
    ) -> _Begun:
        """Look up what is at hand or remembered, and begin the rest where others do it."""
        basis, last = _basis(function), self._last.get(stage)
        if last and last.basis != basis:
            last = None
        others = turned(last.items, items) if last else None
        places = range(len(items)) if others is None else others
        keys = self._keys(basis, last, items, places)
        at_hand: dict[str, object] = {}
        if last:
            before = range(len(last.keys)) if others is None else others
            at_hand = {last.keys[place]: last.results[place] for place in before}
        recalled = self._recall(stage, [key for key in keys if key not in at_hand])
        misses = {
            key: items[place]
            for key, place in zip(keys, places, strict=True)
            if key not in at_hand and key not in recalled
        }
        parts = self._parts(function, list(misses.values()), aside)
        taken = None if others is None else last
        return _Begun(basis, items, taken, places, keys, at_hand, recalled, misses, parts)

    @staticmethod
    def _keys(basis: str, last: _Last | None, items: Sequence[Keyed], places: Sequence[int]) -> list[str]:
        """Return the keys of the items at some places; of the very objects of the last map they are known."""
        ids = map(id, last.items) if last and len(places) == len(items) else ()
        known = dict(zip(ids, last.keys, strict=False)) if last else {}
        return [
            known.get(id(item)) or sha256(f"{basis}\0{item.key}".encode()).hexdigest()
            for item in map(items.__getitem__, places)
        ]

    def _put(self, stage: str, begun: _Begun, made: Sequence[object]) -> tuple[object, ...]:
        """Return the results of all items, which is what is remembered from now on."""
        basis, items, last, places, keys, *_ = begun
        if last and not places:
            return last.results
        every = exchanged(last.keys, places, keys) if last else keys
        results = tuple(exchanged(last.results, places, made) if last else made)
        if self._memory:
            self._memory.forget(stage, every)
        if self._keep:
            self._last[stage] = _Last(basis, items, every, results)
        return results

    def _finish(self, stage: str, begun: _Begun) -> dict[str, object]:
        """Return what was not remembered, by key, and remember it as it comes."""
        fresh: dict[str, object] = {}
        keys = iter(begun.misses)
        with closing(begun.parts) as parts:
            for part in parts:
                done = [(key, *pair) for pair, key in zip(part, keys, strict=False)]
                fresh.update((key, result) for key, result, _ in done)
                if self._memory:
                    self._memory.add(stage, [(key, data) for key, _, data in done])
                self.tell(stage, len(fresh), len(begun.misses))
        return fresh

    def _parts(self, function: Callable[[Item], Result], items: Sequence[Item], aside: bool) -> _Parts:
        """Return the results in order, some at a time, each with itself pickled where it is to be remembered."""
        if len(items) < _PARALLEL_FROM or (self.engine == "local" and self.jobs == 1):
            if aside and items and self.jobs > 1:
                self._aside = self._aside or Aside()
                return self._aside.order(function, items)
            return here(function, items, pickled if self._memory else lambda _: b"")
        from generator.system.engines import spread  # noqa: PLC0415 - only where it pays

        size = min(_CHUNK, -(-len(items) // (self.jobs * _SHARES)))
        chunks = [items[start : start + size] for start in range(0, len(items), size)]
        return _There(spread(partial(_each, function), chunks, self.jobs, self.engine))


class _There:
    """What other processes make of the items: it comes pickled, and is remembered as it came."""

    def __init__(self, parts: Spread[list[bytes]]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[Sequence[tuple[object, bytes]]]:
        for part in self._parts:
            yield [(pickle.loads(data), data) for data in part]  # noqa: S301 - made by this build

    def close(self) -> None:
        """End the processes."""
        self._parts.close()


def _each(function: Callable[[Item], Result], items: Sequence[Item]) -> list[bytes]:
    """Do one chunk; what a process is given."""
    return [pickled(function(item)) for item in items]


def _basis(function: Callable[..., object]) -> str:
    """Return the digest of everything but the item that decides a result."""
    inner, bound = (
        (function.func, (function.args, sorted(function.keywords.items())))
        if isinstance(function, partial)
        else (function, ())
    )
    name = f"{inner.__module__}.{inner.__qualname__}"
    return sha256(f"{code_digest()}\0{name}\0{bound!r}".encode()).hexdigest()
