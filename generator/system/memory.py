"""What was worked out before: an SQLite file of results by stage and key.

It stands in the user's cache folder, out of reach of whoever wrote the articles. One that cannot be read is an
empty one.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import wraps
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Concatenate, ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_FEW = 500
"""Keys that are looked up one by one. More are most of a stage, all of which is sooner looked through."""
_PROJECTS = 40
"""Memories kept; the longest unused go."""


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


def _alone(
    method: Callable[Concatenate[Memory, Given], Answer],
) -> Callable[Concatenate[Memory, Given], Answer]:
    """Let a method be called from any thread."""

    @wraps(method)
    def call(memory: Memory, /, *given: Given.args, **named: Given.kwargs) -> Answer:
        with memory.lock:
            return method(memory, *given, **named)

    return call


class Memory:
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
        self.lock = RLock()
        """Held by whoever uses the file."""
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection | None:
        """Open the file; one that is no memory is thrown away once."""
        for _ in range(2):
            try:
                return _connected(self._file)
            except sqlite3.OperationalError:
                return None
            except sqlite3.DatabaseError:
                with suppress(OSError):
                    self._file.unlink()
        return None

    @_alone
    def recall(self, stage: str, keys: Sequence[str]) -> dict[str, object]:
        """Return what is remembered of these keys."""
        if self._connection is None:
            return {}
        query, given = "SELECT key, result FROM work WHERE stage = ?", [stage]
        if len(keys) <= _FEW:
            query, given = f"{query} AND key IN ({','.join('?' * len(keys))})", [stage, *keys]
        wanted, stored, found = set(keys), set[str](), dict[str, object]()
        try:
            for key, data in self._connection.execute(query, given):
                stored.add(key)
                if key in wanted:
                    found[key] = pickle.loads(data)  # noqa: S301 - written by this user's own builds
        except self._FAULTS:
            return {}
        if len(keys) > _FEW:
            self._stored[stage] = stored
        return found

    @_alone
    def add(self, stage: str, results: Iterable[tuple[str, bytes]]) -> None:
        """Remember some results: for good, so that a build that is killed has not worked in vain."""
        if self._connection is None:
            return
        rows = [(stage, key, pickled) for key, pickled in results]
        try:
            with self._connection as transaction:
                transaction.executemany("INSERT OR REPLACE INTO work VALUES (?, ?, ?)", rows)
        except sqlite3.Error:
            self.close()
        self._stored.get(stage, set()).update(key for _, key, _ in rows)

    @_alone
    def forget(self, stage: str, keys: Iterable[str]) -> None:
        """Forget all of a stage but these keys."""
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
        except sqlite3.Error:
            self.close()

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Rows:
    """Values on the disk by keys that cover all that is assumed of them."""

    def __init__(self, stage: str, memory: Memory | None, basis: str) -> None:
        self._stage, self._memory, self._basis = stage, memory, basis

    def recall(self, keys: Sequence[str]) -> Mapping[str, object]:
        """Return what is remembered of these keys."""
        if not self._memory:
            return {}
        names = {self._name(key): key for key in keys}
        return {names[name]: one for name, one in self._memory.recall(self._stage, list(names)).items()}

    def add(self, values: Mapping[str, object]) -> None:
        """Remember values."""
        if self._memory:
            self._memory.add(
                self._stage, [(self._name(key), pickled(value)) for key, value in values.items()]
            )

    def forget(self, but: Iterable[str]) -> None:
        """Forget all values but those of these keys."""
        if self._memory:
            self._memory.forget(self._stage, map(self._name, but))

    def _name(self, key: str) -> str:
        """Return what a value is remembered by."""
        return sha256(f"{self._basis}\0{key}".encode()).hexdigest()


def pickled(result: object) -> bytes:
    """Return a result as it is sent and remembered."""
    return pickle.dumps(result, protocol=5)


def _connected(file: Path) -> sqlite3.Connection:
    """Return a connection to a file that holds, or from now on can hold, results. Raises sqlite3.Error."""
    connection = sqlite3.connect(file, timeout=1.0, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS work (stage TEXT, key TEXT, result BLOB, PRIMARY KEY (stage, key)) WITHOUT ROWID"
        )
    except sqlite3.Error:
        connection.close()
        raise
    return connection
