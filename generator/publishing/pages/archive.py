"""The archive: every story under each day on which it was reported; what is not dated has a page of its own."""

from __future__ import annotations

import datetime as dt
from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from generator.publishing import urls
from generator.publishing.contexts import ArchiveContext, Context, DayContext
from generator.publishing.drafts import Draft, Each
from generator.publishing.listing import Listed
from generator.publishing.pages.frame import Desk, cut_into_pages, numbered, page_links, visible
from generator.publishing.pages.lists import redirect
from generator.publishing.parts import CalendarDay, CalendarPart, EntryPart, Link, SectionPart, Weekday
from generator.publishing.tables import Facts

PATH = "archive/index.html"
UNDATED = "archive/undated/index.html"
_SIZE = 150
"""Stories on one page of a day."""
_MONTHS = 24
"""Months whose days stand on the first page of the archive."""

Numbers = tuple[tuple[dt.date, int], ...]
"""Days in order, and how many stories each has."""


class Day(NamedTuple):
    """A day on which something was reported."""

    iso: str
    day: dt.date
    stories: tuple[str, ...]
    """Their ids."""
    earlier: dt.date | None
    """The dated day before it."""
    later: dt.date | None


def archive(desk: Desk) -> Iterator[Context | Draft[Any] | Each[Day]]:
    """Yield the archive, its years, its days, and the page of what is not dated."""
    days = desk.whole(_days, desk.listing)
    undated = desk.whole(_dateless, desk.listing)
    numbers = tuple((one.day, len(one.stories)) for one in days)
    yield Draft(_overview, "", (numbers, len(undated)))
    for year, some in groupby(numbers, key=lambda one: one[0].year):
        yield Draft(_year, str(year), tuple(some))
    yield Each(_day, days, "iso")
    if undated:
        yield Draft(_undated, "", tuple(undated))
    elif any(one.undated for ((_, one),) in desk.listing):
        yield redirect(desk, UNDATED, PATH, desk.say("nav.archive"))  # it stood there until dated ones joined


def day_path(day: dt.date) -> str:
    """Return where a day stands: ``archive/2026/03/14/index.html``."""
    return f"archive/{day:%Y/%m/%d}/index.html"


def _days(listing: Sequence[Facts[Listed]]) -> list[Day]:
    """Return each day that articles are of, in order, with their stories."""
    found: defaultdict[dt.date, list[str]] = defaultdict(list)
    for id_, one in visible(listing):
        for day in one.dates:
            found[day].append(id_)
    order = sorted(found)
    beside = zip([None, *order], order, [*order[1:], None], strict=False)
    return [Day(day.isoformat(), day, tuple(found[day]), before, after) for before, day, after in beside]


def _dateless(listing: Sequence[Facts[Listed]]) -> list[str]:
    """Return the stories without any date."""
    return [id_ for id_, one in visible(listing) if not one.dates]


def _overview(desk: Desk, counted: tuple[Numbers, int]) -> Iterator[ArchiveContext]:
    """Yield the first page of the archive: the latest months with their days, and all years."""
    numbers, undated = counted
    root = urls.root(PATH)
    years = sorted({day.year for day, _ in numbers}, reverse=True)
    count = desk.count("count.undated", undated)
    yield ArchiveContext(
        site=desk.site,
        page=desk.frame(PATH, desk.say("nav.archive"), section="archive/index.html"),
        year="",
        months=_months(desk, numbers, root)[:_MONTHS],
        years=tuple(Link(str(year), f"{root}archive/{year:04}/index.html") for year in years),
        undated=Link(count, root + UNDATED) if undated else None,
    )


def _year(desk: Desk, numbers: Numbers) -> Iterator[ArchiveContext]:
    """Yield the page of one year."""
    year = numbers[0][0].year
    path = f"archive/{year:04}/index.html"
    yield ArchiveContext(
        site=desk.site,
        page=desk.frame(path, f"{desk.say('nav.archive')} {year}", section="archive/index.html", found=False),
        year=str(year),
        months=_months(desk, numbers, urls.root(path)),
        years=(),
        undated=None,
    )


def _months(desk: Desk, numbers: Numbers, root: str) -> tuple[CalendarPart, ...]:
    """Return the months, latest first, each as a calendar with links to its days."""
    days = dict(numbers)
    months = dict.fromkeys((day.year, day.month) for day in reversed(days))
    weekdays = tuple(Weekday(short, name) for short, name in desk.locale.weekdays())
    weeks = Calendar(desk.locale.first_weekday)
    return tuple(
        CalendarPart(
            desk.locale.month(dt.date(year, month, 1)),
            weekdays,
            tuple(
                tuple(_calendar_day(desk, days, (year, month, number), root) for number in week)
                for week in weeks.monthdayscalendar(year, month)
            ),
        )
        for year, month in months
    )


def _calendar_day(
    desk: Desk, days: Mapping[dt.date, int], date: tuple[int, int, int], root: str
) -> CalendarDay:
    """Return a day of a calendar; number 0 stands beside the month."""
    if not date[2]:
        return CalendarDay("", "", "")
    day = dt.date(*date)
    number = str(day.day)
    if day not in days:
        return CalendarDay(number, "", "")
    label = desk.count("archive.day", days[day], day=desk.locale.weekday(day))
    return CalendarDay(number, label, root + day_path(day))


def _day(desk: Desk, one: Day) -> Iterator[DayContext]:
    """Yield the pages of one day: stories, then single reports."""
    _, day, stories, earlier, later = one
    path = day_path(day)
    link = partial(_day_link, desk)
    runs = _runs(desk, stories)
    for number, run in enumerate(runs, 1):
        here = numbered(path, number)
        yield DayContext(
            site=desk.site,
            page=desk.frame(here, desk.locale.day(day), section="archive/index.html", found=False),
            heading=desk.locale.full_day(day),
            sections=_sections(desk, day, run, urls.root(here)),
            earlier=link(earlier, urls.root(here)) if earlier else None,
            later=link(later, urls.root(here)) if later else None,
            pages=page_links(path, number, len(runs)),
        )


def _runs(desk: Desk, ids: Iterable[str]) -> list[Sequence[str]]:
    """Return the stories of each page: those of several reports first."""
    return cut_into_pages(sorted(ids, key=lambda id_: desk.listed[id_].single), _SIZE)


def _day_link(desk: Desk, day: dt.date, root: str) -> Link:
    return Link(desk.locale.day(day), root + day_path(day))


def _sections(desk: Desk, day: dt.date, stories: Iterable[str], root: str) -> tuple[SectionPart, ...]:
    """Return the stories that began on a day, those that went on, and the single reports."""
    kinds: dict[str, list[EntryPart]] = {"new": [], "further": [], "singles": []}
    for id_ in stories:
        one = desk.listed[id_]
        kind = "singles" if one.single else "new" if day in one.days[:1] else "further"
        kinds[kind].append(desk.other(id_, root))
    return tuple(
        SectionPart(kind, desk.say(f"archive.{kind}"), tuple(found)) for kind, found in kinds.items() if found
    )


def _undated(desk: Desk, stories: Sequence[str]) -> Iterator[DayContext]:
    """Yield the pages of stories none of whose articles gives a date."""
    runs = _runs(desk, stories)
    for number, run in enumerate(runs, 1):
        here = numbered(UNDATED, number)
        entries = tuple(desk.other(id_, urls.root(here)) for id_ in run)
        yield DayContext(
            site=desk.site,
            page=desk.frame(here, desk.say("state.no_date"), section="archive/index.html", found=False),
            heading=desk.say("archive.undated"),
            sections=(SectionPart("undated", desk.say("archive.undated_note"), entries),),
            earlier=None,
            later=None,
            pages=page_links(UNDATED, number, len(runs)),
        )
