"""Pages that are made anew only when something that they were made of has changed.

A draft names a function and its subject. While the function runs, all that it asks of the desk's tables is
noted. When a later draft has the same function and subject, and the tables answer all of that as they did,
its pages are those that were made then. So nothing is assumed of what a page depends on: it is observed; and
whoever asks for the digest as a whole is made anew each time. A draft may consist of further drafts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

from generator.model import Page
from generator.publishing.contexts import Context

if TYPE_CHECKING:
    from generator.publishing.pages.frame import Desk

Subject = TypeVar("Subject")
Sheet: TypeAlias = "Context | Page | Draft[Any]"


class Draft(NamedTuple, Generic[Subject]):
    """Pages to be made of one subject, and of what is asked of the desk on the way."""

    make: Callable[[Desk, Subject], Iterable[Sheet]]
    """A module-level function that reads nothing but its arguments."""
    name: str
    """Tells it from other drafts of the same function."""
    subject: Subject
    """Compared by value."""


class Each(NamedTuple, Generic[Subject]):
    """The drafts of one function for many subjects: those of which nothing has changed are passed over together."""

    make: Callable[[Desk, Subject], Iterable[Sheet]]
    subjects: Sequence[Subject]
    name: str = "id"
    """The field of a subject that tells its draft from the others."""

    def drafts(self) -> Iterator[Draft[Subject]]:
        """Yield them one by one."""
        return map(partial(Draft, self.make), self.names(), self.subjects)

    def names(self) -> list[str]:
        """Return their names."""
        return list(map(self.name_of, self.subjects))

    def name_of(self, subject: Subject) -> str:
        """Return the name of the draft of a subject."""
        name: str = getattr(subject, self.name)
        return name


def one_by_one(sheets: Iterable[Sheet | Each[Any]]) -> Iterator[Sheet]:
    """Yield sheets, and the drafts for many subjects each by itself."""
    for sheet in sheets:
        yield from sheet.drafts() if isinstance(sheet, Each) else (sheet,)


Sheets: TypeAlias = "Iterator[Sheet | Each[Any]]"
"""All sheets of an edition, each made when it is come to; of ``itertools.tee``, so that a copy begins here again."""
Name: TypeAlias = tuple[Callable[..., object], str] | str
"""Of a draft: its function and its own name; of what is no draft: the path of its page."""


def named(sheets: Iterable[Sheet | Each[Any]], names: AbstractSet[Name]) -> Iterator[Sheet]:
    """Yield the sheets with these names, which tell each from all others of an edition."""
    for sheet in sheets:
        if isinstance(sheet, Each):
            own = {name[1] for name in names if name[0] is sheet.make}
            subjects = (subject for subject in sheet.subjects if sheet.name_of(subject) in own) if own else ()
            yield from (Draft(sheet.make, sheet.name_of(subject), subject) for subject in subjects)
        elif _name_of(sheet) in names:
            yield sheet


def _name_of(sheet: Sheet) -> Name:
    if isinstance(sheet, Draft):
        return sheet.make, sheet.name
    return sheet.path if isinstance(sheet, Page) else sheet.page.path
