"""Imports without what nothing here calls.

numpy, scipy and scikit-learn import parts of each other for functions that Crosscite never asks for, some only because a
module takes over all names of another one. That is more than half of what importing them costs, in every process that does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

OF_NUMPY = ("numpy.f2py", "numpy.testing", "numpy.polynomial")
"""What scipy loads by taking over all names of numpy."""


class _Absent(ModuleType):
    """A module that is not loaded: of whatever is imported from it there is a name, and nothing behind it."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


@contextmanager
def absent(*names: str) -> Iterator[None]:
    """Let empty modules stand in for those that are not loaded yet; whoever asks for them afterwards gets them."""
    stands = {name: _Absent(name) for name in names if name not in sys.modules}
    parents = {name: import_module(name.rpartition(".")[0]) for name in stands}
    for name, stand in stands.items():
        sys.modules[name] = stand
        setattr(parents[name], name.rpartition(".")[2], stand)
    try:
        yield
    finally:
        for name in stands:
            del sys.modules[name]
            delattr(parents[name], name.rpartition(".")[2])
