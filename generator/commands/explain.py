"""``crosscite explain``: why articles stand together or apart."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from generator.commands.options import command, config_of, content_options, work_of

if TYPE_CHECKING:
    from generator.build import Grouped
    from generator.commands.options import Commands
    from generator.config import GroupSettings
    from generator.model import Article, Evidence, Why

Answer: TypeAlias = Mapping[str, object]


def add(commands: Commands) -> None:
    """Add ``crosscite explain``."""
    parser = command(commands, "explain", "tell why articles stand together or apart", run)
    parser.add_argument("article", metavar="A", help="an article: its path in the content folder, or its id")
    parser.add_argument("other", metavar="B", nargs="?", help="another article")
    content_options(parser)
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def run(args: argparse.Namespace) -> int:
    """Tell why an article stands where it does, or why two stand together or apart."""
    import json

    from generator.build import group_articles_of
    from generator.system.laps import Laps

    config = config_of(args)
    work = work_of(config)
    try:
        found = group_articles_of(config, work, Laps())
    finally:
        work.close()
    article = named(args.article, found.articles)
    if args.other:
        other = named(args.other, found.articles)
        answer, lines = _two(article, other, found, config.stories)
    else:
        answer, lines = _one(article, found, config.stories)
    print(json.dumps(answer, ensure_ascii=False) if args.json else "\n".join(lines))
    return 0


def named(name: str, articles: tuple[Article, ...]) -> Article:
    """Return the article of this path or id. Raises ContentError with the nearest match."""
    from generator.errors import ContentError, Problem, nearest

    known = {key: article for article in articles for key in (article.path, article.id)}
    if name not in known:
        hint = nearest(name, (article.path for article in articles))
        raise ContentError([Problem("", 0, f"no such article: {name}", hint)])
    return known[name]


def _two(one: Article, other: Article, found: Grouped, settings: GroupSettings) -> tuple[Answer, list[str]]:
    """Return how alike two articles are, and whether they tell one story."""
    from generator.stories.why import compare

    likeness, evidence = compare(one.id, other.id, found.vectors, settings)
    together = any({one, other} <= set(group.articles) for group in found.groups)
    answer = {
        "articles": [one.path, other.path],
        "together": together,
        "likeness": round(likeness, 4),
        "threshold": settings.threshold,
        "evidence": _measured(evidence),
    }
    verdict = "tell one story" if together else "stand apart"
    lines = [f"{one.path} and {other.path} {verdict}.", *_likeness(likeness, evidence, settings)]
    return answer, lines


def _one(article: Article, found: Grouped, settings: GroupSettings) -> tuple[Answer, list[str]]:
    """Return who an article stands with, and who came nearest without."""
    from generator.stories.why import explain_groups

    group = next(group for group in found.groups if article in group.articles)
    why: Why = explain_groups(found.groups, found.vectors, settings, found.overrides)[group.articles[0].id]
    others = [member.path for member in group.articles if member is not article]
    answer = {
        "article": article.path,
        "with": others,
        "forced": why.forced,
        "shared": [{"term": term, "weight": round(weight, 4)} for term, weight in why.shared],
        "nearest": _nearest(why, found),
    }
    return answer, list(_told(article, others, why, found, settings))


def _nearest(why: Why, found: Grouped) -> Answer | None:
    """Return the closest article that was kept out."""
    if why.nearest is None:
        return None
    return {
        "article": _path(why.nearest.article, found),
        "to": _path(why.nearest.to, found),
        "likeness": round(why.nearest.likeness, 4),
        "evidence": _measured(why.nearest.evidence),
    }


def _told(
    article: Article, others: list[str], why: Why, found: Grouped, settings: GroupSettings
) -> Iterator[str]:
    """Yield the answer in lines."""
    yield f"{article.path} stands {'alone' if not others else 'with'}"
    yield from (f"  {path}" for path in others)
    if why.forced:
        yield why.forced
    if why.shared:
        yield "shared: " + ", ".join(term for term, _ in why.shared)
    if why.nearest:
        yield f"nearest that was kept out: {_path(why.nearest.article, found)} (to {_path(why.nearest.to, found)})"
        yield from _likeness(why.nearest.likeness, why.nearest.evidence, settings)
    else:
        yield "no other article came near"


def _likeness(likeness: float, evidence: tuple[Evidence, ...], settings: GroupSettings) -> Iterator[str]:
    """Yield how alike two articles are, and by what."""
    from generator.stories.linkage import FEW, FIRST

    first = FIRST * settings.threshold
    yield f"  likeness {likeness:.2f} (a story needs {settings.threshold:g} on average, one of up to {FEW} articles {first:.2f})"
    yield from (f"  {one.name}: {one.value:g}" for one in evidence)


def _measured(evidence: tuple[Evidence, ...]) -> list[Answer]:
    """Return evidence for JSON."""
    return [{"name": one.name, "value": round(one.value, 4)} for one in evidence]


def _path(id_: str, found: Grouped) -> str:
    """Return the path of an article."""
    return next(article.path for article in found.articles if article.id == id_)
