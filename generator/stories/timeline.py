"""When it happened: the dated facts of a story, in order of time.

Dates are those that ``daywords`` can tell. Words inside quotations and relative clauses are left alone, and
so are sentences that do not stand alone. Of sentences that say much the same of one day the first is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.model import Event, Passage, Span
from generator.stories.clauses import relative_clauses
from generator.stories.daywords import find_dates, may_date
from generator.stories.material import Material
from generator.stories.problem import overlap

_MOST, _MOST_A_DAY = 12, 3
_REPEATED = 0.5
"""Part of a sentence's words that another of the same day may hold."""


def find_events(material: Material) -> tuple[Event, ...]:
    """Return at most twelve events, three of a day, by day; of equals the earlier article, then place."""
    kept: list[tuple[Event, frozenset[str]]] = []
    days: Counter[str] = Counter()
    rank = {article.id: place for place, article in enumerate(material.articles)}
    found = [found for place in range(len(material.articles)) for found in _events(material, place)]
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


def _events(material: Material, place: int) -> Iterator[tuple[Event, frozenset[str]]]:
    """Yield the first date of each sentence that stands alone, with the sentence's meanings."""
    article = material.articles[place]
    lang, told = article.meta.lang, article.meta.date.day if article.meta.date else None
    for at, (span, words) in enumerate(zip(article.sentences, material.wording.lines[place], strict=True)):
        if not may_date(words, lang) or not material.stands_alone(place, at):
            continue
        text = article.text[span.start : span.end]
        for dated in find_dates(text, words, lang, told):
            said = Span(span.start + dated.start, span.start + dated.stop)
            if not article.quotes_in(Span(said.start, said.start + 1)) and not _in_passing(
                text, dated.start, lang
            ):
                event = Event(dated.day, dated.end, said, Passage(article.id, span, at), dated.resolved)
                yield event, material.statements[place][at].meanings
                break


def _in_passing(text: str, offset: int, lang: str) -> bool:
    """Tell whether a character stands in a relative clause: its day is not that of what the sentence reports."""
    return any(start <= offset < end for start, end in relative_clauses(text, lang))
