"""Articles turned into columns of numbers: which stems, phrases, names and figures stand where.

Everything is counted in flat arrays, some thousand articles at a time, so that a hundred thousand articles
fit in memory. Phrases (two content words in a row) are filtered first: a phrase that one article alone
holds can be like nothing, but still counts in that article's length.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.language.words import is_stop, stem
from generator.model import Article

Ints = NDArray[np.int64]

STOP, END = -1, -2
"""Marks in the stream: a function word; the end of a sentence."""

_BATCH = 2_000
"""Articles counted at a time."""
_BUCKETS = 1 << 25
"""Counters for the first look at phrases: two phrases in one bucket cost memory, never a result."""


class Numbering(dict[str, int]):
    """Gives each new term the next number; ``names`` lists the terms by number."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self.names)
        self.names.append(term)
        return number


class Stems(dict[str, int]):
    """Numbers of the stems of one language's words; STOP for function words."""

    def __init__(self, lang: str, numbers: Numbering) -> None:
        self.lang, self.numbers = lang, numbers

    def __missing__(self, word: str) -> int:
        number = STOP if is_stop(word, self.lang) else self.numbers[stem(word, self.lang)]
        self[word] = number
        return number


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How often each term stands in each article: parallel arrays, by article, then term."""

    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    counts: NDArray[np.int32]
    terms: int
    """Number of columns."""


class Reader:
    """Reads articles into streams of stem numbers, each language by its own rules."""

    def __init__(self, fallback: str) -> None:
        self.fallback = fallback
        self.numbers = Numbering()
        self._stems: dict[str, Stems] = {}

    def stems(self, article: Article) -> Stems:
        """Return the numbering of the article's language."""
        lang = article.meta.lang or self.fallback
        if lang not in self._stems:
            self._stems[lang] = Stems(lang, self.numbers)
        return self._stems[lang]

    def stream(self, articles: Sequence[Article]) -> tuple[NDArray[np.int32], Ints]:
        """Return the stems of all articles in a row, and where each article starts (one entry more)."""
        flat = array("i")
        starts = [0]
        for article in articles:
            numbers = self.stems(article)
            for sentence in (article.title_words, *article.words):
                flat.extend(map(numbers.__getitem__, sentence))
                flat.append(END)
            starts.append(len(flat))
        return np.frombuffer(flat, dtype=np.int32) if flat else np.zeros(0, np.int32), np.array(starts)


def most_common_language(articles: Iterable[Article], default: str) -> str:
    """Return the language of most articles: what one too short to tell is taken for."""
    known = Counter(article.meta.lang for article in articles if article.meta.lang)
    return min(known, key=lambda lang: (-known[lang], lang)) if known else default


def tally(lists: Iterable[Iterable[int]], names: Sequence[str]) -> Counts:
    """Count the terms of each article, given as numbers of ``names``; negative ones are left out.

    ``names`` may grow while ``lists`` is read.
    """
    flat = array("i")
    lengths = []
    for numbers in lists:
        before = len(flat)
        flat.extend(numbers)
        lengths.append(len(flat) - before)
    columns = np.frombuffer(flat, dtype=np.int32) if flat else np.zeros(0, np.int32)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    terms = len(names)
    return _gather([_counted(rows[columns >= 0], columns[columns >= 0].astype(np.int64), terms)], terms)


def tally_stream(stream: NDArray[np.int32], starts: Ints, terms: int) -> Counts:
    """Count the stems of a stream by article."""

    def count(first: int, last: int) -> tuple[Ints, Ints, Ints]:
        piece = stream[starts[first] : starts[last]]
        rows = np.repeat(np.arange(first, last), np.diff(starts[first : last + 1]))
        return _counted(rows[piece >= 0], piece[piece >= 0].astype(np.int64), terms)

    return _gather([count(first, last) for first, last in _batches(len(starts) - 1)], terms)


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Phrases that two or more articles hold, and what is known of the others."""

    shared: Counts
    lone: NDArray[np.float64]
    """For each article, the sum of (1 + ln count) squared over phrases that it alone holds."""


def tally_phrases(
    stream: NDArray[np.int32], starts: Ints, terms: int, keep: Callable[[Ints, Ints, Ints], NDArray[np.bool_]]
) -> Phrases:
    """Count pairs of neighbouring content words within sentences.

    ``keep(articles, first stems, second stems)`` says which pairs count.
    """

    def pairs(first: int, last: int) -> tuple[Ints, Ints, Ints]:
        piece = stream[starts[first] : starts[last]]
        rows = np.repeat(np.arange(first, last), np.diff(starts[first : last + 1]))
        rows, piece = rows[piece != STOP], piece[piece != STOP].astype(np.int64)
        both = (piece[:-1] >= 0) & (piece[1:] >= 0)
        at, left, right = rows[:-1][both], piece[:-1][both], piece[1:][both]
        kept = keep(at, left, right)
        return _counted(at[kept], (left * terms + right)[kept], terms * terms)

    seen = np.zeros(_BUCKETS, np.uint8)
    for first, last in _batches(len(starts) - 1):
        buckets, held = np.unique(_bucket(pairs(first, last)[1]), return_counts=True)
        seen[buckets] = np.minimum(seen[buckets] + np.minimum(held, 2), 2)
    found = []
    lone = np.zeros(len(starts) - 1)
    for first, last in _batches(len(starts) - 1):
        rows, keys, counts = pairs(first, last)
        many = seen[_bucket(keys)] > 1
        np.add.at(lone, rows[~many], (1 + np.log(counts[~many])) ** 2)
        found.append((rows[many], keys[many], counts[many]))
    return Phrases(_renumbered(found), lone)


def _bucket(keys: Ints) -> Ints:
    """Spread keys over the buckets (Fibonacci hashing)."""
    spread = keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return (spread >> np.uint64(64 - 25)).astype(np.int64)


def _batches(count: int) -> Iterator[tuple[int, int]]:
    """Yield first and last (exclusive) articles of each batch; one empty batch when there are none."""
    return ((first, min(first + _BATCH, count)) for first in range(0, max(count, 1), _BATCH))


def _counted(rows: Ints, keys: Ints, width: int) -> tuple[Ints, Ints, Ints]:
    """Return distinct (row, key) with their counts, in order."""
    if not len(rows):
        return rows[:0].astype(np.int64), keys[:0].astype(np.int64), np.zeros(0, np.int64)
    base = int(rows[0])
    joint, counts = np.unique((rows - base) * width + keys, return_counts=True)
    return joint // width + base, joint % width, counts


def _gather(parts: Sequence[tuple[Ints, Ints, Ints]], terms: int) -> Counts:
    """Join batches."""
    rows, columns, counts = (np.concatenate([part[i].astype(np.int32) for part in parts]) for i in range(3))
    return Counts(rows, columns, counts, terms)


def _renumbered(parts: Sequence[tuple[Ints, Ints, Ints]]) -> Counts:
    """Join batches whose keys are wide; number the keys afresh, in their order."""
    rows = np.concatenate([part[0].astype(np.int32) for part in parts])
    counts = np.concatenate([part[2].astype(np.int32) for part in parts])
    keys, columns = np.unique(np.concatenate([part[1] for part in parts]), return_inverse=True)
    return Counts(rows, columns.astype(np.int32), counts, len(keys))
