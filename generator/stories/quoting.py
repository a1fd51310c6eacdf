"""Which quotes a story shows: those that carry a position or a fact, from many mouths and outlets.

Wordings of one utterance are shown once, side by side. What an extract already quotes is left out unless
outlets word it differently.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Passage, Span, StoryQuote, Variant
from generator.stories.people import is_person
from generator.stories.phrases import lexicon
from generator.stories.statements import Statement
from generator.stories.variants import Pair, Said, pieces, spaced

_SINGLE = 3
"""Most quotes of a single report."""
_FEWEST_WORDS, _MOST_WORDS = 5, 45
"""Words of a quote that is worth its place without other wordings."""
_RICH = 12
"""Meanings from which a quote says as much as any."""
_AGAIN, _SAME_OUTLET = 0.5, 0.8
"""What is left of a quote's worth for each one chosen before of its speaker, of its article."""
_REPEATED = 0.6
"""Part of a quote's words that an extract may hold."""


@dataclass(frozen=True, slots=True)
class _Utterance:
    """Quotes of different articles that are one utterance."""

    said: Said
    """The one that is shown first."""
    others: tuple[tuple[Said, float], ...]
    """The other wordings, in group order, with their likeness to it."""

    @property
    def members(self) -> tuple[Said, ...]:
        """All its wordings."""
        return (self.said, *(said for said, _ in self.others))


def choose_quotes(
    said: Sequence[Said], pairs: Sequence[Pair], extracts: Sequence[Statement], most: int
) -> tuple[StoryQuote, ...]:
    """Return at most ``most`` quotes (of a single report three), in order of article and place."""
    utterances = [u for u in _utterances(said, pairs) if u.others or not _told(u.said, extracts)]
    places = {one.place for one in said}
    most = min(most, _SINGLE) if len(places) == 1 and not pairs else most
    worth = {id(u): _worth(u) for u in utterances}
    chosen: list[_Utterance] = []
    left = [u for u in utterances if worth[id(u)] > 0]
    while left and len(chosen) < most:
        chosen.append(max(left, key=lambda u: worth[id(u)] * _freshness(u, chosen)))
        left = _not_within(chosen[-1], left)
    chosen.sort(key=lambda utterance: (utterance.said.place, utterance.said.number))
    return tuple(_story_quote(utterance) for utterance in chosen)


def _utterances(said: Sequence[Said], pairs: Sequence[Pair]) -> list[_Utterance]:
    """Return each utterance once, its fullest wording with the best known speaker first."""
    likeness: defaultdict[Said, dict[Said, float]] = defaultdict(dict)
    for pair in pairs:
        likeness[pair.one][pair.other] = likeness[pair.other][pair.one] = pair.likeness
    utterances, taken = [], set[Said]()
    for one in sorted(said, key=_fullness, reverse=True):
        if one not in taken:
            members = [one, *sorted((other for other in likeness[one] if other not in taken), key=_in_order)]
            shown = _shown_first(members)
            taken.update(members)
            others = tuple(
                (s, likeness[shown].get(s, likeness[one].get(s, 1.0))) for s in members if s is not shown
            )
            utterances.append(_Utterance(shown, tuple(sorted(others, key=lambda o: _in_order(o[0])))))
    return utterances


def _in_order(said: Said) -> tuple[int, int]:
    """Return where a quote stands in the group."""
    return said.place, said.number


def _shown_first(members: Sequence[Said]) -> Said:
    """Return the fullest wording whose speaker most articles name; the first is the fullest of all."""
    trust: dict[str, float] = {}
    for member in members:
        if is_person(member.speaker):
            trust[member.speaker] = trust.get(member.speaker, 0.0) + member.quote.confidence
    if not trust:
        return members[0]
    believed = max(trust, key=lambda speaker: trust[speaker])
    return max((m for m in members if m.speaker == believed), key=_fullness)


def _fullness(said: Said) -> tuple[bool, bool, int, int, int]:
    """Return what decides which wording is shown first."""
    named = is_person(said.speaker)
    return named, said.quote.closed, len(said.words.words), -said.place, -said.number


def _told(said: Said, extracts: Sequence[Statement]) -> bool:
    """Tell whether an extract holds the quote, or says most of it."""
    words = said.words.meanings
    return any(
        (extract.article is said.carrier.article and extract.first == said.carrier.first)
        or (words and len(words & extract.meanings) > _REPEATED * len(words))
        for extract in extracts
    )


def _not_within(chosen: _Utterance, left: Sequence[_Utterance]) -> list[_Utterance]:
    """Return the utterances whose words no wording of a chosen one holds; so it is not among them itself."""
    wordings = {spaced(member.words.words) for member in chosen.members}
    said = ((utterance, spaced(utterance.said.words.words)) for utterance in left)
    return [utterance for utterance, words in said if not any(words in wording for wording in wordings)]


def _worth(utterance: _Utterance) -> float:
    """Return what an utterance is worth: other wordings, a known speaker, a whole sentence, a fact."""
    said, words = utterance.said, utterance.said.words
    size = len(words.words)
    if not said.quote.closed or (not utterance.others and not _FEWEST_WORDS <= size <= _MOST_WORDS):
        return 0.0
    worded = 2.0 if any(other.words.words != words.words for other, _ in utterance.others) else 0.0
    known = 1.0 if is_person(said.speaker) else 0.6 if said.speaker else 0.25
    whole = 1.0 if said.quote.kind == "direct" else 0.6
    fact = 1.2 if words.numbers or lexicon(words.lang).future.found(words.words) else 1.0
    return worded + known * whole * fact * (0.5 + min(1.0, len(words.meanings) / _RICH))


def _freshness(utterance: _Utterance, chosen: Sequence[_Utterance]) -> float:
    """Return what earlier choices leave of an utterance's worth."""
    left = 1.0
    for other in chosen:
        left *= _AGAIN if other.said.speaker == utterance.said.speaker else 1.0
        left *= _SAME_OUTLET if other.said.place == utterance.said.place else 1.0
    return left


def _story_quote(utterance: _Utterance) -> StoryQuote:
    """Return an utterance as it is published."""
    said = utterance.said
    article, quote, text = said.words.article, said.quote, _text(said)
    clear = bool(said.speaker)
    return StoryQuote(
        passage=_passage(said),
        speaker=said.speaker,
        role=quote.role if clear else "",
        mention=article.shown(quote.mention) if clear and quote.mention else "",
        cue=article.shown(quote.cue) if clear and quote.cue else "",
        via=quote.via,
        confidence=quote.confidence,
        inferred=quote.inferred,
        pieces=pieces(text, _text(utterance.others[0][0])) if utterance.others else (),
        variants=tuple(
            Variant(_passage(other), pieces(_text(other), text), likeness)
            for other, likeness in utterance.others
        ),
    )


def _passage(said: Said) -> Passage:
    """Return where a quote stands, without the comma that leads on to its speaker."""
    span, text = said.quote.span, said.words.article.text
    comma = span.end - 1 > span.start and text[span.end - 1] == ","
    return Passage(said.words.article.id, Span(span.start, span.end - comma), said.carrier.first)


def _text(said: Said) -> str:
    """Return the words of a quote as they are published."""
    return said.words.text.removesuffix(",")
