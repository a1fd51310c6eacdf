"""``crosscite init``: start a project."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.commands.options import Commands


def add(commands: Commands) -> None:
    """Add ``crosscite init``."""
    help_ = "start a project: sample articles, settings, a workflow for GitHub Pages"
    parser = commands.add_parser(
        "init", help=help_, description=f"{help_[0].upper()}{help_[1:]}.", allow_abbrev=False
    )
    parser.add_argument(
        "folder", metavar="DIR", nargs="?", type=Path, default=Path(), help="where (default: here)"
    )
    parser.add_argument(
        "--force", action="store_true", help="replace files that have the name of a shipped one"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Start a project; say what was written, and what was there and kept."""
    from generator.collecting.scaffold import scaffold

    done = scaffold(args.folder, force=args.force)
    for verb, paths, more in (
        ("wrote", done.written, ""),
        ("replaced", done.replaced, ""),
        ("kept your", done.kept, "  (--force would replace it)"),
    ):
        for path in paths:
            print(f"{verb} {(args.folder / path).as_posix()}{more}")
    where = f"cd {args.folder.as_posix()} && " if args.folder != Path() else ""
    print(f"next: {where}crosscite serve --open")
    return 0
