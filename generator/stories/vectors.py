"""Articles as sparse TF-IDF rows, in several views: the one door to scikit-learn.

A view looks at one kind of evidence: all content words, the title, names, the words that are no names,
phrases, numbers. Weights are (1 + ln tf) · idf with idf = ln((1 + N) / (1 + df)) + 1, over the corpus *plus*
background documents: five articles alone cannot tell which of their words are rare (Salton and Buckley
1988; the background as in Miranda et al. 2018). Both factors are rounded to fine steps, so that weights are
whole numbers: sums of their products are exact in any order and on any machine, and one article more leaves
the weights of words that it does not hold as they were. Copies of one text share a row. Terms of a single article count in its
length alone: they can be like nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from generator.language.background import LANGUAGE, background
from generator.language.hashing import hashed
from generator.model import Article
from generator.stories.counting import DAY, OPENING, ORDINAL, SURE, YEAR, Counted, Hashes, Held, count
from generator.stories.ledger import Ledger
from generator.stories.measures import Measures, measure
from generator.stories.neighbours import nearest_pairs
from generator.stories.remembered import Remembered
from generator.stories.stacks import Pile, Stack
from generator.stories.views import Floats, View, Views, sums

_STEPS = 64
"""Steps of idf to one."""
_NEAR = 0.08
"""Least cosine of words for two texts to be compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """The views of all texts, and what was measured between each text and its nearest."""

    views: Views
    near: Measures
    best: Floats
    """Highest cosine of words of each row to any other row."""


class Counts(Remembered[Counted]):
    """What was counted of each article in the last build, and the stacks of it, and what came of their pairs."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.names, self.phrases, self.numbers, self.times = (Pile() for _ in range(5))
        self.merged: dict[int, tuple[Counted, bytes, Held]] = {}
        """Names of each text, with what they were put together from, by its place in memory."""
        self.ledger = Ledger()


def vectorise(articles: Sequence[Article], known: Counts | None = None) -> Vectors:
    """Return the views of the articles and their nearest pairs. The order of ``articles`` changes nothing.

    Linear in the text; near-linear in the number of articles. ``known`` saves counting and multiplying again.
    """
    known = known or Counts()
    views = view(articles, known)
    known.ledger.begin(views.texts)
    left, right = nearest_pairs(views.words, _NEAR / 2)
    words = known.ledger.pairs(left, right).cosines("words", views.words)
    near = words >= _NEAR
    left, right, words = left[near], right[near], words[near]
    best = np.zeros(len(views.sizes))
    np.maximum.at(best, left, words)
    np.maximum.at(best, right, words)
    return Vectors(views, measure(views, known.ledger.pairs(left, right), best, words), best)


def view(articles: Sequence[Article], known: Counts) -> Views:
    """Return the rows of the articles, copies of one text in one row."""
    ordered = sorted(articles, key=lambda article: article.id)
    fallback = most_common_language(ordered, LANGUAGE)
    counted = known.each(ordered, fallback, lambda some: count(some, fallback))
    rows: dict[str, int] = {}
    row_of: dict[bytes, int] = {}
    texts: list[Article] = []
    held: list[Counted] = []
    for article, one in zip(ordered, counted, strict=True):
        row = rows[article.id] = row_of.setdefault(one.text, len(texts))
        if row == len(texts):
            texts.append(article)
            held.append(one)
    return _views(ordered, rows, texts, held, known)


def most_common_language(articles: Iterable[Article], default: str) -> str:
    """Return the language of most articles: what one too short to tell is taken for."""
    known = Counter(article.meta.lang for article in articles if article.meta.lang)
    return min(known, key=lambda lang: (-known[lang], lang)) if known else default


def _views(
    articles: Iterable[Article],
    rows: Mapping[str, int],
    texts: Sequence[Article],
    held: Sequence[Counted],
    known: Counts,
) -> Views:
    """Weigh what the texts hold."""
    words = known.words.of([one.words for one in held])
    usual = _usually_capital(words)
    weigh = _Weigher(words, _background("stems"))
    named = (words.flags == SURE) | ((words.flags == OPENING) & usual[words.columns])
    names = known.names.of(_names(held, words.terms[usual], known))
    weigh_names = _Weigher(names, _background("words"))
    phrases = known.phrases.of([one.phrases for one in held])
    weigh_phrases = _Weigher(phrases)
    numbers = known.numbers.of([one.numbers for one in held])
    times = known.times.of([one.times for one in held])
    weigh_times = _Weigher(times)
    return Views(
        rows=rows,
        texts=[one.text for one in held],
        words=weigh(words),
        title=weigh(Stack.of([one.title for one in held], words.terms)),
        names=weigh_names(names),
        name_totals=sums(weigh_names.idf[names.columns], names.starts),
        content=weigh(words.where(~named)),
        phrases=weigh_phrases(phrases),
        free_phrases=weigh_phrases(phrases.where(phrases.flags == 0)),
        numbers=_Weigher(numbers)(numbers),
        times=tuple(weigh_times(times.where(times.flags == kind)) for kind in (ORDINAL, DAY, YEAR)),
        sizes=np.diff(words.starts).astype(float),
        days=_days(articles, rows, len(texts)),
        langs=_langs(texts),
    )


def _usually_capital(words: Stack) -> NDArray[np.bool_]:
    """Return which stems at least half of the texts that hold them write with a capital mid-sentence."""
    capital = words.where(words.flags == SURE).df
    usual: NDArray[np.bool_] = (capital > 0) & (2 * capital >= words.df)
    return usual


def _names(held: Sequence[Counted], usual: Hashes, known: Counts) -> list[Held]:
    """Return the names of each text: those that are sure, and words that open sentences and are usually names."""
    stems = np.concatenate([np.zeros(0, np.uint32), *(one.opening_stems for one in held)])
    kept, start = np.isin(stems, usual), 0
    last, known.merged = known.merged, {}
    for one in held:
        own = kept[start : start + len(one.opening_stems)]
        start += len(own)
        mask, made = own.tobytes(), last.get(id(one))
        if not made or made[0] is not one or made[1] != mask:
            made = one, mask, _merged(one.names, one.opening, own)
        known.merged[id(one)] = made
    return [made[2] for made in known.merged.values()]


def _merged(sure: Held, opening: Held, kept: NDArray[np.bool_]) -> Held:
    """Return the terms of both, in order, of the latter those that are kept; the two share none."""
    if not kept.any():
        return sure
    terms = np.concatenate([sure.terms, opening.terms[kept]])
    weights = np.concatenate([sure.weights, opening.weights[kept]])
    flags = np.concatenate([sure.flags, opening.flags[kept]])
    order = np.argsort(terms)
    return Held(terms[order], weights[order], flags[order])


@cache
def _background(kind: Literal["stems", "words"]) -> tuple[Hashes, NDArray[np.int64]]:
    """Return the hashes of background terms, ascending, and the document frequency of each."""
    table = getattr(background(), kind)
    hashes = np.fromiter(map(hashed, table), np.uint32, len(table))
    order = np.argsort(hashes, kind="stable")
    return hashes[order], np.fromiter(table.values(), np.int64, len(table))[order]


_UNKNOWN = (np.zeros(1, np.uint32), np.zeros(1, np.int64))
"""A background that holds no term."""


class _Weigher:
    """Weighs terms by how few texts hold them, the background counted in."""

    def __init__(self, counted: Stack, known: tuple[Hashes, NDArray[np.int64]] = _UNKNOWN) -> None:
        from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415 - 0.8 s to import

        df = counted.df
        self.several = df > 1
        at = np.minimum(np.searchsorted(known[0], counted.terms), len(known[0]) - 1)
        df = df + np.where(known[0][at] == counted.terms, known[1][at], 0)
        documents = np.rint(4 * np.log(1 + counted.height + background().documents)) / 4
        self.idf = np.rint(_STEPS * (documents - np.log(1 + df) + 1)).astype(np.float32)
        self._transformer = TfidfTransformer(norm=None)
        self._transformer.idf_ = self.idf if len(df) else np.ones(1, np.float32)

    def __call__(self, stack: Stack) -> View:
        """Return the rows of weights; columns of a single text count in the lengths alone."""
        shape = (
            stack.height,
            max(1, len(stack.terms)),
        )  # scikit-learn refuses a matrix without rows or columns
        rows = csr_matrix((stack.weights.astype(np.float32), stack.columns, stack.starts), shape=shape)
        if stack.height:
            rows = self._transformer.transform(rows, copy=False)
        squares = sums(rows.data.astype(float) ** 2, stack.starts)
        kept = self.several[rows.indices]
        starts = np.concatenate([[0], np.cumsum(kept)])[stack.starts]
        return View(
            csr_matrix((rows.data[kept], rows.indices[kept], starts), shape=shape),
            np.sqrt(squares),
            self.idf,
            stack.terms,
        )


def _days(articles: Iterable[Article], rows: Mapping[str, int], height: int) -> Floats:
    """Return the earliest day of each row; nan where none is given."""
    days = np.full(height, np.nan)
    for article in articles:
        if article.meta.date:
            row = rows[article.id]
            days[row] = np.fmin(days[row], article.meta.date.day.toordinal())
    return days


def _langs(texts: Iterable[Article]) -> NDArray[np.int64]:
    """Return a number for the language of each row; -1 when it cannot be told."""
    numbers: dict[str, int] = {}
    return np.array(
        [numbers.setdefault(a.meta.lang, len(numbers)) if a.meta.lang else -1 for a in texts], np.int64
    )
