"""Kills from outside, at random moments of builds, collecting and previews: ``python -m tests.kills 200``.

Each kind of run is first done whole, which tells how long it takes; a moment is drawn from that time. Only
runs that the kill found alive are counted. After each, what the user has and what was published is looked at,
and the next run must bring all into order. Forks: not for Windows.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Protocol

from tests.builders import write_files
from tests.faults import Faults, Outcome, faults
from tests.web import Answer, Web, serve

STORM = (
    "---\ntitle: Storm {} floods {}\ndate: 2026-03-{:02}\nsource: The {} Post\n---\n\n"
    "A storm flooded the harbour of {} on Monday, the port office said.\n\nAbout {} people left their homes.\n"
)
TOWNS = ("Orlen", "Brask", "Ulm", "Tarn", "Velde")
MINE = {".gitignore": "*\n", "own/notes.txt": "mine", "CNAME": "news.example\n"}
UP = "Ctrl-C ends the preview"


class Run(Protocol):
    """What is killed."""

    def kill(self, chance: random.Random) -> bool:
        """Run, kill and check; return whether the kill found it alive."""


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder but the list of Crosscite's own."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".crosscite-files"
    }


class Builds:
    """Builds that take a project from one state to another: first, cold, warm, and after one edit.

    A state is two bits: which of two sets of articles there is, and whether one of them was edited.
    """

    def __init__(self, folder: Path, run: Faults, cache: Path) -> None:
        self.folder, self.run, self.cache = folder, run, cache
        self.site, self.content = folder / "site", folder / "content"
        self.argv = ["build", "-s", str(self.content), "-q"]
        write_files(folder, {"crosscite.toml": "[site]\ntitle = 'Wall'\n"})
        self.sites: dict[int, dict[str, bytes]] = {}
        for self.state in range(4):
            self.turn(self.state)
            self.seconds = self.build().seconds
            write_files(self.site, MINE)
            (self.site / "own/empty").mkdir(exist_ok=True)
            self.sites[self.state] = tree(self.site)
        self.kinds = cycle(("first", "cold", "warm", "edited"))

    def turn(self, state: int) -> None:
        """Bring the articles into a state."""
        shutil.rmtree(self.content, ignore_errors=True)
        articles = {
            f"content/{number}.md": STORM.format(number, town, number % 28 + 1, town, town, 300 + number)
            for number in range(state % 2 * 3, 12)
            for town in (TOWNS[(number + state % 2) % 5],)
        }
        edited = {"content/5.md": STORM.format(5, "Kell", 4, "Kell", "Kell", 7)} if state > 1 else {}
        write_files(self.folder, articles | edited)

    def build(self) -> Outcome:
        """Build to the end."""
        outcome = self.run.run(self.argv)
        assert outcome.code == 0, outcome.stderr
        return outcome

    def kill(self, chance: random.Random) -> bool:
        """Kill a build of the next kind."""
        kind = next(self.kinds)
        before, self.state = self.state, self.state ^ (2 if kind == "edited" else 1)
        self.turn(self.state)
        if kind in ("first", "cold"):
            shutil.rmtree(self.cache)
            self.cache.mkdir()
        old, new = self.sites[before], self.sites[self.state]
        if kind == "first":
            shutil.rmtree(self.site)
            old, new = {}, {path: data for path, data in new.items() if path not in MINE}
        outcome = self.run.stop(self.argv, chance.uniform(0, self.seconds))
        self.check(old, new, done=outcome.code == 0)
        write_files(self.site, MINE)
        assert kind == "first" or (self.site / "own/empty").is_dir()
        (self.site / "own/empty").mkdir(exist_ok=True)
        return outcome.code == -9

    def check(self, old: dict[str, bytes], new: dict[str, bytes], *, done: bool) -> None:
        """Check that the site is the old one or the new one, and that the next build makes the new one."""
        found = tree(self.site)
        wrong = sorted(path for path in {*found, *old} if found.get(path) != old.get(path))
        assert found in ([new] if done else [old, new]), wrong
        self.build()
        assert tree(self.site) == new
        assert sorted(path.name for path in self.folder.iterdir()) == ["content", "crosscite.toml", "site"]


class Collects:
    """Runs that fetch the articles of two feeds, from the start or when some are there already."""

    def __init__(self, folder: Path, run: Faults, web: Web, articles: int = 12) -> None:
        self.folder, self.run, self.web, self.articles = folder, run, web, articles
        self.content = folder / "content"
        write_files(folder, {"crosscite.toml": "[collect]\nallow_private = true\ndelay_s = 0\n"})
        self.argv = ["collect", "-q", "-s", str(self.content), f"{web.url}/0.xml", f"{web.url}/1.xml"]
        for number in range(articles):
            web.routes[f"/p{number}"] = Answer(_page(number), headers={"Content-Type": "text/html"})
        self.offer(articles)
        self.seconds = self.collect().seconds
        self.whole = self.stored()

    def offer(self, count: int) -> None:
        """Let the feeds list so many articles."""
        for feed in range(2):
            items = "".join(
                f"<item><title>Storm {n}</title><link>{self.web.url}/p{n}</link><guid>g{n}</guid></item>"
                for n in range(feed, count, 2)
            )
            rss = f"<rss version='2.0'><channel><title>The Post</title>{items}</channel></rss>"
            self.web.routes[f"/{feed}.xml"] = Answer(rss.encode(), headers={"ETag": f'"{feed}-{count}"'})

    def collect(self) -> Outcome:
        """Collect to the end."""
        outcome = self.run.run(self.argv)
        assert outcome.code == 0, outcome.stderr
        return outcome

    def stored(self) -> dict[str, bytes]:
        """Return the articles, without the time at which they were fetched."""
        return {
            path: re.sub(rb"\nretrieved: [^\n]*", b"", data)
            for path, data in tree(self.content).items()
            if not path.startswith(".")
        }

    def kill(self, chance: random.Random) -> bool:
        """Kill a run that finds nothing, or a half of it."""
        shutil.rmtree(self.content)
        mine = {"mine.md": "My own words.\n", "sub/mine.txt": "More of them.\n", ".hidden": "x"}
        write_files(self.content, mine)
        half = chance.random() < 0.5
        if half:
            self.offer(self.articles // 2)
            self.collect()
            self.offer(self.articles)
        outcome = self.run.stop(self.argv, chance.uniform(0, self.seconds * (0.6 if half else 1)))
        self.check(mine)
        return outcome.code == -9

    def check(self, mine: dict[str, str]) -> None:
        """Check that all that is there is whole, and that the next run fetches the rest, and that only."""
        there = self.stored()
        for path, data in there.items():
            assert data == (mine[path].encode() if path in mine else self.whole[path]), path
        ledger = self.content / ".collected.json"
        if ledger.exists():
            noted = set(json.loads(ledger.read_text(encoding="utf-8"))["articles"].values())
            assert noted <= there.keys()
        self.web.asked.clear()
        self.collect()
        names = {self.web.url + path for path in self.web.asked if path.startswith("/p")}
        assert not [path for path, data in there.items() for name in names if f"{name}\n".encode() in data]
        assert max(self.web.asked.values()) == 1
        assert self.stored() == self.whole | {k: v.encode() for k, v in mine.items() if not k.startswith(".")}
        hidden = {path for path in tree(self.content) if path.startswith(".")}
        assert hidden == {".hidden", ".collected.json"}
        self.web.asked.clear()
        self.collect()
        assert not [path for path in self.web.asked if path.startswith("/p")]


def _page(number: int) -> bytes:
    """Return a page with a report of its own."""
    words = f"A storm of class {number} flooded the harbour of Orlen on Monday, the port office said. "
    body = "".join(f"<p>{words * 3}</p>" for _ in range(4))
    return f"<html><head><title>Storm {number}</title></head><body><article>{body}</article></body></html>".encode()


class Previews:
    """Previews, killed while they start and while they follow an edit."""

    def __init__(self, folder: Path, run: Faults, temporary: Path) -> None:
        self.folder, self.run, self.temporary = folder, run, temporary
        self.content = folder / "content"
        settings = {"crosscite.toml": "[site]\nsearch = false\n"}
        articles = {
            f"content/{n}.md": STORM.format(n, town, n + 1, town, town, n) for n, town in enumerate(TOWNS)
        }
        write_files(folder, {**settings, **articles, "site/index.html": "mine", "site/CNAME": "a.example"})
        self.argv = ["serve", "-s", str(self.content), "--port", "0"]
        self.seconds = run.stop(self.argv, 0, UP).seconds

    def kill(self, chance: random.Random) -> bool:
        """Kill a preview, then let another one start."""
        article = self.content / "1.md"
        write_files(
            self.folder,
            {"content/1.md": STORM.format(1, "Brask", 2, "Brask", "Brask", chance.randint(1, 99))},
        )
        late = chance.random() < 0.5
        before = tree(self.folder)
        moment = chance.uniform(0, self.seconds)
        outcome = self.run.stop(self.argv, moment, UP if late else "", str(article) if late else "")
        if late:
            assert article.read_bytes().startswith(before.pop("content/1.md"))
        assert before.items() <= tree(self.folder).items()
        assert tree(self.folder).keys() == {*before, "content/1.md"}
        after = self.run.stop(self.argv, 0, UP)
        assert UP in after.stdout
        assert "Traceback" not in after.stdout + after.stderr
        assert len([*self.temporary.glob("crosscite-preview-*")]) == 1  # its own, as it was killed as well
        return outcome.code == -9


KINDS = ("build", "collect", "serve")


@contextmanager
def killing(folder: Path, kinds: Sequence[str] = KINDS) -> Iterator[dict[str, Run]]:
    """Give what is killed, of each kind, below a folder."""
    temporary, cache = folder / "temporary", folder / "cache"
    for place in (temporary, cache):
        place.mkdir()
    with faults(cache, TMPDIR=str(temporary)) as process, serve() as web:
        makers: dict[str, Callable[[Path], Run]] = {
            "build": lambda place: Builds(place, process, cache),
            "collect": lambda place: Collects(place, process, web),
            "serve": lambda place: Previews(place, process, temporary),
        }
        yield {kind: makers[kind](folder / kind) for kind in kinds}


def main() -> None:
    """Kill until as many runs as asked for were found alive, a third of each kind; say how many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, real, tried = random.Random(options.seed), Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder, killing(Path(folder).resolve()) as kinds:
        while real.total() < options.kills:
            for name, run in kinds.items():
                tried[name] += 1
                real[name] += run.kill(chance)
            sys.stdout.write(f"{dict(real)} of {dict(tried)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
