"""All statements of a story, weighed against each other and searchable.

A word is worth less the more sentences of the story hold it: that everybody names the same town says nothing
of whether two sentences state the same fact.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import log, sqrt

from generator.language.background import background
from generator.language.remembered import once
from generator.model import Article, Span
from generator.stories.candidates import stands_alone
from generator.stories.coverage import Stems, stems
from generator.stories.name_runs import KnownNames
from generator.stories.statements import Statement, cosine
from generator.stories.support import FAR, Relation, relate

_MOST_RARE = 6.5
"""Greatest weight of a word: names that no background text holds would else outweigh all they do."""
_NUMBER_WEIGHT = 4.0
"""Weight of a number beside words, which weigh from 1.0 to 6.5."""
_SMOOTHING = 20
"""Sentences that a story is thought to have besides its own, so that short stories are weighed alike."""
_PAIR_LIKENESS = 0.35
"""Cosine of each of two neighbours from which they are tried together."""


_SAME_FIRST = 0.05
"""Cosine by which a sentence that differs must be more like than one that says the same."""
_PAIR_HELD = 0.6
"""Part of a sentence's weight that two others must hold together to say the same."""
_ECHO, _ECHO_MEANINGS = 0.27, 1
"""Cosine from which two sentences may say the same; meanings that do beside a number."""
_DIGITS = 3
"""Digits up to which a number, with its mark, needs other words to tell what it counts."""
_COMMON_NUMBERS = ("1", "2", "3")


class Material:
    """The statements of a story's articles, by article and sentence."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        self._known = [KnownNames(article) for article in articles]
        self._alone: dict[tuple[int, int], bool] = {}
        self.statements = tuple(
            tuple(self._statement(place, at, at) for at in range(len(article.sentences)))
            for place, article in enumerate(articles)
        )

    def _statement(self, place: int, first: int, last: int) -> Statement:
        return Statement(self.articles[place], self._known[place], self, (first, last))

    def stands_alone(self, place: int, sentence: int) -> bool:
        """Tell whether a sentence may be published on its own."""
        key = place, sentence
        if key not in self._alone:
            text = self.statements[place][sentence].text
            self._alone[key] = stands_alone(self.articles[place], sentence, text)
        return self._alone[key]

    def carrier(self, place: int, offset: int) -> Statement:
        """Return the sentence of an article that holds a character."""
        return self.statements[place][max(0, self.articles[place].sentence_at(offset))]

    def excerpt(self, place: int, span: Span) -> Statement:
        """Return a statement of these words alone."""
        at = max(0, self.articles[place].sentence_at(span.start))
        return Statement(self.articles[place], self._known[place], self, (at, at), span)

    def related(self, statement: Statement) -> dict[int, tuple[Statement, Relation]]:
        """Return what other articles say of a statement: each one's likest sentence that says the same, or differs."""
        found: dict[int, tuple[Statement, Relation]] = {}
        for place, likeness in self._likeness(statement, FAR).items():
            best = 0.0
            for other in self._near(place, likeness):
                relation = relate(statement, other)
                if relation and (other.first == other.last or _covers(other, statement)):
                    rank = relation.likeness + _SAME_FIRST * (relation.kind == "same")
                    if rank > best:
                        best, found[place] = rank, (other, relation)
        return found

    def echoed(self, statement: Statement) -> bool:
        """Tell whether another article may say the same in other words: alike at all, or with a number in common.

        An article in a language that no other article has cannot be compared, and counts as echoed.
        """
        others = [at for at, article in enumerate(self.articles) if article is not statement.article]
        if all(self.articles[at].meta.lang != statement.lang for at in others):
            return True
        counts = {f"#{number}" for number in statement.numbers if number not in _COMMON_NUMBERS}
        telling = {count for count in counts if len(count) > _DIGITS}
        for place, found in self._likeness(statement, 0.0 if counts else _ECHO).items():
            for at, likeness in found.items():
                other = self.statements[place][at]
                alike = likeness >= _ECHO and cosine(statement.core, other.core) >= _ECHO
                if alike or not telling.isdisjoint(other.vector):
                    return True
                shared = len(statement.meanings & other.meanings) if counts else 0
                if shared >= _ECHO_MEANINGS and not counts.isdisjoint(other.vector):
                    return True
        return False

    def _near(self, place: int, likeness: Mapping[int, float]) -> Iterator[Statement]:
        """Yield the sentences of an article that are like a statement, then pairs of neighbours that are."""
        yield from (self.statements[place][at] for at in likeness)
        for at, value in likeness.items():
            if min(value, likeness.get(at + 1, 0.0)) >= _PAIR_LIKENESS and self._adjoin(place, at):
                yield self._statement(place, at, at + 1)

    def _likeness(self, statement: Statement, least: float) -> dict[int, dict[int, float]]:
        """Return the cosines, from ``least`` on and above 0, of sentences of other articles, by article and sentence."""
        sums = [0.0] * len(self._numbered)
        postings = self._postings
        for meaning, weight in statement.vector.items():
            for number, other in postings[meaning]:
                sums[number] += weight * other
        by_article: dict[int, dict[int, float]] = {}
        for number, likeness in enumerate(sums):
            if likeness >= least and likeness:
                place, at = self._numbered[number]
                if self.articles[place] is not statement.article:
                    by_article.setdefault(place, {})[at] = likeness
        return by_article

    @once
    def _numbered(self) -> list[tuple[int, int]]:
        """The place of each sentence, all articles' one after the other."""
        return [(place, at) for place, some in enumerate(self.statements) for at in range(len(some))]

    @once
    def _postings(self) -> Mapping[str, list[tuple[int, float]]]:
        """The sentences that hold a meaning, by number, with its weight there."""
        table: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, statement in enumerate(chain.from_iterable(self.statements)):
            for meaning, weight in statement.vector.items():
                table[meaning].append((number, weight))
        return table

    def _adjoin(self, place: int, at: int) -> bool:
        """Tell whether only blanks stand between a sentence and the next."""
        article = self.articles[place]
        between = article.text[article.sentences[at].end : article.sentences[at + 1].start]
        return between.isspace() and between.count("\n") < 2

    @once
    def roots(self) -> tuple[Stems, ...]:
        """The stems of each sentence of each article."""
        return tuple(map(stems, self.articles))

    @once
    def rarity(self) -> Mapping[str, float]:
        """The weight of each meaning and number: rare in general, and rare in this story."""
        statements = list(chain.from_iterable(self.statements))
        times = Counter(chain.from_iterable(statement.meanings for statement in statements))
        times.update(f"#{number}" for statement in statements for number in statement.numbers)
        held = len(statements) + _SMOOTHING
        local = {count: sqrt(log(held / count)) for count in set(times.values())}
        return _Rarity(local.get(1, sqrt(log(held))), {m: _rarity(m) * local[n] for m, n in times.items()})


class _Rarity(dict[str, float]):
    """Weights; what is in no sentence as a whole weighs as if it were in one."""

    def __init__(self, once: float, weights: Mapping[str, float]) -> None:
        super().__init__(weights)
        self._once = once

    def __missing__(self, meaning: str) -> float:
        return _rarity(meaning) * self._once


@lru_cache(maxsize=1 << 16)
def _rarity(meaning: str) -> float:
    """Return the weight of a meaning or number in general."""
    if meaning[0] == "#":
        return _NUMBER_WEIGHT
    return min(_MOST_RARE, background().stem_idf(meaning.strip("=")))


def _covers(other: Statement, statement: Statement) -> bool:
    """Tell whether a statement of two sentences holds most of what one says."""
    held = sum(weight * weight for part, weight in statement.vector.items() if part in other.vector)
    return held >= _PAIR_HELD
