"""Disks that are really full, and folders and files that may really not be read or written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import write_files
from tests.faults import Faults, faults
from tests.kills import MINE, STORM, tree
from tests.web import Answer, serve

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

NOBODY = 65_534
SETTINGS = "[site]\nsearch = false\n[collect]\nallow_private = true\ndelay_s = 0\n"
WALL = "The wall at Orlen stands firm, the port office said on Monday. " * 40


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that everybody may enter, as those of pytest may not be."""
    folder = Path(tempfile.mkdtemp(prefix="crosscite-test-")).resolve()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def process(place: Path) -> Iterator[Faults]:
    (place / "cache").mkdir(mode=0o777)
    (place / "cache").chmod(0o777)
    with faults(place / "cache") as started:
        yield started


@pytest.fixture
def small(place: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = place / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size=2m,uid={os.geteuid()}", "tmpfs", str(disk)]
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if (
        not shutil.which((root or mount)[0])
        or subprocess.run([*root, *mount], check=False, capture_output=True).returncode
    ):
        pytest.skip("no right to mount a small disk here")
    try:
        yield disk
    finally:
        subprocess.run([*root, "umount", str(disk)], check=True)
        disk.rmdir()


def fill(disk: Path, spare: int) -> Path:
    """Fill a disk but for some bytes; return the file that fills it."""
    filler = disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(disk).free - spare))
    return filler


def project(folder: Path) -> tuple[Path, list[str]]:
    """Write a project; return its site, and the command that builds it."""
    articles = {f"content/{n}.md": STORM.format(n, "Orlen", n, "Ulm", "Ulm", n) for n in range(1, 4)}
    write_files(folder, articles | {"crosscite.toml": SETTINGS})
    return folder / "site", ["build", "-q", "-s", str(folder / "content")]


def test_on_a_full_disk_the_old_site_stays_and_the_next_build_is_right(small, process):
    site, argv = project(small)
    assert process.run(argv).code == 0
    write_files(site, MINE)
    old = tree(site)
    write_files(small, {"content/4.md": STORM.format(4, "Brask", 4, "Brask", "Brask", 4)})
    for spare in (0, 4_096, 60_000):
        filler = fill(small, spare)
        outcome = process.run(argv)
        assert outcome.code == 1
        assert "cannot be written: No space left on device" in outcome.stderr
        assert "hint: free some space" in outcome.stderr
        assert str(site) in outcome.stderr
        assert tree(site) == old
        filler.unlink()
        assert sorted(path.name for path in small.iterdir()) == ["content", "crosscite.toml", "site"]
    assert process.run(argv).code == 0
    assert tree(site).keys() > old.keys()
    assert (
        MINE.items() <= {path: data.decode("utf-8", "replace") for path, data in tree(site).items()}.items()
    )


def test_a_memory_on_a_full_disk_is_done_without(small, place, process):
    site, argv = project(place / "full-cache")
    (place / "cache").rename(place / "aside")
    (place / "cache").symlink_to(small / "cache")
    try:
        fill(small, 0)
        outcome = process.run(argv)
    finally:
        (place / "cache").unlink()
        (place / "aside").rename(place / "cache")
    assert (outcome.code, "Traceback" in outcome.stderr) == (0, False)
    assert (site / "index.html").is_file()


def test_collecting_to_a_full_disk_is_told_and_taken_up_again(small, process):
    with serve() as web:
        items = "".join(
            f"<item><title>Wall {n}</title><guid>{n}</guid><description>{WALL}</description></item>"
            for n in range(30)
        )
        web.routes["/feed"] = Answer(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
        argv = ["collect", "-q", "-s", str(small / "content"), f"{web.url}/feed"]
        write_files(small, {"crosscite.toml": SETTINGS, "content/mine.md": "Mine."})
        filler = fill(small, 30_000)
        outcome = process.run(argv)
        assert (outcome.code, "Traceback" in outcome.stderr) == (1, False)
        assert "cannot be written: No space left on device" in outcome.stderr
        stored = {path.name: path.read_text(encoding="utf-8") for path in (small / "content").glob("*.md")}
        assert all(text.endswith(f"{WALL.strip()}\n") for name, text in stored.items() if name != "mine.md")
        filler.unlink()
        assert process.run(argv).code == 0
    assert len(list((small / "content").glob("*.md"))) == 31
    assert not [path for path in (small / "content").iterdir() if path.name.endswith(".new")]


FORBIDDEN = {
    "site": "check the folder and its permissions",
    ".": "check the folder and its permissions",
    "site/robots.txt": "check the folder and its permissions",
    "content/1.md": "check its permissions",
    "content": "check its permissions",
    "crosscite.toml": "check its permissions",
    "stories.toml": "check its permissions",
    "templates/base.html": "check its permissions",
    "../cache": "",
}
"""What loses its permissions, and the hint; none where a build can do without."""
_PASSING = ("content/1.md", "../cache")
"""Without these a site is built all the same."""


def test_what_may_not_be_read_or_written_is_named_and_all_is_left(place, process):
    folder = place / "forbidden"
    site, argv = project(folder)
    base = (Path(__file__).parents[1] / "templates/base.html").read_text(encoding="utf-8")
    write_files(folder, {"stories.toml": "", "templates/base.html": base})
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    assert process.run(argv, user=NOBODY).code == 0
    for number, name in enumerate(FORBIDDEN):
        old = tree(site)
        write_files(folder, {"content/2.md": STORM.format(1, "Brask", 1, "Brask", "Brask", number)})
        target = folder / name
        mode = target.stat().st_mode
        target.chmod(0o555 if name in ("site", ".", "../cache") else 0)
        try:
            outcome = process.run(argv, user=NOBODY)
        finally:
            target.chmod(mode)
        assert "Traceback" not in outcome.stderr
        if name in _PASSING:
            assert outcome.code == 0, name
        else:
            assert (outcome.code, tree(site)) == (1, old), name
        if FORBIDDEN[name]:
            assert f"hint: {FORBIDDEN[name]}" in outcome.stderr
            assert "ermission denied" in outcome.stderr
            assert target.name.strip(".") in outcome.stderr
    assert process.run(argv, user=NOBODY).code == 0
    assert "Brask" in (site / "index.html").read_text(encoding="utf-8")
