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


class Paths:
    """The paths of a site, which are looked at one by one."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}
        self._problems: list[Problem] = []

    def add(self, path: str) -> bool:
        """Return whether a path stays inside and is nobody else's, also where capitals do not count."""
        folded = path.casefold()
        inside = _INSIDE.fullmatch(path)
        other = self._seen.setdefault(path if path == folded else folded, path)  # as one string, if it can be
        if not inside:
            self._problems.append(Problem(path, 0, "is no path inside the site"))
        if other is not path:
            hint = "give one another slug in its front matter"
            self._problems.append(Problem(path, 0, f"two pages have this path ({other})", hint))
        return bool(inside) and other is path

    def check(self) -> None:
        """Raise SiteError for those that did not."""
        if self._problems:
            raise SiteError(self._problems)


def check_paths(pages: Sequence[Page]) -> None:
    """Refuse two pages with one path (also where capitals do not count), and paths that lead out."""
    paths = Paths()
    for page in pages:
        paths.add(page.path)
    paths.check()


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
