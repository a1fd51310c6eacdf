"""The command line: which commands there are, exit codes; nothing else.

Exit codes: 0 done, 1 the user can mend it, 2 usage. Each command is a module of ``commands`` with its
options (``add``) and its run; whatever it needs is imported when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from generator import __version__
from generator.commands import build, check, collect, completion, explain, init, inspect, list, serve  # noqa: A004
from generator.commands.options import report

COMMANDS = (init, build, serve, collect, list, inspect, explain, check, completion)
"""In the order of ``--help``."""


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
    from generator.errors import UserError  # noqa: PLC0415 - help needs no errors
    from generator.system.garbage import search_seldom  # noqa: PLC0415

    search_seldom()
    try:
        return int(args.run(args))
    except UserError as error:
        report(error.problems)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0


class _Parser(argparse.ArgumentParser):
    """A parser that knows what was probably meant."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and which command or value is nearest; exit with 2."""
        from generator.errors import nearest  # noqa: PLC0415 - help needs no errors

        _, _, told = message.partition("invalid choice: '")
        given, choices, known = told.rpartition("' (choose from ")
        if choices:
            hint = nearest(given, re.findall(r"[\w-]+", known))
            message = message if hint.startswith("known") else f"no such choice: {given}; {hint}"
        super().error(message)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; also what the reference of commands is made from."""
    parser = _Parser(
        prog="crosscite",
        description="Turn a folder of news articles into a briefing site on which every sentence is cited.",
        epilog="crosscite COMMAND --help tells more of a command.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"crosscite {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    parser.set_defaults(parser=parser)  # what ``completion`` completes
    return parser
