"""Which files are articles, in which order, and what is said of the others."""

import builtins
import errno
import os
import sys
from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.model import Source
from generator.system.files import Listed, Seen, list_sources, load
from tests.builders import write_files

LIMIT = 1_000


def paths(content: Path) -> list[str]:
    return [source.path for source in list_sources(content, LIMIT)[0]]


def test_articles_are_listed_by_path_and_other_files_are_not(tmp_path):
    names = [
        "b.md",
        "a.txt",
        "z/c.html",
        "README.md",
        "z/readme.txt",
        ".hidden.md",
        "_draft.md",
        "_x/d.md",
        "p.png",
    ]
    write_files(tmp_path, dict.fromkeys(names, "x"))
    assert paths(tmp_path) == ["a.txt", "b.md", "z/c.html"]
    assert list_sources(tmp_path, LIMIT)[1] == ()


def test_documents_of_other_programs_are_named(tmp_path):
    write_files(tmp_path, {"report.pdf": "x"})
    assert [str(problem) for problem in list_sources(tmp_path, LIMIT)[1]] == [
        "report.pdf: .pdf files are not read\n  hint: save it as Markdown, plain text or HTML"
    ]


def test_files_without_an_ending_are_named_but_for_those_of_projects(tmp_path):
    write_files(tmp_path, {"dam burst": "x", "LICENSE": "x", "sub/Makefile": "x"})
    sources, problems = list_sources(tmp_path, LIMIT)
    assert sources == ()
    assert [str(problem) for problem in problems] == [
        "dam burst: files without an ending are not read\n  hint: add what it is, such as .md, .txt or .html"
    ]


def test_modification_times_change_nothing(tmp_path):
    write_files(tmp_path, {"a.md": "x"})
    before = list_sources(tmp_path, LIMIT)
    os.utime(tmp_path / "a.md", (1, 1))
    assert list_sources(tmp_path, LIMIT) == before


def test_a_missing_folder_is_a_problem(tmp_path):
    with pytest.raises(ContentError, match="no such folder of articles"):
        list_sources(tmp_path / "none", LIMIT)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_are_followed_inside_the_folder_only(tmp_path):
    write_files(tmp_path, {"secret.md": "secret", "content/a.md": "x", "outer/b.md": "x"})
    content = tmp_path / "content"
    (content / "inside.md").symlink_to(content / "a.md")
    (content / "outside.md").symlink_to(tmp_path / "secret.md")
    (content / "folder").symlink_to(tmp_path / "outer")
    (content / "broken.md").symlink_to(content / "none.md")
    (content / "loop").symlink_to(content)
    sources, problems = list_sources(content, LIMIT)
    assert [source.path for source in sources] == ["a.md", "inside.md"]
    assert [problem.path for problem in problems] == ["broken.md", "folder", "outside.md"]


def test_an_unreadable_file_is_named(tmp_path, monkeypatch):
    write_files(tmp_path, {"a.md": "x", "b.md": "x"})
    real = builtins.open

    def denied(file, *options, **more):
        if Path(file).name == "a.md":
            raise PermissionError(errno.EACCES, "Permission denied", str(file))
        return real(file, *options, **more)

    monkeypatch.setattr(builtins, "open", denied)
    sources, problems = list_sources(tmp_path, LIMIT)
    assert [source.path for source in sources] == ["b.md"]
    assert [str(problem) for problem in problems] == [
        "a.md: cannot be read: Permission denied\n  hint: check its permissions"
    ]


def test_a_file_that_changes_under_the_build_is_a_problem(tmp_path):
    write_files(tmp_path, {"a.md": "x"})
    (source,), _ = list_sources(tmp_path, LIMIT)
    assert load(source) == b"x"
    (tmp_path / "a.md").write_bytes(b"y")
    with pytest.raises(ContentError, match="changed while it was read"):
        load(source)
    (tmp_path / "a.md").unlink()
    with pytest.raises(ContentError, match="cannot be read"):
        load(source)


def test_what_is_too_large_is_not_opened(tmp_path, monkeypatch):
    write_files(tmp_path, {"a.md": "a", "b.md": "b" * (LIMIT + 1)})
    real = builtins.open
    monkeypatch.setattr(
        builtins, "open", lambda file, *o, **more: real(file, *o, **more) if "a.md" in str(file) else 1 / 0
    )
    sources, problems = list_sources(tmp_path, LIMIT)
    assert [source.path for source in sources] == ["a.md"]
    assert [str(problem) for problem in problems] == [
        "b.md: larger than 1,000 bytes\n  hint: raise reading.max_bytes, or remove it"
    ]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the file system forbids such names")
@pytest.mark.parametrize(
    "name", [b"\xff.md", b"a\nb.md", b"\x1b[2Jx.md", "a\u2028b.md".encode(), "a\u202egpj.md".encode()]
)
def test_a_name_that_cannot_be_printed_is_named(tmp_path, name):
    (tmp_path / os.fsdecode(name)).write_text("x", encoding="utf-8")
    sources, (problem,) = list_sources(tmp_path, LIMIT)
    assert sources == ()
    assert "its name holds what is no letter, figure or mark" in str(problem).encode().decode()
    assert not set(str(problem).partition("\n  hint")[0]) & {"\n", "\x1b", "\u2028"}


@pytest.mark.skipif(sys.platform == "darwin", reason="the file system takes both for one name")
def test_two_spellings_of_one_name_are_told(tmp_path):
    write_files(tmp_path, {"é.md": "composed", "e\u0301.md": "decomposed"})
    sources, (problem,) = list_sources(tmp_path, LIMIT)
    assert [source.path for source in sources] == ["é.md"]
    assert "another file has this name" in str(problem)


def test_a_running_process_reads_again_only_what_has_moved(tmp_path):
    write_files(tmp_path, {"old.md": "x", "new.md": "x"})
    os.utime(tmp_path / "old.md", (1, 1))
    seen = Seen()
    first, _ = list_sources(tmp_path, LIMIT, seen)
    assert list_sources(tmp_path, LIMIT, seen)[0] == first
    (tmp_path / "new.md").write_bytes(b"y")  # within one tick of a coarse clock, of the same size
    os.utime(tmp_path / "old.md", (2, 2))
    (tmp_path / "old.md").write_bytes(b"z")
    assert list_sources(tmp_path, LIMIT, seen)[0] == list_sources(tmp_path, LIMIT)[0] != first


def by_path(listed: Listed) -> dict[str, Source]:
    return {source.path: source for source in listed[0]}


def test_where_it_is_known_which_files_were_touched_no_other_is_looked_at(tmp_path):
    write_files(tmp_path, {"told.md": "x", "untold.md": "x", "gone.md": "x"})
    seen, touched = Seen(), {tmp_path.parent / "elsewhere.toml"}
    before = by_path(list_sources(tmp_path, LIMIT, seen))
    write_files(tmp_path, {"told.md": "y", "untold.md": "y", "new.md": "x"})
    (tmp_path / "gone.md").unlink()
    true = by_path(list_sources(tmp_path, LIMIT))
    assert by_path(list_sources(tmp_path, LIMIT, seen, touched)) == before
    touched.add(tmp_path / "told.md")
    assert by_path(list_sources(tmp_path, LIMIT, seen, touched)) == {**before, "told.md": true["told.md"]}
    for name in ("new.md", "gone.md"):
        now = by_path(list_sources(tmp_path, LIMIT, seen, touched | {tmp_path / name}))
        assert now == {**true, "untold.md": before["untold.md"]}
    assert by_path(list_sources(tmp_path, LIMIT, seen)) == true


def test_what_was_touched_may_have_become_no_article(tmp_path):
    content, seen = tmp_path / "content", Seen()
    names = ("link.md", "folder.md", "large.md")
    write_files(tmp_path, {"out.md": "x", **{f"content/{name}": "x" for name in names}})
    assert len(list_sources(content, 20, seen)[0]) == len(names)
    for name in names:
        (content / name).unlink()
    (content / "link.md").symlink_to(tmp_path / "out.md")
    write_files(content, {"folder.md/inside.md": "x", "large.md": "x" * 21})
    for name in names:
        now = list_sources(content, 20, seen, {content / name})
        assert name not in by_path(now)
    assert now == list_sources(content, 20)
