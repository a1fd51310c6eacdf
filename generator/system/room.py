"""Whether a site has room in its folder: paths that stay inside, and stand in nobody's way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from generator.errors import Problem, SiteError
from generator.model import Page

_INSIDE = re.compile(r"(?!\.{0,2}(?:/|$))[^/\\:]+(?:/(?!\.{0,2}(?:/|$))[^/\\:]+)*")
"""A path whose every part is a name: neither empty nor ``.`` nor ``..``."""


def check_paths(pages: Sequence[Page]) -> None:
    """Refuse two pages with one path (also where capitals do not count), and paths that lead out."""
    seen: dict[str, str] = {}
    problems = []
    for page in pages:
        if not _INSIDE.fullmatch(page.path):
            problems.append(Problem(page.path, 0, "is no path inside the site"))
        if (other := seen.setdefault(page.path.casefold(), page.path)) is not page.path:
            problems.append(
                Problem(
                    page.path,
                    0,
                    f"two pages have this path ({other})",
                    "give one another slug in its front matter",
                )
            )
    if problems:
        raise SiteError(problems)


def check_room(
    wanted: AbstractSet[str], foreign: AbstractSet[str], empty: Sequence[str], output: Path
) -> None:
    """Refuse to write over, below or in the place of what is the user's: a file, a link, a folder."""
    stands = (foreign & {*wanted, *above(wanted)}) | (wanted & {*empty, *above((*foreign, *empty))})
    if stands:
        hint = "move it, or replace it with --clean"
        raise SiteError(
            [
                Problem(str(output / path), 0, "stands where a page belongs", hint)
                for path in sorted(stands)[:20]
            ]
        )


def above(paths: Iterable[str]) -> Iterator[str]:
    """Yield the folders above paths, each once."""
    seen = {""}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in seen:
            seen.add(folder)
            yield folder
            folder = folder.rpartition("/")[0]
