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
from functools import cache
from importlib.resources import files
from math import exp
from operator import itemgetter

from generator.reading.features import VARIABLES

Values = tuple[int, ...]
"""Numbers of a pair, as in VARIABLES."""
Template = tuple[str, ...]

GROUPS: tuple[tuple[Template, ...], ...] = (
    (
        ("kind", "side"),
        ("kind", "before", "side"),
        ("kind", "after", "side"),
        ("before", "led"),
    ),
    (
        ("kind", "common"),
        ("kind", "named"),
        ("kind", "self"),
    ),
    (
        ("kind", "verb", "side"),
        ("verb", "bridge", "reach", "side"),
        ("led", "link", "leader", "side"),
    ),
    (
        ("side", "verb_gap", "verb_side", "bridge"),
        ("verb", "verb_gap", "verb_side"),
        ("right", "side", "verb_gap"),
        ("capital", "side", "verb_gap"),
        ("rivals", "verb", "verb_gap", "side"),
    ),
    (
        ("led", "led_gap", "leader"),
        ("right", "side", "led_gap"),
        ("rivals", "led", "link", "side"),
    ),
    (
        ("side", "paragraphs", "sentences", "closes"),
        ("cues", "side", "sentences"),
        ("side", "gap", "length"),
        ("length", "ending", "side"),
    ),
    (
        ("quotes", "side", "earlier"),
        ("again", "earlier", "side", "capital"),
        ("same", "earlier"),
    ),
)
"""Which numbers are weighed together, chosen by cross-validation. Templates of a group share numbers, so that
the sum of a group can be remembered."""
TEMPLATES = tuple(template for group in GROUPS for template in group)
_REMEMBERED = 50_000
"""Sums remembered for each group, at most."""


def picker(names: Template) -> Callable[[Values], Values]:
    """Return the function that picks the named numbers of a pair; two at least."""
    pick: Callable[[Values], Values] = itemgetter(*(VARIABLES.index(name) for name in names))
    return pick


class _Sums(dict[Values, float]):
    """Sum of the weights of one group's templates, by the numbers that they use."""

    def __init__(self, names: Template, tables: Mapping[Template, Mapping[Values, float]]) -> None:
        super().__init__()
        self._tables = [
            (itemgetter(*map(names.index, template)), table) for template, table in tables.items()
        ]

    def __missing__(self, numbers: Values) -> float:
        total = 0.0
        for pick, table in self._tables:
            total += table.get(pick(numbers), 0.0)
        if len(self) < _REMEMBERED:
            self[numbers] = total
        return total


class Ranker:
    """Turns the numbers of the candidates of a quotation into probabilities."""

    def __init__(self, weights: Mapping[Template, Mapping[Values, float]]) -> None:
        self._sums = []
        for group in GROUPS:
            names = tuple(dict.fromkeys(name for template in group for name in template))
            tables = {template: weights.get(template, {}) for template in group}
            self._sums.append((picker(names), _Sums(names, tables)))

    def probabilities(self, pairs: Sequence[Values]) -> list[float]:
        """Return how likely each candidate is the speaker, given that one of them is."""
        columns = [map(sums.__getitem__, map(pick, pairs)) for pick, sums in self._sums]
        scores = list(map(sum, zip(*columns, strict=True)))
        top = max(scores, default=0.0)
        odds = [exp(score - top) for score in scores]
        total = sum(odds)
        return [odd / total for odd in odds]


@cache
def trained() -> Ranker:
    """Return the ranker with the weights that ship: ``{"kind side": {"0 1": 0.3}}``."""
    file = files("generator.data") / "quotes" / "speakers.json"
    weights: dict[str, dict[str, float]] = json.loads(file.read_text(encoding="utf-8"))["weights"]
    return Ranker(
        {
            tuple(names.split()): {tuple(map(int, key.split())): weight for key, weight in table.items()}
            for names, table in weights.items()
        }
    )
