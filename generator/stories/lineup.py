"""The row that each article has: distinct texts in the order of their first article's id, copies of one text in one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from generator.model import Article
from generator.stories.counting import Counted
from generator.stories.views import Floats, Ints
from generator.turned import exchanged, turned


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Articles by row."""

    of: Mapping[str, int]
    """By article id."""
    held: Sequence[Counted]
    """What each row holds."""
    days: Floats
    """Earliest day of each row; nan where none is given."""
    langs: Ints
    """A number for the language of each row; -1 where it cannot be told."""
    old: Ints
    """The row that each text had in the last build; -1 of a new one."""


class Lineup:
    """The rows of the last build."""

    def __init__(self) -> None:
        self._articles: Sequence[Article] = ()
        self._counted: Sequence[Counted] = ()
        self._rows = Rows({}, (), np.zeros(0), np.zeros(0, np.int64), np.zeros(0, np.int64))
        self._row_of: dict[bytes, int] = {}
        self._many: Counter[int] = Counter()
        """How many articles each row has."""
        self._tongues: dict[str, int] = {}

    def of(self, articles: Sequence[Article], counted: Sequence[Counted]) -> Rows:
        """Return the rows of articles, which are in the order of their ids, with what was counted of each."""
        places = turned(self._counted, counted)
        if places is None or not self._stay(places, articles, counted):
            self._rows = self._anew(articles, counted)
        else:
            self._rows = self._with([(articles[place], counted[place]) for place in places])
        self._articles, self._counted = articles, counted
        return self._rows

    def _stay(self, places: Sequence[int], articles: Sequence[Article], counted: Sequence[Counted]) -> bool:
        """Tell whether the articles at some places have a row each to themselves, as those before them had."""
        apart = len({counted[place].text for place in places}) == len(places)
        return apart and all(self._stays(place, articles[place].id, counted[place].text) for place in places)

    def _stays(self, place: int, id_: str, text: bytes) -> bool:
        """Tell whether the row of the article before is that of this one, and of no other."""
        row = self._rows.of[self._articles[place].id]
        return id_ == self._articles[place].id and self._many[row] == 1 and self._row_of.get(text, row) == row

    def _with(self, some: Sequence[tuple[Article, Counted]]) -> Rows:
        """Return the last rows with other texts of some articles, each of which has a row to itself."""
        last = self._rows
        rows = [last.of[article.id] for article, _ in some]
        for row, (_, one) in zip(rows, some, strict=True):
            del self._row_of[last.held[row].text]
            self._row_of[one.text] = row
        days, langs, old = last.days.copy(), last.langs.copy(), np.arange(len(last.held))
        days[rows] = [one.day for _, one in some]
        langs[rows] = [self._tongue(article) for article, _ in some]
        old[rows] = -1
        return Rows(last.of, exchanged(last.held, rows, [one for _, one in some]), days, langs, old)

    def _anew(self, articles: Sequence[Article], counted: Sequence[Counted]) -> Rows:
        """Return the rows of all articles."""
        before = {id(one): row for row, one in enumerate(self._rows.held)}
        self._tongues, self._row_of = {}, {}
        of: dict[str, int] = {}
        texts: list[Article] = []
        held: list[Counted] = []
        for article, one in zip(articles, counted, strict=True):
            row = of[article.id] = self._row_of.setdefault(one.text, len(texts))
            if row == len(texts):
                texts.append(article)
                held.append(one)
        self._many = Counter(of.values())
        days = np.full(len(texts), np.nan)
        np.fmin.at(days, np.fromiter(of.values(), np.int64, len(of)), np.array([one.day for one in counted]))
        langs = np.array(list(map(self._tongue, texts)), np.int64)
        return Rows(of, held, days, langs, np.array([before.get(id(one), -1) for one in held], np.int64))

    def _tongue(self, article: Article) -> int:
        """Return a number for the language of an article."""
        lang = article.meta.lang
        return self._tongues.setdefault(lang, len(self._tongues)) if lang else -1
