"""Outlets, people and threads: a page of all, and a page of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from generator.model import Person, Story, Thread, Utterance
from generator.publishing import charts, urls
from generator.publishing.contexts import (
    Context,
    OutletContext,
    OutletsContext,
    PeopleContext,
    PersonContext,
    RedirectContext,
    ThreadContext,
    ThreadsContext,
)
from generator.publishing.drafts import Draft
from generator.publishing.index import Outlet
from generator.publishing.linked import listed
from generator.publishing.marks import Citer
from generator.publishing.pages.frame import Desk, cut_into_pages, former_homes, numbered, page_links
from generator.publishing.pages.front import story_part
from generator.publishing.pages.letters import by_letter, first_pages, letter, letter_links
from generator.publishing.parts import Day, EntryPart, Line, Link, UtterancePart

_SIZE = 150
"""Entries of one page of a list."""
_UTTERANCES = 60
"""Quotes on one page of a person."""
_ORIGINS = 6
Moved = Literal["report", "thread", "page"]


def outlets(desk: Desk) -> Iterator[Context | Draft[Outlet]]:
    """Yield the list of outlets and the page of each."""
    path = "outlets/index.html"
    runs = cut_into_pages(desk.outlets, _SIZE)
    for number, run in enumerate(runs, 1):
        here = numbered(path, number)
        yield OutletsContext(
            site=desk.site,
            page=desk.frame(here, desk.say("nav.outlets"), section="outlets/index.html"),
            outlets=tuple(_outlet_entry(desk, outlet, urls.root(here)) for outlet in run),
            pages=page_links(path, number, len(runs)),
        )
    yield from (Draft(_outlet, outlet.path, outlet) for outlet in desk.outlets)


def _outlet_entry(desk: Desk, outlet: Outlet, root: str) -> EntryPart:
    """Return an outlet with its number of articles and its latest date."""
    name = Line(outlet.name or desk.say("state.no_outlet"), "", "")
    note = desk.count("count.articles", len(outlet.articles))
    return EntryPart(root + outlet.path, name, "", desk.day(outlet.articles[0].meta.date), note)


def _outlet(desk: Desk, outlet: Outlet) -> Iterator[OutletContext]:
    """Yield the pages of one outlet."""
    origins = dict.fromkeys(article.meta.origin for article in outlet.articles if article.meta.origin)
    named = ", ".join(list(origins)[:_ORIGINS])
    name = outlet.name or desk.say("state.no_outlet")
    runs = cut_into_pages(outlet.articles, _SIZE)
    for number, run in enumerate(runs, 1):
        path = numbered(outlet.path, number)
        yield OutletContext(
            site=desk.site,
            page=replace(
                desk.frame(path, name, section="outlets/index.html"),
                feed=("../" if number > 1 else "./") if outlet.name else "",
            ),
            name=name,
            counts=desk.count("count.articles", len(outlet.articles)),
            origins=desk.say("outlet.origins", origins=named) if named else "",
            articles=tuple(desk.article_entry(article, urls.root(path)) for article in run),
            pages=page_links(outlet.path, number, len(runs)),
        )


def people(desk: Desk) -> Iterator[Context | Draft[Person]]:
    """Yield the list of people quoted and the page of each; nothing when nobody is."""
    path = "people/index.html"
    everybody = sorted(
        desk.digest.people, key=lambda person: (letter(person.name), person.name.casefold(), person.slug)
    )
    runs = cut_into_pages(everybody, _SIZE)
    letters = first_pages(tuple(letter(person.name) for person in run) for run in runs)
    for number, run in enumerate(runs if everybody else (), 1):
        here = numbered(path, number)
        yield PeopleContext(
            site=desk.site,
            page=desk.frame(here, desk.say("nav.people"), section="people/index.html"),
            letters=letter_links(path, number, letters),
            people=by_letter(
                (letter(person.name), _person_entry(desk, person, urls.root(here))) for person in run
            ),
            pages=page_links(path, number, len(runs)),
        )
    yield from (Draft(_person, person.slug, person) for person in everybody)


def _person_entry(desk: Desk, person: Person, root: str) -> EntryPart:
    """Return a person with the latest role and the number of quotes."""
    roles = [utterance.quote.role for utterance in person.utterances if utterance.quote.role]
    note = desk.count("count.quotes", len(person.utterances))
    latest = desk.stories[person.utterances[-1].story]
    return EntryPart(
        root + urls.person_path(person.slug),
        Line(person.name, "", ""),
        roles[-1] if roles else "",
        desk.days(latest),
        note,
    )


def _person(desk: Desk, person: Person) -> Iterator[PersonContext]:
    """Yield the pages of one person."""
    base = urls.person_path(person.slug)
    number_in_story = _numbers(desk, person.utterances)
    pairs = list(zip(person.utterances, number_in_story, strict=True))
    runs = cut_into_pages(pairs, _UTTERANCES)
    for number, run in enumerate(runs, 1):
        path = numbered(base, number)
        yield PersonContext(
            site=desk.site,
            page=desk.frame(path, person.name, section="people/index.html"),
            name=person.name,
            counts=desk.count("count.quotes", len(person.utterances)),
            utterances=tuple(_utterance(desk, said, place, urls.root(path)) for said, place in run),
            pages=page_links(base, number, len(runs)),
        )


def _numbers(desk: Desk, utterances: Sequence[Utterance]) -> list[int]:
    """Return the number of each quote on its story's page; 0 when it is not among those shown there."""
    places = {
        (story.id, quote.passage): number
        for story in {said.story: desk.stories[said.story] for said in utterances}.values()
        for number, quote in enumerate(story.quotes, 1)
    }
    return [places.get((said.story, said.quote.passage), 0) for said in utterances]


def _utterance(desk: Desk, said: Utterance, place: int, root: str) -> UtterancePart:
    """Return one quote with its story."""
    story = desk.stories[said.story]
    citer = Citer(desk, story, root)
    article = citer.article(said.quote.passage)
    variants = len(said.quote.variants)
    return UtterancePart(
        citer.text(said.quote.passage),
        citer.own(said.quote.passage),
        desk.outlet(article),
        desk.day(article.meta.date),
        said.quote.role,
        desk.headline(story),
        root + urls.story_path(story) + (f"#quote-{place}" if place else ""),
        desk.count("count.wordings", variants) if variants else "",
    )


def threads(desk: Desk) -> Iterator[Context | Draft[Thread]]:
    """Yield the list of threads, the page of each, and the addresses that lead to it; nothing without."""
    if desk.digest.threads:
        yield ThreadsContext(
            site=desk.site,
            page=desk.frame("threads/index.html", desk.say("nav.threads"), section="threads/index.html"),
            threads=tuple(_thread_entry(desk, thread, "../") for thread in desk.digest.threads),
        )
    yield from (Draft(_thread, thread.id, thread) for thread in desk.digest.threads)
    if desk.former_files:
        yield from (Draft(_leading, thread.id, thread) for thread in desk.digest.threads)


def _leading(desk: Desk, thread: Thread) -> Iterator[Context]:
    """Yield the addresses that lead to one thread."""
    home = desk.thread_path(thread.id)
    for path in former_homes(_stories(desk, thread), home):
        yield redirect(desk, path, home, thread.title, "thread")


def _stories(desk: Desk, thread: Thread) -> list[Story]:
    return [desk.stories[id_] for id_ in thread.stories]


def _thread_days(desk: Desk, stories: Sequence[Story]) -> Day:
    """Return the days that a thread spans."""
    days = sorted(moment.day for story in stories for moment in (story.first, story.last) if moment)
    if not days:
        return desk.day(None)
    return Day(days[-1].isoformat(), desk.locale.span(days[0], days[-1]))


def _thread_entry(desk: Desk, thread: Thread, root: str) -> EntryPart:
    """Return a thread with its days and its number of stories."""
    stories = _stories(desk, thread)
    note = desk.count("count.stories", len(stories))
    days = _thread_days(desk, stories)
    return EntryPart(root + desk.thread_path(thread.id), _thread_line(desk, thread), "", days, note)


def _thread_line(desk: Desk, thread: Thread) -> Line:
    """Return the title of a thread, in the language of the story that has it as its headline."""
    for story in _stories(desk, thread):
        if story.headline.text == thread.title:
            return desk.headline(story)
    return Line(thread.title, "", "")


def _thread(desk: Desk, thread: Thread) -> Iterator[ThreadContext]:
    """Yield the page of one thread, its stories in order of time."""
    path = desk.thread_path(thread.id)
    stories = _stories(desk, thread)
    yield ThreadContext(
        site=desk.site,
        page=replace(
            desk.frame(path, thread.title, section="threads/index.html"),
            linked=listed(desk, path, thread.title, stories),
            feed="./",
        ),
        headline=_thread_line(desk, thread),
        counts=desk.count("count.stories", len(stories)),
        days=_thread_days(desk, stories).text,
        stories=tuple(story_part(desk, story, urls.root(path)) for story in stories),
        strip=charts.strip(desk.words, [story.first.day for story in stories if story.first]),
    )


def redirect(desk: Desk, path: str, target: str, title: str, kind: Moved = "page") -> RedirectContext:
    """Return a page that leads from one address of the site to another, and says what stood there."""
    link = Link(title, urls.root(path) + target)
    frame = desk.frame(path, title, found=False)
    return RedirectContext(site=desk.site, page=frame, heading=desk.say(f"redirect.{kind}"), target=link)
