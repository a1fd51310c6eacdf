"""Find speech that dashes set off instead of marks: — We will wait, — said Lee. — The dam holds.

Only a paragraph that begins with a dash and in which another leads to a reporting verb is one: lists begin so, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.model import Span
from generator.reading.cues import CUE, Lexicon
from generator.reading.marks import Passage

_OPENING = re.compile(r"[—–]\s?(?=\S)")
_INSERTION = re.compile(r"\s?[—–]\s?(?=([^\W\d_]+))")
_GOES_ON = re.compile(r"[.,]\s?[—–]\s|[—–][.,]?\s")
_MOST_CHARS = 2_000


def with_dialogue(
    text: str, paragraphs: Sequence[Span], passages: Sequence[Passage], known: Lexicon | None
) -> Sequence[Passage]:
    """Return the passages with those that dashes set off, in order, instead of what is quoted within these."""
    if known is None or not known.dashes or not ("—" in text or "–" in text):
        return passages
    found = [passage for paragraph in paragraphs for passage in _spoken(text, paragraph, known)]
    if not found:
        return passages
    return sorted([*found, *_outside(passages, found)], key=lambda passage: passage.start)


def _outside(passages: Sequence[Passage], found: Sequence[Passage]) -> Iterator[Passage]:
    """Yield the passages that overlap none of the found ones; both are in order."""
    at = 0
    for passage in passages:
        while at < len(found) and found[at].end <= passage.start:
            at += 1
        if at == len(found) or passage.end <= found[at].start:
            yield passage


def _spoken(text: str, paragraph: Span, known: Lexicon) -> Iterator[Passage]:
    """Yield what is said in a paragraph, before the words that say who speaks and behind them."""
    start, end = paragraph.start, min(paragraph.end, paragraph.start + _MOST_CHARS)
    opening = _OPENING.match(text, start, end)
    if opening is None:
        return
    inserted = _INSERTION.finditer(text, opening.end(), end)
    insertion = next((match for match in inserted if known.codes[match[1]] >= CUE), None)
    if insertion is None:
        return
    yield _trimmed(text, opening.end(), insertion.start())
    if again := _GOES_ON.search(text, insertion.end(), end):
        yield _trimmed(text, again.end(), end)


def _trimmed(text: str, start: int, end: int) -> Passage:
    """Return a passage without the space and comma at its end."""
    return Passage(start, start + len(text[start:end].rstrip(" ,\n\u00a0")))
