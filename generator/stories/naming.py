"""Whose names an article holds: its capitalised words and runs, and which of its stems they are.

Names and other words are two witnesses of one event: the same people do many things, and the same things
happen to many people. A word that opens a sentence is a name only if the corpus mostly writes it with
a capital elsewhere. Scripts without capitals have no names to see; their content words stand in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from generator.model import Article
from generator.stories.tally import Counts, Ints, Numbering, Reader, tally


class OwnNames:
    """The names of each article."""

    def __init__(self, articles: Sequence[Article], reader: Reader) -> None:
        usual = _usually_capital(articles)
        self.numbers = Numbering()
        self.counts = tally(
            ([self.numbers[name] for name in _names(a, usual, reader)] for a in articles), self.numbers.names
        )
        keys = [_stem_keys(a, usual, reader) for a in articles]
        self.stems = len(reader.numbers.names)
        flat = [row * self.stems + number for row, numbers in enumerate(keys) for number in numbers]
        self._keys: Ints = np.unique(np.array(flat, np.int64))

    def holds(self, rows: Ints, stems: Ints) -> NDArray[np.bool_]:
        """Tell for each pair of row and stem whether the stem belongs to a name of the row."""
        if not len(self._keys):
            return np.zeros(len(rows), bool)
        wanted = rows.astype(np.int64) * self.stems + stems
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        found: NDArray[np.bool_] = self._keys[at] == wanted
        return found

    def not_both(self, rows: Ints, left: Ints, right: Ints) -> NDArray[np.bool_]:
        """Tell for each phrase whether it is more than a name."""
        return ~(self.holds(rows, left) & self.holds(rows, right))

    def without(self, counts: Counts) -> Counts:
        """Return the counts of the words that belong to no name of their article."""
        kept = ~self.holds(counts.rows.astype(np.int64), counts.columns.astype(np.int64))
        return Counts(counts.rows[kept], counts.columns[kept], counts.counts[kept], counts.terms)


def _usually_capital(articles: Sequence[Article]) -> frozenset[str]:
    """Return the words that at least half of the articles that hold them write with a capital mid-sentence."""
    capital: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for article in articles:
        sure = set(article.terms.entities)
        capital.update(sure)
        held.update(sure.union(*article.words))
    return frozenset(word for word, count in capital.items() if 2 * count >= held[word])


def _names(article: Article, usual: frozenset[str], reader: Reader) -> Iterator[str]:
    """Yield the names of an article, with repeats."""
    yield from article.terms.entities
    yield from (word for word in article.terms.initial if word in usual)
    if _without_capitals(article):
        stems = reader.stems(article)
        numbers = (stems[word] for words in article.words for word in words)
        yield from (reader.numbers.names[number] for number in numbers if number >= 0)


def _stem_keys(article: Article, usual: frozenset[str], reader: Reader) -> list[int]:
    """Return the numbers of the stems that single-word names of an article have."""
    stems = reader.stems(article)
    words = {*article.terms.entities, *(word for word in article.terms.initial if word in usual)}
    return sorted({stems[word] for word in words if "_" not in word} - {-1})


def _without_capitals(article: Article) -> bool:
    """Tell whether an article is in a script that has no capitals."""
    return not article.terms.entities and not article.terms.initial
