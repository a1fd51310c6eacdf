"""Find the sentences whose distinct concepts weigh most together: the one door to scipy's solver.

Small stories are solved exactly as an integer programme (Gillick and Favre 2009), larger ones by lazy greedy
choice of the greatest gain a word (Minoux 1978; Lin and Bilmes 2010), which is ten times faster and nearly
as good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations

from generator.stories.coverage import Bigram

MOST_OVERLAP = 0.55
"""Share of the shorter extract's content words that another may repeat."""
_MOST_LEAD_OVERLAP = 0.4
"""The same for first sentences, which tell one thing in ever other words."""
_MOST_NUMBERS = 2
"""Numbers in common from which two sentences tell one thing."""
MOST_SHARE = 0.6
"""Share of the words, and of the extracts, that one article may give where two have candidates."""
EXACT_ARTICLES, EXACT_CANDIDATES = 12, 240
"""Larger stories are told greedily: the exact way could take more than a fifth of a second."""
_SIZE_POWERS = (1.0, 0.75, 0.5, 0.25)
"""How strongly a greedy choice favours short sentences."""
_EMPTY_LOSS = 0.4
"""Part of its weight that a sentence without name, figure and source loses."""

Row = tuple[dict[int, float], float]
"""Coefficients by column, and what their sum may be at most."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be chosen."""

    article: int
    """Place of its article in the group."""
    sentence: int
    size: int
    """Words as readers count them."""
    concepts: frozenset[Bigram]
    content: frozenset[str]
    """Stems that are no stop words."""
    numbers: frozenset[str] = frozenset()
    empty: float = 0.0
    """How much it lacks source, figure and name, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be chosen."""

    words: int
    sentences: int


def select(
    candidates: Sequence[Candidate], weights: Mapping[Bigram, float], limits: Limits
) -> tuple[int, ...]:
    """Return the places of the chosen candidates, ascending.

    At most ``limits``; at most ``MOST_SHARE`` from one article where several have candidates; no two that
    overlap by more than ``MOST_OVERLAP``. When that leaves nothing, the heaviest sentence that fits.
    """
    fitting = tuple(at for at, candidate in enumerate(candidates) if candidate.size <= limits.words)
    problem = _Problem([candidates[at] for at in fitting], weights, limits)
    large = problem.articles > EXACT_ARTICLES or len(fitting) > EXACT_CANDIDATES
    chosen = _greedy(problem) if large else _exact(problem)
    if not chosen and fitting:
        chosen = (max(range(len(fitting)), key=lambda at: (problem.value(at), -at)),)
    return tuple(fitting[at] for at in sorted(chosen))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the smaller set's members that both have; 0.0 when one is empty."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


class _Problem:
    """Candidates with the concepts that count, and the limits."""

    def __init__(
        self, candidates: Sequence[Candidate], weights: Mapping[Bigram, float], limits: Limits
    ) -> None:
        self.candidates, self.weights, self.limits = candidates, weights, limits
        self.known = [sorted(c.concepts & weights.keys()) for c in candidates]
        self.articles = len({c.article for c in candidates})
        self.loss = [
            _EMPTY_LOSS * c.empty * self._sum(k) for c, k in zip(candidates, self.known, strict=True)
        ]

    def _sum(self, concepts: Sequence[Bigram]) -> float:
        return sum(self.weights[concept] for concept in concepts)

    def value(self, at: int) -> float:
        """Return what a candidate is worth alone."""
        return self._sum(self.known[at]) - self.loss[at]

    def gain(self, at: int, covered: set[Bigram]) -> float:
        """Return what a candidate adds to what is covered."""
        return self._sum([c for c in self.known[at] if c not in covered]) - self.loss[at]

    def worth(self, chosen: Iterable[int]) -> float:
        """Return what a choice covers."""
        taken = sorted(chosen)
        covered = {concept for at in taken for concept in self.known[at]}
        return self._sum(sorted(covered)) - sum(self.loss[at] for at in taken)

    def holders(self) -> dict[tuple[int, ...], float]:
        """Return the weight of the concepts that the same candidates hold, in order of these."""
        held: dict[Bigram, list[int]] = {}
        for at, known in enumerate(self.known):
            for concept in known:
                held.setdefault(concept, []).append(at)
        weights: dict[tuple[int, ...], float] = {}
        for concept, places in held.items():
            weights[tuple(places)] = weights.get(tuple(places), 0.0) + self.weights[concept]
        return dict(sorted(weights.items()))

    def clash(self, one: int, other: int) -> bool:
        """Tell whether two candidates say too much of the same."""
        first, second = self.candidates[one], self.candidates[other]
        leads = first.sentence == second.sentence == 0
        if len(first.numbers & second.numbers) >= _MOST_NUMBERS:
            return True
        return overlap(first.content, second.content) > (_MOST_LEAD_OVERLAP if leads else MOST_OVERLAP)

    def shares(self, chosen: Sequence[int]) -> dict[int, float]:
        """Return the larger of each article's shares of words and of extracts."""
        words = sum(self.candidates[at].size for at in chosen)
        shares = {}
        for article in sorted({self.candidates[at].article for at in chosen}):
            sizes = [self.candidates[at].size for at in chosen if self.candidates[at].article == article]
            shares[article] = max(sum(sizes) / words, len(sizes) / len(chosen))
        return shares


def _exact(problem: _Problem) -> tuple[int, ...]:
    """Solve the integer programme; articles are held to their share only once one takes more."""
    if not problem.candidates:
        return ()
    rows = [*_limiting(problem), *_parting(problem)]
    held: set[int] = set()
    while True:
        chosen = _solve(problem, rows)
        shares = problem.shares(chosen)
        greedy = [a for a, share in shares.items() if share > MOST_SHARE + 1e-9 and a not in held]
        if not greedy or problem.articles < 2:
            return chosen
        held.update(greedy)
        rows += [row for article in greedy for row in _sharing(problem, article)]


def _solve(problem: _Problem, rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the best choice under these rows: sentences are 0 or 1, concepts between."""
    import numpy as np  # noqa: PLC0415 - most stories are single reports and never come here
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    size, holders = len(problem.candidates), problem.holders()
    covering = [({size + at: 1.0, **dict.fromkeys(held, -1.0)}, 0.0) for at, held in enumerate(holders)]
    lines = [*covering, *rows]
    cells = [(row, column, value) for row, (line, _) in enumerate(lines) for column, value in line.items()]
    row, column, value = zip(*cells, strict=True)
    matrix = csr_matrix((value, (row, column)), shape=(len(lines), size + len(holders)))
    late = [1e-4 * at / size for at in range(size)]  # of equals, the earlier sentence
    costs = [loss + extra for loss, extra in zip(problem.loss, late, strict=True)]
    solution = milp(
        np.array([*costs, *(-weight for weight in holders.values())]),
        constraints=LinearConstraint(matrix, -np.inf, [bound for _, bound in lines]),
        integrality=np.array([1] * size + [0] * len(holders)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 1e-5},
    )
    return tuple(at for at in range(size) if solution.x is not None and solution.x[at] > 0.5)


def _limiting(problem: _Problem) -> Iterator[Row]:
    """Yield: so many words, so many sentences."""
    yield {at: float(c.size) for at, c in enumerate(problem.candidates)}, float(problem.limits.words)
    yield dict.fromkeys(range(len(problem.candidates)), 1.0), float(problem.limits.sentences)


def _sharing(problem: _Problem, article: int) -> Iterator[Row]:
    """Yield: this article gives no more than its share of the words and of the sentences."""
    own = [float(candidate.article == article) - MOST_SHARE for candidate in problem.candidates]
    yield {at: c.size * own[at] for at, c in enumerate(problem.candidates)}, 0.0
    yield dict(enumerate(own)), 0.0


def _parting(problem: _Problem) -> Iterator[Row]:
    """Yield: not both of two that say the same."""
    for one, other in combinations(range(len(problem.candidates)), 2):
        if problem.clash(one, other):
            yield {one: 1.0, other: 1.0}, 1.0


def _greedy(problem: _Problem) -> tuple[int, ...]:
    """Return the best of several greedy choices, which value short sentences more or less."""
    choices = [_evened(problem, _climb(problem, power)) for power in _SIZE_POWERS]
    return tuple(max(choices, key=problem.worth))


def _climb(problem: _Problem, power: float) -> list[int]:
    """Take the sentence with the greatest gain for its size (to this power) while any fits.

    A gain only ever shrinks, so that a stale one is counted anew only when it comes to the top.
    """
    limits, covered, chosen = problem.limits, set[Bigram](), list[int]()
    given: dict[int, int] = {}
    queue = [(-problem.value(at) / c.size**power, at, 0) for at, c in enumerate(problem.candidates)]
    heapify(queue)
    while queue and len(chosen) < limits.sentences:
        gain, at, seen = heappop(queue)
        candidate = problem.candidates[at]
        own = given.get(candidate.article, 0) + candidate.size
        if (
            gain >= 0
            or sum(given.values()) + candidate.size > limits.words
            or (own > MOST_SHARE * limits.words and problem.articles > 1)
            or any(problem.clash(at, other) for other in chosen)
        ):
            continue
        if seen < len(chosen):
            heappush(queue, (-problem.gain(at, covered) / candidate.size**power, at, len(chosen)))
            continue
        chosen.append(at)
        covered.update(problem.known[at])
        given[candidate.article] = own
    return chosen


def _evened(problem: _Problem, chosen: list[int]) -> list[int]:
    """Drop the last sentences of an article that gives more than its share; keep one if nothing stays."""
    kept = list(chosen)
    while problem.articles > 1 and kept:
        shares = problem.shares(kept)
        greatest = max(shares, key=lambda article: (shares[article], article))
        if shares[greatest] <= MOST_SHARE:
            break
        kept.remove([at for at in kept if problem.candidates[at].article == greatest][-1])
    return kept or chosen[:1]
