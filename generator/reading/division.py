"""Divide a chain of lines into report and furniture.

The best division is found by dynamic programming (Viterbi), a change of side having its price; cf. Pasternack
and Roth 2009: "Extracting article text from the web with maximum subsequence segmentation". Linear in the
number of lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.model import Span
from generator.reading.lines import Line

_SWITCH = 1.3
"""Price of a change between report and furniture."""
_ASIDE_SHARE = 0.2
_ASIDE_GAP = 7


def divide(weights: Sequence[float]) -> list[bool]:
    """Return for each line whether it is furniture in the division of greatest weight.

    ``weights`` speak for furniture above 0, for the report below.
    """
    report = furniture = 0.0
    changes: list[tuple[bool, bool]] = []
    for weight in weights:
        price = _SWITCH if changes else 0.0
        changes.append((furniture - price > report, report - price > furniture))
        report, furniture = max(report, furniture - price), max(furniture, report - price) + weight
    sides: list[bool] = []
    side = furniture > report
    for to_report, to_furniture in reversed(changes):
        sides.append(side)
        side ^= to_furniture if side else to_report
    return sides[::-1]


def without_asides(lines: Sequence[Line], sides: Sequence[bool]) -> list[bool]:
    """Return the sides with small runs of text far from the main one put to the furniture.

    Teasers and comments of a page are running text too, but stand alone between menus and lists.
    """
    runs = list(_runs(lines, sides))
    most = max((run.mass for run in runs), default=0)
    kept = list(sides)
    for run in runs:
        if run.mass < _ASIDE_SHARE * most:
            kept[run.start : run.end] = [True] * (run.end - run.start)
    return kept


def main_run(words: Sequence[int], gap: int) -> Span:
    """Return the run of lines with most words; at least ``gap`` lines without any part two runs."""
    best, most = Span(0, 0), 0
    start = end = mass = 0
    for at, count in enumerate(words):
        if not count:
            continue
        if at - end >= gap:
            start, mass = at, 0
        end, mass = at + 1, mass + count
        if mass > most:
            best, most = Span(start, end), mass
    return best


def groups(sides: Sequence[bool]) -> Iterator[tuple[Span, bool]]:
    """Yield the runs of neighbours on one side, as positions in the chain, and the side."""
    at = 0
    for side, group in groupby(sides):
        end = at + sum(1 for _ in group)
        yield Span(at, end), side
        at = end


class _Run(NamedTuple):
    """Lines of the report with little furniture between them."""

    start: int
    end: int
    mass: int
    """Words of running text."""


def _runs(lines: Sequence[Line], sides: Sequence[bool]) -> Iterator[_Run]:
    """Yield the runs of text that at least ``_ASIDE_GAP`` lines of furniture part."""
    run: _Run | None = None
    for (start, end), furniture in groups(sides):
        if not furniture:
            mass = sum(line.count for line in lines[start:end] if line.prose)
            if run and start - run.end < _ASIDE_GAP:
                run = _Run(run.start, end, run.mass + mass)
            else:
                if run:
                    yield run
                run = _Run(start, end, mass)
    if run:
        yield run
