"""How alike two texts are, as evidence that they tell one event.

Absolute evidence first: cosines of names, phrases, numbers and titles, each counted up to what reports of
one event usually reach. Relative evidence (how near the two are beside each one's nearest) counts only as
far as the absolute supports it, since even in pure noise every text has a nearest. Two guards stand beside
the sum. Events of one kind with other names stay apart because names weigh most. Events of the same people
stay apart because names must be *matched* by the rest: where two long texts share far more names than other
words, the match is negative, and clusters merge only while it is not. Dates apart count against a pair,
softly; a missing date is unknown, not evidence. So do other ordinals, days and years in the text: the 79th
anniversary is not the 80th. Texts in two languages are not alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generator.config import GroupSettings
from generator.stories.linkage import FIRST
from generator.stories.measures import Measures
from generator.stories.vectors import Vectors
from generator.stories.views import Floats, Ints

_NEARLY_A_YEAR = 300
"""Days beyond the window."""


@dataclass(frozen=True, slots=True)
class Blend:
    """How evidence is weighed; chosen on development corpora where the optimum is flat, not at its peak.

    Pairs are a weight and the value from which more adds nothing.
    """

    names: tuple[float, float] = (0.4, 0.46)
    phrases: tuple[float, float] = (0.16, 0.35)
    numbers: tuple[float, float] = (0.075, 0.45)
    title: tuple[float, float] = (0.06, 0.6)
    near_both: float = 0.045
    """Weight of the likeness relative to the better of the two nearest."""
    near_one: float = 0.26
    """Weight of the likeness relative to the poorer of the two nearest."""
    supported: float = 0.5
    """Absolute evidence from which the relative counts in full."""
    unmatched: float = 0.68
    """How much of the other words shared names ask for."""
    long: tuple[float, float] = (60.0, 90.0)
    """Distinct content words from which on the match begins to count, counts in full."""
    same_cast: tuple[float, float] = (0.66, 0.8)
    """Share of all names in common from which on the match counts less, not at all."""
    date_floor: float = 0.9
    """What dates leave of a likeness at the least, within a year."""
    year_factor: float = 0.75
    """What they leave of it about a year apart or more: the same feast, another year."""
    late: float = 60.0
    """Days beyond which two reports make no first pair; a late one may still join a story of several."""
    other_times: tuple[float, float, float] = (0.7, 0.9, 0.94)
    """What other ordinals, other days and other years in the text leave of a likeness."""
    date_decay: float = 60.0
    """Days in which dates take away about two thirds, down to the floor."""


BLEND = Blend()


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """The nearest pairs of rows with their likeness."""

    left: Ints
    right: Ints
    likeness: Floats
    """0 to 1."""
    match: Floats
    """Below 0 when names outweigh the rest."""


def likeness_graph(vectors: Vectors, settings: GroupSettings) -> Graph:
    """Return each row's nearest pairs with their likeness."""
    near = vectors.near
    return Graph(near.left, near.right, likeness(near, settings), match(near))


def likeness(measures: Measures, settings: GroupSettings, blend: Blend = BLEND) -> Floats:
    """Return the likeness of each pair, 0 to 1."""
    total = (
        _counted(measures.names, blend.names)
        + _counted(measures.phrases, blend.phrases)
        + _counted(measures.numbers, blend.numbers)
        + _counted(measures.title, blend.title)
    )
    supported = np.minimum(1, total / blend.supported) ** 2
    total += supported * (blend.near_both * measures.near_both + blend.near_one * measures.near_one)
    total = np.minimum(1, total) * date_factor(measures.days, settings, blend)
    for other, factor in zip(measures.other_times, blend.other_times, strict=True):
        total *= np.where(other, factor, 1.0)
    late = np.nan_to_num(measures.days) > blend.late + settings.window_days
    total = np.where(late, np.minimum(0.99 * FIRST * settings.threshold, total), total)
    return np.where(measures.foreign, 0.0, total)


def date_factor(days: Floats, settings: GroupSettings, blend: Blend = BLEND) -> Floats:
    """Return what is left of a likeness ``days`` apart: 1 within the window and for missing dates."""
    late = np.maximum(0, np.nan_to_num(days) - settings.window_days)
    factor = np.maximum(blend.date_floor, np.exp(-late / blend.date_decay))
    return np.where(late > _NEARLY_A_YEAR, blend.year_factor, factor)


def match(measures: Measures, blend: Blend = BLEND) -> Floats:
    """Return how well shared names are matched by other words, phrases, title and numbers.

    0 for short texts, in which little else is shared by chance, and for texts that share all their names.
    """
    names = np.maximum(0, measures.names + measures.shared_names - 0.35)
    rest = measures.content + measures.free_phrases / 2 + measures.title / 4 + measures.numbers / 6
    weight = _ramp(measures.size, blend.long) * (1 - _ramp(measures.shared_names, blend.same_cast))
    result: Floats = weight * (rest - blend.unmatched * names)
    return result


def _ramp(values: Floats, bounds: tuple[float, float]) -> Floats:
    """Return 0 up to the lower bound, 1 from the upper on, evenly between."""
    low, high = bounds
    result: Floats = np.clip((values - low) / (high - low), 0, 1)
    return result


def _counted(values: Floats, part: tuple[float, float]) -> Floats:
    """Return the weight of the evidence, in full from ``full`` on."""
    weight, full = part
    result: Floats = weight * np.minimum(1, values / full)
    return result
