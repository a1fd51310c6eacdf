"""Records that are pickled in short: what is read is sent between processes, and remembered, by the thousand.

Python pickles a frozen, slotted dataclass as a list of values, and on the way there and back looks its fields
up each time. Here a record is its class and the values that the class takes: half the time both ways.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any


class Compact:
    """Base of a frozen, slotted dataclass of two fields or more, all given by position."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how it is made again."""
        kind: type = type(self)
        return kind, _values(kind)(self)


@cache
def _values(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """Return what takes the values of a record, in order."""
    return attrgetter(*(field.name for field in fields(kind)))
