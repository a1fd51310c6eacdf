"""Find what is no part of the report within one article: page furniture, labels, subheads, repeats.

The paragraphs are a chain of lines, each with evidence for or against being furniture. The best division of
the chain into report and furniture is found by dynamic programming, a change of side having its price (cf.
Pasternack and Roth 2009: "Extracting article text from the web with maximum subsequence segmentation"): so
an appeal at the end goes as a whole, though one of its sentences might stand in any article, and a
sentence about donations within a report stays. Where a text is a whole web page made flat, short lines
weigh more (Kohlschütter, Fankhauser and Nejdl 2010), and only the main run of text and what stands close
to it is the report. What recurs over many articles is found elsewhere, in ``stories.recurring``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from generator.model import Cut, CutReason, Span
from generator.reading.draft import Draft
from generator.reading.evidence import Evidence, weigh
from generator.reading.furniture import Lexicon, Words, lexicon, words_of
from generator.reading.lines import Line, line_of
from generator.reading.marginalia import kind_at_sight, source_of

_SWITCH = 1.5
"""Price of a change between report and furniture."""
_TAIL_SHARE = 0.75
"""Share of the running text after which a source line ends the report."""
_COMMENTS_SHARE = 0.6
_SUBHEAD_WORDS = 10
_REPEATED_WORDS = 8
_PAGE_LINES = 12
_PAGE_KNOWN = 5
_ASIDE_SHARE = 0.2
_ASIDE_GAP = 3
_BLURB, _BELOW_SOURCE, _COMMENT = 4.0, 1.5, 3.5
"""What an outlet's name before "is a radio", a source line above and a heading of comments above add."""


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """What is no part of the report, and what it tells of the report."""

    cuts: tuple[Cut, ...] = ()
    """In order, not overlapping."""
    origin: str = ""
    """The agency or outlet named by a source line below the report; else empty."""


def find_boilerplate(draft: Draft, lang: str) -> Boilerplate:
    """Return what to cut of a draft beside what is cut already. Never cuts all running text."""
    known = lexicon(lang)
    lines = [line_of(draft.text, span) for span in _free(draft)]
    reasons: list[CutReason | None] = [kind_at_sight(lines, at, known) for at in range(len(lines))]
    _note_repeats(lines, reasons)
    shares = _shares(lines, reasons)
    _note_furniture(lines, reasons, shares, known, draft.meta.outlet)
    _note_subheads(lines, reasons)
    if all(reason for line, reason in zip(lines, reasons, strict=True) if line.prose):
        return Boilerplate()
    cuts = tuple(Cut(line.span, reason) for line, reason in zip(lines, reasons, strict=True) if reason)
    origins = (
        source_of(line, known) or ""
        for line, reason, share in zip(lines, reasons, shares, strict=True)
        if reason == "source line" and share >= _TAIL_SHARE
    )
    return Boilerplate(cuts, next(filter(None, origins), ""))


def _free(draft: Draft) -> Iterator[Span]:
    """Yield the paragraphs that no cut touches."""
    starts = [cut.span.start for cut in draft.cut]
    for span in draft.paragraphs:
        at = bisect_left(starts, span.end)
        if at == 0 or draft.cut[at - 1].span.end <= span.start:
            yield span


def _note_repeats(lines: Sequence[Line], reasons: list[CutReason | None]) -> None:
    """Mark paragraphs that stand in the article before."""
    seen = set()
    for at, line in enumerate(lines):
        if line.count >= _REPEATED_WORDS and not reasons[at]:
            key = "".join(line.text.split()).casefold()
            reasons[at] = "repeated" if key in seen else None
            seen.add(key)


def _shares(lines: Sequence[Line], reasons: Sequence[CutReason | None]) -> list[float]:
    """Return, for each line, the share of the running text that stands before it."""
    counts = [
        line.count if line.prose and not reason else 0 for line, reason in zip(lines, reasons, strict=True)
    ]
    total, before, shares = sum(counts) or 1, 0, []
    for count in counts:
        shares.append(before / total)
        before += count
    return shares


def _note_furniture(
    lines: Sequence[Line],
    reasons: list[CutReason | None],
    shares: Sequence[float],
    known: Lexicon,
    outlet: str,
) -> None:
    """Mark the lines on the furniture side of the best division."""
    page = _is_page(lines, known)
    hints = _hints(lines, reasons, shares, known, words_of(outlet))
    chain = [at for at, reason in enumerate(reasons) if not reason]
    found = [_sum(weigh(lines[at], known, page=page), hints.get(at)) for at in chain]
    sides = _divide([evidence.weight for evidence in found])
    if page:
        sides = _without_asides([lines[at] for at in chain], sides)
    for (start, end), furniture in _groups(sides):
        named = [found[at].reason for at in range(start, end)]
        default: CutReason = "related" if shares[chain[start]] else "navigation"
        last = next(filter(None, named), default)
        for at in range(start, end) if furniture else ():
            last = named[at - start] or last
            reasons[chain[at]] = last


def _is_page(lines: Sequence[Line], known: Lexicon) -> bool:
    """Tell a whole web page made flat from an article: many short lines, several of them furniture."""
    labels = sum(line.label for line in lines)
    if labels < _PAGE_LINES or 3 * labels < len(lines):
        return False
    return sum(line.words in known.lines or line.words in known.sections for line in lines) >= _PAGE_KNOWN


def _hints(
    lines: Sequence[Line],
    reasons: Sequence[CutReason | None],
    shares: Sequence[float],
    known: Lexicon,
    outlet: Words,
) -> dict[int, Evidence]:
    """Return what lines above say of a line: comments and blurbs follow their headings."""
    hints: dict[int, Evidence] = {}
    following: Evidence | None = None
    names = {outlet} - {()}
    for at, line in enumerate(lines):
        if following:
            hints[at] = following
        if any(line.words[: len(name)] == name for name in names) and not known.media.isdisjoint(line.words):
            hints[at] = Evidence(_BLURB, "about the outlet")
        names = {outlet, line.words if line.label and line.count <= 4 else ()} - {()}
        if reasons[at] == "source line" and shares[at] >= _TAIL_SHARE:
            following = following or Evidence(_BELOW_SOURCE)
        elif shares[at] >= _COMMENTS_SHARE and line.label and _heads_comments(line, known):
            following = Evidence(_COMMENT, "comments")
    return hints


def _heads_comments(line: Line, known: Lexicon) -> bool:
    """Tell a heading of readers' comments."""
    if known.lines.get(line.words) == "comments":
        return True
    first = next(known.found_in(line.words), None)
    return first is not None and first.opening and first.reason == "comments"


def _sum(evidence: Evidence, hint: Evidence | None) -> Evidence:
    """Return the evidence of a line with what its surroundings add."""
    return Evidence(evidence.weight + hint.weight, evidence.reason or hint.reason) if hint else evidence


def _divide(weights: Sequence[float]) -> list[bool]:
    """Return for each line whether it is furniture in the division of greatest weight (Viterbi)."""
    report = furniture = 0.0
    changes: list[tuple[bool, bool]] = []
    for weight in weights:
        price = _SWITCH if changes else 0.0
        changes.append((furniture - price > report, report - price > furniture))
        report, furniture = (
            max(report, furniture - price),
            max(furniture, report - price) + weight,
        )
    sides: list[bool] = []
    side = furniture > report
    for to_report, to_furniture in reversed(changes):
        sides.append(side)
        side ^= to_furniture if side else to_report
    return sides[::-1]


def _without_asides(lines: Sequence[Line], sides: Sequence[bool]) -> list[bool]:
    """Return the sides with small runs of text far from the main one put to the furniture.

    Teasers and comments of a page are running text too, but stand alone between menus and lists.
    """
    runs = _runs(lines, sides)
    main = max(runs, key=lambda run: run.mass, default=None)
    kept = list(sides)
    if not main:
        return kept
    for run in runs:
        gap = run.start - main.end if run.start >= main.end else main.start - run.end
        if run is not main and gap >= _ASIDE_GAP and run.mass < _ASIDE_SHARE * main.mass:
            kept[run.start : run.end] = [True] * (run.end - run.start)
    return kept


class _Run(NamedTuple):
    """Neighbouring lines of the report."""

    start: int
    end: int
    mass: int
    """Words of running text."""


def _runs(lines: Sequence[Line], sides: Sequence[bool]) -> list[_Run]:
    """Return the runs of lines that are not furniture."""
    return [
        _Run(start, end, sum(line.count for line in lines[start:end] if line.prose))
        for (start, end), furniture in _groups(sides)
        if not furniture
    ]


def _groups(sides: Sequence[bool]) -> Iterator[tuple[Span, bool]]:
    """Yield the runs of neighbours on one side, and the side."""
    at = 0
    for side, group in groupby(sides):
        end = at + len(list(group))
        yield Span(at, end), side
        at = end


def _note_subheads(lines: Sequence[Line], reasons: list[CutReason | None]) -> None:
    """Mark short lines that stand alone between two of running text."""
    for at in range(1, len(lines) - 1):
        line, above, below = lines[at], lines[at - 1], lines[at + 1]
        if reasons[at] or not line.label or line.count > _SUBHEAD_WORDS or ":" in line.text:
            continue
        if above.prose and below.prose and not reasons[at + 1] and not line.text[0].islower():
            reasons[at] = "subhead"
