"""Articles in numbers: which terms each holds in each view, and how often.

What is counted of an article hangs on that article alone, and may be remembered. Many articles are counted at
a time, in flat arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, islice, pairwise
from math import log, nan
from typing import NamedTuple, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from generator.compact import Compact
from generator.language.hashing import BITS, END, STOP, hash_stems, hashed, stem_hasher
from generator.model import Article

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint32]

STEADY = 4
"""Weight of a term that stands once, see ``_DAMPED``."""
_DAMPED = np.array([0, *(round(STEADY * (1 + log(count))) for count in range(1, 1_000))], np.uint8)
"""By count. Whole numbers, so that sums are exact in any order."""
_FEWEST = 20
"""Words below which equal texts are no copies: captions and stubs are equal by chance."""
_BATCH = 1_000
"""Articles counted at a time."""
_ENTRY = 6
"""Bytes of a term with its weight and flag."""
_SPREAD = np.uint32(0x9E3779B1)
"""The golden ratio of 32 bits: multiplying by it spreads numbers (Knuth 1973)."""
OPENING, SURE = 1, 2
"""Flags of a word: an article has it with a capital where every word has one; elsewhere too."""
ORDINAL, DAY, YEAR = 1, 2, 3
"""Flags of a time."""
_KINDS = {"o": ORDINAL, "y": YEAR}
"""By the first letter of a time; a day begins with a digit, and months are left out: there are only twelve."""


class Held(NamedTuple):
    """Terms of one view of an article: parallel arrays."""

    terms: Hashes
    """Distinct, ascending."""
    weights: NDArray[np.uint8]
    """Damped counts."""
    flags: NDArray[np.uint8]
    """Of words and phrases: whether they are names of the article. Of times: their kind."""

    def packed(self) -> bytes:
        """Return all three, one after the other: in arrays of their own few terms take twice the room."""
        return b"".join(part.tobytes() for part in self)

    @classmethod
    def of(cls, packed: bytes) -> Held:
        """Return what was packed."""
        many = len(packed) // _ENTRY
        terms = np.frombuffer(packed, np.uint32, many)
        weights, flags = np.frombuffer(packed, np.uint8, offset=4 * many).reshape(2, many)
        return cls(terms, weights, flags)


@dataclass(frozen=True, slots=True, eq=False)
class Counted(Compact):
    """What one article holds; the terms of each view packed (``Held``)."""

    text: bytes
    """Equal for copies of one text, and for nothing else."""
    words: bytes
    """Stems of the content words of title and text."""
    title: bytes
    """Those of the title; of the first sentence where there is none."""
    names: bytes
    """Capitalised words and runs; all stems in scripts without capitals."""
    opening: bytes
    """Words that open sentences: names if the corpus mostly writes them with a capital."""
    opening_stems: bytes
    """Hashes of the stems of these, in the same order."""
    phrases: bytes
    """Two stems in a row, function words left out."""
    numbers: bytes
    """Numbers in digits."""
    times: bytes
    """Ordinals in digits, days and years."""
    day: float
    """Number of the day of its date; nan when it has none."""


class Memory(Protocol):
    """What was counted under the same code and settings."""

    def recall(self, keys: Sequence[str]) -> Mapping[str, object]:
        """Return what is remembered, by key."""

    def add(self, values: Mapping[str, object]) -> None:
        """Remember values by key."""

    def forget(self, but: Iterable[str]) -> None:
        """Forget all values but those of these keys."""


def damped(counts: Ints) -> NDArray[np.uint8]:
    """Return the weight of terms that stand so often: (1 + ln count) in steps of 1 / STEADY."""
    return _DAMPED[np.minimum(counts, len(_DAMPED) - 1)]


def count(articles: Sequence[Article], fallback: str) -> list[Counted]:
    """Return what each article holds; ``fallback`` is the language of one whose own is not known."""
    starts = range(0, len(articles), _BATCH)
    return [one for start in starts for one in _Batch(articles[start : start + _BATCH], fallback).counted()]


def recount(articles: Sequence[Article], fallback: str, memory: Memory) -> list[Counted]:
    """Return the same, counting only what is not remembered: no other article is opened."""
    keys = [f"{a.key} {a.meta.lang or fallback} {_day(a)}" for a in articles]
    known = dict(memory.recall(keys))
    missing = {key: article for key, article in zip(keys, articles, strict=True) if key not in known}
    fresh = dict(zip(missing, count(list(missing.values()), fallback), strict=True))
    memory.add(fresh)
    memory.forget(but=keys)
    known.update(fresh)
    return cast("list[Counted]", list(map(known.__getitem__, keys)))


class _Batch:
    """Some articles, their stems in one stream."""

    def __init__(self, articles: Sequence[Article], fallback: str) -> None:
        self.articles = articles
        self.langs = [article.meta.lang or fallback for article in articles]
        streams = [np.frombuffer(stems, np.uint32) for stems in map(stems_of, articles, self.langs)]
        self.texts = list(map(_text, articles, streams))
        self.stems = np.concatenate(streams).astype(np.int64)
        self.rows = np.repeat(np.arange(len(articles)), [len(stream) for stream in streams])

    def counted(self) -> Iterator[Counted]:
        """Yield what each article holds."""
        content = self.stems > END
        flags = self._flags()
        opening, stems_of = self._opening()
        titled = content & self._first_sentences()
        views = zip(
            self._held(self.rows[content], self.stems[content], flags[content]),
            self._held(self.rows[titled], self.stems[titled]),
            self._held(*_flat(map(_hashed, article.terms.entities) for article in self.articles)),
            opening,
            stems_of,
            self._phrases(flags),
            self._held(*_flat(map(_hashed, article.terms.numbers) for article in self.articles)),
            self._times(),
            map(_day, self.articles),
            strict=True,
        )
        for text, (words, title, names, *more) in zip(self.texts, views, strict=True):
            yield Counted(text, words, title, names if names or more[0] else words, *more)

    def _flags(self) -> NDArray[np.uint8]:
        """Return for each stem of the stream whether it belongs to a name of its article."""
        single = ([word for word in article.terms.entities if "_" not in word] for article in self.articles)
        sure, opening = (
            _keys(
                *_flat(map(stem_hasher(lang), words) for lang, words in zip(self.langs, lists, strict=True))
            )
            for lists in (single, (article.terms.initial for article in self.articles))
        )
        known = np.unique(np.concatenate([[-1], sure, opening]))
        kinds = np.where(np.isin(known, sure), SURE, OPENING).astype(np.uint8)
        wanted = _keys(self.rows, self.stems)
        at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
        return np.where(known[at] == wanted, kinds[at], np.uint8(0))

    def _first_sentences(self) -> NDArray[np.bool_]:
        """Return which stems are of the title, or of the first sentence where the title is empty."""
        ends = self.stems == END
        number = np.cumsum(ends) - ends
        starts = np.searchsorted(self.rows, np.arange(len(self.articles)))
        first = number[starts] + ends[starts]
        titled: NDArray[np.bool_] = number == first[self.rows]
        return titled

    def _phrases(self, flags: NDArray[np.uint8]) -> list[bytes]:
        """Count the pairs of neighbouring content words within sentences."""
        kept = self.stems != STOP
        rows, stems, flags = self.rows[kept], self.stems[kept], flags[kept]
        both = (stems[:-1] != END) & (stems[1:] != END)
        named = np.minimum(flags[:-1], flags[1:])[both]
        left, right = stems[:-1][both].astype(np.uint32), stems[1:][both].astype(np.uint32)
        return self._held(rows[:-1][both], ((left * _SPREAD) ^ right).astype(np.int64), named)

    def _times(self) -> list[bytes]:
        """Return the ordinals, days and years."""
        times = [[time for time in article.terms.times if time[0] != "m"] for article in self.articles]
        kinds = [_KINDS.get(time[0], DAY) for some in times for time in some]
        return self._held(*_flat(map(_hashed, some) for some in times), np.array(kinds, np.uint8))

    def _opening(self) -> tuple[list[bytes], list[bytes]]:
        """Return the words that open sentences, and their stems."""
        initial = [article.terms.initial for article in self.articles]
        rows, words = _flat(map(_hashed, some) for some in initial)
        stems = _flat(map(stem_hasher(lang), some) for lang, some in zip(self.langs, initial, strict=True))[1]
        _, firsts = np.unique(_keys(rows, words), return_index=True)
        held = self._held(rows, words)
        ends = np.cumsum([len(one) // _ENTRY for one in held])[:-1]
        return held, [some.tobytes() for some in np.split(stems[firsts].astype(np.uint32), ends)]

    def _held(self, rows: Ints, terms: Ints, flags: NDArray[np.uint8] | int = 0) -> list[bytes]:
        """Count the terms of each article; a term has one flag within an article."""
        keys = np.sort(rows << (BITS + 2) | terms << 2 | flags)
        firsts = np.flatnonzero(np.diff(keys, prepend=-1))
        counts = np.diff(firsts, append=len(keys))
        keys = keys[firsts]
        weights = damped(counts)
        hashes = (keys >> 2).astype(np.uint32)
        kinds = (keys & 3).astype(np.uint8)
        ends = np.searchsorted(keys >> (BITS + 2), np.arange(len(self.articles) + 1)).tolist()
        return [Held(hashes[a:b], weights[a:b], kinds[a:b]).packed() for a, b in pairwise(ends)]


def _flat(lists: Iterable[Iterable[int]]) -> tuple[Ints, Ints]:
    """Return the row of each number, and the numbers of all rows."""
    flat = array("q")
    ends = [0]
    for numbers in lists:
        flat.extend(numbers)
        ends.append(len(flat))
    values = np.frombuffer(flat, np.int64) if flat else np.zeros(0, np.int64)
    return np.repeat(np.arange(len(ends) - 1), np.diff(ends)), values


def _keys(rows: Ints, terms: Ints) -> Ints:
    """Return one number for each row and term."""
    return rows << BITS | terms


@lru_cache(1 << 16)
def _hashed(term: str) -> int:
    return hashed(term)


def stems_of(article: Article, lang: str) -> bytes:
    """Return the stream of stems of an article, whose language may be a guess."""
    if article.stems and article.meta.lang == lang:
        return article.stems
    return hash_stems((article.title_words, *article.words), lang)


def _day(article: Article) -> float:
    """Return the number of the day of an article."""
    return float(article.meta.date.day.toordinal()) if article.meta.date else nan


def _text(article: Article, stems: Hashes) -> bytes:
    """Return what is equal for copies of one text: its stems without the title's, or the id of a short one."""
    words = chain.from_iterable(map(str.split, article.tokens))
    if next(islice(words, _FEWEST - 1, None), None) is None:
        return article.id.encode()
    return blake2b(stems[len(article.title_words) :].tobytes(), digest_size=16).digest()
