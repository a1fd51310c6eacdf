"""How long it takes from saving an article until an open page is told to reload.

    python benchmarks/preview.py [--articles 1000] [--tries 40] [--corpus make_corpus.py] [--json]

Starts ``crosscite serve`` on a corpus of invented articles and saves one after the other, one sentence more each
time (everything is grouped anew), while the page of that article is open: waits until it is told to reload, then
until all pages are there. Prints the median, the 95th percentile and the slowest, in milliseconds, and where the time
goes: from the save until the system reports it, the silence that is waited for, the build up to the open page, the way
of the message; and when the whole site was there. Run it on a quiet machine.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "bench" / "make_corpus.py"


@dataclass(frozen=True)
class Result:
    """Milliseconds over all tries."""

    articles: int
    tries: int
    p50: float
    p95: float
    slowest: float
    parts: dict[str, tuple[float, float]]
    """Median and 95th percentile of each part of the way."""


class Tab:
    """What the script of an open page does, without a browser."""

    def __init__(self, address: str) -> None:
        self._where = urlsplit(address)
        self.pages = {row["path"]: row["page"] for row in json.loads(self.get("build.json"))["articles"]}
        """Where the page of each article stands, by the article's file."""
        self._stream: http.client.HTTPResponse | None = None

    def get(self, page: str) -> bytes:
        """Return what is served below the site's address."""
        return self._ask(self._where.path + page).read()

    def open(self, page: str) -> None:
        """Load a page and listen."""
        content, style = re.findall(r'data-content="(\w+)" data-style="(\w+)"', self.get(page).decode())[0]
        query = f"page={quote(self._where.path + page)}&content={content}&style={style}"
        self._stream = self._ask(f"/__crosscite/events?{query}")
        self.wait("status")

    def wait(self, event: str) -> None:
        """Wait for a message; no other may come before it."""
        assert self._stream
        for line in self._stream:
            if line.startswith(b"event: "):
                assert line.strip() == f"event: {event}".encode(), line
                return
        raise EOFError(event)

    def _ask(self, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self._where.hostname or "", self._where.port, timeout=600)
        connection.request("GET", path)
        return connection.getresponse()


@contextmanager
def serving(content: Path) -> Iterator[tuple[str, Iterator[str]]]:
    """Run the preview; give its address, and from then on what happens and when (``benchmarks/stamped.py``)."""
    command = [sys.executable, "-m", "benchmarks.stamped", "serve", "-s", str(content), "--port", "0"]
    environment = {"CROSSCITE_CACHE": str(content.parent / "cache"), **os.environ}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=ROOT, env=environment) as process:
        assert process.stdout
        assert process.stderr
        address = next(line.split()[0] for line in process.stdout if "Ctrl-C" in line)
        Thread(target=process.stdout.read).start()
        try:
            yield address, iter(process.stderr)
        finally:
            process.terminate()
            assert process.wait(timeout=60) == 0


def happened(lines: Iterator[str]) -> dict[str, float]:
    """Return when each thing first happened after a save, up to the end of the build that shows it."""
    times: dict[str, float] = {}
    for line in lines:
        if stamp := re.fullmatch(r"(\w+) ([\d.]+)\n", line):
            times.setdefault(stamp[1], float(stamp[2]))
            if stamp[1] == "ended":
                return times
    raise EOFError


def ways(start: float, times: dict[str, float], end: float) -> dict[str, float]:
    """Return the parts of the way of one save, in milliseconds."""
    marks = [start, *(times[name] for name in ("noticed", "begun", "posted")), end]
    names = ("report", "silence", "build", "message")
    parts = {name: 1000 * (later - one) for name, (one, later) in zip(names, pairwise(marks), strict=True)}
    return {**parts, "whole": 1000 * (times["ended"] - start)}


def slow(values: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[18]


def measure(content: Path, tries: int) -> Result:
    """Save articles and wait for the messages."""
    articles = sorted(content.glob("*.md"))
    waits: list[float] = []
    parts: dict[str, list[float]] = defaultdict(list)
    with serving(content) as (address, lines):
        tab = Tab(address)
        happened(lines)
        for number in range(tries):
            article = articles[number * 7919 % len(articles)]
            tab.open(tab.pages[article.name])
            text = article.read_text(encoding="utf-8")
            start = time.perf_counter()
            article.write_text(
                f"{text}\nCounters at the harbour then stood at {4000 + number} crates.\n", encoding="utf-8"
            )
            tab.wait("reload")
            end = time.perf_counter()
            waits.append(1000 * (end - start))
            for name, part in ways(start, happened(lines), end).items():
                parts[name].append(part)
    found = {name: (statistics.median(some), slow(some)) for name, some in parts.items()}
    return Result(len(articles), tries, statistics.median(waits), slow(waits), max(waits), found)


def main() -> None:
    """Make the articles, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--tries", type=int, default=40)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="script that writes the articles")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, args.corpus, str(args.articles), folder], check=True, stdout=subprocess.DEVNULL
        )
        content = (Path(folder) / "articles").rename(Path(folder) / "content")
        result = measure(content, args.tries)
    if args.json:
        print(json.dumps(asdict(result)))
    else:
        print(
            f"{result.articles} articles, {result.tries} saves: p50 {result.p50:.0f} ms, p95 {result.p95:.0f} ms, "
            f"slowest {result.slowest:.0f} ms"
        )
        for name, (median, late) in result.parts.items():
            print(f"  {name:<8} p50 {median:6.1f} ms, p95 {late:6.1f} ms")


if __name__ == "__main__":
    main()
