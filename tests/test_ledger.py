"""Products kept from build to build: what is measured is as if nothing had been kept."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Article
from generator.stories.vectors import Counts, vectorise
from generator.stories.views import View
from tests.builders import article

WORDS = re.findall(
    r"\S+",
    "ferry harbour Orla Venn storm rescue Kestrel 42 79th engine strike tram Mayor Ilse Quist budget "
    "bridge closed flood 1998 river levy Tamsin Roke verdict court appeal 310 orchard frost blossom",
)
SENTENCES = [" ".join(WORDS[(at * step) % len(WORDS)] for step in range(1, 8)) + "." for at in range(1, 13)]
TEXTS = [" ".join(SENTENCES[(at * step) % 12] for step in (1, 4, 5)) for at in range(12)]
NAMES = [f"{letter}.md" for letter in "abcdefgh"]
VERSIONS = st.sampled_from([0, 1, 5, None])
BUILDS = st.lists(st.dictionaries(st.sampled_from(NAMES), VERSIONS, max_size=4), min_size=2, max_size=4)


@cache
def written(name: str, version: int) -> Article:
    """Return a version of an article, the same object each time; some are copies of others."""
    return article(TEXTS[(NAMES.index(name) + version) % len(TEXTS)], name)


def plain(value: Any) -> Any:
    """Return all that a value holds, in types that are equal only where every bit is."""
    if isinstance(value, View):
        at = value.terms.places  # the order of columns tells of what was built before
        columns = value.matrix[:, at].sorted_indices()
        parts = (columns.data, columns.indices, columns.indptr)
        return [plain(part) for part in (*parts, value.lengths, value.idf[at], value.terms.known)]
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.kind, value.tobytes() if value.dtype.kind == "f" else value.tolist()
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.name != "since"}
    return [plain(part) for part in value] if isinstance(value, tuple | list) else value


@settings(max_examples=15)
@given(BUILDS)
def test_vectors_of_a_running_process_equal_those_from_nothing(builds: list[dict[str, int | None]]) -> None:
    known = Counts()
    versions: dict[str, int | None] = dict.fromkeys(NAMES[::2], 0)
    for changes in [{}, *builds]:
        versions |= changes
        articles = [written(name, version) for name, version in versions.items() if version is not None]
        assert plain(vectorise(articles, known)) == plain(vectorise(articles))
