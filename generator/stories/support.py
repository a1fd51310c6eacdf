"""Whether another article says the same.

Two statements say the same when their TF-IDF vectors have a cosine of at least .5, or one holds nearly all
of the other, *and* nothing in them disagrees. Each of a number, a name, a nation, a weekday or another word
that excludes its opposite disagrees when one statement has it instead of the other's; so does what is denied
in one and said in the other, and two names that change places. Statements that would be alike but for that
"differ"; otherwise one does not bear on the other. Wrong support harms more than a miss: when in doubt,
neither is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from generator.language.words import stem
from generator.stories.amounts import may_be_year
from generator.stories.equivalents import DAY_SETS, single_meanings
from generator.stories.name_runs import NameRun
from generator.stories.phrases import listed
from generator.stories.statements import Statement
from generator.stories.unit import cosine, without

SAME = 0.5
"""Cosine from which statements that agree say the same; by reading 10 of 10 pairs do."""
_CORE = 0.4
"""Cosine, names and sources left out, that statements about one fact have: people say more than one thing."""
_HELD = 0.8
"""Or: part of the smaller statement's weight that the other must hold, at a cosine of …"""
_HELD_COSINE = 0.4
_HELD_MEANINGS = 4
"""… when the smaller has at least so many meanings."""
_COUNTED_CORE = 0.33
"""Or: cosines of ``FAR`` and this when both count so many of one thing, or, at ``_HELD_COSINE``, share two
numbers."""
_COMMON = frozenset(map(str, range(11)))
"""Numbers that are about anything."""
_ALIKE, _MORE_ALIKE, _NEARLY_EQUAL, _NEVER = 0.65, 0.8, 0.9, 2.0
"""Cosines, what disagrees left out, from which two statements are about one fact and differ on it. Sentences
about different facts often name other people, so more is asked where names disagree."""
_LONGEST_SLOT = 5
"""Words that may stand in the place of others."""
_EQUAL_BUT = 0.85
"""Cosine from which one "not" more turns a statement round, wherever it stands."""
_FEWEST_SHARED = 3
"""Meanings and numbers that statements must share to bear on each other."""
_FEWEST_TOLD = 2
"""Of these, those that do more than say who somebody is."""
FAR = 0.3
"""Cosine below which two statements are not compared further."""

Reached = tuple[tuple[str, ...], ...]
Matter = Literal["number", "name", "day", "word", "denial"]


@dataclass(frozen=True, slots=True)
class Relation:
    """How one statement stands to another."""

    kind: Literal["same", "differs"]
    likeness: float
    """Cosine, 0 to 1."""
    matter: Matter | None = None
    """On what they differ."""
    own: frozenset[str] = frozenset()
    """What the first has instead of the other's …"""
    others: frozenset[str] = frozenset()
    """… and what the other has."""


@dataclass(frozen=True, slots=True)
class _Clash:
    """Something on which two statements disagree."""

    matter: Matter
    own: frozenset[str]
    others: frozenset[str]
    alike: float
    """How alike they must be otherwise to differ on it."""


def relate(one: Statement, other: Statement) -> Relation | None:
    """Return whether two statements say the same or differ; None when neither is sure."""
    likeness = cosine(one.vector, other.vector)
    if likeness < FAR or len(one.vector.keys() & other.vector.keys()) < _FEWEST_SHARED:
        return None
    core = cosine(one.core, other.core)
    if core < _COUNTED_CORE or _in_passing(one, other) or (core < _CORE and not _count_the_same(one, other)):
        return None
    clashes = list[_Clash]()
    for clash in _clashes(one, other):
        clashes.append(clash)
        if clash.alike == _NEVER:  # whatever else there is
            return None
    if not clashes:
        left_open = _turned(one, other, lambda statement: statement.open)
        return Relation("same", likeness) if _alike(one, other, likeness, core) and not left_open else None
    left_out = {part for clash in clashes for part in (*clash.own, *clash.others)}
    rest = cosine(without(one.vector, left_out), without(other.vector, left_out))
    few = len((one.meanings & other.meanings) - left_out) < _FEWEST_SHARED
    if few or core < _CORE or rest < max(clash.alike for clash in clashes):
        return None
    return Relation("differs", likeness, clashes[0].matter, clashes[0].own, clashes[0].others)


def _in_passing(one: Statement, other: Statement) -> bool:
    """Tell whether two statements share little but who somebody is, and no number."""
    passing = one.described | other.described
    told = (one.core.keys() & other.core.keys()) - passing if passing else ()
    return bool(passing) and len(told) < _FEWEST_TOLD and not any(part[0] == "#" for part in told)


def _alike(one: Statement, other: Statement, likeness: float, core: float) -> bool:
    """Tell whether statements that agree are alike enough to say the same."""
    if core < _CORE:
        return _count_the_same(one, other)
    numbers = sum(part[0] == "#" for part in one.vector.keys() & other.vector.keys())
    return (
        likeness >= SAME
        or (likeness >= _HELD_COSINE and (numbers > 1 or _held(one, other)))
        or _count_the_same(one, other)
    )


def _count_the_same(one: Statement, other: Statement) -> bool:
    """Tell whether both give one number of the same thing: "40 million crowns in aid". Ages do not count."""
    return any(
        number in other.numbers
        and beside & other.numbers[number]
        and number[0] != "@"
        and number not in _COMMON
        and not number.endswith(("st", "nd", "rd", "th"))
        and not may_be_year(number, one.text, other.text)
        and _years(one.lang).isdisjoint(beside)
        for number, beside in one.numbers.items()
    )


def agree(one: Statement, other: Statement) -> bool:
    """Tell whether nothing in two statements disagrees, however alike they are."""
    return not any(_clashes(one, other))


def _held(one: Statement, other: Statement) -> bool:
    """Tell whether one statement holds nearly all of the other's weight."""
    small, large = (one, other) if len(one.vector) <= len(other.vector) else (other, one)
    shared = sum(weight * weight for key, weight in small.vector.items() if key in large.vector)
    return len(small.meanings) >= _HELD_MEANINGS and shared >= _HELD


def _clashes(one: Statement, other: Statement) -> Iterator[_Clash]:
    """Yield everything on which two statements disagree."""
    yield from _numbers(one, other)
    yield from _words(one, other)
    if denied := _turned(one, other, lambda statement: statement.denied):
        yield _Clash("denial", denied, denied, _MORE_ALIKE)
    yield from _names(one, other)
    own, others = one.nations - other.nations, other.nations - one.nations
    if own and others:
        yield _Clash("name", own, others, _NEARLY_EQUAL if len(own) == len(others) == 1 else _NEVER)
    if _swapped(one, other):
        yield _Clash("name", frozenset(), frozenset(), _NEARLY_EQUAL)
    likeness = cosine(one.vector, other.vector)
    if max(likeness, cosine(one.core, other.core)) >= _ALIKE and (
        replaced := _replaced(one, other, names_only=likeness < _ALIKE)
    ):
        yield replaced
    if likeness >= _EQUAL_BUT and one.negations != other.negations:
        yield _Clash("denial", frozenset(), frozenset(), _MORE_ALIKE)


def _numbers(one: Statement, other: Statement) -> Iterator[_Clash]:
    """Yield a clash where each has a number that the other lacks.

    When they share a number as well, only of numbers with the same words beside them: "12 dead, 30 hurt" and
    "14 dead, 30 hurt", but not "30 metres, one dead" and "30 metres, 6,000 homes".
    """
    own = {number: beside for number, beside in one.numbers.items() if number not in other.numbers}
    others = {number: beside for number, beside in other.numbers.items() if number not in one.numbers}
    shared = len(own) < len(one.numbers)
    several = not shared and min(len(own), len(others)) > 1
    for mine, beside in own.items():
        for theirs, besides in others.items():
            timed = (mine[0] == "@") + (theirs[0] == "@")
            same_place = bool(beside & besides)
            if timed == 1 or (shared and not timed and beside and besides and not same_place):
                continue
            alike = _ALIKE if same_place and not several else _MORE_ALIKE
            if "1" in (mine, theirs):  # "one" counts less often than it points
                alike = _NEARLY_EQUAL
            yield _Clash("number", frozenset((f"#{mine}",)), frozenset((f"#{theirs}",)), alike)


def _words(one: Statement, other: Statement) -> Iterator[_Clash]:
    """Yield a clash for each set of words of which only one can be true, where each has another of them."""
    for number in sorted(one.exclusives.keys() & other.exclusives.keys()):
        own = one.exclusives[number] - other.exclusives[number]
        others = other.exclusives[number] - one.exclusives[number]
        mine, theirs = single_meanings(own, one.lang), single_meanings(others, other.lang)
        if own and others and not mine & theirs:
            day = number < DAY_SETS
            yield _Clash("day" if day else "word", mine, theirs, _ALIKE if day else _MORE_ALIKE)


def _turned(one: Statement, other: Statement, reach: Callable[[Statement], Reached]) -> frozenset[str]:
    """Return what a "not" (or "may") reaches in one statement while the other says it without."""
    turned: set[str] = set()
    for mine, theirs, said in ((reach(one), reach(other), other), (reach(other), reach(one), one)):
        for reached in mine:
            also = any(set(reached) & set(scope) for scope in theirs)
            met = [meaning for meaning in reached if meaning in said.meanings]
            if not also and met and (met[0] == reached[0] or len(met) > 1):
                turned.update(met)
    return frozenset(turned)


def _names(one: Statement, other: Statement) -> Iterator[_Clash]:
    """Yield a clash where each names somebody, or something of that kind, whom the other does not."""
    own, others = _unmatched(one, other), _unmatched(other, one)
    if any(mine.comparable(theirs) for mine in own for theirs in others):
        mine = single_meanings((word for run in own for word in run.words), one.lang)
        theirs = single_meanings((word for run in others for word in run.words), other.lang)
        clear = len(own) == len(others) == 1 and not mine & theirs
        yield _Clash("name", mine, theirs, _NEARLY_EQUAL if clear else _NEVER)


def _unmatched(one: Statement, other: Statement) -> list[NameRun]:
    """Return the names of one statement that the other does not have, in full or in part."""
    left = []
    for run in one.names:
        kin = [name for name in other.names if run.words[-1] in name.words]
        speak = one.speaks and other.speaks  # who says it may be "Dravec" or "the Ostrenian leader"
        known = any(run.same(name) for name in kin) if kin else run.mentioned(other.words, other.lang, speak)
        if not known and not any(run.same(name) for name in other.names):
            left.append(run)
    return left


def _swapped(one: Statement, other: Statement) -> bool:
    """Tell whether names change places in what is otherwise told in the same words and order."""
    if one.meanings != other.meanings or ("by" in one.words) != ("by" in other.words):
        return False
    names = {stem(word, one.lang) for run in one.names for word in run.words} | one.nations
    mine, theirs = ([meaning for _, meaning in statement.located] for statement in (one, other))
    return (
        len(mine) == len(theirs)
        and mine != theirs
        and all(m == t or (m in names and t in names) for m, t in zip(mine, theirs, strict=True))
    )


def _replaced(one: Statement, other: Statement, *, names_only: bool) -> _Clash | None:
    """Return a clash where a name, number or day stands in the place of another, the words around being equal.

    Finds what the sets of names and numbers hide: "Gate 3 … at four" and "Gate 4 … at four". Of two sentences
    that quote, in the words quoted alone: who says them is found among the names.
    """
    names = one.named | other.named
    kinds: list[tuple[Matter, frozenset[str], float]] = [("name", names, _NEARLY_EQUAL)]
    if not names_only:
        kinds.append(("day", one.days | other.days, _NEARLY_EQUAL))
    if not names_only and one.numbers.keys() != other.numbers.keys():
        kinds.append(("number", one.counted | other.counted, _NEARLY_EQUAL))
    kinds.append(("name", names | one.opening | other.opening, _NEVER))
    speak = one.speaks and other.speaks
    for mine, theirs in _slots(*((one.spoken, other.spoken) if speak else (one.plain, other.plain))):
        for matter, notable, alike in kinds:
            own, others = mine & notable, theirs & notable
            meant = single_meanings(own, one.lang), single_meanings(others, other.lang)
            named = alike != _NEVER or (own | others) & names
            if own and others and named and not meant[0] & meant[1] and _letters(own) != _letters(others):
                return _Clash(matter, *meant, alike)
    return None


def _slots(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[AbstractSet[str], AbstractSet[str]]]:
    """Yield the words that stand in each other's place, each seldomer in the other sentence, in order."""
    counts = Counter(one), Counter(other)
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "replace" and max(b - a, d - c) <= _LONGEST_SLOT:
            mine = dict.fromkeys(word for word in one[a:b] if counts[0][word] > counts[1][word])
            theirs = dict.fromkeys(word for word in other[c:d] if counts[1][word] > counts[0][word])
            yield mine.keys(), theirs.keys()


@cache
def _years(lang: str) -> frozenset[str]:
    """Return what a year means beside a number: an age."""
    return single_meanings(listed(lang, "years"), lang)


def _letters(words: Iterable[str]) -> str:
    """Return the letters and digits of words in order: equal for "Jong-un" and "Jong Un"."""
    return "".join(sorted(character for word in words for character in word if character.isalnum()))
