"""Problems that a user can mend, and the exceptions that carry them.

    UserError            one or more problems; exit code 1, never a traceback
    ├── ConfigError      settings, overrides
    ├── ContentError     articles (only ``--strict`` raises it; else they are skipped and named)
    ├── TemplateError    the user's templates
    ├── SiteError        the output folder; two pages with one path; a failed verification
    └── FetchError       feeds and pages that could not be fetched

Whatever else escapes is a bug and keeps its traceback.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.compact import Compact

_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves the cursor, ends a line, turns the direction of writing, or is no character."""


@dataclass(frozen=True, slots=True, order=True)
class Problem(Compact):
    """One thing that is wrong, where, and what to do about it."""

    path: str
    """File as the user knows it, with ``/``; empty when no file is concerned."""
    line: int
    """1-based line; 0 when the whole file is meant."""
    message: str
    """What is wrong, in one line without a final full stop."""
    hint: str = ""
    """What to do about it; empty when the message says it all."""

    def __str__(self) -> str:
        """Return ``path:line: message``, the hint on a line of its own."""
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return printable(f"{place}{self.message}") + (
            f"\n  hint: {printable(self.hint)}" if self.hint else ""
        )


class UserError(Exception):
    """Input that the user can mend: all the problems found, sorted, without repeats."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(self.problems)  # args == parameters, so that it crosses processes

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class ConfigError(UserError):
    """A setting or an override that cannot be used."""


class ContentError(UserError):
    """An article that cannot be read."""


class TemplateError(UserError):
    """A template that cannot be rendered."""


class SiteError(UserError):
    """A site that cannot be published."""


class FetchError(UserError):
    """A feed or page that cannot be fetched."""


def unreadable(path: str, error: OSError) -> Problem:
    """Return the problem of a file that the system does not let us read."""
    return Problem(path, 0, f"cannot be read: {error.strerror}", "check its permissions")


def printable(text: str) -> str:
    """Return text that cannot steer a terminal: controls, line ends and stray bytes are written as escapes."""
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), text)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint naming the known word most like ``word``, or all of a few; else empty."""
    from difflib import get_close_matches  # noqa: PLC0415 - only on the way to an error

    choices = sorted(known)
    if close := get_close_matches(word, choices, n=1, cutoff=0.5):
        return f"did you mean “{close[0]}”?"
    return f"known: {', '.join(choices)}" if 0 < len(choices) <= 12 else ""
