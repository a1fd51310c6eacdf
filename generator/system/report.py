"""What a build made, as the command line and the preview tell it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.errors import Problem
from generator.system.output import Written


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made."""

    articles: int
    stories: int
    """Of two articles or more."""
    single: int
    """Stories of one article."""
    skipped: tuple[Problem, ...]
    pages: int
    """Files of the site, the search index included."""
    written: Written
    seconds: float
