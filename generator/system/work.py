"""A map over articles or groups that remembers its earlier work, and shares it among processes.

Law: a stage may be mapped only if its item key, and the arguments bound to its function, cover all
that it reads. Then a warm build equals a cold one byte for byte. What is remembered is keyed by the
digest of the package's own source, the versions of what it builds on, the stage's function and bound
arguments, and the item's key. The memory is an SQLite file in the user's cache folder, out of reach of
whoever wrote the articles; one that cannot be read is an empty one. It holds the last build only.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TypeVar, cast

from generator.system.code import code_digest
from generator.system.files import Seen

_PARALLEL_FROM = 200
"""Misses from which further processes pay for their imports."""

_CHUNK = 64
"""Items handed to a process at a time."""

_PROJECTS = 40
"""Memories kept; the longest unused go."""


class Keyed(Protocol):
    """An item of work whose key covers all that is read of it."""

    @property
    def key(self) -> str:
        """Digest of the item."""


Item = TypeVar("Item", bound=Keyed)
Result = TypeVar("Result")
Kept = TypeVar("Kept")


class Work:
    """Does work once. ``file`` is the memory on disk (None: none); ``keep`` also keeps results at hand."""

    def __init__(
        self, file: Path | None = None, *, jobs: int = 1, engine: str = "local", keep: bool = False
    ) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self.engine = engine
        self.cached: dict[str, int] = {}
        """Items of each stage of the last build that were remembered."""
        self.seen: dict[str, Seen] | None = {} if keep else None
        """Files as this process has read them."""
        self.tell: Callable[[str, int, int], None] = lambda _stage, _done, _total: None
        """Told how many items of a stage have been done, and of how many."""
        self._memory = _Memory(file) if file else None
        self._keep = keep
        self._at_hand: dict[str, dict[str, object]] = {}
        self._standing: dict[type, object] = {}

    def map(
        self, stage: str, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> tuple[Result, ...]:
        """Return ``function`` of each item, in order, doing only what is not remembered.

        ``function`` is a module-level function or a ``partial`` of one over frozen settings, and pure.
        What it raises is raised here.
        """
        basis = _basis(function)
        keys = [sha256(f"{basis}\0{item.key}".encode()).hexdigest() for item in items]
        known: dict[str, object] = self._recall(stage, keys)
        misses = [(key, item) for key, item in zip(keys, items, strict=True) if key not in known]
        self.cached[stage] = len(items) - len(misses)
        results = self._do(stage, function, [item for _, item in misses])
        fresh: dict[str, object] = {key: result for (key, _), result in zip(misses, results, strict=True)}
        self._remember(stage, keys, known, fresh)
        known.update(fresh)
        return tuple(known[key] for key in keys)  # type: ignore[misc] # the stage tells the type

    def recall(self, stage: str, key: str) -> object:
        """Return what was kept of a stage under this key; None when it was another, or nothing."""
        return self._recall(stage, [key]).get(key)

    def keep(self, stage: str, key: str, value: object) -> None:
        """Keep one value of a stage, in place of the last one."""
        self._remember(stage, [key], {}, {key: value})

    def standing(self, kind: type[Kept]) -> Kept | None:
        """Return the one object of its kind that lives as long as this; None unless results are kept at hand."""
        if not self._keep:
            return None
        if kind not in self._standing:
            self._standing[kind] = kind()
        return cast("Kept", self._standing[kind])

    def close(self) -> None:
        """Let go of the memory on disk, and of whatever stands and can be closed."""
        for one in self._standing.values():
            if hasattr(one, "close"):
                one.close()
        if self._memory:
            self._memory.close()

    def _recall(self, stage: str, keys: Sequence[str]) -> dict[str, object]:
        """Return what is remembered of these keys."""
        at_hand = self._at_hand.get(stage, {})
        known = {key: at_hand[key] for key in keys if key in at_hand}
        if self._memory and len(known) < len(keys):
            known.update(self._memory.recall(stage, [key for key in keys if key not in known]))
        return known

    def _remember(
        self, stage: str, keys: Sequence[str], known: dict[str, object], fresh: dict[str, object]
    ) -> None:
        """Make the memory hold exactly these keys."""
        if self._memory:
            self._memory.remember(stage, keys, fresh)
        if self._keep:
            self._at_hand[stage] = {key: fresh[key] if key in fresh else known[key] for key in keys}

    def _do(self, stage: str, function: Callable[[Item], Result], items: Sequence[Item]) -> Sequence[Result]:
        """Do the work, here or in several processes."""
        results: list[Result] = []
        for part in self._parts(function, items):
            results += part
            self.tell(stage, len(results), len(items))
        return results

    def _parts(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterable[Sequence[Result]]:
        """Return the results in order, some at a time."""
        if len(items) < _PARALLEL_FROM or (self.engine == "local" and self.jobs == 1):
            return ([function(item)] for item in items)
        from generator.system.engines import spread  # noqa: PLC0415 - only where it pays

        chunks = [items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK)]
        return spread(partial(_each, function), chunks, self.jobs, self.engine)


def _each(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """Do one chunk; what a process is given."""
    return [function(item) for item in items]


def memory_file(root: Path, output: Path) -> Path | None:
    """Return where earlier work of a project is remembered; None when there is no place for it.

    ``CROSSCITE_CACHE`` names another folder than the user's cache folder.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415

    folder = Path(os.environ.get("CROSSCITE_CACHE") or user_cache_path("crosscite", appauthor=False))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    name = sha256(f"{root.resolve()}\0{output.resolve()}".encode()).hexdigest()[:20]
    with suppress(OSError):
        memories = sorted(folder.glob("*.sqlite"), key=lambda file: file.stat().st_mtime, reverse=True)
        for old in memories[_PROJECTS:]:
            old.unlink()
    return folder / f"{name}.sqlite"


def _basis(function: Callable[..., object]) -> str:
    """Return the digest of everything but the item that decides a result."""
    inner, bound = (
        (function.func, (function.args, sorted(function.keywords.items())))
        if isinstance(function, partial)
        else (function, ())
    )
    name = f"{inner.__module__}.{inner.__qualname__}"
    return sha256(f"{code_digest()}\0{name}\0{bound!r}".encode()).hexdigest()


class _Memory:
    """An SQLite file of pickled results by stage and key. Any fault of it means "not remembered"."""

    _FAULTS = (
        sqlite3.Error,
        pickle.PickleError,
        AttributeError,
        ImportError,
        EOFError,
        IndexError,
        TypeError,
        ValueError,
    )

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stored: dict[str, set[str]] = {}
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection | None:
        """Open the file; one that is no memory is thrown away once."""
        for _ in range(2):
            try:
                connection = sqlite3.connect(self._file, timeout=1.0, check_same_thread=False)
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS work (stage TEXT, key TEXT, result BLOB, PRIMARY KEY (stage, key)) WITHOUT ROWID"
                )
            except sqlite3.OperationalError:
                return None
            except sqlite3.DatabaseError:
                with suppress(OSError):
                    self._file.unlink()
            else:
                return connection
        return None

    def recall(self, stage: str, keys: Sequence[str]) -> dict[str, object]:
        """Return what is remembered of these keys."""
        found: dict[str, object] = {}
        if self._connection is None:
            return found
        try:
            for some in _batches(keys):
                marks = ",".join("?" * len(some))
                query = f"SELECT key, result FROM work WHERE stage = ? AND key IN ({marks})"  # noqa: S608 - only marks
                for key, data in self._connection.execute(query, (stage, *some)):
                    found[key] = pickle.loads(data)  # noqa: S301 - written by this user's own builds
        except self._FAULTS:
            return {}
        return found

    def remember(self, stage: str, keys: Sequence[str], fresh: dict[str, object]) -> None:
        """Add results, and forget all keys of the stage that are not among ``keys``."""
        if self._connection is None:
            return
        wanted = set(keys)
        try:
            with self._connection as transaction:
                if stage not in self._stored:
                    rows = transaction.execute("SELECT key FROM work WHERE stage = ?", (stage,))
                    self._stored[stage] = {key for (key,) in rows}
                stale = [(stage, key) for key in sorted(self._stored[stage] - wanted)]
                self._stored[stage] = wanted
                transaction.executemany("DELETE FROM work WHERE stage = ? AND key = ?", stale)
                added = ((stage, key, pickle.dumps(result, protocol=5)) for key, result in fresh.items())
                transaction.executemany("INSERT OR REPLACE INTO work VALUES (?, ?, ?)", added)
        except sqlite3.Error:
            self.close()

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _batches(keys: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    """Yield runs of keys that fit one query."""
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
