"""What every format takes and gives: one file in; drafts, and problems for what is none, out.

A draft is readable text, its paragraphs, what is already cut, and metadata.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256

from generator.config import ReadSettings
from generator.errors import Problem
from generator.model import Cut, Meta, Span


@dataclass(frozen=True, slots=True)
class File:
    """One file of the content folder, with its bytes."""

    path: str
    """Place below the content folder; ``feed.xml#3`` for an item of a file."""
    data: bytes
    """All of it."""
    settings: ReadSettings

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, hexadecimal."""
        return sha256(self.data).hexdigest()


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


Drafts = Iterator[Draft | Problem]
"""What a format yields: an article to be, or why a file or an item of it is none."""


def fill(meta: Meta, more: Meta) -> Meta:
    """Return ``meta`` with what it lacks taken from ``more``."""
    lacking = {f.name: getattr(more, f.name) for f in fields(meta) if not getattr(meta, f.name)}
    return replace(meta, **lacking)


def join(blocks: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """Return the blocks as one text, a blank line between two, and the span of each."""
    spans, start = [], 0
    for block in blocks:
        spans.append(Span(start, start + len(block)))
        start += len(block) + 2
    return "\n\n".join(blocks), tuple(spans)
