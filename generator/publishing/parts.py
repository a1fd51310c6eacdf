"""The parts that pages are made of, ready to show: plain words, numbers and links, no logic.

All texts are plain; the templates escape them. Links are relative to the page that holds them. They are named tuples,
for a site has some hundred of them for each article, and each is made in a third of the time of a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from generator.model import Piece

Place = Literal["brief", "quote", "differs", "claim", "only", "timeline"]
"""Where a story page cites a passage; with a number it is the id of the element: ``brief-1``."""


class Line(NamedTuple):
    """Words of a source that are no cited passage: a title, a headline."""

    text: str
    """The words."""
    lang: str
    """BCP 47 tag; empty when it is the page's own language."""
    dir: str
    """``rtl``, ``ltr``, ``auto``; empty when it is the page's own."""


class Text(NamedTuple):
    """A passage, word for word. The pieces together are ``shown`` of its span."""

    cite: str
    """``<article id>:<start>-<end>``, for ``data-cite``: what the verifier checks."""
    pieces: tuple[Piece, ...]
    """In order, with their blanks; those that differ are marked."""
    lang: str
    """As in ``Line``."""
    dir: str
    """As in ``Line``."""

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def differing(self) -> tuple[str, ...]:
        """The marked words, run by run."""
        return tuple(piece.text.strip() for piece in self.pieces if piece.differs)


class Day(NamedTuple):
    """A date in both its forms."""

    iso: str
    """For ``<time datetime>``; empty when there is no date."""
    text: str
    """For readers: "14 March 2026", "date not given"."""


class Link(NamedTuple):
    """Words that lead somewhere."""

    text: str
    """The words."""
    href: str
    """Where it leads."""


class Peek(NamedTuple):
    """What hovering over or tabbing to a citation shows."""

    outlet: str
    """Name of the outlet that carries it."""
    day: str
    """Date of the article, in words."""
    texts: tuple[Text, ...]
    """The passage, with its neighbours where it is the quoted one; empty for a mere copy."""
    here: int
    """Index of the cited passage in ``texts``; -1 when there is none."""
    note: str
    """Words on how it relates to the extract: "Says the same", "Differs"."""
    original: str
    """Address of the original, with a text fragment; empty when none is known."""


class Cite(NamedTuple):
    """A numbered link to the sentence that carries something."""

    number: int
    """Of the source in this story, from 1."""
    href: str
    """The sentence on its article's page."""
    label: str
    """For screen readers: "Source 2, Harbour Gazette, sentence 14"."""
    peek: Peek | None
    """Preview; None where there is no room for one."""


class SaidPart(NamedTuple):
    """A sentence and everybody who says it."""

    text: Text
    """The words."""
    cites: tuple[Cite, ...]
    """Who says so."""


class StoryPart(NamedTuple):
    """A story as it stands on the front page."""

    href: str
    """Where it leads."""
    headline: Line
    """Its headline."""
    outlet: str
    """Whose headline it is."""
    note: str
    """Where the headline is none: "first sentence"; else empty."""
    said: tuple[SaidPart, ...]
    """The first sentence of *In brief*, the first three of the lead story; none when it has none."""
    outlets: tuple[str, ...]
    """Their names."""
    more: str
    """"+4" for outlets beyond those named; may be empty."""
    day: Day
    """Its date."""
    counts: str
    """"6 articles, 3 origins"; empty for a single report."""
    chips: tuple[str, ...]
    """"2 quotes differ"."""


class EntryPart(NamedTuple):
    """A story or article in a list."""

    href: str
    """Where it leads."""
    headline: Line
    """Its headline."""
    outlets: str
    """Their names."""
    day: Day
    """Its date."""
    note: str
    """"6 articles", "first sentence"; may be empty."""


class FactPart(NamedTuple):
    """A fact that only the latest articles of a story carry."""

    text: Text
    """The words."""
    cite: Cite
    """The link to its sentence."""


class GrownPart(NamedTuple):
    """An older story that gained articles."""

    href: str
    """Where it leads."""
    headline: Line
    """Its headline."""
    facts: tuple[FactPart, ...]
    """With their citations; may be none."""


class SectionPart(NamedTuple):
    """A headed list."""

    id: str
    """Id of the element."""
    title: str
    """Its title."""
    entries: tuple[EntryPart, ...]
    """Its stories."""


class UtterancePart(NamedTuple):
    """A quote on a person's page."""

    text: Text
    """The words."""
    cite: Cite
    """The link to its sentence."""
    outlet: str
    """Name of the outlet that carries it."""
    day: Day
    """Its date."""
    role: str
    """Title beside the name; may be empty."""
    story: Line
    """Headline of its story."""
    href: str
    """The quote on its story page."""
    note: str
    """"2 other wordings"; may be empty."""


class CalendarDay(NamedTuple):
    """A day of a calendar."""

    number: str
    """Of the day in its month; empty before the first and after the last."""
    label: str
    """"Sat 14: 3 stories"; empty when nothing was reported."""
    href: str
    """Where it leads; empty when nothing was reported."""


class CalendarPart(NamedTuple):
    """A month and its days."""

    title: str
    """"March 2026"."""
    weekdays: tuple[Weekday, ...]
    """In the order of the language."""
    weeks: tuple[tuple[CalendarDay, ...], ...]
    """Seven days each."""


class Weekday(NamedTuple):
    """The head of a column of a calendar."""

    short: str
    """"Sa"."""
    name: str
    """"Saturday"."""


class SiteFrame(NamedTuple):
    """What is the same on every page."""

    title: str
    """Name of the site."""
    description: str
    """One sentence for search engines; may be empty."""
    lang: str
    """Language of its labels."""
    dir: str
    """``ltr`` or ``rtl``."""
    nav: tuple[tuple[str, str], ...]
    """Path and words of each link in the head, in order."""


class PageFrame(NamedTuple):
    """What every page says of itself."""

    path: str
    """``stories/storm-abc/index.html``."""
    root: str
    """The way up to the site folder: ``../../``."""
    title: str
    """Title for tabs and search engines."""
    description: str
    """One sentence for search engines; may be empty."""
    canonical: str
    """Public address; empty without ``base_url``."""
    section: str
    """Path of the link in the head that this page belongs to; may be empty."""
    found: bool
    """Whether search engines and the site's own search may list it."""
    name: str
    """Its title without the site's."""
    image: str
    """Public address of its preview picture; empty without ``base_url``."""
    linked: Mapping[str, object] | None = None
    """What it says to machines as JSON-LD; None when nothing."""
    feed: str = ""
    """Way to the folder of its own feeds; may be empty."""
