"""Where sources differ: figures of one quantity, wordings of one quote, and names or days where that is sure.

Figures are compared by their frame, not by their sentences, which may be quite unlike: the same counted noun
(after a small table of synonyms), unit and kind of loss, another outlet, within a week, not too far apart,
and something else in common between the sentences; where no dead or injured are counted, two of the sentences must be alike at
least a little: what is merely counted alike, such as polls and delegates, is told of many. Hedged and additional amounts are never compared. A
sentence that gives both figures, or an article that gives both names, does not differ from who gives one.
Nobody is said to be wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Protocol, TypeVar

from generator.language.words import tokens
from generator.model import Article, Difference, Figure, Given, Span
from generator.stories.equivalents import meaning, meanings
from generator.stories.material import Material
from generator.stories.people import is_person
from generator.stories.statements import Statement
from generator.stories.support import Relation
from generator.stories.unit import cosine
from generator.stories.variants import Pair, Said, pieces

_MOST_RATIO = 2.5
_ROUNDED = 1.05
"""Ratio up to which a rough figure and another agree."""
_SMALL = 10
"""Counts up to which two figures are too common to be about one quantity."""
_HELD = 0.6
"""Part of all pairs of a group's figures that must not be too far apart."""
_INITIALS = 4
"""Most letters of a name in capitals that may stand for another name."""
_PARTS = ("%", "pp")
"""Units of what is a part of a whole."""
_MOST_DAYS = 7
_MOST_FIGURES = 100
"""Figures of one quantity in an article that are compared; who gives more gives a table."""
_SHARED, _SHARED_UNITS = 1, 3
"""Meanings that sentences must share besides the counted noun; more where a unit stands for it."""
_ALIKE, _ALIKE_UNITS = 0.14, 0.2
"""Least cosine of two sentences of a quantity; higher where a unit stands for the counted noun."""
_SHARED_ENOUGH = 2
"""Meanings that sentences share besides the counted noun, from which they need not be alike."""
_WORD = re.compile(r"[^\W_]+")


class _InArticle(Protocol):
    """Something that stands in one article of the group."""

    @property
    def place(self) -> int:
        """Of the article in the group."""
        ...


_Placed = TypeVar("_Placed", bound=_InArticle)


@dataclass(frozen=True, slots=True, eq=False)
class _Framed:
    """A figure with what comparing needs."""

    place: int
    figure: Figure
    head: str
    """Meaning of the counted noun; empty when there is none."""
    carrier: Statement


def differing_figures(material: Material) -> tuple[Difference, ...]:
    """Return the quantities on which sources differ, in order of first mention; one figure an article."""
    frames: defaultdict[tuple[str, str, str], list[_Framed]] = defaultdict(list)
    for place in range(len(material.articles)):
        for framed in _framed(material, place):
            frames[_frame(framed)].append(framed)
    pairs = [pair for frame in frames.values() for pair in _differing(frame)]
    alike = {framed for pair in pairs if _alike(*pair) for framed in pair}
    groups = [group for group in _joined(pairs) if _is_one_quantity(group) and not alike.isdisjoint(group)]
    return tuple(_figure_difference(group) for group in groups)


def differing_wordings(pairs: Sequence[Pair]) -> tuple[Difference, ...]:
    """Return the sentences of one speaker that outlets word differently, one wording an article."""
    worded = [
        (pair.one, pair.other)
        for pair in pairs
        if pair.one.quote.kind == pair.other.quote.kind == "direct"
        and is_person(pair.one.speaker)
        and _reworded(pair.one.words.words, pair.other.words.words)
    ]
    return tuple(
        Difference("wording", group[0].speaker, tuple(_worded(said) for said in _one_each(group)))
        for group in _joined(worded)
    )


def differing_matter(one: Statement, other: Statement, relation: Relation) -> Difference | None:
    """Return the name or the day on which two statements differ; None when they differ on something else."""
    if relation.matter not in ("name", "day"):
        return None
    own, others = _place_of(one, relation.own), _place_of(other, relation.others)
    if own is None or others is None or _gives(other, one, own) or _gives(one, other, others):
        return None
    if _may_be_short_for(one.article.shown(own), other.article.shown(others)):
        return None
    given = Given(one.passage, own, 0.0), Given(other.passage, others, 0.0)
    return Difference("name" if relation.matter == "name" else "date", one.article.shown(own), given)


def _may_be_short_for(one: str, other: str) -> bool:
    """Tell whether one name may be the other in letters: "EST" and "Eastern", "KO" and "KOs"."""
    short, long = sorted((one, other), key=len)
    return short.isupper() and len(short) <= _INITIALS and short[0] == long[0]


def _gives(statement: Statement, other: Statement, span: Span) -> bool:
    """Tell whether the article of a statement has words that stand in another article."""
    sought = re.escape(other.article.shown(span))
    return re.search(rf"\b{sought}\b", statement.article.text) is not None


def _reworded(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether each of two wordings has words that the other lacks; one may not merely be longer."""
    texts = " ".join(one), " ".join(other)
    return one != other and all(
        any(piece.differs for piece in pieces(*both)) for both in (texts, texts[::-1])
    )


def _framed(material: Material, place: int) -> Iterator[_Framed]:
    """Yield the figures of an article that may be compared."""
    article = material.articles[place]
    lang = article.meta.lang
    for figure in article.figures:
        if figure.firm and (figure.head or figure.unit):
            head, carrier = meaning(figure.head, lang), material.carrier(place, figure.span.start)
            yield _Framed(place, figure, head, carrier)


def _differing(frame: Sequence[_Framed]) -> Iterator[tuple[_Framed, _Framed]]:
    """Yield the pairs of figures of one frame that differ, where neither article gives the other figure, too.

    Left out are figures that a sentence sets against others of their kind: "46 percent to 44 percent".
    """
    amounts: defaultdict[Statement, set[float]] = defaultdict(set)
    first: dict[tuple[int, float], _Framed] = {}
    known = Counter[int]()
    for framed in frame:
        key = framed.place, framed.figure.value
        if key not in first and known[framed.place] < _MOST_FIGURES:
            first[key] = framed
            known[framed.place] += 1
        amounts[framed.carrier].add(framed.figure.value)
    alone = [f for f in first.values() if not any(_against(f.figure, a) for a in amounts[f.carrier])]
    for one, other in combinations(alone, 2):
        given = (one.place, other.figure.value) in first or (other.place, one.figure.value) in first
        if not given and _comparable(one, other):
            yield one, other


def _alike(one: _Framed, other: _Framed) -> bool:
    """Tell whether two sentences may tell of one thing: what became of people tells enough."""
    if one.figure.loss or (one.head and len(_besides(one, other)) >= _SHARED_ENOUGH):
        return True
    likeness = cosine(one.carrier.vector, other.carrier.vector)
    return likeness >= (_ALIKE if one.head else _ALIKE_UNITS)


def _is_one_quantity(group: Sequence[_Framed]) -> bool:
    """Tell whether most figures of a group are not too far apart: a chain of neighbours is no quantity."""
    values = sorted(framed.figure.value for framed in group)
    near = sum(bisect_right(values, low * _MOST_RATIO) - at - 1 for at, low in enumerate(values))
    return 2 * near >= _HELD * len(values) * (len(values) - 1)


def _against(figure: Figure, amount: float) -> bool:
    """Tell whether a figure is set against another amount of its sentence: parts of one whole always are."""
    return figure.value != amount and (figure.unit in _PARTS or _near(figure.value, amount))


def _near(one: float, other: float) -> bool:
    """Tell whether two amounts may be taken for one quantity."""
    low, high = sorted((one, other))
    return low > 0 and high <= low * _MOST_RATIO


def _frame(framed: _Framed) -> tuple[str, str, str]:
    """Return what figures of one quantity have in common."""
    return framed.head, framed.figure.unit, framed.figure.loss


def _comparable(one: _Framed, other: _Framed) -> bool:
    """Tell whether two figures are of one quantity and differ."""
    low, high = sorted((one.figure.value, other.figure.value))
    return (
        one.place != other.place
        and low < high
        and _near(low, high)
        and high > _SMALL
        and not (high <= low * _ROUNDED and (_is_rough(one) or _is_rough(other)))
        and not (_may_mean(one.figure, other.figure) or _may_mean(other.figure, one.figure))
        and len(_besides(one, other)) >= (_SHARED if one.head else _SHARED_UNITS)
        and _apart(one.carrier.article, other.carrier.article)
        and not (_counts(one.carrier, other.figure) or _counts(other.carrier, one.figure))
    )


def _counts(statement: Statement, figure: Figure) -> bool:
    """Tell whether a sentence gives the number of a figure that stands in another article."""
    return any(number.split()[0] == f"{figure.value:.12g}" for number in statement.numbers)


def _besides(one: _Framed, other: _Framed) -> frozenset[str]:
    """Return what two sentences mean both, besides what they count."""
    return (one.carrier.meanings & other.carrier.meanings) - {one.head}


def _may_mean(figure: Figure, other: Figure) -> bool:
    """Tell whether an amount may be another that is given exactly: "more than 50" may be 54."""
    return figure.value < other.value <= figure.most and other.most == other.value


def _is_rough(framed: _Framed) -> bool:
    """Tell whether a figure is given roughly: "more than 21,000"."""
    return not framed.carrier.article.shown(framed.figure.span)[:1].isdigit()


def _apart(one: Article, other: Article) -> bool:
    """Tell whether two articles are of different outlets, as far as is known, and of one week."""
    if one.meta.outlet and one.meta.outlet == other.meta.outlet:
        return False
    dates = one.meta.date, other.meta.date
    return not (dates[0] and dates[1]) or abs((dates[0].day - dates[1].day).days) <= _MOST_DAYS


def _figure_difference(group: Sequence[_Framed]) -> Difference:
    """Return the difference that a group of figures makes."""
    noun = next(((f.carrier.article, f.figure.noun) for f in group if f.figure.noun), None)
    given = [Given(f.carrier.passage, f.figure.span, f.figure.value) for f in _one_each(group)]
    label = noun[0].shown(noun[1]) if noun else ""
    return Difference("figure", label, tuple(sorted(given, key=lambda one: one.value)))


def _worded(said: Said) -> Given:
    """Return the wording that a source gives."""
    return Given(said.carrier.passage, said.quote.span, 0.0)


def _one_each(group: Iterable[_Placed]) -> list[_Placed]:
    """Return the first member of each article."""
    first: dict[int, _Placed] = {}
    for member in group:
        first.setdefault(member.place, member)
    return list(first.values())


def _joined(pairs: Iterable[tuple[_Placed, _Placed]]) -> list[list[_Placed]]:
    """Return groups of what is paired, directly or through others, in order of their last pair."""
    groups: dict[int, list[_Placed]] = {}
    group_of: dict[_Placed, int] = {}
    for number, pair in enumerate(pairs):
        one, other = (group_of.get(member, -1) for member in pair)
        if one == other != -1:
            groups[one] = groups.pop(one)  # now the last
            continue
        touched = [groups.pop(group) for group in list(groups) if group in (one, other)]
        members = [*chain.from_iterable(touched), *(member for member in pair if member not in group_of)]
        groups[number] = sorted(members, key=lambda member: member.place)
        group_of.update(dict.fromkeys(members, number))
    return list(groups.values())


def _place_of(statement: Statement, sought: frozenset[str]) -> Span | None:
    """Return where the first words that mean what is sought stand together; None when they are not found."""
    start, end = statement.span
    found: Span | None = None
    for match in _WORD.finditer(statement.article.text, start, end):
        meant = {m for word in tokens(match[0], statement.lang) for _, m in meanings((word,), statement.lang)}
        if meant & sought:
            found = Span(found.start if found else match.start(), match.end())
        elif found:
            break
    return found
