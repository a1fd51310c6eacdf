"""Facts by key, and notes of who asked for which: what a page depends on is observed, see ``drafts.py``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from generator.turned import turned

Value = TypeVar("Value")
Facts: TypeAlias = tuple[tuple[str, Value], ...]
"""What one thing has to tell, by key."""
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
        self._since: tuple[Table[Value] | None, Iterable[str]] = None, ()
        """An earlier table, and the only keys under which something else may stand now."""

    @classmethod
    def of_each(
        cls, name: str, asked: Questions, facts: Sequence[Facts[Value]], last: Listed[Value] | None
    ) -> Table[Value]:
        """Return a table of the facts of many things: that of the last ones, where most of them are the very same."""
        places = turned(last.facts, facts) if last else None
        if last is None or places is None or any(_keys(last.facts[at]) != _keys(facts[at]) for at in places):
            return cls(name, asked, chain.from_iterable(facts))
        table = cls(name, asked, last.table)  # type: ignore[arg-type] # as good as pairs
        table.update(pair for place in places for pair in facts[place])
        last.table.stand_alone()
        table._since = last.table, [key for place in places for key in _keys(facts[place])]
        return table

    def stand_alone(self) -> None:
        """Let go of the table before this one: else each would hold all that were."""
        self._since = None, ()

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
        get, now = partial(dict.get, known), partial(dict.get, self)
        last, keys = self._since
        if last is None or last is not before:
            if dict.__eq__(self, known):
                return
            yield from ((self._name, key) for key in known.keys() - self.keys())
            keys = self
        others = [key for key in keys if get(key) is not now(key)]
        yield from ((self._name, key) for key in others if get(key) != now(key))


class Listed(NamedTuple, Generic[Value]):
    """A table, and what it was made of."""

    facts: Sequence[Facts[Value]]
    table: Table[Value]


def _keys(facts: Facts[Value]) -> list[str]:
    """Return what facts stand under."""
    return [key for key, _ in facts]
