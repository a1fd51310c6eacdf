"""What every format takes and gives: one file in; drafts, and problems for what is none, out.

A draft is readable text, its paragraphs, what is already cut, and metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from generator.config import ReadSettings
from generator.errors import Problem
from generator.model import Cut, CutReason, Meta, Span

_NOTES = 20
"""Of one kind, as a careful editor wants to know of."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of the content folder, with its bytes."""

    path: str
    """Place below the content folder."""
    data: bytes
    """All of it."""
    digest: str
    """SHA-256 of the whole file, hexadecimal."""
    settings: ReadSettings


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


META_FIELDS = tuple(field.name for field in fields(Meta))
"""What may be known of an article beside its text."""


def fill(meta: Meta, more: Meta) -> Meta:
    """Return ``meta`` with what it lacks taken from ``more``."""
    return amended(meta, **{name: getattr(more, name) for name in META_FIELDS if not getattr(meta, name)})


def amended(meta: Meta, **values: Any) -> Meta:
    """Return ``meta`` with other values; itself, which costs a tenth, where they are those that it has."""
    other = {name: value for name, value in values.items() if value != getattr(meta, name)}
    return replace(meta, **other) if other else meta


class Paragraph(NamedTuple):
    """A paragraph of a format that has any; white space folded."""

    text: str
    reason: CutReason | None = None
    """Why it is no part of the report: a heading, a caption; None for one that is."""


def draft_of(
    file: File,
    meta: Meta,
    paragraphs: Iterable[Paragraph],
    notes: tuple[Problem, ...] = (),
    *,
    path: str = "",
) -> Draft:
    """Return the draft that paragraphs make, joined by blank lines; ``path`` is that of an item of the file."""
    kept = [paragraph for paragraph in paragraphs if paragraph.text]
    spans, start = [], 0
    for text, _ in kept:
        spans.append(Span(start, start + len(text)))
        start += len(text) + 2
    return Draft(
        path=path or file.path,
        digest=file.digest,
        meta=meta,
        text="\n\n".join(text for text, _ in kept),
        paragraphs=tuple(spans),
        cut=tuple(Cut(span, reason) for span, (_, reason) in zip(spans, kept, strict=True) if reason),
        notes=notes,
    )


def first_notes(
    path: str, text: str, spans: Sequence[Span], message: Callable[[str, Span], str], more: str
) -> Iterator[Problem]:
    """Yield a note of each of the first of some spans, which stand in order, then of how many ``more`` there are."""
    line, counted = 1, 0
    for span in spans[:_NOTES]:
        line, counted = line + text.count("\n", counted, span.start), span.start
        yield Problem(path, line, message(text, span))
    if len(spans) > _NOTES:
        yield Problem(path, line, f"{len(spans) - _NOTES} more {more}")


def is_subhead(heading: str) -> bool:
    """Tell a line above a part of the report from a paragraph that only looks like a heading."""
    return len(heading.split()) <= (12 if heading.endswith(".") else 30)
