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
    ACCORDING,
    ADVERB,
    CAPITAL,
    CUE,
    DETERMINER,
    GERUND,
    NUMBER,
    OTHER,
    PERSONAL,
    ROLE,
    TITLE,
    Lexicon,
)  # fmt: skip

_PAUSE = re.compile(r"[,?!…—.][”’'\"]?\s+(?=\w)")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_CLAUSE = re.compile(r"\s*[^\W_][\w’'-]{0,60}[^\w“”\"«»]{1,60}\w")
_REACH = 6
"""Words after a comma that are looked at: “…, campaign manager Ann Lee said”."""
_CHARS = 80
_NAMING = frozenset((CAPITAL, TITLE, DETERMINER, ROLE, PERSONAL))
_SUBJECTS = _NAMING | {NUMBER}
"""What may follow a reporting verb: said 76-year-old Ann Lee."""
_BETWEEN = frozenset((CAPITAL, TITLE, ROLE, OTHER, NUMBER))


class Borders:
    """Where passages end or begin that lack a mark."""

    def __init__(self, text: str, sentences: Sequence[Span], known: Lexicon | None) -> None:
        self.text, self._sentences, self._known = text, sentences, known

    def end(self, start: int, limit: int, *, begins: bool) -> int:
        """Return where the passage from ``start`` ends, at ``limit`` at the latest.

        ``begins`` tells that it begins its paragraph.
        """
        for pause in _PAUSE.finditer(self.text, start, limit):
            if self.reports(pause.end(), self.text[pause.start()]):
                return pause.start() + 1
        if begins or self.text[start : start + 1].isupper():
            return limit
        return min(limit, _sentence(self._sentences, start, limit).end)

    def start(self, end: int, limit: int) -> int:
        """Return where the passage begins that a stray closing mark at ``end`` closes; -1 if it closes none.

        It begins with its sentence, at ``limit`` at the earliest, and only if words that report it follow.
        """
        sign = self.text[end - 1 : end]
        pause = _PAUSE.match(self.text, end - 1)
        if sign not in {",", "?", "!"} or pause is None or not self.reports(pause.end(), sign):
            return -1
        start = max(limit, _sentence(self._sentences, end - 1, end).start)
        return start if _CLAUSE.match(self.text, start, end) else -1

    def reports(self, place: int, sign: str) -> bool:
        """Whether the words at ``place`` say who spoke what goes before them and ``sign``."""
        if self._known is None:
            return False
        words = _WORD.findall(self.text, place, place + _CHARS)[:_REACH]
        codes = [code for code in map(self._known.codes.__getitem__, words) if code != ADVERB]
        if len(codes) < 2 or sign == ".":
            return codes[:1] == [ACCORDING]
        if codes[0] >= CUE:
            return codes[0] == ACCORDING or (codes[0] != GERUND and codes[1] in _SUBJECTS)
        if codes[0] == PERSONAL:
            return codes[1] >= CUE
        return codes[0] in _NAMING and _leads_to_verb(codes[1:])


def _leads_to_verb(codes: Sequence[int]) -> bool:
    """Whether the rest of a name leads to a reporting verb."""
    for code in codes:
        if code >= CUE or code not in _BETWEEN:
            return code >= CUE and code != GERUND
    return False


def _sentence(sentences: Sequence[Span], place: int, default: int) -> Span:
    """Return the sentence that holds a place; an empty one at ``default`` when none does."""
    at = bisect_right(sentences, place, key=lambda sentence: sentence.start) - 1
    if at >= 0 and sentences[at].end > place:
        return sentences[at]
    return Span(default, default)
