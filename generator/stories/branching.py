"""Choose the best sentences of a small story by branch and bound, in less time than a solver takes to start.

Sentences are tried in order of what they add beyond their words' price (Land and Doig 1960; the price is the
best multiplier of the word limit, Geoffrion 1974). A sentence never adds more later than it does now, so
what the next few add together bounds every choice that follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from generator.stories.problem import MOST_SHARE, Problem

_MOST_STEPS = 1_000
"""Choices extended until the search is given up: the solver is then faster."""
_HALVINGS = 12
"""Of the range in which the price is looked for: what is left then bounds a choice nearly as tightly as none."""
_ROUNDING = 1e-9


Queue = list[tuple[float, int, float]]
"""Of each candidate: what its words cost beyond what it adds, which it is, and what it adds."""


class _State(NamedTuple):
    """What is left to choose from."""

    words: int
    worth: float = 0.0
    """Of what is chosen."""
    covered: frozenset[int] = frozenset()
    barred: int = 0
    """Candidates that clash with what is chosen, as bits."""
    given: Mapping[int, int] = MappingProxyType({})
    """Words that each article has given, and the most of them."""
    most: int = 0


class _TooLongError(Exception):
    """The search was given up."""


def branch(problem: Problem, most_steps: int = _MOST_STEPS) -> tuple[int, ...] | None:
    """Return the places of the best choice; None when that would take more steps to find."""
    search = _Search(problem, most_steps)
    try:
        state = _State(problem.limits.words)
        search.extend((), search.queue(state), state)
    except _TooLongError:
        return None
    return search.best


class _Search:
    """A depth-first search over sets of candidates, each set met once."""

    def __init__(self, problem: Problem, most_steps: int) -> None:
        self.problem, self._left_steps = problem, most_steps
        self.best: tuple[int, ...] = ()
        self._worth, self._price = 0.0, _price(problem)
        self._sizes = [candidate.size for candidate in problem.candidates]

    def extend(self, chosen: tuple[int, ...], queue: Queue, state: _State) -> None:
        """Try what is left beside what is chosen."""
        self._count()
        left = self.problem.limits.sentences - len(chosen)
        bound = state.worth + self._price * state.words
        bound -= sum([min(0.0, loss) for loss, _, _ in queue[: left - 1]])
        for turn, (loss, at, gain) in enumerate(queue):
            if turn + left <= len(queue):
                bound -= min(0.0, queue[turn + left - 1][0])
            if bound <= self._worth + _ROUNDING:
                return
            taken, worth = (*chosen, at), state.worth + gain
            if worth > self._worth and self._is_fair(taken, state):
                self.best, self._worth = tuple(sorted(taken)), worth
            if left > 1:
                after = self._taken(state, at, worth)
                self.extend(taken, self._left(queue[turn + 1 :], at, after), after)
            bound += min(0.0, loss)

    def _is_fair(self, taken: tuple[int, ...], state: _State) -> bool:
        """Tell whether no article gives more than its share; an article that gives too many words is seen at once."""
        candidate = self.problem.candidates[taken[-1]]
        words = self.problem.limits.words - state.words + candidate.size
        own = state.given.get(candidate.article, 0) + candidate.size
        most = MOST_SHARE * words + _ROUNDING if self.problem.several else words
        return max(own, state.most) <= most and self.problem.is_fair(taken)

    def queue(self, state: _State) -> Queue:
        """Return what fits, the best first."""
        sized = zip(self._sizes, self.problem.value, strict=True)
        fitting = [(at, size, gain) for at, (size, gain) in enumerate(sized) if size <= state.words]
        return sorted((self._price * size - gain, at, gain) for at, size, gain in fitting)

    def _left(self, queue: Queue, taken: int, state: _State) -> Queue:
        """Return what of a queue still fits once a candidate is taken; what shares a part with it adds less."""
        problem, price, sizes, left = self.problem, self._price, self._sizes, []
        words, barred, touched = state.words, state.barred, problem.touching(taken)
        for entry in queue:
            at = entry[1]
            if sizes[at] <= words and not barred >> at & 1:
                if touched >> at & 1:
                    gain = problem.gain(at, state.covered)
                    left.append((price * sizes[at] - gain, at, gain))
                else:
                    left.append(entry)
        left.sort()
        return left

    def _taken(self, state: _State, at: int, worth: float) -> _State:
        """Return what is left when a candidate is taken."""
        candidate = self.problem.candidates[at]
        own = state.given.get(candidate.article, 0) + candidate.size
        return _State(
            state.words - candidate.size,
            worth,
            state.covered.union(self.problem.parts[at]),
            state.barred | self.problem.clashing(at),
            {**state.given, candidate.article: own},
            max(own, state.most),
        )

    def _count(self) -> None:
        self._left_steps -= 1
        if self._left_steps < 0:
            raise _TooLongError


def _price(problem: Problem) -> float:
    """Return the worth of a word at which what fits is bounded most tightly."""
    sized = [(value, c.size) for value, c in zip(problem.value, problem.candidates, strict=True) if value > 0]
    low, high = 0.0, max((value / size for value, size in sized), default=0.0)
    for _ in range(_HALVINGS):
        price = (low + high) / 2
        if _used(sized, price, problem.limits.sentences) > problem.limits.words:
            low = price
            sized = [(value, size) for value, size in sized if value > price * size]
        else:
            high = price
    return high


def _used(sized: Sequence[tuple[float, int]], price: float, sentences: int) -> int:
    """Return the words of the sentences that are worth most beyond a price."""
    excesses = [(excess, size) for value, size in sized if (excess := value - price * size) > 0]
    return sum(size for _, size in sorted(excesses, reverse=True)[:sentences])
