"""What was printed last: drafts of which nothing has changed are not printed again.

What is made anew is often the same: a page that lists many stories shows little of each. So the contexts of
such pages are kept, and only those that differ are printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from generator.model import Digest, Moved, Page
from generator.publishing.contexts import Context
from generator.publishing.drafts import Draft, Each, Name
from generator.publishing.kept import Kept
from generator.publishing.quires import Printed, Quires
from generator.publishing.tables import Question, Table
from generator.turned import exchanged, parted, turned

if TYPE_CHECKING:
    from generator.publishing.pages.frame import Desk
    from generator.publishing.press import Press

Named = TypeVar("Named", bound=Any)


class Plates:
    """The memory of a running process."""

    def __init__(self) -> None:
        self._press: tuple[object, Any] = (None, None)
        self._kept: tuple[object, Kept] = (None, Kept())
        self._basis: object = None
        self._whole = False
        """Whether an edition of that basis has come to its end."""
        self._origins: Mapping[str, Name] | None = {}
        """By path: of what the pages of the last whole edition were printed; None until somebody asks."""
        self._digest: Digest | None = None
        self._tables: Mapping[str, Table[Any]] = {}
        self._asked: frozenset[Question] = frozenset()
        """The questions that this edition answers otherwise than the last."""
        self._old: dict[Callable[..., object], dict[str, Printed]] = {}
        self._new: defaultdict[Callable[..., object], dict[str, Printed]] = defaultdict(dict)
        """What was printed of drafts, by their function and name."""
        self._quires: dict[Callable[..., object], Quires] = {}
        """The same of drafts for many subjects, where that is whole."""
        self._fresh: dict[Callable[..., object], Quires] = {}
        """Those of this edition."""
        self._sheets: dict[str, tuple[Context, Page]] = {}
        self._stacks: Sequence[Sequence[Printed]] = ()
        self._places: Mapping[str, int] = {}
        self.pages: tuple[Page, ...] = ()
        """All of the last edition, by path."""
        self.moved = Moved((), {}, frozenset())
        """How they differ from those of the edition before."""

    def press(self, basis: object, make: Callable[[], Press]) -> Press:
        """Return the press of the last edition if it was made of the same, else a new one."""
        if basis != self._press[0]:
            self._press = basis, make()
        press: Press = self._press[1]
        return press

    def kept(self, basis: object, digest: Digest) -> Kept:
        """Return what was made of the articles, stories and people of a digest under the same settings."""
        if basis != self._kept[0]:
            self._kept = basis, Kept()
        self._kept[1].hold((*digest.articles, *digest.stories, *digest.people))
        return self._kept[1]

    def settled(self, digest: Digest) -> Digest:
        """Return a digest with the very objects of the last one, where they are equal: quick to compare."""
        if digest is not self._digest:
            self._digest = _settled(digest, self._digest) if self._digest else digest
        return self._digest

    def begin(self, basis: object, desk: Desk) -> bool:
        """Start an edition; return whether there is a whole one to make it of.

        ``basis`` is all that every page depends on: when it differs, nothing is kept.
        """
        same = basis == self._basis
        if self._whole and not same:
            self._origins = self._traced(self._new)
        self._whole = self._whole and same
        self._old, self._new = (self._new if same else {}), defaultdict(dict)
        self._quires, self._fresh = (self._fresh if same else {}), {}
        self._sheets = self._sheets if same else {}
        self._basis = basis
        self._asked, self._tables = desk.moved(self._tables), desk.tables
        return self._whole

    def origins(self, paths: Iterable[str]) -> AbstractSet[Name]:
        """Return the names of the sheets that these pages come from, as far as they are known; before any is printed."""
        if self._origins is None:
            self._origins = self._traced(self._old)
        return {self._origins[path] for path in paths if path in self._origins}

    def _traced(self, printed: Mapping[Callable[..., object], Mapping[str, Printed]]) -> Mapping[str, Name]:
        """Return of what the pages of an edition were printed, by path."""
        drafts = (((make, name), one) for make, some in printed.items() for name, one in some.items())
        of_drafts = ((page.path, name) for name, one in drafts for page in one.pages)
        return {**{path: path for path in self._sheets}, **dict(of_drafts)}

    def has(self, page: Page) -> bool:
        """Return whether the last edition had this very page."""
        place = self._places.get(page.path)
        return place is not None and self.pages[place] is page

    def bound(self, stacks: Sequence[Sequence[Printed]]) -> tuple[Page, ...]:
        """Return the pages of an edition by path, each of which is the ``same`` as long as nothing in it differs.

        Only what is not the very same as in the last edition is looked through.
        """
        gone, fresh = _parted(self._stacks, stacks)
        old = {page.path: page for printed in gone for page in printed.pages}
        pages = [page for printed in fresh for page in printed.pages]
        new = {page.path: page for page in pages}
        alone = len(new) == len(pages) and all(path not in self._places for path in new.keys() - old.keys())
        if self._stacks and alone:
            other = {path: page for path, page in new.items() if old.get(path) is not page}
            self._put(other, old.keys() - new.keys())
        else:
            self._sort([page for stack in stacks for printed in stack for page in printed.pages])
        self._stacks = stacks if len(self._places) == len(self.pages) else ()
        self._whole = True
        return self.pages

    def _put(self, fresh: Mapping[str, Page], gone: AbstractSet[str]) -> None:
        """Put these in the place of those with their paths, or between the others, and take some away."""
        before, pages = self.pages, list(self.pages)
        added = [path for path in fresh if path not in self._places]
        for path in fresh.keys() - added:
            pages[self._places[path]] = fresh[path]
        if added or gone:
            for place in sorted((self._places[path] for path in gone), reverse=True):
                del pages[place]
            pages = sorted([*pages, *map(fresh.__getitem__, added)], key=attrgetter("path"))
            self._places = {page.path: place for place, page in enumerate(pages)}
            self._forget(gone)
        self.moved, self.pages = Moved(before, fresh, frozenset(gone)), tuple(pages)

    def _sort(self, pages: Sequence[Page]) -> None:
        """Put pages in order, and look which are no longer those of their paths."""
        known = {page.path: page for page in self.pages}
        ordered = tuple(sorted(pages, key=attrgetter("path")))
        self._places = {page.path: place for place, page in enumerate(ordered)}
        fresh = {page.path: page for page in ordered if known.get(page.path) is not page}
        gone = frozenset(known.keys() - self._places.keys())
        self._forget(gone)
        self.moved, self.pages = Moved(self.pages, fresh, gone), ordered

    def _forget(self, gone: Iterable[str]) -> None:
        """Forget of what the pages at some paths were printed."""
        self._origins = None
        for path in gone:
            self._sheets.pop(path, None)

    def find(self, draft: Draft[Any]) -> Printed | None:
        """Return what was printed of a draft, if it would be printed so again."""
        make, name, subject = draft
        printed = self._new[make].get(name)  # it was asked for before its turn
        if printed is None:
            printed = self._old.get(make, {}).get(name)
            if printed is None or not self._asked.isdisjoint(printed.asked):
                return None
        if printed.subject is not subject and printed.subject != subject:
            return None
        self._new[make][name] = printed
        return printed

    def stale(self, each: Each[Any]) -> list[int] | None:
        """Return the places of drafts of which something may be printed otherwise than in the last edition.

        None where any may be.
        """
        quires = self._quires.get(each.make)
        return quires.stale(each.subjects, self._asked) if quires else None

    def put(self, each: Each[Any], places: Sequence[int], printed: Sequence[Printed]) -> Sequence[Printed]:
        """Put in what was printed of the drafts at stale places; return what is printed of all."""
        quires, known = self._quires[each.make], self._old.pop(each.make)
        for subject in quires.gone:
            known.pop(each.name_of(subject), None)
        known.update(zip(map(each.name_of, map(each.subjects.__getitem__, places)), printed, strict=True))
        quires.put(places, printed)
        self._new[each.make], self._fresh[each.make] = known, quires
        return quires.printed

    def put_all(self, each: Each[Any], printed: list[Printed]) -> None:
        """Put in what was printed of all drafts for many subjects."""
        self._new[each.make] = dict(zip(each.names(), printed, strict=True))
        self._fresh[each.make] = Quires(each.subjects, printed)

    def keep(self, draft: Draft[Any], printed: Printed) -> None:
        """Remember what was printed of a draft."""
        self._new[draft.make][draft.name] = printed

    def page(self, context: Context, press: Press) -> Page:
        """Return the page of a context: of one that lists many stories the last one, if it would be the same."""
        if not context.common:
            return self.same(press.page(context))
        path = context.page.path
        before = self._sheets.get(path)
        page = before[1] if before and before[0] == context else self.same(press.page(context))
        self._sheets[path] = context, page
        return page

    def same(self, page: Page) -> Page:
        """Return a page as the object that it was in the last edition if nothing in it differs: none is held twice."""
        place = self._places.get(page.path)
        return self.pages[place] if place is not None and self.pages[place] == page else page


def _parted(
    before: Sequence[Sequence[Printed]], now: Sequence[Sequence[Printed]]
) -> tuple[list[Printed], list[Printed]]:
    """Return what was printed before and is no more, and what was not."""
    gone, fresh = list[Printed](), list[Printed]()
    for old, new in zip_longest(before, now, fillvalue=()):
        were, came = parted(old, new)
        gone += were
        fresh += came
    return gone, fresh


def _settled(digest: Digest, before: Digest) -> Digest:
    """Return a digest made of the objects of an earlier one, as far as they are equal."""
    return replace(
        digest,
        articles=_same(digest.articles, before.articles),
        stories=_same(digest.stories, before.stories),
        threads=_same(digest.threads, before.threads),
        people=_same(digest.people, before.people, "slug"),
    )


def _same(now: tuple[Named, ...], before: tuple[Named, ...], name: str = "id") -> tuple[Named, ...]:
    """Return items, each as the object that it was before if nothing in it differs."""
    places = turned(before, now)
    if places is None:
        held, there = set(map(id, before)), set(map(id, now))
        places = [place for place, item in enumerate(now) if id(item) not in held]
        gone = [item for item in before if id(item) not in there]
    else:
        gone = [before[place] for place in places]
    known = {getattr(item, name): item for item in gone}
    fresh = [now[place] for place in places]
    olds = [known.get(getattr(item, name)) for item in fresh]
    same = [old if old == item else item for item, old in zip(fresh, olds, strict=True)]
    made = tuple(exchanged(now, places, same)) if places else now
    return made if turned(before, made) != [] else before
