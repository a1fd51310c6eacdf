"""Clusters of the parts of a graph, kept from build to build: they are as if nothing had been kept."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.stories.linkage import Rule
from generator.stories.parts import Bundles, Decided, Links, Nodes, Parts

COUNT = 9
RULE = Rule(0.5)
LIKENESS = st.sampled_from([0.2, 0.5, 0.7, 0.9])
PAIRS = st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda pair: pair[0] < pair[1])
GRAPHS = st.dictionaries(PAIRS, LIKENESS, max_size=12)
TIED = st.lists(st.lists(st.integers(0, COUNT - 1), min_size=2, max_size=3, unique=True), max_size=1)


def links(pairs: dict[tuple[int, int], float], count: int = COUNT) -> Links:
    """Return links of these likenesses, in the order given."""
    ends = np.array(list(pairs), np.int64).reshape(-1, 2).T
    return Links(count, ends[0], ends[1], np.array(list(pairs.values()), float), np.ones(len(pairs)))


@settings(max_examples=60)
@given(GRAPHS, st.lists(st.tuples(GRAPHS, st.sets(PAIRS, max_size=3), TIED), max_size=4))
def test_clusters_of_a_graph_that_changes_equal_those_from_nothing(
    first: dict[tuple[int, int], float],
    edits: list[tuple[dict[tuple[int, int], float], set[tuple[int, int]], list[list[int]]]],
) -> None:
    known, pairs = Parts(), first
    for more, gone, tied in [({}, set[tuple[int, int]](), list[list[int]]()), *edits]:
        pairs = {pair: value for pair, value in {**pairs, **more}.items() if pair not in gone}
        expected = Parts().grow(links(pairs), Decided(tied), RULE)
        assert known.grow(links(pairs), Decided(tied), RULE) == expected
        assert sorted(node for cluster in expected for node in cluster) == list(range(COUNT))


def test_clusters_of_a_part_without_new_links_are_the_very_same() -> None:
    parts = Parts()
    before = parts.grow(links({(0, 1): 0.9, (2, 3): 0.9}), Decided(), RULE)
    after = parts.grow(links({(0, 1): 0.9, (2, 3): 0.9, (3, 4): 0.9, (2, 4): 0.9}), Decided(), RULE)
    assert before == [(0, 1), (2, 3), (4,), (5,), (6,), (7,), (8,)]
    assert after == [(0, 1), (2, 3, 4), (5,), (6,), (7,), (8,)]
    assert [one for one in after if any(one is other for other in before)] == [
        (0, 1), (5,), (6,), (7,), (8,)
    ]  # fmt: skip


def test_what_is_made_of_a_cluster_is_made_again_where_it_or_a_member_is_another() -> None:
    bundles, made = Bundles[str](), list[Nodes]()

    def make(cluster: Nodes) -> str:
        made.append(cluster)
        return str(cluster)

    pair, three, lone = (0, 1), (2, 3, 4), (5,)
    assert bundles.of([pair, three, lone], None, make) == ["(0, 1)", "(2, 3, 4)", "(5,)"]
    made.clear()
    assert bundles.of([pair, three, lone], {3}, make) == ["(0, 1)", "(2, 3, 4)", "(5,)"]
    assert made == [three]
    made.clear()
    assert bundles.of([pair, (2, 3), (4,), lone], {5}, make) == ["(0, 1)", "(2, 3)", "(4,)", "(5,)"]
    assert made == [(2, 3), (4,), lone]
