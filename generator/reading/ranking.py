"""Rank the mentions round a quotation by how likely each is its speaker.

A template picks a few of the numbers that describe a quotation and a mention (``features``); each
combination met in training has a weight. The score of a pair is the sum over the templates, and a softmax
over the candidates turns scores into probabilities: a conditional log-linear model, in the manner of O'Keefe
et al. (2012), "A sequence labelling approach to quote attribution". The weights are
``generator/data/quotes/speakers.json``, made by ``scripts/train_speakers.py``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from operator import itemgetter

from generator.reading.features import VARIABLES

Values = tuple[int, ...]
"""Numbers of a pair, as in VARIABLES."""

TEMPLATES = (
    ("kind", "side"),
    ("kind", "before", "side"),
    ("kind", "after", "side"),
    ("kind", "verb", "side"),
    ("kind", "common"),
    ("kind", "named"),
    ("kind", "self"),
    ("before", "led"),
    ("verb", "bridge", "reach", "side"),
    ("led", "link", "leader", "side"),
    ("side", "paragraphs", "sentences", "closes"),
    ("side", "gap", "length"),
    ("side", "verb_gap", "verb_side", "bridge"),
    ("verb", "verb_gap", "verb_side"),
    ("led", "led_gap", "leader"),
    ("right", "side", "led_gap"),
    ("right", "side", "verb_gap"),
    ("capital", "side", "verb_gap"),
    ("length", "ending", "side"),
    ("quotes", "side", "earlier"),
    ("cues", "side", "sentences"),
    ("again", "earlier", "side", "capital"),
    ("same", "earlier"),
)
"""Which numbers are weighed together; chosen by cross-validation."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of the combinations of each template."""

    tables: tuple[tuple[Callable[[Values], object], Mapping[object, float]], ...]
    """For each template what picks its numbers, and the weight of each combination."""

    def probabilities(self, pairs: Sequence[Values]) -> list[float]:
        """Return how likely each candidate is the speaker, given that one is."""
        scores = []
        for values in pairs:
            score = 0.0
            for pick, weights in self.tables:
                score += weights.get(pick(values), 0.0)
            scores.append(score)
        top = max(scores, default=0.0)
        weights = [exp(score - top) for score in scores]
        total = sum(weights)
        return [weight / total for weight in weights]


def pickers() -> list[Callable[[Values], object]]:
    """Return for each template the function that picks its numbers."""
    return [itemgetter(*(VARIABLES.index(name) for name in template)) for template in TEMPLATES]


def ranker(weights: Mapping[str, Mapping[str, float]]) -> Ranker:
    """Return the ranker with these weights: ``{"kind side": {"0 1": 0.3}}``."""
    tables = (
        {tuple(map(int, numbers.split())): weight for numbers, weight in weights.get(" ".join(t), {}).items()}
        for t in TEMPLATES
    )
    return Ranker(tuple(zip(pickers(), tables, strict=True)))


@cache
def trained() -> Ranker:
    """Return the ranker that ships."""
    file = files("generator.data") / "quotes" / "speakers.json"
    return ranker(json.loads(file.read_text(encoding="utf-8"))["weights"])
