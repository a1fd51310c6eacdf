"""Articles as sparse TF-IDF rows, in several views.

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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from generator.language.background import LANGUAGE
from generator.model import Article
from generator.stories.counting import (
    DAY,
    OPENING,
    ORDINAL,
    SURE,
    YEAR,
    Counted,
    Hashes,
    Held,
    Memory,
    count,
    recount,
)
from generator.stories.ledger import Ledger
from generator.stories.lineup import Lineup, Rows
from generator.stories.measures import Measures, measure
from generator.stories.neighbours import Neighbours
from generator.stories.remembered import Remembered
from generator.stories.stacks import Stack
from generator.stories.views import Floats, Ints, Views, sums
from generator.stories.weighing import Scale, every
from generator.turned import Last, Order

_NEAR = 0.08
"""Least cosine of words for two texts to be compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """The views of all texts, and what was measured between each text and its nearest."""

    views: Views
    near: Measures
    best: Floats
    """Highest cosine of words of each row to any other row."""
    since: Ints
    """The row that held the same in every view in the last build of this process; -1 where none did."""


class Counts(Remembered[Counted]):
    """What was counted of each article in the last build, how it was weighed, and what came of the pairs."""

    def __init__(self, memory: Memory | None = None, *, once: bool = False) -> None:
        super().__init__()
        self.once = once
        """Whether no other build will ask: then nothing is held longer than it is needed."""
        self._memory = memory
        self.words, self.titles, self.names, self.phrases, self.numbers, self.times = self.scales = [
            Scale() for _ in range(6)
        ]
        self.merged = Merged()
        self.nearest = Neighbours()
        self.ledger = Ledger(once=once)
        self.order = Order[Article](attrgetter("id"))
        self.langs = Last[Article, str](attrgetter("meta.lang"))
        self.lineup = Lineup()

    def forget(self) -> None:
        """Let go of what has been counted, which takes more room than the views of it; which rows are steady stays."""
        super().forget()
        self.lineup, self.merged = Lineup(), Merged()
        for scale in self.scales:
            scale.forget()

    def of(self, articles: Sequence[Article], fallback: str) -> list[Counted]:
        """Return what each article holds; ``fallback`` is the language of one whose own is not known."""
        counted = count if self._memory is None else partial(recount, memory=self._memory)
        return self.each(articles, fallback, lambda some: counted(some, fallback))

    @property
    def steady(self) -> Ints:
        """The row that each text had in the last build; -1 where another holds something else in any view."""
        steady: Ints = np.min([scale.rows.old for scale in self.scales], axis=0)
        return steady


def vectorise(
    articles: Sequence[Article], known: Counts | None = None, memory: Memory | None = None
) -> Vectors:
    """Return the views of the articles and their nearest pairs. The order of ``articles`` changes nothing.

    Linear in the text; near-linear in the number of articles. ``known`` saves counting and multiplying again,
    and where it is not given ``memory`` saves counting.
    """
    counts = known or Counts(memory, once=True)
    views = view(articles, counts)
    if counts.once:
        counts.forget()
    counts.ledger.begin(counts.steady)
    left, right = counts.nearest.pairs(views.words, _NEAR / 2, counts.words.rows.old)
    words = counts.ledger.pairs(left, right).cosines("words", views.words)
    kept = words >= _NEAR
    left, right, words = left[kept], right[kept], words[kept]
    best = np.zeros(len(views.sizes))
    np.maximum.at(best, left, words)
    np.maximum.at(best, right, words)
    near = measure(views, counts.ledger.pairs(left, right), best, words)
    return Vectors(views, near, best, counts.ledger.old)


def view(articles: Sequence[Article], known: Counts) -> Views:
    """Return the rows of the articles, copies of one text in one row."""
    ordered = known.order.of(articles)
    fallback = most_common_language(known.langs.of(ordered), LANGUAGE)
    counted = known.of(ordered, fallback)
    return _views(known.lineup.of(ordered, counted), known)


def most_common_language(langs: Iterable[str], default: str) -> str:
    """Return the language of most articles: what one too short to tell is taken for."""
    known = Counter(langs)
    known.pop("", None)
    return min(known, key=lambda lang: (-known[lang], lang)) if known else default


def _views(rows: Rows, known: Counts) -> Views:
    """Weigh what the texts hold."""
    held, old = rows.held, rows.old
    known.phrases.pile.of(lambda row: Held.of(held[row].phrases), old)
    phrases, free_phrases = known.phrases.weigh(known.phrases.columns(), [every, _is_free])
    if known.once:
        known.phrases.forget()
    words = known.words.pile.of(lambda row: Held.of(held[row].words), old)
    usual = _usually_capital(words)
    of_words = known.words.columns("stems", usual)
    all_words, content = known.words.weigh(of_words, [every, partial(_is_no_name, usual=usual)])
    known.titles.pile.of(lambda row: Held.of(held[row].title), old, known.words.pile)
    merged, same_names = known.merged.of(held, np.sort(words.terms.of[usual]), old)
    names = known.names.pile.of(lambda row: Held.of(merged[row]), same_names)
    of_names = known.names.columns("words")
    known.numbers.pile.of(lambda row: Held.of(held[row].numbers), old)
    known.times.pile.of(lambda row: Held.of(held[row].times), old)
    return Views(
        rows=rows.of,
        words=all_words,
        title=known.titles.weigh(of_words)[0],
        names=known.names.weigh(of_names)[0],
        name_totals=sums(of_names.idf[names.columns], names.starts),
        content=content,
        phrases=phrases,
        free_phrases=free_phrases,
        numbers=known.numbers.weigh(known.numbers.columns())[0],
        times=tuple(known.times.weigh(known.times.columns(), _TIMES)),
        sizes=np.diff(words.starts).astype(float),
        days=rows.days,
        langs=rows.langs,
    )


def _is_no_name(words: Stack, usual: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which words are no names of their article."""
    others: NDArray[np.bool_] = (words.flags != SURE) & ((words.flags != OPENING) | ~usual[words.columns])
    return others


def _is_free(phrases: Stack) -> NDArray[np.bool_]:
    """Return which phrases are more than a name."""
    free: NDArray[np.bool_] = phrases.flags == 0
    return free


def _is_of(times: Stack, kind: int) -> NDArray[np.bool_]:
    """Return which times are of one kind."""
    own: NDArray[np.bool_] = times.flags == kind
    return own


_TIMES = [partial(_is_of, kind=kind) for kind in (ORDINAL, DAY, YEAR)]


def _usually_capital(words: Stack) -> NDArray[np.bool_]:
    """Return which stems at least half of the texts that hold them write with a capital mid-sentence."""
    capital = np.bincount(words.columns[words.flags == SURE], minlength=words.terms.width)
    usual: NDArray[np.bool_] = (capital > 0) & (2 * capital >= words.df)
    return usual


class Merged:
    """The names of each text: those that are sure, and words that open sentences and are usually names."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._usual: Hashes = np.zeros(0, np.uint32)

    def of(self, held: Sequence[Counted], usual: Hashes, old: Ints) -> tuple[list[bytes], Ints]:
        """Return the names of texts, packed, and the row where the last build had the very same; -1 of others.

        ``old`` is the row of each text then; ``usual`` are the stems that are usually written with a capital.
        """
        if not np.array_equal(usual, self._usual):
            stems, ends = _opening_stems(held)
            turned = np.isin(stems, np.setxor1d(usual, self._usual, assume_unique=True))
            old = old.copy()
            old[np.searchsorted(ends, np.flatnonzero(turned), side="right") - 1] = -1
        new = [held[row] for row in np.flatnonzero(old < 0).tolist()]
        stems, ends = _opening_stems(new)
        kept = np.split(_among(stems, usual), ends[1:-1])
        made = (_merged(one.names, one.opening, own) for one, own in zip(new, kept, strict=False))
        last, self._usual = self._held, usual
        self._held = [last[before] if before >= 0 else next(made) for before in old.tolist()]
        return self._held, old


def _among(stems: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """Return which stems are known; what is known ascends."""
    return np.searchsorted(known, stems) < np.searchsorted(known, stems, side="right")


def _opening_stems(held: Sequence[Counted]) -> tuple[Hashes, Ints]:
    """Return the stems of the words that open sentences in some texts, and where each text begins and the last ends."""
    stems = np.frombuffer(b"".join(one.opening_stems for one in held), np.uint32)
    return stems, np.cumsum([0, *(len(one.opening_stems) // stems.itemsize for one in held)])


def _merged(names: bytes, openers: bytes, kept: NDArray[np.bool_]) -> bytes:
    """Return the terms of both, in order, of the latter those that are kept; the two share none."""
    if not kept.any():
        return names
    sure, opening = Held.of(names), Held.of(openers)
    terms = np.concatenate([sure.terms, opening.terms[kept]])
    weights = np.concatenate([sure.weights, opening.weights[kept]])
    flags = np.concatenate([sure.flags, opening.flags[kept]])
    order = np.argsort(terms)
    return Held(terms[order], weights[order], flags[order]).packed()
