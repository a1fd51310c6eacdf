"""Find the outlet or agency that carried somebody's words: "RIA quoted Putin", "according to Yonhap"."""

from __future__ import annotations

from generator.reading.appositions import name_beside
from generator.reading.cues import (
    ACCORDING,
    ADD,
    ADVERB,
    ASK,
    AUXILIARY,
    CITE,
    CLAIM,
    COMMA,
    CONJUNCTION,
    CUE,
    OTHER,
    PREPOSITION,
    QUOTE,
    SAY,
    TELL,
    TO,
    WRITE,
    Lexicon,
)  # fmt: skip
from generator.reading.extents import is_possessive
from generator.reading.mentions import (
    ACRONYM,
    BARE,
    FULL,
    MIXED,
    NOMINAL,
    PRONOUN,
    SINGLE,
    TITLED,
    WHO,
    Mention,
)
from generator.reading.scene import APPOSED, DIRECT, HELPED, LED_BY_QUOTE, OTHER_SUBJECT, Scene

_HEADS = frozenset((SINGLE, FULL, TITLED, NOMINAL, BARE, MIXED))
_NAMES = frozenset((SINGLE, FULL, TITLED))
_UNKNOWN, _QUOTATION = bytes((OTHER,)), bytes((QUOTE,))
_SPEECH = frozenset((SAY, ADD, TELL, ASK, WRITE))
_CLAUSES = frozenset((CONJUNCTION, ADVERB, ASK, PREPOSITION))
"""What a clause before the main one begins with: When, If, Asked."""
_AHEAD = 3
"""Mentions between a pronoun and the subject of the main clause."""
_REACH = 3
"""Words between a reporting verb and the outlet: "reported early today by KCNA"."""


def find_carrier(scene: Scene, place: int, speaker: int, known: Lexicon) -> str:
    """Return who carried the words of the quotation at ``place``; empty when nobody is named.

    It is never the speaker. Only what calls itself agency, paper and the like, or is an acronym, counts.
    """
    quoting = scene.quoted_by(speaker)
    if quoting >= 0:
        return _outlet(scene, scene.mentions[quoting])
    for number in scene.near(place):
        if number != speaker and _carries(scene, number) and _is_outlet(scene, number, known):
            return _outlet(scene, scene.mentions[number])
    return ""


def yields_to(scene: Scene, number: int, known: Lexicon) -> int:
    """Return who speaks instead of a mention that merely stands near; the mention itself if it speaks.

    “…,” she said, according to KCNA: the words are hers. RIA quoted Ruiz as saying: they are his. Officials at
    the board said: they are the officials'. An office yields to the name beside it: their leader, Ann Lee.
    """
    if (name := name_beside(scene, number, known)) >= 0:
        return name
    following = number + 1
    if following < len(scene.mentions):
        told = scene.mentions[number].last == scene.mentions[following].first  # told AFP | Ann Lee
        quoted = scene.quoted_by(following) == number and _may_speak(scene.mentions[following], known)
        passed = known.inverts and _passes_on(scene, number)
        if quoted or (told and (passed or _is_outlet(scene, number, known))):
            return following
    if (quoting := scene.quoted_by(number)) >= 0 and not _may_speak(scene.mentions[number], known):
        return quoting  # she cited the size of the crowd as
    if _belongs_before(scene, number, known):
        return number - 1  # officials at the board said, said officials at the board
    instead = max(_agent(scene, number, known), _subject_ahead(scene, number, known))
    return instead if instead >= 0 else _named_with(scene, number, known)


def _named_with(scene: Scene, number: int, known: Lexicon) -> int:
    """Return who speaks according to a mention: whoever stands right behind the quotation, or with an outlet; else itself."""
    around = scene.around(number)
    if around.led < 0 or scene.words.codes[around.led] != ACCORDING:
        return number
    others = scene.subjects(scene.mentions[number].first) - {number}
    if not _is_outlet(scene, number, known):
        others = frozenset(other for other in others if _adjoins_quotation(scene, other))
    before = [other for other in others if other < number]
    return max(before) if before else min(others, default=number)


def is_told(scene: Scene, number: int, known: Lexicon) -> bool:
    """Whether a mention is whom a reporting verb right before it tells something: dijo a la prensa."""
    around, first, texts = scene.around(number), scene.mentions[number].first, scene.words.texts
    if not known.dative or around.led < 0:
        return False
    if any(around.led < i and texts[i].lower() in known.dative for i in (first - 1, first)):
        return True
    of = around.before == PREPOSITION and number > 0 and scene.mentions[number - 1].last == first - 1
    return of and is_told(scene, number - 1, known)  # dijo al Diario de | Lund


def _adjoins_quotation(scene: Scene, number: int) -> bool:
    """Whether a quotation stands beside a mention and its verb: “…,” he said; “…,” said Lee; Lee told me, “…”."""
    around = scene.around(number)
    if scene.mentions[number].kind == WHO:
        return False
    if around.before == QUOTE or (around.link == 0 and around.leader == LED_BY_QUOTE):
        return True
    behind = scene.words.codes[around.verb + 1 : around.verb + 2 + _REACH]
    spoken = around.verb >= 0 and scene.words.codes[around.verb] in _SPEECH
    return spoken and around.bridge == DIRECT and QUOTE in behind


def is_contested(scene: Scene, number: int, known: Lexicon) -> bool:
    """Whether readers differ on whose the words are: “…,” she said, according to the memorandum."""
    around = scene.around(number)
    according = around.led >= 0 and scene.words.codes[around.led] == ACCORDING
    if scene.words.texts[scene.mentions[number].first].lower() in known.own:
        return False  # according to her website
    return according and not _is_outlet(scene, number, known) and _named_with(scene, number, known) != number


def _passes_on(scene: Scene, number: int) -> bool:
    """Whether whoever stands behind a mention speaks: „…“, zitiert der Bote | die Ministerin; « … », dit sur Lund Info | la maire."""
    around = scene.around(number)
    if around.led < 0 or around.leader != LED_BY_QUOTE:
        return False
    cites = around.link == 0 and scene.words.codes[around.led] == CITE
    return cites or (around.before == PREPOSITION and around.led == scene.mentions[number].first - 2)


def _may_speak(mention: Mention, known: Lexicon) -> bool:
    """Whether a mention may be of somebody: "the size" is of nobody."""
    return (
        mention.kind not in (NOMINAL, BARE, MIXED)
        or known.is_several(mention.head)
        or mention.head.lower() in (known.roles | known.persons | known.titles)
    )


def _belongs_before(scene: Scene, number: int, known: Lexicon) -> bool:
    """Whether a mention only says of what or where the one right before it is, and a verb goes with that one."""
    around = scene.around(number)
    first = scene.mentions[number].first
    unknown = scene.words.codes[first - 2 : first - 1] == _UNKNOWN  # a man | standing near | Lee said
    after_head = around.before in (PREPOSITION, TO) and (
        _heads(scene, number - 1, 1) or (unknown and _heads(scene, number - 1, 2))
    )
    if not (after_head or _is_genitive(scene, number, known)):
        return False
    head = scene.around(number - 1)
    led = around.led >= 0 and head.led == around.led and head.link == 0
    return around.verb == scene.mentions[number].last or led


def _is_genitive(scene: Scene, number: int, known: Lexicon) -> bool:
    """Whether a mention says of whom the one right before it is: ein Sprecher | der Polizei."""
    first = scene.words.texts[scene.mentions[number].first]
    return first in known.of_office and _heads(scene, number - 1, 0)


def _agent(scene: Scene, number: int, known: Lexicon) -> int:
    """Return by whom something is said of a mention, -1 if it is not said so: the book was called “…” by | Lee."""
    around, words = scene.around(number), scene.words
    if around.verb < 0 or around.bridge == OTHER_SUBJECT or words.codes[around.verb - 1] != AUXILIARY:
        return -1
    by = around.verb + 1
    by += words.codes[by : by + 1] == _QUOTATION
    if by >= len(words.texts) or words.texts[by] not in known.agents:
        return -1
    ahead = range(number + 1, min(len(scene.mentions), number + 1 + _AHEAD))
    agent = next((other for other in ahead if scene.mentions[other].first == by + 1), -1)
    quoted = words.codes[around.verb + 1 : scene.mentions[agent].last + _REACH]
    return agent if QUOTE in quoted else -1


def _subject_ahead(scene: Scene, number: int, known: Lexicon) -> int:
    """Return whom a pronoun in a clause before the main one goes ahead of, -1 if none: Asked whether he would run, | Lee said."""
    words, mentions = scene.words, scene.mentions
    if mentions[number].kind != PRONOUN:
        return -1
    opening = mentions[number].first
    while opening and words.sentences[opening - 1] == words.sentences[opening]:
        opening -= 1
    if opening == mentions[number].first or words.codes[opening] not in _CLAUSES:
        return -1
    for ahead in range(number + 1, min(len(mentions), number + 1 + _AHEAD)):
        first = mentions[ahead].first
        if words.sentences[first] != words.sentences[opening] or QUOTE in words.codes[opening:first]:
            return -1
        if mentions[ahead].kind in _NAMES and words.codes[first - 1] == COMMA:
            return ahead if scene.around(ahead).speaks else -1
        inverted = known.inverts and words.codes[first - 2] == COMMA and words.codes[first - 1] >= CUE
        if inverted and mentions[ahead].kind in _NAMES:
            return ahead  # Auf die Frage, ob er bleibe, antwortete | Feld
    return -1


def _heads(scene: Scene, number: int, between: int) -> bool:
    """Whether a mention is the head of a phrase that goes on, so many words behind, with the next mention."""
    if number < 0 or scene.mentions[number].last + between != scene.mentions[number + 1].first:
        return False
    return scene.mentions[number].kind in _HEADS and scene.around(number).before not in (
        PREPOSITION,
        TO,
        APPOSED,
    )


def _carries(scene: Scene, number: int) -> bool:
    """Whether a mention is said to have reported, or to have been told."""
    codes, around = scene.words.codes, scene.around(number)
    if around.led >= 0 and codes[around.led] == ACCORDING:
        return True
    if around.led >= 0 and codes[around.led] == TELL and around.link == 0:
        return True
    first = scene.mentions[number].first
    if around.before == PREPOSITION and any(
        code >= CUE for code in codes[max(0, first - 1 - _REACH) : first - 1]
    ):
        return True
    return around.verb >= 0 and codes[around.verb] in (SAY, CLAIM) and around.bridge in (DIRECT, HELPED)


def _is_outlet(scene: Scene, number: int, known: Lexicon) -> bool:
    """Whether a mention is an outlet's or agency's."""
    mention, texts = scene.mentions[number], scene.words.texts
    if mention.kind == ACRONYM:
        return True
    words = texts[mention.first : mention.last]
    if any(word.isupper() and len(word) > 1 for word in words):
        return True
    if mention.kind == NOMINAL and words[0].lower() in known.own:
        return False  # says on its website
    if words[-1].islower():
        return words[-1] in known.media  # state media, not: a news conference
    return any(word.lower() in known.media for word in words)


def _outlet(scene: Scene, mention: Mention) -> str:
    """Return the words of a mention without a determiner or possessor: South Korea's Yonhap is Yonhap."""
    words = scene.words
    first = mention.first + (mention.kind == NOMINAL)
    for i in range(mention.first, mention.last - 1):
        if is_possessive(words.texts[i]):
            first = i + 1
    return " ".join(scene.text[words.starts[first] : mention.end].split())
