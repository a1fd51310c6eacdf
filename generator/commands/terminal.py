"""What only a terminal is shown: colour, and how far long work has come.

Elsewhere (pipes, files, ``TERM=dumb``) there is neither; ``NO_COLOR`` (no-color.org) takes the colour away.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.errors import Problem
    from generator.system.work import Work

_CODES = {"red": "31", "yellow": "33", "bold": "1", "dim": "2"}
_AFTER = {
    "list": "reading",
    "read": "cleaning",
    "clean": "weighing words",
    "vectorise": "grouping",
    "group": "telling",
    "tell": "finding threads",
    "thread": "explaining",
    "explain": "editing",
    "edit": "rendering",
    "render": "verifying",
    "verify": "indexing for search",
    "index": "writing",
}
"""What is done after each step of a build."""
_DOING = {"read": "reading", "tell": "telling", "index": "indexing for search"}
_EVERY_S = 0.1
_MANY = 20
"""Items from which they are counted aloud."""


def is_terminal(stream: TextIO) -> bool:
    """Return whether somebody watches a stream."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def paint(text: str, colour: str, stream: TextIO) -> str:
    """Return a text in a colour where the stream shows any."""
    if not text or not is_terminal(stream) or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{_CODES[colour]}m{text}\x1b[0m"


def problem_lines(problem: Problem, stream: TextIO) -> str:
    """Return a problem as it is printed: its place stands out, its hint stands back."""
    said, _, hint = str(problem).partition("\n")
    place, colon, message = said.partition(": ") if problem.path else ("", "", said)
    first = f"{paint(place, 'bold', stream)}{colon}{message}"
    return f"{first}\n{paint(hint, 'dim', stream)}" if hint else first


class Progress:
    """A line that says what is being done; gone when the work is."""

    def __init__(self, stream: TextIO, *, shown: bool = True) -> None:
        self._stream = stream
        self._shown = shown and is_terminal(stream)
        self._last_s = -_EVERY_S
        self._width = 0

    def follow(self, work: Work) -> Callable[[str], None]:
        """Follow the work of a build, item by item; return what its steps are told to."""
        if self._shown:
            work.tell = self.count
        return self.step

    def step(self, name: str) -> None:
        """Say what comes after the step that has just been done."""
        self._write(f"{_AFTER[name]} …" if name in _AFTER else "")

    def count(self, stage: str, done: int, total: int) -> None:
        """Say how many items of a stage have been done."""
        now_s = time.monotonic()
        if total >= _MANY and now_s - self._last_s >= _EVERY_S:
            self._last_s = now_s
            self._write(f"{_DOING.get(stage, stage)} … {done:,} of {total:,}")

    def end(self) -> None:
        """Take the line away."""
        self._write("")

    def _write(self, text: str) -> None:
        """Put a text in place of the last one."""
        if self._shown:
            text = text[: shutil.get_terminal_size().columns - 1]
            self._stream.write(f"\r{text.ljust(self._width)}" + ("" if text else "\r"))
            self._stream.flush()
            self._width = len(text)


def progress(*, shown: bool) -> Progress:
    """Return a progress line on the error stream."""
    return Progress(sys.stderr, shown=shown)
