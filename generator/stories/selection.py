"""Find the sentences whose distinct concepts weigh most together.

Stories of common size are solved exactly (Gillick and Favre 2009): the small ones by branch and bound, those
that take it too long as an integer programme. Large ones are told by lazy greedy choice of the greatest gain
a word (Minoux 1978; Lin and Bilmes 2010), which is ten times faster and nearly as good.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush

from generator.stories.branching import branch
from generator.stories.problem import MOST_SHARE, Candidate, Limits, Problem
from generator.stories.programme import solve

EXACT_ARTICLES, EXACT_CANDIDATES = 12, 100
"""Larger stories are told greedily: the exact way could take a second."""
_SIZE_POWERS = (1.0, 0.75, 0.5, 0.25)
"""How strongly a greedy choice favours short sentences."""


def select(candidates: Sequence[Candidate], weights: Mapping[int, float], limits: Limits) -> tuple[int, ...]:
    """Return the places of the chosen candidates, ascending.

    At most ``limits``; at most ``MOST_SHARE`` from one article where several have candidates; no two that
    overlap by more than ``MOST_OVERLAP``. When that leaves nothing, the heaviest sentence that fits.
    """
    fitting = tuple(at for at, candidate in enumerate(candidates) if candidate.size <= limits.words)
    problem = Problem([candidates[at] for at in fitting], weights, limits)
    chosen = _greedy(problem) if _is_large(problem) else _exact(problem)
    if not chosen and fitting:
        chosen = (max(range(len(fitting)), key=lambda at: (problem.value[at], -at)),)
    return tuple(fitting[at] for at in sorted(chosen))


def _is_large(problem: Problem) -> bool:
    articles = {candidate.article for candidate in problem.candidates}
    return len(articles) > EXACT_ARTICLES or len(problem.candidates) > EXACT_CANDIDATES


def _exact(problem: Problem) -> tuple[int, ...]:
    chosen = branch(problem)
    return solve(problem) if chosen is None else chosen


def _greedy(problem: Problem) -> tuple[int, ...]:
    """Return the best of several greedy choices, which value short sentences more or less."""
    choices = [_evened(problem, _climb(problem, power)) for power in _SIZE_POWERS]
    return tuple(max(choices, key=problem.worth))


def _climb(problem: Problem, power: float) -> list[int]:
    """Take the sentence with the greatest gain for its size (to this power) while any fits.

    A gain only ever shrinks, so that a stale one is counted anew only when it comes to the top.
    """
    limits, covered, chosen = problem.limits, set[int](), list[int]()
    given: dict[int, int] = {}
    barred = 0
    queue = [(-problem.value[at] / c.size**power, at, 0) for at, c in enumerate(problem.candidates)]
    heapify(queue)
    while queue and len(chosen) < limits.sentences:
        gain, at, seen = heappop(queue)
        candidate = problem.candidates[at]
        own = given.get(candidate.article, 0) + candidate.size
        if (
            gain >= 0
            or sum(given.values()) + candidate.size > limits.words
            or (own > MOST_SHARE * limits.words and problem.several)
            or barred >> at & 1
        ):
            continue
        if seen < len(chosen):
            heappush(queue, (-problem.gain(at, covered) / candidate.size**power, at, len(chosen)))
            continue
        chosen.append(at)
        covered.update(problem.parts[at])
        given[candidate.article] = own
        barred |= problem.clashing(at)
    return chosen


def _evened(problem: Problem, chosen: list[int]) -> list[int]:
    """Drop the last sentences of an article that gives more than its share; keep one if nothing stays."""
    kept = list(chosen)
    while kept and not problem.is_fair(kept):
        shares = problem.shares(kept)
        greatest = max(shares, key=lambda article: (shares[article], article))
        kept.remove([at for at in kept if problem.candidates[at].article == greatest][-1])
    return kept or chosen[:1]
