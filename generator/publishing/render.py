"""The pages of a digest as bytes.

``MAKERS`` names all that a site consists of, in order. Each maker yields contexts, of which ``press.py``
makes pages, or finished pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, tee
from operator import attrgetter
from typing import Any

from generator import __version__
from generator.config import Config
from generator.model import Digest, Page
from generator.publishing.cards import cards
from generator.publishing.drafts import Draft, Each, Sheet
from generator.publishing.exports import exports
from generator.publishing.feeds import feeds, sitemap
from generator.publishing.gate import Gate
from generator.publishing.inventory import inventory
from generator.publishing.pages import archive, article, audit, front, leading, lists, others, story
from generator.publishing.pages.frame import Desk
from generator.publishing.plates import Plates
from generator.publishing.press import Press, template_files
from generator.publishing.printer import Audience, Printer
from generator.publishing.records import records

Maker = Callable[[Desk, Config], Iterable[Sheet | Each[Any]]]


def _of_desk(make: Callable[[Desk], Iterable[Sheet | Each[Any]]]) -> Maker:
    """Return a maker that needs no settings but those that the desk has."""
    return lambda desk, _: make(desk)


MAKERS: Mapping[str, Maker] = {
    "front page": _of_desk(front.front),
    "stories": _of_desk(story.stories),
    "articles": _of_desk(article.articles),
    "threads": _of_desk(lists.threads),
    "outlets": _of_desk(lists.outlets),
    "people": _of_desk(lists.people),
    "archive": _of_desk(archive.archive),
    "search": _of_desk(others.search),
    "about": _of_desk(others.about),
    "audit": _of_desk(audit.audit),
    "missing": _of_desk(others.missing),
    "redirects": _of_desk(leading.redirects),
    "inventory": inventory,
    "records": _of_desk(records),
    "exports": _of_desk(exports),
    "cards": _of_desk(cards),
    "feeds": _of_desk(feeds),
    "marker": lambda _, __: [Page(".nojekyll", b"")],
}
"""Everything that is published, by name, in order."""


def render_pages(
    digest: Digest, config: Config, plates: Plates | None = None, audience: Audience | None = None
) -> tuple[Page, ...]:
    """Return every file of the site, sorted by path.

    With the plates of an earlier edition only what differs is made: see ``drafts.py``; where that is all, what an
    ``audience`` has open comes first: see ``printer.py``. Raises TemplateError with path and line for a template
    that cannot be rendered.
    """
    plates = plates or Plates()
    templates = template_files(config.templates)
    press = plates.press((config.site, templates), lambda: Press(config.templates, config.site))
    digest = plates.settled(digest)
    desk = Desk(digest, config, plates.kept(config.site, digest))
    begun = plates.begin((__version__, config.site, desk.site, templates), desk)
    printer, (sheets,) = Printer(desk, press, plates), tee(_sheets(desk, config), 1)
    gate = Gate(digest, config.site.base_url) if audience else None
    if audience and gate and not begun:
        made = printer.print_all(printer.attended(sheets, audience, gate))
    else:
        if audience and gate:
            printer.ahead(sheets, audience, gate)
        made = printer.print_all(sheets)
    found = tuple(chain.from_iterable(map(attrgetter("found"), chain.from_iterable(made))))
    made.append((printer.print(Draft(sitemap, "", found)),))
    return plates.bound([*((printer.print(page),) for page in press.pages), *made])


def _sheets(desk: Desk, config: Config) -> Iterator[Sheet | Each[Any]]:
    """Yield all that is published, in order."""
    for make in MAKERS.values():
        yield from make(desk, config)
