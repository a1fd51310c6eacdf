"""``crosscite check``: every planted fault by name and line, nothing in a site that is in order."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from generator.collecting.check import RULES, check_outside
from generator.collecting.checks.colours import ratio
from generator.collecting.checks.size import MAX_FILE_BYTES
from generator.collecting.scaffold import scaffold
from generator.config import CollectSettings, Config
from tests.builders import article, write_files
from tests.web import Answer, Web, serve

HERE = Path(__file__).resolve().parent
EXPECTED = [
    tuple(part.strip() for part in line.split("|", 3))
    for line in (HERE / "faulty" / "expected.txt").read_text(encoding="utf-8").splitlines()
]
PAGE = "The ferry has been towed back to Orra after a fire in its switchboard.\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, with a cache of its own."""
    monkeypatch.setenv("CROSSCITE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def findings(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[dict[str, object]]]:
    """Return the exit code and the findings of a run."""
    code = main(["check", "--json", *options])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_planted_fault_is_found_by_name_and_line_and_nothing_else(project, capsys):
    shutil.copytree(HERE / "faulty", project, dirs_exist_ok=True)
    with (project / "templates/static/harbour.bin").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    code, found = findings(capsys)
    told = [(one["level"], one["rule"], f"{one['path']}:{one['line']}") for one in found]
    assert told == [planted[:3] for planted in EXPECTED]
    assert all(
        str(one["message"]).startswith(message) for one, (*_, message) in zip(found, EXPECTED, strict=True)
    )
    assert code == 1


def test_the_planted_faults_are_thirty_and_more_and_of_every_kind():
    assert len({place for _, _, place, _ in EXPECTED}) >= 30
    assert {rule for _, rule, _, _ in EXPECTED} == {name for _, name in RULES}


def test_a_new_project_has_nothing_to_mend(project, capsys):
    scaffold(project)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "nothing to mend\n"


def test_warnings_alone_are_no_failure_and_can_be_accepted(project, capsys):
    write_files(project, {"content/note.txt": PAGE, "crosscite.toml": '[check]\naccept = ["date: *.txt"]\n'})
    code, found = findings(capsys, "-u", "https://news.example/")
    assert (code, [one["rule"] for one in found]) == (0, ["address", "outlet", "title"])
    assert main(["check", "-u", "https://news.example/"]) == 0
    assert capsys.readouterr().out.endswith("0 errors, 3 warnings\n")


def test_errors_cannot_be_accepted(project, capsys):
    write_files(
        project, {"content/empty.md": "", "crosscite.toml": '[check]\naccept = ["skipped", "base url"]\n'}
    )
    code, found = findings(capsys)
    assert (code, [one["rule"] for one in found]) == (1, ["skipped", "settings"])


def test_a_missing_folder_is_said_and_nothing_else(project, capsys):
    assert main(["check"]) == 1
    assert "no such folder of articles" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#fff", 1.0), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_wcag(one, other, expected):
    assert ratio(one, other) == pytest.approx(expected, abs=0.005)


@pytest.fixture
def web() -> Iterator[Web]:
    """A server of articles."""
    with serve() as running:
        yield running


def outside(web: Web, *paths: str, allow_private: bool = True) -> list[str]:
    """Return what is said of the originals at these paths."""
    articles = tuple(article(PAGE, f"{n}.md", url=web.url + path) for n, path in enumerate(paths))
    collect = CollectSettings(allow_private=allow_private, delay_s=0.0, retries=0, timeout_s=5.0)
    here = Config(root=Path(), content=Path(), output=Path(), collect=collect)
    return [finding.problem.message for finding in check_outside(articles, here)]


def test_outside_links_are_asked_for_with_one_short_request(web):
    asked: list[str] = []

    def note(request) -> Answer:
        asked.append(f"{request.command} {request.path}")
        return Answer(PAGE.encode())

    web.routes |= {"/here": note, "/robots.txt": note}
    assert outside(web, "/here", "/here") == []
    assert asked == ["HEAD /here"]


def test_a_server_that_knows_no_head_is_asked_again(web):
    web.routes["/here"] = lambda request: Answer(status=200 if request.command == "GET" else 405)
    assert outside(web, "/here") == []


def test_redirects_are_followed_and_dead_ends_told(web):
    web.routes |= {
        "/moved": Answer(status=301, headers={"Location": "/here"}),
        "/here": Answer(PAGE.encode()),
        "/round": Answer(status=302, headers={"Location": "/round"}),
    }
    assert outside(web, "/moved", "/gone", "/round") == [
        f"{web.url}/gone: not fetched: the server answered 404",
        f"{web.url}/round: not fetched: more than 5 redirects",
    ]


def test_addresses_of_this_machine_are_not_asked(web):
    web.routes["/here"] = Answer(PAGE.encode())
    (refused,) = outside(web, "/here", allow_private=False)
    assert "is an address of this machine or a private network" in refused
    assert web.asked.total() == 0
