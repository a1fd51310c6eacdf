"""What is measured between two texts, in all views."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.stories.views import Floats, Ints, Pairs, View, Views, dots_and_idf


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """What was measured on pairs of rows: parallel arrays, 0 to 1 unless said otherwise."""

    left: Ints
    right: Ints
    words: Floats
    names: Floats
    shared_names: Floats
    """The smaller of the two shares of one text's names found in the other."""
    phrases: Floats
    free_phrases: Floats
    """Roots of the cosines."""
    content: Floats
    """Cosine of the words that are no names."""
    numbers: Floats
    title: Floats
    near_both: Floats
    near_one: Floats
    """Likeness of words over the better, the poorer of the two texts' nearest."""
    days: Floats
    """Days apart; nan when a date is missing."""
    size: Floats
    """Distinct content words of the shorter text."""
    other_times: NDArray[np.bool_]
    """Ordinals, days, years: whether both texts have some and share none. The 79th anniversary is not the 80th."""
    foreign: NDArray[np.bool_]
    """Whether the languages are known and differ."""


def measure(views: Views, pairs: Pairs, best: Floats, words: Floats | None = None) -> Measures:
    """Measure pairs of rows; ``best`` is the highest cosine of words of each row, ``words`` that of each pair."""
    left, right = pairs.left, pairs.right
    if words is None:
        words = pairs.cosines("words", views.words)
    names, shared = pairs.multiplied("names", views.names, dots_and_idf).T
    totals = np.maximum(views.name_totals[left], views.name_totals[right])
    better, poorer = np.maximum(best[left], best[right]), np.minimum(best[left], best[right])
    langs, others = views.langs[left], views.langs[right]
    return Measures(
        left=left,
        right=right,
        words=words,
        names=pairs.over_lengths(views.names, names),
        shared_names=shared / np.maximum(totals, 1),
        phrases=np.sqrt(pairs.cosines("phrases", views.phrases)),
        free_phrases=np.sqrt(pairs.cosines("free phrases", views.free_phrases)),
        content=pairs.cosines("content", views.content),
        numbers=pairs.cosines("numbers", views.numbers),
        title=pairs.cosines("title", views.title),
        near_both=np.minimum(1, words / np.maximum(better, 1e-9)),
        near_one=np.minimum(1, words / np.maximum(poorer, 1e-9)),
        days=np.abs(views.days[left] - views.days[right]),
        size=np.minimum(views.sizes[left], views.sizes[right]),
        other_times=np.array(
            [_all_other(f"times {kind}", view, pairs) for kind, view in enumerate(views.times)]
        ),
        foreign=(langs >= 0) & (others >= 0) & (langs != others),
    )


def _all_other(name: str, view: View, pairs: Pairs) -> NDArray[np.bool_]:
    """Return of which pairs both rows hold something, and nothing in common."""
    held = view.lengths > 0
    other: NDArray[np.bool_] = held[pairs.left] & held[pairs.right] & (pairs.multiplied(name, view) == 0)
    return other
