"""Publishers with their articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.model import Article
from generator.publishing import urls
from generator.turned import turned


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher and its articles. Spellings that share an address are one outlet."""

    name: str
    """As first written; empty for articles that name none."""
    path: str
    articles: tuple[Article, ...]
    """Latest first, undated last."""


class Published(NamedTuple):
    """By whom and when an article was published."""

    path: str
    """Of the page of the outlet."""
    place: tuple[int, str]
    """What the articles of an outlet are put in order by."""
    name: str


class Outlets:
    """The outlets of the last edition."""

    def __init__(self) -> None:
        self._articles: Sequence[Article] = ()
        self._published: Sequence[Published] = ()
        self._outlets: tuple[Outlet, ...] = ()

    def of(self, articles: Sequence[Article], published: Sequence[Published]) -> tuple[Outlet, ...]:
        """Return the outlets by name, the very same where their articles are; those without a name last."""
        places = turned(self._articles, articles)
        if places is None or any(published[place] != self._published[place] for place in places):
            self._outlets = _outlets(articles, published)
        elif places:
            now = {id(self._articles[place]): articles[place] for place in places}
            paths = {published[place].path for place in places}
            self._outlets = tuple(_with(one, now) if one.path in paths else one for one in self._outlets)
        self._articles, self._published = articles, published
        return self._outlets


def published(article: Article) -> Published:
    """Return by whom and when an article was published."""
    return Published(urls.outlet_path(article.meta.outlet), latest_first(article), article.meta.outlet)


def latest_first(article: Article) -> tuple[int, str]:
    """Sort articles by descending date, undated last, then by path."""
    date = article.meta.date
    return (-date.day.toordinal() if date else 0, article.path)


def _with(outlet: Outlet, now: dict[int, Article]) -> Outlet:
    """Return an outlet with others in the place of some articles, given by their numbers."""
    return replace(outlet, articles=tuple(now.get(id(article), article) for article in outlet.articles))


def _outlets(articles: Sequence[Article], published: Sequence[Published]) -> tuple[Outlet, ...]:
    """Return the outlets by name, without regard to case; those without a name last."""
    found: defaultdict[str, list[tuple[Published, Article]]] = defaultdict(list)
    for one, article in zip(published, articles, strict=True):
        found[one.path].append((one, article))
    outlets = [
        Outlet(some[0][0].name, path, tuple(a for _, a in sorted(some, key=lambda pair: pair[0].place)))
        for path, some in found.items()
    ]
    return tuple(sorted(outlets, key=lambda outlet: (not outlet.name, outlet.name.casefold(), outlet.path)))
