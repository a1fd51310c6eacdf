"""What a process that goes on building keeps at hand of its last analysis.

Each step compares what it is given with what it was given last and makes anew what differs. So all of them must have
seen the same builds: what they keep is taken from the desk at the beginning and put back at the end, and after a
build that was broken off the desk is empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.stories.digest import Editing, Told
from generator.stories.groups import Grouping
from generator.stories.threads import Threading
from generator.stories.vectors import Counts
from generator.stories.why import Reasons


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands from the last build, by the step that made it; None where that is not to be kept."""

    counts: Counts | None = field(default_factory=Counts)
    grouping: Grouping | None = field(default_factory=Grouping)
    threading: Threading | None = field(default_factory=Threading)
    reasons: Reasons | None = field(default_factory=Reasons)
    told: Told = field(default_factory=Told)
    editing: Editing | None = field(default_factory=Editing)


def nothing() -> Kept:
    """Return what a process keeps that builds once."""
    return Kept(counts=None, grouping=None, threading=None, reasons=None, editing=None)


class Desk:
    """Where that lies between two builds."""

    def __init__(self) -> None:
        self._kept: Kept | None = None

    def take(self) -> Kept:
        """Return what lies there, which is then gone; what is new when nothing does."""
        kept, self._kept = self._kept or Kept(), None
        return kept

    def put(self, kept: Kept) -> None:
        """Leave for the next build what all steps have seen to the end."""
        self._kept = kept
