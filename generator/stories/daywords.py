"""Dates as they are said: "Aug. 15, 1945", "15 août", "in April", "on Friday", "yesterday".

Month names come from ``generator/data/dates``, weekdays and the like from ``generator/data/summary``. Only
what is safe is resolved: years that are given, and, against the day on which an article appeared, days and
months without a year, weekdays and yesterday, today and tomorrow.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from generator.language.months import weekdays
from generator.language.remembered import once
from generator.language.words import tokens
from generator.stories.phrases import Lexicon, lexicon, listed

_YEAR = r"(?:1[5-9]|20)\d\d(?![-–]?\w)"
_REACH = 40
"""Characters before a date that hold the word before it."""
_NEAR = 10
"""Words beside a weekday in which a future is looked for."""


class Dated(NamedTuple):
    """A date said in a text."""

    start: int
    """Offset of the words that give it …"""
    stop: int
    """… and of their end."""
    day: dt.date
    end: dt.date | None
    """End of the month or year when only that is given."""
    resolved: bool
    """Whether the article's own date was needed."""


@dataclass(frozen=True)
class DayWords:
    """The words and patterns of one language."""

    lang: str

    @once
    def months(self) -> dict[str, int]:
        """Lower-case month names and short forms."""
        return {name: at for at, names in enumerate(_months(self.lang), 1) for name in names}

    @once
    def weekdays(self) -> dict[str, int]:
        """Lower-case weekdays, Monday 0."""
        return {name: at for at, name in enumerate(weekdays(self.lang))}

    @once
    def relative(self) -> dict[str, int]:
        """Words for yesterday, today and tomorrow, in days."""
        days = ("yesterday", -1), ("today", 0), ("tomorrow", 1)
        return {word: shift for name, shift in days for word in listed(self.lang, name)}

    @once
    def known(self) -> frozenset[str]:
        """Tokens of which a dated sentence has one, besides years."""
        return frozenset((*self.months, *self.weekdays, *self.relative))

    @once
    def patterns(self) -> tuple[tuple[frozenset[str] | None, re.Pattern[str]], ...]:
        """Patterns with the groups day, month, year, weekday and shift, the surest first.

        Each with the tokens of which a sentence that it matches has one; None for a year.
        """
        month = "|".join(sorted(map(re.escape, self.months), key=lambda name: (-len(name), name))) or "(?!)"
        within = "|".join(map(re.escape, listed(self.lang, "within"))) or "(?!)"
        weekday = "|".join(map(re.escape, self.weekdays)) or "(?!)"
        shift = "|".join(map(re.escape, self.relative)) or "(?!)"
        join = r"\.?,?\s(?:de\s|del\s|of\s)?"
        ordinal = r"(?:st|nd|rd|th|er|\.|º|°)?"
        months, days, shifts = map(frozenset, (self.months, self.weekdays, self.relative))
        forms = (
            (None, r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\w)"),
            (
                months,
                rf"(?P<day>\d{{1,2}}){ordinal}\s(?:of\s|de\s)?(?P<month>{month})(?:{join}(?P<year>{_YEAR}))?(?!\w)",
            ),
            (
                months,
                rf"(?P<month>{month})\.?\s(?P<day>\d{{1,2}}){ordinal}(?:,?\s(?P<year>{_YEAR}))?(?![\w:%]|[.,]\d)",
            ),
            (months, rf"(?P<month>{month}){join}(?P<year>{_YEAR})"),
            (None, rf"(?:{within})\s(?P<year>{_YEAR})"),
            (months, rf"(?:{within})\s(?P<month>{month})(?!\w)"),
            (days, rf"(?P<weekday>{weekday})(?!\w)"),
            (shifts, rf"(?P<shift>{shift})(?!\w)"),
        )
        return tuple((needed, re.compile(rf"(?<!\w){form}", re.IGNORECASE)) for needed, form in forms)


def find_dates(text: str, held: Sequence[str], lang: str, told: dt.date | None) -> Iterator[Dated]:
    """Yield the dates of one sentence in order of place, those that can be told.

    ``held`` are its tokens, ``told`` is the day on which its article appeared.
    """
    words, taken = day_words(lang), list[Dated]()
    year = _has_year(held)
    for needed, pattern in words.patterns:
        if not year if needed is None else needed.isdisjoint(held):
            continue
        for match in pattern.finditer(text):
            free = all(match.end() <= other.start or other.stop <= match.start() for other in taken)
            if free and (dated := _resolve(match, text, words, told)):
                taken.append(dated)
    return iter(sorted(taken))


def may_date(words: Sequence[str], lang: str) -> bool:
    """Tell whether the tokens of a sentence hold a year, a month, a weekday or a word for a day."""
    return not day_words(lang).known.isdisjoint(words) or _has_year(words)


def _has_year(words: Sequence[str]) -> bool:
    """Tell whether one of the tokens may be a year."""
    digits = bool(words) and min(words) < ":"  # digits come before all letters
    return digits and any(len(word) == 4 and word.isdigit() for word in words)


def _resolve(match: re.Match[str], text: str, words: DayWords, told: dt.date | None) -> Dated | None:
    """Return the date that a match gives, None when it cannot be told."""
    found = {name: value.lower() for name, value in match.groupdict().items() if value}
    year, day = int(found.get("year", 0)), int(found.get("day", 0))
    if year and "month" not in found:
        return Dated(*match.span(), dt.date(year, 1, 1), dt.date(year, 12, 31), resolved=False)
    if not year and (told is None or _is_vague(text[: match.start()], words.lang)):
        return None
    tense = 0 if year else _tense(text, match, words.lang)
    if month := found.get("month"):
        number = int(month) if month.isdigit() else words.months[month]
        return _of_month(match.span(), (year, number, day), told, tense)
    if told is None:
        return None
    return _near(match, found, told, tense, words)


def _near(
    match: re.Match[str], found: dict[str, str], told: dt.date, tense: int | None, words: DayWords
) -> Dated | None:
    """Return a weekday, or a day told from the article's own."""
    span = match.span()
    if "shift" in found:
        if span[0] and match[0][:1].isupper():
            return None  # a noun ("am frühen Morgen"), or a name ("USA Today")
        return Dated(*span, told + dt.timedelta(words.relative[found["shift"]]), None, resolved=True)
    days = words.weekdays[found["weekday"]] - told.weekday()
    if tense is None and days:
        return None
    return Dated(*span, told + dt.timedelta(_shift(days, tense or 0)), None, resolved=True)


def _of_month(
    span: tuple[int, int], said: tuple[int, int, int], told: dt.date | None, tense: int | None
) -> Dated | None:
    """Return a day or a month; without a year, the last one before the article, or the next after it."""
    year, month, day = said
    near = [told.year - 1, told.year, told.year + 1] if told and tense is not None else []
    years = [year] if year else near
    spans = [_days(y, month, day) for y in years]
    known = [days for days in spans if days]
    if not year and told:
        past = [days for days in known if days[0] <= told]
        coming = [days for days in known if days[0] >= told]
        known = coming[:1] if tense and tense > 0 else past[-1:]
    if not known:
        return None
    first, last = known[0]
    return Dated(*span, first, None if day else last, resolved=not year)


def _days(year: int, month: int, day: int) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of a day or, when ``day`` is 0, a month; None when there is no such day."""
    if not 1 <= month <= 12 or day > monthrange(year, month)[1]:
        return None
    return dt.date(year, month, day or 1), dt.date(year, month, day or monthrange(year, month)[1])


def _shift(days: int, tense: int) -> int:
    """Return days from an article to a weekday that is ``days`` away within its week, past unless told."""
    if tense > 0:
        return days % 7 or 7
    return -(-days % 7) if tense == 0 else -(-days % 7 or 7)


def _tense(text: str, match: re.Match[str], lang: str) -> int | None:
    """Return 1 for a day to come, -1 for one before the article's own, 0 for a past one; None when unclear."""
    lists = lexicon(lang)
    before, after = tokens(text[: match.start()], lang), tokens(text[match.end() :], lang)
    if before and before[-1] in listed(lang, "next"):
        return 1
    if before and before[-1] in listed(lang, "last"):
        return -1
    sources = [at for at, word in enumerate(before) if word in lists.attribution]
    clause = before[sources[-1] + 1 if sources else 0 :][-_NEAR:]
    source = next((at for at, word in enumerate(after[:_NEAR]) if word in lists.attribution), _NEAR)
    if _comes(clause, lists) or (not sources and _comes(after[:source], lists)):
        return 1
    endings = lists.past_endings.endings
    past = any(w in lists.past or (endings and w.endswith(endings)) for w in (*before, *after))
    return 0 if past else None


def _comes(words: Sequence[str], lists: Lexicon) -> bool:
    """Tell whether words speak of what is to come; "had to be" does not."""
    bound, endings = list(lists.bound.places(words)), lists.future_endings.endings
    if endings and lists.past.words.isdisjoint(words) and any(word.endswith(endings) for word in words):
        return True  # "Rivera a été" is no future
    return any(
        not any(first <= start < last for first, last in bound) for start, _ in lists.future.places(words)
    )


def _is_vague(before: str, lang: str) -> bool:
    """Tell whether what stands before a day leaves open when it is ("until Thursday")."""
    last = tokens(before[-_REACH:], lang)[-1:]
    return bool(last) and last[0] in listed(lang, "vague_days")


@cache
def day_words(lang: str) -> DayWords:
    """Return the words of a language; a language without data has none and dates nothing."""
    return DayWords(lang)


@cache
def _months(lang: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of the twelve months; nothing for a language that is not in the table."""
    table = files("generator.data").joinpath("dates", "months.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((tuple(tuple(names.split()) for names in row[1:]) for row in rows if row[0] == lang), ())
