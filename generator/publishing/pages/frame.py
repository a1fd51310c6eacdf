"""What all pages share: the frame, entries of lists, lists cut into pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import islice
from operator import itemgetter
from typing import TypeVar

from generator.config import Config
from generator.model import Article, Digest, Story
from generator.publishing import urls
from generator.publishing.index import Index
from generator.publishing.kept import Kept
from generator.publishing.listing import Listed, listed
from generator.publishing.outlets import Published
from generator.publishing.parts import EntryPart, Link, PageFrame, SiteFrame
from generator.publishing.tables import ALL, Facts, Table

SEPARATOR = "\u00a0· "
"""Between facts; the blank that does not break keeps it from beginning a line."""
_AUDIT_CHARS = 70_000
"""Length of a page of the audit, roughly."""
CARD = "card.png"
"""Name of a preview picture: the site's, and in the folder of a story its own."""
FORMER_ARTICLES = 5_000
"""Articles up to which addresses that stories and threads had before keep files of their own: some 30,000."""
_ALL_PAGES, _AROUND, _STEPS = 20, 3, 3
"""Pages of a list up to which each links to all others; where there are more, those linked on each side, and the
steps in which what lies beyond them is linked."""
_PICTURES = 40
"""Stories that have a picture of their own: each costs some 15 ms and 20 kB."""
Item = TypeVar("Item")


class Desk(Index):
    """An index that also lays out what all pages share."""

    def __init__(self, digest: Digest, config: Config, kept: Kept | None = None) -> None:
        super().__init__(digest, config, kept)
        self.say, self.count = self.words.say, self.words.count
        self.audit_runs = self.whole(_audit_runs, self.once_each(_audit_place, digest.stories))
        """The ids of the stories of each page of the audit, cut by the length that they will have."""
        self.audit_number: Table[int] = self.table_of_each(
            "audit", self.whole(_audit_numbers, self.audit_runs)
        )
        """The page of the audit, from 1, that each story stands on."""
        few = len(digest.articles) <= FORMER_ARTICLES
        self.former_files = config.site.former == "files" or (config.site.former == "auto" and few)
        """Whether addresses that stories and threads may have had before have files; else ``404.html`` leads on."""
        self._listing = self.once_each(_listed, digest.stories)
        self.listed: Table[Listed] = self.table_of_each("listed", self._listing)
        """What lists show of a story: a page that asks for no more is the same while that is."""
        told = islice(self.whole(_told, self._listing), _PICTURES)
        self.pictured: Table[bool] = self.table("pictured", ((id_, True) for id_ in told))
        """The leading stories of several reports: those that have a preview picture of their own."""

    @property
    def listing(self) -> Sequence[Facts[Listed]]:
        """What lists show of all stories, each by its id, the very same list while none differs; as with the digest."""
        self.questions.note(ALL)
        return self._listing

    @cached_property
    def site(self) -> SiteFrame:
        """What is the same on every page."""
        settings = self.settings
        nav = tuple((path, self.say(f"nav.{name}")) for name, path in self._sections())
        description = settings.description or self.say("base.description", site=settings.title)
        return SiteFrame(settings.title, description, settings.language, self.dir, nav)

    def _sections(self) -> Iterator[tuple[str, str]]:
        """Yield the name and path of each link in the head; empty sections have none."""
        yield "front", "index.html"
        yield "archive", "archive/index.html"
        if self._digest.threads:
            yield "threads", "threads/index.html"
        yield "outlets", "outlets/index.html"
        if self._digest.people:
            yield "people", "people/index.html"
        if self.settings.search:
            yield "search", "search/index.html"
        yield "about", "about/index.html"

    def totals(self) -> str:
        """Return "41 articles · 12 outlets · 9 stories · 6 single reports"; what is nought is left out."""
        singles = len(self.digest.stories) - len(self.several)
        numbers = {
            "count.articles": len(self.digest.articles),
            "count.outlets": sum(bool(outlet.name) for outlet in self.outlets),
            "count.stories": len(self.several),
            "count.singles": singles,
        }
        return facts(self.count(key, number) for key, number in numbers.items() if number)

    def frame(
        self, path: str, title: str = "", description: str = "", section: str = "", *, found: bool = True
    ) -> PageFrame:
        """Return what a page says of itself; without a title it bears the site's."""
        site = self.settings.title
        return PageFrame(
            path,
            urls.root(path),
            f"{title} · {site}" if title else site,
            description or self.site.description,
            urls.absolute(self.settings.base_url, path),
            section,
            found,
            title or site,
            urls.absolute(self.settings.base_url, CARD),
        )

    def story_frame(self, story: Story, description: str, linked: Mapping[str, object]) -> PageFrame:
        """Return what the page of a story says of itself."""
        path = urls.story_path(story)
        frame = self.frame(path, story.headline.text, description, found=not story.hidden)
        own = self.pictured.get(story.id) and frame.canonical
        return frame._replace(linked=linked, image=frame.canonical + CARD if own else frame.image)

    def entry(self, story: Story, root: str) -> EntryPart:
        """Return a story as an entry of a list."""
        return self.once(_entry, story, root)

    def other(self, id_: str, root: str) -> EntryPart:
        """Return a story of the site as an entry, for a page that is not made again while the entry is the same."""
        entry = self.listed[id_].entry
        return entry._replace(href=root + entry.href)

    def article_entry(self, article: Published, root: str) -> EntryPart:
        """Return an article as an entry of a list, with the story that it stands in."""
        number = self.companions[article.id]
        many = self.count("count.articles", number)
        note = "" if number == 1 else self.say("outlet.one_of", articles=many)
        return EntryPart(root + article.path, article.title, "", self.day(article.date), note)

    def outlet_names(self, story: Story) -> list[str]:
        """Return the outlets of a story, each once, in the order of its articles."""
        return list(dict.fromkeys(map(self.outlet, story.articles)))


def _listed(desk: Desk, story: Story) -> Facts[Listed]:
    """Return what lists show of a story, by its id."""
    return ((story.id, listed(story, desk.entry(story, ""))),)


def visible(listing: Iterable[Facts[Listed]]) -> Iterator[tuple[str, Listed]]:
    """Yield the stories that an editor has not hidden, each with its id."""
    return ((id_, one) for ((id_, one),) in listing if not one.hidden)


def _told(listing: Sequence[Facts[Listed]]) -> list[str]:
    """Return the ids of stories of several reports."""
    return [id_ for id_, one in visible(listing) if not one.single]


def _entry(desk: Desk, story: Story, root: str = "") -> EntryPart:
    notes = [] if story.single else [desk.count("count.articles", len(story.articles))]
    if story.headline.kind == "first sentence":
        notes.append(desk.say("state.first_sentence"))
    names = desk.outlet_names(story)
    shown = SEPARATOR.join(map(isolated, names[:3])) + (f" +{len(names) - 3}" if len(names) > 3 else "")
    href = root + urls.story_path(story)
    return EntryPart(href, desk.headline(story), shown, desk.days(story), SEPARATOR.join(notes))


def facts(some: Iterable[str]) -> str:
    """Return short facts in a line that breaks between them only."""
    return SEPARATOR.join(fact.replace(" ", "\u00a0") for fact in some)


def isolated(name: str) -> str:
    """Return a name that does not turn what stands beside it, whichever way it is written."""
    return name if name.isascii() else f"\u2068{name}\u2069"


def numbered(path: str, number: int) -> str:
    """Return the path of the ``number``-th page of a list: ``people/2/index.html``."""
    return path if number == 1 else f"{urls.folder(path)}{number}/index.html"


def page_links(path: str, here: int, last: int) -> tuple[Link, ...]:
    """Return links to the pages of a list; the page itself has none. Nothing when there is but one.

    Of many pages those around this one, and some in equal steps from there to the first and to the last: any page is
    a few clicks away, where all links of all pages would take the square of their number.
    """
    if last < 2:
        return ()
    root = urls.root(numbered(path, here))
    low, high = max(1, here - _AROUND), min(last, here + _AROUND)
    steps = {
        far
        for k in range(_STEPS)
        for far in (1 + (low - 1) * k // _STEPS, last - (last - high) * k // _STEPS)
    }
    shown = range(1, last + 1) if last <= _ALL_PAGES else sorted(steps.union(range(low, high + 1)))
    return tuple(Link(str(n), "" if n == here else root + numbered(path, n)) for n in shown)


def cut_into_pages(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Return items in runs of ``size``; one empty run when there are none."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [()]


def former_homes(stories: Iterable[Story], home: str) -> list[str]:
    """Return the addresses that the thread of these stories may have had before earlier ones came."""
    paths = (urls.member_thread_path(article) for story in stories for article in story.articles)
    return [path for path in paths if path != home]


def _audit_runs(places: Sequence[tuple[str, int, int]]) -> list[tuple[str, ...]]:
    """Return the ids of stories in runs of about the length of a page; ``places`` has id, length and number of each.

    A large audit has twice, four times, … as many pages as a small one, and a story's own id says which is
    its: so that the page of a story, to which its pages link, seldom changes when others come and go.
    """
    total = sum(map(itemgetter(1), places))
    if total <= _AUDIT_CHARS:
        return [tuple(map(itemgetter(0), places))]
    count = 2
    while total > count * _AUDIT_CHARS * 0.6:
        count *= 2
    runs: list[list[str]] = [[] for _ in range(count)]
    for id_, _, number in places:
        runs[number % count].append(id_)
    return [tuple(run) for run in runs if run]


def _audit_numbers(runs: Sequence[tuple[str, ...]]) -> list[Facts[int]]:
    """Return the page of the audit, from 1, that each story stands on."""
    return [tuple((id_, number) for id_ in run) for number, run in enumerate(runs, 1)]


def _audit_place(_: Desk, story: Story) -> tuple[str, int, int]:
    """Return the id of a story, how long it is in the audit, roughly, in characters, and a number made of its id."""
    number = int.from_bytes(sha256(story.id.encode()).digest()[:4])
    return story.id, sum(map(_audit_length, story.articles)), number


def _audit_length(article: Article) -> int:
    """Return roughly how long an article is in the audit, in characters."""
    return 700 + sum(100 + min(cut.span.end - cut.span.start, 600) for cut in article.cut)
