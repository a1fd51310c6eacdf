"""Find quotes, who said them, and the verb that says so."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Quote, Span
from generator.reading.cues import lexicon
from generator.reading.features import Scene
from generator.reading.kinds import kind_of
from generator.reading.marks import find_passages
from generator.reading.mentions import find_mentions
from generator.reading.ranking import trained
from generator.reading.speakers import Speaker, find_speakers
from generator.reading.surroundings import cut_words


def find_quotes(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], lang: str
) -> tuple[Quote, ...]:
    """Return the quotes of an article in order of place."""
    passages = find_passages(text, paragraphs, sentences)
    if not passages:
        return ()
    known = lexicon(lang)
    if known is None:
        return tuple(
            Quote(Span(p.start, p.end), kind_of(text[p.start : p.end], None, -1, None), closed=p.closed)
            for p in passages
        )
    words = cut_words(text, enumerate(paragraphs), passages, known)
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
