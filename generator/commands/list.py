"""``crosscite list``: stories, articles and outlets, a line each."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.commands.options import command, config_of, content_options, report, work_of

Row = dict[str, str | int | list[str]]

if TYPE_CHECKING:
    from generator.commands.options import Commands
    from generator.model import Digest, Moment


def add(commands: Commands) -> None:
    """Add ``crosscite list``."""
    parser = command(commands, "list", "list the stories, articles or outlets", run)
    kinds = ("stories", "articles", "outlets")
    parser.add_argument("what", nargs="?", choices=kinds, default="stories", help="default: stories")
    content_options(parser)
    parser.add_argument("--json", action="store_true", help="print one object a line")


def run(args: argparse.Namespace) -> int:
    """List what a build would publish."""
    from generator.build import digest_articles
    from generator.system.laps import Laps

    config = config_of(args)
    work = work_of(config)
    try:
        digest = digest_articles(config, work, Laps())
    finally:
        work.close()
    for line in list_lines(digest, args.what, as_json=args.json):
        print(line)
    report(digest.skipped)
    return 0


def list_lines(digest: Digest, what: str, *, as_json: bool = False) -> Iterator[str]:
    """Yield a line for each story, article or outlet of the digest."""
    import json

    for row in _rows(digest, what):
        yield json.dumps(row, ensure_ascii=False) if as_json else "  ".join(map(_cell, row.values()))


def _rows(digest: Digest, what: str) -> Iterator[Row]:
    """Yield the fields of each line."""
    if what == "stories":
        for story in digest.stories:
            articles = [article.path for article in story.articles]
            yield {
                "id": story.id,
                "date": _day(story.first),
                "headline": story.headline.text,
                "articles": articles,
            }
    elif what == "articles":
        story_of = {article.id: story.id for story in digest.stories for article in story.articles}
        for article in digest.articles:
            meta = article.meta
            yield {
                "id": article.id,
                "date": _day(meta.date),
                "outlet": meta.outlet or "outlet not given",
                "title": meta.title or "title not given",
                "path": article.path,
                "story": story_of.get(article.id, ""),
            }
    else:
        outlets = Counter(article.meta.outlet or "outlet not given" for article in digest.articles)
        for outlet, count in sorted(outlets.items(), key=lambda item: (-item[1], item[0])):
            yield {"outlet": outlet, "articles": count}


def _day(moment: Moment | None) -> str:
    """Return a date as readers of a list want it."""
    return moment.day.isoformat() if moment else "date not given"


def _cell(value: str | int | list[str]) -> str:
    """Return one field of a line."""
    return f"({', '.join(value)})" if isinstance(value, list) else str(value)
