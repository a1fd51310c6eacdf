"""Small charts as plain geometry: where the dots, cells and labels stand. The templates draw them.

All are 288 units wide, so that they stay legible on a narrow phone; every chart says in words what it
shows. Days lie on a linear axis.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.publishing.catalogue import Words

WIDTH = 288
"""Units, of which one is a CSS pixel on the narrowest screen, 320 wide with its margins."""
_MARGIN, _LABELS = 12.0, 126.0
_RIGHT = WIDTH - _MARGIN
_LABEL_CHARS = 18
_ROW, _TOP = 20, 8
_SHADES = 5
_TICKS = 44
"""Units between two labels of the axis."""
_NUMBERED = 8
"""Sources up to which the cells of a heat map carry their numbers."""


class Dot(NamedTuple):
    """One article or event."""

    x: float
    y: float
    label: str
    """A number beside it; may be empty."""


class Tick(NamedTuple):
    """A labelled day on the axis."""

    x: float
    text: str
    anchor: str
    """``start``, ``middle`` or ``end``: how the text stands to ``x``."""


class Axis(NamedTuple):
    """Days from left to right."""

    left: float
    right: float
    y: float
    ticks: tuple[Tick, ...]


class Row(NamedTuple):
    """One outlet and its articles."""

    label: str
    y: float
    dots: tuple[Dot, ...]


class Coverage(NamedTuple):
    """Who reported when: a row an outlet, a dot an article."""

    height: int
    axis: Axis
    rows: tuple[Row, ...]
    summary: str
    """The chart in words."""


class Strip(NamedTuple):
    """Events along the days; those of one day stand above each other."""

    height: int
    axis: Axis
    dots: tuple[Dot, ...]
    summary: str


class HeatCell(NamedTuple):
    """The likeness of two sources, as a number."""

    x: float
    y: float
    text: str
    dark: bool
    """Whether the cell is so dark that its number must be light."""


class Heat(NamedTuple):
    """Likeness of sources, pair by pair, below the diagonal."""

    width: int
    height: int
    cell: float
    shades: tuple[str, ...]
    """A path for each shade, lightest first, in cells from (24, 0): lines one cell thick, to be dashed; may be empty."""
    cells: tuple[HeatCell, ...]
    """Numbers in the cells; none in large maps."""
    labels: tuple[Dot, ...]
    """Source numbers beside rows and below columns."""
    summary: str


def coverage(words: Words, articles: Sequence[tuple[str, dt.date]], undated: int = 0) -> Coverage | None:
    """Return the chart of (outlet, day) pairs; None below two outlets or when all is of one day."""
    days = [day for _, day in articles]
    outlets = list(dict.fromkeys(outlet for outlet, _ in sorted(articles, key=lambda pair: pair[1])))
    if len(outlets) < 2 or min(days) == max(days):
        return None
    bottom = _TOP + _ROW * len(outlets)
    place = _place(min(days), max(days), _LABELS)
    rows = []
    for number, outlet in enumerate(outlets):
        own = sorted(place(day) for name, day in articles if name == outlet)
        y = _TOP + _ROW * number + _ROW / 2
        rows.append(Row(_short(outlet), y, tuple(Dot(x, y, "") for x in own)))
    axis = _axis(words, days, _LABELS, bottom)
    return Coverage(bottom + 24, axis, tuple(rows), _coverage_words(words, articles, undated))


def _coverage_words(words: Words, articles: Sequence[tuple[str, dt.date]], undated: int) -> str:
    """Return who was first, or how many were on the first day; and how many articles the chart lacks."""
    days = [day for _, day in articles]
    first = sorted({outlet for outlet, day in articles if day == min(days)})
    said = [words.say("chart.coverage", span=words.locale.span(min(days), max(days)))]
    if len(first) == 1:
        said.append(words.say("chart.first", outlet=first[0]))
    else:
        said.append(words.count("chart.first_day", len(first)))
    if undated:
        said.append(words.count("chart.undated", undated))
    return " ".join(said)


def strip(words: Words, days: Sequence[dt.date]) -> Strip | None:
    """Return the line of events, which are numbered in their order; None below two different days."""
    if len(set(days)) < 2:
        return None
    first, last = min(days), max(days)
    placed: list[tuple[float, int]] = []
    place = _place(first, last, _MARGIN)
    for day in days:
        x = place(day)
        level = 0
        while any(abs(x - other) < 16 and level == used for other, used in placed):
            level += 1
        placed.append((x, level))
    bottom = _TOP + 16 * (max(level for _, level in placed) + 1) + 4
    axis = _axis(words, days, _MARGIN, bottom)
    dots = tuple(Dot(x, bottom - 12 - 16 * level, str(n)) for n, (x, level) in enumerate(placed, 1))
    span = words.locale.span(first, last)
    return Strip(bottom + 24, axis, dots, words.count("chart.strip", len(days), span=span))


def heat(words: Words, likeness: Sequence[Sequence[float]], langs: Sequence[str]) -> Heat | None:
    """Return the map of pairwise likeness (rows in source order); None below two pairs.

    Sources in two languages were not compared and are no pair: their cells hold a dash.
    """
    count = len(likeness)
    pairs = {
        (row, column): likeness[row][column]
        for row in range(1, count)
        for column in range(row)
        if langs[row] == langs[column] or not (langs[row] and langs[column])
    }
    if len(pairs) < 2:
        return None
    cell = min(32.0, round((WIDTH - 24) / count, 1))
    labels = [Dot(12, _round((row - 0.5) * cell + 3.5), str(row + 1)) for row in range(1, count)]
    foot = _round((count - 1) * cell + 14)
    labels += [Dot(_round(24 + (n + 0.5) * cell), foot, str(n + 1)) for n in range(count - 1)]
    width, height = round(24 + (count - 1) * cell), round((count - 1) * cell + 20)
    numbers = tuple(_heat_cells(pairs, count, cell)) if count <= _NUMBERED else ()
    return Heat(
        width, height, cell, _heat_paths(pairs, count), numbers, tuple(labels), _heat_words(words, pairs)
    )


def _heat_paths(pairs: Mapping[tuple[int, int], float], count: int) -> tuple[str, ...]:
    """Return the path of each shade: a line for each run of cells that have it."""
    paths = [""] * _SHADES
    for row in range(1, count):
        cells = [(column, pairs[row, column]) for column in range(row) if (row, column) in pairs]
        for (shade, _), run in groupby(enumerate(cells), lambda one: (_shade(one[1][1]), one[1][0] - one[0])):
            columns = [column for _, (column, _) in run]
            paths[shade] += f"M{columns[0]} {row - 0.5}h{len(columns)}"
    return tuple(paths)


def _heat_cells(pairs: Mapping[tuple[int, int], float], count: int, cell: float) -> Iterator[HeatCell]:
    """Yield the numbers of the cells, with a dash for sources that were not compared."""
    for row in range(1, count):
        for column in range(row):
            value = pairs.get((row, column))
            text = "–" if value is None else f"{value * 100:.0f}"
            x, y = _round(24 + (column + 0.5) * cell), _round((row - 0.5) * cell + 3.5)
            yield HeatCell(x, y, text, value is not None and _shade(value) > 2)


def _heat_words(words: Words, pairs: Mapping[tuple[int, int], float]) -> str:
    """Return the likest and the least like pair in words."""
    (b, a), high = max(pairs.items(), key=lambda pair: pair[1])
    (d, c), low = min(pairs.items(), key=lambda pair: pair[1])
    percent = words.locale.percent
    return words.say("chart.heat", a=a + 1, b=b + 1, high=percent(high), c=c + 1, d=d + 1, low=percent(low))


def _round(value: float) -> float:
    return round(value, 1)


def _shade(value: float) -> int:
    return max(0, min(_SHADES - 1, int(value * _SHADES)))


def _short(label: str) -> str:
    return label if len(label) <= _LABEL_CHARS else label[: _LABEL_CHARS - 1].rstrip() + "…"


def _place(first: dt.date, last: dt.date, left: float) -> Callable[[dt.date], float]:
    """Return where a day lies between ``left`` and the right margin."""
    length = (last - first).days
    return lambda day: round(left + (_RIGHT - left) * ((day - first).days / length), 1)


def _axis(words: Words, days: Sequence[dt.date], left: float, y: float) -> Axis:
    """Return the axis from the first to the last day, labelled there and at the days between that have room."""
    first, last = min(days), max(days)
    span = (last - first).days
    name = words.locale.short_day if span < 300 else words.locale.month if span < 1500 else _year
    place = _place(first, last, left)
    ticks = [Tick(left, name(first), "start")]
    for day in sorted(set(days)) if span < 300 else ():
        if ticks[-1].x + 1.5 * _TICKS <= place(day) <= _RIGHT - 1.5 * _TICKS:
            ticks.append(Tick(place(day), name(day), "middle"))
    return Axis(left, _RIGHT, y, (*ticks, Tick(_RIGHT, name(last), "end")))


def _year(day: dt.date) -> str:
    return str(day.year)
