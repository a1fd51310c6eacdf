"""Join an office to the name beside it: "Ann Lee, the head of the guard" and "their leader, Ann Lee,"."""

from __future__ import annotations

from generator.reading.cues import (
    BRACKET,
    CAPITAL,
    CODES,
    COLON,
    COMMA,
    CUE,
    DASH,
    QUOTE,
    ROLE,
    STOP,
    TITLE,
    Lexicon,
)
from generator.reading.mentions import FULL, MIXED, NOMINAL, SINGLE, TITLED, Mention, is_possessive
from generator.reading.scene import Scene

_NAMES = frozenset((FULL, SINGLE, TITLED))
_OFFICE = bytes((TITLE, ROLE))
_CLOSING = frozenset((COMMA, COLON, STOP, DASH, BRACKET, QUOTE))
_PARTING = frozenset((COMMA, STOP, DASH, QUOTE, *range(CUE, CODES)))
_MENTIONS = 3
"""An office may be told in so many mentions: the head | of the guard | of Lund, Ann Lee."""


def name_beside(scene: Scene, number: int, known: Lexicon) -> int:
    """Return the mention of the name that the office ``number`` explains; -1 for whatever explains none."""
    if not _is_office(scene, scene.mentions[number], known):
        return -1
    if number and _follows_name(scene, number, known):
        return number - 1
    return _name_ahead(scene, number)


def office_beside(scene: Scene, number: int, known: Lexicon) -> int:
    """Return the mention of the office that explains the name ``number``; -1 if none does."""
    mention, codes = scene.mentions[number], scene.words.codes
    near: list[int] = []
    if mention.last < len(codes) and codes[mention.last] == COMMA:
        near.extend(range(number + 1, min(number + 2, len(scene.mentions))))
    if mention.first and codes[mention.first - 1] == COMMA:
        near.extend(range(number - 1, max(-1, number - 1 - _MENTIONS), -1))
    return next((other for other in near if name_beside(scene, other, known) == number), -1)


def _is_office(scene: Scene, mention: Mention, known: Lexicon) -> bool:
    """Whether a mention is such as "the mayor", "Lund's lawyer" or "general secretary"."""
    if mention.kind == NOMINAL:
        return known.is_title(mention.head)
    if mention.kind == MIXED and is_possessive(scene.words.texts[mention.last - 2]):
        return known.is_post(mention.head)
    codes = scene.words.codes[mention.first : mention.last]
    return not codes.strip(_OFFICE) and mention.head.islower() and known.is_title(mention.head)


def _follows_name(scene: Scene, number: int, known: Lexicon) -> bool:
    """Whether a name and a comma stand right before a mention: the rower Ann Lee, but not the Lund Post."""
    mention, name = scene.mentions[number], scene.mentions[number - 1]
    described = scene.words.codes[name.first + 1 : name.last].strip(b"%c" % CAPITAL)
    titled = name.kind == NOMINAL and scene.words.codes[name.last - 1] == CAPITAL
    titled = titled and bool(described or known.names.nouns_are_capital)
    if not (titled or name.kind in _NAMES) or mention.first - name.last != 1 or name.head.islower():
        return False
    return scene.words.codes[name.last] == COMMA


def _name_ahead(scene: Scene, number: int) -> int:
    """Return the full name between commas that the office ``number`` leads to; -1 if none."""
    mentions, codes = scene.mentions, scene.words.codes
    past = mentions[number].last
    for ahead in range(number + 1, min(len(mentions), number + 1 + _MENTIONS)):
        name = mentions[ahead]
        if not _PARTING.isdisjoint(codes[past : name.first - 1]) or not _are_one_sentence(
            scene, number, ahead
        ):
            return -1
        if codes[name.first - 1] == COMMA:
            ends = name.last == len(codes) or codes[name.last] in _CLOSING
            return ahead if name.kind == FULL and ends and not _goes_on_listing(scene, ahead) else -1
    return -1


def _are_one_sentence(scene: Scene, one: int, other: int) -> bool:
    sentences, mentions = scene.words.sentences, scene.mentions
    return sentences[mentions[one].first] == sentences[mentions[other].first]


def _goes_on_listing(scene: Scene, number: int) -> bool:
    """Whether another name follows after a comma: the mayor, Ann Lee, Tom Hale and others."""
    following, mentions = number + 1, scene.mentions
    return (
        following < len(mentions)
        and mentions[following].first == mentions[number].last + 1
        and mentions[following].kind in _NAMES
        and not mentions[following].head.islower()
    )
