"""Pages that are made anew only when something that they were made of has changed.

A draft names a function and its subject. While the function runs, all that it asks of the desk's tables is
noted with the answers. When a later draft has the same function, subject and answers, its pages are those
that were made then. So nothing is assumed of what a page depends on: it is observed; and whoever asks for
the digest as a whole is made anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from generator.model import Digest, Page
from generator.publishing.contexts import Context
from generator.publishing.index import Asked

if TYPE_CHECKING:
    from generator.publishing.pages.frame import Desk
    from generator.publishing.render import Press

Subject = TypeVar("Subject")
Sheet: TypeAlias = Context | Page
Named = TypeVar("Named", bound=Any)


@dataclass(frozen=True, slots=True)
class Draft(Generic[Subject]):
    """Pages to be made of one subject, and of what is asked of the desk on the way."""

    make: Callable[[Desk, Subject], Iterable[Sheet]]
    """A module-level function that reads nothing but its arguments."""
    name: str
    """Tells it from other drafts of the same function."""
    subject: Subject
    """Compared by value."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of one draft, and what they were made of."""

    subject: object
    asked: tuple[Asked, ...]
    pages: tuple[Page, ...]
    found: tuple[str, ...]
    """Paths of the pages that search engines may list."""


class Plates:
    """What was printed last: the memory of a running process."""

    def __init__(self) -> None:
        self._press: tuple[object, Any] = (None, None)
        self._basis: object = None
        self._digest: Digest | None = None
        self._old: dict[tuple[str, str], Printed] = {}
        self._new: dict[tuple[str, str], Printed] = {}

    def press(self, basis: object, make: Callable[[], Press]) -> Press:
        """Return the press of the last edition if it was made of the same, else a new one."""
        if basis != self._press[0]:
            self._press = basis, make()
        press: Press = self._press[1]
        return press

    def settled(self, digest: Digest) -> Digest:
        """Return a digest with the very objects of the last one, where they are equal: quick to compare."""
        self._digest = _settled(digest, self._digest) if self._digest else digest
        return self._digest

    def begin(self, basis: object) -> None:
        """Start an edition. ``basis`` is all that every page depends on: when it differs, nothing is kept."""
        self._old, self._new = (self._new if basis == self._basis else {}), {}
        self._basis = basis

    def find(self, draft: Draft[Any], desk: Desk) -> Printed | None:
        """Return what was printed of a draft, if it would be printed so again."""
        key = (draft.make.__qualname__ + draft.make.__module__, draft.name)
        printed = self._old.get(key)
        if printed and printed.subject == draft.subject and all(map(desk.answers_still, printed.asked)):
            self._new[key] = printed
            return printed
        return None

    def keep(self, draft: Draft[Any], printed: Printed) -> None:
        """Remember what was printed of a draft."""
        self._new[draft.make.__qualname__ + draft.make.__module__, draft.name] = printed


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
    known = {getattr(item, name): item for item in before}
    return tuple(
        known[id_] if (id_ := getattr(item, name)) in known and known[id_] == item else item for item in now
    )
