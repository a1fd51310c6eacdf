"""``crosscite collect``: fetch new articles."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.options import command, config_of, report

if TYPE_CHECKING:
    from generator.commands.options import Commands


def add(commands: Commands) -> None:
    """Add ``crosscite collect``."""
    parser = command(commands, "collect", "fetch new articles of feeds and web pages", run)
    parser.add_argument(
        "sources", metavar="FEED|URL|FILE", nargs="*", help="default: the feeds of the settings"
    )
    parser.add_argument(
        "-s", "--source", metavar="DIR", type=Path, help="folder of articles (default: content)"
    )
    parser.add_argument("--if-any", action="store_true", help="do nothing when no feeds are set")
    parser.add_argument("-q", "--quiet", action="store_true", help="print nothing but problems")


def run(args: argparse.Namespace) -> int:
    """Fetch what is new; print one line of what came of it."""
    from generator.collecting.collect import collect

    config = config_of(args)
    sources = tuple(args.sources) or config.collect.feeds
    if not sources and args.if_any:
        return 0
    done = collect(sources, config, lambda line: None if args.quiet else print(line, file=sys.stderr))
    report(done.failed)
    if not args.quiet:
        print(f"{len(done.new)} new, {done.known} known, {len(done.failed)} failed")
    return int(bool(done.failed) and not done.new and not done.known)
