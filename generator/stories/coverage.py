"""How much a summary should want each pair of words that a story's articles share.

Concepts are pairs of neighbouring stems (Gillick and Favre 2009). Each is weighed by a log-linear model of
how likely a summary would hold it (after Li, Qian and Liu 2013); the coefficients are in
``generator/data/summary/weights.toml``. Rarity comes from the background table, so a story is told from
its own articles alone.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp, log
from types import MappingProxyType

from generator.language.background import background
from generator.language.words import is_stop, stem
from generator.model import Article

Bigram = tuple[str, str]
Stems = tuple[tuple[str, ...], ...]
"""The stems of each sentence of an article."""

_STORIES, _ARTICLES = 50, 10
"""Stories, and articles in each, of the sets that the model was fitted to."""
_OPENING_MARKS = '"“„«»'


@dataclass(slots=True)
class _Count:
    """What is counted of one concept over the sentences of a story."""

    times: int = 0
    quoted: int = 0
    earliest: int = 1 << 30
    articles: set[int] = field(default_factory=set)


def stems(article: Article) -> Stems:
    """Return the stems of each sentence of an article, stop words kept."""
    lang = article.meta.lang
    return tuple(tuple(stem(word, lang) for word in words) for words in article.words)


def bigrams(sentence: Sequence[str]) -> Iterator[Bigram]:
    """Yield the pairs of neighbouring stems of a sentence."""
    return pairwise(sentence)


def weigh(articles: Sequence[Article], roots: Sequence[Stems]) -> dict[Bigram, float]:
    """Return the weight of each concept that enough articles share; ``roots`` are their ``stems``.

    In stories of up to three articles one is enough, up to five two, else three; pairs of stop words need
    two more.
    """
    size = len(articles)
    least = 1 if size <= 3 else 2 if size <= 5 else 3
    first, stops, weights = _first(roots), _stops(articles), {}
    for bigram, count in _count(articles, roots).items():
        stop_words = bigram[0] in stops and bigram[1] in stops
        if len(count.articles) >= (min(size, least + 2) if stop_words else least):
            openings = (first[bigram[0]] + first[bigram[1]]) * _ARTICLES / size
            weights[bigram] = _weight(bigram, count, openings, stop_words=stop_words)
    return weights


def _weight(bigram: Bigram, count: _Count, openings: float, *, stop_words: bool) -> float:
    """Return the weight of one concept."""
    by = _coefficients()
    return exp(
        by["times"] * log(count.times)
        + by["articles"] * log(len(count.articles))
        + by["earliest"] * log(1 + count.earliest)
        + by["first"] * openings
        + by["rarity"] * (_rarity(bigram[0]) + _rarity(bigram[1]))
        + by["stop_words"] * stop_words
        + by["quoted"] * count.quoted / count.times
        + by["digits"] * (bigram[0][0].isdigit() or bigram[1][0].isdigit())
    )


def _count(articles: Sequence[Article], roots: Sequence[Stems]) -> dict[Bigram, _Count]:
    """Count the concepts of all sentences."""
    counts: dict[Bigram, _Count] = {}
    for place, (article, sentences) in enumerate(zip(articles, roots, strict=True)):
        for at, sentence in enumerate(sentences):
            quoted = article.text[article.sentences[at].start] in _OPENING_MARKS
            for bigram in bigrams(sentence):
                count = counts.get(bigram)
                if count is None:
                    count = counts[bigram] = _Count()
                count.times += 1
                count.quoted += quoted
                count.earliest = min(count.earliest, at)
                count.articles.add(place)
    return counts


def _first(roots: Sequence[Stems]) -> Counter[str]:
    """Count the first sentences that hold each stem."""
    return Counter(word for sentences in roots if sentences for word in set(sentences[0]))


def _stops(articles: Sequence[Article]) -> frozenset[str]:
    """Return the stems of the stop words of a story."""
    words = {(word, article.meta.lang) for article in articles for words in article.words for word in words}
    return frozenset(stem(word, lang) for word, lang in words if is_stop(word, lang))


@cache
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
