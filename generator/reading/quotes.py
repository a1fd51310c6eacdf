"""Find quotes, who said them, and the verb that says so.

Marks are paired first (``marks``, ``singles``, ``unclosed``, and dashes, ``dialogue``); a text without any costs no more. What stands
between them is told apart (``kinds``), and a trained ranking gives each quotation to one of the mentions
round it (``surroundings``, ``mentions``, ``scene``, ``features``, ``ranking``, ``speakers``), which is
resolved to a full name (``naming``, ``identities``). A language without a lexicon keeps spans and kinds.
Speech that is reported without marks is not found, but for the turns of a transcript.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model import Quote, Span
from generator.reading.bearers import mark_posts
from generator.reading.cues import Lexicon
from generator.reading.dialogue import with_dialogue
from generator.reading.insertions import without_insertions
from generator.reading.inversions import mark_inverted
from generator.reading.kinds import Kind, kind_of
from generator.reading.lexicons import lexicon
from generator.reading.marks import Passage, find_passages
from generator.reading.mentions import find_mentions
from generator.reading.ranking import Ranker, trained
from generator.reading.scene import Scene
from generator.reading.speakers import Speaker, find_speakers
from generator.reading.surroundings import cut_words
from generator.reading.transcripts import Turn, find_turns, label_at

_OPENING, _BEFORE, _AFTER = 5, 2, 1
"""Paragraphs that are read for speakers: the first of an article, and those round a quotation."""

_MANY, _LEAST_CHARS = 1_000, 40
"""Quotations that may be as short as they like, and characters of text for each where there are more: what has
less is a list of words in marks, of which nobody asks who said them."""
_MOST_TOGETHER = 100
"""Quotations in one sentence: one with more is such a list too."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What stands between the marks of an article, ready to be given to speakers."""

    passages: Sequence[Passage]
    kinds: Sequence[Kind]
    """Of each passage."""
    labels: Mapping[int, Span]
    """Names in capitals that a transcript sets before passages, by number."""
    scene: Scene
    known: Lexicon


def find_quotes(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], lang: str
) -> tuple[Quote, ...]:
    """Return the quotes of an article, in order, not overlapping, each within one paragraph.

    All kinds are there; ``speaker`` is the best guess, whatever its confidence: below ``SPEAKER_CUT`` it is
    not to be shown as a fact. Scare quotes and titles have none. Linear in the length of the text.
    """
    known = lexicon(lang)
    turns = find_turns(text, paragraphs, known)
    passages = with_dialogue(text, paragraphs, find_passages(text, paragraphs, sentences, known), known)
    passages = _with_turns(passages, turns)
    if not passages:
        return ()
    if known is not None:
        passages = without_insertions(text, passages, known)
        staged = stage(text, paragraphs, passages, turns, known)
        return attribute(staged, trained(), _crowded(passages, sentences))
    kinds = (kind_of(text[passage.start : passage.end], None, -1, None) for passage in passages)
    return tuple(_quote(passage, kind, None) for passage, kind in zip(passages, kinds, strict=True))


def stage(
    text: str, paragraphs: Sequence[Span], passages: Sequence[Passage], turns: Sequence[Turn], known: Lexicon
) -> Staged:
    """Return the passages with their kinds and all that may tell their speakers."""
    words = cut_words(text, _near(paragraphs, passages), passages, known)
    mark_posts(words, known)
    mark_inverted(words, known)
    kinds: list[Kind] = [
        kind_of(text[passage.start : passage.end], words, place, known)
        for passage, place in zip(passages, words.quotes, strict=True)
    ]
    named = {turn.speech.start: turn.label for turn in turns}
    labels = {}
    for number, passage in enumerate(passages):
        if label := named.get(passage.start) or label_at(text, passage.start):
            labels[number], kinds[number] = label, "direct"
    return Staged(passages, kinds, labels, Scene(text, passages, words, find_mentions(words, known)), known)


def attribute(staged: Staged, ranker: Ranker, crowded: Container[int] = ()) -> tuple[Quote, ...]:
    """Return the quotes of an article with the speakers that a ranker gives them, but for those ``crowded``."""
    kinds = enumerate(staged.kinds)
    spoken = [number for number, kind in kinds if kind in ("direct", "fragment") and number not in crowded]
    if len(staged.scene.text) < _LEAST_CHARS * (len(spoken) - _MANY):
        spoken = []
    speakers = find_speakers(staged.scene, spoken, staged.labels, ranker, staged.known)
    return tuple(
        _quote(passage, staged.kinds[number], speakers.get(number))
        for number, passage in enumerate(staged.passages)
    )


def _crowded(passages: Sequence[Passage], sentences: Sequence[Span]) -> frozenset[int]:
    """Return the numbers of the passages that share their sentence with more than any sentence quotes."""
    if len(passages) <= _MOST_TOGETHER:
        return frozenset()
    starts = [sentence.start for sentence in sentences]
    holding = [bisect_right(starts, passage.start) for passage in passages]
    together = Counter(holding)
    return frozenset(n for n, sentence in enumerate(holding) if together[sentence] > _MOST_TOGETHER)


def _with_turns(passages: Sequence[Passage], turns: Sequence[Turn]) -> Sequence[Passage]:
    """Return the passages with the turns of a transcript instead of what is quoted in these."""
    if not turns:
        return passages
    found, at = [], 0
    for turn in turns:
        while at < len(passages) and passages[at].start < turn.label.start:
            found.append(passages[at])
            at += 1
        while at < len(passages) and passages[at].start < turn.speech.end:
            at += 1
        found.append(Passage(turn.speech.start, turn.speech.end))
    return found + list(passages[at:])


def _near(paragraphs: Sequence[Span], passages: Sequence[Passage]) -> Iterator[tuple[int, Span]]:
    """Yield the paragraphs to be read for speakers, with their numbers."""
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


def _quote(passage: Passage, kind: Kind, speaker: Speaker | None) -> Quote:
    """Return the quote that a passage makes."""
    span = Span(passage.start, passage.end)
    if speaker is None:
        return Quote(span, kind, closed=passage.closed)
    return Quote(
        span,
        kind,
        speaker=speaker.name,
        mention=speaker.mention,
        cue=speaker.cue,
        confidence=speaker.confidence,
        inferred=speaker.inferred,
        closed=passage.closed,
        role=speaker.role,
        via=speaker.via,
    )
