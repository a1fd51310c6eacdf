"""``crosscite check``: find what should be mended before publishing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.options import command, config_of, content_options, work_of

if TYPE_CHECKING:
    from generator.commands.options import Commands


def add(commands: Commands) -> None:
    """Add ``crosscite check``."""
    parser = command(commands, "check", "find what should be mended before publishing", run)
    content_options(parser)
    parser.add_argument("-u", "--base-url", metavar="URL", help="address that the site will be published at")
    parser.add_argument(
        "--external", action="store_true", help="ask for the originals that articles name, too"
    )
    parser.add_argument(
        "--provenance", metavar="SITE", type=Path, help="compare a built site with the articles instead"
    )
    parser.add_argument("--json", action="store_true", help="print one object a line")


def run(args: argparse.Namespace) -> int:
    """Print what should be mended, errors first; the exit code is 1 when there are any."""
    from generator.build import digest_articles, published
    from generator.collecting.check import Finding, check, check_outside
    from generator.collecting.provenance import check_provenance
    from generator.system.laps import Laps

    config, lap = config_of(args), Laps()
    work = work_of(config)
    try:
        digest = digest_articles(config, work, lap)
        if args.provenance:
            problems = check_provenance(args.provenance, digest, config.site.base_url)
            found = tuple(Finding("error", "provenance", problem) for problem in problems)
        else:
            found = check(digest, published(digest, config, work, lap), config)
    finally:
        work.close()
    if args.external:
        found += check_outside(digest, config)
    for finding in found:
        print(finding.as_json() if args.json else finding)
    errors = sum(finding.level == "error" for finding in found)
    if not args.json:
        print(f"{errors} errors, {len(found) - errors} warnings")
    return int(errors > 0)
