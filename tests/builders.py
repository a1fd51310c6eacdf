"""Small builders for tests: an article from a sentence, a site from a mapping of files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.config import ReadSettings
from generator.model import Article


def article(text: str, path: str = "a.md", **front: str) -> Article:
    """Read ``text`` as a Markdown article with this front matter, as the product would."""
    from generator.reading.read import read

    head = "".join(f"{key}: {value!r}\n" for key, value in front.items())
    source = f"---\n{head}---\n\n{text}\n" if front else text
    reading = read(path, source.encode(), ReadSettings())
    assert not reading.skipped, reading.skipped
    (only,) = reading.articles
    return only


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below ``folder``; return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
