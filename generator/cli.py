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
    _add_init(commands)
    _add_build(commands)
    _add_serve(commands)
    _add_collect(commands)
    _add_list(commands)
    _add_inspect(commands)
    _add_explain(commands)
    _add_check(commands)
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


def _add_init(commands: Commands) -> None:
    """Add ``crosscite init``."""
    help_ = "start a project: sample articles, settings, a workflow for GitHub Pages"
    parser = commands.add_parser("init", help=help_, description=f"{help_.capitalize()}.", allow_abbrev=False)
    parser.add_argument(
        "folder", metavar="DIR", nargs="?", type=Path, default=Path(), help="where (default: here)"
    )
    parser.add_argument(
        "--force", action="store_true", help="replace files that have the name of a shipped one"
    )
    parser.set_defaults(run=_init)


def _add_serve(commands: Commands) -> None:
    """Add ``crosscite serve``."""
    parser = _command(commands, "serve", "preview the site and follow every change", _serve)
    _add_content(parser)
    parser.add_argument("-u", "--base-url", metavar="URL", help="address that the site will be published at")
    parser.add_argument(
        "--watch",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="build again on changes (default)",
    )
    parser.add_argument("--poll", action="store_true", help="look at the files now and then (network drives)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="first port to try (default: 8000)")
    parser.add_argument("--open", action="store_true", help="show the site in the browser")


def _add_collect(commands: Commands) -> None:
    """Add ``crosscite collect``."""
    parser = _command(commands, "collect", "fetch new articles of feeds and web pages", _collect)
    parser.add_argument(
        "sources", metavar="FEED|URL|FILE", nargs="*", help="default: the feeds of the settings"
    )
    parser.add_argument(
        "-s", "--source", metavar="DIR", type=Path, help="folder of articles (default: content)"
    )
    parser.add_argument("--if-any", action="store_true", help="do nothing when no feeds are set")
    parser.add_argument("-q", "--quiet", action="store_true", help="print nothing but problems")


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


def _add_check(commands: Commands) -> None:
    """Add ``crosscite check``."""
    parser = _command(commands, "check", "find what should be mended before publishing", _check)
    _add_content(parser)
    parser.add_argument("-u", "--base-url", metavar="URL", help="address that the site will be published at")
    parser.add_argument(
        "--external", action="store_true", help="ask for the originals that articles name, too"
    )
    parser.add_argument(
        "--provenance", metavar="SITE", type=Path, help="compare a built site with the articles instead"
    )
    parser.add_argument("--json", action="store_true", help="print one object a line")


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


def _work(config: Config, engine: str = "local", *, keep: bool = False) -> Work:
    """Return the remembered map of a project."""
    from generator.system.work import Work, memory_file

    file = memory_file(config.root, config.content) if config.work.cache else None
    return Work(file, jobs=config.work.jobs, engine=engine, keep=keep)


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
    _report(report.skipped)
    if args.verbose:
        print(lap.table(work.cached), file=sys.stderr)
    if args.json:
        print(json.dumps(result_object(report), ensure_ascii=False))
    elif not args.quiet:
        print(result_line(report, config.output))
    return 0


def _init(args: argparse.Namespace) -> int:
    """Start a project; say what was written, and what was there and kept."""
    from generator.collecting.scaffold import scaffold

    done = scaffold(args.folder, force=args.force)
    for verb, paths in (("wrote", done.written), ("replaced", done.replaced), ("kept your", done.kept)):
        for path in paths:
            print(f"{verb} {(args.folder / path).as_posix()}")
    where = f"cd {args.folder.as_posix()} && " if args.folder != Path() else ""
    print(f"next: {where}crosscite serve --open")
    return 0


def _serve(args: argparse.Namespace) -> int:
    """Serve a live preview until it is interrupted."""
    from generator.build import build
    from generator.preview.serve import Built, ServeOptions, serve
    from generator.system.laps import Laps

    work = _work(_config(args), keep=True)

    def make(config: Config) -> Built:
        report = build(config, work, Laps(), durable=False)
        return Built(report.written.changed + report.written.removed, report.skipped, report.seconds)

    options = ServeOptions(args.host, args.port, args.watch, args.poll, args.open)
    try:
        return serve(lambda: _config(args), options, make, lambda line: print(line, flush=True))
    finally:
        work.close()


def _collect(args: argparse.Namespace) -> int:
    """Fetch what is new; print one line of what came of it."""
    from generator.collecting.collect import collect

    config = _config(args)
    sources = tuple(args.sources) or config.collect.feeds
    if not sources and args.if_any:
        return 0
    done = collect(sources, config, lambda line: None if args.quiet else print(line, file=sys.stderr))
    _report(done.failed)
    if not args.quiet:
        print(f"{len(done.new)} new, {done.known} known, {len(done.failed)} failed")
    return int(bool(done.failed) and not done.new and not done.known)


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
    from generator.build import group_articles_of
    from generator.commands.explaining import explain_lines
    from generator.system.laps import Laps

    config = _config(args)
    work = _work(config)
    try:
        grouped = group_articles_of(config, work, Laps())
    finally:
        work.close()
    for line in explain_lines(grouped, args.article, args.other, config.stories, as_json=args.json):
        print(line)
    return 0


def _check(args: argparse.Namespace) -> int:
    """Print what should be mended, errors first; the exit code is 1 when there are any."""
    from generator.build import digest_articles, published
    from generator.collecting.check import Finding, check, check_outside
    from generator.collecting.provenance import check_provenance
    from generator.system.laps import Laps

    config, lap = _config(args), Laps()
    work = _work(config)
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


def _report(problems: Sequence[Problem]) -> None:
    """Print problems on the error stream, each once, so that a long list stays readable."""
    for problem in problems:
        print(problem, file=sys.stderr)
