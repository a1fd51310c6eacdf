"""Vectors of length 1 over meanings and numbers: how alike two are, and what is left of one without some of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from math import sqrt


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the cosine of two unit vectors, 0 to 1."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return min(1.0, sum([weight * large[key] for key, weight in small.items() if key in large]))


def without(vector: Mapping[str, float], left_out: Iterable[str]) -> Mapping[str, float]:
    """Return a vector without some of its parts, of length 1 again; empty when nothing is left."""
    dropped = left_out if isinstance(left_out, AbstractSet) else set(left_out)
    return unit({key: weight for key, weight in vector.items() if key not in dropped})


def unit(vector: Mapping[str, float]) -> Mapping[str, float]:
    """Return a vector of the same direction and length 1; empty when it has no length."""
    length = sqrt(sum([weight * weight for weight in vector.values()]))
    return {key: weight / length for key, weight in vector.items()} if length else {}
