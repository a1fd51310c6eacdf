"""Find the mentions of whoever might be speaking: names, roles, pronouns, "the mayor", "officials"."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.reading.bearers import parted, reach
from generator.reading.cues import (
    AUXILIARY,
    BRACKET,
    CAPITAL,
    CODES,
    COLON,
    COMMA,
    CUE,
    DASH,
    DETERMINER,
    NUMBER,
    OBJECT,
    OTHER,
    PERSONAL,
    QUOTE,
    RELATIVE,
    ROLE,
    STOP,
    THAT,
    TITLE,
    Lexicon,
)  # fmt: skip
from generator.reading.persons import genders_of
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
_NAMED = _NAMING | {NUMBER}
_LEAVING = frozenset((COMMA, COLON, DASH, BRACKET, QUOTE, AUXILIARY, RELATIVE, THAT))
_NOMINAL_WORDS = re.compile(
    b"%c*(?:[%b]|(?<![%b]%c%c)%c)*"
    % (DETERMINER, bytes((CAPITAL, NUMBER, TITLE, ROLE)), bytes((TITLE, ROLE)), CAPITAL, CAPITAL, OTHER)
)
"""A full name after a title ends a phrase: what follows is a verb that no list knows."""
_ROLE_AHEAD = re.compile(b"%c{0,2}[%b]" % (OTHER, bytes((ROLE, TITLE))))
"""What "U.S." may stand before: special envoy, law enforcement official."""
_OBJECTS = frozenset((DETERMINER, TITLE, CAPITAL))
_POSSESSIVES = frozenset(("'s", "’s"))
_NAME_WORDS = 12
_PARTICLES = 3
"""Small words that may stand in a row within a name: de la, von und zu."""
_NOMINAL_REACH = 9


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
                past = _name(words, named - 1, known)
            elif code in (CAPITAL, DETERMINER):
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
        return _name(words, i, known)
    if code == DETERMINER:
        return _nominal(words, i, known)
    if code in (RELATIVE, THAT):
        return i + _is_relative_subject(words, i, code)
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


def _name(words: Words, i: int, known: Lexicon) -> int:
    """Return the end of the name, titles and roles with it, that begins at ``i``."""
    codes, texts, starts = words.codes, words.texts, words.starts
    limit = min(words.ends[words.paragraphs[i]], i + _NAME_WORDS)
    end = j = i + 1
    while j < limit:
        code = codes[j]
        if code in _LEAVING or starts[j] - starts[j - 1] - len(texts[j - 1]) > 1:
            break
        if code in _NAMED:
            if (
                known.names.inflected
                and code != CAPITAL
                and codes[j - 1] == CAPITAL
                and _is_within_sentence(words, i, j)
            ):
                break  # рассказала РИА | пенсионерка Анна Ли
            end = j + 1
        elif code >= CUE and texts[j][0].isupper() and codes[j - 1] in (CAPITAL, TITLE):
            end = j + 1  # a surname that is also a verb: Read, Price
        elif not (j + 1 < limit and _joins(words, j, known)):
            break
        j += 1
    return end


def _is_within_sentence(words: Words, i: int, j: int) -> bool:
    """Whether a name begins within a sentence and word ``j``, small, is not of it where endings tell so."""
    return i > 0 and words.sentences[i - 1] == words.sentences[i] and words.texts[j].islower()


def _joins(words: Words, j: int, known: Lexicon) -> bool:
    """Whether word ``j`` stands within a name: "of" in Bank of Lund, the stop after an initial."""
    codes, texts = words.codes, words.texts
    if codes[j] == STOP:
        initials = is_initials(texts[j - 1])
        short = initials or texts[j - 1].lower() in known.shortened
        if not short or texts[j] != "." or words.end(j - 1) != words.starts[j]:
            return False
        if (texts[j - 1].lower(),) in known.names.places and genders_of((texts[j + 1],)):
            return False  # in the U.S. Ann Lee
        whole = initials and words.sentences[j - 1] == words.sentences[j + 1]
        return _leads(words, j, known) or (whole and _ROLE_AHEAD.match(codes, j + 1) is not None)
    if texts[j] in known.particles or (texts[j].lower() in known.nobiliary):
        return _leads(words, j, known) and not is_possessive(texts[j - 1])
    led = codes[j + 1] in (ROLE, TITLE) and (known.names.nouns_are_capital or texts[j + 1].islower())
    return (
        codes[j] == OTHER and led and codes[j - 1] in (ROLE, CAPITAL, TITLE, STOP)
    )  # White House press chief


def _leads(words: Words, j: int, known: Lexicon) -> bool:
    """Whether a name goes on behind word ``j``, with small words of its own before it: Ursula | von der Leyen."""
    codes, texts = words.codes, words.texts
    behind = range(j + 1, min(j + 1 + _PARTICLES, len(texts)))
    return next((codes[k] in (CAPITAL, TITLE) for k in behind if texts[k] not in known.nobiliary), False)


def _nominal(words: Words, i: int, known: Lexicon) -> int:
    """Return the end of the phrase that the determiner ``i`` begins; ``i`` when there is none."""
    codes = words.codes
    limit = min(words.ends[words.paragraphs[i]], i + _NOMINAL_REACH)
    j = _past(_NOMINAL_WORDS, codes, i + 1, limit)
    while j + 1 < limit and (codes[j] == STOP or _is_within(words, i, j, known)) and _joins(words, j, known):
        while words.texts[j + 1] in known.nobiliary:
            j += 1
        j = _past(_NOMINAL_WORDS, codes, j + 1, limit)
    j = next((k for k in range(i + 2, j) if _is_verb(words, k, known)), j)
    if j + 1 < limit and codes[j] >= CUE:
        # a noun that is also a verb: "the report says", "a committee report said"
        j += codes[j + 1] not in (OTHER, DETERMINER, CAPITAL) if j == i + 1 else codes[j + 1] >= CUE
    if j == i + 1 and words.texts[i].lower() not in known.alone:
        return i
    return j


def _is_verb(words: Words, k: int, known: Lexicon) -> bool:
    """Whether a phrase ends before word ``k``, a verb by its ending and what stands beside: the town | released a plan."""
    codes, texts, endings = words.codes, words.texts, known.endings
    if not endings or codes[k] != OTHER or k + 1 == len(codes):
        return False
    if texts[k].endswith(endings["past"]):
        return codes[k + 1] < CUE and (codes[k - 1] == CAPITAL or codes[k + 1] in _OBJECTS)
    one = codes[k - 1] == ROLE and not texts[k - 1].endswith(endings["present"])
    return one and codes[k + 1] == OTHER and texts[k].endswith(endings["present"])


def _is_within(words: Words, first: int, j: int, known: Lexicon) -> bool:
    """Whether a small word may stand within a name that has a role before it: le ministre Jean | de la Fontaine."""
    codes = words.codes
    named = codes[j - 1] == CAPITAL and words.texts[j] in known.nobiliary
    return named and any(code in (ROLE, TITLE) for code in codes[first : j - 1])


def _past(pattern: re.Pattern[bytes], codes: bytearray, start: int, limit: int) -> int:
    """Return where the codes end that a pattern matches from ``start`` on."""
    match = pattern.match(codes, start, limit)
    return match.end() if match else start


def _mention(words: Words, first: int, last: int, kind: int) -> Mention:
    """Return the mention made of these words."""
    head = words.texts[last - 1]
    start, end = words.starts[first], words.starts[last - 1] + len(head)
    if head[0] == "-":  # déclare-t-il
        head = head.rpartition("-")[2]
        start = end - len(head)
    possessive = head[-2:] in _POSSESSIVES
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


def is_initials(word: str) -> bool:
    """Whether a word is made of initials, the last full stop left out: J, J.D, U.S."""
    return len(word) == 1 or (word[1] == "." and all(len(part) == 1 for part in word.split(".")))


def is_possessive(word: str) -> bool:
    """Whether a word ends in a possessive 's."""
    return word[-2:] in _POSSESSIVES
