"""Two wordings of one sentence side by side: what they have in common, in order, and which part stands for which.

Translators choose other words, but mostly keep the order in which things are said, or move whole phrases. Words that two
texts on one subject have in common are strewn over both.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import Match, SequenceMatcher

from generator.stories.statements import Statement

_ALIKE = 0.45
"""Share of the shorter one's words from which two quotes say the same."""
_RENDERED = 0.6
"""Share of all words of two sentences from which one is the other in another wording."""
_PHRASE = 2
"""Words in a row that may have been moved."""
MOST_COMPARED = 250_000
"""Product of the numbers of words beyond which two texts are not laid side by side."""


class SideBySide:
    """Two statements, their words that mean the same held against each other."""

    def __init__(self, one: Statement, other: Statement) -> None:
        self._sizes = len(one.words), len(other.words)
        few = self._sizes[0] * self._sizes[1] <= MOST_COMPARED
        self._courses = (_course(one), _course(other)) if few else ((), ())
        self._blocks = _match(*self._courses)
        self._in_order = sum(block.size for block in self._blocks)

    @property
    def alike(self) -> bool:
        """Whether much of the shorter one is in the other, in the same order or phrase by phrase."""
        least = _ALIKE * min(self._sizes)
        return least > 0 and (least <= self._in_order or least <= self._in_order + self._moved())

    @property
    def rendered(self) -> bool:
        """Whether each is the other in another wording, in one order from end to end."""
        return 2 * self._in_order >= _RENDERED * sum(self._sizes)

    def _moved(self) -> int:
        """Return the number of words of phrases that stand in both, but in another order than all else."""
        left, right = map(list, self._courses)
        for a, b, size in self._blocks:  # blanks are no words, and the two kinds of them not the same
            left[a : a + size], right[b : b + size] = [" "] * size, ["  "] * size
        return sum(block.size for block in _match(left, right) if block.size >= _PHRASE)

    def meet(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Tell whether what stands for some words of the one has words in common with some of the other.

        Words are given by the first and that after the last. For those without a counterpart stands all that is
        between the counterparts of their neighbours.
        """
        first = max((b.b + min(b.size, one[0] - b.a) for b in self._blocks if b.a <= one[0]), default=0)
        last = min(b.b + max(0, one[1] - b.a) for b in self._blocks if b.a + b.size >= one[1])
        return first < other[1] and other[0] < last


def _match(one: Sequence[str], other: Sequence[str]) -> list[Match]:
    """Return the runs that stand in one order in both, and an empty one behind them."""
    return SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()


def _course(statement: Statement) -> Sequence[str]:
    """Return the words of a statement, those that have a meaning by their meaning."""
    words = list(statement.words)
    for at, meaning in statement.located:
        words[at] = meaning
    return words
