"""Dates from git: first commits, through renames, and only where they are asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.cli import main
from generator.config import Config, ReadSettings
from generator.errors import ConfigError
from generator.system.history import first_commits, list_articles
from generator.tasks import read_source
from tests.builders import write_files
from tests.conftest import need

TEXT = (
    "The harbour board closed the bridge on Monday. Engineers had found cracks in four bearings, it said.\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with a repository that holds nothing yet."""
    need(shutil.which("git"), "git is not installed")
    git(tmp_path, "init", "-q")
    return tmp_path


def git(folder: Path, *arguments: str, day: str = "2026-03-01") -> None:
    names = {
        f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    dates = {f"GIT_{who}_DATE": f"{day}T23:30:00+0000" for who in ("AUTHOR", "COMMITTER")}
    environment = {**os.environ, **names, **dates, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(("git", *arguments), cwd=folder, env=environment, check=True, capture_output=True)


def commit(folder: Path, files: dict[str, str], day: str) -> None:
    write_files(folder, files)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "more", day=day)


def dates(project: Path, **settings: object) -> dict[str, str]:
    reading = ReadSettings(dates_from_git=True, **settings)  # type: ignore[arg-type]
    config = Config(root=project, content=project / "content", output=project / "site", reading=reading)
    found = (read_source(source, reading) for source in list_articles(config)[0])
    return {a.path: a.meta.date.iso if a.meta.date else "" for reading in found for a in reading.articles}


def test_the_first_commit_counts_through_changes_and_renames(project: Path) -> None:
    commit(project, {"content/bé.txt": TEXT, "other.txt": "x"}, "2026-03-01")
    git(project, "mv", "content/bé.txt", "content/c.txt")
    commit(project, {"content/d.txt": TEXT * 2}, "2026-03-05")
    commit(project, {"content/c.txt": TEXT + "One line more."}, "2026-03-09")
    assert {name: when[:10] for name, when in first_commits(project / "content").items()} == {
        "bé.txt": "2026-03-01",
        "c.txt": "2026-03-01",
        "d.txt": "2026-03-05",
    }


def test_only_undated_articles_have_it_and_it_is_noted(project: Path) -> None:
    dated = f"---\ndate: 2026-02-02\n---\n{TEXT}"
    commit(project, {"content/a.txt": TEXT, "content/b.md": dated}, "2026-03-01")
    write_files(project, {"content/new.txt": TEXT})
    assert dates(project) == {"a.txt": "2026-03-01", "b.md": "2026-02-02", "new.txt": ""}
    assert dates(project, timezone="Asia/Tokyo")["a.txt"] == "2026-03-02"
    reading = ReadSettings(dates_from_git=True)
    config = Config(root=project, content=project / "content", output=project / "site", reading=reading)
    (article,) = read_source(list_articles(config)[0][0], reading).articles
    assert [note.message for note in article.notes] == [
        "no date given: 2026-03-01, when its file was first committed, is taken"
    ]


def test_nothing_is_asked_of_git_by_default(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/a.txt": TEXT})
    config = Config(root=tmp_path, content=tmp_path / "content", output=tmp_path / "site")
    assert [source.committed for source in list_articles(config)[0]] == [""]


def test_a_history_that_is_cut_off_or_not_there_is_refused(project: Path, tmp_path: Path) -> None:
    commit(project, {"content/a.txt": TEXT}, "2026-03-01")
    commit(project, {"content/b.txt": TEXT}, "2026-03-02")
    git(project, "clone", "-q", "--depth", "1", project.as_uri(), str(tmp_path / "shallow"))
    with pytest.raises(ConfigError, match="the git history is cut off"):
        first_commits(tmp_path / "shallow" / "content")
    shutil.rmtree(project / ".git")
    with pytest.raises(ConfigError, match="there is no git history"):
        first_commits(project / "content")


def test_the_command_line_asks_for_dates_too(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(project, {"content/a.txt": TEXT}, "2026-03-01")
    command = ["list", "articles", "-s", str(project / "content")]
    assert main([*command, "--dates-from-git"]) == 0
    assert "2026-03-01" in capsys.readouterr().out
    assert main(command) == 0
    assert "2026-03-01" not in capsys.readouterr().out
