"""Write an article as Markdown that reads back to exactly its paragraphs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

_ANYWHERE = re.compile(r"([\\`*_\[\]<>&~|!$^{}])")
_AT_START = re.compile(r"^(\s*)([#+=-]|\d{1,9}[.)])")


def to_markdown(paragraphs: Sequence[str]) -> str:
    """Return paragraphs as Markdown in which nothing is markup."""
    return "\n\n".join(map(_escaped, paragraphs))


def _escaped(paragraph: str) -> str:
    """Return one paragraph on one line, with what Markdown would take for markup escaped."""
    line = _ANYWHERE.sub(r"\\\1", " ".join(paragraph.split()))
    start = _AT_START.match(line)
    return f"{line[: start.end() - 1]}\\{line[start.end() - 1 :]}" if start else line


def front_matter(fields: Mapping[str, str | Sequence[str]]) -> str:
    """Return YAML front matter; values are quoted as JSON, which YAML reads too."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items() if value]
    return "\n".join(["---", *lines, "---", ""])
