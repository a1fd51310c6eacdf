"""What each template is given: one frozen context a template, all of it plain and ready to show.

Every context has ``site`` and ``page``; the rest is its own. Templates use nothing else but ``t``, ``n``,
``asset`` and ``shared`` (a test holds this). The parts are described in ``parts.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.publishing import blocks, parts
from generator.publishing.charts import Coverage, Heat, Strip


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What all contexts have."""

    template: ClassVar[str]
    common: ClassVar[bool] = True
    """Whether it shows little of what it is made of, so that a change there seldom changes it."""
    site: parts.SiteFrame
    page: parts.PageFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontContext(Context):
    """The front page: a briefing of two minutes."""

    template: ClassVar[str] = "index.html"
    counts: str
    """"41 articles · 12 outlets · 9 stories · 6 single reports"; empty when there are none."""
    edition: str
    """The latest day of any article, written out; empty when nothing is dated."""
    since: str
    """The dated day before it; empty when there is none."""
    new: tuple[parts.EntryPart, ...]
    """Stories that began on the latest day."""
    grown: tuple[parts.GrownPart, ...]
    """Older stories that gained articles on it, with what only those say."""
    lead: parts.StoryPart | None
    stories: tuple[parts.StoryPart, ...]
    more: tuple[parts.EntryPart, ...]
    """Further stories, headlines only."""
    rest: parts.Link | None
    """To the archive, when there are more stories still."""
    told: tuple[parts.StoryPart, ...]
    """The latest single reports, each with a sentence."""
    singles: tuple[parts.EntryPart, ...]
    """Further ones, headlines only."""
    singles_rest: parts.Link | None
    undated: tuple[parts.EntryPart, ...]
    undated_rest: parts.Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryContext(Context):
    """One event in several reports."""

    template: ClassVar[str] = "story.html"
    common: ClassVar[bool] = False
    headline: parts.Line
    headline_outlet: str
    headline_note: str
    """Where the headline is none: "first sentence of the report"; else empty."""
    headline_number: int
    """Number of the source whose headline it is; 0 when an editor wrote it."""
    counts: str
    days: str
    thread: parts.Link | None
    chips: tuple[parts.Link, ...]
    brief: tuple[blocks.ExtractPart, ...]
    quotes: tuple[blocks.QuotePart, ...]
    differences: tuple[blocks.DifferencePart, ...]
    heads: tuple[blocks.HeadPart, ...]
    claims: tuple[blocks.ClaimPart, ...]
    unread: bool
    """Whether a source is in a language of which no words are known: quotes and figures are not looked for there."""
    foreign: bool
    """Whether its sources are in several languages, which were not compared with each other."""
    only: tuple[blocks.OnlyPart, ...]
    timeline: tuple[blocks.EventPart, ...]
    strip: Strip | None
    coverage: Coverage | None
    names: tuple[blocks.NamesPart, ...]
    sources: tuple[blocks.SourcePart, ...]
    related: tuple[parts.EntryPart, ...]
    why: blocks.WhyPart
    heat: Heat | None
    audit: str
    """Where the story stands in the audit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleContext(Context):
    """An event in one report alone: what a story page has where there is nothing to compare."""

    template: ClassVar[str] = "single.html"
    common: ClassVar[bool] = False
    headline: parts.Line
    headline_note: str
    thread: parts.Link | None
    brief: tuple[blocks.ExtractPart, ...]
    quotes: tuple[blocks.QuotePart, ...]
    timeline: tuple[blocks.EventPart, ...]
    names: tuple[blocks.NamesPart, ...]
    source: blocks.SourcePart
    related: tuple[parts.EntryPart, ...]
    audit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleContext(Context):
    """One report: its particulars, and the sentences that are cited, in their surroundings."""

    template: ClassVar[str] = "article.html"
    common: ClassVar[bool] = False
    source: blocks.SourcePart
    untitled: bool
    """Whether the title is only its first sentence."""
    story: parts.EntryPart
    passages: tuple[blocks.PassagePart, ...]
    amount: str
    """``excerpt``, ``full`` or ``none``."""
    rest: str
    """What was left out at the end; empty when nothing was."""
    cut: str
    """"3 passages were left out as no part of the report"; empty when none."""
    audit: str
    updated: str
    license: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadsContext(Context):
    """All threads."""

    template: ClassVar[str] = "threads.html"
    threads: tuple[parts.EntryPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadContext(Context):
    """The stories of one long-running matter."""

    template: ClassVar[str] = "thread.html"
    headline: parts.Line
    counts: str
    days: str
    stories: tuple[parts.StoryPart, ...]
    strip: Strip | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletsContext(Context):
    """All outlets."""

    template: ClassVar[str] = "outlets.html"
    outlets: tuple[parts.EntryPart, ...]
    pages: tuple[parts.Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletContext(Context):
    """One outlet's articles, latest first."""

    template: ClassVar[str] = "outlet.html"
    name: str
    counts: str
    origins: str
    """Agencies that its reports name as their source, in words; may be empty."""
    articles: tuple[parts.EntryPart, ...]
    pages: tuple[parts.Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleContext(Context):
    """Everybody quoted."""

    template: ClassVar[str] = "people.html"
    letters: tuple[parts.Link, ...]
    people: tuple[parts.SectionPart, ...]
    """By letter, from A to Z."""
    pages: tuple[parts.Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonContext(Context):
    """One person's words, over all stories."""

    template: ClassVar[str] = "person.html"
    name: str
    counts: str
    utterances: tuple[parts.UtterancePart, ...]
    pages: tuple[parts.Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveContext(Context):
    """Years, months and days; with a year only that."""

    template: ClassVar[str] = "archive.html"
    year: str
    """Empty on the first page of the archive."""
    months: tuple[parts.CalendarPart, ...]
    years: tuple[parts.Link, ...]
    undated: parts.Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayContext(Context):
    """What was reported on one day, in sections; or what is not dated."""

    template: ClassVar[str] = "day.html"
    heading: str
    sections: tuple[parts.SectionPart, ...]
    earlier: parts.Link | None
    later: parts.Link | None
    pages: tuple[parts.Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchContext(Context):
    """Search, and the A-Z list that stands in for it without script."""

    template: ClassVar[str] = "search.html"
    letters: tuple[parts.Link, ...]
    sections: tuple[parts.SectionPart, ...]
    pages: tuple[parts.Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutContext(Context):
    """What this site is, how it is made, how to read its marks."""

    template: ClassVar[str] = "about.html"
    version: str
    amount: str
    """``excerpt``, ``full`` or ``none``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditContext(Context):
    """What was skipped, cut and noted, and why stories stand together."""

    template: ClassVar[str] = "audit.html"
    number: int
    """Of this page, from 1."""
    summary: str
    """On the first page only."""
    skipped: tuple[tuple[str, str], ...]
    """File and reason; on the first page only."""
    stories: tuple[blocks.AuditStoryPart, ...]
    pages: tuple[parts.Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingContext(Context):
    """The page for addresses that do not exist; right at any depth."""

    template: ClassVar[str] = "404.html"
    moved: bool
    """Whether addresses that stories and threads had before have no files of their own, but lead on from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectContext(Context):
    """An address that leads on: of an article that has joined a story, of a thread that began earlier."""

    template: ClassVar[str] = "redirect.html"
    heading: str
    """What has become of the page that stood here, in words."""
    target: parts.Link


CONTEXTS: tuple[type[Context], ...] = (
    FrontContext,
    StoryContext,
    SingleContext,
    ArticleContext,
    ThreadsContext,
    ThreadContext,
    OutletsContext,
    OutletContext,
    PeopleContext,
    PersonContext,
    ArchiveContext,
    DayContext,
    SearchContext,
    AboutContext,
    AuditContext,
    MissingContext,
    RedirectContext,
)
"""All of them, in the order of ``docs/theming.md``."""
