"""Find the full name that stands behind an office and what it is of: the minister of health | Ann Lee.

A name is known by its given name. Not one that a school or street bears, nor one behind another person's
office: in "the spokesman of minister Ann Lee" nobody says who the spokesman is.
"""

from __future__ import annotations

import re
from itertools import pairwise

from generator.reading.cues import (
    AUXILIARY,
    CAPITAL,
    CODES,
    CONJUNCTION,
    CUE,
    DETERMINER,
    NUMBER,
    OTHER,
    PREPOSITION,
    ROLE,
    STOP,
    TITLE,
    TO,
    Lexicon,
)  # fmt: skip
from generator.reading.surroundings import Words

_REACH = 9
"""Words that may stand between an office and its bearer."""
_NAME_BEHIND = re.compile(b"%c(?=%c)" % (OTHER, CAPITAL))
_OFFICES = frozenset((TITLE, ROLE))
_BETWEEN = frozenset((OTHER, CAPITAL, PREPOSITION, TO, DETERMINER, TITLE, ROLE, NUMBER, CONJUNCTION))
_VERBS = frozenset((AUXILIARY, *range(CUE, CODES)))
_ACRONYM = range(2, 6)
"""Letters of an acronym before a name."""


def mark_posts(words: Words, known: Lexicon) -> None:
    """Know what stands before a full name for a role: said Town captain Ann Lee; el lateral suizo Luc Lee."""
    codes, texts = words.codes, words.texts
    for match in _NAME_BEHIND.finditer(codes):
        i = match.end()
        if not is_named(words, i, len(codes), known):
            continue
        if known.is_post(texts[i - 1]):
            codes[i - 1] = ROLE
        elif codes[max(0, i - 3) : i - 1] == bytes((DETERMINER, OTHER)) and known.is_post(texts[i - 2]):
            codes[i - 2] = ROLE


def is_named(words: Words, i: int, last: int, known: Lexicon) -> bool:
    """Whether a full name of a person begins with word ``i``: a given name, and another word of the name."""
    codes, texts = words.codes, words.texts
    if not known.is_given(texts[i]) or codes[i] != CAPITAL or not i or i + 1 >= last:
        return False
    after = i + 1
    while after + 1 < last and texts[after] in known.nobiliary:
        after += 1
    if words.sentences[i] != words.sentences[after] or words.starts[i + 1] - words.end(i) != 1:
        return False
    if not texts[after][:1].isupper() or codes[after] >= CUE or codes[after] in _OFFICES:
        return False
    return not _is_of_place(words, i, known) and not _names_institution(words, after, last, known)


def _is_of_place(words: Words, i: int, known: Lexicon) -> bool:
    """Whether a word belongs to the name of a place: South Carolina."""
    before, word, after = (text.lower() for text in words.texts[i - 1 : i + 2])
    return (before, word) in known.names.places or (word, after) in known.names.places


def _names_institution(words: Words, i: int, last: int, known: Lexicon) -> bool:
    """Whether a run of capitals from ``i`` on holds a word of bodies: the Ann Lee Institute."""
    while i < last and words.codes[i] in (CAPITAL, STOP):
        if words.texts[i].lower() in known.names.heads:
            return True
        i += 1
    return False


def bearer(words: Words, first: int, last: int, known: Lexicon) -> int:
    """Return where a full name begins behind other words from ``first`` on, -1 if none does before ``last``."""
    for i in range(first + 1, last - 1):  # mostly none: a generator would cost more than it yields
        if _may_bear(words, i, last, known):
            return i
    return -1


def reach(words: Words, first: int, past: int, known: Lexicon) -> int:
    """Return the end of an office with the name of its bearer; the end ``past`` of the office where none is sure."""
    if not _goes_on(words, past, known) or not _is_office(words, first, past, known):
        return past
    limit = min(words.ends[words.paragraphs[first]], past + _REACH)
    for i in range(past, limit):
        if not _leads_on(words, past, i, known):
            return past
        if _may_bear(words, i, min(limit + 1, len(words.codes)), known):
            if not (
                known.names.inflected or not _may_hold_verb(words, past, i) or _is_subject(words, first, i)
            ):
                return past
            for k in range(first, past):
                if words.codes[k] in (OTHER, CAPITAL) and known.is_post(words.texts[k]):
                    words.codes[k] = ROLE
            return i + 1
    return past


def parted(words: Words, first: int, past: int, known: Lexicon) -> int:
    """Return where another mention begins within capitals: told AFP | Ann Lee; ``past`` if it is one."""
    named = bearer(words, first, past, known)
    if named < 0 or known.is_post(before := words.texts[named - 1]):
        return past
    told = is_acronym(before) or before in known.media
    return named if told or (words.codes[first] != ROLE and _is_told(words, first, known)) else past


def _is_told(words: Words, first: int, known: Lexicon) -> bool:
    """Whether a verb and a preposition lead to a word, where the subject stands behind: ha detto a Lund Oggi | Anna Li."""
    codes = words.codes
    return known.inverts and first > 1 and codes[first - 1] in (PREPOSITION, TO) and codes[first - 2] >= CUE


def is_opener(words: Words, first: int, named: int, known: Lexicon) -> bool:
    """Whether one word before a name opens the sentence and is no part of it: Addressing Ann Lee, she."""
    opens = named == first + 1 and (not first or words.sentences[first - 1] != words.sentences[first])
    return opens and bool(known.gerund) and words.texts[first].endswith(known.gerund)


def is_acronym(word: str) -> bool:
    """Whether a word is written as an acronym: MP, CFO."""
    return len(word) in _ACRONYM and word.isupper()


def _may_bear(words: Words, i: int, last: int, known: Lexicon) -> bool:
    """Whether a full name begins with word ``i`` that nothing right before it takes for its own."""
    before = words.texts[i - 1].lower()
    if known.is_given(words.texts[i - 1]) or before in known.names.honouring or before in known.whence:
        return False
    return words.codes[i - 1] not in (PREPOSITION, TO) and is_named(words, i, last, known)


def _is_office(words: Words, first: int, past: int, known: Lexicon) -> bool:
    """Whether a mention is an office without a name."""
    offices = [i for i in range(first, past) if words.codes[i] in _OFFICES or known.is_post(words.texts[i])]
    if not offices or not known.tells_person(words.texts[offices[-1]].rpartition("-")[2]):
        return False
    behind = words.codes[offices[-1] + 1 : past]
    return known.names.inflected or not behind or behind[0] != CAPITAL


def _goes_on(words: Words, past: int, known: Lexicon) -> bool:
    """Whether what an office is of begins with word ``past``."""
    if past >= len(words.texts):
        return False
    if known.names.inflected:
        return words.codes[past] in (OTHER, CAPITAL, ROLE, TITLE, PREPOSITION)
    return words.texts[past] in known.of_office or words.texts[past - 1] in known.of_office


def _leads_on(words: Words, past: int, i: int, known: Lexicon) -> bool:
    """Whether word ``i`` may stand between an office and its bearer."""
    code, texts = words.codes[i], words.texts
    if code not in _BETWEEN or words.starts[i] - words.end(i - 1) > 1:
        return False
    if words.sentences[i] != words.sentences[past]:
        return False
    nested = code in _OFFICES and texts[i].lower() not in known.collective
    return known.names.inflected or not nested or words.codes[i - 1] == CONJUNCTION


def _may_hold_verb(words: Words, past: int, i: int) -> bool:
    """Whether a verb that no list knows may stand in what an office is of: two small words in a row."""
    codes = words.codes[past:i]
    return any(one in (OTHER, CAPITAL, ROLE) and other == OTHER for one, other in pairwise(codes))


def _is_subject(words: Words, first: int, i: int) -> bool:
    """Whether a verb leads straight to an office, or follows the name ``i`` of its bearer."""
    before = first - 1
    while before > 0 and words.codes[before] not in _VERBS and words.codes[before] == OTHER:
        before -= 1
    if before >= 0 and words.codes[before] >= CUE:
        return True
    after = i + 1
    while (
        after < len(words.codes)
        and words.codes[after] in (CAPITAL, OTHER)
        and words.texts[after][0].isupper()
    ):
        after += 1
    return after < len(words.codes) and words.codes[after] in _VERBS
