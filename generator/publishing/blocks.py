"""The blocks of story, article and audit pages, ready to show. As in ``parts.py`` all texts are plain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.publishing.parts import Cite, Day, Line, Text


@dataclass(frozen=True, slots=True)
class ExtractPart:
    """A sentence of *In brief*, or of *Only in one source*."""

    id: str
    text: Text
    cites: tuple[Cite, ...]
    """Who says so."""
    differs: tuple[Cite, ...]
    """Who says it with another number, day or name."""


@dataclass(frozen=True, slots=True)
class WordingPart:
    """One wording of a quote."""

    text: Text
    cite: Cite
    outlet: str
    only: str
    """The words that only it has, labelled in words; empty when it is the same."""


@dataclass(frozen=True, slots=True)
class QuotePart:
    """Somebody's words."""

    id: str
    speaker: str
    """Empty when it is unclear."""
    href: str
    """The speaker's page; empty when there is none."""
    role: str
    manner: str
    """"via RIA", "speaker inferred from the quote before": in words; may be empty."""
    wordings: tuple[WordingPart, ...]
    """The chosen one first."""


@dataclass(frozen=True, slots=True)
class GivenPart:
    """What one source gives where sources differ."""

    words: Text
    sentence: Text
    cite: Cite
    outlet: str


@dataclass(frozen=True, slots=True)
class DifferencePart:
    """One matter on which sources differ."""

    id: str
    label: str
    kind: str
    """In words: "Figure", "Date"."""
    given: tuple[GivenPart, ...]


@dataclass(frozen=True, slots=True)
class CellPart:
    """One source's stand on a claim."""

    state: Literal["says", "differs", "silent"]
    words: str
    """The state in words."""
    href: str
    """The sentence; empty when silent."""
    outlet: str
    """Shown on small screens, where the matrix is a list; empty when silent."""


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """A row of "who reports what"."""

    id: str
    text: Text
    tally: str
    """"3 say so, 1 differs, 2 silent"."""
    cells: tuple[CellPart, ...]


@dataclass(frozen=True, slots=True)
class HeadPart:
    """The head of a column of the matrix."""

    number: int
    outlet: str
    href: str
    """The source in the list below."""


@dataclass(frozen=True, slots=True)
class OnlyPart:
    """A sentence that stands in one source alone."""

    id: str
    text: Text
    cite: Cite
    outlet: str


@dataclass(frozen=True, slots=True)
class EventPart:
    """A dated fact."""

    id: str
    day: Day
    said: str
    """How the date was found: 'written "on Friday"'; empty when it stands there in full."""
    text: Text
    cite: Cite


@dataclass(frozen=True, slots=True)
class NamePart:
    """A person, place or organisation."""

    text: str
    href: str
    """Its page; empty when there is none."""
    count: str


@dataclass(frozen=True, slots=True)
class NamesPart:
    """Names of one kind."""

    kind: str
    names: tuple[NamePart, ...]


@dataclass(frozen=True, slots=True)
class SourcePart:
    """One numbered source of a story."""

    number: int
    title: Line
    href: str
    outlet: str
    outlet_href: str
    origin: str
    """"taken from KCNA"; empty when it names none."""
    day: Day
    month: str
    """``2026-03``, the filter of the search; empty when there is no date."""
    authors: str
    original: str
    archived: str
    note: str
    """"the same text as 1"; empty when it stands for itself."""


@dataclass(frozen=True, slots=True)
class BackPart:
    """A way back from a cited sentence to the place that cites it."""

    href: str
    text: str
    """"In brief 1"."""


@dataclass(frozen=True, slots=True)
class SentencePart:
    """A sentence on an article page."""

    id: str
    text: Text
    cited: bool
    backs: tuple[BackPart, ...]
    original: str
    """Address of the original at this sentence; empty when none is known."""


@dataclass(frozen=True, slots=True)
class PassagePart:
    """A run of neighbouring sentences of one paragraph."""

    gap: str
    """What was left out before it, in words; empty when nothing was."""
    sentences: tuple[SentencePart, ...]


@dataclass(frozen=True, slots=True)
class CutPart:
    """Text that was left out, and why."""

    reason: str
    text: str
    lang: str
    dir: str


@dataclass(frozen=True, slots=True)
class AuditArticlePart:
    """What happened to one article."""

    path: str
    """Of the file below ``content/``."""
    href: str
    title: Line
    outlet: str
    day: Day
    cuts: tuple[CutPart, ...]
    notes: tuple[str, ...]
    """What a careful editor should know, in words."""


@dataclass(frozen=True, slots=True)
class WhyPart:
    """Why the articles of a story stand together."""

    forced: str
    """The decision that settled it; empty when the text did."""
    terms: tuple[str, ...]
    """Shared terms, heaviest first."""
    nearest: str
    """The nearest article kept out, with what was measured; in words."""
    nearest_href: str


@dataclass(frozen=True, slots=True)
class AuditStoryPart:
    """One story and its articles in the audit."""

    id: str
    href: str
    headline: Line
    why: WhyPart | None
    articles: tuple[AuditArticlePart, ...]
