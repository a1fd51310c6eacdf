"""The words of a story's articles in one stream of numbers.

What hangs on a word alone (its stem, its meaning, whether it counts something) is found once for a number
(``lexis``); all else is arithmetic on the stream.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, groupby
from math import log
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.language.remembered import once
from generator.model import Article
from generator.stories.lexis import lexis

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Stream:
    """Words by number, sentence after sentence, article after article. A row is a sentence."""

    def __init__(self, articles: Sequence[Article], lines: Sequence[Sequence[Sequence[str]]]) -> None:
        """Take articles, and the words of their sentences."""
        self.articles = articles
        self.lexis = lexis()
        self.lines = list(chain.from_iterable(lines))
        """The words of each row."""
        self.article = np.repeat(np.arange(len(lines)), list(map(len, lines)))
        """The article of each row."""
        self.place = np.fromiter(chain.from_iterable(range(len(some)) for some in lines), np.int64)
        """The place of each row among the sentences of its article."""
        sizes = np.fromiter(map(len, self.lines), np.int64, len(self.lines))
        self.starts = np.cumsum(sizes) - sizes
        """Where each row starts in the stream."""
        self.row = np.repeat(np.arange(len(sizes)), sizes)
        """The row of each word."""
        self._parts = [
            (lang, self._numbered(lang, chain.from_iterable(some for _, some in parts)))
            for lang, parts in groupby(zip(articles, lines, strict=True), lambda part: part[0].meta.lang)
        ]

    def _numbered(self, lang: str, lines: Iterable[Iterable[str]]) -> Ints:
        """Return the numbers of words."""
        return np.fromiter(map(self.lexis.words(lang).__getitem__, chain.from_iterable(lines)), np.int64)

    def told(self, title: str, asked: Callable[[str], Callable[[str], Any]], kind: type) -> NDArray[Any]:
        """Return what a function, given for a language, tells of each word of the stream."""
        columns = [
            self.lexis.words(lang).column(title, asked(lang), kind)[numbers] for lang, numbers in self._parts
        ]
        return np.concatenate([np.zeros(0, kind), *columns])

    def rows_with(self, title: str, asked: Callable[[str], Callable[[str], bool]]) -> Bools:
        """Return which rows hold a word of which this is told."""
        rows = np.zeros(len(self.lines), bool)
        rows[self.row[self.told(title, asked, bool)]] = True
        return rows

    @once
    def counting(self) -> Bools:
        """Which rows hold a word that begins with a digit."""
        return self.rows_with("digits", lambda _: begins_with_digit)


def begins_with_digit(word: str) -> bool:
    """Tell whether a word begins with a digit: these come before all letters."""
    return word < ":"


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
    """Return what ``np.unique`` does: on so few numbers it takes several times as long."""
    order = in_order(numbers)
    ordered = numbers[order]
    new = _changes(ordered)
    firsts = np.flatnonzero(new)
    number = np.empty_like(order)
    number[order] = np.cumsum(new) - 1
    return Distinct(
        ordered[firsts], number, order[firsts], np.append(firsts[1:], len(numbers))[: len(firsts)] - firsts
    )


def in_order(numbers: Ints) -> Ints:
    """Return the places of numbers, from 0 on and below 2 ** 43, in ascending order; of equals, the first place first.

    numpy sorts numbers several times as fast as it finds their order: each takes its place along.
    """
    bits = len(numbers).bit_length()
    places: Ints = np.sort(numbers << bits | np.arange(len(numbers))) & ((1 << bits) - 1)
    return places


def each_once(numbers: Ints) -> Ints:
    """Return numbers from 0 on ascending, without repeats."""
    ordered = np.sort(numbers)
    known: Ints = ordered[_changes(ordered)]
    return known


def _changes(ordered: Ints) -> Bools:
    """Return which of some ordered numbers differ from the one before."""
    new = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new


def logs(numbers: Ints) -> Floats:
    """Return the logarithms of whole numbers, as ``math`` has them on this machine."""
    size = 1 << int(numbers.max(initial=1)).bit_length()
    return _logs(size)[numbers]


@lru_cache(maxsize=16)
def _logs(size: int) -> Floats:
    return np.array([0.0, *map(log, range(1, size))])
