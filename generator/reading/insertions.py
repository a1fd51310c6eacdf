"""Take out of a quotation the words that say who speaks: «We wait, — said Ruiz, — until spring»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.reading.cues import CUE, Lexicon
from generator.reading.marks import Passage

_DASHED = re.compile(r"(?<=[,.!?…])\s[—–]\s(?=([^\W_]+))[^«»“”„—–\n]{3,90}?[,.]\s[—–]\s")


def without_insertions(text: str, passages: Sequence[Passage], known: Lexicon) -> Sequence[Passage]:
    """Return the passages parted where a reporting verb stands between dashes within one.

    Russian and Ukrainian set both halves and the words between into one pair of marks.
    """
    if " — " not in text and " – " not in text:
        return passages
    return [part for passage in passages for part in _parts(text, passage, known)]


def _parts(text: str, passage: Passage, known: Lexicon) -> Iterator[Passage]:
    start = passage.start
    for match in _DASHED.finditer(text, passage.start, passage.end):
        if known.codes[match[1]] >= CUE:
            yield replace(passage, start=start, end=match.start(), closed=True, continues=False)
            start = match.end()
    yield replace(passage, start=start)
