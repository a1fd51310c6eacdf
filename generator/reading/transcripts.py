"""Find who speaks where a text is set as a transcript: RUIZ: We will wait."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from generator.model import Span

_LABEL = re.compile(r"((?:[^\W\d_][\w.'’-]*\.? ){0,3}[^\W\d_][\w.'’-]*(?: \([^()\n]{1,40}\))?):\s+(?=\S)")
_LABEL_CHARS = 90
_TURNS = 3
"""So many lines with a speaker in capitals make a transcript."""


class Turn(NamedTuple):
    """What one speaker says in a transcript."""

    label: Span
    """The speaker's name."""
    speech: Span


def label_at(text: str, start: int) -> Span | None:
    """Return the name in capitals that stands at ``start`` before a colon, None when none does."""
    if text.find(":", start, start + _LABEL_CHARS) < 0:
        return None
    match = _LABEL.match(text, start, start + _LABEL_CHARS)
    if match is None:
        return None
    name = match[1].partition(" (")[0]
    if not name.isupper() or sum(letter.isalpha() for letter in name) < 3:
        return None
    return Span(start, start + len(name))


def find_turns(text: str, paragraphs: Sequence[Span]) -> list[Turn]:
    """Return the turns of a transcript: lines that begin with names in capitals, some of which recur.

    None are found in other texts, where "UPDATE:" and the like begin a line now and then.
    """
    if ":" not in text:
        return []
    turns = []
    for start, end in paragraphs:
        if text[start : start + 1].isupper() and (label := label_at(text, start)):
            place = text.index(":", label.end) + 1
            place += len(text[place:end]) - len(text[place:end].lstrip())
            if place < end:
                turns.append(Turn(label, Span(place, end)))
    if len(turns) < _TURNS:
        return []
    names = Counter(text[slice(*turn.label)] for turn in turns)
    again = [turn for turn in turns if names[text[slice(*turn.label)]] > 1]
    return again if len(again) >= _TURNS and len({text[slice(*t.label)] for t in again}) > 1 else []
