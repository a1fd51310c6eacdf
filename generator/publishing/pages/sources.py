"""The foot of a story page: its numbered sources, the names in it, the stories beside it."""

from __future__ import annotations

from generator.model import Article, Name, Story
from generator.publishing import urls
from generator.publishing.blocks import NamesPart, SourcePart
from generator.publishing.pages.frame import Desk
from generator.publishing.parts import EntryPart, Link

_NAMES = 12
"""Names of one kind on a page."""
_KINDS = ("person", "organisation", "place", "")
_RELATED = 12


def source_parts(desk: Desk, story: Story, root: str) -> tuple[SourcePart, ...]:
    """Return the articles of a story in order, numbered from 1."""
    notes = _witness_notes(desk, story)
    months: set[str] = set()
    parts = []
    for number, article in enumerate(story.articles, 1):
        part = source_part(desk, article, root, number, notes.get(article.id, ""))
        parts.append(part._replace(month="") if part.month in months else part)
        months.add(part.month)
    return tuple(parts)


def source_part(desk: Desk, article: Article, root: str, number: int, note: str = "") -> SourcePart:
    """Return one article with all that identifies it."""
    meta = article.meta
    return SourcePart(
        number,
        desk.title(article),
        root + urls.article_path(article),
        desk.outlet(article),
        root + urls.outlet_path(meta.outlet),
        desk.say("source.origin", origin=meta.origin) if meta.origin else "",
        desk.day(meta.date),
        meta.date.day.strftime("%Y-%m") if meta.date else "",
        ", ".join(meta.authors),
        urls.outside(meta.url),
        urls.outside(meta.archived_url),
        note,
    )


def _witness_notes(desk: Desk, story: Story) -> dict[str, str]:
    """Return, by article, words for those that count as one witness with an earlier one."""
    notes = {}
    for witness in story.witnesses:
        first = story.number(witness.articles[0])
        for article in witness.articles[1:]:
            key = "source.copy" if witness.copies else "source.same_origin"
            notes[article] = desk.say(key, number=first, origin=witness.origin)
    return notes


def name_parts(desk: Desk, story: Story, root: str) -> tuple[NamesPart, ...]:
    """Return the people, organisations, places and other names of a story."""
    groups = []
    for kind in _KINDS:
        names = [name for name in story.names if name.kind == kind][:_NAMES]
        if names:
            parts = tuple(Link(name.text, _person_href(desk, name, root)) for name in names)
            groups.append(NamesPart(desk.say(f"names.{kind or 'other'}"), parts))
    return tuple(groups)


def _person_href(desk: Desk, name: Name, root: str) -> str:
    """Return the page of somebody quoted; empty for what is surely nobody."""
    path = desk.person_path(name.text) if name.kind in {"person", ""} else ""
    return root + path if path else ""


def thread_link(desk: Desk, story: Story, root: str) -> Link | None:
    """Return the link to the thread that a story stands in."""
    path = desk.thread_path(story.thread)
    return Link(desk.threads[story.thread].title, root + path) if path else None


def related(desk: Desk, story: Story, root: str) -> tuple[EntryPart, ...]:
    """Return the other stories of the thread, latest first."""
    thread = desk.threads.get(story.thread)
    ids = [id_ for id_ in reversed(thread.stories) if id_ != story.id] if thread else []
    others = [id_ for id_ in ids if not desk.listed[id_].hidden]
    return tuple(desk.other(id_, root) for id_ in others[:_RELATED])
