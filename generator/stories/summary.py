"""The sentences that tell a story in brief, word for word.

From several articles those are chosen that cover most of what the articles share (``selection``); a single
report is told by its first sentences that stand alone. Words are never trimmed, joined or changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from generator.config import SummarySettings
from generator.model import Article
from generator.stories.candidates import SHORTEST, emptiness, stands_alone, word_count
from generator.stories.material import Material
from generator.stories.phrases import lexicon
from generator.stories.problem import MOST_OVERLAP, Candidate, Limits, overlap
from generator.stories.selection import select
from generator.stories.statements import Statement

_LEADING = 3
"""Most sentences of a single report."""
_FEWEST_WORDS = 4
"""Words of a sentence that tells a report which has no longer one."""

Place = tuple[int, int]
"""An article's place in the group, and a sentence's in the article."""


def summarise(material: Material, settings: SummarySettings) -> tuple[Place, ...]:
    """Return where the chosen sentences are, in reading order: an opening, then by day and position.

    Empty only when no sentence stands alone.
    """
    limits = Limits(settings.max_words, settings.sentences)
    articles = material.articles
    if len(articles) == 1:
        return _lead(material, limits)
    titles = {article.title_words for article in articles}
    found = _shared(_candidates(material, titles)) or _shared(_candidates(material, set()))
    if not found:
        return _lead(material, limits)
    wanted = chain.from_iterable(candidate.concepts for candidate in found)
    chosen = [found[at] for at in select(found, material.wording.concepts.weigh(wanted), limits)]
    return _ordered(articles, [(candidate.article, candidate.sentence) for candidate in chosen])


def _shared(found: Iterator[Candidate]) -> list[Candidate]:
    """Return the candidates if several articles have some, else none."""
    candidates = list(found)
    return candidates if len({candidate.article for candidate in candidates}) > 1 else []


def _ordered(articles: Sequence[Article], places: Sequence[Place]) -> tuple[Place, ...]:
    """Return places by day, position and article; first of all, the one nearest to its article's opening."""
    order = sorted(places, key=lambda place: _reading_order(articles, place))
    opening = min(order, key=lambda place: place[1])
    order.remove(opening)
    return (opening, *order)


def _reading_order(articles: Sequence[Article], place: Place) -> tuple[bool, dt.date, int, int]:
    """Return what places are sorted by: day (undated last), position, article."""
    date = articles[place[0]].meta.date
    return date is None, date.day if date else dt.date.min, place[1], place[0]


def _candidates(material: Material, known: AbstractSet[tuple[str, ...]]) -> Iterator[Candidate]:
    """Yield the sentences that may be chosen but those that are known; of those that repeat another, the first."""
    seen = set(known)
    counting = material.wording.stream.counting.tolist()
    for place in range(len(material.articles)):
        for statement in material.statements[place]:
            at, words = statement.first, statement.words
            if words not in seen and material.stands_alone(place, at):
                seen.add(words)
                row = statement.row
                yield Candidate(
                    article=place,
                    sentence=at,
                    size=word_count(words, statement.text),
                    concepts=material.wording.concepts.of(row),
                    content=statement.meanings,
                    numbers=frozenset(word for word in words if word[0].isdigit())
                    if counting[row]
                    else frozenset(),
                    empty=emptiness(words, statement.text, lexicon(statement.lang)),
                )


def _lead(material: Material, limits: Limits) -> tuple[Place, ...]:
    """Return the first sentences that stand alone of the first article that has one."""
    for shortest in (SHORTEST, _FEWEST_WORDS):
        for place in range(len(material.articles)):
            if chosen := tuple(_leading(material, place, limits, shortest)):
                return tuple((place, at) for at in chosen)
    return ()


def _leading(material: Material, place: int, limits: Limits, shortest: int) -> Iterator[int]:
    """Yield the first sentences that stand alone and do not repeat each other; after the first, facts only."""
    taken: list[frozenset[str]] = []
    left = limits.words
    for statement in material.statements[place]:
        if len(taken) == min(_LEADING, limits.sentences):
            break
        if _may_lead(material, place, statement, shortest, taken):
            size = word_count(statement.words, statement.text)
            if size <= left:
                taken.append(statement.meanings)
                left -= size
                yield statement.first


def _may_lead(
    material: Material, place: int, statement: Statement, shortest: int, taken: Sequence[frozenset[str]]
) -> bool:
    """Tell whether a sentence may follow those that are taken."""
    at = statement.first
    usual = shortest == SHORTEST
    alone = (
        material.stands_alone(place, at)
        if usual
        else stands_alone(statement.article, at, (statement.words, statement.text), shortest)
    )
    if not alone or any(overlap(statement.meanings, other) > MOST_OVERLAP for other in taken):
        return False
    return not taken or emptiness(statement.words, statement.text, lexicon(statement.lang)) < 1.0
