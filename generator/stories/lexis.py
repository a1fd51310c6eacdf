"""The words that this process has met, each known by a number, and what hangs on a single word, found once.

Few words make up most of all text (Zipf 1935): what a word's stem is, what it means and how rare that is need not
be asked again for each story. Nothing that is told hangs on the numbers, which differ from process to process.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.language.remembered import MOST

_ROOM = 1 << 10
"""Names for which a column has room at first."""


class Register(dict[str, int]):
    """Names by number, in the order in which they are first asked for, with columns of what is told of each."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        """Of each number."""
        self._columns: dict[str, tuple[NDArray[Any], int]] = {}

    def __missing__(self, name: str) -> int:
        number = self[name] = len(self.names)
        self.names.append(name)
        return number

    def column(self, title: str, tell: Callable[[str], Any], kind: type) -> NDArray[Any]:
        """Return what ``tell`` gives of each name; a title stands for one such function. There may be room at the end."""
        column, known = self._columns.get(title) or (np.zeros(_ROOM, kind), 0)
        if known < (size := len(self.names)):
            if len(column) < size:
                column = np.concatenate([column, np.zeros(2 * size - len(column), kind)])
            column[known:size] = [tell(name) for name in self.names[known:size]]
            self._columns[title] = column, size
        return column


class Lexis:
    """Registers that refer to each other."""

    def __init__(self) -> None:
        self.stems, self.senses = Register(), Register()
        self._words: dict[str, Register] = {}

    def words(self, lang: str) -> Register:
        """Return the words of a language."""
        return self._words.setdefault(lang, Register())

    @property
    def is_full(self) -> bool:
        """Whether it is time for a new one."""
        return sum(map(len, self._words.values())) > MOST


_HERE: ContextVar[Lexis | None] = ContextVar("lexis", default=None)
"""That of this thread: two threads never write into one."""


def lexis() -> Lexis:
    """Return the one at hand; who goes on with it holds on to it, for it is changed for a new one when it is full."""
    known = _HERE.get()
    if known is None or known.is_full:
        known = Lexis()
        _HERE.set(known)
    return known
