"""Find the mentions of whoever might be speaking: names, roles, pronouns, "the mayor", "officials"."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.reading.bearers import parted, reach
from generator.reading.cues import (
    AUXILIARY,
    CAPITAL,
    CODES,
    COMMA,
    CUE,
    DETERMINER,
    NUMBER,
    OBJECT,
    OTHER,
    PERSONAL,
    QUOTE,
    RELATIVE,
    ROLE,
    THAT,
    TITLE,
    Lexicon,
)  # fmt: skip
from generator.reading.extents import is_possessive, name_end, phrase_end
from generator.reading.surroundings import Words

PRONOUN, THEY, IT, SELF, WHO, FULL, SINGLE, ACRONYM, TITLED, NOMINAL, BARE, MIXED = range(12)
"""Kinds of mention: he, she; they; it; I, we, you; who; two names; one name; CNN; Mayor Ruiz; the mayor;
officials; Ruiz campaign."""
_PRONOUNS = {"masculine": PRONOUN, "feminine": PRONOUN, "plural": THEY, "neuter": IT}
_KINDS = {RELATIVE: WHO, THAT: WHO, DETERMINER: NOMINAL, OTHER: BARE, NUMBER: BARE}
_STARTER = re.compile(
    b"[%b]" % bytes((CAPITAL, TITLE, ROLE, DETERMINER, PERSONAL, OBJECT, RELATIVE, THAT, *range(CUE, CODES)))
)
_UNKNOWN = frozenset((OTHER, NUMBER))
_NAMING = frozenset((CAPITAL, TITLE, ROLE))


class Mention(NamedTuple):
    """Words that may stand for a speaker."""

    first: int
    """Number of its first word."""
    last: int
    """One past the number of its last word."""
    start: int
    """Place in the text."""
    end: int
    """Without a possessive 's."""
    kind: int
    head: str
    """Surname or head noun as written, without a possessive 's."""
    possessive: bool


def find_mentions(words: Words, known: Lexicon) -> list[Mention]:
    """Return the mentions, in order, not overlapping. Linear in the number of words."""
    found: list[Mention] = []
    past, codes = 0, words.codes
    for match in _STARTER.finditer(codes):
        i = match.start()
        if i < past:
            continue
        code = codes[i]
        if code >= CUE:
            if i > past and codes[i - 1] in _UNKNOWN and _is_bare_plural(words, i - 1):
                found.append(_mention(words, i - 1, i, BARE))
            continue
        first = i - 1 if code == ROLE and i > past and _is_described(words, i) else i
        while code == CAPITAL and first > past and _is_nobiliary(words, first - 1, known):
            first -= 1
        past = _end(words, i, code, known)
        if past > i:
            if (named := reach(words, first, past, known)) > past:
                past = name_end(words, named - 1, known)
            elif code in (CAPITAL, DETERMINER, ROLE):
                past = parted(words, first, past, known)
            if code == CAPITAL or (first < i and codes[i + 1 : i + 2] == b"%c" % CAPITAL):
                kind = _kind(words, i, past, known)  # retired astronaut Ann Lee is no such as local media
            else:
                kind = _kind(words, first, past, known)
            found.append(_mention(words, first, past, kind))
    return found


def _is_nobiliary(words: Words, i: int, known: Lexicon) -> bool:
    """Whether a word belongs to the name behind it, and can be no preposition: van den Berg."""
    return (
        words.codes[i] == OTHER
        and words.texts[i] in known.nobiliary
        and words.sentences[i] == words.sentences[i + 1]
    )


def _is_described(words: Words, i: int) -> bool:
    """Whether a word that begins a clause describes the role ``i``: local media."""
    codes, sentences = words.codes, words.sentences
    if codes[i - 1] != OTHER or sentences[i - 1] != sentences[i]:
        return False
    return i == 1 or sentences[i - 2] != sentences[i] or codes[i - 2] in (QUOTE, COMMA)


def _end(words: Words, i: int, code: int, known: Lexicon) -> int:
    """Return one past the last word of the mention that begins at ``i``; ``i`` when none does."""
    if code in _NAMING:
        return name_end(words, i, known)
    if code == DETERMINER:
        return phrase_end(words, i, known)
    if code in (RELATIVE, THAT):
        return i + (words.texts[i].lower() not in known.oblique and _is_relative_subject(words, i, code))
    return i + 1


def _is_bare_plural(words: Words, i: int) -> bool:
    """Whether an unknown word before a reporting verb is such as "revellers" in "revellers said"."""
    codes = words.codes
    return (
        words.texts[i][-1] == "s"
        and words.paragraphs[i] == words.paragraphs[i + 1]
        and (i == 0 or codes[i - 1] not in (AUXILIARY, DETERMINER))
    )


def _is_relative_subject(words: Words, i: int, code: int) -> bool:
    """Whether "who" or "that" stands for somebody: "who" nearly always, "that" before a reporting verb."""
    codes = words.codes
    if i == 0 or i + 1 >= len(codes) or codes[i - 1] == RELATIVE:
        return False
    return code == RELATIVE or codes[i + 1] >= CUE


def _mention(words: Words, first: int, last: int, kind: int) -> Mention:
    """Return the mention made of these words."""
    head = words.texts[last - 1]
    start, end = words.starts[first], words.starts[last - 1] + len(head)
    if head[0] == "-":  # déclare-t-il
        head = head.rpartition("-")[2]
        start = end - len(head)
    possessive = is_possessive(head) and words.codes[first] != PERSONAL
    if possessive:
        head = head[:-2]
        end -= 2
    return tuple.__new__(
        Mention, (first, last, start, end, kind, head, possessive)
    )  # by name it takes twice as long


def _kind(words: Words, first: int, last: int, known: Lexicon) -> int:
    """Return the kind of a mention."""
    codes = words.codes
    code = codes[first]
    if code in _KINDS:
        return _KINDS[code]
    if code in (PERSONAL, OBJECT):
        return _PRONOUNS.get(known.pronouns.get(words.texts[first].lower(), ""), SELF)
    if codes[last - 1] == ROLE:
        return BARE if code == ROLE else MIXED
    if last - first > 1:
        beside = codes[first : last - 1]
        return TITLED if TITLE in beside or ROLE in beside else FULL
    text = words.texts[first]
    return ACRONYM if len(text) > 1 and text.isupper() else SINGLE
