"""The pages of a site one after the other: made, read by the gate, laid, and no more held but as notes.

What was made of a draft is remembered: of which subject, what it asked of the desk's tables and what it was
answered, the articles that its pages cite, and the notes of its pages. Where all of that is as it was, and the pages
stand as they were left, none of them is made again. See ``drafts.py``, which does the same within a running process.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache, lru_cache, partial
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeAlias

from generator import __version__
from generator.config import Config
from generator.model import Digest, Note, Page
from generator.publishing.drafts import Draft, Sheet, one_by_one
from generator.publishing.feeds import sitemap
from generator.publishing.gate import Gate, Read
from generator.publishing.made import Made, Place, Share
from generator.publishing.pages.frame import Desk
from generator.publishing.press import Press, template_files
from generator.publishing.recalled import Memory, Recalled
from generator.publishing.render import MAKERS
from generator.publishing.seals import Seals
from generator.publishing.tables import ALL, Question

_RUN = 500
"""Sheets that are looked up, and remembered, at a time."""
_SPREAD_FROM = 400
"""Drafts of what is searched from which other processes pay for being told all."""
_KEPT = 8_000
"""Articles, stories and people up to which what lists show of each is made but once."""
_SOUGHT = frozenset({"stories", "threads", "outlets", "people"})
"""The makers of what is searched: their pages come first, so that an index of them is made while the others are. Articles
are searched too where their pages hold all of their text."""


class Ground(Protocol):
    """Where pages are laid."""

    def put(self, page: Page, digest: bytes) -> None:
        """Lay a page; ``digest`` is the SHA-256 of its bytes."""

    def took(self, note: Note) -> None:
        """Take a page that another process has laid there."""

    def stands(self, note: Note) -> bool:
        """Return whether a page of which only a note is held stands there from an earlier build."""

    def keep(self, note: Note) -> None:
        """Keep one that does."""


Spread: TypeAlias = Callable[[Sequence[Place], Mapping[str, bytes]], AbstractContextManager[Iterator[Share]]]
"""Has other processes make and lay the drafts of some places, with these templates; the shares come in order."""


class _Missing(NamedTuple):
    """A draft that is to be made."""

    place: Place
    key: str
    draft: Draft[Any]


class Edition:
    """All pages of a digest, as far as they are laid. ``code`` tells which code makes them.

    ``templates`` are compiled ones that are at hand. Raises TemplateError as ``render_pages`` does.
    """

    def __init__(
        self,
        digest: Digest,
        config: Config,
        ground: Ground,
        code: str,
        templates: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        files = template_files(config.templates)
        self.notes: dict[str, Note] = {}
        """Of all pages that are laid, by path."""
        self.keys: list[str] = []
        """Of what is remembered of this edition."""
        self._config, self._ground = config, ground
        self._seals = Seals()
        self._recalled = Recalled(_KEPT, self._seals)
        self._desk = desk = Desk(digest, config, self._recalled)
        self._press = Press(config.templates, config.site)
        self._press.compiled.update(templates)
        self._gate = Gate(digest, config.site.base_url)
        self._articles = {article.id: article for article in digest.articles}
        self._basis = self._seals.of(code, __version__, config.site, config.reading, self._desk.site, files)
        self._answer = lru_cache(1 << 16)(partial(_answered, desk, self._seals))
        self._sheets_of = cache(lambda maker: tuple(one_by_one(MAKERS[maker](desk, config))))
        self._found: list[str] = []
        self._sought = _SOUGHT | {"articles"} if config.site.text == "full" else _SOUGHT

    def lay(
        self, memory: Memory, spread: Spread | None = None, ready: Callable[[], object] = lambda: None
    ) -> None:
        """Lay all pages.

        ``spread`` is asked where that pays; ``ready`` is called when the pages that the shipped templates let be found are laid.
        """
        with self._templates(memory), self._recalled.by(memory, self._basis):
            self._lay(memory, spread, ready)
        self.keys += self._recalled.keys
        self._take(self._make(Draft(sitemap, "", tuple(self._found))))

    def _lay(self, memory: Memory, spread: Spread | None, ready: Callable[[], object]) -> None:
        """Lay all pages but the list of those that search engines may list."""
        for page in self._press.pages:
            self._take(self._make(page))
        first, rest = _parted(self._missing(memory), self._sought)
        elsewhere = self._shares(spread, (*first, *rest)) if spread and len(first) > _SPREAD_FROM else None
        with elsewhere or nullcontext() as shares:
            made = self._received(shares) if shares else map(self._made, (*first, *rest))
            self._add(first, islice(made, len(first)), memory)
            ready()
            self._add(rest, made, memory)

    def _shares(self, spread: Spread, missing: Iterable[_Missing]) -> AbstractContextManager[Iterator[Share]]:
        """Have other processes make what is missing."""
        self._press.compile()
        return spread([one.place for one in missing], self._press.compiled)

    @contextmanager
    def _templates(self, memory: Memory) -> Iterator[None]:
        """Take the templates that are remembered, and remember those that were compiled."""
        key, compiled = self._seals.of(self._basis, "templates").hex(), self._press.compiled
        known = memory.recall([key]).get(key)
        if isinstance(known, dict):
            compiled.update(known)
        yield
        if compiled != known:
            memory.add({key: compiled})
        self.keys.append(key)

    def make(self, places: Iterable[Place]) -> Share:
        """Make and lay the pages of some drafts for another process."""
        made = tuple(self._make(self._sheets_of(place.maker)[place.number]) for place in places)
        return Share(made, self._gate.found())

    def judge(self, data: Callable[[str], bytes]) -> None:
        """Raise SiteError when anything that is laid must not be published; ``data`` gives the bytes of a page."""
        self._gate.judge(self.notes.keys(), data)

    def _missing(self, memory: Memory) -> Iterator[_Missing]:
        """Lay what is no draft, keep what stands, and yield the drafts that are to be made."""
        for maker, make in MAKERS.items():
            sheets = enumerate(one_by_one(make(self._desk, self._config)))
            while run := [(Place(maker, number), one) for number, one in islice(sheets, _RUN)]:
                yield from self._keep(run, memory)

    def _made(self, one: _Missing) -> Made:
        return self._make(one.draft)

    def _keep(self, run: Iterable[tuple[Place, Sheet]], memory: Memory) -> list[_Missing]:
        """Lay what is no draft, keep the pages of drafts that stand, and return the others."""
        drafts = [_Missing(place, self._key(one), one) for place, one in run if isinstance(one, Draft)]
        for _, sheet in run:
            if not isinstance(sheet, Draft):
                self._take(self._make(sheet))
        known, missing = memory.recall([one.key for one in drafts]), list[_Missing]()
        for one in drafts:
            row = known.get(one.key)
            if not isinstance(row, tuple) or not self._stands(made := Made.of_row(row), one.draft):
                missing.append(one)
                continue
            for note in made.notes:
                self._ground.keep(note)
            self.keys.append(one.key)
            self._take(made)
        return missing

    def _received(self, shares: Iterable[Share]) -> Iterator[Made]:
        """Take what others have made."""
        for share in shares:
            self._gate.hold(share.problems)
            for made in share.made:
                for note in made.notes:
                    self._ground.took(note)
                yield made

    def _add(self, missing: Iterable[_Missing], made: Iterable[Made], memory: Memory) -> None:
        """Take what was made, and remember it unless it was made of the digest as a whole, or something is wrong."""
        pairs = zip(missing, made, strict=True)
        while run := list(islice(pairs, _RUN)):
            fresh = {one.key: made.row() for one, made in run if self._gate.sound and ALL not in made.asked}
            memory.add(fresh)
            self.keys += fresh
            for _, one in run:
                self._take(one)

    def _take(self, made: Made) -> None:
        """Take what was made, or stands."""
        self._gate.take(made.notes, made.targets, made.places)
        self.notes.update((note.path, note) for note in made.notes)
        self._found += made.found

    def _key(self, draft: Draft[Any]) -> str:
        """Return what a draft is remembered by."""
        return self._seals.of(self._basis, draft.make.__module__, draft.make.__qualname__, draft.name).hex()

    def _stands(self, made: Made, draft: Draft[Any]) -> bool:
        """Return whether a draft would give what was made of it then, and that stands as it was left."""
        if self._of(draft, made.asked, made.cites) != made.of:
            return False
        return all(map(self._ground.stands, made.notes))

    def _of(self, draft: Draft[Any], asked: Iterable[Question], cites: Iterable[str]) -> bytes:
        """Return the digest of what a draft is made of: its subject, the answers, and the articles that it cites."""
        answers = "".join(map(self._answer, asked))
        return self._seals.of(draft.subject, answers, tuple(map(self._articles.get, cites)))

    def _make(self, one: Sheet) -> Made:
        """Make the pages of a sheet, read and lay them."""
        pages, found = list[Read](), list[str]()
        with self._desk.questions.noted() as asked:
            for sheet in self._sheets(one):
                page = sheet if isinstance(sheet, Page) else self._press.page(sheet)
                read = self._gate.read(page)
                self._ground.put(page, read.note.digest)
                pages.append(read)
                if not isinstance(sheet, Page) and sheet.page.found:
                    found.append(page.path)
        questions = tuple(sorted(asked))
        cites = tuple(sorted({id_.decode() for read in pages for id_ in read.cites}))
        of = self._of(one, questions, cites) if isinstance(one, Draft) and ALL not in asked else b""
        targets = b"".join(sorted(set().union(*(read.targets for read in pages))))
        places = b"".join(sorted(set().union(*(read.places for read in pages))))
        return Made(of, questions, tuple(read.note for read in pages), tuple(found), cites, targets, places)

    def _sheets(self, one: Sheet) -> Iterator[Any]:
        """Yield the contexts and pages that a sheet comes to."""
        if isinstance(one, Draft):
            for sheet in one.make(self._desk, one.subject):
                yield from self._sheets(sheet)
        else:
            yield one


def _parted(missing: Iterable[_Missing], sought: AbstractSet[str]) -> tuple[list[_Missing], list[_Missing]]:
    """Return the drafts of the makers of what is searched, and the others: those of one subject, which is opened for them, in a row."""
    subjects: dict[int, list[_Missing]] = defaultdict(list)
    for one in missing:
        subjects[id(one.draft.subject)].append(one)
    first, rest = list[_Missing](), list[_Missing]()
    for one in chain.from_iterable(subjects.values()):
        (first if one.place.maker in sought else rest).append(one)
    return first, rest


def _answered(desk: Desk, seals: Seals, question: Question) -> str:
    """Return the digest of what the desk answers to a question."""
    name, key = question
    return seals.of(question, dict.get(desk.tables.get(name, {}), key)).hex()
