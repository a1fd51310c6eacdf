"""The member headline that says the story best: informative, short, about what the articles share.

Headlines are taken word for word. Section labels, file names, questions and "LIVE:" lose against plain
statements. A story without a usable headline is headed by a first sentence, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import sqrt

from generator.language.background import background
from generator.language.words import is_stop, stem, stem_of
from generator.model import Article, Group, Headline, Moment
from generator.stories.amounts import counted
from generator.stories.candidates import stands_alone
from generator.stories.material import Material
from generator.stories.phrases import lexicon, numerals

_FEWEST_GOOD, _MOST_GOOD = 5, 14
"""Words of a headline that says enough and no more."""
_LENGTH_LOSS = 0.07
"""Part of its worth that a headline loses for each word too few or too many."""
_TEASER_LOSS = 0.5
_NAMELESS_LOSS = 0.8
"""Worth left to a headline of which nobody can say whose it is."""
_OVERTAKEN_LOSS = 0.6
"""Worth left to a headline whose number a later one has replaced: five dead, then six."""
_FILE_NAME = re.compile(
    r"\S+\.(?:txt|md|html?|pdf|docx?|xml)|[^\s_]+(?:_[^\s_]+){2,20}|(?:[\w]+-)?[0-9a-f]{8,64}", re.IGNORECASE
)
_OPENING_SENTENCES = 5
"""Sentences of an article without a headline among which one that stands alone is looked for."""


def choose_headline(group: Group, material: Material) -> Headline:
    """Return the override, the best of the articles' headlines, or a first sentence; ``material`` is the group's."""
    first = group.articles[0]
    if group.title:
        return Headline(group.title, first.id, "override")
    titled = [article for article in group.articles if is_headline(article.meta.title, article.meta.lang)]
    if titled:
        best = max(titled, key=_worth(material)) if len(titled) > 1 else titled[0]
        return Headline(best.meta.title, best.id, "headline")
    for article in group.articles:
        if article.sentences:
            return Headline(article.shown(article.sentences[_opening(article)]), article.id, "first sentence")
    return Headline(first.meta.title, first.id, "headline")


def is_headline(title: str, lang: str) -> bool:
    """Tell whether a title says something: no section label, doubled line or file name."""
    words = title.lower().split()
    half = len(words) // 2
    doubled = len(words) > 3 and words[:half] == words[half:]
    label = lexicon(lang).labels.open(words) == len(words)
    return bool(words) and not label and not doubled and not _FILE_NAME.fullmatch(title.strip())


def _worth(material: Material) -> Callable[[Article], float]:
    """Return how well an article's headline tells what the articles share."""
    titles = [set(map(stem_of(article.meta.lang), article.title_words)) for article in material.articles]
    holders = material.wording.concepts.holders(frozenset().union(*titles))
    for at, title in enumerate(titles):
        for root in title:
            holders.setdefault(root, set()).add(at)

    overtaken = _overtaken(material.articles)

    def worth(article: Article) -> float:
        lang = article.meta.lang
        said = {stem(word, lang) for word in article.title_words if not is_stop(word, lang)}
        shared = sum(background().stem_idf(root) * len(holders[root]) for root in sorted(said))
        words = len(article.meta.title.split())
        wrong = max(_FEWEST_GOOD - words, words - _MOST_GOOD, 0)
        fit = max(0.1, 1 - _LENGTH_LOSS * wrong) * (_TEASER_LOSS if _teases(article) else 1.0)
        fit *= 1.0 if article.meta.outlet else _NAMELESS_LOSS
        fit *= _OVERTAKEN_LOSS if article.id in overtaken else 1.0
        return fit * shared / sqrt(max(1, len(said)))

    return worth


def _overtaken(articles: Sequence[Article]) -> frozenset[str]:
    """Return the ids of the articles whose headlines count something where a later one of their language counts otherwise."""
    told = [
        (article, article.meta.date, given)
        for article in articles
        if article.meta.date and (given := _numbers(article))
    ]
    return frozenset(
        article.id
        for article, date, given in told
        if any(
            other.meta.lang == article.meta.lang and _is_later(later, date) and given.isdisjoint(others)
            for other, later, others in told
        )
    )


def _numbers(article: Article) -> frozenset[str]:
    """Return the numbers of a headline."""
    found = counted(article.title_words, numerals(article.meta.lang))
    return frozenset(number for _, _, number in found)


def _is_later(one: Moment, other: Moment) -> bool:
    """Tell whether a moment is after another one, as far as both are known."""
    if one.time and other.time:
        return one.time > other.time
    return one.day > other.day


def _teases(article: Article) -> bool:
    """Tell whether a headline asks, trails off, or says what kind of piece it heads."""
    title = article.meta.title.strip()
    teasers = lexicon(article.meta.lang).teasers
    return (
        title[-1:] in "?…:"
        or title.endswith("...")
        or teasers.open(title.lower().replace(":", "").split()) > 0
    )


def _opening(article: Article) -> int:
    """Return the index of the sentence that heads an article without a headline."""
    opening = range(min(_OPENING_SENTENCES, len(article.sentences)))
    return next((at for at in opening if stands_alone(article, at)), 0)
