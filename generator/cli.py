"""The command line: arguments, exit codes, progress; nothing else.

Exit codes: 0 done, 1 the user can mend it, 2 usage. Whatever a command needs is imported when it
runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator import __version__
from generator.errors import Problem, UserError

if TYPE_CHECKING:
    from typing import TypeAlias

    from generator.config import Config
    from generator.system.work import Work

    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when done, 1 for a problem that the user can mend, 2 for bad usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = make_parser()
    args = parser.parse_args(argv)
    if not hasattr(args, "run"):
        parser.print_help()
        return 2
    try:
        return int(args.run(args))
    except UserError as error:
        _report(error.problems)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; also what the reference of commands is made from."""
    parser = argparse.ArgumentParser(
        prog="crosscite",
        description="Turn a folder of news articles into a briefing site on which every sentence is cited.",
        epilog="crosscite COMMAND --help tells more of a command.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"crosscite {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_build(commands)
    _add_list(commands)
    _add_inspect(commands)
    _add_explain(commands)
    return parser


def _command(commands: Commands, name: str, help_: str, run: object) -> argparse.ArgumentParser:
    """Add a command with the options that all of them have."""
    parser = commands.add_parser(
        name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.", allow_abbrev=False
    )
    parser.add_argument(
        "-c", "--config", metavar="FILE", type=Path, help="settings file (default: crosscite.toml)"
    )
    parser.set_defaults(run=run)
    return parser


def _add_content(parser: argparse.ArgumentParser) -> None:
    """Add the options of commands that read the articles."""
    parser.add_argument(
        "-s", "--source", metavar="DIR", type=Path, help="folder of articles (default: content)"
    )
    parser.add_argument("--drafts", action="store_true", help="publish drafts too")
    parser.add_argument("-v", "--verbose", action="store_true", help="tell what each step costs")


def _add_build(commands: Commands) -> None:
    """Add ``crosscite build``."""
    parser = _command(commands, "build", "build the site", _build)
    _add_content(parser)
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, help="folder of the site (default: site)")
    parser.add_argument("-u", "--base-url", metavar="URL", help="address that the site is published at")
    parser.add_argument("--strict", action="store_true", help="fail when anything is skipped")
    parser.add_argument("--clean", action="store_true", help="replace a folder that Crosscite did not write")
    parser.add_argument(
        "--engine", choices=("local", "dask", "ray"), default="local", help="where the work is done"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("-q", "--quiet", action="store_true", help="print nothing but problems")


def _add_list(commands: Commands) -> None:
    """Add ``crosscite list``."""
    parser = _command(commands, "list", "list the stories, articles or outlets", _list)
    parser.add_argument("what", nargs="?", choices=("stories", "articles", "outlets"), default="stories")
    _add_content(parser)
    parser.add_argument("--json", action="store_true", help="print one object a line")


def _add_inspect(commands: Commands) -> None:
    """Add ``crosscite inspect``."""
    parser = _command(commands, "inspect", "show what was found in articles, and where", _inspect)
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="an article")
    parser.add_argument(
        "--json", action="store_true", help="print one object a line, in the order of the files"
    )


def _add_explain(commands: Commands) -> None:
    """Add ``crosscite explain``."""
    parser = _command(commands, "explain", "tell why articles stand together or apart", _explain)
    parser.add_argument("article", metavar="A", help="an article: its path in the content folder, or its id")
    parser.add_argument("other", metavar="B", nargs="?", help="another article")
    _add_content(parser)
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def _config(args: argparse.Namespace) -> Config:
    """Return the settings that a command's arguments name."""
    from generator.config import load_config, with_base_url

    config = load_config(
        getattr(args, "source", None),
        getattr(args, "output", None),
        args.config,
        drafts=getattr(args, "drafts", False),
        strict=getattr(args, "strict", False),
        clean=getattr(args, "clean", False),
    )
    return with_base_url(config, url) if (url := getattr(args, "base_url", None)) else config


def _work(config: Config, engine: str = "local") -> Work:
    """Return the remembered map of a project."""
    from generator.system.work import Work, memory_file

    file = memory_file(config.root, config.content) if config.work.cache else None
    return Work(file, jobs=config.work.jobs, engine=engine)


def _build(args: argparse.Namespace) -> int:
    """Build the site; print one line of what came of it."""
    from generator.build import build
    from generator.commands.result import result_line, result_object
    from generator.system.laps import Laps

    config, lap = _config(args), Laps()
    work = _work(config, args.engine)
    try:
        report = build(config, work, lap)
    finally:
        work.close()
    _report(report.digest.skipped)
    if args.verbose:
        print(lap.table(work.cached), file=sys.stderr)
    if args.json:
        print(json.dumps(result_object(report), ensure_ascii=False))
    elif not args.quiet:
        print(result_line(report, config.output))
    return 0


def _list(args: argparse.Namespace) -> int:
    """List what a build would publish."""
    from generator.build import digest_articles
    from generator.commands.listing import list_lines
    from generator.system.laps import Laps

    config = _config(args)
    work = _work(config)
    try:
        digest = digest_articles(config, work, Laps())
    finally:
        work.close()
    for line in list_lines(digest, args.what, as_json=args.json):
        print(line)
    _report(digest.skipped)
    return 0


def _inspect(args: argparse.Namespace) -> int:
    """Show what was found in each file; files that are no articles are named, and the exit code is 1."""
    from generator.commands.inspecting import describe, inspected, read_file

    config, failed = _config(args), False
    for file in args.files:
        reading = read_file(file, config.reading)
        for article in reading.articles:
            print(json.dumps(inspected(article), ensure_ascii=False) if args.json else describe(article))
        _report(reading.skipped)
        failed = failed or bool(reading.skipped)
    return int(failed)


def _explain(args: argparse.Namespace) -> int:
    """Tell why an article stands where it does, or why two stand together or apart."""
    from generator.build import group_content
    from generator.commands.explaining import explain_lines
    from generator.system.laps import Laps

    config = _config(args)
    work = _work(config)
    try:
        grouped = group_content(config, work, Laps())
    finally:
        work.close()
    for line in explain_lines(grouped, args.article, args.other, config.stories, as_json=args.json):
        print(line)
    return 0


def _report(problems: Sequence[Problem]) -> None:
    """Print problems on the error stream, each once, so that a long list stays readable."""
    for problem in problems:
        print(problem, file=sys.stderr)
