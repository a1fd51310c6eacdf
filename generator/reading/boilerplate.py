"""Find what is no part of the report within one article: page furniture, labels, subheads, repeats.

The paragraphs are a chain of lines, each with evidence for or against being furniture, and the chain is
divided as a whole: so an appeal at the end goes with all its sentences, though one of them might stand in
any article, and a sentence about donations within a report stays. Where a text is a whole web page made
flat, short lines weigh more (Kohlschütter, Fankhauser and Nejdl 2010: "Boilerplate detection using shallow
text features"), and only the main run of text and what stands close to it is the report. What recurs
over many articles is found elsewhere, in ``stories.recurring``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.language.words import is_stop
from generator.model import Cut, CutReason, Span
from generator.reading.division import divide, groups, main_run, without_asides
from generator.reading.draft import Draft
from generator.reading.evidence import Evidence, weigh
from generator.reading.furniture import Lexicon, Words, lexicon, words_of
from generator.reading.lines import Line, line_of
from generator.reading.marginalia import kind_at_sight, parted, source_of
from generator.reading.paragraphs import SIGNATURE

_TAIL_SHARE = 0.75
"""Share of the running text after which a source line ends the report."""
_COMMENTS_SHARE = 0.6
_SUBHEAD_WORDS = 10
_REPEATED_WORDS = 8
_LIST_LINES, _HEADLINE_WORDS = 3, 5
"""Lines from which on a list is one, and words that headlines have on average."""
_FLOWING_WORDS = 4
_PAGE_LABELS = 12
_PAGE_KNOWN = 5
_FRAME_LABELS, _FRAME_GAP = 6, 3
_BLURB, _BELOW_SOURCE, _COMMENT, _CONTACT, _AUTHOR = 4.0, 1.5, 3.5, 3.0, 5.0
"""What an outlet's name before "is a radio", a source line above, a heading of comments above, near the end an
address of mail, and at either end the author's own name add."""
_HEAD_LINES = 2
_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.")


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """What is no part of the report, and what it tells of the report."""

    cuts: tuple[Cut, ...] = ()
    """In order, not overlapping."""
    origin: str = ""
    """The agency or outlet named by a source line below the report; else empty."""


@dataclass(slots=True)
class _Sheet:
    """The lines of one article while they are judged."""

    lines: list[Line]
    known: Lexicon
    lang: str
    outlet: Words
    authors: tuple[Words, ...]
    """Full names of those who wrote it: of themselves they speak only below the report, or above."""
    reasons: list[CutReason | None]
    """Why each line is cut; None for lines of the report."""

    def shares(self) -> list[float]:
        """Return, for each line, the share of the running text that stands before it."""
        counts = [
            line.count if line.prose and not reason else 0
            for line, reason in zip(self.lines, self.reasons, strict=True)
        ]
        total, before, shares = sum(counts) or 1, 0, []
        for count in counts:
            shares.append(before / total)
            before += count
        return shares

    def flows(self, at: int) -> bool:
        """Tell a line whose sentence goes on in the next one."""
        line = self.lines[at]
        if not line.label or at + 1 == len(self.lines):
            return False
        small = line.count >= _FLOWING_WORDS and is_stop(line.words[-1], self.lang)
        return small or (self.lines[at + 1].text[0].islower() and not self.lines[at + 1].label)

    def is_page(self) -> bool:
        """Tell a whole web page made flat from an article: many short lines, several of them known."""
        labels = sum(line.label for line in self.lines)
        if labels < _PAGE_LABELS or 3 * labels < len(self.lines):
            return False
        known = (line.words in self.known.lines or line.words in self.known.sections for line in self.lines)
        return sum(known) >= _PAGE_KNOWN or self.is_framed()

    def is_framed(self) -> bool:
        """Tell lists of short lines both above and below the main run of text, whatever their language."""
        words = [0 if line.label else line.count for line in self.lines]
        start, end = main_run(words, _FRAME_GAP)
        above = sum(line.label for line in self.lines[:start])
        return min(above, sum(line.label for line in self.lines[end:])) >= _FRAME_LABELS


def find_boilerplate(draft: Draft, lang: str) -> Boilerplate:
    """Return what to cut of a draft beside what is cut already. Never cuts all running text."""
    known = lexicon(lang)
    lines = [line_of(draft.text, part) for span in _free(draft) for part in parted(draft.text, span, known)]
    at_sight = [kind_at_sight(lines, at, known) for at in range(len(lines))]
    authors = tuple(words for words in map(words_of, draft.meta.authors) if len(words) > 1)
    sheet = _Sheet(lines, known, lang, words_of(draft.meta.outlet), authors, at_sight)
    _note_repeats(sheet)
    _note_signature(sheet)
    shares, page = sheet.shares(), sheet.is_page()
    _note_furniture(sheet, shares, page=page)
    if not page:  # where headings and lists cannot be told from furniture, those within the report stay
        _note_subheads(sheet)
    if all(reason for line, reason in zip(lines, sheet.reasons, strict=True) if line.prose):
        return Boilerplate()
    cuts = tuple(Cut(line.span, reason) for line, reason in zip(lines, sheet.reasons, strict=True) if reason)
    below = (
        at for at, reason in enumerate(sheet.reasons) if reason == "source line" and shares[at] >= _TAIL_SHARE
    )
    origins = (source_of(lines[at], known) or "" for at in below)
    return Boilerplate(cuts, next(filter(None, origins), ""))


def _free(draft: Draft) -> Iterator[Span]:
    """Yield the paragraphs that no cut touches."""
    starts = [cut.span.start for cut in draft.cut]
    for span in draft.paragraphs:
        at = bisect_left(starts, span.end)
        if at == 0 or draft.cut[at - 1].span.end <= span.start:
            yield span


def _note_repeats(sheet: _Sheet) -> None:
    """Mark paragraphs that stand in the article before."""
    seen = set()
    for at, line in enumerate(sheet.lines):
        if line.count >= _REPEATED_WORDS and not sheet.reasons[at]:
            key = "".join(line.text.split()).casefold()
            sheet.reasons[at] = "repeated" if key in seen else None
            seen.add(key)


def _note_signature(sheet: _Sheet) -> None:
    """Mark the signature that closes a letter, with the line above it."""
    shares = sheet.shares()
    signed = (
        at for at, line in enumerate(sheet.lines) if line.text == SIGNATURE and shares[at] >= _TAIL_SHARE
    )
    for at in range(next(signed, len(sheet.lines)), len(sheet.lines)):
        sheet.reasons[at] = sheet.reasons[at] or "about the outlet"


def _note_furniture(sheet: _Sheet, shares: list[float], *, page: bool) -> None:
    """Mark the lines on the furniture side of the best division, each with its own or a neighbour's reason."""
    chain = [at for at, reason in enumerate(sheet.reasons) if not reason]
    hints = _hints(sheet, shares)
    found = [
        _sum(weigh(sheet.lines[at], sheet.known, page=page, flows=sheet.flows(at)), hints.get(at))
        for at in chain
    ]
    sides = divide([evidence.weight for evidence in found])
    if page:
        sides = without_asides([sheet.lines[at] for at in chain], sides)
    for (start, end), furniture in groups(sides):
        named = [evidence.reason for evidence in found[start:end]]
        within = start > 0 and end < len(chain)
        listed = within or (not page and _is_list([sheet.lines[at] for at in chain[start:end]]))
        if not furniture or (listed and not any(named)):  # a list of the report
            continue
        default: CutReason = "related" if shares[chain[start]] else "navigation"
        reason: CutReason = next(filter(None, named), default)
        for at, own in zip(chain[start:end], named, strict=True):
            reason = own or reason
            sheet.reasons[at] = reason


def _is_list(lines: Sequence[Line]) -> bool:
    """Tell entries of a list, such as results, from headlines of other articles."""
    return len(lines) >= _LIST_LINES and sum(line.count for line in lines) < _HEADLINE_WORDS * len(lines)


def _hints(sheet: _Sheet, shares: list[float]) -> dict[int, Evidence]:
    """Return what lines above say of a line: comments and blurbs follow their headings."""
    hints: dict[int, Evidence] = {}
    following: Evidence | None = None
    above: Words = ()
    for at, line in enumerate(sheet.lines):
        if following:
            hints[at] = following
        if shares[at] >= _TAIL_SHARE and "@" in line.text and _MAILBOX.search(line.text):
            hints[at] = Evidence(_CONTACT, "about the outlet")
        if _opens_with(line, above, sheet.outlet) and not sheet.known.media.isdisjoint(line.words):
            hints[at] = Evidence(_BLURB, "about the outlet")
        if (shares[at] >= _TAIL_SHARE or at < _HEAD_LINES) and _opens_with(line, *sheet.authors):
            hints[at] = Evidence(_AUTHOR, "about the outlet")
        above = line.words if line.label and line.count <= 4 else ()
        if sheet.reasons[at] == "source line" and shares[at] >= _TAIL_SHARE:
            following = following or Evidence(_BELOW_SOURCE)
        elif shares[at] >= _COMMENTS_SHARE and line.label and _heads_comments(line, sheet.known):
            following = Evidence(_COMMENT, "comments")
    return hints


def _opens_with(line: Line, *names: Words) -> bool:
    """Tell whether a line opens with one of the names."""
    return any(name and line.words[: len(name)] == name for name in names)


def _heads_comments(line: Line, known: Lexicon) -> bool:
    """Tell a heading of readers' comments."""
    if known.lines.get(line.words) == "comments":
        return True
    first = next(iter(known.found_in(line.words)), None)
    return first is not None and first.opening and first.reason == "comments"


def _sum(evidence: Evidence, hint: Evidence | None) -> Evidence:
    """Return the evidence of a line with what its surroundings add."""
    return Evidence(evidence.weight + hint.weight, evidence.reason or hint.reason) if hint else evidence


def _note_subheads(sheet: _Sheet) -> None:
    """Mark short lines that stand alone between two of running text."""
    lines, reasons = sheet.lines, sheet.reasons
    for at in range(1, len(lines) - 1):
        line = lines[at]
        if reasons[at] or not line.label or line.count > _SUBHEAD_WORDS or ":" in line.text:
            continue
        if lines[at - 1].prose and lines[at + 1].prose and not reasons[at + 1] and not line.text[0].islower():
            reasons[at] = "subhead"
