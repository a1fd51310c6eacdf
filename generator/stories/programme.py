"""Choose the best sentences as an integer programme: the one door to scipy's solver.

Sentences are taken or not, shared parts of what they tell are covered or not (Gillick and Favre 2009).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any

from generator.stories.absent import absent
from generator.stories.problem import MOST_SHARE, Problem

_GAP = 1e-5
"""Part of its worth by which a choice may miss the best."""
_ROUNDING = 1e-9

_SOLVER = "scipy.optimize"
_OF_OTHERS = """
    basinhopping cobyla_py differentiable_functions differentialevolution direct_py dual_annealing hessian_update_strategy
    isotonic lbfgsb_py linprog lsap lsq minimize minpack_py nnls nonlin qap root root_scalar shgo slsqp_py tnc
    trustregion_constr zeros_py
"""
"""What scipy imports for other solvers …"""
_OF_THEIRS = ("scipy.linalg", "scipy.sparse.linalg", "scipy.special")
"""… and for them alone."""

Row = tuple[dict[int, float], float]
"""Coefficients by column, and what their sum may be at most."""


def solve(problem: Problem) -> tuple[int, ...]:
    """Return the places of the best choice; articles are held to their share only once one takes more."""
    if not problem.candidates:
        return ()
    rows = [*_covering(problem), *_limiting(problem), *_parting(problem)]
    held: set[int] = set()
    while True:
        chosen = _solved(problem, rows)
        shares = problem.shares(chosen)
        greedy = [a for a, share in shares.items() if share > MOST_SHARE + _ROUNDING and a not in held]
        if not greedy or not problem.several:
            return chosen
        held.update(greedy)
        rows += [row for article in greedy for row in _sharing(problem, article)]


def _solved(problem: Problem, rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the best choice under these rows; nothing when there is none."""
    import numpy as np  # noqa: PLC0415 - few stories come here

    from generator.stories.sparse import csr_matrix  # noqa: PLC0415

    optimize = _optimize()
    sentences, parts = len(problem.candidates), len(problem.shared)
    cells = [(row, column, value) for row, (line, _) in enumerate(rows) for column, value in line.items()]
    row, column, value = zip(*cells, strict=True)
    matrix = csr_matrix((value, (row, column)), shape=(len(rows), sentences + parts))
    solution = optimize.milp(
        -np.array([*problem.own, *(weight for _, weight in problem.shared)]),
        constraints=optimize.LinearConstraint(matrix, -np.inf, [bound for _, bound in rows]),
        integrality=np.array([1] * sentences + [0] * parts),
        bounds=optimize.Bounds(0, 1),
        options={"mip_rel_gap": _GAP},
    )
    return tuple(at for at in range(sentences) if solution.x is not None and solution.x[at] > 0.5)


@cache
def _optimize() -> Any:
    """Return the module of the solver without all others, which take nine tenths of what importing it does.

    Whoever imports it afterwards gets all of it.
    """
    if _SOLVER in sys.modules:
        return sys.modules[_SOLVER]
    with suppress(ImportError, AttributeError, TypeError):
        try:
            with absent(*(f"{_SOLVER}._{name}" for name in _OF_OTHERS.split()), *_OF_THEIRS):
                optimize = import_module(_SOLVER)
            if optimize.milp([-1.0], bounds=optimize.Bounds(0, 1)).x.tolist() == [1.0]:
                return optimize
        finally:
            _forget()
    return import_module(_SOLVER)  # a release that needs more


def _forget() -> None:
    """Let Python forget what was imported of the solver but its core, which cannot be loaded twice."""
    for name in [name for name in sys.modules if name.startswith(_SOLVER) and "._highs" not in name]:
        del sys.modules[name]
    sys.modules["scipy"].__dict__.pop("optimize", None)


def _covering(problem: Problem) -> Iterator[Row]:
    """Yield: a part is covered only by a sentence that holds it."""
    for column, (held, _) in enumerate(problem.shared, len(problem.candidates)):
        yield {column: 1.0, **dict.fromkeys(held, -1.0)}, 0.0


def _limiting(problem: Problem) -> Iterator[Row]:
    """Yield: so many words, so many sentences."""
    yield {at: float(c.size) for at, c in enumerate(problem.candidates)}, float(problem.limits.words)
    yield dict.fromkeys(range(len(problem.candidates)), 1.0), float(problem.limits.sentences)


def _parting(problem: Problem) -> Iterator[Row]:
    """Yield: not both of two that say the same."""
    return (({one: 1.0, other: 1.0}, 1.0) for one, other in problem.clashes())


def _sharing(problem: Problem, article: int) -> Iterator[Row]:
    """Yield: this article gives no more than its share of the words and of the sentences."""
    own = [float(candidate.article == article) - MOST_SHARE for candidate in problem.candidates]
    yield {at: c.size * own[at] for at, c in enumerate(problem.candidates)}, 0.0
    yield dict(enumerate(own)), 0.0
