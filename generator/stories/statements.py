"""Sentences made comparable: what they mean, and what of it another sentence may contradict.

A statement is a sentence, or two neighbouring ones, with a unit TF-IDF vector over meanings (stems,
synonyms and nations folded, stop words out) and sets of the things in which two statements that sound alike
can differ: numbers, names, words that exclude each other, and what is denied or left open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from math import log

from generator.language.remembered import once
from generator.language.words import is_stop, tokens
from generator.model import Article, Passage, Span
from generator.stories.amounts import counted, located, numbers
from generator.stories.clauses import descriptions, relative_clauses
from generator.stories.equivalents import DAY_SETS, exclusive, meaning_of
from generator.stories.name_runs import KnownNames, NameRun, name_runs
from generator.stories.phrases import Phrases, lexicon, numerals
from generator.stories.unit import unit
from generator.stories.wording import Wording

_MONTHS_TOO = ("may", "march", "mar", "sun", "sat", "wed", "jan", "jun")
"""Words that are months only in capitals."""
_SPOKEN_WORDS = 5
"""Words in quotation marks from which they are what a sentence tells."""
_SCOPE = 5
"""Words that a "not" or a "may" reaches, unless a source comes between."""
MARKS = "\"'“”„«»‘’‚‹›.,;:!?…()[]–—-"
_NATION = "="
"""What the meaning of a nation begins with."""
_LEAST_PARTS = 3
"""Parts between commas from which one may describe another."""
_POSSESSIVE = re.compile(r"[’']s?$")


Identity = tuple[str, tuple[str, ...]]
"""What a statement says, and what of it is quoted: of those of an article that have it in common, whatever is told of
one holds of all."""


class Statement:
    """One or two sentences of one article. Cheap to make; what is seldom needed is found when asked for."""

    def __init__(
        self,
        article: Article,
        known: KnownNames,
        story: Wording,
        sentences: tuple[int, int],
        said: tuple[Span, tuple[str, ...]],
    ) -> None:
        """Take the first and the last sentence, and where in the text it stands with which words."""
        self.article, self.known, self.story = article, known, story
        self.first, self.last = sentences
        self.span, self.words = said
        self.lang = article.meta.lang

    @property
    def passage(self) -> Passage:
        """The place that readers can open."""
        return Passage(self.article.id, self.span, self.first)

    @once
    def text(self) -> str:
        """The words as shown."""
        return self.article.shown(self.span)

    @once
    def vocabulary(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(self.words)

    @once
    def located(self) -> tuple[tuple[int, str], ...]:
        """Meanings with the places of their words; numbers are not among them."""
        return located(self.words, self.lang)

    @once
    def meanings(self) -> frozenset[str]:
        """What its content words mean."""
        return frozenset(meaning for _, meaning in self.located)

    @once
    def numbers(self) -> Mapping[str, frozenset[str]]:
        """Numbers ("3500000", "@23:40", "79th") with the meanings beside them: two after, else one before.

        Numbers in words count too; times of day have nothing beside them.
        """
        return dict(numbers(self.words, self.text, self.lang, lambda: self.located))

    @once
    def vector(self) -> Mapping[str, float]:
        """TF-IDF over meanings and numbers, of length 1; empty for a statement of stop words."""
        rarity, held = self.story.rarity, [meaning for _, meaning in self.located]
        raw = {meaning: rarity[meaning] for meaning in held}
        if len(raw) < len(held):
            for meaning, times in Counter(held).items():
                raw[meaning] = rarity[meaning] if times == 1 else (1 + log(times)) * rarity[meaning]
        for number in self.numbers:
            raw[f"#{number}"] = rarity[f"#{number}"]
        return unit(raw)

    @once
    def nameless(self) -> Mapping[str, float]:
        """The vector without names, nations and words that only name a source, of length 1."""
        meant, sources = meaning_of(self.lang), _source_meanings(self.lang)
        named = {meant(word) for run in self.names for word in run.words}
        return unit(
            {
                part: weight
                for part, weight in self.vector.items()
                if part[0] != _NATION and part not in sources and part not in named
            }
        )

    @once
    def core(self) -> Mapping[str, float]:
        """The nameless vector of what is told, not of who tells it."""
        told = self._told
        return unit({part: weight for part, weight in self.nameless.items() if part in told})

    @once
    def _told(self) -> frozenset[str]:
        """Meanings and numbers of what is told, not of who tells it.

        Of a sentence that quotes a sentence the words in marks; of "… said that …" what follows.
        """
        if self._in_marks:
            return self._said(self._in_marks) if self.speaks else frozenset(self.vector)
        lists = lexicon(self.lang)
        for at, word in enumerate(self.words):
            if word in lists.attribution and lists.that.open(self.words, at + 1):
                return self._said(self.words[at + 1 :])
        return frozenset(self.vector)

    @once
    def _quoted(self) -> tuple[str, ...]:
        """The sentences that it quotes, as shown."""
        return tuple(
            self.article.shown(span)
            for quote in self.article.quotes_in(self.span)
            if quote.kind == "direct" and (span := _within(quote.span, self.span)) and span != self.span
        )

    @property
    def identity(self) -> Identity:
        """What is the same in a sentence that is repeated."""
        return self.text, self._quoted

    @once
    def _in_marks(self) -> tuple[str, ...]:
        """Words of the sentences that it quotes."""
        return tuple(word for text in self._quoted for word in tokens(text, self.lang))

    @property
    def speaks(self) -> bool:
        """Whether what it tells are the words in marks, and all else is who says them."""
        return len(self._in_marks) >= _SPOKEN_WORDS

    @once
    def described(self) -> frozenset[str]:
        """Meanings that stand alone in descriptions of the people named: who they are is not what is told."""
        marked = {*self._described_parts(), *relative_clauses(self.text, self.lang)}
        if not marked:
            return frozenset()
        inside, outside, at = set[str](), set[str](), 0
        for start, end in sorted(marked):
            outside |= self._said(tokens(self.text[at:start], self.lang))
            inside |= self._said(tokens(self.text[start:end], self.lang))
            at = max(at, end)
        return frozenset(inside - outside - self._said(tokens(self.text[at:], self.lang)))

    def _described_parts(self) -> Iterator[tuple[int, int]]:
        """Yield where the parts between commas stand that only say who somebody is."""
        parts = self.text.split(", ")
        if len(parts) < _LEAST_PARTS:
            return
        said = [tuple(map(plain_word, part.split())) for part in parts]
        starts = list(accumulate((len(part) + 2 for part in parts), initial=0))
        for at in descriptions(said, {word for run in self.names for word in run.words}, self.lang):
            yield starts[at], starts[at] + len(parts[at])

    def _said(self, words: Sequence[str]) -> frozenset[str]:
        """Return the meanings and numbers of some of the words."""
        numbers = (f"#{number}" for _, _, number in counted(words, numerals(self.lang)))
        return frozenset((*(meaning for _, meaning in located(words, self.lang)), *numbers))

    @once
    def exclusives(self) -> Mapping[int, frozenset[str]]:
        """Words that exclude others, by the number of their set."""
        found: dict[int, set[str]] = {}
        for word in self.words:
            for number, usual in exclusive(self.lang).get(word, ()):
                if word not in _MONTHS_TOO or word.title() in self.text[1:]:
                    found.setdefault(number, set()).add(usual)
        return {number: frozenset(words) for number, words in found.items()}

    @once
    def denied(self) -> tuple[tuple[str, ...], ...]:
        """The meanings that each "not" reaches."""
        return tuple(self._reached(lexicon(self.lang).negations))

    @once
    def negations(self) -> int:
        """How often it says "not" and the like."""
        return sum(1 for _ in lexicon(self.lang).negations.places(self.words))

    @once
    def open(self) -> tuple[tuple[str, ...], ...]:
        """The meanings that each "may" reaches."""
        return tuple(self._reached(lexicon(self.lang).hedges))

    @once
    def planned(self) -> tuple[tuple[str, ...], ...]:
        """The meanings that each "is to" reaches: what is still to come has not happened."""
        return tuple(self._reached(lexicon(self.lang).planned))

    @once
    def names(self) -> tuple[NameRun, ...]:
        """Names in order of place, agencies left out."""
        return tuple(name_runs(self.text, self.known, self.lang))

    @once
    def plain(self) -> tuple[str, ...]:
        """The words as they stand between blanks, lower case, without marks."""
        return _plain_words(self.text)

    @once
    def spoken(self) -> tuple[str, ...]:
        """Those of the plain words that it quotes."""
        return _plain_words(" ".join(self._quoted))

    @once
    def counted(self) -> frozenset[str]:
        """Those of the plain words that hold a digit."""
        return frozenset(word for word in self.plain if any(map(str.isdigit, word)))

    @once
    def days(self) -> frozenset[str]:
        """Those of the plain words that are weekdays or months."""
        sets = exclusive(self.lang)
        return frozenset(w for w in self.plain if any(number < DAY_SETS for number, _ in sets.get(w, ())))

    @once
    def named(self) -> frozenset[str]:
        """Those of the plain words that are names, of nations too; titles and days are none."""
        titles = lexicon(self.lang).titles
        first, *others = self.text.split() or [""]
        capitals = {plain_word(word) for word in others if word.strip(MARKS)[:1].isupper()}
        if plain_word(first) in self.known.words:
            capitals.add(plain_word(first))
        return frozenset(w for w in capitals - self.days if w not in titles and not is_stop(w, self.lang))

    @once
    def opening(self) -> frozenset[str]:
        """The first of the plain words, which may be a name that is nowhere else; a function word is none."""
        return frozenset(word for word in self.plain[:1] if not is_stop(word, self.lang))

    @once
    def nations(self) -> frozenset[str]:
        """Nations named by country, people or capital."""
        return frozenset(meaning for meaning in self.meanings if meaning[0] == _NATION)

    def _reached(self, cues: Phrases) -> Iterator[tuple[str, ...]]:
        """Yield the next few meanings after each of these words."""
        source = lexicon(self.lang).attribution
        for _, end in cues.places(self.words):
            near = self.words[end : end + _SCOPE]
            stop = next((at for at, word in enumerate(near) if word in source), len(near))
            if reached := tuple(meaning for at, meaning in self.located if end <= at < end + stop):
                yield reached


def plain_word(word: str) -> str:
    """Return a word between blanks without marks and possessive, lower case."""
    return _POSSESSIVE.sub("", word.strip(MARKS)).lower()


def _plain_words(text: str) -> tuple[str, ...]:
    """Return the words between blanks without marks, lower case."""
    return tuple(plain for word in text.split() if (plain := plain_word(word)))


def _within(span: Span, other: Span) -> Span | None:
    """Return what two spans have in common, None when nothing."""
    start, end = max(span.start, other.start), min(span.end, other.end)
    return Span(start, end) if start < end else None


@cache
def _source_meanings(lang: str) -> frozenset[str]:
    """Return what words mean that only name a source."""
    return frozenset(map(meaning_of(lang), lexicon(lang).attribution.words))
