"""All statements of a story, weighed against each other and searchable.

A word is worth less the more sentences of the story hold it: that everybody names the same town says nothing
of whether two sentences state the same fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest

from generator.language.remembered import once
from generator.language.words import tokens
from generator.model import Article, Span
from generator.stories.candidates import stands_alone
from generator.stories.name_runs import KnownNames
from generator.stories.statements import Identity, Statement
from generator.stories.support import FAR, Relation, relate
from generator.stories.unit import cosine
from generator.stories.wording import Wording

_PAIR_LIKENESS = 0.35
"""Cosine of each of two neighbours from which they are tried together."""


_SAME_FIRST = 0.05
"""Cosine by which a sentence that differs must be more like than one that says the same."""
_ROUNDING = 1e-9
_PAIR_HELD = 0.6
"""Part of a sentence's weight that two others must hold together to say the same."""
_ECHO, _ECHO_MEANINGS = 0.27, 1
"""Cosine from which two sentences may say the same; meanings that do beside a number."""
_MOST_NEAR = 200
"""Sentences of one article that are held against a sentence: the likest."""
_DIGITS = 3
"""Digits up to which a number, with its mark, needs other words to tell what it counts."""
_COMMON_NUMBERS = ("1", "2", "3")


_Near = tuple[float, Statement]
"""A statement, and its cosine with another."""


class Sentence(Statement):
    """A whole sentence: in a story of several reports, what it means is found with what all others mean."""

    def __init__(
        self,
        article: Article,
        known: KnownNames,
        story: Wording,
        place: tuple[int, int],
        words: tuple[str, ...],
    ) -> None:
        """Take its place in the article, and among all sentences of the story."""
        at, self.row = place
        super().__init__(article, known, story, (at, at), (article.sentences[at], words))

    @once
    def located(self) -> tuple[tuple[int, str], ...]:
        """As of any statement."""
        return self.story.senses.located(self.row) if self.story.several else super().located

    @once
    def meanings(self) -> frozenset[str]:
        """As of any statement."""
        return self.story.senses.meanings(self.row) if self.story.several else super().meanings

    @once
    def numbers(self) -> Mapping[str, frozenset[str]]:
        """As of any statement."""
        return self.story.senses.numbers(self.row) if self.story.several else super().numbers

    @once
    def vector(self) -> Mapping[str, float]:
        """As of any statement."""
        return self.story.senses.vector(self.row)


class Material:
    """The statements of a story's articles, by article and sentence."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        self.wording = Wording(articles)
        self._known = [KnownNames(article) for article in articles]
        self._alone: dict[tuple[int, int], bool] = {}
        self._pairs: dict[tuple[int, int], Statement] = {}
        self._related: dict[tuple[str, Identity], Mapping[int, tuple[Statement, Relation]]] = {}
        self.statements = tuple(
            tuple(self._sentence(place, at) for at in range(len(lines)))
            for place, lines in enumerate(self.wording.lines)
        )

    def _sentence(self, place: int, at: int) -> Sentence:
        known, wording = self._known[place], self.wording
        return Sentence(
            self.articles[place], known, wording, (at, wording.first[place] + at), wording.lines[place][at]
        )

    def stands_alone(self, place: int, sentence: int) -> bool:
        """Tell whether a sentence may be published on its own."""
        key = place, sentence
        if key not in self._alone:
            statement = self.statements[place][sentence]
            self._alone[key] = stands_alone(self.articles[place], sentence, (statement.words, statement.text))
        return self._alone[key]

    def carrier(self, place: int, offset: int) -> Sentence:
        """Return the sentence of an article that holds a character."""
        return self.statements[place][max(0, self.articles[place].sentence_at(offset))]

    def excerpt(self, place: int, span: Span) -> Statement:
        """Return a statement of these words alone."""
        article = self.articles[place]
        at = max(0, article.sentence_at(span.start))
        words = tokens(article.shown(span), article.meta.lang)
        return Statement(article, self._known[place], self.wording, (at, at), (span, words))

    def related(self, sentence: Sentence) -> Mapping[int, tuple[Statement, Relation]]:
        """Return what other articles say of a sentence: each one's likest that says the same, or differs."""
        if not (near := self._likeness(sentence, FAR)):
            return {}
        key = sentence.article.id, sentence.identity
        if key not in self._related:
            found = {
                place: self._likest(sentence, self._near(sentence, place, _greatest(like)))
                for place, like in near.items()
            }
            self._related[key] = {place: likest for place, likest in found.items() if likest}
        return self._related[key]

    def _likest(self, sentence: Sentence, near: Iterable[_Near]) -> tuple[Statement, Relation] | None:
        """Return the likest of some statements that bears on a sentence; of equals, the first."""
        best, likest = (0.0, 0), None
        for order, (likeness, other) in sorted(enumerate(near), key=lambda one: -one[1][0]):
            if likeness + _SAME_FIRST + _ROUNDING < best[0]:
                break
            if relation := relate(sentence, other):
                rank = relation.likeness + _SAME_FIRST * (relation.kind == "same"), -order
                if rank > best:
                    best, likest = rank, (other, relation)
        return likest

    def echoed(self, statement: Sentence) -> bool:
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

    def _near(self, sentence: Sentence, place: int, likeness: Mapping[int, float]) -> Iterator[_Near]:
        """Yield the sentences of an article that are like one, then pairs of neighbours that hold most of it.

        Of sentences that are the same word for word, and of such pairs, the first: nothing else can come of others.
        """
        own, seen = self.statements[place], set[tuple[Identity, ...]]()
        for at, value in likeness.items():
            if (same := (own[at].identity,)) not in seen:
                seen.add(same)
                yield value, own[at]
        for at, value in likeness.items():
            if min(value, likeness.get(at + 1, 0.0)) >= _PAIR_LIKENESS:
                both = own[at].identity, own[at + 1].identity
                if both not in seen and self._adjoin(place, at):
                    seen.add(both)
                    if _covers(pair := self._pair(place, at), sentence):
                        yield cosine(pair.vector, sentence.vector), pair

    def _pair(self, place: int, at: int) -> Statement:
        """Return the statement that a sentence makes together with the next."""
        if (place, at) not in self._pairs:
            article, lines = self.articles[place], self.wording.lines[place]
            span = Span(article.sentences[at].start, article.sentences[at + 1].end)
            said = span, lines[at] + lines[at + 1]
            self._pairs[place, at] = Statement(article, self._known[place], self.wording, (at, at + 1), said)
        return self._pairs[place, at]

    def _likeness(self, sentence: Sentence, least: float) -> dict[int, dict[int, float]]:
        """Return the cosines, from ``least`` on and above 0, of sentences of other articles, by article and sentence."""
        by_article: dict[int, dict[int, float]] = {}
        for row, likeness in self.wording.senses.like(sentence.row, least):
            by_article.setdefault(self._at[row][0], {})[self._at[row][1]] = likeness
        return by_article

    @once
    def _at(self) -> list[tuple[int, int]]:
        """The article and the place in it of each sentence, all articles' one after the other."""
        return [(place, at) for place, some in enumerate(self.wording.lines) for at in range(len(some))]

    def _adjoin(self, place: int, at: int) -> bool:
        """Tell whether only blanks stand between a sentence and the next."""
        article = self.articles[place]
        between = article.text[article.sentences[at].end : article.sentences[at + 1].start]
        return between.isspace() and between.count("\n") < 2


def _greatest(likeness: Mapping[int, float]) -> Mapping[int, float]:
    """Return the greatest of the cosines of an article's sentences, in order of place; of equals, the first."""
    if len(likeness) <= _MOST_NEAR:
        return likeness
    return {at: likeness[at] for at in sorted(nlargest(_MOST_NEAR, likeness, likeness.__getitem__))}


def _covers(other: Statement, statement: Statement) -> bool:
    """Tell whether a statement of two sentences holds most of what one says."""
    held = sum(weight * weight for part, weight in statement.vector.items() if part in other.vector)
    return held >= _PAIR_HELD
