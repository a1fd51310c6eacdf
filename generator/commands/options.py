"""What the commands share: their common options, the settings these name, problems on the error stream."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from generator.commands.terminal import problem_lines

if TYPE_CHECKING:
    from generator.config import Config
    from generator.errors import Problem
    from generator.system.work import Work

    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def command(
    commands: Commands, name: str, help_: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """Add a command with the options that all of them have."""
    parser = commands.add_parser(
        name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.", allow_abbrev=False
    )
    parser.add_argument(
        "-c", "--config", metavar="FILE", type=Path, help="settings file (default: crosscite.toml)"
    )
    parser.set_defaults(run=run)
    return parser


def content_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of commands that read the articles."""
    parser.add_argument(
        "-s", "--source", metavar="DIR", type=Path, help="folder of articles (default: content)"
    )
    parser.add_argument("--drafts", action="store_true", help="publish drafts too")
    parser.add_argument(
        "--dates-from-git", action="store_true", help="date articles that give none by their first commit"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="tell what each step costs")


def config_of(args: argparse.Namespace, *, lenient: bool = False) -> Config:
    """Return the settings that a command's arguments name; ``lenient`` as in ``load_config``."""
    from generator.config import load_config, with_base_url, with_git_dates

    config = load_config(
        getattr(args, "source", None),
        getattr(args, "output", None),
        args.config,
        drafts=getattr(args, "drafts", False),
        strict=getattr(args, "strict", False),
        clean=getattr(args, "clean", False),
        lenient=lenient,
    )
    if getattr(args, "dates_from_git", False):
        config = with_git_dates(config)
    return with_base_url(config, url) if (url := getattr(args, "base_url", None)) else config


def work_of(config: Config, engine: str = "local", *, keep: bool = False) -> Work:
    """Return the remembered map of a project."""
    from generator.system.memory import memory_file
    from generator.system.work import Work

    file = memory_file(config.root, config.content) if config.work.cache else None
    return Work(file, jobs=config.work.jobs, engine=engine, keep=keep)


def report(problems: Iterable[Problem]) -> None:
    """Print problems on the error stream, each once, so that a long list stays readable."""
    for problem in problems:
        print(problem_lines(problem, sys.stderr), file=sys.stderr)
