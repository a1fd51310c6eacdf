"""Terms weighed by how few texts hold them, as TF-IDF rows: the one door to scikit-learn.

A weight hangs on what its row holds and on what is known of its column: its idf, whether several texts hold it.
A process that goes on building weighs again only rows that are new, or hold a term of which something else is
known now. The result is the same as when all is weighed anew.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from generator.language.background import background
from generator.language.hashing import hashed_each
from generator.stories.absent import OF_NUMPY, SOLVERS, Mute, absent
from generator.stories.sparse import csr_matrix
from generator.stories.stacks import Exchange, Pile, Stack
from generator.stories.views import Hashes, Ints, View, widened

_STEPS = 64
"""Steps of idf to one."""
_MOST_CHANGED = 0.5
"""Share of changed rows up to which those that stay are taken over."""

_OF_OTHERS = ("scipy.stats", "scipy.interpolate", "scipy.special", "scipy.linalg", SOLVERS, "joblib.memory")
"""What scikit-learn imports for other estimators, which may then not work in the same process."""
_OF_TABLES = ("narwhals", "narwhals.stable", "narwhals.stable.v2")
"""What it asks whether something is a table with names of columns: it gets none from here."""

Kind = Literal["stems", "words", ""]
Kept = Callable[[Stack], NDArray[np.bool_]]
"""Tells which entries of a stack belong to a view."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What is known of each term over all texts."""

    idf: NDArray[np.float32]
    several: NDArray[np.bool_]
    """Whether more than one text holds it."""
    usual: NDArray[np.bool_]
    """Whether those that hold it usually write it with a capital; of words alone."""
    documents: float
    """Logarithm of the number of texts, the background counted in, in steps."""
    changed: Ints | None = None
    """Those of which something else is known than in the last build; None: all."""


_NONE = np.zeros(0, bool)


@cache
def _background(kind: Literal["stems", "words"]) -> tuple[Hashes, Ints]:
    """Return the hashes of background terms, ascending, and the document frequency of each."""
    table = getattr(background(), kind)
    hashes = np.fromiter(hashed_each(table), np.uint32, len(table))
    order = np.argsort(hashes, kind="stable")
    return hashes[order], np.fromiter(table.values(), np.int64, len(table))[order]


def _documents(stack: Stack) -> float:
    """Return the logarithm of the number of texts, in steps."""
    return float(np.rint(4 * np.log(1 + stack.height + background().documents)) / 4)


def _idf(stack: Stack, columns: Ints, kind: Kind, documents: float) -> NDArray[np.float32]:
    """Return the idf of columns, in steps."""
    df = stack.df[columns]
    if kind:
        terms, known = _background(kind)
        at = np.minimum(np.searchsorted(terms, stack.terms.of[columns]), len(terms) - 1)
        df = df + np.where(terms[at] == stack.terms.of[columns], known[at], 0)
    by_df = np.rint(_STEPS * (documents - np.log(1 + np.arange(df.max(initial=0) + 1)) + 1))
    idf: NDArray[np.float32] = by_df.astype(np.float32)[df]
    return idf


def every(stack: Stack) -> NDArray[np.bool_]:
    """Tell that each entry belongs to a view."""
    return np.ones(len(stack.columns), bool)


class Scale:
    """Weighs the rows of a pile, and keeps them for the next build."""

    def __init__(self) -> None:
        self.pile = Pile()
        self.rows = Exchange(np.zeros(0, np.int64))
        """Which rows of the last build were taken over."""
        self._columns = Columns(np.zeros(0, np.float32), _NONE, _NONE, 0.0)
        self._views: list[View] = []

    def columns(self, kind: Kind = "", usual: NDArray[np.bool_] = _NONE) -> Columns:
        """Return what is known of the terms of the pile, the background documents of this kind counted in."""
        stack, last, touched = self.pile.stack, self._columns, self.pile.touched
        documents = _documents(stack)
        if touched is None or documents != last.documents:
            idf = _idf(stack, np.arange(stack.terms.width), kind, documents)
            self._columns = Columns(idf, stack.df > 1, usual, documents)
            return self._columns
        idf, several = widened(last.idf, stack.terms.width), widened(last.several, stack.terms.width)
        before = idf[touched], several[touched]
        idf[touched], several[touched] = _idf(stack, touched, kind, documents), stack.df[touched] > 1
        changed = touched[(idf[touched] != before[0]) | (several[touched] != before[1])]
        if len(usual):
            turned = np.flatnonzero(widened(last.usual, len(usual)) != usual)
            changed = np.concatenate([changed, turned])
        self._columns = Columns(idf, several, usual, documents, changed)
        return self._columns

    def weigh(self, columns: Columns, kept: Sequence[Kept] = (every,)) -> list[View]:
        """Return a view of the last stack of the pile for each of ``kept``, the same ones in each build.

        Columns of a single text count in the lengths alone.
        """
        pile, self.rows = self.pile, self._exchange(columns)
        stack = pile.stack.take(np.flatnonzero(self.rows.fresh))
        values = _weights(stack, columns)
        views = [_view(stack, values, columns, own(stack)) for own in kept]
        if pile.touched is not None and not self.rows.fresh.all():
            views = [joined(self.rows, last, fresh) for last, fresh in zip(self._views, views, strict=True)]
        self._views = views
        return views

    def forget(self) -> None:
        """Let go of the pile, and of its views."""
        self.pile, self._views = Pile(), []

    def _exchange(self, columns: Columns) -> Exchange:
        """Return which rows are what they were."""
        pile, height = self.pile, self.pile.stack.height
        if self._views and pile.touched is not None and columns.changed is not None:
            changed = pile.before.rows_with(columns.changed)
            old = np.where(np.append(changed, True)[pile.rows.old], -1, pile.rows.old)
            if np.count_nonzero(old < 0) <= _MOST_CHANGED * height:
                return Exchange(old)
        return Exchange(np.full(height, -1))


@cache
def prepare() -> None:
    """Import what weighing needs, which takes about a third of a second; meant for a thread beside the reading.

    scikit-learn imports much for functions that nothing here calls, and that takes twice as long as all
    the rest of it. Empty modules stand in meanwhile; whoever asks for those parts afterwards gets them.
    """
    with suppress(ImportError, AttributeError, TypeError, RuntimeError):  # that of a process that is ending
        with absent(*_OF_OTHERS, *OF_NUMPY), absent(*_OF_TABLES, kind=Mute):
            import_module("sklearn.feature_extraction.text")
        one = np.ones(1, np.float32)
        if _weighed(one, np.zeros(1, np.int32), np.arange(2), 2 * one).tolist() == [2]:
            return
    for name in [name for name in sys.modules if name.partition(".")[0] == "sklearn"]:
        del sys.modules[name]  # a release that needs more: imported whole by who weighs


def _weights(stack: Stack, columns: Columns) -> NDArray[np.float32]:
    """Return the weight of each entry of a stack."""
    prepare()
    values = stack.weights.astype(np.float32)
    return _weighed(values, stack.columns, stack.starts, columns.idf) if len(values) else values


def _weighed(
    values: NDArray[np.float32], columns: NDArray[np.int32], starts: Ints, idf: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the values of the rows of a sparse matrix, each times what its column weighs."""
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415 - it takes long to import

    transformer = TfidfTransformer(norm=None)
    transformer.idf_ = idf
    weights: NDArray[np.float32] = transformer.transform(
        _matrix(values, columns, starts, len(idf)), copy=False
    ).data
    return weights


def _view(stack: Stack, values: NDArray[np.float32], columns: Columns, own: NDArray[np.bool_]) -> View:
    """Return the entries that are a view's own, those of several texts alone, and the length of all of them."""
    kept = own & columns.several[stack.columns]
    squares = stack.sums(lambda span: np.square(np.where(own[span], values[span], 0), dtype=float))
    starts = np.concatenate([[0], np.cumsum(stack.sums(kept.__getitem__))])
    matrix = _matrix(values[kept], stack.columns[kept], starts, len(columns.idf))
    return View(matrix, np.sqrt(squares), columns.idf, stack.terms)


def joined(rows: Exchange, last: View, fresh: View) -> View:
    """Return rows of the last build with fresh ones between them."""
    matrix = rows.exchanged(last.matrix, fresh.matrix, fresh.matrix.shape[1])
    return View(matrix, rows.values(last.lengths, fresh.lengths), fresh.idf, fresh.terms, rows.old)


def _matrix(values: NDArray[np.float32], columns: NDArray[np.int32], starts: Ints, width: int) -> csr_matrix:
    """Return rows of these entries; there is a column at least, since scikit-learn refuses a matrix without any."""
    return csr_matrix((values, columns, starts.astype(np.int32)), shape=(len(starts) - 1, max(1, width)))
