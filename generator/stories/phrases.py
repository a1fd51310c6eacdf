"""The word lists that a story's sentences are judged by, by language.

The lists are data (``generator/data/summary/<lang>.toml``, explained there); a language without a file has
none, and its sentences are judged by their marks and lengths only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


class Phrases:
    """Words and phrases, lower case."""

    __slots__ = ("_heads", "_longer", "endings", "words")

    def __init__(self, phrases: Iterable[tuple[str, ...]] = ()) -> None:
        listed = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
        self.words = frozenset(phrase[0] for phrase in listed if len(phrase) == 1)
        """Those of one word."""
        self.endings = tuple(sorted(self.words))
        """The same, as ``str.endswith`` takes them."""
        self._longer: dict[str, list[tuple[str, ...]]] = {}
        for phrase in listed:
            if len(phrase) > 1:
                self._longer.setdefault(phrase[0], []).append(phrase)
        self._heads = self.words.union(self._longer)

    def __contains__(self, word: object) -> bool:
        return word in self.words

    def open(self, words: Sequence[str], at: int = 0) -> int:
        """Return how many words the longest phrase that starts at this place has; 0 for none."""
        if at >= len(words) or (word := words[at]) not in self._heads:
            return 0
        for phrase in self._longer.get(word, ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return int(word in self.words)

    def places(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield the start and the end of each phrase in ``words``, the longest at each place."""
        if self._heads.isdisjoint(words):
            return
        for at, word in enumerate(words):
            if word in self._heads and (size := self.open(words, at)):
                yield at, at + size

    def found(self, words: Sequence[str]) -> bool:
        """Tell whether one of the phrases stands anywhere in ``words``."""
        if self._heads.isdisjoint(words):
            return False
        return not self.words.isdisjoint(words) or next(self.places(words), None) is not None


_NONE = Phrases()
_NUMERALS = ("numbers", "multipliers", "ordinals", "units")
_DAYS = ("yesterday", "today", "tomorrow", "within", "vague_days", "last", "next", "years", "demonyms")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of one language; the data file says what each is for."""

    openings: Phrases = _NONE
    vague: Phrases = _NONE
    unnamed: Phrases = _NONE
    anchors: Phrases = _NONE
    definite: Phrases = _NONE
    indefinite: Phrases = _NONE
    prepositions: Phrases = _NONE
    pronouns: Phrases = _NONE
    personal: Phrases = _NONE
    persons: Phrases = _NONE
    crowds: Phrases = _NONE
    pointing: Phrases = _NONE
    says: Phrases = _NONE
    attribution: Phrases = _NONE
    that: Phrases = _NONE
    filler: Phrases = _NONE
    captions: Phrases = _NONE
    negations: Phrases = _NONE
    hedges: Phrases = _NONE
    planned: Phrases = _NONE
    titles: Phrases = _NONE
    relative: Phrases = _NONE
    finite: Phrases = _NONE
    bound: Phrases = _NONE
    future_endings: Phrases = _NONE
    future: Phrases = _NONE
    past: Phrases = _NONE
    past_endings: Phrases = _NONE
    labels: Phrases = _NONE
    teasers: Phrases = _NONE
    adverbial: Phrases = _NONE


@dataclass(frozen=True, slots=True)
class Numerals:
    """Number words of one language."""

    numbers: Mapping[str, float]
    """"seven": 7.0."""
    multipliers: Mapping[str, float]
    """"million": 1000000.0."""
    ordinals: Mapping[str, str]
    """"seventh": "7th"."""
    units: Mapping[str, str]
    """"days": "day"; only units that belong to a number."""
    cardinals: frozenset[str]
    """Numbers and multipliers."""
    words: frozenset[str]
    """These and the ordinals."""


@cache
def lexicon(lang: str) -> Lexicon:
    """Return the word lists of a language (BCP 47 primary tag); empty ones when there are none."""
    lists = _lists(lang)
    single = (*_NUMERALS, *_DAYS)
    return Lexicon(**{name: _phrases(text) for name, text in lists.items() if name not in single})


@cache
def numerals(lang: str) -> Numerals:
    """Return the number words of a language; none when it has no file."""
    numbers, multipliers, ordinals, units = (_values(_lists(lang).get(name, "")) for name in _NUMERALS)
    return Numerals(
        MappingProxyType({word: float(value) for word, value in numbers.items()}),
        MappingProxyType({word: float(value) for word, value in multipliers.items()}),
        MappingProxyType(ordinals),
        MappingProxyType(units),
        frozenset((*numbers, *multipliers)),
        frozenset((*numbers, *multipliers, *ordinals)),
    )


@cache
def listed(lang: str, name: str) -> tuple[str, ...]:
    """Return the single words of a list in order; empty when the language has none."""
    return tuple(_lists(lang).get(name, "").split())


@cache
def _lists(lang: str) -> Mapping[str, str]:
    """Return the lists of a language's file as they stand in it."""
    file = files("generator.data").joinpath("summary", f"{lang}.toml")
    if not lang.isalpha() or not file.is_file():
        return {}
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _phrases(text: str) -> Phrases:
    """Return the phrases of a list: lines with ``|`` hold phrases between them, others single words."""
    parts: list[str] = []
    for line in text.splitlines():
        parts += line.split("|") if "|" in line else line.split()
    return Phrases(tuple(part.split()) for part in parts if part.strip())


def _values(text: str) -> dict[str, str]:
    """Return the entries of a list of ``word=value``."""
    return {word: value for word, _, value in (entry.partition("=") for entry in text.split())}
