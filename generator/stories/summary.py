"""The sentences that tell a story in brief, word for word.

From several articles those are chosen that cover most of what the articles share (``selection``); a single
report is told by its first sentences that stand alone. Words are never trimmed, joined or changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.config import SummarySettings
from generator.model import Article
from generator.stories.candidates import SHORTEST, candidates, emptiness, stands_alone, word_count
from generator.stories.coverage import bigrams, stems, weigh
from generator.stories.equivalents import meanings
from generator.stories.phrases import lexicon
from generator.stories.selection import MOST_OVERLAP, Candidate, Limits, overlap, select

_LEADING = 3
"""Most sentences of a single report."""
_FEWEST_WORDS = 4
"""Words of a sentence that tells a report which has no longer one."""

Place = tuple[int, int]
"""An article's place in the group, and a sentence's in the article."""


def summarise(articles: Sequence[Article], settings: SummarySettings) -> tuple[Place, ...]:
    """Return where the chosen sentences are, in reading order: an opening, then by day and position.

    Empty only when no sentence stands alone.
    """
    limits = Limits(settings.max_words, settings.sentences)
    found = list(_candidates(articles)) if len(articles) > 1 else []
    if len({candidate.article for candidate in found}) < 2:
        return _lead(articles, limits)
    chosen = [found[at] for at in select(found, weigh(articles), limits)]
    return _ordered(articles, [(candidate.article, candidate.sentence) for candidate in chosen])


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


def _candidates(articles: Sequence[Article]) -> Iterator[Candidate]:
    """Yield the sentences that may be chosen; of those that repeat another, the first."""
    seen: set[tuple[str, ...]] = set()
    for place, article in enumerate(articles):
        seen.add(article.title_words)
        roots = stems(article)
        for at in candidates(article):
            words = article.words[at]
            if words not in seen:
                seen.add(words)
                yield Candidate(
                    article=place,
                    sentence=at,
                    size=word_count(article, at),
                    concepts=frozenset(bigrams(roots[at])),
                    content=_content(article, at),
                    numbers=frozenset(word for word in words if word[0].isdigit()),
                    empty=_emptiness(article, at),
                )


def _lead(articles: Sequence[Article], limits: Limits) -> tuple[Place, ...]:
    """Return the first sentences that stand alone of the first article that has one."""
    for shortest in (SHORTEST, _FEWEST_WORDS):
        for place, article in enumerate(articles):
            if chosen := tuple(_leading(article, limits, shortest)):
                return tuple((place, at) for at in chosen)
    return ()


def _leading(article: Article, limits: Limits, shortest: int) -> Iterator[int]:
    """Yield the first sentences that stand alone and do not repeat each other; after the first, facts only."""
    taken: list[frozenset[str]] = []
    words = 0
    for at in range(len(article.sentences)):
        if len(taken) == min(_LEADING, limits.sentences):
            break
        size, content = word_count(article, at), _content(article, at)
        if (
            words + size <= limits.words
            and stands_alone(article, at, shortest)
            and not (taken and _emptiness(article, at) == 1.0)
            and all(overlap(content, other) <= MOST_OVERLAP for other in taken)
        ):
            taken.append(content)
            words += size
            yield at


def _content(article: Article, sentence: int) -> frozenset[str]:
    """Return what the content words of a sentence mean."""
    return frozenset(meaning for _, meaning in meanings(article.words[sentence], article.meta.lang))


def _emptiness(article: Article, sentence: int) -> float:
    """Return how much a sentence lacks source, figure and name."""
    lists = lexicon(article.meta.lang)
    return emptiness(article.words[sentence], article.shown(article.sentences[sentence]), lists)
