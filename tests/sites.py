"""Rendered sites for tests: settings, one page of each kind, the digest of the harbour as pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from generator.config import Config, SiteSettings
from generator.model import Digest, Moved, Page
from generator.publishing import urls
from generator.publishing.render import render_pages
from tests import digests


def config(base_url: str = "", templates: Path | None = None, **site: Any) -> Config:
    """Return settings for rendering; nothing of them is read from disk but the templates."""
    here = Path()
    settings = SiteSettings(title="The Saltmere Brief", base_url=base_url, **site)
    return Config(root=here, content=here, output=here, templates=templates, site=settings)


def render(digest: Digest, base_url: str = "", **site: Any) -> dict[str, str]:
    """Return the text files of a rendered digest by path."""
    pages = render_pages(digest, config(base_url, **site))
    return {page.path: page.data.decode() for page in pages if not page.path.endswith(".png")}


@cache
def harbour() -> dict[str, str]:
    """Return the harbour site without an address, as text by path."""
    return render(digests.harbour())


@cache
def pages() -> tuple[Page, ...]:
    """Return the harbour site as it is written."""
    return tuple(render_pages(digests.harbour(), config()))


STORY = urls.story_path(digests.fire())
LAMP = digests.singles()[0]
KINDS = {
    "front": "index.html",
    "story": STORY,
    "single": urls.story_path(LAMP),
    "article": urls.article_path(digests.GAZETTE),
    "foreign article": urls.article_path(digests.SAWT),
    "threads": "threads/index.html",
    "thread": urls.folder(urls.story_path(digests.drill())).replace("stories/", "threads/") + "index.html",
    "outlets": "outlets/index.html",
    "outlet": urls.outlet_path("Harbour Gazette"),
    "people": "people/index.html",
    "person": "people/ines-calloway/index.html",
    "archive": "archive/index.html",
    "year": "archive/2026/index.html",
    "day": "archive/2026/03/14/index.html",
    "undated": "archive/undated/index.html",
    "search": "search/index.html",
    "about": "about/index.html",
    "audit": "audit/index.html",
    "404": "404.html",
}
"""One page of each kind."""


def moved(before: tuple[Page, ...], after: tuple[Page, ...]) -> Moved:
    """Return how pages differ from earlier ones."""
    known, paths = {page.path: page for page in before}, {page.path for page in after}
    fresh = {page.path: page for page in after if known.get(page.path) != page}
    return Moved(before, fresh, frozenset(known.keys() - paths))
