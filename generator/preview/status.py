"""What open pages and the console are told of the last build."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from generator.errors import Problem

_AROUND = 2
"""Lines shown before and after the one that is wrong."""

_WIDTH = 200
"""Characters of a line that are shown."""

_READ = 2_000_000
"""Bytes of a file that are looked at."""

_NAMED = 3
"""Edited files that a line on the console names."""


class Line(NamedTuple):
    """A line of a source file."""

    number: int
    text: str
    wrong: bool
    """Whether it is the line that the problem names."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A problem as a page shows it."""

    place: str
    """``path:line``, ``path``, or empty."""
    message: str
    hint: str
    excerpt: tuple[Line, ...] = ()
    """The lines round the place; empty when there is none."""

    def __str__(self) -> str:
        """Return it as the console shows it."""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{self.place}: {self.message}{hint}" if self.place else self.message + hint


@dataclass(frozen=True, slots=True)
class Status:
    """The last build, as pages show it."""

    epoch: int = 0
    """Counts what was posted."""
    base: str = "/"
    """Path that the site is served at, with a slash at both ends."""
    built: bool = False
    """Whether there has been a good build yet."""
    seconds: float = 0.0
    edited: tuple[str, ...] = ()
    """Source files whose change led to the build; empty for the first one."""
    pages: int = 0
    """Pages that came out different; 0 for the first build."""
    changed: tuple[str, ...] = ()
    """The first of them, below the base path."""
    skipped: tuple[Notice, ...] = ()
    """Articles that are left out, and why."""
    problems: tuple[Notice, ...] = ()
    """Why there is no newer build; empty when it is good."""
    partial: bool = False
    """Whether only what is open has been made anew yet: the rest follows."""
    drafts: bool = False
    """Whether drafts are shown."""
    closed: bool = False
    """Whether the preview has ended."""

    @property
    def json(self) -> str:
        """What is sent to pages, on one line."""
        return json.dumps(asdict(self), ensure_ascii=False)


def console_lines(before: Status, now: Status) -> Iterator[str]:
    """Yield what the console says when a status follows another: what is news, and each problem once."""
    if now.problems:
        yield from (str(problem) for problem in now.problems if problem not in before.problems)
        return
    yield from (f"skipped {article}" for article in now.skipped if article not in before.skipped)
    if not now.edited:
        yield f"Built in {now.seconds:.2f} s"
        return
    names = ", ".join(now.edited[:_NAMED])
    more = f" and {len(now.edited) - _NAMED} more" if len(now.edited) > _NAMED else ""
    pages = "1 page" if now.pages == 1 else f"{now.pages} pages"
    yield f"{names}{more} → {pages} changed in {now.seconds:.2f} s"


def notice(problem: Problem, folders: Sequence[Path]) -> Notice:
    """Return a problem with the lines round its place; its path is looked for below each folder."""
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    lines = _excerpt(problem, folders) if problem.path and problem.line else ()
    return Notice(place, problem.message, problem.hint, lines)


def _excerpt(problem: Problem, folders: Sequence[Path]) -> tuple[Line, ...]:
    """Return the lines round the place of a problem, as far as the file can be read."""
    name = problem.path.partition("#")[0]
    file = next((path for folder in folders if (path := folder / name).is_file()), None)
    if file is None:
        return ()
    try:
        with file.open("rb") as stream:
            lines = stream.read(_READ).decode("utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    first = max(1, problem.line - _AROUND)
    return tuple(
        Line(number, text[:_WIDTH], number == problem.line)
        for number, text in enumerate(lines[first - 1 : problem.line + _AROUND], first)
    )
