"""Every command of the README and of the tutorial works as it is typed, with nothing but the wheel and git."""

from __future__ import annotations

import re
import signal
import subprocess
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.bare import ROOT, Bare
from tests.console import blocks, commands, typed
from tests.web import Answer, Web, serve
from tests.workflow import git

PAGES = ("README.md", "docs/tutorial.md")
ELSEWHERE = {
    "make": "the suite itself, and what continuous integration does first",
    "pipx": "what stands in for it is the virtual environment with the wheel",
}
"""Commands that are not run here, and why."""
HOST = "https://github.com/YOU/briefing.git"
FEED = """<rss version="2.0"><channel><title>Quay Wire</title><link>https://quay.example/</link><item>
<title>Second test of the tide gate is put off</title><link>https://quay.example/put-off</link>
<pubDate>Wed, 04 Mar 2026 08:00:00 GMT</pubDate><description>{text}</description></item></channel></rss>"""
TEXT = (
    "The second test of the tide gate at Port Ellery is put off until April, the harbour master said. " * 15
)


class Reader:
    """Somebody who types what a page says, from its first line to its last."""

    def __init__(self, folder: Path, bare: Bare, web: Web) -> None:
        self.folder = folder
        self.environment = {**bare.environment(folder / "home"), "BROWSER": "true"}
        self.web = web
        self.said: list[str] = []
        """What was printed, command by command."""

    def follow(self, page: Path) -> None:
        """Do what a page says."""
        for kind, block in blocks(page):
            if kind == "toml":
                self.set(block)
            else:
                for line in commands(block):
                    self.type(line)

    def set(self, block: str) -> None:
        """Write settings, with the feeds of this machine in place of those of the page."""
        feeds = iter(f"{self.web.url}/{name}.xml" for name in ("one", "two"))
        local = re.sub(r"https://example[^\"]+", lambda _: next(feeds), block)
        more = "allow_private = true\ndelay_s = 0.0\nretries = 0\n"
        (self.folder / "crosscite.toml").write_text(local + more, encoding="utf-8")

    def type(self, line: str) -> None:
        """Type one command."""
        program, _, rest = line.partition(" ")
        if program == "cd":
            self.folder /= rest
        elif line.startswith("crosscite serve"):
            self.look(line)
        elif program not in ELSEWHERE:
            done = subprocess.run(
                ["bash", "-c", line],
                cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
            self.said.append(done.stdout)

    def look(self, line: str) -> None:
        """Start the preview, look at the page that it names, and end it with Ctrl-C."""
        process = subprocess.Popen(
            ["bash", "-c", f"exec {line}"],
            cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout
        address = next(found[0] for found in map(re.compile(r"http://\S+").search, process.stdout) if found)
        with urllib.request.urlopen(address) as answer:
            self.said.append(answer.read().decode())
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        process.stdout.close()


def has_a_host(folder: Path, environment: Mapping[str, str]) -> Path:
    """Make a repository that stands where the pages say that it is pushed to."""
    origin = folder / "origin.git"
    git(folder, environment, "init", "--quiet", "--bare", "--initial-branch=main", str(origin))
    git(folder, environment, "config", "--global", f"url.file://{origin}.insteadOf", HOST)
    return origin


@pytest.mark.parametrize("name", PAGES)
def test_what_readers_are_told_to_type_works(name: str, tmp_path: Path, bare: Bare) -> None:
    with serve() as web:
        body = FEED.format(text=TEXT).encode()
        web.routes |= {f"/{feed}.xml": Answer(body) for feed in ("one", "two")}
        reader = Reader(tmp_path, bare, web)
        origin = has_a_host(tmp_path, reader.environment)
        reader.follow(ROOT / name)
    assert (tmp_path / "briefing/site/index.html").is_file()
    assert any("No sentence on this site was generated." in said for said in reader.said)
    if any(line.startswith("git push") for line in typed(ROOT / name)):
        pushed = git(
            tmp_path, reader.environment, "--git-dir", str(origin), "ls-tree", "-r", "--name-only", "main"
        )
        assert {".github/workflows/pages.yml", "crosscite.toml"} <= set(pushed.splitlines())
        assert "site/index.html" not in pushed
    if name == "docs/tutorial.md":
        assert (tmp_path / "briefing/content/2026-03-04-second-test-of-the-tide-gate-is-put-off.md").is_file()


def test_the_readme_leads_to_a_published_site_in_ten_commands() -> None:
    lines = [line for line in typed(ROOT / "README.md") if line.partition(" ")[0] not in ELSEWHERE]
    assert lines[0].startswith("crosscite init")
    assert lines[-1].startswith("git push")
    assert len(lines) <= 10
