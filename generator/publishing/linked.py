"""What pages say of themselves to machines: JSON-LD in the words of schema.org.

A page of stories is a ``CollectionPage`` whose ``mainEntity`` is an ``ItemList``; a story is one that names its
reports as ``citation``. Addresses are absolute where the site has one, else
relative to the page, as JSON-LD allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.model import Article, Story
from generator.publishing import urls
from generator.publishing.marks import MANY
from generator.publishing.pages.frame import Desk

Linked = Mapping[str, object]
"""A JSON-LD node."""
ITEMS = 12
"""Stories of a list that are named; the feeds have all."""


def listed(desk: Desk, path: str, name: str, stories: Sequence[str]) -> Linked:
    """Return a page that lists stories, given by their ids."""
    named = [desk.listed[id_] for id_ in stories[:ITEMS]]
    items = [
        {
            "@type": "ListItem",
            "position": place,
            "name": one.headline,
            "url": _address(desk, one.entry.href, path),
        }
        for place, one in enumerate(named, 1)
    ]
    things = {"@type": "ItemList", "numberOfItems": len(stories), "itemListElement": items}
    return _page(desk, path, name) | {"mainEntity": things}


def told(desk: Desk, path: str, story: Story) -> Linked:
    """Return the page of a story with its reports as citations."""
    brief = len(story.articles) > MANY
    reports = [_report(desk, article, path, brief=brief) for article in story.articles]
    node = _page(desk, path, story.headline.text) | {"citation": reports}
    if story.first and story.last:
        node |= {"datePublished": story.first.iso, "dateModified": story.last.iso}
    return node


def _page(desk: Desk, path: str, name: str) -> dict[str, object]:
    """Return a page and the site that it is part of."""
    settings = desk.settings
    site = {"@type": "WebSite", "name": settings.title, "url": _address(desk, "index.html", path)}
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": name,
        "url": _address(desk, path, path),
        "inLanguage": settings.language,
        "isPartOf": site,
    }


def _report(desk: Desk, article: Article, path: str, *, brief: bool) -> dict[str, object]:
    """Return one report with what identifies it; what is not known is left out, and in brief all but its address."""
    meta = article.meta
    node: dict[str, object] = {
        "@type": "NewsArticle",
        "headline": desk.title(article).text,
        "url": urls.outside(meta.url) or _address(desk, urls.article_path(article), path),
    }
    if brief:
        return node
    node |= {
        "inLanguage": "" if meta.lang == desk.words.lang else meta.lang,
        "datePublished": meta.date.iso if meta.date else "",
        "publisher": {"@type": "Organization", "name": meta.outlet} if meta.outlet else "",
        "author": [{"@type": "Person", "name": author} for author in meta.authors],
    }
    return {name: value for name, value in node.items() if value}


def _address(desk: Desk, path: str, here: str) -> str:
    """Return the public address of a path; without one the way to it from ``here``."""
    return urls.absolute(desk.settings.base_url, path) or urls.root(here) + path
