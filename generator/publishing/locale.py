"""Dates, numbers and plurals as readers write them. Babel's one door.

English is written day first ("14 March 2026"), which no reader takes for another day.
"""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache

from babel import Locale as _Babel
from babel import UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal, format_percent

_LOCALES = {"en": "en_GB", "de": "de", "fr": "fr", "es": "es"}
RTL = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])
"""Languages written from right to left."""


def direction(lang: str) -> str:
    """Return ``rtl`` or ``ltr``."""
    return "rtl" if lang in RTL else "ltr"


def is_language(tag: str) -> bool:
    """Return whether a primary tag is that of a language (CLDR's)."""
    try:
        _Babel.parse(tag)
    except (UnknownLocaleError, ValueError):
        return False
    return True


class Locale:
    """How one language writes days and numbers."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._babel = _parsed(_LOCALES[lang])

    def day(self, day: dt.date) -> str:
        """Return "14 March 2026"."""
        return _day(self._babel, day, "long")

    def full_day(self, day: dt.date) -> str:
        """Return "Saturday 14 March 2026"."""
        return _day(self._babel, day, "full")

    def short_day(self, day: dt.date) -> str:
        """Return "14 Mar", for charts."""
        return _skeleton(self._babel, day, "MMMd")

    def weekday(self, day: dt.date) -> str:
        """Return "Sat 14", for lists under a month."""
        return _skeleton(self._babel, day, "EEEd")

    def weekdays(self) -> tuple[tuple[str, str], ...]:
        """Return ("Mo", "Monday") and so on, from the first day of the week; how many days it is after Monday."""
        first = self.first_weekday
        short = self._babel.days["stand-alone"]["short"]
        long = self._babel.days["stand-alone"]["wide"]
        return tuple((str(short[n % 7]), str(long[n % 7])) for n in range(first, first + 7))

    @property
    def first_weekday(self) -> int:
        """The day that weeks begin with; Monday is 0."""
        return int(self._babel.first_week_day)

    def month(self, day: dt.date) -> str:
        """Return "March 2026"."""
        return _skeleton(self._babel, day, "yMMMM")

    def span(self, first: dt.date, last: dt.date) -> str:
        """Return "12–14 Mar 2026"; "1911" or "March 2026" where that is what the days make up."""
        if first == last:
            return self.day(first)
        after = last + dt.timedelta(days=1)
        if first.day == after.day == 1 and (after.year, after.month) == _next_month(first):
            return self.month(first)
        if (first.month, first.day) == (after.month, after.day) == (1, 1) and after.year == first.year + 1:
            return str(first.year)
        return _interval(self._babel, first, last)

    def number(self, value: float) -> str:
        """Return "1,300" or "3.5"."""
        return _number(self._babel, value)

    def percent(self, share: float) -> str:
        """Return "82%" for 0.82."""
        return _percent(self._babel, share)

    def plural(self, count: int) -> str:
        """Return the plural class of a count: "one", "other", …."""
        return _plural(self._babel, count)


def _next_month(day: dt.date) -> tuple[int, int]:
    """Return year and month of the month after that of ``day``."""
    return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)


@cache
def _parsed(tag: str) -> _Babel:
    """Return a locale, always the same object: what is remembered of days and numbers is looked up by it."""
    return _Babel.parse(tag)


@cache
def _plural(locale: _Babel, count: int) -> str:
    return str(locale.plural_form(count))


@cache
def _day(locale: _Babel, day: dt.date, style: str) -> str:
    return str(format_date(day, style, locale=locale))


@cache
def _skeleton(locale: _Babel, day: dt.date, skeleton: str) -> str:
    return str(format_skeleton(skeleton, day, locale=locale))


@cache
def _interval(locale: _Babel, first: dt.date, last: dt.date) -> str:
    return str(format_interval(first, last, "yMMMd", locale=locale)).replace("\u2009", "")


@cache
def _number(locale: _Babel, value: float) -> str:
    return str(format_decimal(value, locale=locale))


@lru_cache(maxsize=1024)
def _percent(locale: _Babel, share: float) -> str:
    return str(format_percent(share, locale=locale))
