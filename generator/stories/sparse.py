"""Matrices that hold few entries: the one door to ``scipy.sparse``."""

import numpy  # noqa: F401, ICN001 - of which parts are to be absent, so it must be there

from generator.stories.absent import OF_NUMPY, SOLVERS, absent

with absent(SOLVERS, *OF_NUMPY):
    from scipy.sparse import coo_matrix, csr_matrix, vstack
    from scipy.sparse.csgraph import connected_components

__all__ = ["connected_components", "coo_matrix", "csr_matrix", "vstack"]
