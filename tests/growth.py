"""Growth of time with input: what hostile articles are judged by, on machines fast and slow."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import suppress

from generator.errors import ContentError

_TRIES = 7
_LEAST_S = 0.03
"""Below it the clock is too coarse to tell growth."""
TIMES = 3
"""What a hostile text may cost, of what ordinary prose of its length does."""


def assert_linear(run: Callable[[str], object], unit: str, chars: int = 15_000) -> None:
    """Check that four times as many ``unit`` take at most nine times as long; were it quadratic, sixteen.

    What is to be told from its copies has a place for its number in it, as in ``repeats``.

    Other work on the machine only ever lengthens a run: the shortest of several tries is the run's own
    time, and short and long runs take turns, so that both meet the same neighbours.
    """
    seconds(run, unit)
    short = long = float("inf")
    for _ in range(_TRIES):
        short = min(short, seconds(run, repeats(unit, chars)))
        long = min(long, seconds(run, repeats(unit, 4 * chars)))
        if long < 9 * max(short, _LEAST_S):
            return
    raise AssertionError(f"{short:.3f} s, then {long:.3f} s for four times as much")


def repeats(unit: str, chars: int) -> str:
    """Return so many characters of ``unit``, again and again; ``№`` in it is the number of the copy."""
    count = chars // len(unit)
    return "".join(unit.replace("№", str(number)) for number in range(count)) if "№" in unit else unit * count


def assert_near(run: Callable[[str], object], hostile: str, usual: str) -> None:
    """Check that a ``hostile`` text costs at most a few times what the ``usual`` one does. They take turns, as above."""
    short = long = float("inf")
    for _ in range(_TRIES):
        short, long = min(short, seconds(run, usual)), min(long, seconds(run, hostile))
        if long < TIMES * short:
            return
    raise AssertionError(f"{long:.3f} s, and {short:.3f} s for prose of that length")


def seconds(run: Callable[[str], object], text: str) -> float:
    """Return the seconds of the processor that a run takes; a named problem is an answer too."""
    gc.disable()  # going through what other tests have left in memory is no part of the run
    try:
        started = time.process_time()
        with suppress(ContentError):
            run(text)
        return time.process_time() - started
    finally:
        gc.enable()
