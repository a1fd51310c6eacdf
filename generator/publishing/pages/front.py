"""The front page: what is new, the lead, the stories, and every single report it has room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model import Edition, Extract, Story
from generator.publishing import urls
from generator.publishing.contexts import FrontContext
from generator.publishing.drafts import Draft
from generator.publishing.linked import listed
from generator.publishing.listing import Listed
from generator.publishing.marks import Citer
from generator.publishing.pages.frame import Desk, isolated, visible
from generator.publishing.parts import EntryPart, FactPart, GrownPart, Link, SaidPart, StoryPart
from generator.publishing.tables import Facts

STORIES, MORE, TOLD, SINGLES, UNDATED, NEW = 10, 8, 3, 18, 12, 6
"""Places for full items, further headlines, single reports told and named, undated ones, and news: two
minutes, 60 kB."""
_LEAD = 3
"""Sentences of the lead story."""
_OUTLETS = 4


class _Front(NamedTuple):
    """What the front page is made of beside what it asks for."""

    totals: str
    edition: Edition
    shown: Sequence[str]
    """The ids of all stories that are not hidden; in part those below."""
    stories: Sequence[str]
    singles: Sequence[str]
    undated: Sequence[str]
    """Single reports without a date."""


def front(desk: Desk) -> Iterator[Draft[_Front]]:
    """Yield the front page."""
    kinds = desk.whole(_kinds, desk.listing)
    yield Draft(_front, "", _Front(desk.totals(), desk.digest.edition, *kinds))


def _kinds(listing: Sequence[Facts[Listed]]) -> list[tuple[str, ...]]:
    """Return the ids of all stories that are shown, those of several reports, single reports, and undated ones."""
    shown = list(visible(listing))
    return [
        tuple(id_ for id_, _ in shown),
        tuple(id_ for id_, one in shown if not one.single),
        tuple(id_ for id_, one in shown if one.single and one.days),
        tuple(id_ for id_, one in shown if one.single and not one.days),
    ]


def _front(desk: Desk, told: _Front) -> Iterator[FrontContext]:
    """Yield the front page."""
    edition, singles, undated = told.edition, told.singles, told.undated
    lead, others = told.stories[:1], told.stories[1:]
    further = others[STORIES:]
    yield FrontContext(
        site=desk.site,
        page=desk.frame("index.html", section="index.html")._replace(
            linked=listed(desk, "index.html", desk.settings.title, told.shown),
        ),
        counts=told.totals,
        edition=desk.locale.full_day(edition.day) if edition.day else "",
        since=desk.locale.day(edition.previous) if edition.previous else "",
        new=_entries(desk, _seen(desk, edition.new_stories)[:NEW]),
        grown=tuple(_grown(desk, id_, edition) for id_ in _seen(desk, edition.grown_stories)[:NEW]),
        lead=story_part(desk, desk.stories[lead[0]], "", _LEAD) if lead else None,
        stories=tuple(story_part(desk, desk.stories[id_], "") for id_ in others[:STORIES]),
        more=_entries(desk, further[:MORE]),
        rest=_rest(desk, "count.more_stories", further[MORE:]),
        told=tuple(story_part(desk, desk.stories[id_], "") for id_ in singles[:TOLD]),
        singles=_entries(desk, singles[TOLD : TOLD + SINGLES]),
        singles_rest=_rest(desk, "count.more_singles", singles[TOLD + SINGLES :]),
        undated=_entries(desk, undated[:UNDATED]),
        undated_rest=_rest(desk, "count.more_undated", undated[UNDATED:], "archive/undated/index.html"),
    )


def _seen(desk: Desk, ids: Sequence[str]) -> list[str]:
    """Return the ids of stories in several reports that are not hidden."""
    return [id_ for id_ in ids if not desk.listed[id_].hidden and not desk.listed[id_].single]


def _entries(desk: Desk, ids: Sequence[str]) -> tuple[EntryPart, ...]:
    return tuple(desk.other(id_, "") for id_ in ids)


def _rest(desk: Desk, key: str, stories: Sequence[str], path: str = "archive/index.html") -> Link | None:
    """Return "12 more stories in the archive"; None when all are shown."""
    return Link(desk.count(key, len(stories)), path) if stories else None


def _grown(desk: Desk, id_: str, edition: Edition) -> GrownPart:
    """Return a story that gained articles, with up to two facts that only those carry."""
    story = desk.stories[id_]
    citer = Citer(desk, story, "")
    facts = dict(edition.new_facts).get(id_, ())[:2]
    parts = tuple(FactPart(citer.text(passage), citer.cite(passage)) for passage in facts)
    return GrownPart(urls.story_path(story), desk.headline(story), parts)


def story_part(desk: Desk, story: Story, root: str, sentences: int = 1) -> StoryPart:
    """Return a story as an item of a page: headline, cited sentences, outlets, what differs."""
    citer = Citer(desk, story, root)
    names = desk.outlet_names(story)
    kind = story.headline.kind
    lead = "" if kind == "override" else desk.outlet(story.article(story.headline.article))
    return StoryPart(
        root + urls.story_path(story),
        desk.headline(story),
        lead,
        desk.say("state.first_sentence") if kind == "first sentence" else "",
        tuple(_said(citer, extract) for extract in story.extracts[:sentences]),
        tuple(map(isolated, names[:_OUTLETS])),
        f"+{len(names) - _OUTLETS}" if len(names) > _OUTLETS else "",
        desk.days(story),
        "" if story.single else counts(desk, story),
        tuple(words for words, _ in chips(desk, story)),
    )


def _said(citer: Citer, extract: Extract) -> SaidPart:
    """Return a sentence of *In brief* and who says it."""
    same = [support.passage for support in extract.support if support.relation == "same"]
    return SaidPart(citer.text(extract.passage), citer.sorted(map(citer.cite, [extract.passage, *same])))


def counts(desk: Desk, story: Story) -> str:
    """Return "6 articles, 3 origins", "2 articles, 1 origin: KCNA", or, of copies of one text, "9 articles, 1 text"."""
    articles = desk.count("count.articles", len(story.articles))
    if story.single:
        return articles
    only = story.witnesses[0] if len(story.witnesses) == 1 else None
    if only and only.copies and not only.origin:
        return f"{articles}, {desk.say('count.one_text')}"
    origins = desk.count("count.origins", len(story.witnesses))
    return f"{articles}, {origins}" + (f": {only.origin}" if only and only.origin else "")


def chips(desk: Desk, story: Story) -> Iterator[tuple[str, str]]:
    """Yield what differs in a story, in words, with the section of its page that shows it."""
    quotes = sum(
        any(piece.differs for variant in quote.variants for piece in variant.pieces) for quote in story.quotes
    )
    if quotes:
        yield desk.count("count.quotes_differ", quotes), "quotes"
    for kind in ("figure", "date", "name", "wording"):
        number = sum(difference.kind == kind for difference in story.differences)
        if number:
            yield desk.count(f"count.{kind}s_differ", number), "differs"
