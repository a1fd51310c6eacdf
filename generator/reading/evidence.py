"""How much a line looks like page furniture.

The weight of a line is a sum of hand-set evidence in the manner of a log-odds: running text speaks against
furniture, the more of it the more; known lines, openings and phrases speak for it, and so does an outlet
that addresses its readers about itself. The words within quotation marks do not count: people who are
quoted may ask for donations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from generator.model import CutReason
from generator.reading.furniture import Lexicon, Phrase, words_of
from generator.reading.lines import Line

_QUOTED = re.compile(r"[“„«\"][^“”„«»\"]{1,400}[”“»\"]")
_QUOTE_START = re.compile(r"[“„«\"‘]")
_CODE_MARK = re.compile(r"[{}\[\];=<>\\$_]|\(\)|\":|\\u|//")
_COLON = re.compile("[:：]")
_COLON_OR_BAR = re.compile("[:：|]")
_CODE = 6.0
_FLOWING = -1.0
_TEASER, _TEASER_WORDS = -2.2, 10
"""On a page a single short sentence is not much of a report."""
_HEAD_CHARS = 2_000
_FULL_WORDS = 60
"""So many words of running text say all that such text can say; what is found in more counts per so many."""
_LABELS = frozenset(
    ("source line", "related", "read more", "caption", "byline", "advertisement", "correction")
)
"""What one word at the start of a line may name."""
_HEADS = frozenset(("related", "read more", "correction"))
"""What one word before a colon heads, whatever follows."""
_LABEL_CHARS = 40
_COLON_CHARS = 20
_BULLET = re.compile(r"(?:[-*•‣▪·–—]|\(?\d{1,3}[.)])\s")


class Evidence(NamedTuple):
    """What speaks for a line being furniture."""

    weight: float
    """Above 0 for furniture, below 0 for the report."""
    reason: CutReason | None = None
    """What it would be cut for; None when its words do not tell."""
    known: bool = False
    """Whether the whole line is one of furniture."""


def weigh(line: Line, lexicon: Lexicon, *, page: bool, flows: bool = False) -> Evidence:
    """Return the evidence of a line.

    On a flattened ``page`` short lines say more than in an article, unless their sentence ``flows`` on in the
    next line, as at links.
    """
    weight = min(_FLOWING, _shape(line, page=page)) if flows else _shape(line, page=page)
    if not line.stopped or line.count <= 5:
        if reason := lexicon.lines.get(line.words):
            return Evidence(weight + (3.5 if reason == "navigation" else 5.0), reason, known=True)
        if line.words in lexicon.sections:
            return Evidence(weight + 2.0, "section label", known=page)
    found = lexicon.found_in(line.words)
    if not found and line.words and line.words[0] not in lexicon.imperatives and line.count > _FULL_WORDS:
        return Evidence(weight)
    words = line.words
    if _QUOTE_START.search(line.text):
        words = _unquoted(line)
        found = lexicon.found_in(words)
    strengths = [(_strength(phrase, line), phrase.reason) for phrase in found if not _is_said(phrase, line)]
    total = sum(strength for strength, _ in strengths) + _address(words, lexicon)
    _, reason = max(strengths, key=itemgetter(0), default=(0.0, None))
    return Evidence(weight + total * min(1.0, _FULL_WORDS / max(1, len(line.words))), reason)


def _shape(line: Line, *, page: bool) -> float:
    """Return what length and end of a line say."""
    if _is_code(line.text):
        return _CODE
    if line.prose:
        if page and line.count <= _TEASER_WORDS:
            return _TEASER
        opening = 1.0 if _QUOTE_START.match(line.text) else 0.0
        return -2.0 - min(line.count, _FULL_WORDS) / 15 - opening
    if line.count and (line.stopped or line.text[-1] in ",:;–—-"):
        return -1.2
    if page:
        return 0.3 if line.count > 14 else 1.2 if line.count > 3 else 1.6
    return -0.5 if line.count > 14 or _BULLET.match(line.text) else 0.35


def _is_code(text: str) -> bool:
    """Tell a program, a style sheet or data from words."""
    head = text[:_HEAD_CHARS]
    if head.startswith(("{", "[{")):
        return '":' in head
    return ("{" in head or ";" in head) and len(_CODE_MARK.findall(head)) * 16 > len(head)


def _strength(phrase: Phrase, line: Line) -> float:
    """Return what a phrase of furniture says in this line."""
    if phrase.then or (phrase.opening and _is_label(phrase, line)):
        return 6.0
    if phrase.opening:
        return 4.0 if line.count <= 12 or not line.stopped else 2.5
    return (1.5, 2.5, 2.5, 5.0)[min(len(phrase.words), 4) - 1]


def _is_label(phrase: Phrase, line: Line) -> bool:
    """Tell an opening before a colon or bar, which heads what is no sentence of the report ("See also: …")."""
    if len(phrase.words) == 1 and phrase.reason not in _HEADS:
        return False
    head = _COLON_OR_BAR.split(line.text[:_LABEL_CHARS], maxsplit=1)
    return len(head) > 1 and words_of(head[0]) == phrase.words


def _is_said(phrase: Phrase, line: Line) -> bool:
    """Tell words that a sentence holds like any others: "Sources said …", "… closed three days ago."."""
    if not (line.prose and line.stopped):
        return False
    if not phrase.opening:
        return phrase.reason == "dateline"
    named = len(phrase.words) == 1 and phrase.reason in _LABELS
    return named and not _COLON.search(line.text[:_COLON_CHARS])


def _address(words: Sequence[str], lexicon: Lexicon) -> float:
    """Return what addressing readers about the outlet says."""
    readers = min(2.4, 0.8 * len(lexicon.readers.intersection(words)))
    if not readers:
        return 0.0
    told = 1.5 if words and words[0] in lexicon.imperatives else 0.0
    spoken = 1.0 * (not lexicon.you.isdisjoint(words)) + 0.7 * (not lexicon.we.isdisjoint(words)) + told
    return readers + spoken if spoken else 0.5 * readers


def _unquoted(line: Line) -> tuple[str, ...]:
    """Return the words of a line outside quotation marks."""
    return words_of(_QUOTED.sub(" ", line.text[:600]))
