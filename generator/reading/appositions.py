"""Join an office to the name beside it: "Ann Lee, the head of the guard" and "their leader, Ann Lee,"."""

from __future__ import annotations

from collections.abc import Sequence

from generator.reading.cues import (
    AUXILIARY,
    BRACKET,
    CAPITAL,
    CODES,
    COLON,
    COMMA,
    CONJUNCTION,
    CUE,
    DASH,
    PREPOSITION,
    QUOTE,
    ROLE,
    STOP,
    TITLE,
    Lexicon,
)
from generator.reading.extents import is_possessive
from generator.reading.mentions import ACRONYM, BARE, FULL, MIXED, NOMINAL, SINGLE, TITLED, Mention
from generator.reading.scene import Scene

_NAMES = frozenset((FULL, SINGLE, TITLED))
_OFFICE = bytes((TITLE, ROLE))
_CLOSING = frozenset((COMMA, COLON, STOP, DASH, BRACKET, QUOTE))
_PARTING = frozenset((COMMA, STOP, DASH, QUOTE, *range(CUE, CODES)))
_VERBS = frozenset((AUXILIARY, *range(CUE, CODES)))
_UNNAMED = frozenset((NOMINAL, BARE, MIXED))
_INTRODUCTION = 8
"""Words that may stand between somebody and the name that is given."""
_BRACKETED = 8
_MENTIONS = 3
"""An office may be told in so many mentions: the head | of the guard | of Lund, Ann Lee."""


def name_beside(scene: Scene, number: int, known: Lexicon) -> int:
    """Return the mention of the name that the office ``number`` explains; -1 for whatever explains none."""
    if (introduced := _introduced(scene, number, known)) >= 0:
        return introduced
    if not _is_office(scene, scene.mentions[number], known):
        return -1
    if (before := _name_before(scene, number, known)) >= 0:
        return before
    return _name_ahead(scene, number)


def _introduced(scene: Scene, number: int, known: Lexicon) -> int:
    """Return the name that somebody goes by, -1 if none: a man who gave his name as | Lee."""
    words, mentions = scene.words, scene.mentions
    mention, texts = mentions[number], words.texts
    if not known.introducers or mention.kind not in _UNNAMED:
        return -1
    at = mention.last
    while at < min(len(texts), mention.last + _INTRODUCTION) and texts[at] in known.introducing:
        at += 1
    if at in (mention.last, len(texts)) or texts[at - 1] not in known.introducers:
        return -1
    if at - mention.last == 1 and not _may_introduce(scene, mention, known):
        return -1
    ahead = range(number + 1, min(len(mentions), number + 1 + _MENTIONS))
    return next((n for n in ahead if mentions[n].first == at and mentions[n].kind in _NAMES), -1)


def _may_introduce(scene: Scene, mention: Mention, known: Lexicon) -> bool:
    """Whether the one word behind a mention may lead to a name: a man named Lee, but not the mayor as, the president named."""
    words = scene.words
    if words.codes[mention.last] in (CONJUNCTION, PREPOSITION):
        return False
    return not known.someone or words.texts[mention.first].lower() in known.someone


def introducer(scene: Scene, number: int, known: Lexicon) -> int:
    """Return the mention of somebody that goes by the name ``number``; -1 if none does."""
    before = range(number - 1, max(-1, number - 1 - _MENTIONS), -1)
    return next((other for other in before if _introduced(scene, other, known) == number), -1)


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
    """Whether a mention is such as "the mayor", "general secretary" or "Weber's lawyer"."""
    if mention.kind == NOMINAL:
        return known.tells_person(mention.head)
    if mention.kind == MIXED:
        owned = is_possessive(scene.words.texts[mention.last - 2]) and known.is_post(mention.head)
        return mention.head.islower() and (owned or known.tells_person(mention.head))
    if mention.kind == ACRONYM:
        return known.is_post(mention.head)  # Ann Lee, MP for Lund
    codes = scene.words.codes[mention.first : mention.last]
    return not codes.strip(_OFFICE) and mention.head.islower() and known.is_title(mention.head)


def _name_before(scene: Scene, number: int, known: Lexicon) -> int:
    """Return the name right before the comma that a mention stands behind, -1 if none: the rower Ann Lee, not the Lund Post."""
    mention, codes, mentions = scene.mentions[number], scene.words.codes, scene.mentions
    past = _past_name(codes, mention.first)
    before = range(number - 1, max(-1, number - 1 - _MENTIONS), -1)
    before_it = next((other for other in before if mentions[other].last == past), -1)
    if before_it < 0 or scene.around(number).after in _VERBS:
        return -1  # in a letter to Ann Lee, the mayor said
    name = mentions[before_it]
    described = codes[name.first + 1 : name.last].strip(b"%c" % CAPITAL)
    titled = name.kind == NOMINAL and codes[name.last - 1] == CAPITAL
    titled = titled and bool(described or known.names.nouns_are_capital)
    return before_it if (titled or name.kind in _NAMES) and not name.head.islower() else -1


def _past_name(codes: Sequence[int], first: int) -> int:
    """Return where a name ends before word ``first``, a comma and what stands in brackets left out: Ann Lee (R), a leader."""
    comma = first - 1
    if comma < 1 or codes[comma] != COMMA:
        return -1
    if codes[comma - 1] != BRACKET:
        return comma
    opening = range(comma - 2, max(-1, comma - 2 - _BRACKETED), -1)
    return next((place for place in opening if codes[place] == BRACKET), -1)


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
