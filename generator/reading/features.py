"""Describe a quotation, a mention, and how the two stand to each other, by small numbers.

These are all that ranking looks at: closed classes of words, distances, signs. No word of a text is among
them. What each number means is said beside the names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.reading.carriers import yields_to
from generator.reading.cues import ACCORDING, ADD, ADVERB, AUXILIARY, CUE, SAY, STOP, Lexicon
from generator.reading.mentions import PRONOUN, SINGLE, THEY
from generator.reading.scene import EDGE, LED_BY_QUOTE, Scene

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
    "rivals",  # 1 another mention in the sentence of the quotation has a reporting verb
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
    "bridge",  # what lies between, as in Surroundings
    "reach",  # words between, in steps
    "led",  # group of the reporting verb close before it, from 1; 0 none
    "link",  # what lies between that verb and it, as in Surroundings
    "leader",  # what stands before that verb, as in Surroundings
    "common",  # how often the article names it, in steps
)
VARIABLES = PAIR + QUOTE_SIDE + MENTION_SIDE
"""The order of the numbers of a pair."""


class _Steps(dict[int, int]):
    """A table from a number, 0 or more, to how many of the ascending edges it passes."""

    def __init__(self, *edges: int) -> None:
        super().__init__((number, sum(number > edge for edge in edges)) for number in range(edges[-1] + 1))
        self._all = len(edges)

    def __missing__(self, number: int) -> int:
        return self._all


_NEAR, _GAPS, _LENGTHS, _OFTEN = (
    _Steps(0, 1, 3, 8),
    _Steps(0, 1, 2, 4, 8, 16),
    _Steps(3, 8, 20),
    _Steps(1, 3, 8),
)
_TO_2, _TO_3, _TO_4 = _Steps(0, 1), _Steps(0, 1, 2), _Steps(0, 1, 2, 3)
_HELPERS = 3
"""Words that are looked at for a verb right after a quotation."""
_NO_VERB = 5
_FAR_VERB = 4
_EARLIER = {0: 2, 1: 3}
_GOES_ON = 5
_WORD = re.compile(r"\w+")
_ENDINGS = {",": 0, ".": 1, "?": 2, "!": 2, "…": 4, "-": 4, "—": 4}
_CHARS = 240
"""So much of a quotation tells whether it is long, and whether its speaker is meant in it."""


class Quotation(NamedTuple):
    """What ranking must know of a quotation."""

    place: int
    """Its number among the words."""
    paragraph: int
    sentence: int
    said: str
    values: tuple[int, ...]
    """As in QUOTE_SIDE."""
    subjects: frozenset[int]
    """Mentions in its sentence that a reporting verb goes with."""


class Last(NamedTuple):
    """The quotation before, and who was found to speak there."""

    quotation: Quotation
    mention: int
    """Number of the mention; -1 unknown."""
    continues: bool


class _Known(NamedTuple):
    """What is looked up of a mention for every pair."""

    first: int
    last: int
    paragraph: int
    sentence: int
    verb: int
    led: int
    name: str
    head: str
    """Empty for pronouns and very short words."""
    values: tuple[int, ...]
    """As in MENTION_SIDE."""


class Describer:
    """Gives the numbers of the pairs of one scene."""

    def __init__(self, scene: Scene, known: Lexicon) -> None:
        self.scene, self.lexicon = scene, known
        self._mentions: dict[int, _Known] = {}
        self._speakers: dict[int, int] = {}

    def speaker(self, number: int) -> int:
        """Return who speaks where mention ``number`` seems to, looked up once."""
        found = self._speakers.get(number)
        if found is None:
            found = self._speakers[number] = yields_to(self.scene, number, self.lexicon)
        return found

    def quotation(self, number: int) -> Quotation:
        """Return what is to be known of passage ``number``."""
        scene, words, passage = self.scene, self.scene.words, self.scene.passages[number]
        place = words.quotes[number]
        paragraph, sentence = words.paragraphs[place], words.sentences[place]
        said = scene.text[passage.start : passage.end]
        if place == 0 or words.paragraphs[place - 1] != paragraph:
            left = EDGE
        else:
            left = words.codes[place - 1] if words.sentences[place - 1] == sentence else STOP
        closes = place + 1 == len(words.codes) or words.paragraphs[place + 1] != paragraph
        right = EDGE if closes else _first_word(words.codes[place + 1 : place + 1 + _HELPERS])
        values = (
            _ENDINGS.get(words.signs[place], 3),
            said[0].isupper() or said[0] in "'‘[",
            _LENGTHS[said.count(" ", 0, _CHARS) + 1],
            left,
            right,
            closes,
            not self.lexicon.first.isdisjoint(_WORD.findall(said[:_CHARS].lower())),
        )
        return Quotation(place, paragraph, sentence, said, values, scene.subjects(place))

    def _look_up(self, number: int) -> _Known:
        """Return what the pairs need of a mention."""
        scene, codes = self.scene, self.scene.words.codes
        mention, around = scene.mentions[number], scene.around(number)
        first = mention.first
        kind, before, led = mention.kind, around.before, codes[around.led] if around.led >= 0 else CUE - 1
        if around.led >= 0 and around.link == 0 and around.leader == LED_BY_QUOTE:
            # „Ja“, versprach sie: as good as “Yes,” said Ruiz
            kind = SINGLE if kind in (PRONOUN, THEY) else kind
            before = led = _after_quotation(led)
        values = (
            kind,
            before,
            around.after,
            codes[around.verb] - CUE + 1 if around.verb >= 0 else 0,
            around.bridge,
            _NEAR[max(0, around.verb - mention.last)],
            led - CUE + 1,
            around.link,
            around.leader,
            _OFTEN[scene.common(number)],
        )
        head = "" if scene.is_nameless(number) or len(mention.head) < 3 else mention.head
        paragraph, sentence = scene.words.paragraphs[first], scene.words.sentences[first]
        name = scene.names[number]
        return _Known(first, mention.last, paragraph, sentence, around.verb, around.led, name, head, values)

    def pairs(
        self, quotation: Quotation, candidates: Sequence[int], last: Last | None
    ) -> list[tuple[int, ...]]:
        """Return for each candidate the numbers of the quotation and the mention, as in VARIABLES."""
        place, paragraph, sentence, said, quoted, subjects = quotation
        sentences, quotes, cues = self.scene.words.sentences, self.scene.quotes, self.scene.cues
        speaker = last.mention if last else -1
        speaker_name = self.scene.names[speaker] if speaker >= 0 else None
        earlier = _earlier(quotation, last) if last else 0
        found, subject_count = [], len(subjects)
        for number in candidates:
            known = self._mentions.get(number)
            if known is None:
                known = self._mentions[number] = self._look_up(number)
            first, past, own_paragraph, own_sentence, verb, led, name, head, values = known
            side = first > place
            low, high = (place + 1, first) if side else (past, place)
            verb_gap = _NO_VERB
            if verb >= 0:
                verb_gap = _NEAR[abs(place - verb) - 1]
                if verb_gap and sentences[verb] != sentence:
                    verb_gap = _FAR_VERB
            found.append(
                (
                    side,
                    _TO_3[abs(paragraph - own_paragraph)],
                    _TO_4[abs(sentence - own_sentence)],
                    _GAPS[high - low],
                    _TO_3[quotes[high] - quotes[low]],
                    _TO_2[cues[high] - cues[low]],
                    verb_gap,
                    2 if verb < 0 else verb > place,
                    _NO_VERB if led < 0 else _NEAR[abs(place - led) - 1],
                    number == speaker,
                    name == speaker_name,
                    earlier,
                    head != "" and head in said,
                    subject_count > (number in subjects),
                    *quoted,
                    *values,
                )
            )
        return found


def _after_quotation(code: int) -> int:
    """Return the code of a verb right after a quotation: "say", or "add" for whatever else can stand there."""
    return code if code in (SAY, ACCORDING) else ADD


def _first_word(codes: Sequence[int]) -> int:
    """Return the code of the word after a quotation: of the verb in « Oui », a dit la maire."""
    for code in codes:
        if code >= CUE:
            return _after_quotation(code)
        if code not in (AUXILIARY, ADVERB):
            break
    return codes[0]


def _earlier(quotation: Quotation, last: Last) -> int:
    """Return where the last quotation is."""
    if last.quotation.sentence == quotation.sentence:
        return 1
    apart = quotation.paragraph - last.quotation.paragraph
    return _GOES_ON if apart == 1 and last.continues else _EARLIER.get(apart, 4)
