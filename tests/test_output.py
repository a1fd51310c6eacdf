"""The site on disk: whole, minimal, and never at the cost of the user's own files."""

import errno
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import SiteError
from generator.model import Page
from generator.system import stage as stage_module
from generator.system.output import MANIFEST, Written, check_output, locked, stamp
from generator.system.stage import States, staged, write_site
from generator.system.tree import link_each
from tests.builders import write_files

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and modes are POSIX's")


def pages(**files: str) -> list[Page]:
    return [Page(name.replace("__", "/").replace("_", "."), text.encode()) for name, text in files.items()]


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


@pytest.fixture(params=["exchange", "one by one"])
def site(request, tmp_path: Path, monkeypatch) -> Path:
    """An output folder, on systems that can exchange folders and on those that cannot."""
    if request.param == "one by one":
        monkeypatch.setattr(stage_module, "exchange", lambda *_: False)
    return tmp_path / "site"


def test_only_what_differs_is_written_and_only_ours_is_removed(site):
    assert write_site(pages(a_html="1", x__b_html="2"), site) == Written(("a.html", "x/b.html"), ())
    write_files(site, {"CNAME": "news.example", ".gitignore": "*", "own/photo.jpg": "p"})
    assert write_site(pages(a_html="1", x__b_html="2"), site) == Written()
    assert write_site(pages(a_html="3", c_html="4"), site) == Written(("a.html", "c.html"), ("x/b.html",))
    assert tree(site) == {
        "a.html": "3",
        "c.html": "4",
        "CNAME": "news.example",
        ".gitignore": "*",
        "own/photo.jpg": "p",
    }
    assert not (site / "x").exists()


def test_nothing_is_left_beside_the_site(site):
    write_site(pages(a_html="1"), site)
    (site.parent / ".site.crosscite-killed").mkdir()
    write_site(pages(a_html="2"), site)
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_page_never_takes_the_place_of_a_file_of_the_users(site):
    write_site(pages(a_html="1"), site)
    write_files(site, {"b.html": "mine"})
    with pytest.raises(SiteError, match=r"b\.html: stands where a page belongs"):
        write_site(pages(a_html="2", b_html="x"), site)
    assert tree(site) == {"a.html": "1", "b.html": "mine"}
    write_site(pages(b_html="x"), site, clean=True)
    assert tree(site) == {"b.html": "x"}


@posix
def test_folders_of_the_users_stay_as_they_are(site):
    write_site(pages(a_html="1", x__b_html="2"), site)
    for folder in (".git/refs/heads", "own/empty"):
        (site / folder).mkdir(parents=True)
    (site / "own").chmod(0o700)
    write_site(pages(a_html="2"), site)
    assert sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_dir()) == [
        ".git",
        ".git/refs",
        ".git/refs/heads",
        "own",
        "own/empty",
    ]
    assert (site / "own").stat().st_mode & 0o777 == 0o700
    write_site(pages(a_html="3"), site, clean=True)
    assert (site / ".git/refs/heads").is_dir()


@posix
@pytest.mark.parametrize("mine", ["x", "x/b.html", "x/b.html/deep"])
def test_no_page_goes_through_a_link_or_over_a_folder_of_the_users(site, mine):
    write_site(pages(a_html="1"), site)
    outside = write_files(site.parent / "outside", {"b.html": "theirs"})
    (site / mine).parent.mkdir(parents=True, exist_ok=True)
    (site / mine).symlink_to(outside)
    with pytest.raises(SiteError, match="stands where a page belongs"):
        write_site(pages(a_html="2", x__b_html="2"), site)
    assert tree(outside) == {"b.html": "theirs"}
    assert (site / "a.html").read_text() == "1"


@posix
def test_with_clean_a_link_is_replaced_and_not_followed(site):
    outside = write_files(site.parent / "outside", {"b.html": "theirs"})
    site.mkdir()
    (site / "x").symlink_to(outside)
    write_site(pages(x__b_html="2"), site, clean=True)
    assert tree(outside) == {"b.html": "theirs"}
    assert tree(site) == {"x/b.html": "2"}


def test_a_name_with_marks_of_patterns_sweeps_only_its_own(tmp_path):
    other = tmp_path / ".s.crosscite-other"
    other.mkdir()
    write_site(pages(a_html="1"), tmp_path / "[rs]")
    assert other.is_dir()


@pytest.mark.parametrize("fault", ["link", "exchange"])
def test_a_disk_that_fails_leaves_the_old_site(site, monkeypatch, fault):
    write_site(pages(a_html="1", b_html="1"), site)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(stage_module if fault == "exchange" else os, fault, full)
    with pytest.raises(SiteError, match="No space left on device"):
        write_site(pages(a_html="2", b_html="1"), site)
    assert tree(site) == {"a.html": "1", "b.html": "1"}


def test_a_write_that_fails_leaves_the_old_site(site, monkeypatch):
    write_site(pages(a_html="1", b_html="1"), site)
    real, calls = open, []

    def full_disk(file: str, mode: str = "r", **more: Any) -> Any:
        calls.extend([file] * ("w" in mode))
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, "No space left on device", file)
        return real(file, mode, **more)

    monkeypatch.setattr("builtins.open", full_disk)
    with pytest.raises(SiteError, match=r"No space left on device.*\n.*hint: free some space"):
        write_site(pages(a_html="2", b_html="2"), site)
    monkeypatch.undo()
    assert tree(site) == {"a.html": "1", "b.html": "1"}


@pytest.mark.parametrize("bad", ["../a", "/a", "a//b", "", "a/../b", "a\\b", "C:a", "./a"])
def test_no_page_is_written_outside_the_site(tmp_path, bad):
    with pytest.raises(SiteError, match="is no path inside the site"):
        write_site([Page(bad, b"")], tmp_path / "site")


def test_two_pages_with_one_path_are_refused(tmp_path):
    with pytest.raises(SiteError, match="two pages have this path"):
        write_site([Page("A/x.html", b""), Page("a/x.html", b"")], tmp_path / "site")


def test_a_foreign_folder_is_refused_before_any_work(tmp_path):
    content = (
        write_files(tmp_path, {"content/a.md": "x", "home/thesis.odt": "x", "new/.gitignore": "*"})
        / "content"
    )
    with pytest.raises(SiteError, match=r"did not write \(thesis.odt\)"):
        check_output(tmp_path / "home", content)
    check_output(tmp_path / "home", content, clean=True)
    check_output(tmp_path / "new", content)
    check_output(tmp_path / "none", content)


@pytest.mark.parametrize("where", ["content", ".", "content/site"])
def test_a_site_over_the_articles_is_refused_even_with_clean(tmp_path, where):
    content = write_files(tmp_path, {"content/a.md": "x"}) / "content"
    with pytest.raises(SiteError, match="would lie over the articles"):
        check_output(tmp_path / where, content, clean=True)


def test_a_file_is_no_folder(tmp_path):
    write_files(tmp_path, {"content/a.md": "x", "site": "x"})
    with pytest.raises(SiteError, match="is a file, not a folder"):
        check_output(tmp_path / "site", tmp_path / "content")


def _hold(folder: Path, held, done) -> None:
    with locked(folder):
        held.set()
        done.wait(30)


def test_one_build_at_a_time_holds_a_folder(tmp_path):
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(tmp_path, held, done))
    other.start()
    assert held.wait(30)
    with pytest.raises(SiteError, match="another build is writing to this folder"), locked(tmp_path):
        pass
    done.set()
    other.join()
    with locked(tmp_path):
        pass


def test_a_lock_leaves_nothing_behind(tmp_path, monkeypatch):
    locks = tmp_path / "tmp"
    locks.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(locks))
    for _ in range(2):
        with locked(tmp_path / "site"):
            assert list(locks.iterdir())
        assert not list(locks.iterdir())


NAMES = st.sampled_from(["a", "b", "c/a", "c/b", "d/e/f"])
SITES = st.dictionaries(NAMES, st.sampled_from([b"", b"1", b"2"]), max_size=5)


@given(st.lists(SITES, max_size=4))
def test_after_any_builds_the_folder_holds_the_last(tmp_path_factory, sites):
    folder = tmp_path_factory.mktemp("any") / "site"
    write_files(folder, {".gitignore": "*"})
    for files in sites:
        write_site([Page(path, data) for path, data in files.items()], folder, durable=False)
        assert tree(folder) == {".gitignore": "*"} | {path: data.decode() for path, data in files.items()}


def test_the_stamp_changes_with_what_crosscite_wrote_and_nothing_else(tmp_path):
    site = tmp_path / "site"
    write_site(pages(a_html="1", b_html="1"), site)
    before = stamp(site)
    write_files(site, {"own.txt": "mine"})
    assert stamp(site) == before
    (site / "a.html").write_text("tampered", encoding="utf-8")
    assert stamp(site) != before
    (site / "a.html").unlink()
    assert stamp(site) == ""


@pytest.mark.parametrize("eager", [True, False])
def test_a_hand_links_what_is_kept_and_removes_the_old_tree(site, monkeypatch, eager):
    monkeypatch.setattr(stage_module, "_AT_ONCE", 1)
    did: list[str] = []

    def hand(function: Any, what: Any) -> Callable[[], Any]:
        did.append(function.func.__name__)
        result = cache(partial(function, what))
        if eager:
            result()
        return result

    write_files(site, {"CNAME": "mine"})
    before = pages(a_html="1", x__b_html="2", x__y__c_html="3")
    write_site(before, site)
    kept = (site / "a.html").stat().st_ino
    with staged(site, hand=hand) as laying:
        for page in [*before, Page("z/new.html", b"4")]:
            laying.put(page)
        laying.finish()
    assert did[:2] == ["link_each", "link_each"]
    assert set(did[2:]) <= {"remove"}
    assert tree(site) == {
        "CNAME": "mine",
        "a.html": "1",
        "x/b.html": "2",
        "x/y/c.html": "3",
        "z/new.html": "4",
    }
    assert (site / "a.html").stat().st_ino == kept
    assert not [path for path in site.parent.iterdir() if path.name.startswith(".")]


def test_what_a_hand_began_is_waited_for_when_a_build_fails(site):
    write_site(pages(a_html="1"), site)
    done: list[bool] = []

    def hand(function: Any, what: Any) -> Callable[[], Any]:
        def late() -> object:
            result = function(what)
            done.append(True)
            return result

        return late

    def lay() -> None:
        with staged(site, hand=hand) as laying:
            for page in [*pages(a_html="1", b_html="2"), Page("b.html", b"3")]:
                laying.put(page)
            laying.link()
            laying.finish()

    with pytest.raises(SiteError, match="two pages have this path"):
        lay()
    assert done == [True]
    assert tree(site) == {"a.html": "1"}
    assert not [path for path in site.parent.iterdir() if path.name.startswith(".")]


def test_what_is_linked_already_is_linked_and_nothing_else_is_taken_for_it(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    write_files(old, {"a": "1", "x/b": "2", "c": "3"})
    write_files(new, {"c": "4"})
    assert link_each(old, new, ["a"])
    assert link_each(old, new, ["a", "x/b"])
    with pytest.raises(FileExistsError):
        link_each(old, new, ["c"])
    assert tree(new) == {"a": "1", "x/b": "2", "c": "4"}


def test_what_was_written_tells_the_stamp_of_the_site(site):
    for files in (
        pages(a_html="1", x__b_html="2"),
        pages(a_html="1", c_html="4"),
        pages(a_html="1", c_html="4"),
    ):
        assert write_site(files, site).stamp == stamp(site)


def test_a_folder_that_became_a_link_is_told_although_its_files_are_as_they_were_left(site, tmp_path):
    def build(left: States) -> States:
        with staged(site, left=left) as stage:
            for page in pages(a_html="1", x__b_html="2"):
                stage.put(page)
            stage.finish()
            return stage.states

    left = build({})
    (site / "x").rename(tmp_path / "elsewhere")
    (site / "x").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SiteError, match="stands where a page belongs"):
        build(left)
    assert (site / "x" / "b.html").read_bytes() == b"2"


def test_a_file_is_noted_in_the_state_in_which_it_is(tmp_path):
    site, pages = tmp_path / "site", [Page(name, name.encode()) for name in ("kept", "sub/touched", "spoilt")]

    def build(left: States) -> States:
        with staged(site, left=left) as stage:
            for page in pages:
                stage.put(page)
            stage.finish()
            return stage.states

    left = build({})
    os.utime(site / "sub/touched", ns=(1, 1))
    (site / "spoilt").write_bytes(b"other words")
    for _ in range(2):
        left = build(left)
        for page in pages:
            now = (site / page.path).lstat()
            seen = now.st_size, now.st_mtime_ns, now.st_ino, now.st_mode
            assert left[page.path] == (*seen, sha256(page.data).digest())
    assert (site / "spoilt").read_bytes() == b"spoilt"
