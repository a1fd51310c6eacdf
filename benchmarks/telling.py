"""Measure what telling a story costs: ``python -m benchmarks.telling FOLDER [TURNS]``.

Reads and groups the articles of a folder, then tells the stories in one process, all of them each turn. Prints
milliseconds of CPU, of the cheapest turn and of the middle one, of a story of several reports and of a single one,
and a digest of all that was told. Two versions are compared by two processes at once, since the load of a machine
changes what all of this costs.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from statistics import median

from generator.build import group_articles_of
from generator.config import SummarySettings, load_config
from generator.model import Group
from generator.system.garbage import begin_worker
from generator.system.laps import Laps
from generator.system.work import Work
from generator.tasks import tell

_SETTINGS = SummarySettings()


def _timed(groups: Sequence[Group]) -> float:
    """Return the milliseconds of CPU that telling takes for each story."""
    start = time.process_time()
    for group in groups:
        tell(group, _SETTINGS)
    return (time.process_time() - start) * 1e3 / len(groups)


def measure(folder: Path, turns: int) -> None:
    """Print what the stories of a folder cost."""
    groups = group_articles_of(load_config(folder), Work(jobs=0), Laps()).groups
    told = sha256("\n".join(repr(tell(group, _SETTINGS)) for group in groups).encode()).hexdigest()
    print(f"{len(groups)} stories: {told[:16]}")
    gc.collect()
    begin_worker()
    for name, some in (
        ("several reports", [group for group in groups if len(group.articles) > 1]),
        ("a single report", [group for group in groups if len(group.articles) == 1]),
    ):
        costs = [_timed(some) for _ in range(turns)] if some else [0.0]
        print(f"{name}: {len(some)} stories, least {min(costs):.2f}, middle {median(costs):.2f} ms a story")


if __name__ == "__main__":
    measure(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 5)
