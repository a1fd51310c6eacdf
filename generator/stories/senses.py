"""What the sentences of a story mean, weighed against each other: one sparse matrix, a row for each sentence.

A word is worth less the more sentences of the story hold it: that everybody names the same town says nothing
of whether two sentences state the same fact. A row holds the meanings of a sentence, then its numbers ("#12"),
in order of place, and has length 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from math import log, sqrt
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from generator.language.background import background
from generator.language.remembered import once
from generator.stories.amounts import Located, numbers
from generator.stories.equivalents import meaning_of, nations_in, second_words
from generator.stories.phrases import numerals
from generator.stories.stream import Floats, Ints, Stream, distinct, in_order, logs

Numbers = Mapping[str, frozenset[str]]
"""Numbers with the meanings beside them."""
_NONE: Numbers = MappingProxyType({})
_MOST_RARE = 6.5
"""Greatest weight of a word: names that no background text holds would else outweigh all they do."""
_NUMBER_WEIGHT = 4.0
"""Weight of a number beside words, which weigh from 1.0 to 6.5."""
_SMOOTHING = 20
"""Sentences that a story is thought to have besides its own, so that short stories are weighed alike."""
_ALL_AT_ONCE = 512
"""Sentences up to which each is multiplied with each; of more, those that are asked for."""


class Rarity(dict[str, float]):
    """Weights; what is in no sentence as a whole weighs as if it were in one."""

    def __init__(self, single: float, weights: Mapping[str, float]) -> None:
        super().__init__(weights)
        self._single = single

    def __missing__(self, meaning: str) -> float:
        return _rarity(meaning) * self._single


class Senses:
    """The meanings and numbers of all sentences, and how alike these are. Rows are those of the stream."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._known, meant, _, _ = distinct(np.append(_meant(stream), 0))
        self._named = list(map(stream.lexis.senses.names.__getitem__, self._known.tolist()))
        """The meanings of the story, the first of them none."""
        meant = meant[:-1]
        told = np.flatnonzero(meant)
        self._meant, self._row = meant[told], stream.row[told]
        self._places: list[int] = (told - stream.starts[self._row]).tolist()
        self._meanings = list(map(self._named.__getitem__, self._meant.tolist()))
        """What is meant, row after row, and at which place of its row."""
        self._starts = _starts(self._row, len(stream.lines))
        self._pairs: dict[float, _Alike] = {}

    def located(self, row: int) -> Located:
        """Return the meanings of a sentence with the places of their words; numbers are not among them."""
        part = slice(self._starts[row], self._starts[row + 1])
        return tuple(zip(self._places[part], self._meanings[part], strict=True))

    def meanings(self, row: int) -> frozenset[str]:
        """Return what the content words of a sentence mean."""
        return frozenset(self._meanings[self._starts[row] : self._starts[row + 1]])

    def numbers(self, row: int) -> Numbers:
        """Return the numbers of a sentence, with the meanings beside them."""
        return self._numbers.get(row, _NONE)

    def vector(self, row: int) -> Mapping[str, float]:
        """Return the row of a sentence; empty for one of stop words."""
        starts, (terms, weights) = self._matrix.starts, self._entries
        part = slice(starts[row], starts[row + 1])
        return dict(zip(terms[part], weights[part], strict=True))

    @once
    def rarity(self) -> Mapping[str, float]:
        """The weight of each meaning and number: rare in general, and rare in this story."""
        return Rarity(self._rare(1), dict(zip(self._terms.names, self._weights.tolist(), strict=True)))

    def like(self, row: int, least: float) -> Iterator[tuple[int, float]]:
        """Return the sentences of other articles that have at least this cosine, above 0, with a sentence."""
        known = self._products
        if known is not None and least:
            starts, found, likeness = self._alike(least)
            part = slice(starts[row], starts[row + 1])
            return zip(found[part], likeness[part], strict=True)
        products = self._multiply(np.array([row]))[0] if known is None else known[row]
        near = np.flatnonzero(products >= least) if least else np.flatnonzero(products)
        return zip(near.tolist(), products[near].tolist(), strict=True)

    def _alike(self, least: float) -> _Alike:
        """Return the pairs of rows, where all are multiplied, that have at least this cosine."""
        if least not in self._pairs:
            assert self._products is not None
            rows, others = np.nonzero(self._products >= least)
            likeness: list[float] = self._products[rows, others].tolist()
            self._pairs[least] = _Alike(_starts(rows, len(self._stream.lines)), others.tolist(), likeness)
        return self._pairs[least]

    @once
    def _numbers(self) -> Mapping[int, Numbers]:
        """What is counted, by row."""
        found, stream = {}, self._stream
        for row in np.flatnonzero(stream.counting | stream.rows_with("numeral", _is_numeral)).tolist():
            article = stream.articles[stream.article[row]]
            text = article.shown(article.sentences[stream.place[row]])
            known = partial(self.located, row)
            if held := dict(numbers(stream.lines[row], text, article.meta.lang, known)):
                found[row] = held
        return found

    @once
    def _terms(self) -> _Terms:
        """The meanings and numbers that each row holds, once, in order."""
        width = len(self._named)
        keys = self._row * width + self._meant
        _, _, firsts, times = distinct(keys)
        order = in_order(firsts)
        counted = [(row, f"#{number}") for row, held in self._numbers.items() for number in held]
        numbers_ = {
            name: number for number, name in enumerate(dict.fromkeys(name for _, name in counted), width)
        }
        rows = np.concatenate([self._row[firsts[order]], np.array([row for row, _ in counted], np.int64)])
        of_number = np.array([numbers_[name] for _, name in counted], np.int64)
        terms = np.concatenate([self._meant[firsts[order]], of_number])
        often = np.concatenate([times[order], np.ones(len(counted), np.int64)])
        order = in_order(rows)
        return _Terms([*self._named, *numbers_], rows[order], terms[order], often[order])

    def _rare(self, sentences: int) -> float:
        """Return the weight of what so many sentences of the story hold."""
        return sqrt(log((len(self._stream.lines) + _SMOOTHING) / sentences))

    @once
    def _weights(self) -> Floats:
        """The weight of each term."""
        known = self._terms
        held = np.maximum(np.bincount(known.terms, minlength=len(known.names)), 1)
        local = {count: self._rare(count) for count in set(held.tolist())}
        general = np.full(len(held), _NUMBER_WEIGHT)
        general[: len(self._known)] = self._stream.lexis.senses.column("rarity", _rarity, float)[self._known]
        weights: Floats = general * np.array(list(map(local.__getitem__, held.tolist())))
        return weights

    @once
    def _matrix(self) -> _Matrix:
        """All rows, of length 1."""
        known, size = self._terms, len(self._stream.lines)
        raw = (1 + logs(known.times)) * self._weights[known.terms]
        lengths = np.sqrt(np.bincount(known.rows, raw * raw, minlength=size))
        return _Matrix(known.rows, known.terms, raw / lengths[known.rows], _starts(known.rows, size))

    @once
    def _entries(self) -> tuple[list[str], list[float]]:
        """The terms of all rows by name, and their weights."""
        matrix = self._matrix
        return list(map(self._terms.names.__getitem__, matrix.terms.tolist())), matrix.weights.tolist()

    @once
    def _columns(self) -> _Matrix:
        """The same by term."""
        matrix = self._matrix
        order = in_order(matrix.terms)
        terms = matrix.terms[order]
        starts = _starts(terms, len(self._terms.names))
        return _Matrix(matrix.rows[order], terms, matrix.weights[order], starts)

    @once
    def _products(self) -> Floats | None:
        """The cosine of each pair of rows; None when they are too many."""
        size = len(self._stream.lines)
        return self._multiply(np.arange(size)) if size <= _ALL_AT_ONCE else None

    def _multiply(self, rows: Ints) -> Floats:
        """Return the cosines of rows with all rows, 0 within an article; added up in the order of the row's terms."""
        matrix, columns, size = self._matrix, self._columns, len(self._stream.lines)
        starts, column_starts = np.array(matrix.starts), np.array(columns.starts)
        entries = _ranges(starts[rows], starts[rows + 1])
        terms = matrix.terms[entries]
        first, last = column_starts[terms], column_starts[terms + 1]
        cells = _ranges(first, last)
        left = np.repeat(np.repeat(np.arange(len(rows)), starts[rows + 1] - starts[rows]), last - first)
        values = np.repeat(matrix.weights[entries], last - first) * columns.weights[cells]
        sums: Floats = np.bincount(left * size + columns.rows[cells], values, len(rows) * size).astype(float)
        sums = sums.reshape(len(rows), size)
        sums[self._stream.article[rows][:, None] == self._stream.article] = 0
        return sums


class _Terms(NamedTuple):
    """Entries of the rows: parallel arrays, by row."""

    names: Sequence[str]
    """Of the terms; the first stands for none."""
    rows: Ints
    terms: Ints
    times: Ints
    """How often the row holds the term."""


class _Matrix(NamedTuple):
    """Entries of a sparse matrix: parallel arrays."""

    rows: Ints
    terms: Ints
    weights: Floats
    starts: list[int]
    """Where each row (or each term) starts, and where the last one ends."""


class _Alike(NamedTuple):
    """Pairs of rows: parallel lists."""

    starts: list[int]
    """Where each row starts, and where the last one ends."""
    others: list[int]
    likeness: list[float]


def _meant(stream: Stream) -> Ints:
    """Return what each word of the stream means, by its number in the lexis; 0 for nothing."""
    senses = stream.lexis.senses
    senses[""]  # is 0, being the first
    meant: Ints = stream.told("sense", lambda lang: lambda word: senses[_sense_of(lang)(word)], int)
    for row in np.flatnonzero(stream.rows_with("second", _is_second)).tolist():
        lang, at = stream.articles[stream.article[row]].meta.lang, int(stream.starts[row])
        for start, end, nation in nations_in(stream.lines[row], lang):
            meant[at + start : at + end] = 0
            meant[at + start] = senses[nation]
    return meant


@cache
def _sense_of(lang: str) -> Callable[[str], str]:
    """Return what tells what a word of the language means; nothing for numbers and stop words."""
    meant, cardinals = meaning_of(lang), numerals(lang).cardinals

    def sense(word: str) -> str:
        found = meant(word)
        return "" if found[:1].isdigit() or word in cardinals else found

    return sense


def _is_numeral(lang: str) -> Callable[[str], bool]:
    return numerals(lang).words.__contains__


def _is_second(lang: str) -> Callable[[str], bool]:
    return second_words(lang).__contains__


def _starts(numbers: Ints, size: int) -> list[int]:
    """Return where each of so many numbers starts among ascending ones, and where the last one ends."""
    starts: list[int] = np.searchsorted(numbers, np.arange(size + 1)).tolist()
    return starts


def _ranges(starts: Ints, ends: Ints) -> Ints:
    """Return the numbers from each start to before its end, one range after the other."""
    sizes = ends - starts
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))


def _rarity(meaning: str) -> float:
    """Return the weight of a meaning or number in general."""
    if meaning[:1] == "#":
        return _NUMBER_WEIGHT
    return min(_MOST_RARE, background().stem_idf(meaning.strip("=")))
