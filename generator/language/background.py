"""How common words are in general: document frequencies of a background collection.

A handful of articles cannot tell which of their words are rare. The table counts 1,405 English documents
(US news 2015-16, web articles, the Brown corpus) and is added to the counts of the corpus at hand.
Words of other languages are mostly not in it and keep what the corpus says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log
from types import MappingProxyType

LANGUAGE = "en"
"""The language of the background documents."""


@dataclass(frozen=True, slots=True)
class Background:
    """Document frequencies of words and of their stems."""

    documents: int
    """How many documents were counted."""
    words: Mapping[str, int]
    """Lower-case word: documents that hold it; rarer ones than two are left out."""
    stems: Mapping[str, int]
    """English stem: at least so many documents hold one of its words (its commonest word's count)."""

    def df(self, word: str) -> int:
        """Return how many documents hold the lower-case word; 0 when it is not in the table."""
        return self.words.get(word, 0)

    def stem_df(self, word: str) -> int:
        """Return how many documents hold, at least, a word with this English stem."""
        return self.stems.get(word, 0)

    def idf(self, word: str) -> float:
        """Return ln((1 + N) / (1 + df)) + 1 of a word: 1.0 for one in every document, at most 8.3."""
        return log((1 + self.documents) / (1 + self.df(word))) + 1.0

    def stem_idf(self, word: str) -> float:
        """Return the same of a stem."""
        return log((1 + self.documents) / (1 + self.stem_df(word))) + 1.0


@cache
def background() -> Background:
    """Return the tables that ship with Crosscite, read once."""
    head, *words = _lines("background_words.tsv")
    _, *stems = _lines("background_stems.tsv")
    return Background(int(head.split()[1]), _counts(words), _counts(stems))


def _lines(name: str) -> list[str]:
    return files("generator.data").joinpath(name).read_text(encoding="utf-8").splitlines()


def _counts(lines: Iterable[str]) -> Mapping[str, int]:
    """Return the count of each term; those of one count stand in one line, the commonest first."""
    table: dict[str, int] = {}
    for line in lines:
        count, tab, terms = line.partition("\t")
        if tab:
            table.update(dict.fromkeys(terms.split(" "), int(count)))
    return MappingProxyType(table)
