"""Find what is no part of the report within one article."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Cut
from generator.reading.draft import Draft


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """What is no part of the report, and what it tells of the report."""

    cuts: tuple[Cut, ...] = ()
    """In order, not overlapping."""
    origin: str = ""
    """The agency or outlet named by a cut source line; else empty."""


def find_boilerplate(draft: Draft, lang: str) -> Boilerplate:
    """Return the cuts to make in the uncut paragraphs of a draft."""
    return Boilerplate()
