"""Write an article as Markdown that reads back to exactly its paragraphs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from generator.language.escaping import as_markdown


def to_markdown(paragraphs: Sequence[str]) -> str:
    """Return paragraphs as Markdown in which nothing is markup."""
    return "\n\n".join(map(as_markdown, paragraphs))


def front_matter(fields: Mapping[str, str | Sequence[str]]) -> str:
    """Return YAML front matter; values are quoted as JSON, which YAML reads too."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items() if value]
    return "\n".join(["---", *lines, "---", ""])
