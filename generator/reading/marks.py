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
from generator.reading.cues import Lexicon
from generator.reading.singles import Mark, pair_singles
from generator.reading.unclosed import inferred_end, inferred_start

_MARK = re.compile("[“”„‟\"«»＂「」『』'‘’‚‹›`]")
_FAMILIES = {
    **dict.fromkeys(("“", "”", "„", "‟", "``", "''", '"', "＂", "‘‘", "’’", "‚‚"), '"'),
    **dict.fromkeys("«»", "«"),
    **dict.fromkeys("「」", "「"),
    **dict.fromkeys("『』", "『"),
    **dict.fromkeys("'‘’‚", "'"),
    **dict.fromkeys("‹›", "‹"),
}
_TWINS = frozenset(("''", "’’"))
_TWIN_OPENING = re.compile(r"(?<![^\s(\[—–-])(?:''|‘‘)(?=[^\s'])|``")
"""Two single marks are a double one only in texts where they also open."""
_SINGLE = frozenset("'‹")
_SINGLE_SIGNS = frozenset("'‘’‚‹›`")
_BEFORE_OPENING = frozenset("([{<—–-/:|“„«‘‚'\"`…>\u200b\u202a\u202b\ufeff")
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


class _Paired(NamedTuple):
    passages: list[tuple[Mark, Mark]]
    """Outermost pairs, in order."""
    unclosed: list[Mark]
    """Opening marks outside all pairs that nothing closes, in order."""
    stray: list[Mark]
    """Closing marks outside all pairs that nothing opens, in order."""


def find_passages(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], known: Lexicon | None = None
) -> tuple[Passage, ...]:
    """Return what stands between quotation marks, in order, not overlapping, each within one paragraph.

    Sentences and lexicon only help to say where a passage ends that no mark closes.
    """
    found: list[Passage] = []
    marked = list(_by_paragraph(text, paragraphs))
    for number, (paragraph, marks) in enumerate(marked):
        following = marked[number + 1] if number + 1 < len(marked) else None
        goes_on = following is not None and _opens(text, *following)
        found.extend(_passages(text, paragraph, marks, sentences, known, goes_on=goes_on))
    return tuple(found)


def _by_paragraph(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[Span, list[Mark]]]:
    """Yield every paragraph with the marks in it."""
    marks = list(_find_marks(text))
    if any(mark.text in _TWINS for mark in marks) and not _TWIN_OPENING.search(text):
        marks = list(_part_twins(marks))
    at = 0
    for paragraph in paragraphs:
        while at < len(marks) and marks[at].start < paragraph.start:
            at += 1
        first = at
        while at < len(marks) and marks[at].start < paragraph.end:
            at += 1
        yield paragraph, marks[first:at]


def _find_marks(text: str) -> Iterator[Mark]:
    """Yield all marks but apostrophes within words; two single marks in a row are one."""
    end = len(text)
    past = 0
    for match in _MARK.finditer(text):
        start = match.start()
        sign = match[0]
        if sign not in _SINGLE_SIGNS:
            yield Mark(start, start + 1, sign)
        elif start >= past:
            after = text[start + 1] if start + 1 < end else " "
            if after == sign and sign * 2 in _FAMILIES:
                past = start + 2
                yield Mark(start, past, sign * 2)
            elif sign != "`" and not (after.isalnum() and start and text[start - 1].isalnum()):
                yield Mark(start, start + 1, sign)


def _part_twins(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Yield the marks, with two single marks for each that merely looks like a double one."""
    for mark in marks:
        if mark.text in _TWINS:
            yield Mark(mark.start, mark.start + 1, mark.text[0])
            yield Mark(mark.start + 1, mark.end, mark.text[1])
        else:
            yield mark


def _opens(text: str, paragraph: Span, marks: Sequence[Mark]) -> bool:
    """Whether a paragraph begins with an opening mark."""
    if not marks or marks[0].start != paragraph.start:
        return False
    return _FAMILIES[marks[0].text] in _SINGLE or _role(text, marks[0], "", begins=True) > 0


def _passages(
    text: str, paragraph: Span, marks: Sequence[Mark], sentences: Sequence[Span], known: Lexicon | None, *, goes_on: bool
) -> list[Passage]:
    """Return the passages of one paragraph, in order."""
    if not marks:
        return []
    doubles = _pair(text, paragraph, [m for m in marks if _FAMILIES[m.text] not in _SINGLE])
    taken = [
        Passage(first.end, last.start, first.text)
        for first, last in doubles.passages
        if text[first.start - 1 : first.start] != "="  # the value of an attribute in stray markup
    ]
    for mark, limit in _limits(text, doubles, paragraph):
        end = inferred_end(text, mark.end, limit, sentences, known, begins=mark.start == paragraph.start)
        continues = goes_on and end == paragraph.end
        taken.append(Passage(mark.end, end, mark.text, closed=continues, continues=continues))
    taken.sort(key=_start)
    taken.extend(_unopened(text, paragraph, doubles.stray, taken[:], sentences, known))
    taken.sort(key=_start)
    singles = [m for m in marks if _FAMILIES[m.text] in _SINGLE]
    between = list(_singles(text, paragraph, singles, taken, goes_on=goes_on))
    trimmed = (_trim(text, passage) for passage in (*_outside_singles(taken, between), *between))
    return sorted((p for p in trimmed if p.end > p.start), key=_start)


def _pair(text: str, paragraph: Span, marks: Sequence[Mark]) -> _Paired:
    """Pair double marks by a stack; an opening mark that is passed over stays unclosed."""
    stack: list[Mark] = []
    open_of: dict[str, list[str]] = {}
    pairs: list[tuple[Mark, Mark]] = []
    unclosed: list[Mark] = []
    stray: list[Mark] = []
    for mark in marks:
        family = _FAMILIES[mark.text]
        openers = open_of.setdefault(family, [])
        if _role(text, mark, openers[-1] if openers else "", begins=mark.start == paragraph.start) > 0:
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


def _role(text: str, mark: Mark, opener: str, *, begins: bool = False) -> int:
    """Return 1 if a double mark opens, -1 if it closes.

    ``opener`` is what stands open of its family; ``begins`` tells that the mark begins its paragraph.
    """
    if mark.text in {"„", "‟", "``", "‚‚", "「", "『"}:
        return 1
    if mark.text in {"」", "』"}:
        return -1
    before = text[mark.start - 1] if mark.start else " "
    after = text[mark.end] if mark.end < len(text) else " "
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in _STOPS or after in ")]}/")
    if mark.text in {"“", "‘‘"}:
        return -1 if opener in {"„", "‚‚"} or (opener and closes and not opens) else 1
    if mark.text in {"”", "’’"}:
        if begins:
            return 1
        return 1 if opens and not closes and opener in {"", "”"} else -1
    if mark.text == "«":
        return -1 if opener == "»" else 1
    if mark.text == "»":
        return -1 if opener == "«" or (not opener and not opens) else 1
    if opens != closes:
        return 1 if opens else -1
    return -1 if opener else 1


def _limits(text: str, doubles: _Paired, paragraph: Span) -> Iterator[tuple[Mark, int]]:
    """Yield every unclosed mark with the place that its passage cannot cross.

    A straight mark that begins a paragraph with curly ones in it sets the paragraph off: it quotes nothing.
    """
    opening = sorted([*doubles.unclosed, *(first for first, _ in doubles.passages)])
    following = dict(pairwise(opening))
    for mark in doubles.unclosed:
        after = following.get(mark)
        if after and mark.text == '"' and mark.start == paragraph.start and after.text in "“‘":
            continue
        yield mark, after.start if after else paragraph.end


def _unopened(
    text: str, paragraph: Span, stray: Sequence[Mark], taken: Sequence[Passage], sentences: Sequence[Span], known: Lexicon | None
) -> Iterator[Passage]:
    """Yield the passages of closing marks that nothing opens; ``taken`` are those found, in order."""
    limit, at = paragraph.start, 0
    for mark in stray:
        while at < len(taken) and taken[at].start < mark.start:
            limit = max(limit, taken[at].end + 1)
            at += 1
        start = inferred_start(text, mark.start, limit, sentences, known)
        if start >= 0:
            yield Passage(start, mark.start, "", closed=False)
        limit = mark.end


def _singles(
    text: str, paragraph: Span, marks: Sequence[Mark], taken: Sequence[Passage], *, goes_on: bool
) -> Iterator[Passage]:
    """Yield the passages between single marks outside the taken stretches."""
    stretches = [Span(passage.start, passage.end) for passage in taken]
    for first, last in pair_singles(text, marks, stretches):
        if last:
            yield Passage(first.end, last.start, first.text, single=True)
        elif goes_on and first.start == paragraph.start and not taken:
            yield Passage(first.end, paragraph.end, first.text, single=True, continues=True)


def _outside_singles(taken: Sequence[Passage], singles: Sequence[Passage]) -> list[Passage]:
    """Return the passages that do not stand within a single-marked one."""
    spans = sorted((p.start, p.end) for p in singles)
    kept, at = [], 0
    for passage in taken:
        while at < len(spans) and spans[at][1] <= passage.start:
            at += 1
        if at == len(spans) or passage.start < spans[at][0]:
            kept.append(passage)
    return kept


def _start(passage: Passage) -> int:
    return passage.start


def _trim(text: str, passage: Passage) -> Passage:
    """Return the passage without white space at its ends."""
    words = text[passage.start : passage.end]
    start = passage.start + len(words) - len(words.lstrip())
    end = passage.end - len(words) + len(words.rstrip())
    return Passage(
        start, end, passage.opener, closed=passage.closed, single=passage.single, continues=passage.continues
    )
