"""Find the outlet or agency that carried somebody's words: "RIA quoted Putin", "according to Yonhap"."""

from __future__ import annotations

from generator.reading.appositions import name_beside
from generator.reading.cues import ACCORDING, CLAIM, CUE, PREPOSITION, SAY, TELL, TO, Lexicon
from generator.reading.mentions import (
    ACRONYM,
    BARE,
    FULL,
    MIXED,
    NOMINAL,
    SINGLE,
    TITLED,
    Mention,
    is_possessive,
)
from generator.reading.scene import APPOSED, DIRECT, HELPED, Scene

_HEADS = frozenset((SINGLE, FULL, TITLED, NOMINAL, BARE, MIXED))
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
        if (told and _is_outlet(scene, number, known)) or scene.quoted_by(following) == number:
            return following
    around = scene.around(number)
    if (
        around.before == PREPOSITION
        and around.verb == scene.mentions[number].last
        and _heads(scene, number - 1)
    ):
        return number - 1  # officials at the board said
    if around.led < 0 or scene.words.codes[around.led] != ACCORDING or not _is_outlet(scene, number, known):
        return number
    others = scene.subjects(scene.mentions[number].first) - {number}
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


def _heads(scene: Scene, number: int) -> bool:
    """Whether a mention is the head of a phrase that goes on with one preposition and the next mention."""
    if number < 0 or scene.mentions[number].last + 1 != scene.mentions[number + 1].first:
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
