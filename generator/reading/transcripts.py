"""Find who speaks where a text is set as a transcript: RUIZ: We will wait."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.model import Span
from generator.reading.cues import Lexicon

_LABEL = re.compile(r"((?:[^\W\d_][\w.'’-]*\.? ){0,3}[^\W\d_][\w.'’-]*(?: \([^()\n]{1,40}\))?):\s+(?=\S)")
_LABEL_CHARS = 90
_ENDS = frozenset('.!?…»”“"')
_SMALL = 2
_HEAD_CHARS = 4_000
"""Where the full name of who is asked is looked for."""
_TURNS = 3
"""So many lines with a speaker in capitals make a transcript."""


class Turn(NamedTuple):
    """What one speaker says in a transcript."""

    label: Span
    """The speaker's name."""
    speech: Span


def label_at(text: str, start: int) -> Span | None:
    """Return the name in capitals that stands at ``start`` before a colon, None when none does."""
    label = _label(text, start)
    return label if label and text[slice(*label)].isupper() else None


def _label(text: str, start: int) -> Span | None:
    """Return the words with a capital each that stand at ``start`` before a colon, None when none do."""
    if text.find(":", start, start + _LABEL_CHARS) < 0:
        return None
    match = _LABEL.match(text, start, start + _LABEL_CHARS)
    if match is None:
        return None
    name = match[1].partition(" (")[0]
    if sum(letter.isalpha() for letter in name) < 3 or any(word[0].islower() for word in name.split()):
        return None
    return Span(start, start + len(name))


def find_turns(text: str, paragraphs: Sequence[Span], known: Lexicon | None = None) -> list[Turn]:
    """Return the turns of a transcript: lines that begin with names, some of which recur.

    None are found in other texts, where "UPDATE:" and the like begin a line now and then. Names are in capitals, or
    one of them is a person's for whom knows given names (``known``), and what is said ends as sentences do.
    """
    if ":" not in text:
        return []
    turns = []
    for start, end in paragraphs:
        if text[start : start + 1].isupper() and (label := _label(text, start)):
            place = text.index(":", label.end) + 1
            place += len(text[place:end]) - len(text[place:end].lstrip())
            if place < end:
                turns.append(Turn(label, Span(place, end)))
    shouted = [turn for turn in turns if text[slice(*turn.label)].isupper()]
    return _recurring(text, shouted) or (_interview(text, turns, known) if known else [])


def _recurring(text: str, turns: Sequence[Turn]) -> list[Turn]:
    """Return the turns whose names recur, if they are some and of several."""
    names = Counter(text[slice(*turn.label)] for turn in turns)
    again = [turn for turn in turns if names[text[slice(*turn.label)]] > 1]
    return again if len(again) >= _TURNS and len({text[slice(*t.label)] for t in again}) > 1 else []


def _interview(text: str, turns: Sequence[Turn], known: Lexicon) -> list[Turn]:
    """Return the turns of an interview: Radio Lund: Why now? Lee: Because we must. A list of figures has none."""
    again = _recurring(text, [turn for turn in turns if _is_said(text[slice(*turn.speech)])])
    labels = [text[slice(*turn.label)] for turn in again]
    in_turn = sum(one != other for one, other in pairwise(labels))
    asked = any(text[turn.speech.end - 1] == "?" for turn in again)
    named = any(_names_person(text, label, known) for label in sorted(set(labels)))
    return again if asked and named and 2 * in_turn >= len(again) else []


def _is_said(speech: str) -> bool:
    """Whether words are as somebody speaks: they end as a sentence does, and some are small."""
    return speech[-1] in _ENDS and sum(word[0].islower() for word in speech.split()) >= _SMALL


def _names_person(text: str, label: str, known: Lexicon) -> bool:
    """Whether a label is a full name, or the surname of one in the text."""
    first, _, more = label.partition(" ")
    if more:
        return known.is_given(first)
    before = re.findall(rf"(\w+) {re.escape(label)}\b", text[:_HEAD_CHARS])
    return any(map(known.is_given, before))
