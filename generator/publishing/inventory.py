"""``build.json``: every article and story of the site, what was cut, skipped and noted. ``docs/output.md`` describes it.

Keys stand in a fixed order, texts are as readers see them, places are characters of the article's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256

from generator import __version__
from generator.config import Config
from generator.errors import Problem
from generator.model import Article, Cut, Digest, Page, Story
from generator.publishing import urls
from generator.publishing.drafts import Draft
from generator.publishing.jsonfile import Json, dump, json_of, listing
from generator.publishing.pages.frame import Desk
from generator.publishing.tables import Facts

_SCHEMA = 1
"""Grows when a key changes its meaning or goes; new keys do not count."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a build: the head of ``build.json``."""

    articles: int
    outlets: int
    stories: int
    """Of two articles or more."""
    single: int
    """Stories of one article."""
    threads: int
    people: int
    skipped: int


def counts(digest: Digest) -> Counts:
    """Return the numbers of a digest."""
    single = sum(story.single for story in digest.stories)
    return Counts(
        articles=len(digest.articles),
        outlets=len({article.meta.outlet for article in digest.articles} - {""}),
        stories=len(digest.stories) - single,
        single=single,
        threads=len(digest.threads),
        people=len(digest.people),
        skipped=len(digest.skipped),
    )


def settings_hash(config: Config) -> str:
    """Return 16 hexadecimal characters that change when a setting does that can change the site."""
    sections = (config.reading, config.stories, config.summary, config.site, config.drafts)
    return sha256(repr(sections).encode()).hexdigest()[:16]


def text_digest(article: Article) -> str:
    """Return the SHA-256 of an article's cleaned text, hexadecimal."""
    return sha256(article.text.encode()).hexdigest()


def head(digest: Digest, config: Config) -> dict[str, Json]:
    """Return the head of ``build.json``: what ``crosscite build --json`` prints."""
    return {
        "crosscite": __version__,
        "schema": _SCHEMA,
        "settings": settings_hash(config),
        "counts": asdict(counts(digest)),
    }


def inventory(_: Desk, config: Config) -> Iterator[Draft[Config]]:
    """Yield ``build.json``."""
    yield Draft(_inventory, "", config)


def _inventory(desk: Desk, config: Config) -> Iterator[Page]:
    """Yield ``build.json``; the lines of articles and stories are kept from edition to edition."""
    digest = desk.digest
    threads = [{"id": one.id, "title": one.title, "stories": list(one.stories)} for one in digest.threads]
    lines = desk.table_of_each("lines", desk.remembered_each(_members, digest.stories))
    ids = desk.once_each(_id, digest.articles)
    yield json_of(
        "build.json",
        {
            **{key: [dump(value)] for key, value in head(digest, config).items()},
            "articles": listing(map(dict(lines).__getitem__, ids)),
            "stories": listing(desk.once_each(_outlined, digest.stories)),
            "threads": listing(map(dump, threads)),
            "skipped": listing(dump(_problem(problem)) for problem in digest.skipped),
        },
    )


def _id(_: Desk, article: Article) -> str:
    """Return the id of an article."""
    return article.id


def _members(_: Desk, story: Story) -> Facts[bytes]:
    """Return the lines of a story's articles, by their ids."""
    return tuple((article.id, dump(_article(article, story))) for article in story.articles)


def _outlined(_: Desk, story: Story) -> bytes:
    """Return the line of a story."""
    return dump(outline(story))


def _article(article: Article, story: Story) -> Json:
    """Return an article with what was cut from it."""
    meta = article.meta
    return {
        "path": article.path,
        "id": article.id,
        "title": meta.title,
        "date": meta.date.iso if meta.date else None,
        "outlet": meta.outlet,
        "origin": meta.origin,
        "lang": meta.lang,
        "url": urls.outside(meta.url),
        "page": urls.folder(urls.article_path(article)),
        "source_sha256": article.digest,
        "text_sha256": text_digest(article),
        "story": story.id,
        "thread": story.thread or None,
        "cut": [_cut(article, cut) for cut in article.cut],
        "notes": [_problem(note) for note in article.notes],
    }


def _cut(article: Article, cut: Cut) -> Json:
    return {
        "reason": cut.reason,
        "start": cut.span.start,
        "end": cut.span.end,
        "text": article.shown(cut.span),
    }


def _problem(problem: Problem) -> Json:
    return {"path": problem.path, "line": problem.line, "message": problem.message, "hint": problem.hint}


def outline(story: Story) -> dict[str, Json]:
    """Return a story as ``build.json`` lists it."""
    return {
        "id": story.id,
        "slug": urls.story_slug(story),
        "page": urls.folder(urls.story_path(story)),
        "headline": story.headline.text,
        "thread": story.thread or None,
        "articles": [article.id for article in story.articles],
    }
