"""Measure what reading an article costs: ``python -m benchmarks.reading FOLDER [TURNS]``.

One process reads the articles of a folder, 50 at a turn, as those of a build do. Prints milliseconds of CPU an
article: of the cheapest turn and of the middle one, when the words of these articles are new and when they
are known; and what it costs to send what was read, or to remember it. Two versions are compared by two
processes at once, since the load of a machine changes what all of this costs.
"""

from __future__ import annotations

import pickle
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from generator.config import ReadSettings
from generator.model import Reading
from generator.reading.read import FORMATS, read
from generator.system.garbage import begin_worker

_TURN = 50
_WARM = 5
_SETTINGS = ReadSettings()


def _timed(function: Callable[[], object], articles: int) -> float:
    """Return the milliseconds of CPU that something takes for each article."""
    start = time.process_time()
    function()
    return (time.process_time() - start) * 1e3 / articles


def _read(files: Sequence[tuple[str, bytes]]) -> list[Reading]:
    return [read(name, data, _SETTINGS) for name, data in files]


def measure(folder: Path, turns: int) -> None:
    """Print what the articles of a folder cost."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in FORMATS)[: _WARM + turns * _TURN]
    files = [(path.name, path.read_bytes()) for path in paths]
    _read(files[:_WARM])
    parts = [files[at : at + _TURN] for at in range(_WARM, len(files), _TURN)]
    for words in ("new", "known"):
        costs = [_timed(lambda part=part: _read(part), len(part)) for part in parts]  # type: ignore[misc]
        print(f"{words} words: least {min(costs):.2f}, middle {median(costs):.2f} ms an article")
    found = _read(parts[0])
    sent = [pickle.dumps(reading, 5) for reading in found]
    costs = [
        min(_timed(step, len(found)) for _ in range(9))
        for step in (
            lambda: [pickle.dumps(reading, 5) for reading in found],
            lambda: [pickle.loads(one) for one in sent],
        )
    ]
    size = sum(map(len, sent)) / len(sent) / 1024
    print(f"sent: {costs[0]:.3f} ms there, {costs[1]:.3f} ms back, {size:.1f} KiB")


if __name__ == "__main__":
    begin_worker()
    measure(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 12)
