"""Describe a quotation, a mention, and how the two stand to each other, by small numbers.

These are all that ranking looks at: closed classes of words, distances, signs. No word of a text is among
them. What each number means is said beside the names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from generator.reading.cues import (
    ADVERB, AUXILIARY, BRACKET, CODES, COMMA, CONJUNCTION, CUE, DASH, PREPOSITION, QUOTE, RELATIVE, STOP, TELL, THAT,
    TO, Lexicon,
)  # fmt: skip
from generator.reading.marks import Passage
from generator.reading.mentions import IT, PRONOUN, SELF, THEY, WHO, Mention
from generator.reading.surroundings import Words

PAIR = (
    "side",  # 0 the mention goes first, 1 the quotation does
    "paragraphs",  # how many apart, to 3
    "sentences",  # how many apart, to 4
    "gap",  # words between, in steps
    "quotes",  # quotations between, to 3
    "cues",  # reporting verbs between, to 2
    "verb_gap",  # words from the quotation to the verb after the mention, in steps; 5 no verb
    "verb_side",  # 0 that verb goes before the quotation, 1 after, 2 no verb
    "led_gap",  # words from the quotation to the verb before the mention, in steps; 5 no verb
    "again",  # 1 the very mention that the last quotation was given to
    "same",  # 1 the same name or pronoun as that
    "earlier",  # where the last quotation is: 1 same sentence, 2 paragraph, 3 before, 4 farther, 5 it goes on
    "named",  # 1 the quotation itself speaks of the mention
)
QUOTE_SIDE = (
    "ending",  # last sign: comma, full stop, ! or ?, none, broken off
    "capital",  # 1 begins with a capital
    "length",  # words, in steps
    "left",  # code of the word before it in its sentence
    "right",  # code of the word after it in its paragraph
    "closes",  # 1 ends its paragraph
    "self",  # 1 says "I" or "we"
)
MENTION_SIDE = (
    "kind",  # of mention
    "before",  # code of the word before it in its sentence
    "after",  # code of the word after it in its paragraph
    "verb",  # group of the reporting verb that follows in its sentence, from 1; 0 none
    "bridge",  # what lies between: nothing, an adverb, an apposition, ...
    "reach",  # words between, in steps
    "led",  # group of the reporting verb close before it, from 1; 0 none
    "link",  # what lies between that verb and it
    "leader",  # what stands before that verb: a subject, a quotation, ...
    "common",  # how often the article names it, in steps
)
VARIABLES = PAIR + QUOTE_SIDE + MENTION_SIDE
"""The order of the numbers of a pair."""

_EDGE, _POSSESSIVE = CODES, CODES + 1
_BEFORE, _AFTER, _NEXT, _BACK = 16, 7, 2, 2
_VERB_REACH, _LED_REACH = 22, 6
_NEAR = (0, 1, 3, 8)
_NAMELESS = frozenset((PRONOUN, THEY, IT, SELF, WHO))
_APART = frozenset((COMMA, BRACKET, DASH))
_BRIDGES = {
    ADVERB: 2, AUXILIARY: 2, TO: 2, COMMA: 3, BRACKET: 3, DASH: 3, RELATIVE: 4, THAT: 4, PREPOSITION: 5, CONJUNCTION: 6,
    QUOTE: 7,
}  # fmt: skip
_OTHER_BRIDGE, _CLOSED_APPOSITION, _OTHER_SUBJECT = 8, 9, 10
_WORD = re.compile(r"\w[\w’'-]*")
_ENDINGS = {",": 0, ".": 1, "?": 2, "!": 2, "…": 4, "-": 4, "—": 4}


class Surroundings(NamedTuple):
    """What stands round a mention."""

    values: tuple[int, ...]
    """As in MENTION_SIDE."""
    verb: int
    """Place of the reporting verb that follows; -1 none."""
    led: int
    """Place of the reporting verb before it; -1 none."""


class Quotation(NamedTuple):
    """What ranking must know of a quotation."""

    place: int
    """Its number among the words."""
    paragraph: int
    sentence: int
    words: str
    values: tuple[int, ...]
    """As in QUOTE_SIDE."""


class Last(NamedTuple):
    """The quotation before, and who was found to speak there."""

    quotation: Quotation
    mention: int
    """Number of the mention; -1 unknown."""
    name: str
    """Its name as in ``Scene.name``."""
    continues: bool


class Scene:
    """The words, quotations and mentions of an article, and the numbers that describe them."""

    def __init__(self, text: str, passages: Sequence[Passage], words: Words, mentions: Sequence[Mention]) -> None:
        self.text, self.passages, self.words, self.mentions = text, passages, words, mentions
        self._firsts = [mention.first for mention in mentions]
        self._at = {mention.first: number for number, mention in enumerate(mentions)}
        self._inside = bytearray(len(words.codes))
        for mention in mentions:
            self._inside[mention.first : mention.last] = b"\1" * (mention.last - mention.first)
        self._cues = [0, *accumulate(code >= CUE for code in words.codes)]
        self._quotes = [0, *accumulate(code == QUOTE for code in words.codes)]
        self._common = Counter(self.name(number) for number in range(len(mentions)))
        self._known: dict[int, Surroundings] = {}

    def name(self, mention: int) -> str:
        """Return the name, noun or pronoun of a mention in lower case, without a plural s."""
        return self.mentions[mention].head.lower().rstrip("s")

    def candidates(self, quotation: Quotation, last: Last | None) -> list[int]:
        """Return the numbers of the mentions that may be the speaker, in order."""
        paragraphs, mentions = self.words.paragraphs, self.mentions
        near = bisect_left(self._firsts, quotation.place)

        def paragraph(number: int) -> int:
            return paragraphs[mentions[number].first]

        first = near
        while first and near - first < _BEFORE and paragraph(first - 1) >= quotation.paragraph - _BACK:
            first -= 1
        end = near
        while end < len(mentions) and end - near < _AFTER and paragraph(end) == quotation.paragraph:
            end += 1
        beyond = end
        while beyond < len(mentions) and beyond - end < _NEXT and paragraph(beyond) == quotation.paragraph + 1:
            beyond += 1
        found = list(range(first, beyond))
        if last is not None and 0 <= last.mention < first:
            found.insert(0, last.mention)
        return found

    def quotation(self, number: int, known: Lexicon) -> Quotation:
        """Return what is to be known of passage ``number``."""
        words, passage = self.words, self.passages[number]
        place = words.quotes[number]
        paragraph, sentence = words.paragraphs[place], words.sentences[place]
        said = self.text[passage.start : passage.end]
        spoken = _WORD.findall(said)
        opens = place == 0 or words.paragraphs[place - 1] != paragraph
        closes = place + 1 == len(words.codes) or words.paragraphs[place + 1] != paragraph
        values = (
            _ENDINGS.get(said[-1], 3),
            said[0].isupper() or said[0] in "'‘[",
            _step(len(spoken), (3, 8, 20)),
            _EDGE if opens else STOP if words.sentences[place - 1] != sentence else words.codes[place - 1],
            _EDGE if closes else words.codes[place + 1],
            closes,
            not known.first.isdisjoint(word.lower() for word in spoken),
        )
        return Quotation(place, paragraph, sentence, said, values)

    def around(self, number: int) -> Surroundings:
        """Return what stands round a mention."""
        if number not in self._known:
            self._known[number] = self._look_around(number)
        return self._known[number]

    def _look_around(self, number: int) -> Surroundings:
        words, mention = self.words, self.mentions[number]
        codes, sentences = words.codes, words.sentences
        first, last = mention.first, mention.last
        before = codes[first - 1] if first and sentences[first - 1] == sentences[first] else _EDGE
        inside = last < len(codes) and words.paragraphs[last] == words.paragraphs[first]
        after = _POSSESSIVE if mention.possessive else codes[last] if inside else _EDGE
        verb, bridge = (-1, 0) if mention.possessive else self._following_verb(mention)
        led, link, leader = self._leading_verb(mention)
        values = (
            mention.kind,
            before,
            after,
            codes[verb] - CUE + 1 if verb >= 0 else 0,
            bridge,
            _step(verb - last, _NEAR) if verb >= 0 else 0,
            codes[led] - CUE + 1 if led >= 0 else 0,
            link,
            leader,
            0 if mention.kind in _NAMELESS else _step(self._common[self.name(number)], (1, 3, 8)),
        )
        return Surroundings(values, verb, led)

    def _following_verb(self, mention: Mention) -> tuple[int, int]:
        """Return the place of the reporting verb after a mention and what lies between; -1 if none."""
        codes, sentences, last = self.words.codes, self.words.sentences, mention.last
        bridge, crossed = 0, False
        for i in range(last, min(len(codes), last + _VERB_REACH)):
            if sentences[i] != sentences[mention.first]:
                break
            if codes[i] >= CUE and not self._inside[i]:
                if bridge == _BRIDGES[COMMA] and codes[i - 1] in _APART:
                    bridge = _CLOSED_APPOSITION
                return i, _OTHER_SUBJECT if crossed else bridge
            if i == last:
                bridge = _BRIDGES.get(codes[i], _OTHER_BRIDGE)
            crossed = crossed or (i in self._at and self._is_subject(self._at[i], bridge))
        return -1, 0

    def _is_subject(self, number: int, bridge: int) -> bool:
        """Whether a mention on the way to a verb is likely its subject instead."""
        codes, mention = self.words.codes, self.mentions[number]
        if mention.kind in (PRONOUN, THEY, IT, SELF):
            return True
        said = mention.last < len(codes) and codes[mention.last] >= CUE
        before = codes[mention.first - 1]
        if bridge == _BRIDGES[COMMA]:
            return said and before in (RELATIVE, THAT, CONJUNCTION)
        return said and before != PREPOSITION

    def _leading_verb(self, mention: Mention) -> tuple[int, int, int]:
        """Return the place of the reporting verb before a mention, the link, and what leads that verb."""
        codes, sentences, first = self.words.codes, self.words.sentences, mention.first
        link = 0
        for i in range(first - 1, max(-1, first - 1 - _LED_REACH), -1):
            if sentences[i] != sentences[first] or codes[i] == QUOTE:
                break
            if codes[i] >= CUE and not self._inside[i]:
                return i, link, self._leader(i)
            if i == first - 1:
                link = {PREPOSITION: 1, TO: 2, COMMA: 3}.get(codes[i], 4)
        return -1, link, 0

    def _leader(self, verb: int) -> int:
        """Return what stands before a verb."""
        codes, before = self.words.codes, verb - 1
        if before < 0 or self.words.sentences[before] != self.words.sentences[verb]:
            return 1
        if self._inside[before]:
            return 2
        return {QUOTE: 3, AUXILIARY: 4, ADVERB: 4, COMMA: 5, CONJUNCTION: 6}.get(codes[before], 7)

    def pair(self, quotation: Quotation, number: int, last: Last | None) -> tuple[int, ...]:
        """Return all the numbers of a quotation and a mention, as in VARIABLES."""
        words, mention = self.words, self.mentions[number]
        around = self.around(number)
        place, first, past = quotation.place, mention.first, mention.last
        side = first > place
        low, high = (place + 1, first) if side else (past, place)
        name = self.name(number)
        same = last is not None and last.mention >= 0 and name == last.name
        values = (
            side,
            min(abs(quotation.paragraph - words.paragraphs[first]), 3),
            min(abs(quotation.sentence - words.sentences[first]), 4),
            _step(high - low, (0, 1, 2, 4, 8, 16)),
            min(self._quotes[high] - self._quotes[low], 3),
            min(self._cues[high] - self._cues[low], 2),
            *self._verb_gap(quotation, around.verb),
            5 if around.led < 0 else _step(abs(place - around.led) - 1, _NEAR),
            last is not None and last.mention == number,
            same,
            0 if last is None else _earlier(quotation, last),
            mention.kind not in _NAMELESS and len(mention.head) > 2 and mention.head in quotation.words,
        )
        return values + quotation.values + around.values

    def _verb_gap(self, quotation: Quotation, verb: int) -> tuple[int, int]:
        """Return how far a verb is from the quotation, and its side."""
        if verb < 0:
            return 5, 2
        gap = _step(abs(quotation.place - verb) - 1, _NEAR)
        apart = self.words.sentences[verb] != quotation.sentence
        return 4 if apart and gap else gap, verb > quotation.place


def _step(number: int, edges: tuple[int, ...]) -> int:
    """Return how many of the ascending edges the number passes."""
    for step, edge in enumerate(edges):
        if number <= edge:
            return step
    return len(edges)


def _earlier(quotation: Quotation, last: Last) -> int:
    """Return where the last quotation is."""
    if last.quotation.sentence == quotation.sentence:
        return 1
    apart = quotation.paragraph - last.quotation.paragraph
    if apart == 1 and last.continues:
        return 5
    return {0: 2, 1: 3}.get(apart, 4)
