"""A hand-made digest, rich enough to fill every page: invented events, outlets and people.

``harbour()`` is the digest of the tests; ``crowd()`` tells one event by many sources; ``many()`` is a large
site. Articles are written as lists of paragraphs, each a list of sentences; a paragraph that opens with
``~reason:`` is cut.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from generator.errors import Problem
from generator.model import (
    Article,
    Cell,
    Claim,
    Cut,
    Difference,
    Digest,
    Edition,
    Event,
    Evidence,
    Extract,
    Given,
    Headline,
    Meta,
    Moment,
    Name,
    Nearest,
    Passage,
    Person,
    Piece,
    Span,
    Story,
    StoryQuote,
    Support,
    Thread,
    Utterance,
    Variant,
    Why,
    Witness,
)

Paragraphs = Sequence[Sequence[str]]
NO_EDITION = Edition(None, None)


def moment(text: str) -> Moment | None:
    """Return the day that ``2026-03-14`` names; None for nothing."""
    return Moment(dt.date.fromisoformat(text)) if text else None


def article(  # noqa: PLR0917
    path: str, title: str, outlet: str, date: str, paragraphs: Paragraphs, lang: str = "en", **meta: object
) -> Article:
    """Return an article whose spans are those of the given sentences."""
    text, spans, sentences, cuts = "", [], [], []
    for paragraph in paragraphs:
        reason, sep, rest = paragraph[0].partition(":") if paragraph[0].startswith("~") else ("", "", "")
        parts = [rest.strip(), *paragraph[1:]] if sep else list(paragraph)
        start = len(text) + 2 if text else 0
        text += ("\n\n" if text else "") + " ".join(parts)
        spans.append(Span(start, len(text)))
        if sep:
            cuts.append(Cut(spans[-1], reason[1:]))  # type: ignore[arg-type]
            continue
        for sentence in parts:
            sentences.append(Span(start, start + len(sentence)))
            start += len(sentence) + 1
    return Article(
        id=b32encode(hashlib.sha256(path.encode()).digest()).decode().lower()[:10],
        path=path,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        meta=Meta(title=title, outlet=outlet, date=moment(date), lang=lang, **meta),  # type: ignore[arg-type]
        text=text,
        paragraphs=tuple(spans),
        cut=tuple(cuts),
        sentences=tuple(sentences),
    )


def passage(source: Article, words: str) -> Passage:
    """Return the place of these words in an article; they must be there."""
    start = source.text.index(words)
    return Passage(source.id, Span(start, start + len(words)), source.sentence_at(start))


def sentence(source: Article, number: int) -> Passage:
    """Return the place of a sentence, counted from 0."""
    return Passage(source.id, source.sentences[number], number)


def given(source: Article, number: int, words: str, value: float = 0.0) -> Given:
    """Return the differing words of a sentence."""
    place = sentence(source, number)
    start = source.text.index(words, place.span.start)
    return Given(place, Span(start, start + len(words)), value)


def pieces(*parts: str) -> tuple[Piece, ...]:
    """Return words in runs; those with a ``+`` before them differ."""
    return tuple(Piece(part.removeprefix("+"), part.startswith("+")) for part in parts)


# ---------------------------------------------------------------- the fire

GAZETTE = article(
    "2026-03-12-saltmere-fire.md",
    "Fire destroys fish market hall in Saltmere harbour",
    "Harbour Gazette",
    "2026-03-12",
    [
        [
            "A fire destroyed the old fish market hall in the harbour of Saltmere in the early hours of Thursday."
        ],
        [
            "Fire chief Ines Calloway said 14 people were treated for smoke inhalation, none of them seriously.",
            "About 120 firefighters from five towns fought the flames until noon.",
        ],
        [
            (
                "“We lost the roof within twenty minutes, and after that we could only protect the ships,” "
                "Calloway told reporters on the quay."
            ),
            "The hall, built in 1911, had been closed for repairs since January.",
        ],
        ["~caption: Smoke over the eastern quay on Thursday morning. Photo: Harbour Gazette / L. Prewitt"],
        [
            "Mayor Tobias Renner promised that the market would be rebuilt on the same spot.",
            "“This hall is the heart of our town, and we will not leave a hole in it,” he said.",
        ],
        ["~appeal: If you value our reporting from the coast, please consider a gift to the Gazette Fund."],
    ],
    url="https://gazette.example/news/2026/saltmere-fire?ref=a&b=1",
    authors=("Lena Prewitt",),
)
AGENCY_TEXT: Paragraphs = [
    [
        "Fourteen people were treated for smoke inhalation after a fire destroyed a market hall in Saltmere, officials said."
    ],
    [
        "Some 120 firefighters took part in the operation, the Meridian Press Agency reported.",
        "“We lost the roof in twenty minutes, then we could only protect the ships,” fire chief Ines Calloway said.",
    ],
    ["The cause of the fire was not known, and police closed the eastern quay to all traffic."],
]
COURIER = article(
    "courier/market-hall.txt",
    "Saltmere market hall burns down",
    "The Coastal Courier",
    "2026-03-12",
    AGENCY_TEXT,
    origin="Meridian Press Agency",
)
LEDGER = article(
    "ledger-fire.html",
    "Market hall fire in Saltmere injures 14",
    "Northern Ledger",
    "2026-03-12",
    [*AGENCY_TEXT, ["~related: Recommended: Five quiet beaches that locals keep to themselves"]],
    origin="Meridian Press Agency",
    url="https://ledger.example/fire",
)
BOTE = article(
    "hafenbote.md",
    "Großbrand im Hafen von Saltmere: 17 Verletzte",
    "Der Hafenbote",
    "2026-03-13",
    [
        [
            "Bei dem Großbrand in der Fischmarkthalle von Saltmere sind nach Angaben der Klinik 17 Menschen verletzt worden."
        ],
        [
            "„Wir haben das Dach binnen zwanzig Minuten verloren“, sagte Feuerwehrchefin Ines Calloway.",
            "Die Polizei ermittelt wegen eines möglichen Defekts an der Kühlanlage.",
        ],
    ],
    lang="de",
    url="https://hafenbote.example/a/17-verletzte",
)
SAWT = article(
    "sawt.md",
    "حريق يدمر سوق السمك في ميناء سالتمير",
    "صوت الميناء",
    "2026-03-13",
    [
        ["دمر حريق فجر الخميس سوق السمك القديم في ميناء سالتمير."],
        ["وقال مسؤولون إن أربعة عشر شخصا عولجوا من استنشاق الدخان."],
    ],
    lang="ar",
)
VOICE = article(
    "voice-after.md",
    "Saltmere counts the cost after harbour blaze",
    "Saltmere Voice",
    "2026-03-14",
    [
        [
            "Two days after the blaze, the harbour office put the damage at 3.5 million crowns.",
            "Police said on Friday that a cooling unit in the east wing was the likely source of the fire.",
        ],
        [
            "The hospital said 17 people had been treated, three more than first reported.",
            "“This hall is the heart of this town and we will not leave a hole in its place,” Mayor Tobias Renner said.",
        ],
        ["Fishermen sold their catch from the decks of their boats on Saturday."],
    ],
)
FIRE = (GAZETTE, COURIER, LEDGER, BOTE, SAWT, VOICE)


def _cells(*stands: tuple[Article, str, Passage | None]) -> tuple[Cell, ...]:
    return tuple(Cell(a.id, state, place) for a, state, place in stands)  # type: ignore[arg-type]


def _claim(place: Passage, says: dict[str, int], differs: dict[str, int] | None = None) -> Claim:
    """Return a row over the fire's articles: sentence numbers by path of who says so, who differs."""
    stands: list[tuple[Article, str, Passage | None]] = []
    for member in FIRE:
        if member.path in says:
            stands.append((member, "says so", sentence(member, says[member.path])))
        elif member.path in (differs or {}):
            stands.append((member, "differs", sentence(member, (differs or {})[member.path])))
        else:
            stands.append((member, "silent" if member.meta.lang == "en" else "not compared", None))
    return Claim(place, _cells(*stands))


def fire_reasons() -> Why:
    """Return why the reports of the fire stand together."""
    return Why(
        (("saltmere", 3.1), ("market", 2.4), ("hall", 2.2), ("calloway", 1.9), ("smoke", 1.1)),
        (
            (1.0, 0.55, 0.55, 0.34, 0.31, 0.48),
            (0.55, 1.0, 0.98, 0.36, 0.33, 0.41),
            (0.55, 0.98, 1.0, 0.36, 0.33, 0.41),
            (0.34, 0.36, 0.36, 1.0, 0.3, 0.37),
            (0.31, 0.33, 0.33, 0.3, 1.0, 0.29),
            (0.48, 0.41, 0.41, 0.37, 0.29, 1.0),
        ),
        Nearest(OLD.id, GAZETTE.id, 0.22, (Evidence("shared names", 0.41), Evidence("days apart", 363.0))),
    )


def fire() -> Story:
    """Return the story of the fire: six articles, four origins, every block filled."""
    roof = "We lost the roof within twenty minutes, and after that we could only protect the ships,"
    other_roof = "We lost the roof in twenty minutes, then we could only protect the ships,"
    heart = "This hall is the heart of our town, and we will not leave a hole in it,"
    other_heart = "This hall is the heart of this town and we will not leave a hole in its place,"
    return Story(
        id=GAZETTE.id,
        articles=FIRE,
        headline=Headline(GAZETTE.meta.title, GAZETTE.id, "headline"),
        first=moment("2026-03-12"),
        last=moment("2026-03-14"),
        extracts=(
            Extract(
                sentence(GAZETTE, 0),
                (
                    Support(sentence(COURIER, 0), "same", 0.62),
                    Support(sentence(LEDGER, 0), "same", 0.62),
                    Support(sentence(SAWT, 0), "same", 0.55),
                ),
            ),
            Extract(
                sentence(GAZETTE, 1),
                (
                    Support(sentence(COURIER, 0), "same", 0.7),
                    Support(sentence(LEDGER, 0), "same", 0.7),
                    Support(sentence(BOTE, 0), "differs", 0.6),
                    Support(sentence(VOICE, 2), "differs", 0.6),
                ),
            ),
            Extract(sentence(COURIER, 3), (Support(sentence(LEDGER, 3), "same", 1.0),)),
            Extract(sentence(VOICE, 1), (Support(sentence(BOTE, 2), "same", 0.5),)),
            Extract(sentence(VOICE, 0)),
        ),
        quotes=(
            StoryQuote(
                passage(GAZETTE, roof),
                "Ines Calloway",
                "Fire chief",
                "Calloway",
                "told",
                "",
                0.94,
                inferred=False,
                pieces=pieces(
                    "We lost the roof",
                    "+within",
                    "twenty minutes,",
                    "+and after that",
                    "we could only protect the ships,",
                ),
                variants=(
                    Variant(
                        passage(COURIER, other_roof),
                        pieces(
                            "We lost the roof",
                            "+in",
                            "twenty minutes,",
                            "+then",
                            "we could only protect the ships,",
                        ),
                        0.8,
                    ),
                    Variant(passage(BOTE, "Wir haben das Dach binnen zwanzig Minuten verloren"), (), 0.5),
                ),
            ),
            StoryQuote(
                passage(GAZETTE, heart),
                "Tobias Renner",
                "Mayor",
                "he",
                "said",
                "",
                0.9,
                inferred=False,
                pieces=pieces(
                    "This hall is the heart of", "+our", "town,", "and we will not leave a hole in", "+it,"
                ),
                variants=(
                    Variant(
                        passage(VOICE, other_heart),
                        pieces(
                            "This hall is the heart of",
                            "+this",
                            "town",
                            "and we will not leave a hole in",
                            "+its place,",
                        ),
                        0.8,
                    ),
                ),
            ),
            StoryQuote(
                passage(VOICE, "a cooling unit in the east wing was the likely source of the fire"),
                "",
                "",
                "",
                "",
                "Meridian Press Agency",
                0.2,
                inferred=False,
            ),
        ),
        differences=(
            Difference(
                "figure",
                "people were treated",
                (given(GAZETTE, 1, "14", 14), given(BOTE, 0, "17", 17), given(VOICE, 2, "17", 17)),
            ),
            Difference("date", "the fire", (given(GAZETTE, 0, "Thursday"), given(VOICE, 1, "Friday"))),
        ),
        claims=(
            _claim(sentence(GAZETTE, 0), {GAZETTE.path: 0, COURIER.path: 0, LEDGER.path: 0, SAWT.path: 0}),
            _claim(
                sentence(GAZETTE, 1),
                {GAZETTE.path: 1, COURIER.path: 0, LEDGER.path: 0, SAWT.path: 1},
                {BOTE.path: 0, VOICE.path: 2},
            ),
            _claim(sentence(COURIER, 3), {COURIER.path: 3, LEDGER.path: 3}),
            _claim(sentence(VOICE, 1), {BOTE.path: 2, VOICE.path: 1}),
            _claim(sentence(VOICE, 0), {VOICE.path: 0}),
            _claim(sentence(GAZETTE, 2), {GAZETTE.path: 2, COURIER.path: 1, LEDGER.path: 1}),
        ),
        only=(sentence(GAZETTE, 4), sentence(VOICE, 4)),
        timeline=(
            Event(
                dt.date(1911, 1, 1),
                dt.date(1911, 12, 31),
                passage(GAZETTE, "1911").span,
                sentence(GAZETTE, 4),
                resolved=False,
            ),
            Event(
                dt.date(2026, 3, 12),
                None,
                passage(GAZETTE, "Thursday").span,
                sentence(GAZETTE, 0),
                resolved=True,
            ),
            Event(
                dt.date(2026, 3, 13),
                None,
                passage(VOICE, "on Friday").span,
                sentence(VOICE, 1),
                resolved=True,
            ),
            Event(
                dt.date(2026, 3, 14),
                None,
                passage(VOICE, "on Saturday").span,
                sentence(VOICE, 4),
                resolved=True,
            ),
        ),
        names=(
            Name("Ines Calloway", "person", Span(0, 0), 5),
            Name("Tobias Renner", "person", Span(0, 0), 3),
            Name("Saltmere", "place", Span(0, 0), 9),
            Name("Meridian Press Agency", "organisation", Span(0, 0), 2),
            Name("East Wing", "", Span(0, 0), 1),
        ),
        witnesses=(
            Witness("Harbour Gazette", (GAZETTE.id,), copies=False),
            Witness("Meridian Press Agency", (COURIER.id, LEDGER.id), copies=True),
            Witness("Der Hafenbote", (BOTE.id,), copies=False),
            Witness("صوت الميناء", (SAWT.id,), copies=False),
            Witness("Saltmere Voice", (VOICE.id,), copies=False),
        ),
        thread=OLD.id,
    )


# ---------------------------------------------------------------- other stories

OLD = article(
    "2025-03-14-drill.md",
    "Saltmere rehearses a fire in its old market hall",
    "Harbour Gazette",
    "2025-03-14",
    [
        ["Firefighters rehearsed a blaze in the old market hall of Saltmere on Friday."],
        ["“The hall would burn like a match,” said fire chief Ines Calloway after the drill."],
    ],
)
OLD_TOO = article(
    "2025-03-15-drill-courier.md",
    "Fire drill finds faults in Saltmere hall",
    "The Coastal Courier",
    "2025-03-15",
    [
        ["A fire drill on Friday found two blocked exits in the market hall of Saltmere."],
        ["“The hall would burn like a match,” fire chief Ines Calloway said."],
    ],
)
FERRY = article(
    "ferry-1.md",
    "Ferry crews on the Skerry line walk out over night shifts",
    "Northern Ledger",
    "2026-03-14",
    [
        ["Crews of the Skerry ferries stopped work on Saturday morning over a plan for longer night shifts."],
        ["The union said 9 of 11 sailings were cancelled.", "Talks are to resume on Monday."],
    ],
)
FERRY_TOO = article(
    "ferry-2.md",
    "Skerry ferries stay in port as crews strike",
    "The Coastal Courier",
    "2026-03-14",
    [
        ["Skerry ferries stayed in port on Saturday as crews stopped work over longer night shifts."],
        ["The line said 8 of 11 sailings were cancelled."],
    ],
)


def single(  # noqa: PLR0917
    path: str, title: str, outlet: str, date: str, sentences: Sequence[str], lang: str = "en", **meta: object
) -> Story:
    """Return the story of one report alone."""
    only = article(path, title, outlet, date, [[one] for one in sentences], lang, **meta)
    kind = "headline" if title else "first sentence"
    return Story(
        id=only.id,
        articles=(only,),
        headline=Headline(title or only.shown(only.sentences[0]), only.id, kind),  # type: ignore[arg-type]
        first=only.meta.date,
        last=only.meta.date,
        extracts=tuple(Extract(sentence(only, n)) for n in range(min(2, len(only.sentences)))),
        witnesses=(Witness(outlet, (only.id,), copies=False),),
    )


def pair(first: Article, second: Article, thread: str = "", **parts: object) -> Story:
    """Return a story of two articles whose first sentences say the same."""
    dates = sorted(a.meta.date for a in (first, second) if a.meta.date)
    return Story(
        id=first.id,
        articles=(first, second),
        headline=Headline(first.meta.title, first.id, "headline"),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        extracts=(Extract(sentence(first, 0), (Support(sentence(second, 0), "same", 0.6),)),),
        witnesses=(
            Witness(first.meta.outlet, (first.id,), copies=False),
            Witness(second.meta.outlet, (second.id,), copies=False),
        ),
        thread=thread,
        **parts,  # type: ignore[arg-type]
    )


def drill() -> Story:
    """Return the sibling event of the year before, in the thread of the fire."""
    match = "The hall would burn like a match,"
    quote = StoryQuote(
        passage(OLD, match), "Ines Calloway", "fire chief", "Ines Calloway", "said", "", 0.95, inferred=False,
        pieces=(), variants=(Variant(passage(OLD_TOO, match), (), 1.0),),
    )  # fmt: skip
    return pair(OLD, OLD_TOO, OLD.id, quotes=(quote,))


def strike() -> Story:
    """Return a story of two articles that differ in a figure."""
    differs = Difference("figure", "sailings", (given(FERRY_TOO, 1, "8", 8), given(FERRY, 1, "9", 9)))
    return pair(FERRY, FERRY_TOO, differences=(differs,))


def singles() -> tuple[Story, ...]:
    """Return reports that stand alone: undated, untitled, hostile, hidden, in other languages."""
    return (
        single("lamp.md", "Lighthouse keeper’s logbook found in attic", "Saltmere Voice", "2026-03-13",
               ["A logbook of the Point Ashby lighthouse has been found in an attic.", "It covers the years from 1893 to 1901.", "The museum will show it in May."]),
        single("regen.md", "Regen lässt Pegel der Aller steigen", "Der Hafenbote", "2026-03-14",
               ["Der Pegel der Aller ist nach tagelangem Regen um 80 Zentimeter gestiegen."], "de"),
        single("undated.txt", "Council votes to keep the night bus", "", "",
               ["The council voted by 21 to 9 to keep the night bus to Ferness."]),
        single("untitled.txt", "", "Northern Ledger", "2026-03-11",
               ["A seal pup was returned to the sea at Gull Point after six weeks of care.", "It weighed 31 kilograms."]),
        single("odd.html", "</title><script>alert(1)</script> & “marks”", "<b>Odd & Sons</b>", "2026-03-10",
               ["He typed <script>alert('x')</script> & left the \"building\" at <noon>."], url="javascript:alert(1)"),
        replace(single("hidden.md", "Draft notice that an editor hid", "Saltmere Voice", "2026-03-10",
                       ["This notice was hidden by an editor."]), hidden=True),
    )  # fmt: skip


def people(stories: Iterable[Story]) -> tuple[Person, ...]:
    """Return everybody quoted, by name."""
    said: dict[str, list[Utterance]] = {}
    for story in stories:
        for quote in story.quotes:
            if quote.speaker:
                said.setdefault(quote.speaker, []).append(Utterance(story.id, quote))
    return tuple(Person(name, name.lower().replace(" ", "-"), tuple(said[name])) for name in sorted(said))


def harbour() -> Digest:
    """Return the digest of the tests."""
    stories = (fire(), strike(), drill(), *singles())
    notes = (Problem("sawt.md", 3, "a quotation mark is not closed", "close it"),)
    stories = tuple(
        replace(
            story,
            articles=tuple(replace(a, notes=notes) if a.path == "sawt.md" else a for a in story.articles),
        )
        for story in stories
    )
    return digest(
        stories,
        threads=(Thread(OLD.id, GAZETTE.meta.title, (OLD.id, GAZETTE.id)),),
        edition=Edition(
            dt.date(2026, 3, 14), dt.date(2026, 3, 13), (FERRY.id,), (GAZETTE.id,),
            ((GAZETTE.id, (sentence(VOICE, 0),)),),
        ),
        skipped=(Problem("broken.md", 4, "no such date: 2026-02-30", "write YYYY-MM-DD"),),
        reasons={GAZETTE.id: fire_reasons()},
    )  # fmt: skip


def digest(
    stories: Sequence[Story],
    threads: Sequence[Thread] = (),
    edition: Edition = NO_EDITION,
    skipped: Sequence[Problem] = (),
    reasons: Mapping[str, Why] = MappingProxyType({}),
) -> Digest:
    """Return a digest of these stories."""
    articles = sorted((a for story in stories for a in story.articles), key=lambda a: a.path)
    return Digest(
        articles=tuple(articles),
        stories=tuple(stories),
        threads=tuple(threads),
        people=people(stories),
        edition=edition,
        skipped=tuple(skipped),
        reasons=reasons,
    )


# ---------------------------------------------------------------- large ones

_PLACES = ("Ferness", "Saltmere", "Gull Point", "Ashby", "Skerry", "Northwick", "Allermouth", "Tarn Bridge")
_TOWNS = ("Herald", "Gazette", "Courier", "Ledger", "Post", "Mirror", "Observer", "Chronicle")


def crowd(count: int = 20) -> Digest:
    """Return one event told by ``count`` sources: the budget of a story page."""
    members = []
    for n in range(count):
        place = _PLACES[n % len(_PLACES)]
        members.append(
            article(
                f"crowd-{n:02}.md",
                f"Storm cuts power to thousands of homes around {place} and closes the coast road",
                f"{place} {_TOWNS[n // len(_PLACES)]}",
                f"2026-04-{1 + n % 4:02}",
                [
                    [f"A storm cut power to about {30 + n % 3},000 homes along the coast on Wednesday, the grid operator said in {place}.",
                     f"Crews restored the lines near {place} before nightfall, an official of the county said."],
                    [f"“We have never seen waves of this height at the pier of {place},” said harbour master Jonas Whitlock.",
                     f"The coast road stays closed between the bridge and {place} until Friday."],
                    [f"Schools in {place} will open two hours later than usual on Thursday."],
                ],
                url=f"https://example-{n:02}.example/news/2026/04/storm-cuts-power-to-thousands-of-homes",
            )
        )  # fmt: skip
    first = members[0]

    def supports(number: int, limit: int) -> tuple[Support, ...]:
        return tuple(
            Support(sentence(m, number), "differs" if n % 6 == 5 else "same", 0.6)
            for n, m in enumerate(members[1:limit])
        )

    def row(number: int, every: int) -> Claim:
        place = sentence(first, number)
        return Claim(
            place,
            tuple(
                Cell(m.id, "differs" if n % 7 == 6 else "says so", sentence(m, number))
                if n % every == 0
                else Cell(m.id, "silent", None)
                for n, m in enumerate(members)
            ),
        )

    quotes = tuple(
        StoryQuote(
            Passage(m.id, Span(m.sentences[2].start + 1, m.text.index("”")), 2),
            "Jonas Whitlock", "harbour master", "Jonas Whitlock", "said", "", 0.9, inferred=False,
        )
        for m in members[:6]
    )  # fmt: skip
    told = Story(
        id=first.id,
        articles=tuple(members),
        headline=Headline(first.meta.title, first.id, "headline"),
        first=moment("2026-04-01"),
        last=moment("2026-04-04"),
        extracts=tuple(Extract(sentence(first, n), supports(n, count - 3 * n)) for n in range(5)),
        quotes=quotes,
        differences=(
            Difference("figure", "homes", tuple(given(m, 0, f"{30 + n % 3},000", 30000 + n % 3 * 1000) for n, m in enumerate(members[:6]))),
        ),
        claims=tuple(row(n % 5, 1 + n % 5) for n in range(10)),
        only=tuple(sentence(m, 4) for m in members[:5]),
        timeline=tuple(
            Event(dt.date(2026, 4, 1 + n), None, sentence(members[n], 0).span, sentence(members[n], 0), resolved=False)
            for n in range(4)
        ),
        names=tuple(Name(place, "place", Span(0, 0), 9) for place in _PLACES),
        witnesses=tuple(Witness(m.meta.outlet, (m.id,), copies=False) for m in members),
    )  # fmt: skip
    likeness = tuple(
        tuple(1.0 if a == b else 0.3 + 0.03 * ((a + b) % 20) for b in range(count)) for a in range(count)
    )
    why = Why((("storm", 2.0), ("power", 1.0)), likeness)
    edition = Edition(dt.date(2026, 4, 4), dt.date(2026, 4, 3), (), (first.id,), ())
    return digest([told], edition=edition, reasons={first.id: why})


def many(count: int) -> Digest:
    """Return a site of about ``count`` articles: a third in pairs, the rest alone."""
    stories: list[Story] = []
    for n in range(count // 6):
        place, day = _PLACES[n % len(_PLACES)], f"2026-{1 + n % 12:02}-{1 + n % 28:02}"
        closed, opened = (
            article(f"many/{n:05}-{side}.md", f"Bridge {n} near {place} {side} after inspection", f"{place} {side.title()}", day,
                    [[f"Bridge {n} near {place} was {side} on inspection day.", "Traffic was led over the old road."], ["The county will decide next week."]])
            for side in ("closed", "opened")
        )  # fmt: skip
        stories.append(pair(closed, opened))
    for n in range(count - 2 * len(stories)):
        place, day = _PLACES[n % len(_PLACES)], f"2026-{1 + n % 12:02}-{1 + n % 28:02}" if n % 9 else ""
        stories.append(
            single(f"many/s{n:05}.md", f"Market day {n} in {place} draws visitors", f"{place} Herald", day,
                   [f"Market day {n} drew visitors to {place}.", "Stalls sold out by noon.", "The next one is in June."])
        )  # fmt: skip
    return digest(stories, edition=Edition(dt.date(2026, 12, 28), dt.date(2026, 12, 27)))
