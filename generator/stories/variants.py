"""One utterance in different words: translations, cuts, fragments of one sentence.

Two quotes of different articles are one utterance when one speaker is named for both and the sentences that
carry them, or the quotes themselves, are alike. Where a speaker is only a role, an agency, or unclear, the
carrying sentences must be much alike. A quotation whose end is lost is never aligned. Each quote is held
against its likest counterpart in each other article, so that a sentence quoted whole here may be quoted in
two parts there. What speakers say of one subject on two occasions is alike, too: only quotes that run alike, or
take the same place in two wordings of one sentence, are one utterance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations, groupby

from generator.language.words import tokens
from generator.model import SPEAKER_CUT, Piece, Quote, Span
from generator.stories.material import Material
from generator.stories.people import Speakers, is_person, name_key
from generator.stories.renderings import MOST_COMPARED, SideBySide
from generator.stories.statements import Statement
from generator.stories.unit import cosine

_ALIKE = 0.32
"""Cosine of the carrying sentences, or of the quotes, when the speaker is the same; names left out."""
_MUCH_ALIKE, _NEARLY_EQUAL = 0.45, 0.6
"""Cosine of the carrying sentences when a speaker is not named: with a meaning shared by the quotes, and
without."""
_SAME_WORDS, _FEWEST_WORDS = 0.8, 5
"""Share of all words of two quotes, of at least so many words each, that both have when they are one utterance
whoever is named."""
_MOST_QUOTES = 200
"""Each is compared with all of the other articles: those that stand behind so many of one article are not."""
_FEWEST_SHARED = 2
"""Meanings that the carrying sentences must share."""


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """A quote of a story, with what comparing needs."""

    place: int
    """Of its article in the group."""
    number: int
    """Among the article's quotes."""
    quote: Quote
    speaker: str
    """Full name over the story; empty when unclear."""
    carrier: Statement
    """The sentence that holds its start."""
    words: Statement
    """The quote alone."""
    person: str
    """What spellings of the speaker's name have in common; empty when it is no name."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two quotes that are one utterance."""

    one: Said
    other: Said
    likeness: float


def find_said(material: Material) -> tuple[Said, ...]:
    """Return the quotes of a story that are speech, by article and place."""
    speakers = Speakers(material.articles)
    return tuple(
        Said(
            place,
            number,
            quote,
            speaker := speakers.full(quote.speaker) if quote.confidence >= SPEAKER_CUT else "",
            material.carrier(place, quote.span.start),
            material.excerpt(place, quote.span),
            name_key(speaker) if is_person(speaker) else "",
        )
        for place, article in enumerate(material.articles)
        for number, quote in enumerate(article.quotes)
        if quote.kind in ("direct", "fragment") and article.sentences
    )


def align(said: Sequence[Said]) -> tuple[Pair, ...]:
    """Return the pairs that are one utterance, in order of place."""
    pairs = [
        Pair(one, other, likeness)
        for one, other in combinations([s for s in said if s.quote.closed and s.number < _MOST_QUOTES], 2)
        if one.place != other.place and (likeness := _likeness(one, other))
    ]
    best: dict[tuple[int, int, int], float] = {}
    for pair in pairs:
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            key = (one.place, one.number, other.place)
            best[key] = max(best.get(key, 0.0), pair.likeness)
    likest = (
        pair
        for pair in pairs
        if pair.likeness >= best[pair.one.place, pair.one.number, pair.other.place]
        or pair.likeness >= best[pair.other.place, pair.other.number, pair.one.place]
    )
    carriers = cache(SideBySide)
    return tuple(pair for pair in likest if _says_the_same(pair.one, pair.other, carriers))


def pieces(text: str, other: str) -> tuple[Piece, ...]:
    """Return the words of ``text`` in runs that ``other`` has or lacks; case, hyphens and commas aside.

    Joined by blanks the runs are ``text`` with single blanks.
    """
    words, others = text.split(), other.split()
    if len(words) * len(others) > MOST_COMPARED:
        return (Piece(text, text != other),)
    matcher = SequenceMatcher(None, [_plain(w) for w in words], [_plain(w) for w in others], autojunk=False)
    kept = {at for block in matcher.get_matching_blocks() for at in range(block.a, block.a + block.size)}
    runs = groupby(range(len(words)), key=lambda at: at not in kept)
    return tuple(Piece(" ".join(words[at] for at in places), differs) for differs, places in runs)


def _likeness(one: Said, other: Said) -> float:
    """Return how alike two quotes of different articles are; 0.0 when they are not one utterance."""
    if _worded_alike(one.words, other.words):
        return max(cosine(one.words.nameless, other.words.nameless), _SAME_WORDS)
    if len(one.carrier.meanings & other.carrier.meanings) < _FEWEST_SHARED:
        return 0.0
    named = bool(one.person and other.person)
    if named and one.person != other.person:
        return 0.0
    carriers = cosine(one.carrier.nameless, other.carrier.nameless)
    if named:
        alike = max(carriers, cosine(one.words.nameless, other.words.nameless))
        return alike if alike >= _ALIKE else 0.0
    least = _NEARLY_EQUAL if one.words.meanings.isdisjoint(other.words.meanings) else _MUCH_ALIKE
    return carriers if carriers >= least else 0.0


def _worded_alike(one: Statement, other: Statement) -> bool:
    """Tell whether two quotes have nearly all words in common, or one holds the other word for word."""
    short, long = (one, other) if len(one.words) <= len(other.words) else (other, one)
    if len(short.words) < _FEWEST_WORDS:
        return False
    few, many = short.vocabulary, long.vocabulary
    if few <= many and contains(long.words, short.words):
        return True
    nearly = min(len(few), len(many)) >= _SAME_WORDS * max(len(few), len(many))
    return nearly and len(few & many) >= _SAME_WORDS * len(few | many)


def _says_the_same(one: Said, other: Said, carriers: Callable[[Statement, Statement], SideBySide]) -> bool:
    """Tell whether two quotes run alike, or stand for the same part of a sentence that two articles word differently."""
    if _worded_alike(one.words, other.words):
        return True
    if not one.words.meanings.isdisjoint(other.words.meanings) and SideBySide(one.words, other.words).alike:
        return True
    sentences = carriers(one.carrier, other.carrier)
    return sentences.rendered and sentences.meet(_place(one), _place(other))


def _place(said: Said) -> tuple[int, int]:
    """Return which words of its sentence a quote begins and ends with."""
    start, carrier = said.carrier.span.start, said.carrier
    before = carrier.article.shown(Span(start, max(start, said.quote.span.start)))
    first = len(tokens(before, carrier.lang))
    return first, min(first + len(said.words.words), len(carrier.words))


def contains(long: Sequence[str], short: Sequence[str]) -> bool:
    """Tell whether the words of one quote stand together in the other."""
    return spaced(short) in spaced(long)


def spaced(words: Sequence[str]) -> str:
    """Return words with a blank on each side of every one: what holds such a text holds its words together."""
    return f" {' '.join(words)} "


def _plain(word: str) -> str:
    """Return a word as it is compared; of one dash as of another nothing is left."""
    return "".join(character for character in word.casefold() if character.isalnum())
