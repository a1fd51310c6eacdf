"""The archive: every story under each day on which it was reported; what is not dated has a page of its own."""

from __future__ import annotations

import datetime as dt
from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from generator.model import Story
from generator.publishing import urls
from generator.publishing.contexts import ArchiveContext, Context, DayContext
from generator.publishing.drafts import Draft
from generator.publishing.pages.frame import Desk, cut_into_pages, numbered, page_links, visible
from generator.publishing.pages.lists import redirect
from generator.publishing.parts import CalendarDay, CalendarPart, Link, SectionPart, Weekday

PATH = "archive/index.html"
UNDATED = "archive/undated/index.html"
_SIZE = 150
"""Stories on one page of a day."""
_MONTHS = 24
"""Months whose days stand on the first page of the archive."""

Day = tuple[dt.date, tuple[Story, ...], dt.date | None, dt.date | None]
"""A day, its stories, the dated day before it and the one after it."""
Days = dict[dt.date, list[Story]]
Numbers = tuple[tuple[dt.date, int], ...]
"""Days in order, and how many stories each has."""


def archive(desk: Desk) -> Iterator[Context | Draft[Any]]:
    """Yield the archive, its years, its days, and the page of what is not dated."""
    days, undated = _by_day(desk)
    order = sorted(days)
    numbers = tuple((day, len(days[day])) for day in order)
    yield Draft(_overview, "", (numbers, len(undated)))
    for year, some in groupby(numbers, key=lambda one: one[0].year):
        yield Draft(_year, str(year), tuple(some))
    for place, day in enumerate(order):
        earlier, later = order[place - 1] if place else None, next(iter(order[place + 1 :]), None)
        yield Draft(_day, day.isoformat(), (day, tuple(days[day]), earlier, later))
    if undated:
        yield Draft(_undated, "", tuple(undated))
    elif any(article.meta.date is None for article in desk.digest.articles):
        yield redirect(desk, UNDATED, PATH, desk.say("nav.archive"))  # it stood there until dated ones joined


def day_path(day: dt.date) -> str:
    """Return where a day stands: ``archive/2026/03/14/index.html``."""
    return f"archive/{day:%Y/%m/%d}/index.html"


def _by_day(desk: Desk) -> tuple[Days, list[Story]]:
    """Return the stories by each day that one of their articles is of, and those without any date."""
    days: Days = defaultdict(list)
    undated = []
    stories = list(visible(desk.digest.stories))
    for story, dates in zip(stories, desk.once_each(_dates, stories), strict=True):
        for day in dates:
            days[day].append(story)
        if not dates:
            undated.append(story)
    return days, undated


def _dates(_: Desk, story: Story) -> list[dt.date]:
    """Return the days of a story's articles, in order."""
    return sorted({article.meta.date.day for article in story.articles if article.meta.date})


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
    day, stories, earlier, later = one
    path = day_path(day)
    link = partial(_day_link, desk)
    runs = cut_into_pages(sorted(stories, key=lambda story: story.single), _SIZE)
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


def _day_link(desk: Desk, day: dt.date, root: str) -> Link:
    return Link(desk.locale.day(day), root + day_path(day))


def _sections(desk: Desk, day: dt.date, stories: Sequence[Story], root: str) -> tuple[SectionPart, ...]:
    """Return the stories that began on a day, those that went on, and the single reports."""
    kinds: dict[str, list[Story]] = {"new": [], "further": [], "singles": []}
    for story in stories:
        first = story.first.day if story.first else None
        kinds["singles" if story.single else "new" if first == day else "further"].append(story)
    return tuple(
        SectionPart(kind, desk.say(f"archive.{kind}"), tuple(desk.entry(story, root) for story in found))
        for kind, found in kinds.items()
        if found
    )


def _undated(desk: Desk, stories: Sequence[Story]) -> Iterator[DayContext]:
    """Yield the pages of stories none of whose articles gives a date."""
    runs = cut_into_pages(sorted(stories, key=lambda story: story.single), _SIZE)
    for number, run in enumerate(runs, 1):
        here = numbered(UNDATED, number)
        entries = tuple(desk.entry(story, urls.root(here)) for story in run)
        yield DayContext(
            site=desk.site,
            page=desk.frame(here, desk.say("state.no_date"), section="archive/index.html", found=False),
            heading=desk.say("archive.undated"),
            sections=(SectionPart("undated", desk.say("archive.undated_note"), entries),),
            earlier=None,
            later=None,
            pages=page_links(UNDATED, number, len(runs)),
        )
