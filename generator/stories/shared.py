"""The terms that make the articles of a group alike in words, with their share of that likeness.

The share of a term is the sum of its products over pairs of texts; among copies of one text, its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import cast

import numpy as np
from numpy.typing import NDArray

from generator.language.hashing import END
from generator.model import Article, Group
from generator.stories.counting import Memory, damped, stems_of
from generator.stories.sparse import csr_matrix
from generator.stories.views import Hashes, Views

MOST_TERMS = 12
Shared = tuple[tuple[str, float], ...]
_STEPS = 4
"""Steps of weight from one to half of it. Within a step terms stand in an order of their own: none comes before another,
or takes its place, because some article elsewhere makes a word a little rarer."""
_AT_ONCE = 1_000
"""Groups of which all terms are held at a time."""
_LEAST = 1e-9
"""What rounding leaves of 0."""


class Written:
    """How groups write the words that they share, each for as long as a group is the very same object.

    With a ``memory`` of the same code and settings it is remembered by the group's key: no article is opened for it.
    """

    def __init__(self, memory: Memory | None = None) -> None:
        self._known: dict[int, tuple[Group, dict[int, str]]] = {}
        self._memory = memory
        self._grown: dict[int, Group] = {}
        """Groups of which more is known than is remembered."""

    def hold(self, groups: Sequence[Group]) -> None:
        """Forget all groups but these."""
        last = self._known
        self._known = {key: last[key] for group in groups if (key := id(group)) in last}
        if self._memory is not None:
            self._recall([group for group in groups if len(group.articles) > 1], self._memory)

    def words(self, group: Group, stems: Sequence[int]) -> list[str]:
        """Return the word for each hash; nothing where no article of the group has one."""
        _, words = self._known.setdefault(id(group), (group, {}))
        if new := [stem for stem in stems if stem not in words]:
            words.update(_as_written(group.articles, new))
            self._grown[id(group)] = group
        return [words[stem] for stem in stems]

    def keep(self) -> None:
        """Remember what has become known."""
        grown, self._grown = self._grown, {}
        if self._memory is not None:
            self._memory.add({group.key: self._known[at][1] for at, group in grown.items()})

    def _recall(self, groups: Sequence[Group], memory: Memory) -> None:
        """Take what is remembered of some groups, and let all others be forgotten."""
        keys = [group.key for group in groups]
        known = cast("Mapping[str, dict[int, str]]", memory.recall(keys))
        memory.forget(but=keys)
        self._known |= {
            id(group): (group, known[key]) for group, key in zip(groups, keys, strict=True) if key in known
        }


def shared_terms(groups: Sequence[Group], views: Views, known: Written | None = None) -> Iterator[Shared]:
    """Yield the shared terms of each group, heaviest first, as first written; none of a single report."""
    written = known or Written()
    for start in range(0, len(groups), _AT_ONCE):
        yield from _shared(groups[start : start + _AT_ONCE], views, written)


def _shared(groups: Sequence[Group], views: Views, written: Written) -> Iterator[Shared]:
    """Yield the shared terms of each of some groups."""
    weights = _weights(groups, views)
    for group, start, end in zip(
        groups, weights.indptr[:-1].tolist(), weights.indptr[1:].tolist(), strict=True
    ):
        terms, values = views.words.terms.of[weights.indices[start:end]], weights.data[start:end]
        if not len(terms) and len(group.articles) > 1:
            terms, values = _squares(group.articles[0], views)
        if not len(terms):
            yield ()
            continue
        order = np.argsort(terms)  # in which they are added up, too
        terms, values = terms[order], values[order]
        shares = _in_steps(values) / values.sum()
        heaviest = np.lexsort((terms, -shares))[:MOST_TERMS]
        words = written.words(group, terms[heaviest].tolist())
        named = zip(words, shares[heaviest].tolist(), strict=True)
        yield tuple((word, round(share, 4)) for word, share in named if word)


def _in_steps(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return weights in steps down from the heaviest, none above what it is."""
    steps = np.ceil(_STEPS * np.log2(weights.max() / weights) - _LEAST)
    stepped: NDArray[np.float64] = weights.max() * 2 ** (-steps / _STEPS)
    return stepped


def _weights(groups: Sequence[Group], views: Views) -> csr_matrix:
    """Return the weight of each column in the likeness of each group's texts; none where there is but one text."""
    members = [sorted({views.rows[article.id] for article in group.articles}) for group in groups]
    members = [rows if len(rows) > 1 else [] for rows in members]
    starts = np.cumsum([0, *map(len, members)])
    chosen = np.fromiter(chain.from_iterable(members), np.int64, starts[-1])
    shape, own = (len(groups), len(chosen)), np.arange(len(chosen))
    inverse = 1 / np.maximum(views.words.lengths[chosen], 1)
    matrix = views.words.matrix[chosen].astype(float)
    totals = csr_matrix((inverse, own, starts), shape) @ matrix
    squares = csr_matrix((inverse**2, own, starts), shape) @ matrix.power(2)
    weights = (totals.power(2) - squares).tocsr()
    weights.data[weights.data < _LEAST] = 0
    weights.eliminate_zeros()
    return weights


def _squares(article: Article, views: Views) -> tuple[Hashes, NDArray[np.float64]]:
    """Return the terms of a text of which there are only copies, and the square of the weight of each."""
    stems = np.frombuffer(stems_of(article, article.meta.lang), np.uint32)
    terms, counts = np.unique(stems[stems > END], return_counts=True)
    columns = views.words.terms.columns(terms)
    held = columns >= 0
    return terms[held], (damped(counts[held]) * views.words.idf[columns[held]].astype(float)) ** 2


def _as_written(articles: Iterable[Article], stems: Sequence[int]) -> dict[int, str]:
    """Return a word for each hash, in order, as the first of the articles that has one first writes it; else ""."""
    written = dict.fromkeys(stems, "")
    missing = set(stems)
    for article in articles:
        if not missing:
            break
        held = np.frombuffer(stems_of(article, article.meta.lang), np.uint32)
        sentences = (article.title_words, *article.words)
        words = list(chain.from_iterable((*sentence, "") for sentence in sentences))
        for at in np.flatnonzero(np.isin(held, sorted(missing))).tolist():
            if (stem := int(held[at])) in missing:
                missing.remove(stem)
                written[stem] = words[at]
    return written
