"""Pair single quotation marks, most of which are apostrophes.

A single mark can open before a letter and close after one. It surely closes after a full stop or comma;
elsewhere the surest of what could close is taken: “the bosses’ fault” closes nothing if something later does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.model import Span

_ELISION = re.compile(
    r"['‘](?:\d\ds?\b(?! percent)|(?:em|til|tis|twas|cause|bout|n|neath|round)\b)", re.IGNORECASE
)
BEFORE_OPENING = frozenset("([{<—–-/:|“„«‘‚'\"`…>\u200b\u202a\u202b\ufeff")
"""What a mark that opens may stand after, beside white space."""
_AFTER_OPENING = frozenset('[(…$€£¿¡“"«‘.@#')
STOPS = frozenset(".,!?…;:—–-")
_SURE = 3


class Mark(NamedTuple):
    """A quotation mark in the text."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Open:
    """An opening mark with what could close it best so far."""

    mark: Mark
    gap: int
    best: Mark | None = None
    strength: int = -1


def pair_singles(text: str, marks: Sequence[Mark], taken: Sequence[Span]) -> list[tuple[Mark, Mark | None]]:
    """Return the outermost pairs of single marks, in order; a last one may lack its closing mark.

    ``taken`` are the passages between double marks, in order: marks in them are left alone, and only a sure
    pair may span one. Linear in the number of marks.
    """
    stack: list[_Open] = []
    pairs: list[tuple[Mark, Mark | None]] = []
    for gap, mark in _free(marks, taken):
        if _opens(text, mark):
            if stack and stack[-1].strength > 0:
                _close(stack, pairs)
            stack.append(_Open(mark, gap))
            continue
        strength = _strength(text, mark)
        if strength == _SURE and len(stack) > 1 and stack[-1].best:
            _close(stack, pairs)  # the sure one closes what stands round it
        if stack and strength > stack[-1].strength and (strength == _SURE or gap == stack[-1].gap):
            stack[-1].best, stack[-1].strength = mark, strength
            if strength == _SURE:
                _close(stack, pairs)
    while stack:
        _close(stack, pairs, last=True)
    return _outermost(pairs)


def _close(stack: list[_Open], pairs: list[tuple[Mark, Mark | None]], *, last: bool = False) -> None:
    """Take the innermost open mark off the stack and note its pair."""
    top = stack.pop()
    if top.best:
        pairs.append((top.mark, top.best))
    elif last and not stack:
        pairs.append((top.mark, None))


def _outermost(pairs: list[tuple[Mark, Mark | None]]) -> list[tuple[Mark, Mark | None]]:
    """Return the pairs that stand in no other, in order; an unpaired mark only if no pair comes after it."""
    found: list[tuple[Mark, Mark | None]] = []
    end = -1
    for first, last in sorted(pairs, key=lambda pair: pair[0]):
        if last is None:
            if pairs[-1][0] == first and len(pairs) == 1:
                found.append((first, None))
        elif first.start >= end:
            found.append((first, last))
            end = last.end
    return found


def _free(marks: Sequence[Mark], taken: Sequence[Span]) -> list[tuple[int, Mark]]:
    """Return the marks outside the taken stretches, each with how many of these go before it."""
    free, at = [], 0
    for mark in marks:
        while at < len(taken) and taken[at].end <= mark.start:
            at += 1
        if at == len(taken) or mark.start < taken[at].start:
            free.append((at, mark))
    return free


def _opens(text: str, mark: Mark) -> bool:
    """Whether a single mark opens: a gap or bracket before it, a word after it that is not cut short."""
    before = text[mark.start - 1] if mark.start else " "
    after = text[mark.end] if mark.end < len(text) else " "
    if not (before.isspace() or before in BEFORE_OPENING) or mark.text == "’":
        return False
    if not (after.isalnum() or after in _AFTER_OPENING):
        return False
    return not _ELISION.match(text, mark.start)


def _strength(text: str, mark: Mark) -> int:
    """Return how surely a single mark closes and is no apostrophe, 0 to 3; -1 where it cannot close."""
    before = text[mark.start - 1] if mark.start else " "
    after = text[mark.end] if mark.end < len(text) else " "
    if before.isspace():
        return -1
    if before in STOPS:
        return _SURE
    if after.isalnum():
        return -1
    if after in STOPS or after in ")]":
        return 2
    return 0 if before in "sS" else 1
