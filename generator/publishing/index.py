"""What the pages look up in a digest: who holds what, where it stands, which place cites which sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import compress
from operator import not_
from typing import Any, NamedTuple, TypeVar

from generator.config import Config
from generator.model import Article, Digest, Moment, Passage, Person, Story, Thread, Why
from generator.publishing import urls
from generator.publishing.catalogue import Words
from generator.publishing.kept import Kept
from generator.publishing.locale import direction
from generator.publishing.outlets import Outlet, Published, outlets, published
from generator.publishing.parts import Day, Line, Place
from generator.publishing.tables import ALL, Facts, Listed, Question, Questions, Table

Value = TypeVar("Value")

_NAME_CHARS = 36
"""Of a title that stands in for the name of an outlet."""

_UNSAID = Why()

Places = dict[int, list[tuple[Place, int]]]
"""Sentence index to the places that cite it, in reading order."""


def passages(story: Story) -> Iterator[tuple[Place, int, Passage]]:
    """Yield every passage that a story page cites: the place, its number from 1, the passage."""
    for number, extract in enumerate(story.extracts, 1):
        yield "brief", number, extract.passage
        for support in extract.support:
            yield "brief", number, support.passage
    for number, quote in enumerate(story.quotes, 1):
        yield "quote", number, quote.passage
        for variant in quote.variants:
            yield "quote", number, variant.passage
    for number, event in enumerate(story.timeline, 1):
        yield "timeline", number, event.passage
    if not story.single:
        yield from _compared(story)


def _compared(story: Story) -> Iterator[tuple[Place, int, Passage]]:
    """Yield the passages of the blocks that only stories in several reports have."""
    for number, difference in enumerate(story.differences, 1):
        for given in difference.given:
            yield "differs", number, given.passage
    for number, claim in enumerate(story.claims, 1):
        yield "claim", number, claim.passage
        for cell in claim.cells:
            if cell.passage:
                yield "claim", number, cell.passage
    for number, passage in enumerate(story.only, 1):
        yield "only", number, passage


def cited(story: Story) -> dict[str, Places]:
    """Return, by article, the sentences that the story's page cites and where."""
    found: dict[str, Places] = {article.id: {} for article in story.articles}
    ends = {article.id: article for article in story.articles}
    for place, number, passage in passages(story):
        last = max(passage.sentence, ends[passage.article].sentence_at(passage.span.end - 1))
        for sentence in range(max(passage.sentence, 0), last + 1):
            places = found[passage.article].setdefault(sentence, [])
            if (place, number) not in places:
                places.append((place, number))
    return found


class Named(NamedTuple):
    """An article as other pages name it."""

    outlet: str
    title: str
    path: str


class _Facts(NamedTuple):
    """What is looked up of the articles of a story, each by its id."""

    homes: Facts[str]
    sizes: Facts[int]
    names: Facts[Named]


class Index:
    """A digest with everything that its pages look up."""

    def __init__(self, digest: Digest, config: Config, kept: Kept | None = None) -> None:
        self._digest = digest
        self.questions = Questions()
        """What is asked of the tables; see ``drafts.py``."""
        self._kept = kept or Kept()
        self.settings = config.site
        self.words = Words(config.site.language)
        self.locale = self.words.locale
        self.dir = direction(config.site.language)
        stories, threads, people = digest.stories, digest.threads, digest.people
        self.tables: dict[str, Table[Any]] = {}
        self.stories: Table[Story] = self.table_of_each("stories", self.once_each(_own, stories))
        self._reasons: Table[Why] = self.table("reasons", digest.reasons.items())
        homes, sizes, names = self.whole(_by_kind, self.once_each(_facts, stories))
        self.story_of: Table[str] = self.table_of_each("story of", homes)
        """The story that each article stands in, by its id: a page that asks for more depends on all of it."""
        self.companions: Table[int] = self.table_of_each("companions", sizes)
        """How many articles stand in the story of each, itself counted."""
        self.named: Table[Named] = self.table_of_each("named", names)
        self.threads: Table[Thread] = self.table("threads", ((thread.id, thread) for thread in threads))
        story = partial(dict.__getitem__, self.stories)
        begun = ((one.id, self.once(_thread_path, story(one.stories[0]))) for one in threads)
        self._thread_paths: Table[str] = self.table("thread paths", begun)
        self._person_paths: Table[str] = self.table_of_each("people", self.once_each(_person_path, people))
        self._outlets = self.whole(outlets, self.once_each(_published, digest.articles))
        single = self.once_each(_is_single, stories)
        self.alone = tuple(compress(stories, single))
        """The stories that one article alone tells."""
        self.several = tuple(compress(stories, map(not_, single)))
        """All others."""

    def table(self, name: str, facts: Iterable[tuple[str, Value]]) -> Table[Value]:
        """Return a table that notes what it is asked."""
        self.tables[name] = made = Table(name, self.questions, facts)
        return made

    def table_of_each(self, name: str, facts: Sequence[Facts[Value]]) -> Table[Value]:
        """Return a table of the facts of many things, of which the last edition's may be taken over."""
        self.tables[name] = made = Table.of_each(name, self.questions, facts, self._kept.tables.get(name))
        self._kept.tables[name] = Listed(facts, made)
        return made

    def moved(self, before: Mapping[str, Table[Any]]) -> frozenset[Question]:
        """Return the questions that earlier tables answered otherwise; always the one for the whole digest."""
        tables = self.tables.items()
        return frozenset((ALL, *(one for name, table in tables for one in table.moved(before.get(name)))))

    def once(self, make: Callable[..., Value], thing: object, word: str = "") -> Value:
        """Return ``make(self, thing)``, which asks for nothing but words and settings; see ``kept.py``."""
        return self._kept.of(make, self, thing, word)

    def once_each(self, make: Callable[..., Value], things: Sequence[object]) -> Sequence[Value]:
        """Return ``once`` of each thing: the very same list as in the last edition while all are equal."""
        return self._kept.of_each(make, self, things)

    def remembered_each(self, make: Callable[..., Value], things: Sequence[object]) -> Sequence[Value]:
        """Return the same, where ``make`` opens what is packed: so its answers are remembered, too."""
        return self._kept.remembered_each(make, self, things)

    def whole(self, make: Callable[..., list[Value]], *given: object) -> Sequence[Value]:
        """Return the list ``make(*given)``, which asks for nothing else: the very same one while that is equal."""
        return self._kept.whole(make, *given)

    @property
    def digest(self) -> Digest:
        """The digest as a whole: what is made of it is made anew each time."""
        self.questions.note(ALL)
        return self._digest

    @property
    def outlets(self) -> Sequence[Outlet]:
        """All outlets by name; as with the digest."""
        self.questions.note(ALL)
        return self._outlets

    def why(self, story: Story) -> Why:
        """Return why a story stands."""
        reasons: Why = self._reasons.get(story.id, _UNSAID)
        return reasons

    def person_path(self, name: str) -> str:
        """Return the page of somebody quoted; empty when there is none of that name."""
        return str(self._person_paths.get(name, ""))

    def thread_path(self, id_: str) -> str:
        """Return the page of a thread; empty for no thread."""
        return str(self._thread_paths.get(id_, ""))

    def outlet(self, article: Article) -> str:
        """Return the name of an article's outlet, or words that say it is not given."""
        return article.meta.outlet or self.words.say("state.no_outlet")

    def source_name(self, article: Article) -> str:
        """Return the name of an article's outlet; where none is given, the beginning of its title."""
        if article.meta.outlet:
            return article.meta.outlet
        title = self.title(article).text
        short = (
            title
            if len(title) <= _NAME_CHARS
            else f"{title[:_NAME_CHARS].rpartition(' ')[0] or title[:_NAME_CHARS]}…"
        )
        return self.words.say("quote.open") + short + self.words.say("quote.close")

    def day(self, moment: Moment | None) -> Day:
        """Return a date in both its forms, or "date not given"."""
        if moment is None:
            return Day("", self.words.say("state.no_date"))
        return Day(moment.iso, self.locale.day(moment.day))

    def days(self, story: Story) -> Day:
        """Return the days over which a story was reported."""
        if story.first is None or story.last is None:
            return self.day(story.first or story.last)
        return Day(story.last.day.isoformat(), self.locale.span(story.first.day, story.last.day))

    def tongue(self, lang: str) -> tuple[str, str]:
        """Return the ``lang`` and ``dir`` that words need on a page of this site."""
        if not lang:
            return "", "auto"
        if lang == self.words.lang:
            return "", ""
        return lang, "" if direction(lang) == self.dir else direction(lang)

    def line(self, text: str, lang: str) -> Line:
        """Return a title in the language of its article."""
        return Line(text, *self.tongue(lang))

    def headline(self, story: Story) -> Line:
        """Return the headline of a story; a user's own words are in the site's language."""
        if story.headline.kind == "override":
            return Line(story.headline.text, "", "")
        return self.line(story.headline.text, self.lang(story, story.headline.article))

    def title(self, article: Article) -> Line:
        """Return the title of an article, else its first sentence, else words that say it has none."""
        if article.meta.title:
            return self.line(article.meta.title, article.meta.lang)
        if article.sentences:
            return self.line(article.shown(article.sentences[0]), article.meta.lang)
        return Line(self.words.say("state.no_title"), "", "")

    def lang(self, story: Story, article: str) -> str:
        """Return the language of a member of a story; empty when it is none of them."""
        return next((member.meta.lang for member in story.articles if member.id == article), "")


def _own(_: Index, story: Story) -> Facts[Story]:
    """Return a story by its id."""
    return ((story.id, story),)


def _facts(index: Index, story: Story) -> _Facts:
    """Return what is looked up of the articles of a story."""
    articles = story.articles
    return _Facts(
        tuple((article.id, story.id) for article in articles),
        tuple((article.id, len(articles)) for article in articles),
        tuple((a.id, Named(index.outlet(a), index.title(a).text, urls.article_path(a))) for a in articles),
    )


def _thread_path(_: Index, story: Story) -> str:
    """Return the path of a thread that a story begins."""
    return urls.thread_path(story)


def _person_path(_: Index, person: Person) -> Facts[str]:
    """Return the page of somebody quoted, by the name."""
    return ((person.name, urls.person_path(person.slug)),)


def _by_kind(facts: Sequence[_Facts]) -> list[Sequence[Facts[Any]]]:
    """Return what is looked up of articles, each kind by itself."""
    return [[one.homes for one in facts], [one.sizes for one in facts], [one.names for one in facts]]


def _published(index: Index, article: Article) -> Published:
    """Return an article as the pages of outlets show it."""
    return published(article, index.title(article))


def _is_single(_: Index, story: Story) -> bool:
    """Tell whether one article alone tells a story."""
    return story.single
