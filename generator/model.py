"""The data that flows through Crosscite: sources, articles, stories, digest, pages.

Everything is a frozen, slotted dataclass (or a named tuple). Sentences, quotes, figures and
extracts are *spans into* ``Article.text``; what is shown is derived from them by
``Article.shown``, so that a citation cannot drift from its source.

    Source ──read──▶ Article ──group──▶ Group ──tell──▶ Story ──edit──▶ Digest ──render──▶ Page
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from sys import intern
from typing import ClassVar, Literal, NamedTuple

from generator.compact import Compact, Packed
from generator.errors import Problem

# ---------------------------------------------------------------- articles


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of an ``Article.text``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source(Compact):
    """One file of the content folder, before it is read."""

    path: str
    """Place below the content folder, with ``/``."""
    file: str
    """Where the bytes are on disk."""
    digest: str
    """SHA-256 of the bytes, hexadecimal."""
    committed: str = ""
    """When it came into the history (ISO 8601), where the settings ask for that; else empty."""

    @property
    def key(self) -> str:
        """All that reading reads of it: place, bytes and history."""
        return f"{self.path}\0{self.digest}\0{self.committed}"


@dataclass(frozen=True, slots=True, order=True)
class Moment(Compact):
    """A calendar day, with the time of day where the source gives one."""

    day: dt.date
    """The day in the reader's time zone (setting ``timezone``)."""
    time: dt.datetime | None = field(default=None, compare=False)
    """The instant, always with a zone; None when only the day is known."""

    @property
    def iso(self) -> str:
        """``2025-08-15`` or ``2025-08-15T09:30:00+02:00``, for ``<time datetime>``."""
        return self.time.isoformat() if self.time else self.day.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What is known of an article beside its text. Empty strings and None mean "not given"."""

    title: str = ""
    """As given or found; empty when the article has none."""
    date: Moment | None = None
    """When it was published. Never guessed from the body or from file times."""
    updated: Moment | None = None
    """When the outlet last changed it."""
    url: str = ""
    """Where the original stands; http or https only."""
    outlet: str = ""
    """Its publisher, as readers know it."""
    origin: str = ""
    """The agency or outlet that the whole report is taken from ("Source: Yonhap"); else empty."""
    authors: tuple[str, ...] = ()
    """Bylines, in order."""
    lang: str = ""
    """BCP 47 primary tag, given or detected; empty when it cannot be told."""
    tags: tuple[str, ...] = ()
    """Keywords."""
    category: str = ""
    """Section."""
    description: str = ""
    """The outlet's own abstract."""
    slug: str = ""
    """Wanted address; empty for one made of the title."""
    draft: bool = False
    """Only published with ``--drafts``."""
    archived_url: str = ""
    """A stored copy on the web; http or https only."""
    retrieved: Moment | None = None
    """When it was fetched."""
    license: str = ""
    """Terms under which its text may be published."""
    story: str = ""
    """Forced story name; ``none`` keeps the article alone."""


CutReason = Literal[
    "header",  # header lines of plain text
    "title",  # the title where it stands in the text, doubled titles
    "byline",
    "dateline",
    "section label",
    "navigation",  # menus, breadcrumbs, tag lists, skip links
    "source line",  # "Source: Yonhap"
    "subhead",
    "caption",
    "appeal",
    "newsletter",
    "share",
    "related",
    "about the outlet",
    "cookie notice",
    "read more",
    "copyright",
    "comments",
    "correction",  # what the outlet says of an earlier version, or of the making of this one
    "advertisement",
    "recurring",  # stands in many articles of the outlet
    "repeated",  # a paragraph that stands twice in this article, or anything for more than the hundredth time
]


@dataclass(frozen=True, slots=True, order=True)
class Cut(Compact):
    """Text that is not part of the report: never cited, shown struck through in the audit."""

    span: Span
    reason: CutReason


SPEAKER_CUT = 0.8
"""Below this ``Quote.confidence`` a speaker is published as unclear: a wrong name under a quote
is worse than none. Chosen to keep 85 % of the speakers, 98 % of them right."""


@dataclass(frozen=True, slots=True)
class Quote(Compact):
    """Words between quotation marks, and who is said to have said them."""

    span: Span
    """The words without their marks, within one paragraph."""
    kind: Literal["direct", "fragment", "scare", "title"]
    """A sentence or clause of speech; a few quoted words of it; distancing marks; a work's name."""
    speaker: str = ""
    """Full name or nominal ("Vladimir Putin", "Russian media"); empty when unclear."""
    mention: Span | None = None
    """The words in the text that stand for the speaker ("he")."""
    cue: Span | None = None
    """The reporting verb or "according to"."""
    confidence: float = 0.0
    """0 to 1: how likely ``speaker`` is right."""
    inferred: bool = False
    """True when the speaker is carried over from an earlier quote, not named beside this one."""
    closed: bool = True
    """False when the closing mark is missing: flagged, never aligned as a variant."""
    role: str = ""
    """The title beside the name ("State Duma Speaker"), verbatim; else empty."""
    via: str = ""
    """The outlet or agency named as having carried the words ("RIA"); else empty."""


@dataclass(frozen=True, slots=True)
class Figure(Compact):
    """A number with its unit and the noun it counts."""

    span: Span
    """The number as written, with its unit ("over 10,000", "$3.5 million")."""
    value: float
    """In plain units: 3.5 million is 3500000.0."""
    most: float
    """The greatest amount that may be meant: the value, but of "more than 50" the next that is as round."""
    unit: str
    """``%``, a currency code, a unit of measure, or empty for a count; with what it is given for each: ``USD/year``."""
    head: str
    """Stem of the noun counted ("troop"); empty when none was found."""
    noun: Span | None
    """The counted noun phrase in the text."""
    loss: Literal["killed", "hurt", ""] = ""
    """Whether the sentence counts dead or injured."""
    firm: bool = True
    """False for additional, possible or hedged amounts, which are never compared."""


@dataclass(frozen=True, slots=True)
class Name(Compact):
    """A person, place or organisation named in the text."""

    text: str
    """Fullest form in the article, titles stripped."""
    kind: Literal["person", "place", "organisation", ""]
    """Empty when it cannot be decided safely."""
    span: Span
    """First mention."""
    count: int
    """Mentions in the article."""


@dataclass(frozen=True, slots=True)
class Terms(Compact):
    """What clustering looks at beside the words: parallel evidence, lower case."""

    entities: tuple[str, ...] = ()
    """Capitalised words and runs (joined by ``_``), with repeats."""
    initial: tuple[str, ...] = ()
    """Entities seen only at the start of a sentence: count only if never in lower case elsewhere."""
    numbers: tuple[str, ...] = ()
    """Digit tokens, thousands separators dropped."""
    times: tuple[str, ...] = ()
    """Years, dates and ordinals, normalised ("y2024", "08-15", "o79")."""


_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


REPORT = ("text", "paragraphs", "repairs", "sentences")
"""The fields of an article that telling and pages look at."""
FOUND = ("quotes", "figures", "names")
"""Those that telling looks at, and of the pages the files for programs alone."""
WORDING = ("tokens", "title_words", "stems", "terms")
"""Those that grouping and telling alone look at."""
TOLD = ("extracts", "differences", "claims", "only", "timeline", "names")
"""The fields of a story that its own pages look at."""
SAID = ("quotes",)
"""What the pages of people look at, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Packed):
    """One report of one outlet, with everything found in it. Spans index ``text``."""

    bundles: ClassVar = (REPORT, FOUND, WORDING)

    id: str
    """Ten characters a-z2-7, from ``path``; permanent as long as the file keeps its path."""
    path: str
    """Place below the content folder; ``feed.xml#3`` for the third item of a file."""
    digest: str
    """SHA-256 of the source bytes, hexadecimal."""
    meta: Meta
    """Title, date, outlet and the like."""
    text: str
    """Everything readable in the source. For a plain-text file the decoded file itself
    (line ends normalised to ``\\n``), so that spans are offsets into the file."""
    paragraphs: tuple[Span, ...] = ()
    """All of ``text`` that is not white space, in order, cut paragraphs too."""
    cut: tuple[Cut, ...] = ()
    """What is no part of the report, in order, not overlapping."""
    repairs: tuple[Span, ...] = ()
    """Line breaks inside broken words ("bui/lding"): left out of what is shown, and declared."""
    sentences: tuple[Span, ...] = ()
    """Sentences of the uncut text, in order."""
    tokens: tuple[str, ...] = ()
    """Lower-case tokens (``language.words.tokens``) of each sentence, parallel to ``sentences``: joined by blanks,
    for a word that is an object of its own takes eight times the room."""
    title_words: tuple[str, ...] = ()
    """Lower-case tokens of the title."""
    stems: bytes = field(default=b"", repr=False)
    """Hashes of the stems of title and words (``language.hashing``); empty when they were not counted yet."""
    quotes: tuple[Quote, ...] = ()
    """In order of place."""
    figures: tuple[Figure, ...] = ()
    """In order of place."""
    names: tuple[Name, ...] = ()
    """By descending count, then place."""
    terms: Terms = Terms()
    """For clustering."""
    notes: tuple[Problem, ...] = ()
    """What a careful editor should know: unclosed quotes, ambiguous dates, repairs."""

    def shown(self, span: Span) -> str:
        """Return the words of ``span`` as readers see them.

        Verbatim but for white space (folded to one blank), invisible characters, and the
        line breaks of ``repairs`` (dropped). This is the one place where text becomes output.
        """
        start, end = span
        if not self.repairs and (text := self.text[start:end]).isascii():
            return " ".join(text.split())
        parts = []
        at = bisect_left(self.repairs, (start, 0))
        while at < len(self.repairs) and self.repairs[at].end <= end:
            parts.append(self.text[start : self.repairs[at].start])
            start, at = self.repairs[at].end, at + 1
        parts.append(self.text[start:end])
        return _SPACE.sub(" ", _INVISIBLE.sub("", "".join(parts))).strip()

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The tokens of each sentence, one by one."""
        return _parted(self.tokens)

    def sentence_at(self, offset: int) -> int:
        """Return the index of the last sentence that starts at or before ``offset``; -1 if none."""
        return bisect_right(self.sentences, (offset, len(self.text) + 1)) - 1

    def quotes_in(self, span: Span) -> tuple[Quote, ...]:
        """Return the quotes that have characters of a span, in order."""
        if not self.quotes:
            return ()
        first = bisect_right(self.quotes, span.start, key=lambda quote: quote.span.end)
        past = bisect_left(self.quotes, span.end, first, key=lambda quote: quote.span.start)
        return self.quotes[first:past]

    @property
    def key(self) -> str:
        """Digest of all that telling reads: place, source and what was cut."""
        cuts = ",".join(f"{c.span.start}-{c.span.end}" for c in self.cut)
        return sha256(f"{self.path}\0{self.digest}\0{cuts}".encode()).hexdigest()


@lru_cache(maxsize=1 << 8)
def _parted(lines: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the words of some lines; an article in hand is asked for them again and again."""
    return tuple(tuple(map(intern, line.split())) for line in lines)


@dataclass(frozen=True, slots=True)
class Reading(Compact):
    """What one source file gave."""

    articles: tuple[Article, ...] = ()
    """Usually one; many for feed, table and mailbox files; none when it was skipped."""
    skipped: tuple[Problem, ...] = ()
    """Why the file, or an item of it, is no article."""


# ---------------------------------------------------------------- stories


Measured = Literal[
    "shared names",
    "shared phrases",
    "shared other words",
    "shared numbers",
    "alike titles",
    "all words",
    "two languages",
    "days apart",
    "other ordinals",
    "other days in the text",
    "other years in the text",
    "names that the rest does not match",
    "same text",
]


@dataclass(frozen=True, slots=True)
class Evidence(Compact):
    """One measured reason for or against two articles telling one event."""

    name: Measured
    """What was measured, in English; the catalogues of the site have it in the readers' language."""
    value: float
    """As measured, 0 to 1 for cosines, days for distances."""


@dataclass(frozen=True, slots=True)
class Nearest(Compact):
    """The closest article that was kept out of a group."""

    article: str
    """Its id."""
    to: str
    """Id of the member that it is most like."""
    likeness: float
    """0 to 1."""
    evidence: tuple[Evidence, ...]
    """What was measured, strongest first."""


@dataclass(frozen=True, slots=True)
class Why(Compact):
    """Why the articles of a group stand together, and who was kept out."""

    shared: tuple[tuple[str, float], ...] = ()
    """Shared terms with their weight, heaviest first, at most 12."""
    likeness: tuple[tuple[float, ...], ...] = ()
    """Pairwise likeness, rows and columns in group order; empty above 40 articles."""
    nearest: Nearest | None = None
    """None when nothing came near."""
    forced: str = ""
    """The override or front matter that decided, in words; empty when the text did."""


@dataclass(frozen=True, slots=True)
class Group(Compact):
    """Articles that tell one event, before telling. Ordered by date (undated last), then path."""

    articles: tuple[Article, ...]
    """At least one."""
    name: str = ""
    """Forced name (front matter ``story``), else empty."""
    title: str = ""
    """Headline forced by an override, else empty."""
    pinned: bool = False
    """Lead the front page."""
    hidden: bool = False
    """Not on the front page, in feeds or in search; its page still exists."""

    @property
    def key(self) -> str:
        """Digest of all that telling reads."""
        parts = [self.name, self.title, str(self.pinned), str(self.hidden)]
        return sha256("\0".join(parts + [a.key for a in self.articles]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Passage(Compact):
    """A place in an article that readers can open."""

    article: str
    """Article id."""
    span: Span
    """Characters of its text."""
    sentence: int
    """Index of the sentence that holds the start of it. Readers count from 1: the anchor is ``#s<index + 1>``."""


@dataclass(frozen=True, slots=True)
class Support(Compact):
    """Another article's passage beside an extract."""

    passage: Passage
    relation: Literal["same", "differs"]
    """Says the same, or the same with another number, day, name or negation."""
    likeness: float
    """Cosine, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Extract(Compact):
    """One sentence chosen for a story, word for word."""

    passage: Passage
    support: tuple[Support, ...] = ()
    """At most one for each other article, in group order."""


@dataclass(frozen=True, slots=True)
class Headline(Compact):
    """The member headline that says the story best."""

    text: str
    """Verbatim; when ``kind`` is ``override`` the user's own words."""
    article: str
    """Id of the article whose headline it is."""
    kind: Literal["headline", "first sentence", "override"]
    """Whence the words are; all but the first are marked for readers."""


class Piece(NamedTuple):
    """A run of words in a variant."""

    text: str
    differs: bool
    """True when the other wording lacks these words."""


@dataclass(frozen=True, slots=True)
class Variant(Compact):
    """The same utterance in another article's words."""

    passage: Passage
    pieces: tuple[Piece, ...]
    """Its words in order; joined by blanks they are ``shown(passage.span)``."""
    likeness: float


@dataclass(frozen=True, slots=True)
class StoryQuote(Compact):
    """A quote chosen for a story."""

    passage: Passage
    speaker: str
    """Full name over the whole story; empty: "speaker unclear"."""
    role: str
    mention: str
    """The words beside the quote that stand for the speaker, verbatim; may be empty."""
    cue: str
    """The reporting verb, verbatim; may be empty."""
    via: str
    confidence: float
    inferred: bool
    pieces: tuple[Piece, ...] = ()
    """As in Variant, against the first variant; empty when there is none."""
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class Given(Compact):
    """What one source gives where sources differ."""

    passage: Passage
    """The sentence that carries it."""
    span: Span
    """The differing words within it."""
    value: float
    """For figures; 0.0 otherwise."""


@dataclass(frozen=True, slots=True)
class Difference(Compact):
    """One matter on which sources differ. Neutral: nobody is said to be wrong."""

    kind: Literal["figure", "wording", "name", "date"]
    label: str
    """What is counted or named, verbatim from the first source that names it ("North Korean soldiers"); empty when none does."""
    given: tuple[Given, ...]
    """At least two, from different outlets, by ascending value, then group order."""


@dataclass(frozen=True, slots=True)
class Cell(Compact):
    """One source's stand on a claim."""

    article: str
    state: Literal["says so", "differs", "silent", "not compared"]
    """Not compared: an article in another language, in which nothing like it could be found; it may well say so."""
    passage: Passage | None
    """None when silent or not compared."""


@dataclass(frozen=True, slots=True)
class Claim(Compact):
    """A row of "who reports what"."""

    passage: Passage
    """The sentence that states it, word for word."""
    cells: tuple[Cell, ...]
    """One for each article, in group order."""


@dataclass(frozen=True, slots=True)
class Event(Compact):
    """A dated fact on the timeline."""

    day: dt.date
    end: dt.date | None
    """Last day, or the end of the month or year when only that is given; else None."""
    said: Span
    """The words that give the date ("on Friday")."""
    passage: Passage
    """The sentence."""
    resolved: bool
    """True when a relative date was resolved against the article's own date."""


@dataclass(frozen=True, slots=True)
class Witness(Compact):
    """Articles that count as one witness: near-copies, or one named origin."""

    origin: str
    """"KCNA", or the outlet's name when it reports on its own; empty for copies that name none."""
    articles: tuple[str, ...]
    """Article ids in group order."""
    copies: bool
    """True when the texts themselves are near-copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Packed):
    """One event: its articles, and what is published of them."""

    bundles: ClassVar = (TOLD, SAID)

    id: str
    """Id of its earliest article: permanent while that article stays."""
    articles: tuple[Article, ...]
    """Ordered by date (undated last), then path. One article: a single report."""
    headline: Headline
    first: Moment | None
    """Earliest date; None when no article is dated."""
    last: Moment | None
    extracts: tuple[Extract, ...] = ()
    """*In brief*, in reading order."""
    quotes: tuple[StoryQuote, ...] = ()
    differences: tuple[Difference, ...] = ()
    claims: tuple[Claim, ...] = ()
    """*Who reports what*: the extracts first, then further distinct facts."""
    only: tuple[Passage, ...] = ()
    """*Only in one source*: notable sentences that no other article supports."""
    timeline: tuple[Event, ...] = ()
    names: tuple[Name, ...] = ()
    """People, places, organisations over the articles, most mentioned first. ``span`` is
    meaningless here."""
    witnesses: tuple[Witness, ...] = ()
    """Independent origins; together they hold each article once."""
    pinned: bool = False
    hidden: bool = False
    thread: str = ""
    """Id of its thread; empty when it stands in none."""

    @property
    def single(self) -> bool:
        """Whether it is one article alone."""
        return len(self.articles) == 1

    def article(self, id_: str) -> Article:
        """Return the member with this id. Raises KeyError."""
        for article in self.articles:
            if article.id == id_:
                return article
        raise KeyError(id_)

    def number(self, id_: str) -> int:
        """Return the 1-based number under which the story cites this article. Raises KeyError."""
        for number, article in enumerate(self.articles, 1):  # two are not compared: that opens both
            if article.id == id_:
                return number
        raise KeyError(id_)

    def shown(self, passage: Passage) -> str:
        """Return the words of a passage as readers see them."""
        return self.article(passage.article).shown(passage.span)


@dataclass(frozen=True, slots=True)
class Thread(Compact):
    """Stories of one long-running matter, in order of time."""

    id: str
    """Id of its earliest story."""
    title: str
    """Forced by an override, else the headline of its most reported story."""
    stories: tuple[str, ...]
    """Story ids, earliest first, undated last."""


@dataclass(frozen=True, slots=True)
class Utterance(Compact):
    """One person's words in one story."""

    story: str
    quote: StoryQuote


@dataclass(frozen=True, slots=True)
class Person(Compact):
    """Somebody quoted, over all stories."""

    name: str
    slug: str
    utterances: tuple[Utterance, ...]
    """By story date, then place."""


@dataclass(frozen=True, slots=True)
class Edition(Compact):
    """What is new since the day before the latest dated day."""

    day: dt.date | None
    """Latest article date; None when nothing is dated."""
    previous: dt.date | None
    """The dated day before it."""
    new_stories: tuple[str, ...] = ()
    """Ids of stories whose first article is of ``day``."""
    grown_stories: tuple[str, ...] = ()
    """Ids of older stories that gained articles on ``day``."""
    new_facts: tuple[tuple[str, tuple[Passage, ...]], ...] = ()
    """For each grown story the claims that only its new articles carry."""


@dataclass(frozen=True, slots=True)
class Digest(Compact):
    """All that is published."""

    articles: tuple[Article, ...]
    """By path."""
    stories: tuple[Story, ...]
    """All, single reports too, in front-page order: pinned, then (origins, articles, recency)."""
    threads: tuple[Thread, ...]
    people: tuple[Person, ...]
    edition: Edition
    skipped: tuple[Problem, ...]
    """Files that are no articles, with the reason."""
    reasons: Mapping[str, Why] = field(default_factory=dict)
    """Why each story stands, by its id. Not part of the story: much of it hangs on articles elsewhere."""


# ---------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True, order=True)
class Page(Compact):
    """One file of the site."""

    path: str
    """Below the site folder, with ``/``: ``stories/storm-abc/index.html``."""
    data: bytes


class Moved(NamedTuple):
    """How a set of pages differs from an earlier one: a short way for whoever has seen just that earlier one."""

    before: Sequence[Page]
    """The earlier set, the very object."""
    fresh: Mapping[str, Page]
    """Pages that are new or other, by path."""
    gone: frozenset[str]
    """Paths of pages that are no more."""


class Note(NamedTuple):
    """What is held of a page whose bytes lie on the disk."""

    path: str
    size: int
    """Of its bytes."""
    digest: bytes
    """SHA-256 of its bytes."""
    sought: bool = False
    """Whether the search index has it."""
