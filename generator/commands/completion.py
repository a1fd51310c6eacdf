"""``crosscite completion``: what a shell needs to complete commands. shtab's one door."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.commands.options import Commands

SHELLS = ("bash", "zsh", "fish")


def add(commands: Commands) -> None:
    """Add ``crosscite completion``."""
    help_ = "print a script with which a shell completes commands"
    parser = commands.add_parser(
        "completion", help=help_, description=f"{help_[0].upper()}{help_[1:]}.", allow_abbrev=False
    )
    parser.add_argument("shell", choices=SHELLS, help="the shell that is to use it")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    kinds = {"FILE": shtab.FILE, "DIR": shtab.DIRECTORY, "SITE": shtab.DIRECTORY}
    (commands,) = (
        action for action in args.parser._actions if isinstance(action, argparse._SubParsersAction)
    )
    for command in commands.choices.values():
        for action in command._actions:
            if isinstance(action.metavar, str) and action.metavar in kinds:
                action.complete = kinds[action.metavar]
    print(shtab.complete(args.parser, shell=args.shell), end="")
    return 0
