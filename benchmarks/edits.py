"""What each step of a build costs a running process after one edit: CPU milliseconds, without browser and watcher.

    python -m benchmarks.edits ARTICLES [--tries 6]

Works on a copy of a folder of articles: builds it, then adds one sentence to one article after the other and
takes it out again: two builds a try. The search index, which follows later in a preview, is left out. Run two versions one
after the other. Says too (on Linux) what memory and how many open files the process has after each fifth of the tries: with
a hundred tries, 200 builds, both are to be flat.
"""

from __future__ import annotations

import argparse
import gc
import resource
import shutil
import statistics
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from generator.config import Config, load_config
from generator.seal import build
from generator.system.garbage import search_seldom
from generator.system.laps import Laps
from generator.system.live import Live
from generator.system.work import Work


def steps(config: Config, work: Work) -> dict[str, float]:
    """Build once; return the CPU milliseconds of each step."""
    laps = Laps()
    build(config, work, laps, Live())
    return {lap.name: 1000 * lap.cpu_seconds for lap in laps.laps}


class Use(NamedTuple):
    """What a process holds."""

    megabytes: float
    files: int


def use() -> Use:
    """Return what this process holds; nothing where the system does not tell."""
    own = Path("/proc/self")
    if not own.is_dir():
        return Use(0, 0)
    pages = int((own / "statm").read_text(encoding="utf-8").split()[1])
    return Use(pages * resource.getpagesize() / 1e6, len(list((own / "fd").iterdir())))


def measure(content: Path, tries: int) -> tuple[dict[str, list[float]], list[Use]]:
    """Edit articles; return what each step took each time, and what the process held after each."""
    config = load_config(content)
    config = replace(config, output=content.parent / "site", site=replace(config.site, search=False))
    work = Work(jobs=0, keep=True)
    steps(config, work)
    gc.collect()
    gc.freeze()  # as the preview does
    found: dict[str, list[float]] = defaultdict(list)
    articles, held = sorted(content.rglob("*.md")), [use()]
    for number in range(tries):
        article = articles[number * 7919 % len(articles)]
        text = article.read_text(encoding="utf-8")
        more = f"{text}\nCounters at the harbour then stood at {4000 + number} crates.\n"
        article.write_text(more, encoding="utf-8")
        for name, milliseconds in steps(config, work).items():
            found[name].append(milliseconds)
        article.write_text(text, encoding="utf-8")
        steps(config, work)
        held.append(use())
    work.close()
    return found, held


def main() -> None:
    """Copy, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--tries", type=int, default=6)
    args = parser.parse_args()
    search_seldom()
    with tempfile.TemporaryDirectory() as folder:
        content = Path(shutil.copytree(args.articles, Path(folder) / "content"))
        found, held = measure(content, args.tries)
        for name, some in found.items():
            print(f"{name:<10} median {statistics.median(some):7.1f} ms, least {min(some):7.1f} ms")
        for number in sorted({round(part * args.tries / 5) for part in range(6)}):
            print(
                f"after {2 * number} builds: {held[number].megabytes:.0f} MB, {held[number].files} open files"
            )


if __name__ == "__main__":
    main()
