"""Stories of one long-running matter, in order of time.

Average linkage again, over stories instead of articles and by a looser measure: the same people and
places in the same field, whatever happened and however long after. The likeness of two stories is the mean
over their pairs of articles, which is the product of their mean rows. Dates do not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from scipy.sparse import csr_matrix

from generator.config import GroupSettings
from generator.model import Story, Thread
from generator.stories.linkage import AverageLinkage, Rule
from generator.stories.neighbours import nearest_pairs
from generator.stories.overrides import Overrides, article_names
from generator.stories.vectors import Vectors
from generator.stories.views import Floats, Ints, View, Views, products

_NEAR = 0.04
"""Least mean cosine of words for two stories to be compared."""
_UNIT = 4_096
"""What stands for 1 in the whole numbers of mean rows."""


def find_threads(
    stories: Sequence[Story], vectors: Vectors, settings: GroupSettings, overrides: Overrides
) -> tuple[Thread, ...]:
    """Return the threads of two stories or more, each story in at most one, earliest first."""
    ordered = sorted(stories, key=_place)
    linkage = AverageLinkage(len(ordered), Rule(settings.thread_threshold))
    left, right, likeness = _links(ordered, vectors.views)
    linkage.connect(left.tolist(), right.tolist(), ((value, 0.0) for value in likeness.tolist()))
    titles = _tie(linkage, ordered, overrides)
    linkage.grow()
    clusters = [cluster for cluster in linkage.clusters() if len(cluster) > 1]
    return tuple(_thread([ordered[place] for place in cluster], titles) for cluster in clusters)


def _place(story: Story) -> tuple[bool, date, str]:
    """Return what orders stories: date, undated last, then path."""
    return story.first is None, story.first.day if story.first else date.max, story.articles[0].path


def _links(stories: Sequence[Story], views: Views) -> tuple[Ints, Ints, Floats]:
    """Return pairs of stories with the mean likeness of their articles."""
    mean = _means(stories, views)
    words, names = _story_view(mean, views.words), _story_view(mean, views.names)
    left, right = nearest_pairs(words, _NEAR)
    likeness = (products(words, left, right) + products(names, left, right)) / 2
    langs = np.array([views.langs[views.rows[story.articles[0].id]] for story in stories], np.int64)
    foreign = (langs[left] >= 0) & (langs[right] >= 0) & (langs[left] != langs[right])
    return left[~foreign], right[~foreign], likeness[~foreign]


def _means(stories: Sequence[Story], views: Views) -> csr_matrix:
    """Return the matrix that makes the rows of articles into mean rows of stories."""
    entries = [
        (place, views.rows[a.id], len(s.articles)) for place, s in enumerate(stories) for a in s.articles
    ]
    places, rows, sizes = np.array(entries, np.int64).reshape(-1, 3).T
    return csr_matrix((1 / sizes, (places, rows)), shape=(len(stories), len(views.sizes)))


def _story_view(mean: csr_matrix, view: View) -> View:
    """Return the mean rows of stories: products of two are the mean cosine of their articles.

    In whole numbers, for which see ``vectors``.
    """
    inverse = csr_matrix(
        (mean.data / np.maximum(view.lengths[mean.indices], 1), mean.indices, mean.indptr), mean.shape
    )
    rows = (inverse @ view.matrix).tocsr()
    rows.sort_indices()
    rows.data = np.rint(rows.data * _UNIT).astype(np.float32)
    return View(rows, np.full(rows.shape[0], float(_UNIT)), view.idf, view.terms)


def _tie(linkage: AverageLinkage, stories: Sequence[Story], overrides: Overrides) -> Mapping[str, str]:
    """Tie the stories that overrides put in one thread; return forced titles by story id."""
    names = article_names([article for story in stories for article in story.articles])
    of = {article.id: place for place, story in enumerate(stories) for article in story.articles}
    titles = {}
    for title, references in overrides.threads:
        places = sorted({of[names[reference.name]] for reference in references})
        linkage.tie(places)
        titles.update({stories[place].id: title for place in places if title})
    return titles


def _thread(stories: Sequence[Story], titles: Mapping[str, str]) -> Thread:
    """Return the thread of these stories, which are in order."""
    forced = [titles[story.id] for story in stories if story.id in titles]
    told = max(stories, key=lambda story: len(story.articles))
    title = forced[0] if forced else told.headline.text
    return Thread(stories[0].id, title, tuple(story.id for story in stories))
