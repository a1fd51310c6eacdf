"""When it happened: the dated facts of a story, in order of time.

Dates are those that ``daywords`` can tell. Words inside quotations are left alone, and so are sentences that
do not stand alone. Of sentences that say much the same of one day the first is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.language.words import is_stop, stem
from generator.model import Article, Event, Passage, Span
from generator.stories.candidates import stands_alone
from generator.stories.daywords import find_dates, may_date
from generator.stories.selection import overlap

_MOST, _MOST_A_DAY = 12, 3
_REPEATED = 0.5
"""Part of a sentence's words that another of the same day may hold."""


def find_events(articles: Sequence[Article]) -> tuple[Event, ...]:
    """Return at most twelve events, three of a day, by day; of equals the earlier article, then place."""
    kept: list[tuple[Event, frozenset[str]]] = []
    days: Counter[str] = Counter()
    rank = {article.id: place for place, article in enumerate(articles)}
    found = [(event, words) for article in articles for event, words in _events(article)]
    for event, words in sorted(
        found, key=lambda one: (one[0].passage.sentence, rank[one[0].passage.article])
    ):
        same_day = [other for known, other in kept if (known.day, known.end) == (event.day, event.end)]
        told = any(overlap(words, other) > _REPEATED for other in same_day)
        if not told and len(kept) < _MOST and days[str(event.day)] < _MOST_A_DAY:
            days[str(event.day)] += 1
            kept.append((event, words))
    events = [event for event, _ in kept]
    return tuple(sorted(events, key=lambda e: (e.day, e.end or e.day, rank[e.passage.article], e.said)))


def _events(article: Article) -> Iterator[tuple[Event, frozenset[str]]]:
    """Yield the first date of each sentence that stands alone, with the sentence's content words."""
    lang = article.meta.lang
    told = article.meta.date.day if article.meta.date else None
    for at, (span, words) in enumerate(zip(article.sentences, article.words, strict=True)):
        if not may_date(words, lang):
            continue
        dates = [
            dated
            for dated in find_dates(article.text[span.start : span.end], lang, told)
            if not _quoted(article, span.start + dated.start)
        ]
        if dates and stands_alone(article, at):
            first = dates[0]
            said = Span(span.start + first.start, span.start + first.stop)
            content = frozenset(stem(word, lang) for word in words if not is_stop(word, lang))
            passage = Passage(article.id, span, at)
            yield Event(first.day, first.end, said, passage, first.resolved), content


def _quoted(article: Article, offset: int) -> bool:
    """Tell whether a character stands inside a quotation."""
    return any(quote.span.start <= offset < quote.span.end for quote in article.quotes)
