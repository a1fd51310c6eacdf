"""Find quotes, who said them, and the verb that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import Quote, Span
from generator.reading.cues import lexicon
from generator.reading.scene import Scene
from generator.reading.kinds import kind_of
from generator.reading.marks import Passage, find_passages
from generator.reading.mentions import find_mentions
from generator.reading.ranking import trained
from generator.reading.speakers import Speaker, find_speakers
from generator.reading.surroundings import cut_words

_OPENING, _BEFORE, _AFTER = 5, 2, 1
"""Paragraphs that are read for speakers: the first of an article, and those round a quotation."""


def find_quotes(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], lang: str
) -> tuple[Quote, ...]:
    """Return the quotes of an article in order of place."""
    known = lexicon(lang)
    passages = find_passages(text, paragraphs, sentences, known)
    if not passages:
        return ()
    if known is None:
        return tuple(
            Quote(Span(p.start, p.end), kind_of(text[p.start : p.end], None, -1, None), closed=p.closed)
            for p in passages
        )
    words = cut_words(text, _near(paragraphs, passages), passages, known)
    scene = Scene(text, passages, words, find_mentions(words, known))
    kinds = [
        kind_of(text[p.start : p.end], words, place, known)
        for p, place in zip(passages, words.quotes, strict=True)
    ]
    spoken = [number for number, kind in enumerate(kinds) if kind in ("direct", "fragment")]
    speakers = find_speakers(scene, spoken, trained(), known)
    return tuple(
        _quote(Span(p.start, p.end), kinds[number], p.closed, speakers.get(number))
        for number, p in enumerate(passages)
    )


def _near(paragraphs: Sequence[Span], passages: Sequence[Passage]) -> Iterator[tuple[int, Span]]:
    """Yield the paragraphs near a passage, and the first few, where people are introduced; with their numbers."""
    wanted = bytearray(len(paragraphs))
    wanted[:_OPENING] = b"\1" * min(_OPENING, len(paragraphs))
    at = 0
    for number, paragraph in enumerate(paragraphs):
        while at < len(passages) and passages[at].start < paragraph.start:
            at += 1
        if at < len(passages) and passages[at].start < paragraph.end:
            low, high = max(0, number - _BEFORE), min(len(paragraphs), number + _AFTER + 1)
            wanted[low:high] = b"\1" * (high - low)
    return ((number, paragraph) for number, paragraph in enumerate(paragraphs) if wanted[number])


def _quote(span: Span, kind, closed: bool, speaker: Speaker | None) -> Quote:
    if speaker is None:
        return Quote(span, kind, closed=closed)
    return Quote(
        span,
        kind,
        speaker.name,
        speaker.mention,
        speaker.cue,
        speaker.confidence,
        speaker.inferred,
        closed,
        speaker.role,
        speaker.via,
    )
