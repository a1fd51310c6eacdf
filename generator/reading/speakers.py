"""Say who speaks each quotation of an article, and how sure that is.

Quotations are taken in order: the ranking of one knows to whom the last was given. The chances of mentions
that stand for one person are added up, so that "Kim … he said" is no contest between two candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.model import Span
from generator.reading.cues import ACCORDING, CITE, COLON, Lexicon
from generator.reading.features import Last, Quotation, Scene
from generator.reading.identities import Identities
from generator.reading.ranking import Ranker

SPEAKER_CUT = 0.85
"""Below this confidence a page says "speaker unclear": above it are some 85 % of the speakers of American
news, 98 % of them right (docs/benchmarks.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks a quotation. Fields are as in ``Quote``."""

    name: str
    mention: Span
    cue: Span | None
    confidence: float
    inferred: bool
    role: str
    via: str


class Choice(NamedTuple):
    """The mention that a quotation was given to."""

    quotation: Quotation
    mention: int
    confidence: float


def choose(
    scene: Scene, number: int, last: Last | None, ranker: Ranker, known: Lexicon
) -> Choice | None:
    """Return the mention that speaks passage ``number``; None when there is no candidate."""
    quotation = scene.quotation(number, known)
    candidates = scene.candidates(quotation, last)
    if not candidates:
        return None
    chances = ranker.probabilities([scene.pair(quotation, candidate, last) for candidate in candidates])
    sums: dict[str, float] = {}
    for candidate, chance in zip(candidates, chances, strict=True):
        name = scene.name(candidate)
        sums[name] = sums.get(name, 0.0) + chance
    likeliest = max(sums, key=lambda name: sums[name])
    mention = max(
        (c for c in zip(chances, candidates, strict=True) if scene.name(c[1]) == likeliest),
    )[1]
    return Choice(quotation, mention, min(1.0, sums[likeliest]))


def find_speakers(
    scene: Scene, numbers: Sequence[int], ranker: Ranker, known: Lexicon
) -> dict[int, Speaker]:
    """Return the speakers of the numbered passages; those without any candidate are left out."""
    identities = Identities(scene, known)
    found: dict[int, Speaker] = {}
    last: Last | None = None
    before = ""
    for number in numbers:
        choice = choose(scene, number, last, ranker, known)
        if choice is None:
            continue
        name = identities.name(choice.mention, before)
        found[number] = _speaker(scene, choice, name, identities)
        last = Last(choice.quotation, choice.mention, scene.name(choice.mention), scene.passages[number].continues)
        before = name
    return found


def _speaker(scene: Scene, choice: Choice, name: str, identities: Identities) -> Speaker:
    mention = scene.mentions[choice.mention]
    cue = _cue(scene, choice)
    return Speaker(
        name=name,
        mention=Span(mention.start, mention.end),
        cue=None if cue < 0 else Span(scene.words.starts[cue], scene.words.end(cue)),
        confidence=round(choice.confidence, 3),
        inferred=_is_inferred(scene, choice),
        role=identities.role(choice.mention, name),
        via="",
    )


def _cue(scene: Scene, choice: Choice) -> int:
    """Return the reporting verb of the chosen mention; -1 if none: of two the one nearer the quotation."""
    around = scene.around(choice.mention)
    place = choice.quotation.place
    verbs = [verb for verb in (around.verb, around.led) if verb >= 0]
    return min(verbs, key=lambda verb: abs(verb - place), default=-1)


def _is_inferred(scene: Scene, choice: Choice) -> bool:
    """Whether the mention stands in an earlier paragraph that does not lead up to the quotation."""
    mention = scene.mentions[choice.mention]
    words, place = scene.words, choice.quotation.place
    if mention.first > place or words.paragraphs[mention.first] == choice.quotation.paragraph:
        return False
    leads = place > 0 and words.codes[place - 1] == COLON
    return not (leads and words.sentences[place - 1] == words.sentences[mention.first])
