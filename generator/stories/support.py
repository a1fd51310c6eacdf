"""Whether another article says the same.

Two statements say the same when their TF-IDF vectors have a cosine of at least .5, or one holds nearly all
of the other, *and* nothing in them disagrees. Each of a number, a name, a nation, a weekday or another word
that excludes its opposite disagrees when one statement has it instead of the other's; so does what is denied
in one and said in the other, and two names that change places. Statements that would be alike but for that
"differ"; otherwise one does not bear on the other. Wrong support harms more than a miss: when in doubt,
neither is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from generator.stories.amounts import may_be_year
from generator.stories.clashes import NEVER, Clash, Matter, clashes, turned
from generator.stories.equivalents import single_meanings
from generator.stories.phrases import lexicon, listed
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
_FEWEST_SHARED = 3
"""Meanings and numbers that statements must share to bear on each other."""
_FEWEST_TOLD = 2
"""Of these, those that do more than say who somebody is."""
FAR = 0.3
"""Cosine below which two statements are not compared further."""


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


def relate(one: Statement, other: Statement) -> Relation | None:
    """Return whether two statements say the same or differ; None when neither is sure."""
    likeness = cosine(one.vector, other.vector)
    if likeness < FAR or len(one.vector.keys() & other.vector.keys()) < _FEWEST_SHARED:
        return None
    core = cosine(one.core, other.core)
    if core < _COUNTED_CORE or _in_passing(one, other) or (core < _CORE and not _count_the_same(one, other)):
        return None
    found = list[Clash]()
    for clash in clashes(one, other):
        found.append(clash)
        if clash.alike == NEVER:  # whatever else there is
            return None
    if not found:
        alike = _alike(one, other, likeness, core) and not _is_left_open(one, other)
        return Relation("same", likeness) if alike else None
    left_out = {part for clash in found for part in (*clash.own, *clash.others)}
    rest = cosine(without(one.vector, left_out), without(other.vector, left_out))
    few = len((one.meanings & other.meanings) - left_out) < _FEWEST_SHARED
    if few or core < _CORE or rest < max(clash.alike for clash in found):
        return None
    return Relation("differs", likeness, found[0].matter, found[0].own, found[0].others)


def _is_left_open(one: Statement, other: Statement) -> bool:
    """Tell whether one statement says what the other says that it may be, or that it is still to come."""
    return bool(
        turned(one, other, lambda statement: statement.open)
        or turned(one, other, lambda statement: statement.planned)
    )


def _in_passing(one: Statement, other: Statement) -> bool:
    """Tell whether two statements share little but who somebody is, and no number."""
    passing = one.described | other.described
    told = (one.core.keys() & other.core.keys()) - passing - _titles(one.lang) if passing else ()
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
    return not any(clashes(one, other))


def _held(one: Statement, other: Statement) -> bool:
    """Tell whether one statement holds nearly all of the other's weight."""
    small, large = (one, other) if len(one.vector) <= len(other.vector) else (other, one)
    shared = sum(weight * weight for key, weight in small.vector.items() if key in large.vector)
    return len(small.meanings) >= _HELD_MEANINGS and shared >= _HELD


@cache
def _titles(lang: str) -> frozenset[str]:
    """Return what the titles mean that stand before names."""
    return single_meanings(lexicon(lang).titles.words, lang)


@cache
def _years(lang: str) -> frozenset[str]:
    """Return what a year means beside a number: an age."""
    return single_meanings(listed(lang, "years"), lang)
