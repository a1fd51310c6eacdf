"""What was made of drafts: what is remembered of it, and sent from process to process."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple, cast

from generator.errors import Problem
from generator.model import Note
from generator.publishing.tables import Question


class Place(NamedTuple):
    """Where a draft stands among the sheets of an edition."""

    maker: str
    number: int
    """From 0, of the sheets of that maker."""


class Made(NamedTuple):
    """What was made of a draft."""

    of: bytes
    """The digest of all that it was made of."""
    asked: tuple[Question, ...]
    notes: tuple[Note, ...]
    found: tuple[str, ...]
    """Paths of the pages that search engines may list."""
    cites: tuple[str, ...]
    """The ids of the articles that its pages cite."""
    targets: bytes
    """Where the links of its pages lead, see ``Read``."""
    places: bytes
    """Where links can lead to on its pages."""

    def row(self) -> tuple[object, ...]:
        """Return it in plain tuples: there are many, and these are recalled in half the time."""
        return tuple(self._replace(notes=cast("tuple[Note, ...]", tuple(map(tuple, self.notes)))))

    @classmethod
    def of_row(cls, row: tuple[Any, ...]) -> Made:
        """Return what is in a row."""
        of, asked, notes, *rest = row
        return cls(of, asked, tuple(map(_NOTE, notes)), *rest)


_NOTE = partial(tuple.__new__, Note)


class Share(NamedTuple):
    """What another process has made and laid."""

    made: tuple[Made, ...]
    problems: tuple[Problem, ...]
