"""What stands above an article: YAML or TOML front matter, ``Key: value`` lines.

Names of fields, in several languages, are in ``data/headers/fields.toml``; unknown names are ignored, for
they belong to other programs. A value that cannot be used is named with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.config import ReadSettings
from generator.errors import ContentError, Problem
from generator.model import Meta
from generator.reading.fields import Field, field_of, read_fields
from generator.reading.frontmatter import read_toml, read_yaml

_FENCE = re.compile(r"(---|\+\+\+)[ \t]*\n")
_KEY_LINE = re.compile(r"[ \t]*([^\W\d_][^:：\n]{0,40}?)[ \t]*[:：][ \t]*([^\n]*)(?:\n|\Z)")
_CONTINUED = re.compile(r"(?:[ ]{4}|\t)[ \t]*(\S[^\n]*)(?:\n|\Z)")
_BLANK = re.compile(r"[ \t]*\n")
_MAX_LINES = 60


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says, and where the body starts."""

    meta: Meta = Meta()
    end: int = 0
    """Offset of the first character below the header; 0 when there is none."""
    notes: tuple[Problem, ...] = ()


def front_matter(text: str, path: str, settings: ReadSettings) -> Header:
    """Read the header of a Markdown file. Raises ContentError when it is broken."""
    match = _FENCE.match(text)
    if not match:
        return _key_lines(text, path, settings)
    if match[1] == "---" and not _is_yaml(text, match.end()):
        return Header()
    close = re.compile(rf"^{re.escape(match[1])}[ \t]*$" + (r"|^\.\.\.[ \t]*$" if match[1] == "---" else ""), re.M)
    end = close.search(text, match.end())
    if not end:
        raise ContentError([Problem(path, 1, "front matter is not closed", f"end it with a line {match[1]}")])
    reader = read_yaml if match[1] == "---" else read_toml
    fields = reader(text[match.end() : end.start()], path)
    meta, notes = read_fields(fields, path, settings)
    return Header(meta, min(end.end() + 1, len(text)), notes)


def plain_header(text: str, path: str = "", settings: ReadSettings | None = None) -> Header:
    """Read the header of a plain-text file: front matter, or lines such as ``Source: The Example``.

    Lines count as a header only from the first line on, and only while their names are known; one
    blank line may stand between two. Raises ContentError for a date that cannot be.
    """
    return front_matter(text, path, settings or ReadSettings())


def _is_yaml(text: str, start: int) -> bool:
    """Tell front matter from a rule (``---``) at the top of a text."""
    following = text[start : start + 200].lstrip("\n")
    return bool(re.match(r"""["'#]?[^\s:]{1,60}[^:\n]{0,60}:(?:\s|$)|---[ \t]*$|\.\.\.[ \t]*$""", following, re.M))


def _key_lines(text: str, path: str, settings: ReadSettings) -> Header:
    """Read ``Key: value`` lines at the top."""
    fields: list[Field] = []
    end = 0
    pending: list[Field] = []
    for field, place in _lines(text):
        pending.append(field)
        if field_of(field.name):
            fields += pending
            pending, end = [], place
    meta, notes = read_fields(fields, path, settings)
    return Header(meta, end, notes)


def _lines(text: str) -> Iterator[tuple[Field, int]]:
    """Yield the fields that the text opens with and where each ends."""
    start, first = 0, True
    for _ in range(_MAX_LINES):
        blank = _BLANK.match(text, start)
        match = _KEY_LINE.match(text, blank.end() if blank else start)
        if not match or ((first or blank) and not field_of(match[1])):
            return
        value, end = match[2], match.end()
        while more := _CONTINUED.match(text, end):
            value, end = f"{value} {more[1]}", more.end()
        yield Field(match[1], value.strip(), text.count("\n", 0, match.start()) + 1), end
        start, first = end, False
