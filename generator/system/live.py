"""What a running preview tells the builds that it asks for."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a build in which nothing has changed imports no pages
    from generator.publishing.printer import Audience


@dataclass(frozen=True, slots=True)
class Live:
    """A build of a preview: its folder is its own, and nothing there has to outlast it."""

    touched: AbstractSet[Path] | None = None
    """The only files that may differ from those of the last good build of this process; None: any may."""
    audience: Audience | None = None
    """Who is shown what is open before the rest, where all pages are made anew."""
