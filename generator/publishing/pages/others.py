"""Search with its A-Z list, about, and the page for lost readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator import __version__
from generator.publishing import urls
from generator.publishing.contexts import (
    AboutContext,
    Context,
    MissingContext,
    SearchContext,
)
from generator.publishing.drafts import Each
from generator.publishing.listing import Listed
from generator.publishing.pages.frame import Desk, cut_into_pages, numbered, page_links, visible
from generator.publishing.pages.letters import by_letter, first_pages, letter_links
from generator.publishing.tables import Facts

SEARCH = "search/index.html"
_SIZE = 220
"""Headlines on one page of the A-Z list."""


class Run(NamedTuple):
    """A page of the A-Z list."""

    name: str
    number: int
    """From 1."""
    last: int
    """How many there are."""
    letters: tuple[tuple[str, int], ...]
    """The page of each letter."""
    stories: tuple[tuple[str, str], ...]
    """Letters, and the ids of stories."""


def search(desk: Desk) -> Iterator[Each[Run]]:
    """Yield the search page with the A-Z list of headlines; nothing when search is off."""
    if desk.settings.search:
        yield Each(_headlines, desk.whole(_runs, desk.listing), "name")


def _runs(listing: Sequence[Facts[Listed]]) -> list[Run]:
    """Return the pages of the A-Z list."""
    order = sorted((one.letter, one.headline.casefold(), id_) for id_, one in visible(listing))
    runs = cut_into_pages([(filed, id_) for filed, _, id_ in order], _SIZE)
    letters = first_pages([filed for filed, _ in run] for run in runs)
    return [Run(str(n), n, len(runs), letters, tuple(run)) for n, run in enumerate(runs, 1)]


def _headlines(desk: Desk, run: Run) -> Iterator[SearchContext]:
    """Yield one page of the A-Z list."""
    _, number, last, letters, stories = run
    path = numbered(SEARCH, number)
    root = urls.root(path)
    yield SearchContext(
        site=desk.site,
        page=desk.frame(path, desk.say("nav.search"), section="search/index.html", found=False),
        letters=letter_links(SEARCH, number, letters),
        sections=by_letter((filed, desk.other(id_, root)) for filed, id_ in stories),
        pages=page_links(SEARCH, number, last),
    )


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
    page = frame._replace(root=urls.base_path(desk.settings.base_url))
    yield MissingContext(site=desk.site, page=page, moved=not desk.former_files)
