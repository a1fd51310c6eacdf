"""How often Python looks for rings of objects that keep each other alive.

What Crosscite makes are records, texts and numbers that refer to no one above them, and whose memory is given
back without a search. By default one runs after every 700 new objects (2,000 from Python 3.13 on) and takes a
quarter of the time of reading. It is not turned off: libraries do leave rings behind, a parsed page most of
all, and a hundred thousand articles must not pile them up.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from functools import cache
from typing import Any

_OBJECTS = 150_000
"""New objects after which the young are searched: the rings of some thirty articles, ten megabytes."""


def search_seldom() -> None:
    """Let the process search for garbage after so many new objects; searches of the old follow as before."""
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])


def settle() -> None:
    """Leave alone what a step of a build made: it stays to the end. Give back to the system what the step let go of.

    What counting and comparing take up for a while lies between what stays; the C library keeps it, in case it is asked for
    as much again.
    """
    gc.freeze()
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Any:
    """Return ``malloc_trim`` of glibc; None where there is none."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None


def begin_worker() -> None:
    """Set up a process that was started to work: what it has imported is never searched, nor copied for that."""
    gc.freeze()
    search_seldom()
