"""What is told to other processes comes whole, and of what is long nothing is held."""

from __future__ import annotations

import tracemalloc
from itertools import islice

import pytest

from generator.config import ReadSettings
from generator.reading.read import read
from generator.system.mapped import put, taken

TEXT = b"# Ferry burns\n\nAt least 12 people died on Friday, \xe2\x80\x9cthe ship is lost\xe2\x80\x9d, Anna Holm said.\n"


@pytest.fixture
def told(tmp_path):
    """Return what has values told by one process to another."""

    def tell(values):
        with (tmp_path / "pieces").open("wb") as stream, (tmp_path / "long").open("wb") as beside:
            put(values, stream, beside)
        with (tmp_path / "pieces").open("rb") as stream:
            return list(islice(taken(stream, tmp_path / "long"), len(values)))

    return tell


def test_articles_are_what_they_were(told):
    articles = [
        read(f"{n}.md", TEXT + b"It was late. " * 40 * n, ReadSettings()).articles[0] for n in range(3)
    ]
    assert told(articles) == articles


def test_what_is_short_is_no_view(told):
    assert told([b"", b"a", ("b", [b"c" * 9])]) == [b"", b"a", ("b", [b"c" * 9])]


def test_of_what_is_long_nothing_is_held(told):
    long = [bytes([n]) * 1_000_000 for n in range(8)]
    tracemalloc.start()
    try:
        again = told(long)
        assert tracemalloc.get_traced_memory()[0] < 1_000_000
    finally:
        tracemalloc.stop()
    assert list(map(bytes, again)) == long
