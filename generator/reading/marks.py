"""Pair quotation marks: which stretches of a text stand between them.

One pass over the marks of each paragraph, linear in their number. Doubles are paired by a stack, with the
role of an ambiguous mark read off the characters at its sides; singles are looked for in what the doubles
leave over, since most of them are apostrophes. A passage that no mark closes goes on in the next paragraph
when that opens with a mark again, and is otherwise cut where its sentence or attribution says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from generator.model import Span

_MARK = re.compile(
    r"[“”„‟\"«»＂「」『』]|``|''|‘‘|’’|‚‚|,,(?=\w)|(?<!\w)['‘‚‹›](?=\S)|(?<=\S)['’‘›‹](?!\w)"
)
_FAMILIES = {
    **dict.fromkeys(("“", "”", "„", "‟", "``", "''", '"', "＂", "‘‘", "’’", "‚‚", ",,"), '"'),
    **dict.fromkeys("«»", "«"),
    **dict.fromkeys("「」", "「"),
    **dict.fromkeys("『』", "『"),
    **dict.fromkeys("'‘’‚", "'"),
    **dict.fromkeys("‹›", "‹"),
}
_SINGLE = frozenset("'‹")
_OPENING = frozenset("„‟«「『‚‘") | {"``", "“"}
_CLOSING = frozenset("”»」』’") | {"''"}
_BEFORE_OPENING = frozenset("([{<—–-/:|“„«‘‚'\"`…>")
_STOPS = frozenset(".,!?…;:—–-")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words between marks, the marks left out."""

    start: int
    end: int
    opener: str
    """The opening mark as written."""
    closed: bool = True
    """False when the closing mark is missing and the end is inferred."""
    single: bool = False
    continues: bool = False
    """True when the next paragraph goes on with the quotation."""


class _Mark(NamedTuple):
    start: int
    end: int
    text: str


class _Paired(NamedTuple):
    passages: list[tuple[_Mark, _Mark]]
    """Outermost pairs, in order."""
    unclosed: list[_Mark]
    """Opening marks outside all pairs that nothing closes, in order."""
    stray: list[_Mark]
    """Closing marks outside all pairs that nothing opens, in order."""


def find_passages(text: str, paragraphs: Sequence[Span], sentences: Sequence[Span]) -> tuple[Passage, ...]:
    """Return what stands between quotation marks, in order, not overlapping, each within one paragraph."""
    found: list[Passage] = []
    marked = list(_by_paragraph(text, paragraphs))
    for number, (paragraph, marks) in enumerate(marked):
        following = marked[number + 1] if number + 1 < len(marked) else None
        goes_on = following is not None and _opens(text, *following)
        found.extend(_passages(text, paragraph, marks, sentences, goes_on=goes_on))
    return tuple(found)


def _by_paragraph(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[Span, list[_Mark]]]:
    """Yield every paragraph with the marks in it."""
    marks = [_Mark(match.start(), match.end(), match[0]) for match in _MARK.finditer(text)]
    at = 0
    for paragraph in paragraphs:
        while at < len(marks) and marks[at].start < paragraph.start:
            at += 1
        first = at
        while at < len(marks) and marks[at].start < paragraph.end:
            at += 1
        yield paragraph, marks[first:at]


def _opens(text: str, paragraph: Span, marks: Sequence[_Mark]) -> bool:
    """Whether a paragraph begins with an opening mark."""
    return bool(marks) and marks[0].start == paragraph.start and _role(text, marks[0], "") > 0


def _passages(
    text: str, paragraph: Span, marks: Sequence[_Mark], sentences: Sequence[Span], *, goes_on: bool
) -> list[Passage]:
    """Return the passages of one paragraph, in order."""
    if not marks:
        return []
    doubles = _pair(text, [m for m in marks if _FAMILIES[m.text] not in _SINGLE])
    taken = [
        Passage(first.end, last.start, first.text)
        for first, last in doubles.passages
        if text[first.start - 1 : first.start] != "="  # the value of an attribute in stray markup
    ]
    for mark, limit in _limits(doubles, paragraph):
        last = goes_on and limit == paragraph.end
        end = limit if last else _cut(text, paragraph, mark, limit, sentences)
        taken.append(Passage(mark.end, end, mark.text, closed=last, continues=last))
    singles = [m for m in marks if _FAMILIES[m.text] in _SINGLE]
    taken.extend(_singles(text, singles, sorted((p.start, p.end) for p in taken)))
    trimmed = (_trim(text, passage) for passage in taken)
    return sorted((p for p in trimmed if p.end > p.start), key=lambda p: p.start)


def _pair(text: str, marks: Sequence[_Mark]) -> _Paired:
    """Pair double marks by a stack; an opening mark that is passed over stays unclosed."""
    stack: list[_Mark] = []
    open_of: dict[str, list[str]] = {}
    pairs: list[tuple[_Mark, _Mark]] = []
    unclosed: list[_Mark] = []
    stray: list[_Mark] = []
    for mark in marks:
        family = _FAMILIES[mark.text]
        openers = open_of.setdefault(family, [])
        if _role(text, mark, openers[-1] if openers else "") > 0:
            stack.append(mark)
            openers.append(mark.text)
        elif openers:
            while _FAMILIES[stack[-1].text] != family:
                unclosed.append(passed := stack.pop())
                open_of[_FAMILIES[passed.text]].pop()
            pairs.append((stack.pop(), mark))
            openers.pop()
        else:
            stray.append(mark)
    pairs = list(_outermost(pairs))
    return _Paired(pairs, _outside(sorted(unclosed + stack), pairs), _outside(stray, pairs))


def _outermost(pairs: list[tuple[_Mark, _Mark]]) -> Iterator[tuple[_Mark, _Mark]]:
    """Yield the pairs that stand in no other pair, in order."""
    end = -1
    for first, last in sorted(pairs):
        if first.start >= end:
            yield first, last
            end = last.end


def _outside(marks: Sequence[_Mark], pairs: Sequence[tuple[_Mark, _Mark]]) -> list[_Mark]:
    """Return the marks that stand in none of the pairs; both in order."""
    outside, at = [], 0
    for mark in marks:
        while at < len(pairs) and pairs[at][1].end <= mark.start:
            at += 1
        if at == len(pairs) or mark.start < pairs[at][0].start:
            outside.append(mark)
    return outside


def _role(text: str, mark: _Mark, opener: str) -> int:
    """Return 1 if a double mark opens, -1 if it closes; ``opener`` is what stands open of its family."""
    if mark.text in {"„", "‟", "``", "‚‚", ",,", "「", "『"}:
        return 1
    if mark.text in {"」", "』"}:
        return -1
    before = text[mark.start - 1] if mark.start else " "
    after = text[mark.end] if mark.end < len(text) else " "
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in _STOPS or after in ")]}/")
    if mark.text in {"“", "‘‘"}:
        return -1 if opener in {"„", "‚‚", ",,"} or (opener and closes and not opens) else 1
    if mark.text in {"”", "’’"}:
        return 1 if opens and not closes and opener in {"", "”"} else -1
    if mark.text == "«":
        return -1 if opener == "»" else 1
    if mark.text == "»":
        return -1 if opener == "«" or (not opener and not opens) else 1
    if opens != closes:
        return 1 if opens else -1
    return -1 if opener else 1


def _limits(doubles: _Paired, paragraph: Span) -> Iterator[tuple[_Mark, int]]:
    """Yield every unclosed mark with the place that its passage cannot cross."""
    opening = sorted([m.start for m in doubles.unclosed] + [first.start for first, _ in doubles.passages])
    after = dict(pairwise(opening))
    for mark in doubles.unclosed:
        yield mark, after.get(mark.start, paragraph.end)


def _cut(text: str, paragraph: Span, mark: _Mark, limit: int, sentences: Sequence[Span]) -> int:
    """Return where a passage that nothing closes ends."""
    if mark.start == paragraph.start:
        return limit
    ends = (s.end for s in sentences if s.end > mark.end)
    return min(limit, next(ends, limit))


def _singles(text: str, marks: Sequence[_Mark], taken: Sequence[tuple[int, int]]) -> Iterator[Passage]:
    """Yield the passages between single marks outside the taken stretches."""
    free, at = [], 0
    for mark in marks:
        while at < len(taken) and taken[at][1] <= mark.start:
            at += 1
        if at == len(taken) or mark.start < taken[at][0]:
            free.append((at, mark))
    opener: tuple[int, _Mark] | None = None
    best: tuple[int, _Mark] | None = None
    for gap, mark in free:
        if _opens_single(text, mark):
            if opener and best:
                yield Passage(opener[1].end, best[1].start, opener[1].text, single=True)
            opener, best = (gap, mark), None
        elif opener and opener[0] == gap:
            strength = _closes_single(text, mark)
            if best is None or strength > best[0]:
                best = strength, mark
    if opener and best:
        yield Passage(opener[1].end, best[1].start, opener[1].text, single=True)


def _opens_single(text: str, mark: _Mark) -> bool:
    before = text[mark.start - 1] if mark.start else " "
    after = text[mark.end] if mark.end < len(text) else " "
    return (before.isspace() or before in _BEFORE_OPENING) and after.isalnum()


def _closes_single(text: str, mark: _Mark) -> int:
    """Return how surely a single mark closes, not an apostrophe: 0 to 3."""
    before = text[mark.start - 1]
    after = text[mark.end] if mark.end < len(text) else " "
    if before in _STOPS:
        return 3
    if after in _STOPS or after in ")]":
        return 2
    return 0 if before in "sS" else 1


def _trim(text: str, passage: Passage) -> Passage:
    """Return the passage without white space at its ends."""
    words = text[passage.start : passage.end]
    start = passage.start + len(words) - len(words.lstrip())
    end = passage.end - len(words) + len(words.rstrip())
    return Passage(
        start, end, passage.opener, closed=passage.closed, single=passage.single, continues=passage.continues
    )
