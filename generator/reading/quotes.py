"""Find quotes, who said them, and the verb that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import Quote, Span
from generator.reading.marks import Passage, find_passages

_WORD = re.compile(r"\w[\w’'-]*")


def find_quotes(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], lang: str
) -> tuple[Quote, ...]:
    """Return the quotes of an article in order of place."""
    return tuple(_quote(text, passage) for passage in find_passages(text, paragraphs, sentences))


def _quote(text: str, passage: Passage) -> Quote:
    words = _WORD.findall(text, passage.start, passage.end)
    kind = "scare" if len(words) < 4 else "direct"
    return Quote(Span(passage.start, passage.end), kind, closed=passage.closed)
