"""Rules on settings, overrides, and the files beside them that decide how the site is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from generator import __version__
from generator.collecting.checks.material import Material
from generator.config import setting_line, shown_path
from generator.errors import Problem
from generator.language.addresses import canonical_url, is_address

_LOCAL = frozenset({"localhost", "127.0.0.1", "0.0.0.0", "::1"})  # noqa: S104 - a name to look for
_PIN = re.compile(r"crosscite(?:\[[\w, ]*\])?\s*==\s*([\w.+!-]+)", re.IGNORECASE)


def settings(material: Material) -> Iterator[Problem]:
    """Yield what is wrong with the settings file."""
    yield from material.config.problems


def overrides(material: Material) -> Iterator[Problem]:
    """Yield overrides that name nothing that is there, or contradict each other."""
    yield from material.broken.get("overrides", ())


def base_url(material: Material) -> Iterator[Problem]:
    """Yield what is wrong with the address of the site."""
    config = material.config
    url, file = config.site.base_url, shown_path(config.file or config.root / "crosscite.toml")
    line = setting_line(config, "site", "base_url")
    if not url:
        if not _given_by_workflow(config.root):
            yield Problem(file, line, "site.base_url is not set", "feeds and canonical links need it")
    elif (urlsplit(url).hostname or "") in _LOCAL:
        yield Problem(file, line, f"site.base_url is an address of this machine: {url}")
    elif url.startswith("http:"):
        yield Problem(file, line, f"site.base_url is not encrypted: {url}", "write https://")


def _given_by_workflow(root: Path) -> bool:
    """Return whether a workflow of the project builds with an address."""
    workflows = (root / ".github" / "workflows").glob("*.y*ml")
    return any("--base-url" in file.read_text(encoding="utf-8", errors="replace") for file in workflows)


def domain(material: Material) -> Iterator[Problem]:
    """Yield a ``CNAME`` file, of the project or of the site folder, that is not the host of the base url."""
    config = material.config
    host = (urlsplit(config.site.base_url).hostname or "").casefold()
    for file in (config.root / "CNAME", config.output / "CNAME"):
        if file.is_file() and host:
            named = file.read_text(encoding="utf-8", errors="replace").strip()
            if named.casefold() != host:
                message = f"names {named or 'no host'}, but site.base_url is at {host}"
                yield Problem(shown_path(file), 1, message, "make the two agree")


def feeds(material: Material) -> Iterator[Problem]:
    """Yield feeds that are neither an address nor a file, and those that are listed twice."""
    config = material.config
    seen: set[str] = set()
    for feed in config.collect.feeds:
        wrong = ""
        if canonical_url(feed) in seen:
            wrong = f"feed is listed twice: {feed}"
        elif not is_address(feed) and not Path(feed).is_file():
            wrong = f"feed is no address and no file: {feed}"
        seen.add(canonical_url(feed) or feed)
        if wrong and config.file:
            yield Problem(shown_path(config.file), _last_line(config.file, feed), wrong)


def _last_line(file: Path, words: str) -> int:
    """Return the last line that holds words; 0 when none does."""
    lines = enumerate(file.read_text(encoding="utf-8-sig", errors="replace").splitlines(), 1)
    return max((number for number, line in lines if f'"{words}"' in line), default=0)


def version(material: Material) -> Iterator[Problem]:
    """Yield a ``requirements.txt`` that publishes with another version than this one."""
    file = material.config.root / "requirements.txt"
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file.is_file() else []
    for number, line in enumerate(lines, 1):
        match = _PIN.match(line.strip())
        if match and match[1] != __version__:
            message = f"publishes with Crosscite {match[1]}; this is {__version__}"
            yield Problem(shown_path(file), number, message, f"write crosscite=={__version__}")
