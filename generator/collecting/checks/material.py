"""What the rules of ``crosscite check`` are given, and the lines of fields in an article's own header."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from generator.config import Config
from generator.errors import Problem
from generator.model import Article, Digest, Page
from generator.reading.fields import field_of

_HEADED = (".md", ".markdown", ".txt")
_MOST_LINES = 60
_KEY = re.compile(r"""[ \t]{0,3}["']?([^\W\d_][\w .-]{0,40}?)["']?[ \t]{0,9}[:=](?:[ \t]|$)""")
_FENCES = ("---", "+++")


class Key(NamedTuple):
    """A line of an article's header."""

    name: str
    """As it is written."""
    field: str
    """What it stands for; empty when nothing is known by that name."""
    line: int
    """1-based."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything that is checked."""

    config: Config
    digest: Digest
    today: dt.date
    """In the time zone of the readers."""
    pages: Sequence[Page] = ()
    """What would be published. Templates that cannot be rendered are left out, so that the rest is told too."""
    broken: Mapping[str, Sequence[Problem]] = field(default_factory=dict)
    """What would stop a build, by the part that it concerns: ``overrides``, ``templates``."""

    def keys(self, article: Article) -> Sequence[Key]:
        """Return the header lines of an article's file; none where it has no readable header."""
        return _keys(self.config.content / article.path) if article.path.endswith(_HEADED) else ()

    def line(self, article: Article, *fields: str) -> int:
        """Return the line that gives the first of the fields that is given; else the first line."""
        lines = {key.field: key.line for key in reversed(self.keys(article))}
        return next((lines[name] for name in fields if name in lines), 1)

    @property
    def templates(self) -> Mapping[str, Path]:
        """The user's own templates and static text files, by name below their folder."""
        folder = self.config.templates
        files = sorted(folder.rglob("*")) if folder else []
        return {file.relative_to(folder).as_posix(): file for file in files if folder and file.is_file()}


Rule = Callable[[Material], Iterable[Problem]]


@cache
def _keys(file: Path) -> tuple[Key, ...]:
    """Return the header lines of a file."""
    try:
        with file.open(encoding="utf-8-sig", errors="replace") as lines:
            head = [line.rstrip("\n") for _, line in zip(range(_MOST_LINES), lines, strict=False)]
    except OSError:
        return ()
    found: list[Key] = []
    fence = head[0].strip() if head and head[0].strip() in _FENCES else ""
    for number, line in enumerate(head, 1):
        if number > 1 and (line.strip() == fence if fence else found and not line.strip()):
            break
        if match := _KEY.match(line):
            found.append(Key(match[1].strip(), field_of(match[1]), number))
    return tuple(found)
