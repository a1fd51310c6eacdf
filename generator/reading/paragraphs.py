"""Paragraphs of plain text, and words broken over its lines.

A blank line ends a paragraph. Where a text has none, every line is a paragraph. A lone line break in a text
with blank lines is a wrap, unless the line before it ended like a sentence or a heading and the next begins
like one. The line "--" above a signature (RFC 3676, 4.3) stands alone. Nothing is changed: a broken word ("buil/ding") is reported as a repair, the span of characters to
leave out when it is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.language.background import background
from generator.model import Span

_LINE = re.compile(r"^[^\n]*[^\s\ufeff][^\n]*", re.MULTILINE)
_BULLET = re.compile(r"(?:[-*•‣▪·–—]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s")
SIGNATURE = "--"
"""The line above the signature of a mail."""
_BYLINE = re.compile(r"(?:by|von|par|por|di|door) [^\W\d_a-z]")
_WORD = re.compile(r"[^\W\d_]+")
_FIRST_PIECE = re.compile(r"[ \t]*([^\W\d_]{1,30})")
_LONGEST_PIECE = 30
_HYPHENS = "-\u2010\u00ad"
_MARKS = "\"'“”‘’„«»([{—–"
_CLOSERS = "\"'“”‘’»«)]*_"
_SENTENCE_ENDS = frozenset('.!?:…”"»。！？؟।')
_GOING_ON = frozenset(",;-–—(&/")
_WRAPPED_SHARE = 0.3
_NARROW = 60
_UNENDED_WORDS = 20
"""No heading has so many words; a line that has them and no full stop goes on."""
_SMALL_CHARS = 3


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of a plain text, in order; together they hold all of it but white space."""
    blocks = list(_blocks(text))
    blanks = len(blocks) > 1
    return tuple(paragraph for block in blocks for paragraph in _paragraphs(text, block, blanks=blanks))


def find_repairs(text: str, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    """Return the line breaks inside words, in order, hyphens of the typesetter included.

    Two pieces are one word when together they are in the text elsewhere or in the background table, and
    not both of them are words alone.
    """
    pieces = list(_pieces(text, paragraphs))
    if not pieces:
        return ()
    seen = Counter(word.lower() for word in _WORD.findall(text))
    seen.subtract(piece for _, _, *halves in pieces for piece in halves)
    repairs = []
    for span, hyphen, left, right in pieces:
        whole = _known(left + right, seen)
        if hyphen:
            repairs.append(span if whole or hyphen == "\u00ad" else Span(span.start + 1, span.end))
        elif whole and not (_known(left, seen) and _known(right, seen)):
            repairs.append(span)
    return tuple(repairs)


def _known(word: str, seen: Counter[str]) -> bool:
    """Tell whether a lower-case word is one: in the text elsewhere, or in general."""
    return seen[word] > 0 or background().df(word) > 0


def _pieces(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[Span, str, str, str]]:
    """Yield line breaks between letters: the span to leave out, the hyphen, the lower-case halves."""
    for start, end in paragraphs:
        at = text.find("\n", start, end)
        while at >= 0:
            right = _FIRST_PIECE.match(text, at + 1, end)
            if right and right[1][0].islower():
                before = text[max(start, at - _LONGEST_PIECE) : at].split()
                left = before[-1].lstrip(_MARKS) if before else ""
                word = left.rstrip(_HYPHENS)
                if word.isalpha() and len(left) <= len(word) + 1:
                    cut = Span(text.rindex(left, start, at) + len(word), right.start(1))
                    yield cut, left[len(word) :], word.lower(), right[1].lower()
            at = text.find("\n", at + 1, end)


def _blocks(text: str) -> Iterator[list[Span]]:
    """Yield the lines between blank lines."""
    block: list[Span] = []
    for match in _LINE.finditer(text):
        piece = match[0]
        start = match.start() + len(piece) - len(piece.lstrip())
        line = Span(start, match.start() + len(piece.rstrip()))
        if block and text.count("\n", block[-1].end, start) > 1:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _paragraphs(text: str, block: Sequence[Span], *, blanks: bool) -> Iterator[Span]:
    """Yield the paragraphs of lines that no blank line parts."""
    longest = max(line.end - line.start for line in block)
    goes_on = _wraps if _is_wrapped(text, block) else _joins
    start = block[0].start
    for line, following in pairwise(block):
        apart = _BULLET.match(text, following.start) or _BYLINE.match(text, following.start)
        signed = SIGNATURE in (text[slice(*line)], text[slice(*following)])
        if apart or signed or not goes_on(text, line, following, longest, blanks=blanks):
            yield Span(start, line.end)
            start = following.start
    yield Span(start, block[-1].end)


def _is_wrapped(text: str, block: Sequence[Span]) -> bool:
    """Tell whether the lines were broken at a width: many breaks stand inside sentences."""
    inside = sum(
        text[following.start].islower() and text[line.end - 1] not in _SENTENCE_ENDS
        for line, following in pairwise(block)
    )
    return len(block) > 2 and inside >= _WRAPPED_SHARE * (len(block) - 1)


def _wraps(text: str, line: Span, following: Span, longest: int, *, blanks: bool) -> bool:
    """Tell whether a paragraph goes on over a lone line break, among lines broken at a width.

    It does when the next word would not have fitted, or the line neither ends like a sentence nor early.
    """
    del blanks
    length = line.end - line.start
    word = text[following.start : following.start + longest + 1].split(None, 1)[0]
    if text[following.start].islower() or length + 1 + len(word) > longest:
        return True
    return text[line.end - 1] not in _SENTENCE_ENDS and 2 * length > longest


def _joins(text: str, line: Span, following: Span, longest: int, *, blanks: bool) -> bool:
    """Tell whether a paragraph goes on over a lone line break, among lines that are paragraphs mostly."""
    last = text[line.end - 1]
    if text[following.start].islower():
        return blanks or last not in _SENTENCE_ENDS
    if last in _SENTENCE_ENDS:
        return False
    if not blanks:  # a web page made flat: links part sentences
        words = text[line.start : line.end].rstrip(_CLOSERS).split()
        unended = bool(words) and words[-1][-1] not in _SENTENCE_ENDS
        return unended and (last in _GOING_ON or len(words) >= _UNENDED_WORDS or _is_small(words[-1]))
    length = line.end - line.start
    return last in _GOING_ON or (length >= _NARROW and 2 * length > longest)


def _is_small(word: str) -> bool:
    """Tell a word such as "of", "der" or "à", with which no line ends that stands alone."""
    return len(word) <= _SMALL_CHARS and word.isalpha() and word.islower()
