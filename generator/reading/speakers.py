"""Say who speaks each quotation of an article, who carried the words, and how sure that is.

Quotations are taken in order: the ranking of one knows to whom the last was given. The chances of mentions
with the same name are added up, so that "Kim … Kim said" is no contest between two candidates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.model import Span
from generator.reading.appositions import introducer, office_beside
from generator.reading.carriers import find_carrier, is_contested, is_told
from generator.reading.cues import COLON, Lexicon
from generator.reading.features import Describer, Last, Quotation
from generator.reading.identities import Identities
from generator.reading.ranking import Ranker
from generator.reading.scene import Scene

_SLIGHT, _LITTLE = 0.02, 0.2
"""Chances below the one decide nothing, below the other they are handed on to the subject of the verb: the letter came
with a visit, where Lee said."""
_DASH = re.compile(r"\W{0,9}[—–-]\W{0,9}")
"""What stands before the name below a quotation."""
_LABELLED = 0.95
"""Confidence in a name in capitals before a colon."""
_NEARNESS = 0.75
"""Share of the likeliest mentions that are right where nothing but nearness tells, in annotated news."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks a quotation. Fields are as in ``Quote``."""

    name: str
    mention: Span
    cue: Span | None
    confidence: float
    inferred: bool = False
    role: str = ""
    via: str = ""


class Choice(NamedTuple):
    """The mention that a quotation was given to."""

    quotation: Quotation
    mention: int
    confidence: float


def choose(describer: Describer, number: int, last: Last | None, ranker: Ranker) -> Choice | None:
    """Return the mention that speaks passage ``number``; None when there is no candidate."""
    scene, quotation = describer.scene, describer.quotation(number)
    near = scene.candidates(quotation.place, last.mention if last else -1)
    candidates = [number for number in near if not is_told(scene, number, describer.lexicon)]
    if not candidates:
        return None
    chances = ranker.probabilities(describer.pairs(quotation, candidates, last))
    sums: dict[str, float] = {}
    doubts: dict[str, float] = {}
    best: dict[str, tuple[float, int]] = {}
    for candidate, chance in zip(candidates, chances, strict=True):
        # an outlet that only carried the words hands its chance on
        speaker = describer.speaker(candidate) if chance > _SLIGHT else candidate
        if chance < _LITTLE and (other := scene.other_subject(speaker)) >= 0:
            speaker = other
        name = scene.names[speaker]
        sums[name] = sums.get(name, 0.0) + chance
        if speaker != candidate and is_contested(scene, candidate, describer.lexicon):
            doubts[name] = doubts.get(name, 0.0) + chance
        if name not in best or (chance, speaker) > best[name]:
            best[name] = chance, speaker
    likeliest = max(sums, key=sums.__getitem__)
    sure = sums[likeliest] - doubts.get(likeliest, 0.0)
    return Choice(quotation, best[likeliest][1], min(1.0, sure))


def find_speakers(
    scene: Scene, numbers: Sequence[int], labels: Mapping[int, Span], ranker: Ranker, known: Lexicon
) -> dict[int, Speaker]:
    """Return the speakers of the numbered passages; those without any candidate are left out.

    ``labels`` are the names in capitals that a transcript sets before some of them.
    """
    identities, describer = Identities(scene, known), Describer(scene, known)
    found: dict[int, Speaker] = {}
    last: Last | None = None
    before = ""
    label: Speaker | None = None
    for number in numbers:
        if number in labels:
            span = labels[number]
            before = identities.full_name(scene.text[span.start : span.end])
            label = Speaker(before, span, None, _LABELLED)
            found[number] = label
            last = Last(describer.quotation(number), -1, scene.passages[number].continues)
            continue
        if label and last and last.mention < 0 and last.continues:
            found[number] = Speaker(before, label.mention, None, _LABELLED, inferred=True)
            last = Last(describer.quotation(number), -1, scene.passages[number].continues)
            continue
        choice = choose(describer, number, last, ranker)
        if choice is None:
            continue
        name = identities.name(choice.mention, before)
        found[number] = _speaker(scene, choice, name, identities, known)
        last = Last(choice.quotation, choice.mention, scene.passages[number].continues)
        before = name
    return found


def _speaker(scene: Scene, choice: Choice, name: str, identities: Identities, known: Lexicon) -> Speaker:
    """Return all that is known of the speaker that was chosen."""
    mention = scene.mentions[choice.mention]
    cue = _cue(scene, choice, known)
    return Speaker(
        name=name,
        mention=Span(mention.start, mention.end),
        cue=None if cue < 0 else Span(scene.words.starts[cue], scene.words.end(cue)),
        confidence=round(choice.confidence * (1.0 if cue >= 0 or _is_led(scene, choice) else _NEARNESS), 3),
        inferred=_is_inferred(scene, choice),
        role=identities.role(choice.mention, name),
        via=find_carrier(scene, choice.quotation.place, choice.mention, known),
    )


def _cue(scene: Scene, choice: Choice, known: Lexicon) -> int:
    """Return the reporting verb of the chosen mention; -1 if none: of two the one nearer the quotation.

    In “…,” said the head of the guard of Lund, Ann Lee, it stands beside the office.
    """
    place = choice.quotation.place
    verbs = _verbs(scene, choice.mention)
    if (somebody := introducer(scene, choice.mention, known)) >= 0:
        behind = scene.around(choice.mention).verb
        verbs = [behind] if behind >= 0 else _verbs(scene, somebody)
    elif not verbs and (office := office_beside(scene, choice.mention, known)) >= 0:
        verbs = _verbs(scene, office)
    return min(verbs, key=lambda verb: abs(verb - place), default=-1)


def _verbs(scene: Scene, mention: int) -> list[int]:
    around = scene.around(mention)
    return [verb for verb in (around.verb, around.led) if verb >= 0]


def _is_led(scene: Scene, choice: Choice) -> bool:
    """Whether a sign joins mention and quotation: Ann Lee: “We wait.” or “We wait.” — Ann Lee."""
    words, quotation, mention = scene.words, choice.quotation, scene.mentions[choice.mention]
    if mention.first < quotation.place:
        return words.codes[quotation.place - 1] == COLON
    past = words.starts[quotation.place] + len(quotation.said)
    return _DASH.fullmatch(scene.text, past, mention.start) is not None


def _is_inferred(scene: Scene, choice: Choice) -> bool:
    """Whether the mention stands in an earlier paragraph that does not lead up to the quotation."""
    mention = scene.mentions[choice.mention]
    words, place = scene.words, choice.quotation.place
    if mention.first > place or words.paragraphs[mention.first] == choice.quotation.paragraph:
        return False
    leads = place > 0 and words.codes[place - 1] == COLON
    return not (leads and words.sentences[place - 1] == words.sentences[mention.first])
