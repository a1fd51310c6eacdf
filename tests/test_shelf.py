"""The folder of a preview holds the last pages, whatever came before, and only what differs is written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import SiteError
from generator.model import Page
from generator.system.output import MANIFEST, Written
from generator.system.shelf import Shelf
from tests.sites import moved


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


NAMES = st.sampled_from(["a", "a/b", "b", "c/a", "c/b", "d/e/f", "d"])
SITES = st.dictionaries(NAMES, st.sampled_from([b"", b"1", b"2"]), max_size=5).filter(
    lambda site: not any(f"{one}/" == other[: len(one) + 1] for one in site for other in site)
)


@given(st.lists(st.tuples(SITES, st.booleans()), max_size=5))
def test_after_any_builds_the_folder_holds_the_last(tmp_path_factory, sites):
    folder, shelf = tmp_path_factory.mktemp("shelf") / "site", Shelf()
    before: tuple[Page, ...] = ()
    for files, refused in sites:
        pages = tuple(Page(path, data) for path, data in files.items())
        change, before = moved(before, pages), pages
        if refused:  # its pages never come to the shelf
            continue
        shelf.write(pages, folder, change)
        assert tree(folder) == files
        assert all(any(place.iterdir()) for place in folder.rglob("*") if place.is_dir())


def test_what_differs_is_told_and_nothing_else_is_touched(tmp_path):
    shelf, folder = Shelf(), tmp_path / "site"
    shelf.write([Page("a.html", b"1"), Page("b.html", b"1"), Page("c/d.html", b"1")], folder)
    before = (folder / "a.html").stat().st_mtime_ns
    pages = [Page("a.html", b"1"), Page("b.html", b"2"), Page("e/f.html", b"1")]
    assert shelf.write(pages, folder) == Written(("b.html", "e/f.html"), ("c/d.html",))
    assert (folder / "a.html").stat().st_mtime_ns == before


def test_what_could_not_be_written_is_written_the_next_time(tmp_path, monkeypatch):
    shelf, folder = Shelf(), tmp_path / "site"
    shelf.write([Page("a.html", b"1"), Page("b.html", b"1")], folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SiteError, match="No space left"):
        shelf.write([Page("a.html", b"2"), Page("b.html", b"2")], folder)
    monkeypatch.undo()
    shelf.write([Page("a.html", b"2"), Page("b.html", b"2")], folder)
    assert tree(folder) == {"a.html": b"2", "b.html": b"2"}
