"""Facts by key, and notes of who asked for which: what a page depends on is observed, see ``drafts.py``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeAlias, TypeVar

Value = TypeVar("Value")
Question: TypeAlias = tuple[str, str]
"""A table, and the key that it was asked for."""
ALL: Question = ("", "")
"""The digest as a whole."""


class Questions:
    """Notes what is asked of the tables of an index, and for what."""

    def __init__(self) -> None:
        self._open: list[set[Question]] = []

    def note(self, question: Question) -> None:
        """Note a question for whatever is being made."""
        if self._open:
            self._open[-1].add(question)

    def add(self, questions: Iterable[Question]) -> None:
        """Note questions that were asked before."""
        if self._open:
            self._open[-1].update(questions)

    @contextmanager
    def noted(self) -> Iterator[set[Question]]:
        """Give a set that holds, at the end, all that was asked meanwhile."""
        asked: set[Question] = set()
        self._open.append(asked)
        try:
            yield asked
        finally:
            self._open.pop()
            self.add(asked)


class Table(dict[str, Value]):
    """Facts by key, which notes what it is asked, and answers to single keys alone."""

    def __init__(self, name: str, asked: Questions, facts: Iterable[tuple[str, Value]]) -> None:
        super().__init__(facts)
        self._name, self._asked = name, asked

    def __getitem__(self, key: str) -> Value:
        """Return the fact under a key. Raises KeyError."""
        self._asked.note((self._name, key))
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """Return the fact under a key, or the default."""
        self._asked.note((self._name, key))
        return super().get(key, default)

    def moved(self, before: Table[Value] | None) -> Iterator[Question]:
        """Yield the questions that an earlier table answered otherwise."""
        known: Mapping[str, Value] = before or {}
        if dict.__eq__(self, known):
            return
        get = partial(dict.get, known)
        for key, value in self.items():
            old = get(key)
            if old is not value and old != value:
                yield self._name, key
        yield from ((self._name, key) for key in known.keys() - self.keys())
