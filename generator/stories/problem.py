"""What is asked when sentences are chosen: which may be, what they are worth, which may not stand together.

A sentence is worth the weight of the concepts that it is the first to bring. Concepts that the same sentences
hold are one part; a part that a single sentence holds is its own, so that only what is shared has to be
looked at when sentences are put together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, combinations
from typing import NamedTuple

MOST_OVERLAP = 0.55
"""Share of the shorter extract's content words that another may repeat."""
_MOST_LEAD_OVERLAP = 0.4
"""The same for first sentences, which tell one thing in ever other words."""
_MOST_NUMBERS = 2
"""Numbers in common from which two sentences tell one thing."""
MOST_SHARE = 0.6
"""Share of the words, and of the extracts, that one article may give where two have candidates."""
_EMPTY_LOSS = 0.4
"""Part of its weight that a sentence without name, figure and source loses."""
_LATE_LOSS = 1e-4
"""What the last candidate loses beside the first: of equals, the earlier sentence."""
_ROUNDING = 1e-9


class Candidate(NamedTuple):
    """A sentence that may be chosen."""

    article: int
    """Place of its article in the group."""
    sentence: int
    size: int
    """Words as readers count them."""
    concepts: tuple[int, ...]
    """By their numbers, without repeats."""
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


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the smaller set's members that both have; 0.0 when one is empty."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


class Problem:
    """Candidates that fit, each with what it is worth, and the limits."""

    def __init__(self, candidates: Sequence[Candidate], weights: Mapping[int, float], limits: Limits) -> None:
        self.candidates, self.limits = candidates, limits
        self.several = len({candidate.article for candidate in candidates}) > 1
        parts = _parts(candidates, weights)
        self.shared = [(held, weight) for held, weight in parts.items() if len(held) > 1]
        """Parts that several candidates hold: who, and what they weigh."""
        self._weights = [weight for _, weight in self.shared]
        self.parts: list[list[int]] = [[] for _ in candidates]
        """The shared parts that each candidate holds."""
        for part, (held, _) in enumerate(self.shared):
            for at in held:
                self.parts[at].append(part)
        self.own = self._own(parts)
        """What each candidate is worth beside its shared parts; less than 0 for an empty one."""
        self.value = [own + self._weight(parts) for own, parts in zip(self.own, self.parts, strict=True)]
        """What each candidate is worth alone."""
        self._given = [(candidate.article, candidate.size) for candidate in candidates]
        self._sizes = [len(candidate.content) for candidate in candidates]
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for at, candidate in enumerate(candidates):
            for member in candidate.content:
                self._holders[member].append(at)
        self._counting = [at for at, c in enumerate(candidates) if len(c.numbers) >= _MOST_NUMBERS]
        self._clashing: dict[int, int] = {}
        self._touching: dict[int, int] = {}

    def _own(self, parts: Mapping[tuple[int, ...], float]) -> list[float]:
        late = _LATE_LOSS / len(self.candidates) if self.candidates else 0.0
        alone = [parts.get((at,), 0.0) for at in range(len(self.candidates))]
        return [
            weight - _EMPTY_LOSS * candidate.empty * (weight + self._weight(self.parts[at])) - late * at
            for at, (candidate, weight) in enumerate(zip(self.candidates, alone, strict=True))
        ]

    def _weight(self, parts: Iterable[int]) -> float:
        weights = self._weights
        return sum([weights[part] for part in parts])

    def gain(self, at: int, covered: AbstractSet[int]) -> float:
        """Return what a candidate adds to the shared parts that are covered."""
        weights = self._weights
        return self.own[at] + sum([weights[part] for part in self.parts[at] if part not in covered])

    def worth(self, chosen: Iterable[int]) -> float:
        """Return what a choice is worth."""
        taken = sorted(chosen)
        covered = sorted({part for at in taken for part in self.parts[at]})
        return sum(self.own[at] for at in taken) + self._weight(covered)

    def clash(self, one: int, other: int) -> bool:
        """Tell whether two candidates say too much of the same."""
        return bool(self.clashing(one) >> other & 1)

    def clashing(self, one: int) -> int:
        """Return, as bits, the candidates that say too much of what one says; found when first asked for."""
        if one not in self._clashing:
            first, size, bits = self.candidates[one], self._sizes[one], 0
            both = Counter(chain.from_iterable(map(self._holders.__getitem__, first.content)))
            for other, shared in both.items():
                least = min(self._sizes[other], size)
                if shared > _MOST_LEAD_OVERLAP * least and (
                    shared > MOST_OVERLAP * least or first.sentence == self.candidates[other].sentence == 0
                ):
                    bits |= 1 << other
            if len(first.numbers) >= _MOST_NUMBERS:
                bits |= sum(
                    1 << at for at in self._counting if self._count_alike(one, at) and not bits >> at & 1
                )
            self._clashing[one] = bits & ~(1 << one)
        return self._clashing[one]

    def _count_alike(self, one: int, other: int) -> bool:
        """Tell whether two candidates have several numbers in common."""
        return len(self.candidates[one].numbers & self.candidates[other].numbers) >= _MOST_NUMBERS

    def touching(self, one: int) -> int:
        """Return, as bits, the candidates that share a part with one."""
        if one not in self._touching:
            held = {at for part in self.parts[one] for at in self.shared[part][0]}
            self._touching[one] = sum(1 << at for at in held)
        return self._touching[one]

    def clashes(self) -> Iterator[tuple[int, int]]:
        """Yield all pairs of candidates that clash."""
        return (pair for pair in combinations(range(len(self.candidates)), 2) if self.clash(*pair))

    def shares(self, chosen: Sequence[int]) -> dict[int, float]:
        """Return the larger of each article's shares of words and of extracts."""
        words, given, times = 0, dict[int, int](), dict[int, int]()
        for at in chosen:
            candidate = self.candidates[at]
            given[candidate.article] = given.get(candidate.article, 0) + candidate.size
            times[candidate.article] = times.get(candidate.article, 0) + 1
            words += candidate.size
        return {article: max(given[article] / words, times[article] / len(chosen)) for article in given}

    def is_fair(self, chosen: Sequence[int]) -> bool:
        """Tell whether no article gives more than its share."""
        if not self.several or not chosen:
            return True
        words, given, times = 0, dict[int, int](), dict[int, int]()
        for at in chosen:
            article, size = self._given[at]
            given[article] = given.get(article, 0) + size
            times[article] = times.get(article, 0) + 1
            words += size
        most = MOST_SHARE + _ROUNDING
        return max(given.values()) <= most * words and max(times.values()) <= most * len(chosen)


def _parts(candidates: Sequence[Candidate], weights: Mapping[int, float]) -> dict[tuple[int, ...], float]:
    """Return the weight of the concepts that the same candidates hold, in order of these."""
    times = Counter(chain.from_iterable(candidate.concepts for candidate in candidates))
    parts: dict[tuple[int, ...], float] = {}
    held: dict[int, list[int]] = {}
    for at, candidate in enumerate(candidates):
        weighed = [concept for concept in candidate.concepts if concept in weights]
        if own := [weights[concept] for concept in weighed if times[concept] == 1]:
            parts[at,] = sum(own)
        for concept in weighed:
            if times[concept] > 1:
                held.setdefault(concept, []).append(at)
    for concept, places in held.items():
        key = tuple(places)
        parts[key] = parts.get(key, 0.0) + weights[concept]
    return dict(sorted(parts.items()))
