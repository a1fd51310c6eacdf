"""``crosscite explain``: tell why articles stand together or apart."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from generator.commands.options import command, config_of, content_options, work_of

if TYPE_CHECKING:
    from generator.commands.options import Commands


def add(commands: Commands) -> None:
    """Add ``crosscite explain``."""
    parser = command(commands, "explain", "tell why articles stand together or apart", run)
    parser.add_argument("article", metavar="A", help="an article: its path in the content folder, or its id")
    parser.add_argument("other", metavar="B", nargs="?", help="another article")
    content_options(parser)
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def run(args: argparse.Namespace) -> int:
    """Tell why an article stands where it does, or why two stand together or apart."""
    from generator.build import group_articles_of
    from generator.commands.explaining import explain_lines
    from generator.system.laps import Laps

    config = config_of(args)
    work = work_of(config)
    try:
        grouped = group_articles_of(config, work, Laps())
    finally:
        work.close()
    for line in explain_lines(grouped, args.article, args.other, config.stories, as_json=args.json):
        print(line)
    return 0
