"""Paragraphs that recur over an outlet's articles: furniture that no list needs to know.

A paragraph is furniture when it stands in three or more of an outlet's articles that are different reports.
Reports that share most of their text, as copies of one agency report do, or whose own words are much the
same, as updates of one report are, count once. Articles without an outlet are taken together. Numbers
are put aside, so that "12 comments" recurs. Linear in the number of paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from operator import attrgetter, is_
from urllib.parse import urlsplit

from generator.language.words import is_stop, tokens
from generator.model import Article, Cut, Span
from generator.stories.remembered import Remembered
from generator.turned import Last, Order

_REPORTS = 3
"""Different reports in which a paragraph recurs."""
_SHARE = 0.1
"""Least share of the outlet's articles that hold it."""
_COPIED = 0.5
"""Share of an article's running text that stands in others too, from which it is taken for a copy."""
_SAME = 0.2
"""Jaccard likeness of the own words of two articles from which they tell one event."""
_SAMPLE = 12
"""Articles of a paragraph that are compared."""
_OWN_WORDS = 10
"""Articles with fewer words of their own do not count as reports."""
_PROSE_WORDS = 7
_LONGEST_WORD = 30
_MARKS = ".,;:!?…\"'“”‘’«»()"
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The uncut paragraphs of an article."""

    article: Article
    spans: tuple[Span, ...]
    keys: tuple[str, ...]
    """What makes paragraphs equal, parallel to ``spans``."""
    counts: tuple[int, ...]
    """Words of each paragraph of running text, 0 of others."""

    def share(self, keys: Iterable[str]) -> float:
        """Return the share of the running text that stands in paragraphs with these keys."""
        wanted = frozenset(keys)
        shared = sum(count for key, count in zip(self.keys, self.counts, strict=True) if key in wanted)
        return shared / (sum(self.counts) or 1)

    def own_words(self, shared: frozenset[str]) -> frozenset[str]:
        """Return the content words of the paragraphs that no other article shares."""
        words = {word.strip(_MARKS) for key in self.keys if key not in shared for word in key.split()}
        return frozenset(word for word in words if word and not is_stop(word, self.article.meta.lang))


class Sheets(Remembered[Sheet]):
    """The paragraphs of each article of the last build, and what was cut of each outlet's."""

    def __init__(self) -> None:
        super().__init__()
        self.order = Order[Article](attrgetter("path"))
        self.outlets = Last(_outlet)
        self._cut: dict[str, tuple[Sequence[Sheet], dict[str, tuple[Cut, ...]]]] = {}

    def cuts(self, outlets: Mapping[str, Sequence[Article]]) -> dict[str, tuple[Cut, ...]]:
        """Return what to cut of each article, by its id; looked for again where an outlet's sheets changed."""
        last, self._cut = self._cut, {}
        every = [article for some in outlets.values() for article in some]
        made = iter(self.each(every, None, lambda some: list(map(_sheet, some))))
        for outlet, some in outlets.items():
            sheets = list(islice(made, len(some)))
            known = last.get(outlet)
            same = known and len(known[0]) == len(sheets) and all(map(is_, known[0], sheets))
            self._cut[outlet] = known if known and same else (sheets, dict(_cuts(sheets)))
        return {id_: cuts for _, found in self._cut.values() for id_, cuts in found.items()}


def recurring(articles: Sequence[Article], known: Sheets | None = None) -> dict[str, tuple[Cut, ...]]:
    """Return what to cut of each article, by its id, in order; articles without cuts are left out.

    Never more than half of the running text of an article. ``known`` saves looking for paragraphs again.
    """
    if not known:
        return dict(chain.from_iterable(map(cuts_of, by_outlet(articles).values())))
    ordered = known.order.of(articles)
    return known.cuts(_of_each(ordered, known.outlets.of(ordered)))


def by_outlet(articles: Iterable[Article]) -> dict[str, tuple[Article, ...]]:
    """Return the articles of each outlet, by path, of those that have enough for anything to recur."""
    ordered = sorted(articles, key=attrgetter("path"))
    return _of_each(ordered, list(map(_outlet, ordered)))


def _of_each(articles: Sequence[Article], names: Sequence[str]) -> dict[str, tuple[Article, ...]]:
    """Return the articles of each outlet, of those that have enough for anything to recur."""
    outlets: defaultdict[str, list[Article]] = defaultdict(list)
    for article, outlet in zip(articles, names, strict=True):
        outlets[outlet].append(article)
    return {outlet: tuple(some) for outlet, some in outlets.items() if len(some) >= _REPORTS}


def cuts_of(articles: Iterable[Article]) -> tuple[tuple[str, tuple[Cut, ...]], ...]:
    """Return the id and the cuts of those of one outlet's articles that have any."""
    return tuple(_cuts(list(map(_sheet, articles))))


def _outlet(article: Article) -> str:
    """Return what articles of one outlet have in common."""
    return article.meta.outlet or urlsplit(article.meta.url).netloc


def _sheet(article: Article) -> Sheet:
    """Return the uncut paragraphs of an article."""
    spans = tuple(_uncut(article))
    pieces = [_words(article.text[slice(*span)], article.meta.lang) for span in spans]
    counts = tuple(len(words) if len(words) >= _PROSE_WORDS else 0 for words in pieces)
    return Sheet(article, spans, tuple(map(" ".join, pieces)), counts)


def _words(paragraph: str, lang: str) -> Sequence[str]:
    """Return the words that make a paragraph what it is, numbers put aside."""
    words = _NUMBER.sub("#", paragraph.casefold()).split()
    unspaced = len(paragraph) > _LONGEST_WORD * len(words)
    return tokens(paragraph, lang) if unspaced else words


def _uncut(article: Article) -> Iterator[Span]:
    """Yield the paragraphs that no cut touches."""
    starts = [cut.span.start for cut in article.cut]
    for span in article.paragraphs:
        at = bisect_left(starts, span.end)
        if at == 0 or article.cut[at - 1].span.end <= span.start:
            yield span


def _cuts(sheets: Sequence[Sheet]) -> Iterator[tuple[str, tuple[Cut, ...]]]:
    """Yield the id and the cuts of those of one outlet's articles that have any."""
    seen = Counter(key for sheet in sheets for key in set(sheet.keys))
    shared = frozenset(key for key, count in seen.items() if count >= _REPORTS)
    originals = [sheet for sheet in sheets if sheet.share(shared) <= _COPIED]
    least = max(_REPORTS, _SHARE * len(originals))
    own = cache(lambda place: originals[place].own_words(shared))
    places = _places(originals, shared)
    furniture = {key for key, where in places.items() if len(where) >= least and _are_reports(where, own)}
    for sheet in sheets:
        if not furniture.isdisjoint(sheet.keys) and sheet.share(furniture) <= _COPIED:
            spans = (span for span, key in zip(sheet.spans, sheet.keys, strict=True) if key in furniture)
            yield sheet.article.id, tuple(Cut(span, "recurring") for span in spans)


def _places(sheets: Sequence[Sheet], shared: frozenset[str]) -> Mapping[str, list[int]]:
    """Return which of the articles hold each of the shared paragraphs."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, sheet in enumerate(sheets):
        for key in shared.intersection(sheet.keys):
            places[key].append(place)
    return places


def _are_reports(places: Sequence[int], own: Callable[[int], frozenset[str]]) -> bool:
    """Tell whether enough of the articles are different reports, by their own words."""
    reports: list[frozenset[str]] = []
    for place in places[:: max(1, len(places) // _SAMPLE)][:_SAMPLE]:
        words = own(place)
        if len(words) >= _OWN_WORDS and all(_likeness(words, other) < _SAME for other in reports):
            reports.append(words)
    return len(reports) >= _REPORTS


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard likeness of two sets of words."""
    return len(one & other) / (len(one | other) or 1)
