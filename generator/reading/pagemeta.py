"""What a web page says of itself: JSON-LD, OpenGraph and other ``<meta>``, ``<time>``, headings, address.

Only what the page declares is read; a date is never looked for in its text. Where several places speak,
the first of: JSON-LD, meta, marked-up elements.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from generator.config import ReadSettings
from generator.errors import Problem
from generator.language.addresses import host_of, is_address
from generator.language.agencies import known_name
from generator.model import Meta
from generator.reading.fields import Field, Value, read_fields
from generator.reading.outlets import outlet_of

_ARTICLE = re.compile(r"article|blogposting|report|newsitem", re.IGNORECASE)
_MOST_NODES = 2_000
_MOST_JSON = 500_000
_META = {
    "date": (
        "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date",
        "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "pubdate",
        "publishdate", "publish-date", "publish_date", "published_time", "publication_date", "sailthru.date",
        "parsely-pub-date", "cxenseparse:recs:publishtime", "citation_publication_date", "citation_date",
        "article.published", "article:published", "displaydate", "originalpublicationdate", "created",
    ),
    "updated": (
        "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified",
        "last-modified", "lastmod", "article.updated",
    ),
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title", "parsely-title", "title"),
    "authors": (
        "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl",
        "citation_author", "article.author",
    ),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher"),
    "url": ("og:url", "twitter:url", "parsely-link"),
    "category": ("article:section", "parsely-section", "category", "section"),
    "tags": ("news_keywords", "article:tag", "keywords", "parsely-tags", "sailthru.tags"),
    "description": ("og:description", "description", "twitter:description", "dc.description"),
    "lang": ("og:locale", "content-language", "language", "dc.language", "dcterms.language"),
    "license": ("dc.rights", "dcterms.rights", "dcterms.license"),
}  # fmt: skip
_SEPARATOR = re.compile(r"(?<!\s)\s+(?:[|·•»›—–-]|::|//)\s+")
_BARS = frozenset({"|", "::", "»", "·", "//"})
_SAVED = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d+\)|Page saved with SingleFile\s{1,9}url:\s{0,9})(\S{1,2000})"
)
_LANG = re.compile(r"[A-Za-z]{2,3}(?:[-_]\w{1,8}){0,3}")
_WORD = re.compile(r"\w+")


def read_page(page: str, tree: Any, path: str, settings: ReadSettings) -> tuple[Meta, tuple[Problem, ...]]:
    """Return the metadata of a page, given as text and as its lxml tree, and notes on dates that are none."""
    fields = [field for field in (*_json_ld(tree), *_meta(tree), *_elements(tree, page)) if _is_said(field)]
    meta, notes = read_fields(fields, path, settings, lenient=True)
    outlet = (
        outlet_of(meta.url, settings)
        if _of_user(meta.url, settings)
        else known_name(meta.outlet) or meta.outlet
    )
    authors = tuple(name for name in meta.authors if _squeezed(name) not in ("admin", _squeezed(meta.outlet)))
    return replace(meta, outlet=outlet, authors=authors), () if meta.date else notes


def _is_said(field: Field) -> bool:
    """Tell whether a field says anything that can be used; pages hold a good deal that cannot."""
    if field.name == "url":
        return isinstance(field.value, str) and is_address(field.value)
    return field.name != "lang" or (isinstance(field.value, str) and bool(_LANG.fullmatch(field.value)))


def _of_user(url: str, settings: ReadSettings) -> bool:
    """Tell whether the user's own table names the outlet of an address."""
    return bool(settings.outlets) and outlet_of(url, settings) in settings.outlets.values()


def page_title(tree: Any, declared: str, outlet: str) -> str:
    """Return the headline as readers see it: the ``<h1>`` that the page's own title repeats, else that title."""
    whole = _text(tree.find(".//head/title")) or _text(tree.find(".//title"))
    titles = [title for title in (declared, whole) if title]
    known = [frozenset(_WORD.findall(title.casefold())) for title in titles]
    for heading in tree.iter("h1"):
        words = _WORD.findall(_text(heading).casefold())
        if words and (not titles or any(_shares(words, title) for title in known)):
            return _text(heading)
    return next((_without_site(title, outlet) for title in titles), "")


def _shares(words: list[str], known: AbstractSet[str]) -> bool:
    """Tell whether at least half of the words of a heading stand in a title."""
    return sum(word in known for word in words) * 2 >= len(words)


def _without_site(title: str, outlet: str) -> str:
    """Return a title without the site's name at its end or start."""
    breaks = list(_SEPARATOR.finditer(title))
    if breaks and _is_site(title[breaks[-1].end() :], outlet, breaks[-1][0]):
        return title[: breaks[-1].start()]
    if breaks and _is_site(title[: breaks[0].start()], outlet, ""):
        return title[breaks[0].end() :]
    return title


def _is_site(part: str, outlet: str, separator: str) -> bool:
    """Tell whether a part of a title names the site: it is known, a host, or set off by a bar and short."""
    if _squeezed(part) == _squeezed(outlet) or known_name(part) or "." in host_of(f"http://{part.lower()}"):
        return True
    return separator.strip() in _BARS and len(part.split()) <= 4


def _squeezed(name: str) -> str:
    """Return a name without what does not tell names apart."""
    return re.sub(r"\s+|^the ", "", name.casefold())


def _text(element: Any) -> str:
    """Return the text of an element in one line; empty for none."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _json_ld(tree: Any) -> Iterator[Field]:
    """Yield what the article's JSON-LD says."""
    for node in _article_nodes(tree):
        for name, key in (
            ("date", "datePublished"), ("date", "dateCreated"), ("updated", "dateModified"), ("title", "headline"),
            ("authors", "author"), ("authors", "creator"), ("outlet", "publisher"), ("outlet", "sourceOrganization"),
            ("category", "articleSection"), ("tags", "keywords"), ("description", "description"),
            ("lang", "inLanguage"), ("license", "license"), ("url", "mainEntityOfPage"), ("url", "url"),
        ):  # fmt: skip
            if value := _value(node.get(key)):
                yield Field(name, value)


def _article_nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects that describe an article."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        source = (script.text or "")[:_MOST_JSON].strip()
        try:
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = [data]
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting.extend(node[:_MOST_NODES])
            elif isinstance(node, dict):
                if _ARTICLE.search(str(node.get("@type"))[:200]):
                    yield node
                waiting.extend(value for key, value in node.items() if key in ("@graph", "mainEntity"))


def _value(value: object) -> Value:
    """Return a JSON-LD value as text, a list as texts."""
    return [text for item in value[:50] if (text := _name(item))] if isinstance(value, list) else _name(value)


def _name(value: object) -> str:
    """Return a single JSON-LD value as text: of an object its name, else its address."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or value.get("url")
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def _meta(tree: Any) -> Iterator[Field]:
    """Yield what ``<meta>`` elements say, in the order of preference."""
    given: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (
            element.get("property")
            or element.get("name")
            or element.get("itemprop")
            or element.get("http-equiv")
        )
        if name and (content := (element.get("content") or "").strip()):
            given.setdefault(name.lower(), []).append(content)
    for field, names in _META.items():
        for name in names:
            if name in given:
                many = field in ("authors", "tags") and len(given[name]) > 1
                yield Field(field, given[name] if many else given[name][0])


def _elements(tree: Any, page: str) -> Iterator[Field]:
    """Yield what marked-up elements say."""
    for element in tree.iterfind(".//*[@itemprop]"):
        value = element.get("datetime") or element.get("content") or _text(element)
        if field := {"datepublished": "date", "datemodified": "updated", "author": "authors"}.get(
            element.get("itemprop").lower()
        ):
            yield Field(field, value)
    times = [element for element in tree.iter("time") if element.get("datetime")]
    published = [
        t for t in times if t.get("pubdate") is not None or "publish" in (t.get("class") or "").lower()
    ]
    if published or len({t.get("datetime")[:10] for t in times}) == 1:
        yield Field("date", (published or times)[0].get("datetime"))
    for element in tree.iterfind(".//link[@rel]"):
        if "canonical" in element.get("rel").lower().split():
            yield Field("url", element.get("href") or "")
    if saved := _SAVED.search(page[:4_000]):
        yield Field("url", saved[1])
    yield Field("lang", tree.get("lang") or "")
