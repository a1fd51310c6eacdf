"""Lists from A to Z: the letter that each entry stands under, and links to the letters."""

from __future__ import annotations

from collections.abc import Iterable

from generator.publishing import urls
from generator.publishing.pages.frame import numbered
from generator.publishing.parts import EntryPart, Link, SectionPart


def first_pages(pages: Iterable[Iterable[str]]) -> tuple[tuple[str, int], ...]:
    """Return, from the letters of each page of a list, the first page of each letter, from 1."""
    found: dict[str, int] = {}
    for number, letters in enumerate(pages, 1):
        for one in letters:
            found.setdefault(one, number)
    return tuple(found.items())


def letter_links(path: str, here: int, letters: Iterable[tuple[str, int]]) -> tuple[Link, ...]:
    """Return links to the letters of a list, from the page numbered ``here``."""
    root = urls.root(numbered(path, here))
    return tuple(Link(one, f"{root}{numbered(path, page)}#{_id(one)}") for one, page in letters)


def by_letter(entries: Iterable[tuple[str, EntryPart]]) -> tuple[SectionPart, ...]:
    """Return entries with their letters as sections, in order."""
    letters: dict[str, list[EntryPart]] = {}
    for one, entry in entries:
        letters.setdefault(one, []).append(entry)
    return tuple(SectionPart(_id(one), one, tuple(found)) for one, found in letters.items())


def _id(one: str) -> str:
    return "letter-0" if one == "#" else f"letter-{one.lower()}"
