"""Files that hold many articles: the permanent place of each, and its text from whatever the item gives."""

from __future__ import annotations

import re
from base64 import b32encode
from dataclasses import replace
from hashlib import sha256

from generator.errors import Problem
from generator.model import Meta
from generator.reading.draft import Draft, File, draft_of
from generator.reading.encodings import plain_lines
from generator.reading.plain import draft_plain
from generator.reading.tags import is_html, paragraphs_of

_READABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class Places:
    """Gives each item of a file a path of its own (``feed.xml#k7`` or ``feed.xml#3``).

    The key is the item's own name (guid, address, id) where it has one, so that articles keep their ids
    when a feed drops its oldest item; else its position. A key that comes twice is counted on.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.count = 0
        self.seen: dict[str, int] = {}

    def next(self, name: str) -> str:
        """Return the path of the next item, which calls itself ``name`` (may be empty)."""
        self.count += 1
        key = self.named(name.strip()) if name.strip() else str(self.count)
        self.seen[key] = self.seen.get(key, 0) + 1
        return f"{self.path}#{key}" + (f"-{self.seen[key]}" if self.seen[key] > 1 else "")

    def named(self, name: str) -> str:
        """Return a short key for a name: itself where it is plain, else a digest."""
        if _READABLE.fullmatch(name):
            return name
        return b32encode(sha256(name.encode("utf-8", "replace")).digest()).decode()[:10].lower()


def draft_item(file: File, path: str, meta: Meta, body: str, notes: tuple[Problem, ...] = ()) -> Draft:
    """Return the draft of one item, whose body is HTML or plain text."""
    body = plain_lines(body)
    if not body.strip() or is_html(body):
        return draft_of(file, meta, paragraphs_of(body), notes, path=path)
    draft = draft_plain(path, file.digest, body, meta, file.settings)
    return replace(draft, notes=(*notes, *draft.notes))
