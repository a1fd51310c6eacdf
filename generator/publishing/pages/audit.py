"""The audit: what was skipped, what was cut and why, what a careful editor should know, why stories hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.errors import Problem
from generator.model import Article, Cut, Evidence, Story
from generator.publishing import urls
from generator.publishing.blocks import AuditArticlePart, AuditStoryPart, CutPart, WhyPart
from generator.publishing.contexts import AuditContext
from generator.publishing.drafts import Each
from generator.publishing.pages.frame import Desk, facts, numbered, page_links
from generator.publishing.parts import Link

PATH = "audit/index.html"
_CUT_CHARS = 600
"""Characters of one cut that are shown; what is longer says so."""


class Run(NamedTuple):
    """A page of the audit."""

    name: str
    number: int
    """From 1."""
    last: int
    """How many there are."""
    stories: tuple[str, ...]
    """Their ids."""
    summary: str = ""
    """On the first page the numbers of the whole."""
    skipped: tuple[Problem, ...] = ()
    """On the first page what was skipped."""


def audit(desk: Desk) -> Iterator[Each[Run]]:
    """Yield the pages of the audit, as many as its length asks for."""
    summary = facts(_totals(desk))
    yield Each(_page, desk.whole(_runs, desk.audit_runs, summary, desk.digest.skipped), "name")


def _runs(runs: Sequence[tuple[str, ...]], summary: str, skipped: tuple[Problem, ...]) -> list[Run]:
    """Return the pages of the audit; the first also tells of the whole."""
    pages = [Run(str(number), number, len(runs), run) for number, run in enumerate(runs, 1)]
    return [pages[0]._replace(summary=summary, skipped=skipped), *pages[1:]]


def _page(desk: Desk, run: Run) -> Iterator[AuditContext]:
    """Yield one page of the audit."""
    _, number, last, stories, summary, skipped = run
    path = numbered(PATH, number)
    yield AuditContext(
        site=desk.site,
        page=desk.frame(path, desk.say("audit.title"), desk.say("audit.description"), found=False),
        number=number,
        summary=summary,
        skipped=tuple((note.path, _words(desk, note)) for note in skipped),
        stories=tuple(_story(desk, desk.stories[id_], urls.root(path)) for id_ in stories),
        pages=page_links(PATH, number, last),
    )


def audit_link(desk: Desk, story: Story, root: str) -> str:
    """Return the link to a story in the audit."""
    return f"{root}{numbered(PATH, desk.audit_number[story.id])}#{story.id}"


def _totals(desk: Desk) -> Iterator[str]:
    """Yield how many files were read, skipped, cut and noted."""
    articles = desk.digest.articles
    yield desk.count("audit.read", len(articles))
    yield desk.count("audit.skipped", len(desk.digest.skipped))
    yield desk.count("audit.cuts", sum(desk.once_each(_cuts, articles)))
    yield desk.count("audit.notes", sum(desk.once_each(_notes, articles)))


def _cuts(_: Desk, article: Article) -> int:
    """Return how often an article was cut."""
    return len(article.cut)


def _notes(_: Desk, article: Article) -> int:
    """Return how many notes there are on an article."""
    return len(article.notes)


def _story(desk: Desk, story: Story, root: str) -> AuditStoryPart:
    """Return a story, why it holds, and what happened to its articles."""
    return AuditStoryPart(
        story.id,
        root + urls.story_path(story),
        desk.headline(story),
        None if story.single and desk.why(story).nearest is None else why_part(desk, story, root),
        tuple(desk.once(_article, article, root) for article in story.articles),
    )


def _article(desk: Desk, article: Article, root: str = "") -> AuditArticlePart:
    """Return one article with its cuts and notes."""
    return AuditArticlePart(
        article.path,
        root + urls.article_path(article),
        desk.title(article),
        desk.outlet(article),
        desk.day(article.meta.date),
        tuple(_cut(desk, article, cut) for cut in article.cut),
        tuple(_words(desk, note) for note in article.notes),
    )


def _cut(desk: Desk, article: Article, cut: Cut) -> CutPart:
    """Return what was cut, shortened when it is very long."""
    shown = article.shown(cut.span)
    if len(shown) > _CUT_CHARS:
        shown = f"{shown[:_CUT_CHARS]}… ({desk.count('audit.characters', len(shown))})"
    return CutPart(desk.say(f"cut.{cut.reason.replace(' ', '_')}"), shown, *desk.tongue(article.meta.lang))


def _words(desk: Desk, note: Problem) -> str:
    """Return a note as one sentence, with its line."""
    place = f"{desk.say('audit.line', line=note.line)}: " if note.line else ""
    return place + note.message + (f" ({note.hint})" if note.hint else "")


def why_part(desk: Desk, story: Story, root: str) -> WhyPart:
    """Return why the articles of a story stand together, and the nearest one that does not."""
    why = desk.why(story)
    nearest = desk.named.get(why.nearest.article) if why.nearest else None
    if why.nearest is None or nearest is None:
        return WhyPart(why.forced, tuple(term for term, _ in why.shared), None, "")
    measured = ", ".join(_evidence(desk, one) for one in why.nearest.evidence[:4])
    words = desk.say(
        "why.measured",
        outlet=nearest.outlet,
        likeness=desk.locale.percent(why.nearest.likeness),
        measured=measured,
    )
    link = Link(nearest.title, root + nearest.path)
    return WhyPart(why.forced, tuple(term for term, _ in why.shared), link, words)


def _evidence(desk: Desk, evidence: Evidence) -> str:
    """Return "shared names 40%" or "3 days apart"."""
    key = f"evidence.{evidence.name.replace(' ', '_')}"
    if evidence.name == "days apart":
        return desk.count(key, round(evidence.value))
    return desk.say(key, value=desk.locale.percent(round(evidence.value, 2)))
