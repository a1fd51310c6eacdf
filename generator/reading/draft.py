"""What every format gives: readable text, its paragraphs, what is already cut, and metadata."""

from __future__ import annotations

from dataclasses import dataclass

from generator.errors import Problem
from generator.model import Cut, Meta, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article before its sentences are found. Fields are as in ``Article``."""

    path: str
    digest: str
    meta: Meta
    text: str
    paragraphs: tuple[Span, ...]
    cut: tuple[Cut, ...] = ()
    repairs: tuple[Span, ...] = ()
    notes: tuple[Problem, ...] = ()
