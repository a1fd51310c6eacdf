"""Find what stands between quotation marks.

One pass over the marks of each paragraph, linear in their number: doubles are paired first (``doubles``),
singles looked for in what these leave over (``singles``). A passage that no mark closes goes on in the next
paragraph when that opens with a mark again, and is otherwise cut where its sentence or attribution says so
(``unclosed``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from generator.model import Span
from generator.reading.cues import Lexicon
from generator.reading.doubles import FAMILIES, Paired, opens, pair_doubles
from generator.reading.singles import Mark, pair_singles
from generator.reading.unclosed import Borders

_MARK = re.compile(
    "[“”„‟\"«»＂「」『』'‘’‚‹›`,]"
    '(?:(?<!,)(?:(?![^\\W_])|(?<![^\\W_].)|(?<=[“”„‟"«»＂「」『』`]))|(?<![^\\s(\\[—–-],)(?<=,),(?=\\w))',
    re.DOTALL,
)
"""Every mark but apostrophes within words; of commas two that open. What begins with one class is found ten times as fast."""
_SINGLE_SIGNS = frozenset("'‘’‚‹›`")
_MANY, _LEAST_CHARS = 2_000, 6
"""Marks that may stand as close as they like, and characters of text for each where there are more: what has less
is code, data or a list of words, and quotes nobody."""
_TWINS = frozenset(("''", "’’"))
_TWIN_OPENING = re.compile(r"(?<![^\s(\[—–-])(?:''|‘‘)(?=[^\s'])|``|(?<![^\s(\[—–-]),,(?=\w)")
"""Two single marks are a double one only in texts where they also open."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words between marks, the marks left out."""

    start: int
    end: int
    closed: bool = True
    """False when a mark is missing and an end is inferred."""
    continues: bool = False
    """True when the next paragraph goes on with the quotation."""


def find_passages(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], known: Lexicon | None = None
) -> tuple[Passage, ...]:
    """Return what stands between quotation marks, in order, not overlapping, each within one paragraph.

    Sentences and lexicon only help to say where a passage ends that no mark closes.
    """
    found: list[Passage] = []
    borders = Borders(text, sentences, known)
    marked = list(_by_paragraph(text, paragraphs))
    for number, (paragraph, marks) in enumerate(marked):
        if marks:
            following = marked[number + 1] if number + 1 < len(marked) else None
            goes_on = following is not None and _begins_with_mark(text, *following)
            found.extend(_passages(paragraph, marks, borders, goes_on=goes_on))
    return tuple(found)


def _by_paragraph(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[Span, list[Mark]]]:
    """Yield every paragraph with the marks in it; with none where there are more than any report has."""
    most = max(_MANY, len(text) // _LEAST_CHARS)
    marks = list(islice(_find_marks(text), most + 1))
    if len(marks) > most:
        marks = []
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
    """Yield all marks; two single marks in a row are one."""
    past = 0
    for match in _MARK.finditer(text):
        start, sign = match.start(), match[0]
        if sign not in _SINGLE_SIGNS:
            yield Mark(start, match.end() if sign == ",," else start + 1, sign)
        elif start >= past:
            after = text[start + 1 : start + 2]
            if after == sign and sign * 2 in FAMILIES:
                past = start + 2
                yield Mark(start, past, sign * 2)
            elif sign != "`":
                yield Mark(start, start + 1, sign)


def _part_twins(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Yield the marks, with two single marks for each that merely looks like a double one."""
    for mark in marks:
        if mark.text in _TWINS:
            yield Mark(mark.start, mark.start + 1, mark.text[0])
            yield Mark(mark.start + 1, mark.end, mark.text[1])
        else:
            yield mark


def _begins_with_mark(text: str, paragraph: Span, marks: Sequence[Mark]) -> bool:
    """Whether a paragraph begins with an opening mark."""
    if not marks or marks[0].start != paragraph.start:
        return False
    return marks[0].text not in FAMILIES or opens(text, marks[0], "", begins=True)


def _passages(paragraph: Span, marks: Sequence[Mark], borders: Borders, *, goes_on: bool) -> list[Passage]:
    """Return the passages of one paragraph, in order."""
    text = borders.text
    doubles = pair_doubles(
        text, paragraph, [mark for mark in marks if mark.text in FAMILIES], borders.reports
    )
    taken = [
        Passage(first.end, last.start)
        for first, last in doubles.pairs
        if text[first.start - 1 : first.start] != "="  # the value of an attribute in stray markup
    ]
    if doubles.unclosed or doubles.stray:
        for mark, limit in _limits(doubles, paragraph):
            end = borders.end(mark.end, limit, begins=mark.start == paragraph.start)
            continues = goes_on and end == paragraph.end
            taken.append(Passage(mark.end, end, closed=continues, continues=continues))
        taken.sort(key=_start)
        taken = sorted([*taken, *_unopened(paragraph, doubles.stray, taken, borders)], key=_start)
    if singles := [mark for mark in marks if mark.text not in FAMILIES]:
        between = list(_singles(text, paragraph, singles, taken, goes_on=goes_on))
        taken = sorted([*_outside(taken, between), *between], key=_start)
    trimmed = (_trim(text, passage) for passage in taken)
    return [passage for passage in trimmed if _says(text, passage)]


def _limits(doubles: Paired, paragraph: Span) -> Iterator[tuple[Mark, int]]:
    """Yield every unclosed mark with the place that its passage cannot cross.

    A straight mark that begins a paragraph with curly ones in it sets the paragraph off: it quotes nothing.
    """
    following = dict(pairwise(sorted([*doubles.unclosed, *(first for first, _ in doubles.pairs)])))
    for mark in doubles.unclosed:
        after = following.get(mark)
        if after and mark.text == '"' and mark.start == paragraph.start and after.text in "“‘":
            continue
        yield mark, after.start if after else paragraph.end


def _unopened(
    paragraph: Span, stray: Sequence[Mark], taken: Sequence[Passage], borders: Borders
) -> Iterator[Passage]:
    """Yield the passages of closing marks that nothing opens; ``taken`` are those found, in order."""
    limit, at = paragraph.start, 0
    for mark in stray:
        while at < len(taken) and taken[at].start < mark.start:
            limit = max(limit, taken[at].end + 1)
            at += 1
        start = borders.start(mark.start, limit)
        if start >= 0:
            yield Passage(start, mark.start, closed=False)
        limit = mark.end


def _singles(
    text: str, paragraph: Span, marks: Sequence[Mark], taken: Sequence[Passage], *, goes_on: bool
) -> Iterator[Passage]:
    """Yield the passages between single marks outside the taken stretches."""
    stretches = [Span(passage.start, passage.end) for passage in taken]
    for first, last in pair_singles(text, marks, stretches):
        if last:
            yield Passage(first.end, last.start)
        elif goes_on and first.start == paragraph.start and not taken:
            yield Passage(first.end, paragraph.end, continues=True)


def _outside(taken: Sequence[Passage], singles: Sequence[Passage]) -> list[Passage]:
    """Return the passages that do not stand within a single-marked one; both in order."""
    kept, at = [], 0
    for passage in taken:
        while at < len(singles) and singles[at].end <= passage.start:
            at += 1
        if at == len(singles) or passage.start < singles[at].start:
            kept.append(passage)
    return kept


def _says(text: str, passage: Passage) -> bool:
    """Whether there is a letter or digit in a passage."""
    return any(sign.isalnum() for sign in text[passage.start : passage.end])


def _start(passage: Passage) -> int:
    return passage.start


def _trim(text: str, passage: Passage) -> Passage:
    """Return the passage without white space at its ends."""
    if not (
        text[passage.start : passage.start + 1].isspace() or text[passage.end - 1 : passage.end].isspace()
    ):
        return passage
    words = text[passage.start : passage.end]
    start = passage.start + len(words) - len(words.lstrip())
    return replace(passage, start=start, end=max(start, passage.end - len(words) + len(words.rstrip())))
