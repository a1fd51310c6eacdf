"""How much a summary should want each pair of words that a story's articles share.

Concepts are pairs of neighbouring stems (Gillick and Favre 2009). Each is weighed by a log-linear model of
how likely a summary would hold it (after Li, Qian and Liu 2013); the coefficients are in
``generator/data/summary/weights.toml``. Rarity comes from the background table, so a story is told from
its own articles alone.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, pairwise, repeat
from math import exp, log
from types import MappingProxyType

from generator.language.background import background
from generator.language.words import stem_of, stop_test
from generator.model import Article

Bigram = tuple[str, str]
Stems = tuple[tuple[str, ...], ...]
"""The stems of each sentence of an article."""

_STORIES, _ARTICLES = 50, 10
"""Stories, and articles in each, of the sets that the model was fitted to."""
_OPENING_MARKS = '"“„«»'


@dataclass(frozen=True, slots=True)
class _Counts:
    """What is counted of the concepts of a story."""

    times: Counter[Bigram]
    quoted: Counter[Bigram]
    """How often in sentences that open with a quotation mark."""
    articles: Counter[Bigram]
    earliest: Mapping[Bigram, int]
    """Lowest index of a sentence that holds it."""


def stems(article: Article) -> Stems:
    """Return the stems of each sentence of an article, stop words kept."""
    of_word = stem_of(article.meta.lang)
    return tuple(tuple(map(of_word, words)) for words in article.words)


def bigrams(sentence: Sequence[str]) -> Iterator[Bigram]:
    """Yield the pairs of neighbouring stems of a sentence."""
    return pairwise(sentence)


def weigh(
    articles: Sequence[Article], roots: Sequence[Stems], wanted: Iterable[Bigram] | None = None
) -> dict[Bigram, float]:
    """Return the weight of each concept (of all, or of those wanted) that enough articles share.

    ``roots`` are the ``stems`` of the articles.

    In stories of up to three articles one is enough, up to five two, else three; pairs of stop words need
    two more.
    """
    size = len(articles)
    least = 1 if size <= 3 else 2 if size <= 5 else 3
    counts, by, stops = _count(articles, roots), _coefficients(), _stops(articles)
    alone, weights = _WordWeights(roots), {}
    for bigram in counts.times if wanted is None else wanted:
        held = counts.articles[bigram]
        if held < least:
            continue
        one, other = bigram
        stop_words = one in stops and other in stops
        if not stop_words or held >= min(size, least + 2):
            times = counts.times[bigram]
            known = _counted(times, held, counts.earliest[bigram]) + alone[one] + alone[other]
            if stop_words:
                known += by["stop_words"]
            if bigram in counts.quoted:
                known += by["quoted"] * counts.quoted[bigram] / times
            if one[0].isdigit() or other[0].isdigit():
                known += by["digits"]
            weights[bigram] = exp(known)
    return weights


@lru_cache(maxsize=1 << 14)
def _counted(times: int, articles: int, earliest: int) -> float:
    """Return what the counts of a concept add to the logarithm of its weight."""
    by = _coefficients()
    return by["times"] * log(times) + by["articles"] * log(articles) + by["earliest"] * log(1 + earliest)


class _WordWeights(dict[str, float]):
    """What each stem adds: how many articles open with it, and how rare it is; found when first asked for."""

    def __init__(self, roots: Sequence[Stems]) -> None:
        by = _coefficients()
        self._first, self._rare = _first(roots), by["rarity"]
        self._opening = by["first"] * _ARTICLES / len(roots)

    def __missing__(self, word: str) -> float:
        weight = self[word] = self._opening * self._first[word] + self._rare * _rarity(word)
        return weight


def _count(articles: Sequence[Article], roots: Sequence[Stems]) -> _Counts:
    """Count the concepts of all sentences."""
    times, quoted, held = Counter[Bigram](), Counter[Bigram](), Counter[Bigram]()
    placed: list[tuple[int, list[Bigram]]] = []
    for article, sentences in zip(articles, roots, strict=True):
        found = [list(bigrams(sentence)) for sentence in sentences]
        times.update(chain.from_iterable(found))
        held.update(set(chain.from_iterable(found)))
        for span, pairs in zip(article.sentences, found, strict=True):
            if article.text[span.start] in _OPENING_MARKS:
                quoted.update(pairs)
        placed += enumerate(found)
    placed.sort(key=lambda one: -one[0])  # what is met last, and stays, is the lowest
    earliest = dict(chain.from_iterable(zip(pairs, repeat(at)) for at, pairs in placed))
    return _Counts(times, quoted, held, earliest)


def _first(roots: Sequence[Stems]) -> Counter[str]:
    """Count the first sentences that hold each stem."""
    return Counter(word for sentences in roots if sentences for word in set(sentences[0]))


def _stops(articles: Sequence[Article]) -> frozenset[str]:
    """Return the stems of the stop words of a story."""
    found: set[str] = set()
    for article in articles:
        lang = article.meta.lang
        stops = filter(stop_test(lang), set(chain.from_iterable(article.words)))
        found.update(map(stem_of(lang), stops))
    return frozenset(found)


@lru_cache(maxsize=1 << 16)
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
