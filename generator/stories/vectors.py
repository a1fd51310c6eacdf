"""Articles as sparse TF-IDF rows, in several views: the one door to scikit-learn.

A view looks at one kind of evidence: all content words, the title, names, the words that are no names,
phrases, numbers. Weights are (1 + ln tf) · idf with idf = ln((1 + N) / (1 + df)) + 1, over the corpus *plus*
background documents: five articles alone cannot tell which of their words are rare (Salton and Buckley
1988; the background as in Miranda et al. 2018). Rows have length 1, so that products are cosines. Copies of
one text share a row. Terms of a single row are dropped after weighing: they can be like nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from generator.language.background import LANGUAGE, Background, background
from generator.model import Article
from generator.stories.naming import OwnNames
from generator.stories.neighbours import nearest_pairs
from generator.stories.tally import (
    Counts,
    Numbering,
    Phrases,
    Reader,
    most_common_language,
    tally,
    tally_phrases,
    tally_stream,
)
from generator.stories.views import Floats, Measures, Views, measure, products

_FEWEST = 20
"""Words below which equal texts are no copies: captions and stubs are equal by chance."""


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """The views of all texts, and what was measured between each text and its nearest."""

    views: Views
    near: Measures
    best: Floats
    """Highest cosine of words of each row to any other row."""


def vectorise(articles: Sequence[Article]) -> Vectors:
    """Return the views of the articles and their nearest pairs. The order of ``articles`` changes nothing.

    Linear in the text; near-linear in the number of articles.
    """
    views = view(articles)
    left, right = nearest_pairs(views.words)
    words = products(views.words, left, right)
    best = np.zeros(len(views.totals))
    np.maximum.at(best, left, words)
    np.maximum.at(best, right, words)
    return Vectors(views, measure(views, left, right, best), best)


def view(articles: Sequence[Article]) -> Views:
    """Return the rows of the articles, copies of one text in one row."""
    rows, texts = _distinct(sorted(articles, key=lambda article: article.id))
    reader = Reader(most_common_language(texts, LANGUAGE))
    stream, starts = reader.stream(texts)
    owned = OwnNames(texts, reader)
    terms = len(reader.numbers.names)
    words = tally_stream(stream, starts, terms)
    figures = Numbering()
    numbers = tally(([figures[n] for n in a.terms.numbers] for a in texts), figures.names)
    ranks = Numbering()
    ordinals = tally(([ranks[t] for t in a.terms.times if t[0] == "o"] for a in texts), ranks.names)
    weigh = _Weigher(len(texts), background())
    stem_df = weigh.general(background().stem_df, reader.numbers.names)
    name_df = weigh.general(background().df, owned.numbers.names)
    shares, totals = weigh.shares(owned.counts, name_df)
    text = weigh.rows(words, stem_df)
    return Views(
        rows=rows,
        stems=tuple(reader.numbers.names[column] for column in text.columns),
        words=text.matrix,
        title=weigh.rows(tally((_title(a, reader) for a in texts), reader.numbers.names), stem_df).matrix,
        names=weigh.rows(owned.counts, name_df).matrix,
        content=weigh.rows(owned.without(words), stem_df).matrix,
        phrases=weigh.phrases(tally_phrases(stream, starts, terms, owned.not_both)),
        numbers=weigh.rows(numbers, None).matrix,
        ordinals=weigh.rows(ordinals, None).matrix,
        has_ordinals=np.bincount(ordinals.rows, minlength=len(texts)) > 0,
        shares=shares,
        totals=totals,
        sizes=np.bincount(words.rows, minlength=len(texts)).astype(float),
        days=_days(articles, rows, len(texts)),
        langs=_langs(texts),
    )


def _distinct(articles: Iterable[Article]) -> tuple[dict[str, int], list[Article]]:
    """Return the row of each article, and one article a row: copies of one text share theirs."""
    rows: dict[str, int] = {}
    texts: list[Article] = []
    seen: dict[tuple[tuple[str, ...], ...], int] = {}
    for article in articles:
        if sum(map(len, article.words)) >= _FEWEST:
            row = seen.setdefault(article.words, len(texts))
        else:
            row = len(texts)
        if row == len(texts):
            texts.append(article)
        rows[article.id] = row
    return rows, texts


def _title(article: Article, reader: Reader) -> Iterable[int]:
    """Return the stems of the title; of the first sentence where there is none."""
    words = article.title_words or next(iter(article.words), ())
    return map(reader.stems(article).__getitem__, words)


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
    numbers = Numbering()
    return np.array([numbers[a.meta.lang] if a.meta.lang else -1 for a in texts], np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    """A view, and which of the counted columns are left in it."""

    matrix: csr_matrix
    columns: NDArray[np.int64]


class _Weigher:
    """Weighs counts against the corpus and the background."""

    def __init__(self, height: int, known: Background) -> None:
        self.height, self.known = height, known

    def general(self, df: Callable[[str], int], names: Sequence[str]) -> Floats:
        """Return the background document frequency of each column."""
        return np.fromiter(map(df, names), float, len(names))

    def idf(self, df: Floats) -> Floats:
        """Return ln((1 + N) / (1 + df)) + 1, the background counted in."""
        weight: Floats = np.log((1 + self.height + self.known.documents) / (1 + df)) + 1
        return weight

    def rows(self, counts: Counts, general: Floats | None, lone: Floats | None = None) -> _Weighed:
        """Return unit rows of (1 + ln tf) · idf; columns of a single row are left out afterwards.

        ``lone`` is, for each row, the sum of (1 + ln tf) squared over columns that were left out before.
        """
        from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415 - 0.8 s to import

        df = np.bincount(counts.columns, minlength=counts.terms).astype(float)
        matrix = self._matrix(counts)
        if self.height:  # scikit-learn refuses a matrix without rows
            transformer = TfidfTransformer(norm=None, sublinear_tf=True)
            transformer.idf_ = self.idf(df if general is None else df + general)
            matrix = transformer.transform(matrix)
        squares = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
        if lone is not None:
            squares = squares + lone * self.idf(np.ones(1)) ** 2
        lengths = np.sqrt(np.where(squares > 0, squares, 1)).astype(np.float32)
        columns = np.flatnonzero(df > 1)
        matrix = (matrix.multiply(1 / lengths[:, None])).tocsr()[:, columns]
        return _Weighed(matrix.astype(np.float32), columns)

    def phrases(self, phrases: Phrases) -> csr_matrix:
        """Return the unit rows of phrases, of which those of a single article were not even numbered."""
        return self.rows(phrases.shared, None, phrases.lone).matrix

    def shares(self, counts: Counts, general: Floats) -> tuple[csr_matrix, Floats]:
        """Return rows of root idf, one entry a distinct name, and the sum of idf of each row."""
        df = np.bincount(counts.columns, minlength=counts.terms).astype(float)
        idf = self.idf(df + general)
        matrix = self._matrix(counts)
        matrix.data = np.sqrt(idf[matrix.indices]).astype(np.float32)
        totals = np.bincount(counts.rows, weights=idf[counts.columns], minlength=self.height)
        return matrix[:, np.flatnonzero(df > 1)], totals.astype(float)

    def _matrix(self, counts: Counts) -> csr_matrix:
        """Return the counts as a matrix; at least one column, which scikit-learn wants."""
        values = counts.counts.astype(np.float32)
        return csr_matrix((values, (counts.rows, counts.columns)), shape=(self.height, max(1, counts.terms)))
