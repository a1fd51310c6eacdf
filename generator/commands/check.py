"""``crosscite check``: find what should be mended before publishing."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from generator.commands.options import command, config_of, content_options, work_of
from generator.commands.terminal import paint, problem_lines, progress

if TYPE_CHECKING:
    from generator.collecting.check import Finding
    from generator.commands.options import Commands
    from generator.config import Config


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
    config = config_of(args, lenient=True)
    found = (
        _provenance(args.provenance, config) if args.provenance else _check(config, external=args.external)
    )
    for finding in found:
        print(finding.as_json() if args.json else _line(finding))
    errors = sum(finding.level == "error" for finding in found)
    if not args.json:
        print(_summary(errors, len(found) - errors))
    return int(errors > 0)


def _check(config: Config, *, external: bool) -> tuple[Finding, ...]:
    """Return what should be mended before publishing."""
    from generator.collecting.check import check, check_outside
    from generator.collecting.survey import survey
    from generator.system.laps import Laps

    work, line = work_of(config), progress(shown=True)
    try:
        today = dt.datetime.now(ZoneInfo(config.reading.timezone)).date()
        material = survey(config, work, Laps(line.follow(work)), today)
    finally:
        line.end()
        work.close()
    return check(material) + (check_outside(material.digest.articles, config) if external else ())


def _provenance(site: Path, config: Config) -> tuple[Finding, ...]:
    """Return what in a built site is not of these articles."""
    from generator.build import digest_articles, published
    from generator.collecting.check import Finding
    from generator.collecting.provenance import check_provenance
    from generator.system.laps import Laps

    work, lap = work_of(config), Laps()
    try:
        digest = digest_articles(config, work, lap)
        problems = check_provenance(site, digest, published(digest, config, work), config)
    finally:
        work.close()
    return tuple(Finding("error", "provenance", problem) for problem in problems)


def _line(finding: Finding) -> str:
    """Return a finding as it is printed."""
    level = paint(finding.level, "red" if finding.level == "error" else "yellow", sys.stdout)
    return f"{level} ({finding.rule}): {problem_lines(finding.problem, sys.stdout)}"


def _summary(errors: int, warnings: int) -> str:
    """Return ``1 error, 2 warnings``."""
    if not errors and not warnings:
        return "nothing to mend"
    counts = ((errors, "error"), (warnings, "warning"))
    return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts)
