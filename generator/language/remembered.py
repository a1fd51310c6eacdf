"""Answers that are kept: for functions of single words, of which few make up most of all text (Zipf 1935).

What is kept is never thrown out, for the words that come first are the common ones; a full memory only stops
growing. That makes it twice as fast as one that counts what was used last.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

_Answer = TypeVar("_Answer")
_Answer_co = TypeVar("_Answer_co", covariant=True)

MOST = 1 << 16
"""Answers that one memory keeps, at most."""
_LONGEST = 64
"""Letters beyond which a word hardly comes again, and may be a whole file."""


class _Remembered(dict[str, _Answer]):
    """Answers of a function, by what it was asked."""

    def __init__(self, function: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> _Answer:
        answer = self._function(word)
        if len(self) < MOST and len(word) <= _LONGEST:
            self[word] = answer
        return answer


def remembered(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """Return the same function with a memory. It is to be pure."""
    return _Remembered(function).__getitem__


class once(Generic[_Answer_co]):  # noqa: N801 - read as a decorator
    """A property that is found when first asked for, and then stands in the object.

    As ``functools.cached_property``, but without the lock which that takes up to Python 3.11: nothing that is
    found here does harm when two threads find it.
    """

    def __init__(self, find: Callable[[Any], _Answer_co]) -> None:
        self._find, self._name, self.__doc__ = find, find.__name__, find.__doc__

    def __get__(self, owner: Any, kind: type | None = None) -> _Answer_co:
        """Find the value; asked for again it is an attribute like any other."""
        found = owner.__dict__[self._name] = self._find(owner)
        return found
