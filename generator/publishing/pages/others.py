"""Search with its A-Z list, about, and the page for lost readers."""

from __future__ import annotations

from collections.abc import Iterator

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
from generator.publishing.pages.frame import Desk, cut_into_pages, numbered, page_links
from generator.publishing.pages.letters import by_letter, first_pages, letter, letter_links

SEARCH = "search/index.html"
Run = tuple[int, int, tuple[tuple[str, int], ...], tuple[tuple[str, Story], ...]]
"""A page of the A-Z list: its number from 1, how many there are, the page of each letter, stories by letter."""

_SIZE = 220
"""Headlines on one page of the A-Z list."""


def search(desk: Desk) -> Iterator[Draft[Run]]:
    """Yield the search page with the A-Z list of headlines; nothing when search is off."""
    if not desk.settings.search:
        return
    shown = desk.shown
    stories = sorted(zip(desk.once_each(_filed, shown), shown, strict=True))
    runs = cut_into_pages(stories, _SIZE)
    first = first_pages(tuple(filed for (filed, *_), _ in run) for run in runs)
    for number, run in enumerate(runs, 1):
        filed = tuple((filed, story) for (filed, *_), story in run)
        yield Draft(_headlines, str(number), (number, len(runs), first, filed))


def _filed(_: Desk, story: Story) -> tuple[str, str, str]:
    """Return what headlines are put in order by, the letter first."""
    text = story.headline.text
    return letter(text), text.casefold(), story.id


def _headlines(desk: Desk, run: Run) -> Iterator[SearchContext]:
    """Yield one page of the A-Z list."""
    number, last, letters, filed = run
    path = numbered(SEARCH, number)
    root = urls.root(path)
    yield SearchContext(
        site=desk.site,
        page=desk.frame(path, desk.say("nav.search"), section="search/index.html", found=False),
        letters=letter_links(SEARCH, number, letters),
        sections=by_letter((filed_under, desk.entry(story, root)) for filed_under, story in filed),
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
