"""Say where a quotation ends whose closing mark is missing, and where one begins that nothing opens.

It ends before words that report it (“We are leaving, the mayor said”), else where its paragraph does if it
began that, else where its sentence does. Such a quotation is always flagged.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from generator.model import Span
from generator.reading.cues import (
    ACCORDING, ADVERB, CAPITAL, CUE, DETERMINER, GERUND, NUMBER, OTHER, PERSONAL, ROLE, TITLE, Lexicon,
)  # fmt: skip

_PAUSE = re.compile(r"[,?!…—.][”’'\"]?\s+(?=\w)")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_CLAUSE = re.compile(r"\s*[^\W_][\w’'-]*[^\w“”\"«»]+\w")
_REACH = 6
"""Words after a comma that are looked at: “…, campaign manager Ann Lee said”."""
_CHARS = 80
_NAMING = frozenset((CAPITAL, TITLE, DETERMINER, ROLE))
_BETWEEN = frozenset((CAPITAL, TITLE, ROLE, OTHER, NUMBER))


def inferred_end(
    text: str, start: int, limit: int, sentences: Sequence[Span], known: Lexicon | None, *, begins: bool
) -> int:
    """Return where the passage from ``start`` ends, at ``limit`` at the latest.

    ``begins`` tells that it begins its paragraph.
    """
    if known is not None:
        for pause in _PAUSE.finditer(text, start, limit):
            if _reports(text, pause.end(), text[pause.start()], known):
                return pause.start() + 1
    if begins or text[start : start + 1].isupper():
        return limit
    return min(limit, _sentence(sentences, start, limit).end)


def inferred_start(
    text: str, end: int, limit: int, sentences: Sequence[Span], known: Lexicon | None
) -> int:
    """Return where the passage that a stray closing mark at ``end`` closes begins; -1 if it closes none.

    It begins with its sentence, at ``limit`` at the earliest, and only if words that report it follow.
    """
    sign = text[end - 1 : end]
    if known is None or sign not in {",", "?", "!"} or not sentences:
        return -1
    pause = _PAUSE.match(text, end - 1)
    if pause is None or not _reports(text, pause.end(), sign, known):
        return -1
    start = max(limit, _sentence(sentences, end - 1, end).start)
    return start if _CLAUSE.match(text, start, end) else -1


def _sentence(sentences: Sequence[Span], place: int, default: int) -> Span:
    """Return the sentence that holds a place; an empty one at ``default`` when none does."""
    at = bisect_right(sentences, place, key=lambda sentence: sentence.start) - 1
    if at >= 0 and sentences[at].end > place:
        return sentences[at]
    return Span(default, default)


def _reports(text: str, place: int, sign: str, known: Lexicon) -> bool:
    """Whether the words at ``place`` say who spoke what goes before them."""
    words = _WORD.findall(text, place, place + _CHARS)[:_REACH]
    codes = [code for code in (known.codes[word] for word in words) if code != ADVERB]
    if len(codes) < 2:
        return False
    if codes[0] == ACCORDING:
        return True
    if codes[0] >= CUE:
        return sign != "." and codes[0] != GERUND and codes[1] in (*_NAMING, PERSONAL)
    if codes[0] == PERSONAL:
        return codes[1] >= CUE and sign != "."
    if codes[0] not in _NAMING or sign == ".":
        return False
    for code in codes[1:]:
        if code >= CUE:
            return code != GERUND
        if code not in _BETWEEN:
            return False
    return False
