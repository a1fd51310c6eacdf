"""Pair double quotation marks of every style, nested ones too.

The role of a mark that can open and close is read off the characters at its sides; where these do not tell,
it closes what stands open. Straight marks all look alike, and spaces get lost or stray around them (“it holds,
"Ruiz said.”): of a paragraph that has no others, the roles are taken that are cheapest together (Viterbi 1967).
Pairs are found by a stack, in one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import NamedTuple

from generator.model import Span
from generator.reading.singles import BEFORE_OPENING, STOPS, Mark

FAMILIES = {
    **dict.fromkeys(("“", "”", "„", "‟", "``", "''", '"', "＂", "‘‘", "’’", "‚‚", ",,"), '"'),
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
    ",,": True,
    "「": True,
    "『": True,
    "」": False,
    "』": False,
}
_CURLY = ["“", "”"]
_IN_TURN = [(True, False), (False, True)]
"""Marks, and what the sides of straight ones let them do, as nearly all paragraphs have them: there is nothing to weigh."""
_LOW = frozenset(("„", "‚‚", ",,"))
_AFTER_CLOSING = STOPS | frozenset(")]}/")
_CLAUSE_ENDS = frozenset(",.;:!?)")
_SPOKEN_ENDS = frozenset(",.?!…")

Reports = Callable[[int, str], bool]
"""Whether the words at a place say who spoke what goes before them and a sign."""

_AGAINST = 2.5, 3.0
"""What it costs to let a mark open, and close, against what stands at its sides, ..."""
_REPORTED = 0.6
"""... and close before words that report what goes before: a stray space tells little there, ..."""
_UNLIKELY = 1.5
"""... and the more where words speak for the contrary."""
_CLAUSE = 60
"""Characters before a mark in which a clause that says who spoke is looked for."""
_UNOPENED = _UNCLOSED = 1.5
_NESTED = 0.5
"""What a mark costs that nothing opens, or nothing closes, and one that opens within another pair."""


class Paired(NamedTuple):
    """The double marks of a paragraph."""

    pairs: list[tuple[Mark, Mark]]
    """Outermost pairs, in order."""
    unclosed: list[Mark]
    """Opening marks outside all pairs that nothing closes, in order."""
    stray: list[Mark]
    """Closing marks outside all pairs that nothing opens, in order."""


def pair_doubles(text: str, paragraph: Span, marks: Sequence[Mark], reports: Reports) -> Paired:
    """Return how the double marks of a paragraph go together. Linear in their number."""
    signs, half = [mark.text for mark in marks], len(marks) // 2
    alike = signs == ['"'] * len(marks)
    if signs == _CURLY * half or (alike and [_sides(text, mark) for mark in marks] == _IN_TURN * half):
        return Paired(list(zip(marks[::2], marks[1::2], strict=True)), [], [])
    straight = _roles(text, marks, reports) if alike else None
    stack: list[Mark] = []
    open_of: dict[str, list[str]] = {}
    pairs: list[tuple[Mark, Mark]] = []
    unclosed: list[Mark] = []
    stray: list[Mark] = []
    for number, mark in enumerate(marks):
        family = FAMILIES[mark.text]
        openers = open_of.setdefault(family, [])
        begins = mark.start == paragraph.start
        if straight[number] if straight else opens(text, mark, openers[-1] if openers else "", begins=begins):
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
    ends = after in _CLAUSE_ENDS and not text[mark.end + 1 : mark.end + 2].strip()
    can_open = (before.isspace() or before in BEFORE_OPENING) and not (after.isspace() or ends)
    return can_open, not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)


def _roles(text: str, marks: Sequence[Mark], reports: Reports) -> list[bool]:
    """Return for each straight mark whether it opens: the cheapest way to read them all, linear in their number."""
    costs = [0.0, inf, inf]
    """Of the cheapest way to have so many marks open."""
    ways: list[list[tuple[float, int, bool]]] = []
    """For each mark and number of open ones: the cost, how many were open before it, and whether it opens."""
    for mark in marks:
        opening, closing = _against(text, mark, reports)
        zero, one, two = costs
        best = [
            min((zero + (closing + _UNOPENED), 0, False), (one + closing, 1, False)),
            min((zero + opening, 0, True), (two + closing, 2, False)),
            min((one + (opening + _NESTED), 1, True), (two + (opening + _UNCLOSED), 2, True)),
        ]
        costs = [cost for cost, _, _ in best]
        ways.append(best)
    depth = min(range(len(costs)), key=lambda depth: costs[depth] + _UNCLOSED * depth)
    roles = []
    for way in reversed(ways):
        _, depth, opens_ = way[depth]
        roles.append(opens_)
    return roles[::-1]


def _against(text: str, mark: Mark, reports: Reports) -> tuple[float, float]:
    """Return what it costs to let a straight mark open, and close."""
    can_open, can_close = _sides(text, mark)
    if can_open == can_close:
        ends = text[mark.end : mark.end + 1] in _CLAUSE_ENDS
        return _AGAINST[0] + _UNLIKELY if ends else 0.0, 0.0
    said = text[max(0, mark.start - 2) : mark.start].rstrip()[-1:]
    reported = said in _SPOKEN_ENDS and reports(mark.end, said)
    if can_close:
        inches = text[mark.start - 1].isdigit()
        return _AGAINST[0] + _UNLIKELY * (reported or inches), 0.0
    if reported:
        return 0.0, _REPORTED
    comma = text.rfind(", ", max(0, mark.start - _CLAUSE), mark.start)
    attributed = comma >= 0 and reports(comma + 2, ",")  # “We wait, Ruiz said. "It holds.”
    return 0.0, _AGAINST[1] + _UNLIKELY * attributed


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
