"""``crosscite serve``: preview the site and follow every change."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from generator.commands.options import command, config_of, content_options, work_of
from generator.commands.terminal import progress

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from generator.commands.options import Commands
    from generator.config import Config
    from generator.system.live import Live


def add(commands: Commands) -> None:
    """Add ``crosscite serve``."""
    parser = command(commands, "serve", "preview the site and follow every change", run)
    content_options(parser)
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


def run(args: argparse.Namespace) -> int:
    """Serve a live preview until it is interrupted."""
    from generator.preview.serve import Built, ServeOptions, serve
    from generator.seal import build
    from generator.system.laps import Laps

    work = work_of(config_of(args), keep=True)

    def make(config: Config, live: Live) -> Built:
        line = progress(shown=True)
        try:
            report = build(config, work, Laps(line.follow(work)), live)
        finally:
            line.end()
        return Built(report.written.changed + report.written.removed, report.skipped, report.seconds)

    def ahead(config: Config, touched: AbstractSet[Path]) -> None:
        from generator.build import read_ahead

        line = progress(shown=True)
        line.follow(work)
        try:
            read_ahead(config, work, touched)
        finally:
            line.end()

    options = ServeOptions(args.host, args.port, args.watch, args.poll, args.open)
    try:
        return serve(lambda: config_of(args), options, make, lambda line: print(line, flush=True), ahead)
    finally:
        work.close()
