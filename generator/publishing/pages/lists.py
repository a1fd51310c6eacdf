"""Outlets, people and threads: a page of all, and a page of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

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
from generator.publishing.drafts import Draft, Each
from generator.publishing.linked import listed
from generator.publishing.listing import letter
from generator.publishing.marks import Citer
from generator.publishing.outlets import Outlet
from generator.publishing.pages.frame import Desk, cut_into_pages, former_homes, numbered, page_links
from generator.publishing.pages.front import story_part
from generator.publishing.pages.letters import by_letter, first_pages, letter_links
from generator.publishing.parts import Day, EntryPart, Line, Link, UtterancePart

_SIZE = 150
"""Entries of one page of a list."""
_UTTERANCES = 60
"""Quotes on one page of a person."""
_ORIGINS = 6
_OUTLETS, _PEOPLE = "outlets/index.html", "people/index.html"
_Run: TypeAlias = tuple[int, int, tuple[Outlet, ...]]
"""A page of the list of outlets: its number from 1, how many there are, what stands on it."""
Moved = Literal["report", "thread", "page"]


class _People(NamedTuple):
    """A page of the list of people."""

    name: str
    number: int
    """From 1."""
    last: int
    """How many there are."""
    letters: tuple[tuple[str, int], ...]
    """The page of each letter."""
    people: tuple[Person, ...]


def outlets(desk: Desk) -> Iterator[Draft[_Run] | Each[Outlet]]:
    """Yield the list of outlets and the page of each."""
    runs = cut_into_pages(desk.outlets, _SIZE)
    for number, run in enumerate(runs, 1):
        yield Draft(_outlets, str(number), (number, len(runs), tuple(run)))
    yield Each(_outlet, desk.outlets, "path")


def _outlets(desk: Desk, run: _Run) -> Iterator[OutletsContext]:
    """Yield one page of the list of outlets."""
    number, last, some = run
    here = numbered(_OUTLETS, number)
    yield OutletsContext(
        site=desk.site,
        page=desk.frame(here, desk.say("nav.outlets"), section=_OUTLETS),
        outlets=tuple(_outlet_entry(desk, outlet, urls.root(here)) for outlet in some),
        pages=page_links(_OUTLETS, number, last),
    )


def _outlet_entry(desk: Desk, outlet: Outlet, root: str) -> EntryPart:
    """Return an outlet with its number of articles and its latest date."""
    name = Line(outlet.name or desk.say("state.no_outlet"), "", "")
    note = desk.count("count.articles", len(outlet.articles))
    return EntryPart(root + outlet.path, name, "", desk.day(outlet.articles[0].date), note)


def _outlet(desk: Desk, outlet: Outlet) -> Iterator[OutletContext]:
    """Yield the pages of one outlet."""
    origins = dict.fromkeys(article.origin for article in outlet.articles if article.origin)
    named = ", ".join(list(origins)[:_ORIGINS])
    name = outlet.name or desk.say("state.no_outlet")
    runs = cut_into_pages(outlet.articles, _SIZE)
    for number, run in enumerate(runs, 1):
        path = numbered(outlet.path, number)
        yield OutletContext(
            site=desk.site,
            page=desk.frame(path, name, section=_OUTLETS)._replace(
                feed=("../" if number > 1 else "./") if outlet.name else "",
            ),
            name=name,
            counts=desk.count("count.articles", len(outlet.articles)),
            origins=desk.say("outlet.origins", origins=named) if named else "",
            articles=tuple(desk.article_entry(article, urls.root(path)) for article in run),
            pages=page_links(outlet.path, number, len(runs)),
        )


def people(desk: Desk) -> Iterator[Each[_People] | Each[Person]]:
    """Yield the list of people quoted and the page of each; nothing when nobody is."""
    everybody = desk.digest.people
    order = desk.whole(_in_order, desk.once_each(_filed, everybody))
    yield Each(_people, desk.whole(_people_runs, order, everybody), "name")
    yield Each(_person, desk.whole(_ordered, order, everybody), "slug")


def _in_order(filed: Sequence[tuple[str, str, str]]) -> list[tuple[int, str]]:
    """Return where each person stands among all, and under which letter, by name."""
    return [(place, filed[place][0]) for place in sorted(range(len(filed)), key=filed.__getitem__)]


def _ordered(order: Sequence[tuple[int, str]], people: Sequence[Person]) -> list[Person]:
    """Return people by name."""
    return [people[place] for place, _ in order]


def _people_runs(order: Sequence[tuple[int, str]], people: Sequence[Person]) -> list[_People]:
    """Return the pages of the list of people; none when nobody is quoted."""
    runs = cut_into_pages(order, _SIZE) if order else []
    letters = first_pages([one for _, one in run] for run in runs)
    return [
        _People(str(n), n, len(runs), letters, tuple(_ordered(run, people))) for n, run in enumerate(runs, 1)
    ]


def _filed(_: Desk, person: Person) -> tuple[str, str, str]:
    """Return what people are put in order by, the letter first."""
    return letter(person.name), person.name.casefold(), person.slug


def _people(desk: Desk, filed: _People) -> Iterator[PeopleContext]:
    """Yield one page of the list of people."""
    _, number, last, letters, run = filed
    here = numbered(_PEOPLE, number)
    yield PeopleContext(
        site=desk.site,
        page=desk.frame(here, desk.say("nav.people"), section=_PEOPLE),
        letters=letter_links(_PEOPLE, number, letters),
        people=by_letter(
            (letter(person.name), _person_entry(desk, person, urls.root(here))) for person in run
        ),
        pages=page_links(_PEOPLE, number, last),
    )


def _person_entry(desk: Desk, person: Person, root: str) -> EntryPart:
    """Return a person with the latest role and the number of quotes."""
    roles = [utterance.quote.role for utterance in person.utterances if utterance.quote.role]
    note = desk.count("count.quotes", len(person.utterances))
    latest = desk.listed[person.utterances[-1].story].entry
    return EntryPart(
        root + urls.person_path(person.slug),
        Line(person.name, "", ""),
        roles[-1] if roles else "",
        latest.day,
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
            page=desk.frame(path, person.name, section=_PEOPLE),
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


def threads(desk: Desk) -> Iterator[Draft[tuple[Thread, ...]] | Each[Thread]]:
    """Yield the list of threads, the page of each, and the addresses that lead to it; nothing without."""
    some = desk.digest.threads
    if some:
        yield Draft(_threads, "", some)
    yield Each(_thread, some)
    if desk.former_files:
        yield Each(_leading, some)


def _threads(desk: Desk, some: tuple[Thread, ...]) -> Iterator[ThreadsContext]:
    """Yield the list of threads."""
    yield ThreadsContext(
        site=desk.site,
        page=desk.frame("threads/index.html", desk.say("nav.threads"), section="threads/index.html"),
        threads=tuple(_thread_entry(desk, thread, "../") for thread in some),
    )


def _leading(desk: Desk, thread: Thread) -> Iterator[Context]:
    """Yield the addresses that lead to one thread."""
    home = desk.thread_path(thread.id)
    for path in former_homes(_stories(desk, thread), home):
        yield redirect(desk, path, home, thread.title, "thread")


def _stories(desk: Desk, thread: Thread) -> list[Story]:
    return [desk.stories[id_] for id_ in thread.stories]


def _thread_days(desk: Desk, thread: Thread) -> Day:
    """Return the days that a thread spans."""
    days = sorted(day for id_ in thread.stories for day in desk.listed[id_].days)
    if not days:
        return desk.day(None)
    return Day(days[-1].isoformat(), desk.locale.span(days[0], days[-1]))


def _thread_entry(desk: Desk, thread: Thread, root: str) -> EntryPart:
    """Return a thread with its days and its number of stories."""
    note = desk.count("count.stories", len(thread.stories))
    home = root + desk.thread_path(thread.id)
    return EntryPart(home, _thread_line(desk, thread), "", _thread_days(desk, thread), note)


def _thread_line(desk: Desk, thread: Thread) -> Line:
    """Return the title of a thread, in the language of the story that has it as its headline."""
    for id_ in thread.stories:
        if desk.listed[id_].headline == thread.title:
            return desk.listed[id_].entry.headline
    return Line(thread.title, "", "")


def _thread(desk: Desk, thread: Thread) -> Iterator[ThreadContext]:
    """Yield the page of one thread, its stories in order of time."""
    path = desk.thread_path(thread.id)
    stories = _stories(desk, thread)
    yield ThreadContext(
        site=desk.site,
        page=desk.frame(path, thread.title, section="threads/index.html")._replace(
            linked=listed(desk, path, thread.title, thread.stories),
            feed="./",
        ),
        headline=_thread_line(desk, thread),
        counts=desk.count("count.stories", len(stories)),
        days=_thread_days(desk, thread).text,
        stories=tuple(story_part(desk, story, urls.root(path)) for story in stories),
        strip=charts.strip(desk.words, [story.first.day for story in stories if story.first]),
    )


def redirect(desk: Desk, path: str, target: str, title: str, kind: Moved = "page") -> RedirectContext:
    """Return a page that leads from one address of the site to another, and says what stood there."""
    link = Link(title, urls.root(path) + target)
    frame = desk.frame(path, title, found=False)
    return RedirectContext(site=desk.site, page=frame, heading=desk.say(f"redirect.{kind}"), target=link)
