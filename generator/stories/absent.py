"""Imports without what nothing here calls.

numpy, scipy and scikit-learn import parts of each other for functions that Crosscite never asks for, some only because a
module takes over all names of another one. That is more than half of what importing them costs, in every process that does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

OF_NUMPY = tuple(f"numpy.{name}" for name in ("ctypeslib", "f2py", "fft", "polynomial", "testing"))
"""What scipy loads by taking over all names of numpy, and nothing here asks for: another thread may be at work meanwhile."""
SOLVERS = "scipy.sparse.linalg"
"""What ``scipy.sparse.csgraph`` and scikit-learn load for the sake of one class."""


class Absent(ModuleType):
    """A module that is not loaded: of whatever is imported from it there is a name, and nothing behind it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)


class Mute(Absent):
    """One that says no to whatever it is asked: who asks it whether something is of its kind goes on."""

    def __getattr__(self, name: str) -> Any:
        super().__getattr__(name)
        return Mute(name)

    def __call__(self, *_: object, **__: object) -> bool:
        """Say no."""
        return False


@contextmanager
def absent(*names: str, kind: type[Absent] = Absent) -> Iterator[None]:
    """Let empty modules stand in for those that are not loaded yet; whoever asks for them afterwards gets them."""
    stands = {name: kind(name) for name in names if name not in sys.modules}
    sys.modules.update(stands)
    packages = {name: sys.modules.get(name.rpartition(".")[0]) for name in stands}
    at_hand = {name: package for name, package in packages.items() if package}
    for name, package in at_hand.items():
        setattr(package, name.rpartition(".")[2], stands[name])
    try:
        yield
    finally:
        for name in stands:
            del sys.modules[name]
        for name, package in at_hand.items():
            delattr(package, name.rpartition(".")[2])
