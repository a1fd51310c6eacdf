"""Speed beside other site generators, in one run: ``python -m benchmarks.speed [ARTICLES]``.

The others are installed from PyPI (and npm, if there is one) into a throw-away folder and build the same articles with one
bare template, without any analysis; Crosscite groups, tells, quotes, verifies and indexes. Seconds are wall time, the
best of three (of one for a cold build of Crosscite); what counts is the ratio. A generator that cannot be set up or
fails is named with what it said, and left out. All of them run as pip installs them: compiled.
"""

from __future__ import annotations

import compileall
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import generator
from benchmarks.corpus import write_corpus
from benchmarks.peers import HOMES, PEERS

Times = dict[str, float]


def _seconds(
    command: list[str], before: Callable[[], object] = lambda: None, tries: int = 3, cwd: Path | None = None
) -> float:
    """Return the best wall time of a command. Raises CalledProcessError with what it said."""
    best = float("inf")
    for _ in range(tries):
        before()
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=cwd)
        best = min(best, time.perf_counter() - start)
    return best


def _ours(home: Path, articles: Path) -> Times:
    """Return the times of Crosscite: cold, unchanged, and with one article edited."""
    for place in (sysconfig.get_path("purelib"), str(Path(generator.__file__).parent)):
        compileall.compile_dir(place, quiet=2)
    site, cache = home / "site", home / "cache"
    os.environ["CROSSCITE_CACHE"] = str(cache)
    command = [sys.executable, "-m", "generator", "build", "-q", "-s", str(articles), "-o", str(site)]
    edited = articles / "000000.md"

    def fresh() -> None:
        for folder in (site, cache):
            shutil.rmtree(folder, ignore_errors=True)

    def edit() -> None:
        edited.write_text(edited.read_text(encoding="utf-8") + "\nOne line more.\n", encoding="utf-8")

    def open_otherwise() -> None:
        head, mark, body = edited.read_text(encoding="utf-8").rpartition("---\n")
        edited.write_text(
            f"{head}{mark}\nOn Monday {len(body)} crates stood there.\n{body}", encoding="utf-8"
        )

    return {
        "Crosscite, cold": _seconds(command, fresh, 1),
        "Crosscite, nothing changed": _seconds(command),
        "Crosscite, one article edited": _seconds(command, edit),
        "Crosscite, one article opens otherwise": _seconds(command, open_otherwise),
    }


def _theirs(home: Path, articles: Path) -> Iterator[tuple[str, float]]:
    """Yield the times of all others that can be had."""
    for peer, prepare in PEERS.items():
        try:
            command = prepare(home, articles)
            cwd = home / HOMES.get(peer, "")
            anew = [*command, "--ignore-cache"] if peer == "Pelican" else command
            yield peer, _seconds(anew, cwd=cwd)
            if peer == "Pelican":
                yield "Pelican, cached", _seconds(command, cwd=cwd)
        except (OSError, subprocess.CalledProcessError) as error:
            said = (getattr(error, "stdout", None) or b"").decode(errors="replace").strip().splitlines()
            print(f"{peer} is left out: {error}", *said[-5:], sep="\n  ", file=sys.stderr)


def main() -> None:
    """Measure, and print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory(prefix="crosscite-bench-") as name:
        home = Path(name)
        articles = home / "articles"
        write_corpus(count, articles)
        times = _ours(home, articles) | dict(_theirs(home, articles))
    print(
        f"{count} articles, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    )
    for label, seconds in times.items():
        ratios = (f"{seconds / times[peer]:8.2f} x {peer}" for peer in PEERS if peer in times)
        print(f"{label:<30} {seconds:8.2f} s", *ratios)


if __name__ == "__main__":
    main()
