"""Story pages: what several reports of one event say, who says it, where they differ; and lone reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from generator.language.words import stop_words
from generator.model import (
    SPEAKER_CUT,
    Cell,
    Claim,
    Difference,
    Event,
    Extract,
    Given,
    Passage,
    Piece,
    Story,
    StoryQuote,
)
from generator.publishing import charts
from generator.publishing.blocks import (
    CellPart,
    ClaimPart,
    DifferencePart,
    EventPart,
    ExtractPart,
    GivenPart,
    HeadPart,
    OnlyPart,
    QuotePart,
    ValuePart,
    WordingPart,
)
from generator.publishing.contexts import Context, SingleContext, StoryContext
from generator.publishing.drafts import Each
from generator.publishing.linked import told
from generator.publishing.marks import MANY, Citer, pieced, said, text
from generator.publishing.pages.audit import audit_link, why_part
from generator.publishing.pages.frame import SEPARATOR, Desk, facts, isolated
from generator.publishing.pages.front import chips, counts
from generator.publishing.pages.sources import name_parts, related, source_parts, thread_link
from generator.publishing.parts import Cite, Day, Link
from generator.publishing.urls import root, story_path

_PEEKS = 2
"""In stories of many sources only two beside the quoted one are previewed."""
_LONG = 40
"""Characters beyond which differing words do not stand by themselves: they are marked in their sentences."""


def stories(desk: Desk) -> Iterator[Each[Story]]:
    """Yield the page of every story and single report."""
    yield Each(_page, desk.digest.stories)


def _page(desk: Desk, story: Story) -> Iterator[Context]:
    """Yield the page of one story."""
    yield _single(desk, story) if story.single else _story(desk, story)


def _single(desk: Desk, story: Story) -> SingleContext:
    """Return the page of a lone report."""
    path = story_path(story)
    citer = Citer(desk, story, root(path))
    return SingleContext(
        site=desk.site,
        page=desk.story_frame(story, _description(story), told(desk, path, story)),
        headline=desk.headline(story),
        headline_note=_headline_note(desk, story),
        thread=thread_link(desk, story, citer.root),
        brief=brief_parts(citer, story.extracts),
        quotes=tuple(_quote(desk, citer, n, quote) for n, quote in enumerate(story.quotes, 1)),
        timeline=tuple(_event(desk, citer, n, event) for n, event in enumerate(story.timeline, 1)),
        names=name_parts(desk, story, citer.root),
        source=source_parts(desk, story, citer.root)[0],
        related=related(desk, story, citer.root),
        audit=audit_link(desk, story, citer.root),
    )


def _story(desk: Desk, story: Story) -> StoryContext:
    """Return the page of an event in several reports."""
    path = story_path(story)
    citer = Citer(desk, story, root(path))
    headline = story.headline
    own = headline.kind == "override"
    dated = [(desk.outlet(a), a.meta.date.day) for a in story.articles if a.meta.date]
    return StoryContext(
        site=desk.site,
        page=desk.story_frame(story, _description(story), told(desk, path, story)),
        headline=desk.headline(story),
        headline_outlet="" if own else desk.outlet(story.article(headline.article)),
        headline_note=_headline_note(desk, story),
        headline_number=0 if own else story.number(headline.article),
        counts=counts(desk, story),
        days=desk.days(story).text,
        thread=thread_link(desk, story, citer.root),
        chips=tuple(Link(words, f"#{section}") for words, section in chips(desk, story)),
        brief=brief_parts(citer, story.extracts),
        quotes=tuple(_quote(desk, citer, n, quote) for n, quote in enumerate(story.quotes, 1)),
        differences=tuple(_difference(desk, citer, n, diff) for n, diff in enumerate(story.differences, 1)),
        heads=tuple(
            HeadPart(number, desk.source_name(article), f"#source-{number}")
            for number, article in enumerate(story.articles, 1)
        ),
        claims=tuple(_claim(desk, citer, n, claim) for n, claim in enumerate(story.claims, 1)),
        unread=any(not stop_words(article.meta.lang) for article in story.articles if article.meta.lang),
        foreign=len({article.meta.lang for article in story.articles if article.meta.lang}) > 1,
        only=tuple(
            OnlyPart(f"only-{n}", citer.text(passage), citer.own(passage), citer.outlet(passage))
            for n, passage in enumerate(story.only, 1)
        ),
        timeline=tuple(_event(desk, citer, n, event) for n, event in enumerate(story.timeline, 1)),
        strip=charts.strip(desk.words, [event.day for event in story.timeline]),
        coverage=charts.coverage(desk.words, dated, len(story.articles) - len(dated)) if dated else None,
        names=name_parts(desk, story, citer.root),
        sources=source_parts(desk, story, citer.root),
        related=related(desk, story, citer.root),
        why=why_part(desk, story, citer.root),
        heat=charts.heat(desk.words, desk.why(story).likeness, [a.meta.lang for a in story.articles]),
        audit=audit_link(desk, story, citer.root),
    )


def _headline_note(desk: Desk, story: Story) -> str:
    """Return where a headline is from, when it is no report's own."""
    notes = {"headline": "", "first sentence": "state.first_sentence", "override": "state.own_headline"}
    key = notes[story.headline.kind]
    return desk.say(key) if key else ""


def _description(story: Story) -> str:
    """Return the first sentence of the brief, for search engines."""
    return story.shown(story.extracts[0].passage) if story.extracts else ""


def brief_parts(citer: Citer, extracts: Sequence[Extract]) -> tuple[ExtractPart, ...]:
    """Return the sentences of *In brief* with everybody who says them."""
    return tuple(_extract(citer, number, extract) for number, extract in enumerate(extracts, 1))


def _extract(citer: Citer, number: int, extract: Extract) -> ExtractPart:
    """Return one sentence, who says the same, who says it differently."""
    say = citer.index.words.say
    shown = citer.text(extract.passage)
    same, differs = [citer.own(extract.passage)], list[Cite]()
    for place, support in enumerate(extract.support):
        other = support.relation == "differs"
        note = say("cite.differs" if other else "cite.same")
        peek = place < _PEEKS or len(citer.story.articles) <= MANY
        cite = citer.other(support.passage, shown.text, note) if peek else citer.cite(support.passage)
        (differs if other else same).append(cite)
    return ExtractPart(f"brief-{number}", shown, citer.sorted(same), citer.sorted(differs))


def _quote(desk: Desk, citer: Citer, number: int, quote: StoryQuote) -> QuotePart:
    """Return a quote with its speaker and its other wordings."""
    sure = bool(quote.speaker) and quote.confidence >= SPEAKER_CUT
    path = desk.person_path(quote.speaker) if sure else ""
    return QuotePart(
        f"quote-{number}",
        quote.speaker if sure else "",
        citer.root + path if path else "",
        quote.role if sure else "",
        quote.cue if sure else "",
        _manner(desk, quote, sure=sure),
        tuple(_wordings(desk, citer, quote)),
    )


def _wordings(desk: Desk, citer: Citer, quote: StoryQuote) -> Iterator[WordingPart]:
    """Yield the different wordings of a quote, each with everybody who has it so."""
    shared: dict[str, list[tuple[Passage, tuple[Piece, ...]]]] = {}
    for passage, pieces in [(quote.passage, quote.pieces), *((v.passage, v.pieces) for v in quote.variants)]:
        words = said(citer.article(passage), passage.span)
        shared.setdefault(words, []).append((passage, pieces))
    for same in shared.values():
        passage, pieces = same[0]
        other = bool(pieces) and all(piece.differs for piece in pieces)
        shown = pieced(desk, citer.article(passage), passage.span, () if other else pieces)
        only = desk.say("quote.other_words") if other else _only(desk, shown.differing)
        first = citer.own(passage) if passage is quote.passage else citer.cite(passage)
        cites = citer.sorted([first, *(citer.cite(other) for other, _ in same[1:])])
        outlets = dict.fromkeys(citer.outlet(other) for other, _ in same)
        yield WordingPart(shown, cites, SEPARATOR.join(map(isolated, outlets)), only)


def _only(desk: Desk, differing: Sequence[str]) -> str:
    """Return "Only here: …" for the words that the other wording lacks."""
    return desk.say("quote.only_here", words=" … ".join(differing)) if differing else ""


def _manner(desk: Desk, quote: StoryQuote, *, sure: bool) -> str:
    """Return how the words came: the agency, what was inferred."""
    notes = []
    if quote.via:
        notes.append(desk.say("quote.via", via=quote.via))
    if sure and quote.inferred:
        notes.append(desk.say("quote.inferred"))
    return ", ".join(notes)


def _difference(desk: Desk, citer: Citer, number: int, difference: Difference) -> DifferencePart:
    """Return one matter on which sources differ, with each source's own words."""
    given: dict[str | float, list[tuple[str, Given]]] = {}
    for one in difference.given:
        words = said(citer.article(one.passage), one.span)
        given.setdefault(one.value if difference.kind == "figure" else words, []).append((words, one))
    long = any(len(words) > _LONG for same in given.values() for words, _ in same)
    values = tuple(_value(desk, citer, same, long=long) for same in given.values())
    kind = desk.say(f"differs.{difference.kind}")
    return DifferencePart(f"differs-{number}", difference.label or desk.say("differs.amount"), kind, values)


def _value(desk: Desk, citer: Citer, same: Sequence[tuple[str, Given]], *, long: bool) -> ValuePart:
    """Return what several sources give alike, under the briefest of their words: 52 for "Fifty-two" and "52"."""
    _, briefest = min(same, key=lambda one: len(one[0]))
    return ValuePart(
        None if long else text(desk, citer.article(briefest.passage), briefest.span),
        tuple(
            GivenPart(citer.text(one.passage, one.span), citer.cite(one.passage), citer.outlet(one.passage))
            for _, one in same
        ),
    )


def _claim(desk: Desk, citer: Citer, number: int, claim: Claim) -> ClaimPart:
    """Return a row of the matrix; sources without a word on it are counted, but have no link."""
    cells = tuple(_cell(desk, citer, cell) for cell in claim.cells)
    counted = Counter(cell.state for cell in cells)
    stands = {state: counted[state] for state in ("says", "differs", "silent")}
    tally = desk.say("matrix.tally", **stands).split(" · ")
    if counted["foreign"]:
        tally.append(desk.say("matrix.tally_foreign", count=counted["foreign"]))
    return ClaimPart(f"claim-{number}", citer.text(claim.passage), facts(tally), cells)


def _cell(desk: Desk, citer: Citer, cell: Cell) -> CellPart:
    """Return one source's stand on a claim."""
    if cell.passage is None:
        blank: Literal["silent", "foreign"] = "foreign" if cell.state == "not compared" else "silent"
        return CellPart(blank, desk.say(f"matrix.{blank}"), "", "")
    state: Literal["says", "differs"] = "says" if cell.state == "says so" else "differs"
    return CellPart(state, desk.say(f"matrix.{state}"), citer.href(cell.passage), citer.outlet(cell.passage))


def _event(desk: Desk, citer: Citer, number: int, event: Event) -> EventPart:
    """Return a dated fact, with the words that date it."""
    article = citer.article(event.passage)
    dated = desk.say("timeline.resolved", said=article.shown(event.said)) if event.resolved else ""
    words = desk.locale.span(event.day, event.end) if event.end else desk.locale.day(event.day)
    return EventPart(
        f"timeline-{number}",
        Day(event.day.isoformat(), words),
        dated,
        citer.text(event.passage),
        citer.cite(event.passage),
    )
