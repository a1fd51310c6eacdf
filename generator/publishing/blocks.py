"""The blocks of story, article and audit pages, ready to show. As in ``parts.py`` all texts are plain."""

from __future__ import annotations

from typing import Literal, NamedTuple

from generator.publishing.parts import Cite, Day, Line, Link, Text


class ExtractPart(NamedTuple):
    """A sentence of *In brief*, or of *Only in one source*."""

    id: str
    """Id of the element."""
    text: Text
    """The words."""
    cites: tuple[Cite, ...]
    """Who says so."""
    differs: tuple[Cite, ...]
    """Who says it with another number, day or name."""


class WordingPart(NamedTuple):
    """One wording of a quote."""

    text: Text
    """The words."""
    cites: tuple[Cite, ...]
    """Everybody who has it so."""
    outlets: str
    """Their names."""
    only: str
    """The words that only it has, labelled in words; empty when it is the same."""


class QuotePart(NamedTuple):
    """Somebody's words."""

    id: str
    """Id of the element."""
    speaker: str
    """Empty when it is unclear."""
    href: str
    """The speaker's page; empty when there is none."""
    role: str
    """Title beside the name; may be empty."""
    cue: str
    """The reporting verb, as written; may be empty."""
    manner: str
    """"via RIA", "speaker inferred from the quote before": in words; may be empty."""
    wordings: tuple[WordingPart, ...]
    """The chosen one first."""


class GivenPart(NamedTuple):
    """A source's sentence where sources differ."""

    sentence: Text
    """The sentence that has them, marked."""
    cite: Cite
    """The link to its sentence."""
    outlet: str
    """Name of the outlet that carries it."""


class ValuePart(NamedTuple):
    """One of the values that sources give, with all that give it so."""

    words: Text | None
    """The differing words; None where they are long and only marked in their sentences."""
    given: tuple[GivenPart, ...]
    """Each source that gives them."""


class DifferencePart(NamedTuple):
    """One matter on which sources differ."""

    id: str
    """Id of the element."""
    label: str
    """What is counted or named."""
    kind: str
    """In words: "Figure", "Date"."""
    values: tuple[ValuePart, ...]
    """What is given, in order."""


class CellPart(NamedTuple):
    """One source's stand on a claim."""

    state: Literal["says", "differs", "silent", "foreign"]
    """For the style sheet; ``words`` says it to readers."""
    words: str
    """The state in words."""
    href: str
    """The sentence; empty when silent or not compared."""
    outlet: str
    """Shown on small screens, where the matrix is a list; empty without a sentence."""


class ClaimPart(NamedTuple):
    """A row of "who reports what"."""

    id: str
    """Id of the element."""
    text: Text
    """The words."""
    tally: str
    """"3 say so, 1 differs, 2 silent", and how many were not compared, when any."""
    cells: tuple[CellPart, ...]
    """One for each source, in order."""


class HeadPart(NamedTuple):
    """The head of a column of the matrix."""

    number: int
    """Of the source, from 1."""
    outlet: str
    """Name of the outlet that carries it."""
    href: str
    """The source in the list below."""


class OnlyPart(NamedTuple):
    """A sentence that stands in one source alone."""

    id: str
    """Id of the element."""
    text: Text
    """The words."""
    cite: Cite
    """The link to its sentence."""
    outlet: str
    """Name of the outlet that carries it."""


class EventPart(NamedTuple):
    """A dated fact."""

    id: str
    """Id of the element."""
    day: Day
    """Its date."""
    said: str
    """How the date was found: 'written "on Friday"'; empty when it stands there in full."""
    text: Text
    """The words."""
    cite: Cite
    """The link to its sentence."""


class NamesPart(NamedTuple):
    """Names of one kind."""

    kind: str
    """In words: "People"."""
    names: tuple[Link, ...]
    """Most mentioned first; those without a page lead nowhere."""


class SourcePart(NamedTuple):
    """One numbered source of a story."""

    number: int
    """Of the source, from 1."""
    title: Line
    """Its title."""
    href: str
    """Where it leads."""
    outlet: str
    """Name of the outlet that carries it."""
    outlet_href: str
    """Page of the outlet."""
    origin: str
    """"taken from KCNA"; empty when it names none."""
    day: Day
    """Its date."""
    month: str
    """``2026-03``, the filter of the search; empty without a date, and where a source before has it."""
    authors: str
    """Bylines, joined; may be empty."""
    original: str
    """Address of the original; empty when none is known."""
    archived: str
    """Address of a stored copy; empty when none is known."""
    note: str
    """"the same text as 1"; empty when it stands for itself."""


class SentencePart(NamedTuple):
    """A sentence on an article page."""

    id: str
    """Id of the element."""
    text: Text
    """The words."""
    cited: bool
    """Whether the story cites it."""
    backs: tuple[Link, ...]
    """Ways back to where it is cited."""
    original: str
    """Address of the original at this sentence; empty when none is known."""


class PassagePart(NamedTuple):
    """A run of neighbouring sentences of one paragraph."""

    gap: str
    """What was left out before it, in words; empty when nothing was."""
    sentences: tuple[SentencePart, ...]
    """In order."""


class CutPart(NamedTuple):
    """Text that was left out, and why."""

    reason: str
    """In words: "Caption"."""
    text: str
    """The words."""
    lang: str
    """As in ``Line``."""
    dir: str
    """As in ``Line``."""


class AuditArticlePart(NamedTuple):
    """What happened to one article."""

    path: str
    """Of the file below ``content/``."""
    href: str
    """Where it leads."""
    title: Line
    """Its title."""
    outlet: str
    """Name of the outlet that carries it."""
    day: Day
    """Its date."""
    cuts: tuple[CutPart, ...]
    """What was left out; may be none."""
    notes: tuple[str, ...]
    """What a careful editor should know, in words."""


class WhyPart(NamedTuple):
    """Why the articles of a story stand together."""

    forced: str
    """The decision that settled it; empty when the text did."""
    terms: tuple[str, ...]
    """Shared terms, heaviest first."""
    nearest: Link | None
    """The nearest article kept out; None when nothing came near."""
    measured: str
    """Its outlet, and what was measured; in words."""


class AuditStoryPart(NamedTuple):
    """One story and its articles in the audit."""

    id: str
    """Id of the element."""
    href: str
    """Where it leads."""
    headline: Line
    """Its headline."""
    why: WhyPart | None
    """None for a lone report that nothing came near."""
    articles: tuple[AuditArticlePart, ...]
    """Its files, in order."""
