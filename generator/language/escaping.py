"""Words made safe to stand in other formats: Markdown in which nothing is markup, XML that parses."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`*_\[\]<>&~|!$^{}])")
_AT_START = re.compile(r"^([#+=-]|\d{1,9}[.)])")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_markdown(text: str) -> str:
    """Return text as one Markdown line that reads back to exactly its words (CommonMark 0.31)."""
    line = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    start = _AT_START.match(line)
    return f"{line[: start.end() - 1]}\\{line[start.end() - 1 :]}" if start else line


def as_xml_text(text: str) -> str:
    """Return text without the characters that XML 1.0 forbids; escaping is the serialiser's."""
    return _NO_XML.sub("", text)
