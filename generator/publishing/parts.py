"""The parts that pages are made of, ready to show: plain words, numbers and links, no logic.

All texts are plain; the templates escape them. Links are relative to the page that holds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model import Piece

Place = Literal["brief", "quote", "differs", "claim", "only", "timeline"]
"""Where a story page cites a passage; with a number it is the id of the element: ``brief-1``."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words of a source that are no cited passage: a title, a headline."""

    text: str
    lang: str
    """BCP 47 tag; empty when it is the page's own language."""
    dir: str
    """``rtl``, ``ltr``, ``auto``; empty when it is the page's own."""


@dataclass(frozen=True, slots=True)
class Text:
    """A passage, word for word. The pieces together are ``shown`` of its span."""

    cite: str
    """``<article id>:<start>-<end>``, for ``data-cite``: what the verifier checks."""
    pieces: tuple[Piece, ...]
    """In order, with their blanks; those that differ are marked."""
    lang: str
    dir: str

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def differing(self) -> tuple[str, ...]:
        """The marked words, run by run."""
        return tuple(piece.text.strip() for piece in self.pieces if piece.differs)


@dataclass(frozen=True, slots=True)
class Day:
    """A date in both its forms."""

    iso: str
    """For ``<time datetime>``; empty when there is no date."""
    text: str
    """For readers: "14 March 2026", "date not given"."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Peek:
    """What hovering over or tabbing to a citation shows."""

    outlet: str
    day: str
    texts: tuple[Text, ...]
    """The passage, with its neighbours where it is the quoted one; empty for a mere copy."""
    here: int
    """Index of the cited passage in ``texts``; -1 when there is none."""
    note: str
    """Words on how it relates to the extract: "Says the same", "Differs"."""
    original: str
    """Address of the original, with a text fragment; empty when none is known."""


@dataclass(frozen=True, slots=True)
class Cite:
    """A numbered link to the sentence that carries something."""

    number: int
    """Of the source in this story, from 1."""
    href: str
    label: str
    """For screen readers: "Source 2, Harbour Gazette, sentence 14"."""
    peek: Peek | None


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
    label: str
    """For screen readers, and shown on small screens: "Source 2, Harbour Gazette, sentence 14"."""


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
class StoryPart:
    """A story as it stands on the front page."""

    href: str
    headline: Line
    outlet: str
    """Whose headline it is."""
    note: str
    """Where the headline is none: "first sentence"; else empty."""
    extract: Text | None
    cites: tuple[Cite, ...]
    outlets: tuple[str, ...]
    more: str
    """"+4" for outlets beyond those named; may be empty."""
    day: Day
    counts: str
    """"6 articles, 3 origins"."""
    chips: tuple[str, ...]
    """"2 quotes differ"."""


@dataclass(frozen=True, slots=True)
class EntryPart:
    """A story or article in a list."""

    href: str
    headline: Line
    outlets: str
    day: Day
    note: str
    """"6 articles", "first sentence"; may be empty."""


@dataclass(frozen=True, slots=True)
class FactPart:
    """A fact that only the latest articles of a story carry."""

    text: Text
    cite: Cite


@dataclass(frozen=True, slots=True)
class GrownPart:
    """An older story that gained articles."""

    href: str
    headline: Line
    facts: tuple[FactPart, ...]


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
class SectionPart:
    """A headed list."""

    id: str
    title: str
    entries: tuple[EntryPart, ...]


@dataclass(frozen=True, slots=True)
class UtterancePart:
    """A quote on a person's page."""

    text: Text
    cite: Cite
    outlet: str
    day: Day
    role: str
    story: Line
    href: str
    """The quote on its story page."""
    note: str
    """"2 other wordings"; may be empty."""


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


@dataclass(frozen=True, slots=True)
class LinksPart:
    """A line of links under a head: the days of a month, the pages of a list."""

    title: str
    href: str
    links: tuple[Link, ...]
