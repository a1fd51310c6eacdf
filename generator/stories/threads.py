"""Stories of one long-running matter, in order of time.

Average linkage again, over stories instead of articles and by a looser measure: the same people and
places in the same field, whatever happened and however long after. The likeness of two stories is the mean
over their pairs of articles, which is the product of their mean rows. Dates do not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain

import numpy as np

from generator.config import GroupSettings
from generator.model import Story, Thread
from generator.stories.ledger import Ledger
from generator.stories.linkage import Rule
from generator.stories.neighbours import Neighbours
from generator.stories.overrides import Overrides, article_names
from generator.stories.parts import Bundles, Decided, Links, Parts
from generator.stories.sparse import csr_matrix, vstack
from generator.stories.stacks import Exchange
from generator.stories.vectors import Vectors
from generator.stories.views import Ints, View, Views
from generator.stories.weighing import joined
from generator.turned import Last, Order, turned

_NEAR = 0.04
"""Least mean cosine of words for two stories to be compared."""
_UNIT = 4_096
"""What stands for 1 in the whole numbers of mean rows."""
_AT_ONCE = 1_000
"""Stories whose rows are made at a time: in the making they take four times the room."""


class Threading:
    """The mean rows of the last stories, their neighbours and products, and the parts of the last graph."""

    def __init__(self) -> None:
        self.nearest, self.ledger, self.parts = Neighbours(), Ledger(), Parts()
        self.order = Order(_place)
        self._of: Mapping[str, int] = {}
        self._rows = Last[Story, list[int]](partial(_rows_of, self._of))
        self._stories: Sequence[Story] = ()
        self._means: list[View] = []
        self.threads = Bundles[Thread]()
        self._titles: Mapping[str, str] = {}

    def others(self, stories: Sequence[Story], titles: Mapping[str, str]) -> set[int] | None:
        """Return the places at which other stories stand than last time; None where that tells nothing of threads."""
        places, last = turned(self._stories, stories), self._titles
        self._titles = titles
        return None if places is None or titles != last else set(places)

    def rows(self, stories: Sequence[Story], views: Views) -> list[list[int]]:
        """Return the rows of the articles of each story."""
        if self._of is not views.rows:
            self._of, self._rows = views.rows, Last(partial(_rows_of, views.rows))
        return self._rows.of(stories)

    def means(self, stories: Sequence[Story], views: Views) -> list[View]:
        """Return the mean rows of stories by words and by names; made are those alone that are not known."""
        rows = Exchange(self._old(stories, views))
        fresh = _Means([stories[place] for place in np.flatnonzero(rows.fresh).tolist()], views)
        means = []
        for at, view in enumerate((views.words, views.names)):
            mean = fresh.of(view)
            if view.since is not None and not rows.fresh.all():
                mean = joined(rows, self._means[at], mean)
            means.append(mean)
        self._stories, self._means = stories, means
        return means

    def _old(self, stories: Sequence[Story], views: Views) -> Ints:
        """Return the place that each story had last time; -1 where it, or what its articles hold, is another."""
        places = turned(self._stories, stories)
        if places is None:
            last = {id(story): place for place, story in enumerate(self._stories)}
            old = np.array([last.get(id(story), -1) for story in stories], np.int64)
        else:
            old = np.arange(len(stories))
            old[places] = -1
        if views.words.since is None or views.names.since is None:
            return np.full(len(stories), -1)
        other = np.minimum(views.words.since, views.names.since) < 0
        at, rows = _entries(self.rows(stories, views))
        old[at[other[rows]]] = -1
        return old


def find_threads(
    stories: Sequence[Story],
    vectors: Vectors,
    settings: GroupSettings,
    overrides: Overrides,
    known: Threading | None = None,
) -> tuple[Thread, ...]:
    """Return the threads of two stories or more, each story in at most one, earliest first.

    ``known`` saves finding again what is as it was in the last build.
    """
    known = known or Threading()
    ordered = known.order.of(stories)
    tied, titles = _tied(ordered, overrides)
    others = known.others(ordered, titles)
    links = _links(ordered, vectors.views, known)
    found = known.parts.grow(links, Decided(tied), Rule(settings.thread_threshold))
    clusters = [cluster for cluster in found if len(cluster) > 1]
    return tuple(
        known.threads.of(clusters, others, lambda some: _thread([ordered[at] for at in some], titles))
    )


def _place(story: Story) -> tuple[bool, date, str]:
    """Return what orders stories: date, undated last, then path."""
    return story.first is None, story.first.day if story.first else date.max, story.articles[0].path


def _links(stories: Sequence[Story], views: Views, known: Threading) -> Links:
    """Return pairs of stories with the mean likeness of their articles."""
    words, names = known.means(stories, views)
    old = words.since if words.since is not None else np.full(len(stories), -1)
    left, right = known.nearest.pairs(words, _NEAR, old)
    known.ledger.begin(old)
    pairs = known.ledger.pairs(left, right)
    likeness = (pairs.cosines("words", words) + pairs.cosines("names", names)) / 2
    langs = views.langs[[rows[0] for rows in known.rows(stories, views)]]
    same = (langs[left] < 0) | (langs[right] < 0) | (langs[left] == langs[right])
    return Links(len(stories), left, right, likeness, np.zeros(len(left))).at(same)


def _rows_of(of: Mapping[str, int], story: Story) -> list[int]:
    """Return the rows of the articles of a story."""
    return [of[article.id] for article in story.articles]


def _entries(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Return for each article of each story the place of the story, and the row of the article."""
    sizes = list(map(len, rows))
    return np.repeat(np.arange(len(rows)), sizes), np.fromiter(
        chain.from_iterable(rows), np.int64, sum(sizes)
    )


class _Means:
    """Makes the rows of articles into mean rows of stories."""

    def __init__(self, stories: Sequence[Story], views: Views) -> None:
        places, rows = _entries([_rows_of(views.rows, story) for story in stories])
        shares = 1 / np.bincount(places, minlength=len(stories))[places]
        self._mean = csr_matrix((shares, (places, rows)), shape=(len(stories), len(views.sizes)))

    def of(self, view: View) -> View:
        """Return the mean rows: products of two are the mean cosine of their articles.

        In whole numbers, for which see ``vectors``.
        """
        firsts = range(0, max(1, self._mean.shape[0]), _AT_ONCE)
        rows = vstack([_rows(self._mean[first : first + _AT_ONCE], view) for first in firsts], "csr")
        return View(rows, np.full(rows.shape[0], float(_UNIT)), view.idf, view.terms)


def _rows(mean: csr_matrix, view: View) -> csr_matrix:
    """Return the mean rows of some stories."""
    chosen = mean.indices
    inverse = mean.data / np.maximum(view.lengths[chosen], 1)
    shape = mean.shape[0], len(chosen)
    rows = (csr_matrix((inverse, np.arange(len(chosen)), mean.indptr), shape) @ view.matrix[chosen]).tocsr()
    rows.sort_indices()
    rows.data = np.rint(rows.data * _UNIT).astype(np.float32)
    return rows


def _tied(
    stories: Sequence[Story], overrides: Overrides
) -> tuple[Sequence[Sequence[int]], Mapping[str, str]]:
    """Return the stories that overrides put in one thread, and forced titles by story id."""
    if not overrides.threads:
        return (), {}
    names = article_names([article for story in stories for article in story.articles])
    of = {article.id: place for place, story in enumerate(stories) for article in story.articles}
    tied, titles = [], {}
    for title, references in overrides.threads:
        places = sorted({of[names[reference.name]] for reference in references})
        tied.append(places)
        titles.update({stories[place].id: title for place in places if title})
    return tied, titles


def _thread(stories: Sequence[Story], titles: Mapping[str, str]) -> Thread:
    """Return the thread of these stories, which are in order."""
    forced = [titles[story.id] for story in stories if story.id in titles]
    told = max(stories, key=lambda story: len(story.articles))
    title = forced[0] if forced else told.headline.text
    return Thread(stories[0].id, title, tuple(story.id for story in stories))
