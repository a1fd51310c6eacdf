"""What each step of a build costs. The clock of a build stands here and nowhere else."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lap:
    """One step of a build."""

    name: str
    seconds: float
    cpu_seconds: float
    """Of this process, all its threads: not of those that it had work done by."""
    items: int
    """Items that came out; 0 for a step that does not give a collection."""


class Laps:
    """A stop-watch: ``lap(name, value)`` notes the time since the last call and returns the value.

    ``tell`` is told the name of each step that was done.
    """

    def __init__(self, tell: Callable[[str], None] = lambda _: None) -> None:
        self._tell = tell
        self.laps: list[Lap] = []
        self._start = self._last = time.perf_counter()
        self._last_cpu = time.process_time()

    def __call__(self, name: str, value: T) -> T:
        """Note the step that has just made ``value``."""
        now, cpu = time.perf_counter(), time.process_time()
        items = len(value) if isinstance(value, tuple | list | dict) else 0
        self.laps.append(Lap(name, now - self._last, cpu - self._last_cpu, items))
        self._last, self._last_cpu = now, cpu
        self._tell(name)
        return value

    @property
    def seconds(self) -> float:
        """Seconds from the first step's start to the last step's end."""
        return self._last - self._start

    def profile(self, cached: Mapping[str, int]) -> dict[str, object]:
        """Return what each step cost, for programs: ``docs/output.md`` describes it."""
        stages = [
            {
                "name": lap.name,
                "seconds": round(lap.seconds, 4),
                "cpu_seconds": round(lap.cpu_seconds, 4),
                "items": lap.items,
                "remembered": cached.get(lap.name, 0),
            }
            for lap in self.laps
        ]
        return {"seconds": round(self.seconds, 4), "stages": stages}

    def table(self, cached: Mapping[str, int]) -> str:
        """Return what each step cost, a line each: seconds, share, items, and how many were remembered."""
        total = max(self.seconds, 1e-9)
        lines = []
        for lap in self.laps:
            known = f", {cached[lap.name]} remembered" if lap.name in cached else ""
            items = f"{lap.items} items{known}" if lap.items else ""
            lines.append(f"{lap.name:<10} {lap.seconds:8.3f} s {lap.seconds / total:5.0%}  {items}".rstrip())
        return "\n".join(lines)
