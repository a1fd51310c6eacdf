"""Look up what stands where round the quotations of an article: mentions, reporting verbs, other quotations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from generator.reading.cues import (
    ACCORDING,
    ADVERB,
    AUXILIARY,
    BRACKET,
    CITE,
    CODES,
    COMMA,
    CONJUNCTION,
    CUE,
    DASH,
    NUMBER,
    PREPOSITION,
    QUOTE,
    RELATIVE,
    STOP,
    THAT,
    TO,
)  # fmt: skip
from generator.reading.marks import Passage
from generator.reading.mentions import IT, NOMINAL, PRONOUN, SELF, THEY, WHO, Mention
from generator.reading.surroundings import Words

EDGE, POSSESSIVE, APPOSED = CODES, CODES + 1, CODES + 2
"""Codes for the border of a sentence or paragraph, for a possessive 's, and for the comma before an apposition."""

DIRECT, HELPED, CLOSED_APPOSITION, OTHER_SUBJECT = 0, 2, 9, 10
"""Some of what lies between a mention and its verb: nothing; an adverb or auxiliary; words between commas;
another subject. The rest is in _BRIDGES."""
_BRIDGES = {
    ADVERB: HELPED, AUXILIARY: HELPED, TO: HELPED, COMMA: 3, BRACKET: 3, DASH: 3, RELATIVE: 4, THAT: 4, PREPOSITION: 5,
    CONJUNCTION: 6, QUOTE: 7,
}  # fmt: skip
_APPOSITION, _OTHER_BRIDGE = 3, 8
_LEADERS = {QUOTE: 3, AUXILIARY: 4, ADVERB: 4, COMMA: 5, CONJUNCTION: 6}
LED_BY_QUOTE = 3
"""What leads a verb that follows a quotation."""
_LINKS = {PREPOSITION: 1, TO: 2, COMMA: 3}
_HELPERS = frozenset((AUXILIARY, ADVERB))
_HELPED = _HELPERS | {QUOTE}
_APART = frozenset((COMMA, BRACKET, DASH))
_JOINING = frozenset((DIRECT, HELPED, CLOSED_APPOSITION))
_NAMELESS = frozenset((PRONOUN, THEY, IT, SELF, WHO))
_CUES = re.compile(b"[%c-%c]" % (CUE, CODES - 1))
_IS_CUE, _IS_QUOTE = bytes(code >= CUE for code in range(256)), bytes(code == QUOTE for code in range(256))
_AGE = (bytes((COMMA, NUMBER, COMMA)), bytes((COMMA, NUMBER, STOP)), bytes((BRACKET, NUMBER, BRACKET)))
_AGES = range(3, 120)
_VERB_REACH, _LED_REACH = 22, 6
_BEFORE, _AFTER, _EARLIER, _BACK = 10, 6, 3, 2
"""Candidates before a quotation and after it in its paragraph, and in so many paragraphs before."""
_SIGNATURE = 9
"""A signature has so few words."""


class Surroundings(NamedTuple):
    """What stands round a mention in its sentence."""

    before: int
    """Code of the word before; EDGE at the start of the sentence."""
    after: int
    """Code of the word after; EDGE at the end of the paragraph."""
    verb: int
    """Place of the reporting verb that follows; -1 none."""
    bridge: int
    """What lies between: DIRECT, HELPED, ..."""
    led: int
    """Place of the reporting verb close before; -1 none."""
    link: int
    """What lies between that and the mention: 0 nothing, 1 a preposition, 2 "to", 3 a comma, 4 another word."""
    leader: int
    """What stands before that verb: 1 nothing, 2 a mention, 3 a quotation, 4-7 other words; 0 no verb."""
    speaks: bool
    """Whether a reporting verb goes with it."""


class Scene:
    """The coded words of an article with its quotations and mentions."""

    def __init__(
        self, text: str, passages: Sequence[Passage], words: Words, mentions: Sequence[Mention]
    ) -> None:
        self.text, self.passages, self.words, self.mentions = text, passages, words, mentions
        self.names = [mention.head.lower().rstrip("s") for mention in mentions]
        """Last word of each mention in lower case, without a plural s."""
        self._firsts = [mention.first for mention in mentions]
        inside = bytearray(len(words.codes))
        for mention in mentions:
            inside[mention.first : mention.last] = b"\1" * (mention.last - mention.first)
        self._inside = inside
        found = (match.start() for match in _CUES.finditer(words.codes))
        self._verbs = [place for place in found if not inside[place]]
        self.cues = [0, *accumulate(words.codes.translate(_IS_CUE))]
        """How many reporting verbs go before each word."""
        self.quotes = [0, *accumulate(words.codes.translate(_IS_QUOTE))]
        """How many quotations go before each word."""
        self._common = Counter(self.names)
        self._around: dict[int, Surroundings] = {}

    def is_nameless(self, number: int) -> bool:
        """Whether a mention is a pronoun."""
        return self.mentions[number].kind in _NAMELESS

    def has_age(self, number: int) -> bool:
        """Whether an age stands behind a mention: Ann Lee, 58, said."""
        words, last = self.words, self.mentions[number].last
        if words.codes[last : last + 3] not in _AGE:
            return False
        age = words.texts[last + 1]
        return age.isdecimal() and int(age[:4]) in _AGES

    def common(self, number: int) -> int:
        """Return how often the article names a mention; 0 for pronouns."""
        return 0 if self.is_nameless(number) else self._common[self.names[number]]

    def candidates(self, place: int, last: int) -> list[int]:
        """Return the numbers of the mentions that may speak the quotation at ``place``, in order.

        ``last`` is the mention that spoke the quotation before, -1 if unknown: it always is a candidate.
        """
        paragraphs, firsts = self.words.paragraphs, self._firsts
        paragraph = paragraphs[place]
        near = bisect_left(firsts, place)
        first = near
        while first and near - first < _BEFORE and paragraphs[firsts[first - 1]] == paragraph:
            first -= 1
        earlier = first
        while earlier and first - earlier < _EARLIER and paragraphs[firsts[earlier - 1]] >= paragraph - _BACK:
            earlier -= 1
        end = near
        while end < len(firsts) and end - near < _AFTER and paragraphs[firsts[end]] == paragraph:
            end += 1
        if end < len(firsts) and self._signs(firsts[end], paragraph):
            end += 1
        found = [last] if 0 <= last < earlier else []
        found.extend(range(earlier, end))
        return found

    def _signs(self, first: int, paragraph: int) -> bool:
        """Whether the mention that begins with word ``first`` stands below a paragraph: — Ann Lee."""
        paragraphs = self.words.paragraphs
        if paragraphs[first] != paragraph + 1:
            return False
        begin = bisect_left(paragraphs, paragraph + 1, max(0, first - _SIGNATURE), first)
        past = bisect_left(paragraphs, paragraph + 2, first, min(begin + _SIGNATURE, len(paragraphs)))
        codes = self.words.codes[begin:past]
        return past - begin < _SIGNATURE and QUOTE not in codes and max(codes) < CUE

    def near(self, place: int) -> list[int]:
        """Return the mentions near a quotation that stand in its sentence, in order."""
        sentences, firsts = self.words.sentences, self._firsts
        near = bisect_left(firsts, place)
        around = range(max(0, near - _BEFORE), min(len(firsts), near + _AFTER))
        return [number for number in around if sentences[firsts[number]] == sentences[place]]

    def subjects(self, place: int) -> frozenset[int]:
        """Return the mentions in the sentence of a quotation that a reporting verb goes with."""
        return frozenset(number for number in self.near(place) if self.around(number).speaks)

    def around(self, number: int) -> Surroundings:
        """Return what stands round a mention."""
        around = self._around.get(number)
        if around is None:
            around = self._around[number] = self._look_around(number)
        return around

    def _look_around(self, number: int) -> Surroundings:
        mention, codes, sentences = self.mentions[number], self.words.codes, self.words.sentences
        first, last = mention.first, mention.last
        begins = first == 0 or sentences[first - 1] != sentences[first]
        ends = last == len(codes) or self.words.paragraphs[last] != self.words.paragraphs[first]
        after = EDGE if ends else codes[last]
        if mention.possessive:
            after, verb, bridge = POSSESSIVE, -1, 0
        else:
            verb, bridge = self._following_verb(number)
        before = EDGE if begins else codes[first - 1]
        if before == ACCORDING:
            before = TO  # "laut Ruiz" as "according to Ruiz"
        elif before == COMMA and mention.kind == NOMINAL and first > 1 and self._inside[first - 2]:
            before = APPOSED
        led, link, leader = self._leading_verb(mention)
        if led >= 0 and codes[led] == ACCORDING and link != _LINKS[COMMA]:
            speaks = False
        elif verb >= 0 and bridge in _JOINING:
            speaks = codes[verb] != ACCORDING
        else:
            speaks = led >= 0 and link == 0 and leader == LED_BY_QUOTE
        return Surroundings(before, after, verb, bridge, led, link, leader, speaks)

    def _following_verb(self, number: int) -> tuple[int, int]:
        """Return the place of the reporting verb after a mention and what lies between; -1 if none."""
        mention, codes = self.mentions[number], self.words.codes
        at = bisect_left(self._verbs, mention.last)
        if at == len(self._verbs):
            return -1, 0
        verb = self._verbs[at]
        if (
            verb - mention.last > _VERB_REACH
            or self.words.sentences[verb] != self.words.sentences[mention.first]
        ):
            return -1, 0
        if verb == mention.last:
            return verb, DIRECT
        bridge = _BRIDGES.get(codes[mention.last], _OTHER_BRIDGE)
        other = number + 1
        while other < len(self.mentions) and self._firsts[other] < verb:
            if self._is_subject(other, bridge):
                return verb, OTHER_SUBJECT
            other += 1
        closed = bridge == _APPOSITION and codes[verb - 1] in _APART
        return verb, CLOSED_APPOSITION if closed else bridge

    def _is_subject(self, number: int, bridge: int) -> bool:
        """Whether a mention on the way to a verb is likely its subject instead."""
        codes, mention = self.words.codes, self.mentions[number]
        if mention.kind in (PRONOUN, THEY, IT, SELF):
            return True
        if mention.last == len(codes) or codes[mention.last] < CUE:
            return False
        before = codes[mention.first - 1]
        if bridge == _APPOSITION:
            return before in (RELATIVE, THAT, CONJUNCTION)
        return before != PREPOSITION

    def _leading_verb(self, mention: Mention) -> tuple[int, int, int]:
        """Return the place of the reporting verb before a mention, the link, and what leads that verb."""
        codes, sentences, first = self.words.codes, self.words.sentences, mention.first
        at = bisect_left(self._verbs, first) - 1
        verb = self._verbs[at] if at >= 0 else -1
        near = verb >= 0 and first - verb <= _LED_REACH and sentences[verb] == sentences[first]
        if not near or QUOTE in codes[verb:first]:
            return -1, 0, 0
        link = 0 if verb == first - 1 else _LINKS.get(codes[first - 1], 4)
        if codes[verb] == ACCORDING and link < 2:
            link = _LINKS[TO]
        before = verb - 1
        while before > 0 and codes[before] in _HELPERS and codes[before - 1] in _HELPED:
            before -= 1  # « Oui », s'est indigné Ruiz
        if before < 0 or sentences[before] != sentences[verb]:
            return verb, link, 1
        return verb, link, 2 if self._inside[before] else _LEADERS.get(codes[before], 7)

    def other_subject(self, number: int) -> int:
        """Return the subject of the verb that follows a mention and has another subject; -1 if it has none."""
        around = self.around(number)
        if around.verb < 0 or around.bridge != OTHER_SUBJECT:
            return -1
        subject = bisect_left(self._firsts, around.verb) - 1
        return subject if self.mentions[subject].last == around.verb else -1

    def quoted_by(self, number: int) -> int:
        """Return the mention that quotes this one ("RIA quoted Putin as saying"); -1 if none does."""
        around = self.around(number)
        if around.led < 0 or around.link or self.words.codes[around.led] != CITE:
            return -1
        before = bisect_left(self._firsts, around.led) - 1
        return before if before >= 0 and self.around(before).verb == around.led else -1
