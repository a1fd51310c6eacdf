"""When files came into a project's git history: dates for articles that give none, if the user asks for them.

The day of its first commit is no article's date, only the best that is known of some. Renames are followed.
git is asked once for all files; a shallow clone, in which every file looks new, is refused.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

from generator.config import Config
from generator.errors import ConfigError, Problem
from generator.system.files import Listed, Seen, list_sources

_LOG = ("log", "--reverse", "--format=%x01%aI", "--name-status", "-M", "-z", "--relative", "--", ".")
_CALM = ("-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-c", "diff.renameLimit=2000")
_HINT = "leave out dates_from_git, or fetch the whole history (fetch-depth: 0)"


def list_articles(
    config: Config, seen: Seen | None = None, touched: AbstractSet[Path] | None = None
) -> Listed:
    """Return the article files as ``list_sources`` does, with first commits where the settings ask for them.

    Raises ContentError, and ConfigError where there is no history to ask.
    """
    sources, problems = list_sources(config.content, config.reading.max_bytes, seen, touched)
    if not config.reading.dates_from_git:
        return sources, problems
    first = first_commits(config.content)
    return tuple(replace(source, committed=first.get(source.path, "")) for source in sources), problems


def first_commits(folder: Path) -> dict[str, str]:
    """Return when each file below a folder was committed first (ISO 8601), by its path there.

    Raises ConfigError without git, without a repository, and for a shallow one.
    """
    if _git(folder, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise _no_dates("the git history is cut off")
    first: dict[str, str] = {}
    for status, old, new, when in _changes(_git(folder, *_LOG)):
        if status in "ARC":
            known = first.get(old) if status == "R" else None
            first.setdefault(normalize("NFC", new), known or when)
    return first


def _changes(log: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield letter of the change, path before, path after and time, the oldest first."""
    when, pieces = "", iter(log.split("\0"))
    for piece in pieces:
        if piece.startswith("\1"):
            when = piece[1:]
        elif status := piece.strip("\n")[:1]:
            old = next(pieces, "")
            yield status, normalize("NFC", old), next(pieces, "") if status in "RC" else old, when


def _git(folder: Path, *arguments: str) -> str:
    """Return what git says. Raises ConfigError."""
    command = ("git", "--no-pager", *_CALM, *arguments)
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)  # noqa: S603
    except OSError:
        raise _no_dates("git is not installed") from None
    if done.returncode:
        raise _no_dates("there is no git history of the articles")
    return done.stdout.decode("utf-8", "replace")


def _no_dates(reason: str) -> ConfigError:
    return ConfigError([Problem("", 0, f"no dates from git: {reason}", _HINT)])
