"""Choose the best sentences of a small story by branch and bound, in less time than a solver takes to start.

Sentences are tried in order of what they add beyond their words' price (Land and Doig 1960; the price is the
best multiplier of the word limit, Geoffrion 1974). A sentence never adds more later than it does now, so
what the next few add together bounds every choice that follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from generator.stories.problem import Problem

_MOST_STEPS = 500
"""Choices extended until the search is given up: the solver is then faster."""
_HALVINGS = 30
_ROUNDING = 1e-9


class _TooLongError(Exception):
    """The search was given up."""


def branch(problem: Problem) -> tuple[int, ...] | None:
    """Return the places of the best choice; None when that would take too long to find."""
    search = _Search(problem)
    try:
        search.extend((), range(len(problem.candidates)), problem.limits.words, 0.0, frozenset())
    except _TooLongError:
        return None
    return search.best


class _Search:
    """A depth-first search over sets of candidates, each set met once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.best: tuple[int, ...] = ()
        self._worth, self._steps, self._price = 0.0, 0, _price(problem)

    def extend(
        self,
        chosen: tuple[int, ...],
        offered: Sequence[int],
        words: int,
        worth: float,
        covered: frozenset[int],
    ) -> None:
        """Try what is offered beside what is chosen, in the words that are left."""
        self._count()
        left = self.problem.limits.sentences - len(chosen)
        queue = self._queue(chosen, offered, words, covered)
        sums = list(accumulate((max(0.0, excess) for excess, _, _ in queue), initial=0.0))
        spent = worth + self._price * words
        for turn, (_, at, gain) in enumerate(queue):
            bound = spent + sums[min(turn + left, len(queue))] - sums[turn]
            if bound <= self._worth + _ROUNDING:
                return
            taken, gained = (*chosen, at), worth + gain
            if gained > self._worth and self.problem.is_fair(taken):
                self.best, self._worth = tuple(sorted(taken)), gained
            if left > 1:
                rest = [other for _, other, _ in queue[turn + 1 :]]
                size = self.problem.candidates[at].size
                self.extend(taken, rest, words - size, gained, covered.union(self.problem.parts[at]))

    def _queue(
        self, chosen: Sequence[int], offered: Sequence[int], words: int, covered: frozenset[int]
    ) -> list[tuple[float, int, float]]:
        """Return what fits, with what it adds beyond its price, and what it adds; the greatest first."""
        problem, queue = self.problem, []
        last = chosen[-1:]
        for at in offered:
            size = problem.candidates[at].size
            if size <= words and not any(problem.clash(at, other) for other in last):
                gain = problem.gain(at, covered)
                queue.append((self._price * size - gain, at, gain))
        queue.sort()
        return [(-loss, at, gain) for loss, at, gain in queue]

    def _count(self) -> None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise _TooLongError


def _price(problem: Problem) -> float:
    """Return the worth of a word at which what fits is bounded most tightly."""
    sized = [(value, c.size) for value, c in zip(problem.value, problem.candidates, strict=True) if value > 0]
    low, high = 0.0, max((value / size for value, size in sized), default=0.0)
    for _ in range(_HALVINGS):
        price = (low + high) / 2
        if _used(sized, price, problem.limits.sentences) > problem.limits.words:
            low = price
        else:
            high = price
    return high


def _used(sized: Sequence[tuple[float, int]], price: float, sentences: int) -> int:
    """Return the words of the sentences that are worth most beyond a price."""
    worth = sorted(((value - price * size, size) for value, size in sized), reverse=True)[:sentences]
    return sum(size for excess, size in worth if excess > 0)
