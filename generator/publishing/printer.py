"""Prints the sheets of an edition; first those that somebody has open, if they come out otherwise.

Who edits looks at one page. That one is printed, its words are compared with their sources, and it is shown before the
others are made: after a change of an article, which touches some of them, and all the more after one of a template, a style
sheet or the settings, which touches all; there whatever else is opened meanwhile comes first, too. It is the page that the
whole edition will have, which is not printed twice. Whether its links have an end shows when all pages are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from generator.errors import SiteError
from generator.model import Page
from generator.publishing.drafts import Draft, Each, Name, Sheet, Sheets, named, one_by_one
from generator.publishing.gate import Gate
from generator.publishing.pages.frame import Desk
from generator.publishing.plates import Plates
from generator.publishing.quires import Printed

if TYPE_CHECKING:
    from generator.publishing.press import Press


class Audience(Protocol):
    """Who looks at a site while it is made anew."""

    def asks(self) -> AbstractSet[str]:
        """Return the paths of the pages that are open, each once an edition."""

    def heed(self) -> None:
        """Break an edition that takes its time off, by what this raises, where it is no longer wanted."""

    def show(self, pages: Iterable[Page]) -> None:
        """Show these pages before their edition is whole."""


class Printer:
    """Prints what the plates do not have."""

    def __init__(self, desk: Desk, press: Press, plates: Plates) -> None:
        self._desk, self._press, self._plates = desk, press, plates

    def print(self, one: Sheet) -> Printed:
        """Return what is printed of a draft, a context or a finished page."""
        if isinstance(one, Page):
            return Printed(None, frozenset(), (self._plates.same(one),), ())
        if not isinstance(one, Draft):
            found = (one.page.path,) if one.page.found else ()
            return Printed(None, frozenset(), (self._plates.page(one, self._press),), found)
        printed = self._plates.find(one)
        if printed is None:
            printed = self._anew(one)
            self._plates.keep(one, printed)
        else:
            self._desk.questions.add(printed.asked)
        return printed

    def print_all(self, sheets: Iterable[Sheet | Each[Any]]) -> list[Sequence[Printed]]:
        """Return what is printed of sheets: of each, and of drafts for many subjects of all of them."""
        return [self._each(one) if isinstance(one, Each) else (self.print(one),) for one in sheets]

    def _each(self, one: Each[Any]) -> Sequence[Printed]:
        """Return what is printed of drafts for many subjects."""
        places = self._plates.stale(one)
        if places is None:
            printed = list(map(self.print, one.drafts()))
            self._plates.put_all(one, printed)
            return printed
        subjects = [one.subjects[place] for place in places]
        some = [self.print(Draft(one.make, one.name_of(subject), subject)) for subject in subjects]
        return self._plates.put(one, places, some)

    def attended(self, sheets: Sheets, audience: Audience, gate: Gate) -> Iterator[Sheet]:
        """Yield all sheets; before each of them show what has been asked for meanwhile. Raises SiteError."""
        for one in one_by_one(copy(sheets)):
            audience.heed()
            if wanted := self._plates.origins(audience.asks()):
                audience.show(self._read([*self._press.pages, *self._pages(sheets, wanted)], gate))
            yield one

    def ahead(self, sheets: Sheets, audience: Audience, gate: Gate) -> None:
        """Show those pages that are open and come out otherwise than in the last edition. Raises SiteError."""
        wanted = self._plates.origins(audience.asks())
        if pages := [page for page in self._pages(sheets, wanted) if not self._plates.has(page)]:
            audience.show(self._read(pages, gate))

    def _pages(self, sheets: Sheets, wanted: AbstractSet[Name]) -> Iterator[Page]:
        """Yield the pages of the sheets with these names."""
        for sheet in islice(named(copy(sheets), wanted), len(wanted)):
            yield from self.print(sheet).pages

    def _read(self, pages: Sequence[Page], gate: Gate) -> Sequence[Page]:
        """Return pages of which every cited word is its source's. Raises SiteError."""
        for page in pages:
            gate.read(page)
        if problems := gate.found():
            raise SiteError(problems)
        return pages

    def _anew(self, draft: Draft[Any]) -> Printed:
        """Return what is printed of a draft, with what was asked for it."""
        with self._desk.questions.noted() as asked:
            made = [self.print(sheet) for sheet in draft.make(self._desk, draft.subject)]
        pages = tuple(page for printed in made for page in printed.pages)
        found = tuple(path for printed in made for path in printed.found)
        return Printed(draft.subject, frozenset(asked), pages, found)
