"""Tell speech from quoted fragments, distancing marks, and names of works."""

from __future__ import annotations

import re
from typing import Literal

from generator.reading.cues import CALL, CAPITAL, COLON, COMMA, CUE, PERSONAL, Lexicon
from generator.reading.surroundings import Words

Kind = Literal["direct", "fragment", "scare", "title"]

_WORD = re.compile(r"[^\W_][\w’'.-]*")
_SHORT = 3
"""So few words that nobody is said to speak distance rather than quote."""
_TITLE_WORDS, _TITLE_CHARS = 12, 160
_VERB_REACH = 30
_CALL_REACH = 5
_SPOKEN = frozenset(",!?—-…")
_ENDS = frozenset(",.!?…")


def kind_of(said: str, words: Words | None, place: int, known: Lexicon | None) -> Kind:
    """Return the kind of a passage: its text, and its place among the coded words if there are any."""
    spoken = _WORD.findall(said[:_TITLE_CHARS])
    sign = words.signs[place] if words is not None and place >= 0 else said[-1]
    reported = words is not None and _is_reported(sign, words, place)
    if not reported and _is_title(spoken, said, known):
        return "title"
    if len(spoken) > _SHORT:
        return "fragment" if said[0].islower() else "direct"
    if reported:
        return "direct" if said[0].isupper() else "fragment"
    if (
        said[0].isupper()
        and sign in _ENDS
        and len(spoken) > 1
        and words is not None
        and _stands_alone(words, place)
    ):
        return "direct"
    if words is None or known is None or len(spoken) == 1:
        return "scare"
    return "fragment" if _is_near_verb(words, place, known) else "scare"


def _is_reported(sign: str, words: Words, place: int) -> bool:
    """Whether a reporting verb leads straight to the passage or follows it."""
    codes = words.codes
    before = [code for code in codes[max(0, place - 2) : place] if code not in (COMMA, COLON)]
    if (before and before[-1] >= CUE and before[-1] != CALL) or (place and codes[place - 1] == COLON):
        return True
    after = codes[place + 1 : place + 4]
    if not after or sign not in _SPOKEN:
        return False
    return after[0] >= CUE or (after[0] in (PERSONAL, CAPITAL) and any(code >= CUE for code in after[1:]))


def _stands_alone(words: Words, place: int) -> bool:
    """Whether a passage is a sentence of its own, between a stop or quotation and the next sentence."""
    sentences = words.sentences
    begins = place == 0 or sentences[place - 1] != sentences[place]
    return begins and (place + 1 == len(sentences) or sentences[place + 1] != sentences[place])


def _is_title(spoken: list[str], said: str, known: Lexicon | None) -> bool:
    """Whether the words are written as in a title: The Cost of Winter."""
    if not 2 <= len(spoken) <= _TITLE_WORDS or said[-1] == "!":
        return False
    small = known.small if known else frozenset()
    capitals = 0
    for number, word in enumerate(spoken):
        if word[0].isupper() or word[0].isdigit():
            capitals += 1
        elif number == 0 or word.lower() not in small:
            return False
    return capitals >= 2


def _is_near_verb(words: Words, place: int, known: Lexicon) -> bool:
    """Whether two or three words are words of somebody: their sentence reports, and no "so-called" leads."""
    codes = words.codes
    if place and words.texts[place - 1].lower() in known.before_works:
        return False
    if CALL in codes[max(0, place - _CALL_REACH) : place]:
        return False
    sentences = words.sentences
    low, high = max(0, place - _VERB_REACH), place + _VERB_REACH // 2
    return any(
        code >= CUE and code != CALL and number == sentences[place]
        for code, number in zip(codes[low:high], sentences[low:high], strict=True)
    )
