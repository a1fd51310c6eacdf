"""What was collected before: a file in the content folder, kept with the articles.

``content/.collected.json`` names, for each feed, what the server said of its state, and, for each
article that was ever collected, the file that it went to. A file that the user deletes or renames is
not fetched again. Lost or broken, it is made anew from the articles' own addresses.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import FetchError, Problem
from generator.language.addresses import canonical_url

NAME = ".collected.json"
PARTIAL = ".new"
"""Ending of a hidden file that is being written."""

_URL = re.compile(rb"^(?:url|link|canonical)\s*:\s*[\"']?(https?://[^\s\"']{1,2000})", re.MULTILINE)
_HEAD = 4_096


@dataclass(slots=True)
class State:
    """What a server said of a feed."""

    etag: str = ""
    last_modified: str = ""


@dataclass(slots=True)
class Ledger:
    """Feeds by address, and files by the identity of what they hold."""

    feeds: dict[str, State] = field(default_factory=dict)
    articles: dict[str, str] = field(default_factory=dict)

    def knows(self, *identities: str) -> bool:
        """Tell whether any of these was collected before."""
        return any(identity in self.articles for identity in identities if identity)

    def add(self, file: str, *identities: str) -> None:
        """Note that an article went to a file."""
        self.articles.update((identity, file) for identity in identities if identity)


def open_ledger(content: Path) -> Ledger:
    """Return the ledger of a content folder, with the addresses that its articles give.

    Makes the folder where there is none, and removes what a killed run left half written. Raises FetchError.
    """
    ledger = Ledger()
    try:
        content.mkdir(parents=True, exist_ok=True)
        for left in content.glob(f".*{PARTIAL}"):
            left.unlink()
    except OSError as error:
        raise _unwritable(content, error) from None
    try:
        data = json.loads((content / NAME).read_text(encoding="utf-8"))
        ledger.feeds = {
            url: State(str(s["etag"]), str(s["last_modified"])) for url, s in data["feeds"].items()
        }
        ledger.articles = {str(key): str(value) for key, value in data["articles"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        ledger = Ledger()
    for file in sorted(content.rglob("*.md")):
        if match := _URL.search(_head(file)):
            ledger.articles.setdefault(canonical_url(match[1].decode("utf-8", "replace")), file.name)
    return ledger


def _head(file: Path) -> bytes:
    """Return the first bytes of a file; none of what is no file, or cannot be read."""
    try:
        with file.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError:
        return b""


def _unwritable(path: Path, error: OSError) -> FetchError:
    return FetchError([Problem(str(path), 0, f"cannot be written: {error.strerror}")])


def save_ledger(ledger: Ledger, content: Path) -> None:
    """Write the ledger; the same ledger gives the same bytes. Raises FetchError."""
    data = {
        "feeds": {
            url: {"etag": state.etag, "last_modified": state.last_modified}
            for url, state in sorted(ledger.feeds.items())
        },
        "articles": dict(sorted(ledger.articles.items())),
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    write_whole(content / NAME, text.encode())


def write_whole(file: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises FetchError."""
    partial = file.with_name(f".{file.name}{PARTIAL}")
    try:
        partial.write_bytes(data)
        partial.replace(file)
    except OSError as error:
        raise _unwritable(file, error) from None
