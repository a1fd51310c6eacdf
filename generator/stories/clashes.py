"""On what two statements disagree: a number, a name, a day, a word that excludes its opposite, what is denied.

Also found is what the sets of names and numbers hide: a word that stands in the place of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from generator.language.words import stem
from generator.stories.equivalents import DAY_SETS, single_meanings
from generator.stories.name_runs import NameRun
from generator.stories.statements import Statement
from generator.stories.unit import cosine

_ALIKE, _MORE_ALIKE, _NEARLY_EQUAL, NEVER = 0.65, 0.8, 0.9, 2.0
"""Cosines, what disagrees left out, from which two statements are about one fact and differ on it. Sentences
about different facts often name other people, so more is asked where names disagree."""
_LONGEST_SLOT = 5
"""Words that may stand in the place of others."""
_EQUAL_BUT = 0.85
"""Cosine from which one "not" more turns a statement round, wherever it stands."""

Reached = tuple[tuple[str, ...], ...]
Matter = Literal["number", "name", "day", "word", "denial"]


@dataclass(frozen=True, slots=True)
class Clash:
    """Something on which two statements disagree."""

    matter: Matter
    own: frozenset[str]
    others: frozenset[str]
    alike: float
    """How alike they must be otherwise to differ on it."""


def clashes(one: Statement, other: Statement) -> Iterator[Clash]:
    """Yield everything on which two statements disagree."""
    yield from _numbers(one, other)
    yield from _words(one, other)
    if denied := turned(one, other, lambda statement: statement.denied):
        yield Clash("denial", denied, denied, _MORE_ALIKE)
    yield from _names(one, other)
    own, others = one.nations - other.nations, other.nations - one.nations
    if own and others:
        yield Clash("name", own, others, _NEARLY_EQUAL if len(own) == len(others) == 1 else NEVER)
    if _swapped(one, other):
        yield Clash("name", frozenset(), frozenset(), _NEARLY_EQUAL)
    likeness = cosine(one.vector, other.vector)
    alike = likeness >= _ALIKE
    if (alike or cosine(one.core, other.core) >= _ALIKE) and (
        replaced := _replaced(one, other, names_only=not alike)
    ):
        yield replaced
    if likeness >= _EQUAL_BUT and one.negations != other.negations:
        yield Clash("denial", frozenset(), frozenset(), _MORE_ALIKE)


def _numbers(one: Statement, other: Statement) -> Iterator[Clash]:
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
            yield Clash("number", frozenset((f"#{mine}",)), frozenset((f"#{theirs}",)), alike)


def _words(one: Statement, other: Statement) -> Iterator[Clash]:
    """Yield a clash for each set of words of which only one can be true, where each has another of them."""
    for number in sorted(one.exclusives.keys() & other.exclusives.keys()):
        own = one.exclusives[number] - other.exclusives[number]
        others = other.exclusives[number] - one.exclusives[number]
        mine, theirs = single_meanings(own, one.lang), single_meanings(others, other.lang)
        if own and others and not mine & theirs:
            day = number < DAY_SETS
            yield Clash("day" if day else "word", mine, theirs, _ALIKE if day else _MORE_ALIKE)


def turned(one: Statement, other: Statement, reach: Callable[[Statement], Reached]) -> frozenset[str]:
    """Return what a "not" (or "may") reaches in one statement while the other says it without."""
    turned: set[str] = set()
    for mine, theirs, said in ((reach(one), reach(other), other), (reach(other), reach(one), one)):
        for reached in mine:
            also = any(set(reached) & set(scope) for scope in theirs)
            met = [meaning for meaning in reached if meaning in said.meanings]
            if not also and met and (met[0] == reached[0] or len(met) > 1):
                turned.update(met)
    return frozenset(turned)


def _names(one: Statement, other: Statement) -> Iterator[Clash]:
    """Yield a clash where each names somebody, or something of that kind, whom the other does not."""
    own, others = _unmatched(one, other), _unmatched(other, one)
    if any(mine.comparable(theirs) for mine in own for theirs in others):
        mine = single_meanings((word for run in own for word in run.words), one.lang)
        theirs = single_meanings((word for run in others for word in run.words), other.lang)
        clear = len(own) == len(others) == 1 and not mine & theirs
        yield Clash("name", mine, theirs, _NEARLY_EQUAL if clear else NEVER)


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


def _replaced(one: Statement, other: Statement, *, names_only: bool) -> Clash | None:
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
    kinds.append(("name", names | one.opening | other.opening, NEVER))
    speak = one.speaks and other.speaks
    words = (one.spoken, other.spoken) if speak else (one.plain, other.plain)
    more = _more(*words), _more(*words[::-1])
    if not any(more[0] & notable and more[1] & notable for _, notable, _ in kinds):
        return None
    for mine, theirs in _slots(*words):
        for matter, notable, alike in kinds:
            own, others = mine & more[0] & notable, theirs & more[1] & notable
            meant = single_meanings(own, one.lang), single_meanings(others, other.lang)
            named = alike != NEVER or (own | others) & names
            if own and others and named and not meant[0] & meant[1] and _letters(own) != _letters(others):
                return Clash(matter, *meant, alike)
    return None


def _more(one: Sequence[str], other: Sequence[str]) -> frozenset[str]:
    """Return the words that one sentence holds more often than the other."""
    if one == other:
        return frozenset()
    counts = Counter(other)
    return frozenset(word for word, times in Counter(one).items() if times > counts[word])


def _slots(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[AbstractSet[str], AbstractSet[str]]]:
    """Yield the words that stand in each other's place, in order."""
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "replace" and max(b - a, d - c) <= _LONGEST_SLOT:
            yield frozenset(one[a:b]), frozenset(other[c:d])


def _letters(words: Iterable[str]) -> str:
    """Return the letters and digits of words in order: equal for "Jong-un" and "Jong Un"."""
    return "".join(sorted(character for word in words for character in word if character.isalnum()))
