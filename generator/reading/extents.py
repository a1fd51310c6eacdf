"""How far a name reaches, with the titles before it, and how far a phrase such as "the mayor of Lund"."""

from __future__ import annotations

import re

from generator.reading.cues import (
    AUXILIARY,
    BRACKET,
    CAPITAL,
    COLON,
    COMMA,
    CONJUNCTION,
    CUE,
    DASH,
    DETERMINER,
    NUMBER,
    OTHER,
    PREPOSITION,
    QUOTE,
    RELATIVE,
    ROLE,
    STOP,
    THAT,
    TITLE,
    TO,
    Lexicon,
)  # fmt: skip
from generator.reading.persons import genders_of
from generator.reading.surroundings import Words

_NAMING = frozenset((CAPITAL, TITLE, ROLE))
_NAMED = _NAMING | {NUMBER}
_LEAVING = frozenset((COMMA, COLON, DASH, BRACKET, QUOTE, AUXILIARY, RELATIVE, THAT))
_NOMINAL_WORDS = re.compile(
    b"%c*(?:[%b]|(?<![%b]%c%c)%c)*"
    % (DETERMINER, bytes((CAPITAL, NUMBER, TITLE, ROLE)), bytes((TITLE, ROLE)), CAPITAL, CAPITAL, OTHER)
)
"""A full name after a title ends a phrase: what follows is a verb that no list knows."""
_CAPITAL_NOUNS = re.compile(
    b"%c*(?:%c%c)?%c*[%b]*" % (DETERMINER, NUMBER, CAPITAL, OTHER, bytes((CAPITAL, NUMBER, TITLE, ROLE)))
)
"""The same where nouns are capital: die neue Chefin, ein 43 Jahre alter Mann."""
_ROLE_AHEAD = re.compile(b"%c{0,2}[%b]" % (OTHER, bytes((ROLE, TITLE))))
"""What "U.S." may stand before: special envoy, law enforcement official."""
_GRADE = bytes((NUMBER, CAPITAL))
_UNKNOWN = frozenset((OTHER, ROLE, NUMBER, QUOTE))
"""What a word in "ed" may describe: a proposed plan."""
_POSSESSIVES = frozenset(("'s", "’s"))
_NAME_WORDS = 12
_NICKNAME_CHARS = 24
_LOOSE = frozenset((PREPOSITION, TO, CONJUNCTION))
_PARTICLES = 3
"""Small words that may stand in a row within a name: de la, von und zu."""
_NOMINAL_REACH = 9


def name_end(words: Words, i: int, known: Lexicon) -> int:
    """Return the end of the name, titles and roles with it, that begins at ``i``."""
    codes, texts, starts = words.codes, words.texts, words.starts
    limit = min(words.ends[words.paragraphs[i]], i + _NAME_WORDS)
    end = j = i + 1
    while j < limit:
        code = codes[j]
        if code == QUOTE and j + 1 < limit and _is_nickname(words, j, known):
            end = j = j + 2
            continue
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


def _is_nickname(words: Words, j: int, known: Lexicon) -> bool:
    """Whether the quotation ``j`` stands within a name: Marcia “Cia” Lee."""
    short = words.starts[j + 1] - words.starts[j] <= _NICKNAME_CHARS and not words.signs[j]
    return short and known.is_given(words.texts[j - 1]) and words.codes[j + 1] == CAPITAL


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
        graded = short and codes[j + 1 : j + 3] == _GRADE  # Sgt. 1st Class
        return graded or _leads(words, j, known) or (whole and _ROLE_AHEAD.match(codes, j + 1) is not None)
    if texts[j] in known.inner and texts[j - 1].lower() not in known.nobiliary:
        return False
    if texts[j] in known.particles or (texts[j].lower() in known.nobiliary):
        return _leads(words, j, known) and not is_possessive(texts[j - 1])
    led = codes[j + 1] in (ROLE, TITLE) and (known.names.nouns_are_capital or texts[j + 1].islower())
    led = led or (texts[j] in known.rank and known.is_post(texts[j + 1]))
    verb = known.past and codes[j - 1] == ROLE and texts[j].endswith(known.past)  # a woman | rallied voters
    led = led and codes[j] == OTHER and not verb
    return led and codes[j - 1] in (ROLE, CAPITAL, TITLE, STOP)  # White House press chief


def _leads(words: Words, j: int, known: Lexicon) -> bool:
    """Whether a name goes on behind word ``j``, with small words of its own before it: Ursula | von der Leyen."""
    codes, texts = words.codes, words.texts
    behind = range(j + 1, min(j + 1 + _PARTICLES, len(texts)))
    return next((codes[k] in (CAPITAL, TITLE) for k in behind if texts[k] not in known.nobiliary), False)


def phrase_end(words: Words, i: int, known: Lexicon) -> int:
    """Return the end of the phrase that the determiner ``i`` begins; ``i`` when there is none."""
    codes = words.codes
    limit = min(words.ends[words.paragraphs[i]], i + _NOMINAL_REACH)
    pattern = _CAPITAL_NOUNS if known.names.nouns_are_capital else _NOMINAL_WORDS
    j = _past(pattern, codes, i + 1, limit)
    while j + 1 < limit and (codes[j] == STOP or _is_within(words, i, j, known)) and _joins(words, j, known):
        while words.texts[j + 1] in known.nobiliary:
            j += 1
        j = _past(pattern, codes, j + 1, limit)
    j = next((k for k in range(i + 2, j) if _ends_before(words, k, known)), j)
    if j + 1 < limit and codes[j] >= CUE:
        # a noun that is also a verb: "the report says", "a committee report said"
        j += codes[j + 1] not in (OTHER, DETERMINER, CAPITAL) if j == i + 1 else codes[j + 1] >= CUE
    if (j == i + 1 and words.texts[i].lower() not in known.alone) or (
        j == i + 2 and words.texts[i + 1] in known.times
    ):
        return i
    return j


def _ends_before(words: Words, k: int, known: Lexicon) -> bool:
    """Whether a phrase ends before word ``k``, by its ending and what stands beside: the town | released a plan.

    Two words that no list knows behind a role are a verb and its object, one before a preposition describes
    it: the plan | uses public money, one diplomat | familiar with the talks.
    """
    codes, texts = words.codes, words.texts
    if codes[k] != OTHER or k + 1 == len(codes):
        return False
    if texts[k] in known.introducing and (texts[k] in known.introducers or texts[k + 1] in known.introducing):
        return True  # the base chief | known as Lee
    if not known.past:
        return False
    if texts[k].endswith(known.past):
        return codes[k + 1] < CUE and (codes[k - 1] == CAPITAL or codes[k + 1] not in _UNKNOWN)
    if codes[k - 1] != ROLE:
        return False
    before = texts[k - 1].lower()
    person = before not in known.titles and before not in known.collective  # an executive order on
    return codes[k + 1] == OTHER or (person and codes[k + 1] in _LOOSE)


def _is_within(words: Words, first: int, j: int, known: Lexicon) -> bool:
    """Whether a small word may stand within a name that has a role before it: le ministre Jean | de la Fontaine."""
    codes = words.codes
    named = codes[j - 1] == CAPITAL and words.texts[j] in known.nobiliary
    return named and any(code in (ROLE, TITLE) for code in codes[first : j - 1])


def _past(pattern: re.Pattern[bytes], codes: bytearray, start: int, limit: int) -> int:
    """Return where the codes end that a pattern matches from ``start`` on."""
    match = pattern.match(codes, start, limit)
    return match.end() if match else start


def is_initials(word: str) -> bool:
    """Whether a word is made of initials, the last full stop left out: J, J.D, U.S."""
    return len(word) == 1 or (word[1] == "." and all(len(part) == 1 for part in word.split(".")))


def is_possessive(word: str) -> bool:
    """Whether a word ends in a possessive 's."""
    return word[-2:] in _POSSESSIVES
