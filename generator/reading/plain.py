"""Plain text: paragraphs, title, and what stands round the report, as spans of the decoded file."""

from __future__ import annotations

import re
from itertools import pairwise

from generator.config import ReadSettings
from generator.model import Meta, Span
from generator.reading.draft import Draft

_LINE = re.compile(r"[^\n]*\S[^\n]*")


def draft_plain(path: str, digest: str, text: str, meta: Meta, settings: ReadSettings) -> Draft:
    """Return the draft of a plain-text file. ``text`` is the decoded file, line ends ``\\n``."""
    return Draft(path=path, digest=digest, meta=meta, text=text, paragraphs=paragraphs(text))


def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs."""
    found: list[Span] = []
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text)]
    blank = any("\n" in text[a.end + 1 : b.start] for a, b in pairwise(lines))
    for line in lines:
        if (
            blank
            and found
            and "\n" not in text[found[-1].end + 1 : line.start]
            and not _ends(text, found[-1].end, line.start)
        ):
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(line)
    return tuple(found)


def _ends(text: str, end: int, start: int) -> bool:
    """Tell whether a lone line break ends a paragraph."""
    return text[end - 1] in '.!?:"”' and not text[start].islower()
