"""A paragraph seen as a line of a page: how long it is, and whether it ends like a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model import Span
from generator.reading.furniture import Words, words_of

_STOPS = frozenset(".!?…。！？؟۔।॥։።")
_CLOSERS = "\"'”“’»«›)]」』*_ "
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_PROSE_WORDS = 7
_LONG_WORDS = 25
_LABEL_WORDS = 14
_HELD = ",;:-–—"
"""What no heading ends with."""
_MOST_CHARS = 600
"""Furniture shows in the opening of a line; longer ones are not read to their end."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph."""

    span: Span
    text: str
    words: Words
    """Of the first characters, lower case."""
    count: int
    """Words in all, estimated for scripts without spaces."""
    stopped: bool
    """Whether it ends in a full stop, question or exclamation mark, closing marks put aside."""
    prose: bool
    """Whether it reads like a sentence or more of running text."""
    label: bool
    """Whether it could be a heading or an entry of a list: short, and no sentence."""

    @property
    def headline(self) -> bool:
        """Whether it could be a title: one sentence at most, without a full stop."""
        if self.stopped:
            return (
                3 <= self.count <= 16
                and self.text.rstrip(_CLOSERS)[-1:] in "?!？！"
                and ". " not in self.text
            )
        return 0 < self.count <= 24 and self.text[-1:] not in _HELD


def line_of(text: str, span: Span) -> Line:
    """Return the line at a span."""
    piece = text[span.start : span.end]
    words = words_of(piece[:_MOST_CHARS])
    count = len(words) if len(piece) <= _MOST_CHARS else max(len(words), len(piece) // 7)
    if not piece.isascii() and (unspaced := len(_UNSPACED.findall(piece[:_MOST_CHARS]))):
        count = max(count, unspaced // 2)
    stopped = piece[-12:].rstrip(_CLOSERS)[-1:] in _STOPS
    prose = count >= (_PROSE_WORDS if stopped else _LONG_WORDS)
    label = not stopped and 0 < count <= _LABEL_WORDS and piece[-1:] not in _HELD
    return Line(span, piece, words, count, stopped, prose, label)
