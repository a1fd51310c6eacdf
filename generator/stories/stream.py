"""The words of a story's articles in one stream of numbers, each distinct word looked at once.

A story of three reports has a thousand words and three hundred distinct ones. What hangs on a word alone (its
stem, its meaning, whether it counts something) is asked of each of these; all else is arithmetic on the stream.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain, count
from math import log
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from generator.language.remembered import once
from generator.model import Article

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Found = TypeVar("Found")


class Stream:
    """Words by number, sentence after sentence, article after article. A row is a sentence."""

    def __init__(self, articles: Sequence[Article], lines: Sequence[Sequence[Sequence[str]]]) -> None:
        """Take articles, and the words of their sentences."""
        self.articles = articles
        self.lines = list(chain.from_iterable(lines))
        """The words of each row."""
        self.article = np.repeat(np.arange(len(lines)), list(map(len, lines)))
        """The article of each row."""
        self.place = np.fromiter(chain.from_iterable(range(len(some)) for some in lines), np.int64)
        """The place of each row among the sentences of its article."""
        sizes = np.fromiter(map(len, self.lines), np.int64, len(self.lines))
        self.starts = ends(sizes)
        """Where each row starts in the stream; and its end."""
        self.row = np.repeat(np.arange(len(sizes)), sizes)
        """The row of each word."""
        self._tables: dict[str, dict[str, int]] = {}
        self.word = self._numbered(lines)
        """The number of each word."""

    def _numbered(self, lines: Sequence[Sequence[Sequence[str]]]) -> Ints:
        """Give each distinct word of each language a number; return the numbers of all words."""
        held: dict[str, dict[str, None]] = {}
        for article, some in zip(self.articles, lines, strict=True):
            held.setdefault(article.meta.lang, {}).update(dict.fromkeys(chain.from_iterable(some)))
        number = count()
        self._tables = {lang: {word: next(number) for word in words} for lang, words in held.items()}
        numbers = array("q")
        for article, some in zip(self.articles, lines, strict=True):
            numbers.extend(map(self._tables[article.meta.lang].__getitem__, chain.from_iterable(some)))
        return np.frombuffer(numbers, np.int64) if numbers else np.zeros(0, np.int64)

    def each(self, asked: Callable[[str], Callable[[str], Found]]) -> list[Found]:
        """Return what a function, given for a language, tells of each distinct word."""
        return list(chain.from_iterable(map(asked(lang), words) for lang, words in self._tables.items()))

    def rows_with(self, listed: Callable[[str], AbstractSet[str]]) -> Bools:
        """Return which rows hold one of the words that are listed for their language."""
        flags = np.zeros(sum(map(len, self._tables.values())), bool)
        for lang, words in self._tables.items():
            flags[[words[word] for word in words.keys() & listed(lang)]] = True
        return self._rows(flags)

    @once
    def counting(self) -> Bools:
        """Which rows hold a word that begins with a digit."""
        digits = [word < ":" for words in self._tables.values() for word in words]  # they come before letters
        return self._rows(np.array(digits, bool))

    def _rows(self, flags: Bools) -> Bools:
        """Return which rows hold a word with a flag."""
        rows = np.zeros(len(self.lines), bool)
        rows[self.row[flags[self.word]]] = True
        return rows


def named(names: Sequence[str]) -> tuple[list[str], Ints]:
    """Return names, each once, and the number of each of those given."""
    table = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return list(table), np.fromiter(map(table.__getitem__, names), np.int64, len(names))


class Distinct(NamedTuple):
    """Numbers of which some are equal."""

    known: Ints
    """Each once, ascending."""
    number: Ints
    """The place of each number among those."""
    firsts: Ints
    """Where each known one stands first."""
    times: Ints
    """How often."""


def distinct(numbers: Ints) -> Distinct:
    """Return what ``np.unique`` does: on so few numbers it takes four times as long."""
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    new = np.diff(ordered, prepend=-1) != 0
    firsts = np.flatnonzero(new)
    number = np.empty_like(order)
    number[order] = np.cumsum(new) - 1
    return Distinct(ordered[firsts], number, order[firsts], np.diff(firsts, append=len(numbers)))


def each_once(numbers: Ints) -> Ints:
    """Return numbers from 0 on ascending, without repeats."""
    ordered = np.sort(numbers)
    known: Ints = ordered[np.diff(ordered, prepend=-1) != 0]
    return known


def ends(sizes: Ints) -> Ints:
    """Return where parts of these sizes start, one after the other, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])


def logs(numbers: Ints) -> Floats:
    """Return the logarithms of whole numbers, as ``math`` has them on this machine."""
    size = 1 << int(numbers.max(initial=1)).bit_length()
    return _logs(size)[numbers]


@lru_cache(maxsize=16)
def _logs(size: int) -> Floats:
    return np.array([0.0, *map(log, range(1, size))])
