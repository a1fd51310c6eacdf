"""``crosscite build``: build the site, say in one line what came of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.options import command, config_of, content_options, report, work_of
from generator.commands.terminal import progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.commands.options import Commands
    from generator.system.report import BuildReport


def add(commands: Commands) -> None:
    """Add ``crosscite build``."""
    parser = command(commands, "build", "build the site", run)
    content_options(parser)
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, help="folder of the site (default: site)")
    parser.add_argument("-u", "--base-url", metavar="URL", help="address that the site is published at")
    parser.add_argument("--strict", action="store_true", help="fail when anything is skipped")
    parser.add_argument("--clean", action="store_true", help="replace a folder that Crosscite did not write")
    parser.add_argument(
        "--engine", choices=("local", "dask", "ray"), default="local", help="where the work is done"
    )
    parser.add_argument(
        "--profile", metavar="FILE", type=Path, help="write what each step cost to a file, as JSON"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("-q", "--quiet", action="store_true", help="print nothing but problems")


def run(args: argparse.Namespace) -> int:
    """Build the site; print one line of what came of it."""
    from generator.seal import build
    from generator.system.laps import Laps

    config = config_of(args)
    work, line = work_of(config, args.engine), progress(shown=not args.quiet)
    lap = Laps(_settling(line.follow(work)))
    try:
        done = build(config, work, lap)
    finally:
        line.end()
        work.close()
    report(done.skipped)
    if args.verbose:
        print(lap.table(work.cached), file=sys.stderr)
    if args.profile:
        write_profile(args.profile, lap.profile(work.cached))
    if args.json:
        import json

        print(json.dumps(result_object(done), ensure_ascii=False))
    elif not args.quiet:
        print(result_line(done, config.output))
    return 0


def _settling(tell: Callable[[str], None]) -> Callable[[str], None]:
    """Return ``tell`` that also sees to the memory that a step has left."""
    from generator.system.garbage import settle

    def step(name: str) -> None:
        settle()
        tell(name)

    return step


def write_profile(file: Path, profile: dict[str, object]) -> None:
    """Write what a build cost. Raises ConfigError when the file cannot be written."""
    import json

    from generator.errors import ConfigError, Problem

    try:
        file.write_text(json.dumps(profile, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        problem = Problem(str(file), 0, f"cannot be written: {error.strerror}", "name another file")
        raise ConfigError([problem]) from None


def result_line(report: BuildReport, output: Path) -> str:
    """Return ``41 articles, 9 stories, 6 single, 1 skipped → site/ (12 files changed) in 0.9 s``."""
    from generator.config import shown_path

    counts = result_object(report)
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    changed = len(report.written.changed) + len(report.written.removed)
    return (
        f"{_count(counts['articles'], 'article', 'articles')}, {_count(counts['stories'], 'story', 'stories')}, "
        f"{counts['single']} single{skipped} → {shown_path(output.absolute())}/ "
        f"({_count(changed, 'file', 'files')} changed) in {report.seconds:.1f} s"
    )


def result_object(report: BuildReport) -> dict[str, int | float]:
    """Return the counts of a build."""
    return {
        "articles": report.articles,
        "stories": report.stories,
        "single": report.single,
        "skipped": len(report.skipped),
        "pages": report.pages,
        "changed": len(report.written.changed),
        "removed": len(report.written.removed),
        "seconds": round(report.seconds, 3),
    }


def _count(number: float, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many}"
