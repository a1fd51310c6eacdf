"""Search with its A-Z list, about, and the page for lost readers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator import __version__
from generator.model import Story
from generator.publishing import urls
from generator.publishing.contexts import (
    AboutContext,
    Context,
    MissingContext,
    SearchContext,
)
from generator.publishing.drafts import Draft
from generator.publishing.pages.frame import Desk, cut_into_pages, numbered, page_links, visible
from generator.publishing.parts import EntryPart, Link, SectionPart

SEARCH = "search/index.html"
Run = tuple[int, int, tuple[tuple[str, int], ...], tuple[tuple[str, Story], ...]]
"""A page of the A-Z list: its number from 1, how many there are, the page of each letter, stories by letter."""

_SIZE = 220
"""Headlines on one page of the A-Z list."""


def search(desk: Desk) -> Iterator[Draft[Run]]:
    """Yield the search page with the A-Z list of headlines; nothing when search is off."""
    if not desk.settings.search:
        return
    stories = sorted(
        (_letter(story.headline.text), story.headline.text.casefold(), story.id, story)
        for story in visible(desk.digest.stories)
    )
    runs = cut_into_pages(stories, _SIZE)
    letters: dict[str, int] = {}
    for number, run in enumerate(runs, 1):
        for letter, *_ in run:
            letters.setdefault(letter, number)
    for number, run in enumerate(runs, 1):
        filed = tuple((letter, story) for letter, _, _, story in run)
        yield Draft(_headlines, str(number), (number, len(runs), tuple(letters.items()), filed))


def _headlines(desk: Desk, run: Run) -> Iterator[SearchContext]:
    """Yield one page of the A-Z list."""
    number, last, letters, filed = run
    path = numbered(SEARCH, number)
    root = urls.root(path)
    yield SearchContext(
        site=desk.site,
        page=desk.frame(path, desk.say("nav.search"), section="search/index.html", found=False),
        letters=tuple(
            Link(letter, f"{root}{numbered(SEARCH, page)}#{_id(letter)}") for letter, page in letters
        ),
        sections=_sections([(letter, desk.entry(story, root)) for letter, story in filed]),
        pages=page_links(SEARCH, number, last),
    )


def _letter(headline: str) -> str:
    """Return the letter that a headline is filed under: its first without accents, ``#`` for none."""
    for character in headline[:200]:
        if character.isalnum():
            plain = unicodedata.normalize("NFKD", character)[0].upper()[0]
            return "#" if plain.isdigit() else plain
    return "#"


def _id(letter: str) -> str:
    return "letter-0" if letter == "#" else f"letter-{letter.lower()}"


def _sections(entries: Sequence[tuple[str, EntryPart]]) -> tuple[SectionPart, ...]:
    """Return entries by letter, in order."""
    letters: dict[str, list[EntryPart]] = {}
    for letter, entry in entries:
        letters.setdefault(letter, []).append(entry)
    return tuple(SectionPart(_id(letter), letter, tuple(found)) for letter, found in letters.items())


def about(desk: Desk) -> Iterator[Context]:
    """Yield the page that says what this site is."""
    yield AboutContext(
        site=desk.site,
        page=desk.frame("about/index.html", desk.say("nav.about"), section="about/index.html"),
        version=__version__,
        amount=desk.settings.text,
    )


def missing(desk: Desk) -> Iterator[Context]:
    """Yield the page for addresses that do not exist. Its links start at the site's own root."""
    frame = desk.frame("404.html", desk.say("missing.title"), found=False)
    page = replace(frame, root=urls.base_path(desk.settings.base_url))
    yield MissingContext(site=desk.site, page=page, moved=not desk.former_files)
