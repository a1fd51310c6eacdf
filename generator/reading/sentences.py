"""Sentence spans: the one door to nupunkt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from nupunkt import PunktSentenceTokenizer, load

from generator.model import Span


def split(text: str, spans: Sequence[Span], lang: str) -> tuple[Span, ...]:
    """Return the sentences of the paragraphs ``spans``, in order, without white space at the ends."""
    found: list[Span] = []
    for start, end in spans:
        for low, high in _model().span_tokenize(text[start:end]):
            piece = text[start + low : start + high]
            if words := piece.strip():
                begin = start + low + piece.index(words[0])
                found.append(Span(begin, begin + len(words)))
    return tuple(found)


@cache
def _model() -> PunktSentenceTokenizer:
    """Return the model, loaded once."""
    return load("default")
