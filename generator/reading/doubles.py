"""Pair double quotation marks of every style, nested ones too.

The role of a mark that can open and close is read off the characters at its sides; where these do not tell,
it closes what stands open. Pairs are found by a stack, in one pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model import Span
from generator.reading.singles import BEFORE_OPENING, STOPS, Mark

FAMILIES = {
    **dict.fromkeys(("“", "”", "„", "‟", "``", "''", '"', "＂", "‘‘", "’’", "‚‚"), '"'),
    **dict.fromkeys("«»", "«"),
    **dict.fromkeys("「」", "「"),
    **dict.fromkeys("『』", "『"),
}
"""Double marks with the family that they belong to: marks of one family close each other."""
_ALWAYS_OPENS = {
    "„": True,
    "‟": True,
    "``": True,
    "‚‚": True,
    "「": True,
    "『": True,
    "」": False,
    "』": False,
}
_CURLY = ["“", "”"]
"""As nearly all paragraphs have them: there is nothing to weigh."""
_LOW = frozenset(("„", "‚‚"))
_AFTER_CLOSING = STOPS | frozenset(")]}/")


class Paired(NamedTuple):
    """The double marks of a paragraph."""

    pairs: list[tuple[Mark, Mark]]
    """Outermost pairs, in order."""
    unclosed: list[Mark]
    """Opening marks outside all pairs that nothing closes, in order."""
    stray: list[Mark]
    """Closing marks outside all pairs that nothing opens, in order."""


def pair_doubles(text: str, paragraph: Span, marks: Sequence[Mark]) -> Paired:
    """Return how the double marks of a paragraph go together. Linear in their number."""
    if [mark.text for mark in marks] == _CURLY * (len(marks) // 2):
        return Paired(list(zip(marks[::2], marks[1::2], strict=True)), [], [])
    stack: list[Mark] = []
    open_of: dict[str, list[str]] = {}
    pairs: list[tuple[Mark, Mark]] = []
    unclosed: list[Mark] = []
    stray: list[Mark] = []
    for mark in marks:
        family = FAMILIES[mark.text]
        openers = open_of.setdefault(family, [])
        if opens(text, mark, openers[-1] if openers else "", begins=mark.start == paragraph.start):
            stack.append(mark)
            openers.append(mark.text)
        elif openers:
            while FAMILIES[stack[-1].text] != family:
                unclosed.append(passed := stack.pop())
                open_of[FAMILIES[passed.text]].pop()
            pairs.append((stack.pop(), mark))
            openers.pop()
        else:
            stray.append(mark)
    pairs = list(_outermost(pairs))
    return Paired(pairs, _outside(sorted(unclosed + stack), pairs), _outside(stray, pairs))


def opens(text: str, mark: Mark, opener: str, *, begins: bool) -> bool:
    """Whether a double mark opens, else it closes.

    ``opener`` is what stands open of its family; ``begins`` tells that the mark begins its paragraph.
    """
    if mark.text in _ALWAYS_OPENS:
        return _ALWAYS_OPENS[mark.text]
    can_open, can_close = _sides(text, mark)
    if mark.text in {"“", "‘‘"}:
        return opener not in _LOW and not (opener and can_close and not can_open)
    if mark.text in {"”", "’’"}:
        return begins or (can_open and not can_close and opener in {"", "”"})
    if mark.text in {"«", "»"}:
        return opener != "»" if mark.text == "«" else opener != "«" and (opener != "" or can_open)
    return can_open if can_open != can_close else not opener


def _sides(text: str, mark: Mark) -> tuple[bool, bool]:
    """Return whether what stands at its sides lets a mark open, and close."""
    before = text[mark.start - 1] if mark.start else " "
    after = text[mark.end] if mark.end < len(text) else " "
    can_open = (before.isspace() or before in BEFORE_OPENING) and not after.isspace()
    return can_open, not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)


def _outermost(pairs: list[tuple[Mark, Mark]]) -> Iterator[tuple[Mark, Mark]]:
    """Yield the pairs that stand in no other pair, in order."""
    end = -1
    for first, last in sorted(pairs):
        if first.start >= end:
            yield first, last
            end = last.end


def _outside(marks: Sequence[Mark], pairs: Sequence[tuple[Mark, Mark]]) -> list[Mark]:
    """Return the marks that stand in none of the pairs; both in order."""
    outside, at = [], 0
    for mark in marks:
        while at < len(pairs) and pairs[at][1].end <= mark.start:
            at += 1
        if at == len(pairs) or mark.start < pairs[at][0].start:
            outside.append(mark)
    return outside
