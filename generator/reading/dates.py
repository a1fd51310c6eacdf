"""Dates as newsrooms write them, made into days of the reader.

Read are ISO 8601 and RFC 2822, days with a month's name in the languages of
``data/dates/months.tsv``, ``15.08.2025``, ``2025年8月15日``, ``08/15/2025`` where only one order is
possible, and seconds since 1970. ``03/04/2025`` is two days: it is reported, not guessed. Nothing
is ever taken from an article's body or from the time of a file.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.model import Moment

_HINT = "write YYYY-MM-DD"
_MAX_CHARS = 120
_YEARS = range(1500, 2200)

_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})([-/.]?)(?P<month>\d{2})\2(?P<day>\d{2})(?!\d)")
_IDEOGRAPHIC = re.compile(
    r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(?P<first>\d{1,2})([/-])(?P<second>\d{1,2})\2(?P<year>\d{4})(?!\d)")
_ZONE = r"(?:\s{0,2}(?:(?P<sign>[+\-\u2212])(?P<zone_hours>\d{1,2}):?(?P<zone_minutes>\d{2})?|\(?(?P<zone>(?-i:[A-Z]{1,5}))\b))?"
_CLOCKS = tuple(
    re.compile(rf"(?<![\d.:])(?P<hour>{pattern}{_ZONE}", re.IGNORECASE)
    for pattern in (
        r"\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?(?:\s{0,2}(?P<half>[ap]\.?m\b\.?))?",
        r"\d{1,2})\s?(?:(?P<half>[ap]\.?m\b\.?)|uhr\b|h\b)",
        r"(?<=T)\d{2})(?P<minute>\d{2})(?P<second>\d{2})?",
    )
)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_SECONDS = re.compile(r"\d{10}(?:\d{3})?")
_WEEKDAYS = frozenset({"mar"})
"""Short names of months that are weekdays in another language (mardi, martes, martedì)."""
_NOT_GIVEN = frozenset(
    {"", "-", "–", "—", "?", "n/a", "na", "none", "null", "unknown", "undated", "~", "tbd"}
)

_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "cet": 60, "mez": 60, "cest": 120, "mesz": 120, "eet": 120,
    "eest": 180, "bst": 60, "msk": 180, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "aest": 600, "aedt": 660, "nzst": 720,
    "nzdt": 780, "pkt": 300, "wat": 60, "cat": 120, "eat": 180, "sast": 120,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Undated:
    """Why a text gives no date."""

    message: str
    """In one line; empty when the text says that there is none ("unknown")."""
    hint: str = ""
    ambiguous: bool = False
    """True when it is a date that may mean two days."""


class _Day(NamedTuple):
    """A calendar day as written, perhaps impossible, and where it ends in the text."""

    year: int
    month: int
    day: int
    rest: str


@lru_cache(maxsize=1 << 10)
def parse_date(text: str, timezone: str) -> Moment | Undated:
    """Return the day, in the zone named ``timezone``, and the instant where a time is given.

    A time without a zone is taken as the reader's; with a zone that is not known, it is dropped.
    """
    text = " ".join(text[: _MAX_CHARS + 1].split())
    if text.casefold() in _NOT_GIVEN:
        return Undated("")
    if len(text) > _MAX_CHARS:
        return Undated(f"no date: {text[:40]}…", _HINT)
    zone = ZoneInfo(timezone)
    if _SECONDS.fullmatch(text):
        return _moment(dt.datetime.fromtimestamp(int(text[:10]), dt.UTC), zone)
    found = _day(text)
    if isinstance(found, Undated):
        return found
    try:
        moment = _timed(dt.date(found.year, found.month, found.day), found.rest, zone)
    except (ValueError, OverflowError):
        return Undated(f"no such date: {text}", _HINT)
    return moment if moment.day.year in _YEARS else Undated(f"no such date: {text}", _HINT)


def path_date(path: str) -> dt.date | None:
    """Return the day that a file's name starts with (``2025-08-15-slug.md``), if any."""
    name = path.rpartition("/")[2]
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})(?=[-_. ])", name)
    if not match:
        return None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None


def _moment(instant: dt.datetime, zone: dt.tzinfo) -> Moment:
    """Return an instant as the reader sees it."""
    local = instant.astimezone(zone)
    return Moment(local.date(), local)


def _day(text: str) -> _Day | Undated:
    """Find the calendar day as written."""
    for pattern in (_ISO, _IDEOGRAPHIC, _YEAR_FIRST, _DOTTED):
        if match := pattern.search(text):
            year, month, day = (int(match[name]) for name in ("year", "month", "day"))
            return _Day(year, month, day, text[: match.start()] + " " + text[match.end() :])
    if match := _SLASHED.search(text):
        return _slashed(text, match)
    return _named(text)


def _slashed(text: str, match: re.Match[str]) -> _Day | Undated:
    """Read ``15/08/2025`` and ``08/15/2025``; ``03/04/2025`` stays undecided."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    rest = text[: match.start()] + " " + text[match.end() :]
    if first > 12 or first == second:
        return _Day(year, second, first, rest)
    if second > 12:
        return _Day(year, first, second, rest)
    message = f"date may mean two days: {text}"
    return Undated(
        message, f"{_HINT}: {year}-{first:02}-{second:02} or {year}-{second:02}-{first:02}", ambiguous=True
    )


def _named(text: str) -> _Day | Undated:
    """Read a day with the month's name, in any order ("15 August 2025", "Aug. 15th, 2025")."""
    clock = _clock(text)
    calendar = text[: clock.start()] + " " + text[clock.end() :] if clock else text
    words = _WORD.findall(calendar.casefold())
    years = [int(word) for word in words if word.isdecimal() and len(word) == 4]
    days = [int(word) for word in words if word.isdecimal() and len(word) < 4]
    months = [(word, _months()[word]) for word in words if word in _months()]
    if len(months) > 1:
        months = [month for month in months if month[0] not in _WEEKDAYS]
    if len(months) != 1 or len(years) != 1 or len(days) != 1:
        return Undated(f"no date: {text}", _HINT)
    return _Day(years[0], months[0][1], days[0], clock[0] if clock else "")


def _clock(text: str) -> re.Match[str] | None:
    """Find the time of day."""
    return next((match for pattern in _CLOCKS if (match := pattern.search(text))), None)


def _timed(day: dt.date, rest: str, zone: dt.tzinfo) -> Moment:
    """Add the time of day that the rest of the text gives. Raises ValueError for one that cannot be."""
    clock = _clock(rest)
    if not clock:
        return Moment(day)
    given = clock.groupdict("")
    hour, minute, second = (int(given.get(unit) or 0) for unit in ("hour", "minute", "second"))
    if half := given.get("half"):
        hour = hour % 12 + 12 * half.lower().startswith("p")
    if hour > 24 or minute > 59 or second > 60:
        raise ValueError(clock[0])
    there = _zone(given, zone)
    if there is None:
        return Moment(day)
    at = dt.datetime.combine(day, dt.time(tzinfo=there))
    return _moment(at + dt.timedelta(hours=hour, minutes=minute, seconds=second), zone)


def _zone(given: dict[str, str], reader: dt.tzinfo) -> dt.tzinfo | None:
    """Return the zone that is written, the reader's when none is; None for one not known."""
    if given["sign"]:
        minutes = 60 * int(given["zone_hours"]) + int(given["zone_minutes"] or 0)
    elif given["zone"]:
        known = _ZONES.get(given["zone"].lower())
        if known is None:
            return None
        minutes = known
    else:
        return reader
    return dt.timezone(dt.timedelta(minutes=-minutes if given["sign"] in ("-", "\u2212") else minutes))


@cache
def _months() -> dict[str, int]:
    """Return the number of each month's name."""
    table = (files("generator.data") / "dates" / "months.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t")[1:] for line in table.splitlines() if line and not line.startswith("#")]
    return {name: number for row in rows for number, names in enumerate(row, 1) for name in names.split()}
