"""How much a summary should want each pair of words that a story's articles share.

Concepts are pairs of neighbouring stems (Gillick and Favre 2009). Each is weighed by a log-linear model of
how likely a summary would hold it (after Li, Qian and Liu 2013); the coefficients are in
``generator/data/summary/weights.toml``. Rarity comes from the background table, so a story is told from
its own articles alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import exp, log
from types import MappingProxyType

import numpy as np

from generator.language.background import background
from generator.language.remembered import once
from generator.language.words import stem_of, stop_test
from generator.stories.stream import Bools, Floats, Ints, Stream, begins_with_digit, distinct, each_once, logs

Bigram = tuple[str, str]

_STORIES, _ARTICLES = 50, 10
"""Stories, and articles in each, of the sets that the model was fitted to."""
_OPENING_MARKS = '"“„«»'


class Concepts:
    """The concepts of a story's sentences, each known by a number."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._stems = stems = stream.lexis.stems
        roots = stream.told("stem", lambda lang: lambda word: stems[stem_of(lang)(word)], int)
        self._known, self._roots, _, _ = distinct(roots)
        """The stems of the story, and of each word of the stream which of these it has."""
        joined = stream.row[:-1] == stream.row[1:]
        self._row = stream.row[:-1][joined]
        """The row of each pair."""
        width = len(self._known)
        keys = self._roots[:-1][joined] * width + self._roots[1:][joined]
        known, self._number, _, self._times = distinct(keys)
        self._left, self._right = np.divmod(known, max(1, width))
        self._starts = np.searchsorted(self._row, np.arange(len(stream.lines) + 1)).tolist()
        self._numbers: list[int] = self._number.tolist()

    def of(self, row: int) -> tuple[int, ...]:
        """Return the concepts of a sentence in order, each once."""
        return tuple(dict.fromkeys(self._numbers[self._starts[row] : self._starts[row + 1]]))

    def pair(self, number: int) -> Bigram:
        """Return the stems of a concept."""
        one, other = self._known[[self._left[number], self._right[number]]].tolist()
        return self._stems.names[one], self._stems.names[other]

    def holders(self, stems: Collection[str]) -> dict[str, set[int]]:
        """Return which articles hold each of these stems; none is left out that one holds."""
        asked = [self._stems[stem] for stem in stems if stem in self._stems]
        at = np.flatnonzero(np.isin(self._known, asked)[self._roots])
        roots, articles = self._known[self._roots[at]], self._stream.article[self._stream.row[at]]
        held: dict[str, set[int]] = {}
        for root, article in zip(roots.tolist(), articles.tolist(), strict=True):
            held.setdefault(self._stems.names[root], set()).add(article)
        return held

    def weigh(self, wanted: Iterable[int] | None = None) -> dict[int, float]:
        """Return the weight of each concept (of all, or of those wanted) that enough articles share.

        In stories of up to three articles one is enough, up to five two, else three; pairs of stop words need
        two more.
        """
        size = len(self._stream.articles)
        least = 1 if size <= 3 else 2 if size <= 5 else 3
        held, stop_words = self._articles, self._both_stop
        enough = held >= np.where(stop_words, min(size, least + 2), least)
        asked = np.ones(len(held), bool) if wanted is None else np.zeros(len(held), bool)
        if wanted is not None:
            asked[list(wanted)] = True
        numbers = np.flatnonzero(enough & asked)
        return dict(zip(numbers.tolist(), map(exp, self._logarithms(numbers).tolist()), strict=True))

    def _logarithms(self, numbers: Ints) -> Floats:
        """Return the logarithms of the weights of concepts."""
        by, times, left, right = (
            _coefficients(),
            self._times[numbers],
            self._left[numbers],
            self._right[numbers],
        )
        alone, digits = self._alone, self._stems.column("digits", begins_with_digit, bool)[self._known]
        known = by["times"] * logs(times) + by["articles"] * logs(self._articles[numbers])
        known += by["earliest"] * logs(1 + self._earliest[numbers])
        known += alone[left]
        known += alone[right]
        known += by["stop_words"] * self._both_stop[numbers]
        known += by["quoted"] * self._quoted[numbers] / times
        known += by["digits"] * (digits[left] | digits[right])
        return known

    @once
    def _alone(self) -> Floats:
        """What each stem adds: how many articles open with it, and how rare it is."""
        by, stream, width = _coefficients(), self._stream, len(self._known)
        opening = stream.place[stream.row] == 0
        firsts = each_once(stream.row[opening] * width + self._roots[opening]) % max(1, width)
        often = np.bincount(firsts, minlength=width)
        rare: Floats = self._stems.column("rarity", _rarity, float)[self._known]
        return by["first"] * _ARTICLES / len(stream.articles) * often + by["rarity"] * rare

    @once
    def _articles(self) -> Ints:
        """How many articles hold each concept."""
        size = len(self._stream.articles)
        held = each_once(self._number * size + self._stream.article[self._row]) // size
        return np.bincount(held, minlength=len(self._times))

    @once
    def _earliest(self) -> Ints:
        """The lowest place of a sentence that holds each concept."""
        places = self._stream.place[self._row]
        lowest = np.full(len(self._times), len(self._stream.lines))
        np.minimum.at(lowest, self._number, places)
        return lowest

    @once
    def _quoted(self) -> Ints:
        """How often each concept stands in sentences that open with a quotation mark."""
        opening = [
            a.text[span.start] in _OPENING_MARKS for a in self._stream.articles for span in a.sentences
        ]
        return np.bincount(self._number[np.array(opening, bool)[self._row]], minlength=len(self._times))

    @once
    def _both_stop(self) -> Bools:
        """Whether both stems of a concept are those of stop words."""
        stops = np.zeros(len(self._known), bool)
        stops[self._roots[self._stream.told("stop", stop_test, bool)]] = True
        both: Bools = stops[self._left] & stops[self._right]
        return both


def _rarity(word: str) -> float:
    """Return ln(50 / (1 + n)) with n the other stories, of 49, that are likely to hold the stem."""
    table = background()
    held = 1 - (1 - table.stem_df(word) / table.documents) ** _ARTICLES
    return log(_STORIES / (1 + (_STORIES - 1) * held))


@cache
def _coefficients() -> Mapping[str, float]:
    """Return the coefficients of the model."""
    text = files("generator.data").joinpath("summary", "weights.toml").read_text(encoding="utf-8")
    return MappingProxyType({name: float(value) for name, value in tomllib.loads(text).items()})
