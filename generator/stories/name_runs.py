"""The names in a sentence, ready to be compared with those of another.

A run is what stands together in capitals: "Mayor Tobias Renck". Titles, nations, weekdays and agencies are
no names here. Two runs mean the same when one holds all words of the other ("Renck", "Tobias Renck").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from generator.language.agencies import known_name
from generator.language.remembered import once, remembered
from generator.language.words import is_stop
from generator.model import Article
from generator.stories.equivalents import exclusive, nation
from generator.stories.phrases import lexicon, listed

_LETTER = re.compile(r"[^\W_]")
_CAPITALISED = re.compile(
    r"[^\W\d_a-z](?<![^\W_].)(?<![^\W_][’'.-].)[^\W_]*(?:[’'.-][^\W_]+){0,5}", re.DOTALL
)
"""A word, or several joined by a mark, that no small letter of ASCII begins: these are most, and passed over at once."""
_POSSESSIVE = re.compile(r"[’']s?$")
_OPENING_MARKS = "\"'“„«‘‹"
_NATION_WORDS = 3


class NameRun(NamedTuple):
    """Words of one name, lower case, in order."""

    words: tuple[str, ...]
    kind: str
    """As in ``Name.kind``; empty when unknown."""

    def same(self, other: NameRun) -> bool:
        """Tell whether both may name one thing: one holds all words of the other."""
        one, two = set(self.words), set(other.words)
        return one <= two or two <= one

    def mentioned(self, words: Sequence[str], lang: str, demonyms: bool) -> bool:
        """Tell whether words hold the last of the name; or, if wanted, "Ostrenia" for "Ostrenian" and the reverse."""
        last = self.words[-1]
        if last in words or not demonyms or self.kind == "person":
            return last in words
        forms = listed(lang, "demonyms")
        kin = zip(forms, forms[::-1], strict=True)
        return any(last.endswith(end) and last.removesuffix(end) + other in words for end, other in kin)

    def comparable(self, other: NameRun) -> bool:
        """Tell whether one could stand in the other's place."""
        return not self.kind or not other.kind or self.kind == other.kind


class KnownNames:
    """What is known of the names of one article."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._kind_of: dict[tuple[str, ...], str] = {}

    @once
    def words(self) -> frozenset[str]:
        """Lower-case words seen in capitals within a sentence, or in a name."""
        named = (word for name in self._article.names for word in name.text.lower().split())
        return frozenset((*self._article.terms.entities, *named))

    @once
    def _kinds(self) -> Sequence[tuple[frozenset[str], str]]:
        return tuple((frozenset(n.text.lower().split()), n.kind) for n in self._article.names if n.kind)

    def kind(self, words: tuple[str, ...]) -> str:
        """Return the kind of the name that these words are, or are part of."""
        if words not in self._kind_of:
            self._kind_of[words] = next((kind for name, kind in self._kinds if name.issuperset(words)), "")
        return self._kind_of[words]


def name_runs(text: str, known: KnownNames, lang: str) -> Iterator[NameRun]:
    """Yield the names of a sentence in order of place."""
    named = _named(lang)
    for run in _capitals(text, known, lang):
        if words := named(run):
            yield NameRun(words, known.kind(words))


def _capitals(text: str, known: KnownNames, lang: str) -> Iterator[str]:
    """Yield runs of capitalised words, joined by blanks; the sentence's first word only when it is known to be a name."""
    run: list[str] = []
    first, end = _LETTER.search(text), 0
    for match in _CAPITALISED.finditer(text):
        word, start = match[0], match.start()
        if run and text[end:start] not in (" ", "-"):
            yield " ".join(run)
            run = []
        opens = (first and start == first.start()) or text[start - 1] in _OPENING_MARKS
        if word[0].isupper() and (not opens or _is_known(word, known, lang)):
            run.append(word)
        elif run:
            yield " ".join(run)
            run = []
        end = match.end()
    if run:
        yield " ".join(run)


def _is_known(word: str, known: KnownNames, lang: str) -> bool:
    """Tell whether a word that opens a sentence is known to be a name."""
    lower = _POSSESSIVE.sub("", word).lower()
    return lower in known.words and not is_stop(lower, lang)


@cache
def _named(lang: str) -> Callable[[str], tuple[str, ...]]:
    """Return what tells which words of a run are a name's; none of an agency's."""

    def named(run: str) -> tuple[str, ...]:
        parts = (_POSSESSIVE.sub("", word).lower().split("-") for word in run.split(" "))
        return () if known_name(run) else tuple(_own_words(list(chain.from_iterable(parts)), lang))

    return remembered(named)


def _own_words(words: Sequence[str], lang: str) -> Iterator[str]:
    """Yield the words of a run that are part of a name: no titles, nations, days or single letters."""
    titles, at = lexicon(lang).titles, 0
    while at < len(words):
        sizes = (s for s in range(_NATION_WORDS, 0, -1) if nation("_".join(words[at : at + s]), lang))
        if size := next(sizes, 0):
            at += size
            continue
        word = words[at]
        if word not in titles and word not in exclusive(lang) and len(word) > 1 and not is_stop(word, lang):
            yield word
        at += 1
