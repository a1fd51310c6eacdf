"""Links within the site: each must lead to a file, and its fragment to an id on it."""

from __future__ import annotations

import html
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from urllib.parse import unquote

from generator.errors import Problem
from generator.model import Page
from generator.publishing import urls

_LINK = re.compile(
    rb'="(?:(?<=\shref=")|(?<=\ssrc="))([^"]*)"'
)  # what is searched for comes first: twice as fast
_ID = re.compile(rb'id="(?<=\sid=")([^"]*)"')
_OUTSIDE = re.compile(rb"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_HELD = 1 << 15
"""Links whose ends are held: those of the head are on every page."""


def ids(page: Page) -> frozenset[bytes]:
    """Return the places on a page that links can lead to."""
    return frozenset(_ID.findall(page.data)) if page.path.endswith(".html") else frozenset()


class Links:
    """Follows every link within the site. ``base`` is the path below which the site is published."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._ways: defaultdict[str, dict[bytes, tuple[str, ...]]] = defaultdict(dict)
        """Where links lead that begin with the way up to the site's root, by that way."""

    def read(self, page: Page) -> frozenset[str]:
        """Return the files that a page links to, and the places on them (``file#id``)."""
        targets = set[str]()
        for _, ends in self._links(page):
            targets.update(ends)
        return frozenset(targets)

    def dead(self, page: Page, sound: Ends) -> Iterator[Problem]:
        """Yield the links of one page that lead nowhere."""
        for link, ends in self._links(page):
            if wrong := sound.wrong(ends):
                line = page.data.count(b"\n", 0, page.data.find(b'"' + link + b'"')) + 1
                yield Problem(page.path, line, f"{wrong}: {link.decode()}")

    def _links(self, page: Page) -> Iterator[tuple[bytes, tuple[str, ...]]]:
        """Yield each link of a page with where it leads: the file, and the place on it; nothing outside of the site."""
        up = urls.root(page.path)
        start, ways = up.encode(), self._ways[up]
        if len(ways) > _HELD:
            ways.clear()
        for link in dict.fromkeys(_LINK.findall(page.data)) if page.path.endswith(".html") else ():
            if not up or not link.startswith(start):  # leads from here alone
                yield link, self._follow(page.path, up, link)
                continue
            ends = ways.get(link)
            if ends is None:
                ends = ways[link] = self._follow(page.path, up, link)
            yield link, ends

    def _follow(self, here: str, up: str, link: bytes) -> tuple[str, ...]:
        """Return where a link leads; one from the site's root does so from every page of the same depth."""
        if _OUTSIDE.match(link):
            return ()
        path, _, fragment = html.unescape(link.decode()).partition("#")
        target = self._target(here, up, path)
        return (target, f"{target}#{fragment}") if fragment else (target,)

    def _target(self, here: str, up: str, path: str) -> str:
        """Return the file that a link leads to."""
        if not path:
            return here
        if up and path.startswith(up) and not path.startswith("../", len(up)):
            found = path[len(up) :]
        elif path.startswith(self._base):
            found = path[len(self._base) :]
        else:
            found = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
        return unquote(found)


class Ends:
    """Where links may lead: the files of a site and the places on them."""

    def __init__(self, files: AbstractSet[str], places: Callable[[str], AbstractSet[bytes]]) -> None:
        self._files, self._places = files, places
        self._sound: set[str] = set()

    def all_sound(self, targets: AbstractSet[str]) -> bool:
        """Return whether all these files and places are there."""
        rest = targets - self._sound
        if any(map(self._wrong, rest)):
            return False
        if len(self._sound) > _HELD:
            self._sound.clear()
        self._sound |= rest
        return True

    def wrong(self, ends: tuple[str, ...]) -> str:
        """Return what is wrong with the file and the place that a link leads to, or nothing."""
        return next(filter(None, map(self._wrong, ends)), "")

    def _wrong(self, target: str) -> str:
        if target in self._files:
            return ""
        file, sign, place = target.partition("#")
        if not sign or file not in self._files:
            return "a link to no page of the site"
        return "" if place.encode() in self._places(file) else "a link to no place on its page"
