"""What each template is given: one frozen context a template, all of it plain and ready to show.

Every context has ``site`` and ``page``; the rest is its own. Templates use nothing else but ``t``, ``n``
and ``asset`` (a test holds this). The parts are described in ``parts.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.publishing.charts import Coverage, Heat, Strip
from generator.publishing.parts import (
    AuditStoryPart,
    ClaimPart,
    DifferencePart,
    EntryPart,
    EventPart,
    ExtractPart,
    GrownPart,
    HeadPart,
    Line,
    Link,
    LinksPart,
    NamesPart,
    OnlyPart,
    PassagePart,
    QuotePart,
    SectionPart,
    SourcePart,
    StoryPart,
    UtterancePart,
    WhyPart,
)


@dataclass(frozen=True, slots=True)
class SiteFrame:
    """What is the same on every page."""

    title: str
    description: str
    lang: str
    dir: str
    """``ltr`` or ``rtl``."""
    nav: tuple[tuple[str, str], ...]
    """Path and words of each link in the head, in order."""
    counts: str
    """"41 articles · 12 outlets · 9 stories · 6 single reports"."""


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What every page says of itself."""

    path: str
    """``stories/storm-abc/index.html``."""
    root: str
    """The way up to the site folder: ``../../``."""
    title: str
    description: str
    canonical: str
    """Public address; empty without ``base_url``."""
    section: str
    """Path of the link in the head that this page belongs to; may be empty."""
    found: bool
    """Whether search engines and the site's own search may list it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What all contexts have."""

    template: ClassVar[str]
    site: SiteFrame
    page: PageFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontContext(Context):
    """The front page: a briefing of two minutes."""

    template: ClassVar[str] = "index.html"
    edition: str
    """The latest day of any article, written out; empty when nothing is dated."""
    since: str
    """The dated day before it; empty when there is none."""
    new: tuple[EntryPart, ...]
    """Stories that began on the latest day."""
    grown: tuple[GrownPart, ...]
    """Older stories that gained articles on it, with what only those say."""
    lead: StoryPart | None
    stories: tuple[StoryPart, ...]
    more: tuple[EntryPart, ...]
    """Further stories, headlines only."""
    rest: Link | None
    """To the archive, when there are more stories still."""
    singles: tuple[EntryPart, ...]
    singles_rest: Link | None
    undated: tuple[EntryPart, ...]
    undated_rest: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryContext(Context):
    """One event in several reports."""

    template: ClassVar[str] = "story.html"
    headline: Line
    headline_outlet: str
    headline_note: str
    """Where the headline is none: "first sentence of the report"; else empty."""
    headline_number: int
    """Number of the source whose headline it is; 0 when an editor wrote it."""
    counts: str
    days: str
    thread: Link | None
    chips: tuple[Link, ...]
    brief: tuple[ExtractPart, ...]
    quotes: tuple[QuotePart, ...]
    differences: tuple[DifferencePart, ...]
    heads: tuple[HeadPart, ...]
    claims: tuple[ClaimPart, ...]
    only: tuple[OnlyPart, ...]
    timeline: tuple[EventPart, ...]
    strip: Strip | None
    coverage: Coverage | None
    names: tuple[NamesPart, ...]
    sources: tuple[SourcePart, ...]
    related: tuple[EntryPart, ...]
    why: WhyPart
    heat: Heat | None
    audit: str
    """Link to the story in the audit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleContext(Context):
    """An event in one report alone: what a story page has where there is nothing to compare."""

    template: ClassVar[str] = "single.html"
    headline: Line
    headline_note: str
    thread: Link | None
    brief: tuple[ExtractPart, ...]
    quotes: tuple[QuotePart, ...]
    timeline: tuple[EventPart, ...]
    names: tuple[NamesPart, ...]
    source: SourcePart
    related: tuple[EntryPart, ...]
    audit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleContext(Context):
    """One report: its particulars, and the sentences that are cited, in their surroundings."""

    template: ClassVar[str] = "article.html"
    source: SourcePart
    untitled: bool
    """Whether the title is only its first sentence."""
    story: EntryPart
    passages: tuple[PassagePart, ...]
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
    threads: tuple[EntryPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadContext(Context):
    """The stories of one long-running matter."""

    template: ClassVar[str] = "thread.html"
    headline: Line
    counts: str
    days: str
    stories: tuple[StoryPart, ...]
    strip: Strip | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletsContext(Context):
    """All outlets."""

    template: ClassVar[str] = "outlets.html"
    outlets: tuple[EntryPart, ...]
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletContext(Context):
    """One outlet's articles, latest first."""

    template: ClassVar[str] = "outlet.html"
    name: str
    counts: str
    origins: str
    """Agencies that its reports name as their source, in words; may be empty."""
    articles: tuple[EntryPart, ...]
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleContext(Context):
    """Everybody quoted."""

    template: ClassVar[str] = "people.html"
    people: tuple[EntryPart, ...]
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonContext(Context):
    """One person's words, over all stories."""

    template: ClassVar[str] = "person.html"
    name: str
    counts: str
    utterances: tuple[UtterancePart, ...]
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveContext(Context):
    """Years, months and days; with a year only that."""

    template: ClassVar[str] = "archive.html"
    year: str
    """Empty on the first page of the archive."""
    months: tuple[LinksPart, ...]
    years: tuple[Link, ...]
    undated: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayContext(Context):
    """What was reported on one day, in sections; or what is not dated."""

    template: ClassVar[str] = "day.html"
    heading: str
    sections: tuple[SectionPart, ...]
    earlier: Link | None
    later: Link | None
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchContext(Context):
    """Search, and the A-Z list that stands in for it without script."""

    template: ClassVar[str] = "search.html"
    letters: tuple[Link, ...]
    sections: tuple[SectionPart, ...]
    pages: tuple[Link, ...]


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
    skipped: tuple[tuple[str, str], ...]
    """File and reason; on the first page only."""
    stories: tuple[AuditStoryPart, ...]
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingContext(Context):
    """The page for addresses that do not exist; right at any depth."""

    template: ClassVar[str] = "404.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectContext(Context):
    """An address that leads on: of an article that has joined a story."""

    template: ClassVar[str] = "redirect.html"
    target: Link


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
