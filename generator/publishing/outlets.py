"""Publishers with their articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from generator.model import Article, Moment
from generator.publishing import urls
from generator.publishing.parts import Line


class Published(NamedTuple):
    """An article as the pages of outlets show it."""

    id: str
    path: str
    """Of its page."""
    title: Line
    date: Moment | None
    origin: str
    outlet: str
    """As written."""
    home: str
    """The path of the page of its outlet."""
    place: tuple[int, str]
    """What the articles of an outlet are put in order by."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher and its articles. Spellings that share an address are one outlet."""

    name: str
    """As first written; empty for articles that name none."""
    path: str
    articles: tuple[Published, ...]
    """Latest first, undated last."""


def published(article: Article, title: Line) -> Published:
    """Return by whom and when an article was published, and under which title."""
    meta = article.meta
    return Published(
        article.id,
        urls.article_path(article),
        title,
        meta.date,
        meta.origin,
        meta.outlet,
        urls.outlet_path(meta.outlet),
        _latest_first(article),
    )


def _latest_first(article: Article) -> tuple[int, str]:
    """Sort articles by descending date, undated last, then by path."""
    date = article.meta.date
    return (-date.day.toordinal() if date else 0, article.path)


def outlets(articles: Sequence[Published]) -> list[Outlet]:
    """Return the outlets by name, without regard to case; those without a name last."""
    found: defaultdict[str, list[Published]] = defaultdict(list)
    for one in articles:
        found[one.home].append(one)
    all_ = (
        Outlet(some[0].outlet, path, tuple(sorted(some, key=attrgetter("place"))))
        for path, some in found.items()
    )
    return sorted(all_, key=lambda outlet: (not outlet.name, outlet.name.casefold(), outlet.path))
