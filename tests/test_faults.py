"""Kills, full disks and rivals at every turn: the last good site or the new one, never anything between."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import write_files
from tests.faults import Faults, faults
from tests.kills import MINE, tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

STORM = "---\ntitle: Storm floods {}\ndate: 2026-03-02\nsource: The {} Post\n---\n\nA storm flooded the harbour of {} on Monday, the port office said.\n\nAbout 300 people left their homes.\n"
SETTINGS = "[site]\nsearch = false\n"


class Bench:
    """A project with two states of its content, and the site of each."""

    def __init__(self, folder: Path, run: Faults) -> None:
        self.folder, self.run, self.site = folder, run, folder / "site"
        self.argv = ["build", "-s", str(folder / "content"), "-q"]
        write_files(folder, {"crosscite.toml": SETTINGS})
        self.turn(1)
        self.build()
        write_files(self.site, MINE)
        (self.site / "own/empty").mkdir()
        second = tree(self.site)
        self.turn(0)
        self.build()
        self.sites = (tree(self.site), second)

    def build(self) -> None:
        """Build without a fault."""
        outcome = self.run.run(self.argv)
        assert outcome.code == 0, outcome.stderr

    def turn(self, state: int) -> None:
        """Bring the content into one of its states: an article changes, one comes, one goes."""
        self.state = state
        here = ("Orlen", "Brask")[state]
        write_files(
            self.folder,
            {
                "content/a.md": STORM.format(here, here, here),
                f"content/{state}.md": STORM.format("Ulm", "Ulm", here),
            },
        )
        (self.folder / f"content/{1 - state}.md").unlink(missing_ok=True)

    def check(self, *, done: bool) -> bool:
        """Check that the site is whole, that the next build makes it right and leaves nothing beside it."""
        old, new = self.sites[1 - self.state], self.sites[self.state]
        found = tree(self.site)
        assert found in ([new] if done else [old, new]), sorted(
            {path for path in {*found, *old} if found.get(path) != old.get(path)}
        )
        self.build()
        assert tree(self.site) == new
        assert sorted(path.name for path in self.folder.iterdir()) == ["content", "crosscite.toml", "site"]
        assert (self.site / "own/empty").is_dir()
        return bool(found == new)


@pytest.fixture(scope="module")
def process(tmp_path_factory) -> Iterator[Faults]:
    with faults(tmp_path_factory.mktemp("cache")) as started:
        yield started


@pytest.mark.parametrize("fault", ["kill", "once", "always"])
def test_a_site_is_old_or_new_whichever_call_fails(tmp_path, process, fault):
    site = tmp_path / "site"
    states = []
    for words in ("new", "old"):
        assert process.run(["write", str(site), words]).code == 0
        write_files(site, MINE)
        (site / "own/empty").mkdir(exist_ok=True)
        states.append(tree(site))
    new, old = states
    calls, ends = process.run(["write", str(site), "new"]).calls, []
    assert calls > 20
    for at in range(1, calls + 1):
        assert process.run(["write", str(site), "old"]).code == 0
        assert tree(site) == old
        outcome = process.run(["write", str(site), "new"], fault, at)
        assert outcome.code in ((-9,) if fault == "kill" else (0, 1)), outcome.stderr
        assert "Traceback" not in outcome.stderr
        ends.append(tree(site) == new)
        assert ends[-1] or tree(site) == old, at
        assert ends[-1] or outcome.code != 0
        assert process.run(["write", str(site), "new"]).code == 0
        assert tree(site) == new
        assert (site / "own/empty").is_dir()
        assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert True in ends
    assert False in ends


@pytest.mark.parametrize(("fault", "points"), [("kill", 5), ("once", 3), ("always", 3)])
def test_a_build_leaves_the_old_site_or_the_new_one(tmp_path, process, fault, points):
    bench = Bench(tmp_path, process)
    bench.turn(1)
    calls = process.run(bench.argv).calls
    for turn in range(points):
        bench.turn(turn % 2)
        outcome = process.run(bench.argv, fault, 1 + turn * calls // points)
        assert outcome.code in ((-9,) if fault == "kill" else (0, 1)), outcome.stderr
        assert "Traceback" not in outcome.stderr
        bench.check(done=outcome.code == 0)


def test_of_ten_builds_at_once_each_is_whole_or_says_why_not(tmp_path, process):
    bench = Bench(tmp_path, process)
    for state in (1, 0):
        bench.turn(state)
        outcomes = process.run_at_once(bench.argv, 10)
        assert {outcome.code for outcome in outcomes} <= {0, 1}
        assert any(outcome.code == 0 for outcome in outcomes)
        for outcome in outcomes:
            assert outcome.code == 0 or "another build is writing to this folder" in outcome.stderr
        assert bench.check(done=True)


def test_a_folder_that_may_not_be_written_is_named_and_left(tmp_path, process):
    bench = Bench(tmp_path, process)
    bench.turn(1)
    bench.folder.chmod(0o500)
    bench.site.chmod(0o500)
    try:
        outcome = process.run(bench.argv)
    finally:
        bench.folder.chmod(0o700)
        bench.site.chmod(0o755)
    if os.geteuid():  # root may write anywhere
        assert outcome.code == 1
        assert "check the folder and its permissions" in outcome.stderr
    bench.check(done=outcome.code == 0)
