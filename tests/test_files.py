"""Which files are articles, in which order, and what is said of the others."""

import errno
import os
import sys
from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.system.files import list_sources, load
from tests.builders import write_files


def paths(content: Path) -> list[str]:
    return [source.path for source in list_sources(content)[0]]


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
    assert list_sources(tmp_path)[1] == ()


def test_documents_of_other_programs_are_named(tmp_path):
    write_files(tmp_path, {"report.pdf": "x"})
    assert [str(problem) for problem in list_sources(tmp_path)[1]] == [
        "report.pdf: .pdf files are not read\n  hint: save it as Markdown, plain text or HTML"
    ]


def test_modification_times_change_nothing(tmp_path):
    write_files(tmp_path, {"a.md": "x"})
    before = list_sources(tmp_path)
    os.utime(tmp_path / "a.md", (1, 1))
    assert list_sources(tmp_path) == before


def test_a_missing_folder_is_a_problem(tmp_path):
    with pytest.raises(ContentError, match="no such folder of articles"):
        list_sources(tmp_path / "none")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_are_followed_inside_the_folder_only(tmp_path):
    write_files(tmp_path, {"secret.md": "secret", "content/a.md": "x", "outer/b.md": "x"})
    content = tmp_path / "content"
    (content / "inside.md").symlink_to(content / "a.md")
    (content / "outside.md").symlink_to(tmp_path / "secret.md")
    (content / "folder").symlink_to(tmp_path / "outer")
    (content / "broken.md").symlink_to(content / "none.md")
    (content / "loop").symlink_to(content)
    sources, problems = list_sources(content)
    assert [source.path for source in sources] == ["a.md", "inside.md"]
    assert [problem.path for problem in problems] == ["broken.md", "folder", "outside.md"]


def test_an_unreadable_file_is_named(tmp_path, monkeypatch):
    write_files(tmp_path, {"a.md": "x", "b.md": "x"})
    real = Path.read_bytes

    def denied(self: Path) -> bytes:
        if self.name == "a.md":
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", denied)
    sources, problems = list_sources(tmp_path)
    assert [source.path for source in sources] == ["b.md"]
    assert [str(problem) for problem in problems] == [
        "a.md: cannot be read: Permission denied\n  hint: check its permissions"
    ]


def test_a_file_that_changes_under_the_build_is_a_problem(tmp_path):
    write_files(tmp_path, {"a.md": "x"})
    (source,), _ = list_sources(tmp_path)
    assert load(source) == b"x"
    (tmp_path / "a.md").write_bytes(b"y")
    with pytest.raises(ContentError, match="changed while it was read"):
        load(source)
    (tmp_path / "a.md").unlink()
    with pytest.raises(ContentError, match="cannot be read"):
        load(source)
