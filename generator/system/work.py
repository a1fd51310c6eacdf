"""A map over articles or groups that remembers its earlier work, and shares it among processes.

Law: a stage may be mapped only if its item key, and the arguments bound to its function, cover all
that it reads. Then a warm build equals a cold one byte for byte. What is remembered is keyed by the
digest of the package's own source, the versions of what it builds on, the stage's function and bound
arguments, and the item's key. The memory holds the last build only.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar, cast

from generator.system.code import code_digest
from generator.system.files import Seen
from generator.system.memory import Memory

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
Result = TypeVar("Result")
Kept = TypeVar("Kept")


class _Parts(Protocol):
    """Results in order, some at a time, each with itself pickled; to be closed by who leaves off early."""

    def __iter__(self) -> Iterator[Sequence[tuple[object, bytes]]]: ...

    def close(self) -> None: ...


class _Begun(NamedTuple):
    """A stage that was begun."""

    basis: str
    items: Sequence[Keyed]
    keys: Sequence[str]
    """Of all items, in order."""
    known: dict[str, object]
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
        self._begun: dict[str, _Begun] = {}
        self._named: dict[str, tuple[str, dict[int, tuple[object, str]]]] = {}

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
        if (again := self._again(stage, function, items)) is not None:
            return cast("tuple[Result, ...]", again)
        begun = self._begun.pop(stage, None)
        if begun and (begun.items is not items or begun.basis != _basis(function)):
            begun.parts.close()
            begun = None
        begun = begun or self._start(stage, function, items)
        self.cached[stage] = sum(key in begun.known for key in begun.keys)
        found, at_hand = begun.known | self._finish(stage, begun), self._at_hand.get(stage, {})
        known = {
            key: at_hand[key] if key in at_hand else whole(item, cast("Result", found[key]))
            for key, item in zip(begun.keys, items, strict=True)
        }
        if self._memory:
            self._memory.forget(stage, begun.keys)
        if self._keep:
            self._at_hand[stage] = known
            named = zip(map(id, items), zip(items, begun.keys, strict=True), strict=True)
            self._named[stage] = (
                begun.basis,
                dict(named),
            )  # holds the items: no other object takes the number of one
        return tuple(known[key] for key in begun.keys)  # type: ignore[misc] # the stage tells the type

    def begin(self, stage: str, function: Callable[[Item], object], items: Sequence[Item]) -> None:
        """Let other processes begin what ``map`` of the same items will be asked for, if there is much of it."""
        if self._again(stage, function, items) is None:
            self._begun[stage] = self._start(stage, function, items)

    def recall(self, stage: str, key: str) -> object:
        """Return what was kept of a stage under this key; None when it was another, or nothing."""
        return self._recall(stage, [key]).get(key)

    def rows(self, stage: str) -> Rows:
        """Return what the disk holds of a stage that looks up by itself what it does not have to do."""
        return Rows(stage, self._memory)

    def keep(self, stage: str, key: str, value: object) -> None:
        """Keep one value of a stage, in place of the last one."""
        if self._memory:
            self._memory.add(stage, [(key, _pickled(value))])
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
        for one in self._standing.values():
            if hasattr(one, "close"):
                one.close()
        if self._memory:
            self._memory.close()

    def _again(
        self, stage: str, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> tuple[object, ...] | None:
        """Return the results of the last map of a stage if the items are the very same, in whatever order."""
        basis, named = self._named.get(stage, ("", {}))
        known = [pair for item in items if (pair := named.get(id(item)))]
        if not len(known) == len(named) == len(items) or basis != _basis(function):
            return None
        self.cached[stage] = len(items)
        at_hand = self._at_hand[stage]
        return tuple([at_hand[key] for _, key in known])

    def _recall(self, stage: str, keys: Sequence[str]) -> dict[str, object]:
        """Return what is remembered of these keys."""
        at_hand = self._at_hand.get(stage, {})
        known = {key: at_hand[key] for key in keys if key in at_hand}
        if self._memory and len(known) < len(keys):
            known.update(self._memory.recall(stage, [key for key in keys if key not in known]))
        return known

    def _start(self, stage: str, function: Callable[[Item], Result], items: Sequence[Item]) -> _Begun:
        """Look up what is remembered, and begin the rest where others do it."""
        basis = _basis(function)
        keys = self._keys(stage, basis, items)
        known = self._recall(stage, keys)
        misses = {key: item for key, item in zip(keys, items, strict=True) if key not in known}
        return _Begun(basis, items, keys, known, misses, self._parts(function, list(misses.values())))

    def _keys(self, stage: str, basis: str, items: Sequence[Keyed]) -> list[str]:
        """Return the keys of items under a basis; of the very objects of the last build they are known."""
        before, named = self._named.get(stage, ("", {}))
        known = named if before == basis else {}
        pairs = [known.get(id(item)) for item in items]
        return [
            pair[1] if pair else sha256(f"{basis}\0{item.key}".encode()).hexdigest()
            for item, pair in zip(items, pairs, strict=True)
        ]

    def _finish(self, stage: str, begun: _Begun) -> dict[str, object]:
        """Return what was not remembered, by key, and remember it as it comes."""
        fresh: dict[str, object] = {}
        keys = iter(begun.misses)
        with closing(begun.parts) as parts:
            for part in parts:
                done = [(key, *pair) for pair, key in zip(part, keys, strict=False)]
                fresh.update((key, result) for key, result, _ in done)
                if self._memory:
                    self._memory.add(stage, [(key, pickled) for key, _, pickled in done])
                self.tell(stage, len(fresh), len(begun.misses))
        return fresh

    def _parts(self, function: Callable[[Item], Result], items: Sequence[Item]) -> _Parts:
        """Return the results in order, some at a time, each with itself pickled where it is to be remembered."""
        if len(items) < _PARALLEL_FROM or (self.engine == "local" and self.jobs == 1):
            return _here(function, items, _pickled if self._memory else lambda _: b"")
        from generator.system.engines import spread  # noqa: PLC0415 - only where it pays

        size = min(_CHUNK, -(-len(items) // (self.jobs * _SHARES)))
        chunks = [items[start : start + size] for start in range(0, len(items), size)]
        return _There(spread(partial(_each, function), chunks, self.jobs, self.engine))


class Rows:
    """Values on the disk by keys that cover all that is assumed of them."""

    def __init__(self, stage: str, memory: Memory | None) -> None:
        self._stage, self._memory = stage, memory

    def recall(self, keys: Sequence[str]) -> Mapping[str, object]:
        """Return what is remembered of these keys."""
        return self._memory.recall(self._stage, keys) if self._memory else {}

    def add(self, values: Mapping[str, object]) -> None:
        """Remember values."""
        if self._memory:
            self._memory.add(self._stage, [(key, _pickled(value)) for key, value in values.items()])

    def forget(self, but: Iterable[str]) -> None:
        """Forget all values but those of these keys."""
        if self._memory:
            self._memory.forget(self._stage, but)


def _here(
    function: Callable[[Item], Result], items: Sequence[Item], pickled: Callable[[object], bytes]
) -> Generator[Sequence[tuple[Result, bytes]], None, None]:
    """Yield what this process makes of each item, when it is asked for it."""
    for item in items:
        result = function(item)
        yield [(result, pickled(result))]


class _There:
    """What other processes make of the items: it comes pickled, and is remembered as it came."""

    def __init__(self, parts: Spread[list[bytes]]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[Sequence[tuple[object, bytes]]]:
        for part in self._parts:
            yield [(pickle.loads(pickled), pickled) for pickled in part]  # noqa: S301 - made by this build

    def close(self) -> None:
        """End the processes."""
        self._parts.close()


def _each(function: Callable[[Item], Result], items: Sequence[Item]) -> list[bytes]:
    """Do one chunk; what a process is given."""
    return [_pickled(function(item)) for item in items]


def _pickled(result: object) -> bytes:
    """Return a result as it is sent and remembered."""
    return pickle.dumps(result, protocol=5)


def _basis(function: Callable[..., object]) -> str:
    """Return the digest of everything but the item that decides a result."""
    inner, bound = (
        (function.func, (function.args, sorted(function.keywords.items())))
        if isinstance(function, partial)
        else (function, ())
    )
    name = f"{inner.__module__}.{inner.__qualname__}"
    return sha256(f"{code_digest()}\0{name}\0{bound!r}".encode()).hexdigest()
