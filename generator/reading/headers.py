"""What stands above an article: front matter in YAML or TOML, or lines such as ``Source: The Example``.

A header is front matter between ``---`` (YAML) or ``+++`` (TOML), or a run of ``Key: value`` lines whose
names are known (``data/headers/fields.toml``), perhaps below a first line that is the title. A rule
(``---``) or a sentence with a colon at the top of a text is no header. Where a file carries a second front
matter, as copied articles do, it tells what the first leaves open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from generator.config import ReadSettings
from generator.errors import ContentError, Problem
from generator.language.addresses import is_address
from generator.model import Meta
from generator.reading.dates import Undated, parse_date
from generator.reading.draft import fill
from generator.reading.fields import Field, field_of, read_fields
from generator.reading.frontmatter import read_toml, read_yaml

_FENCE = re.compile(r"\n{0,9}(---|\+\+\+)[ \t]*\n")
_CLOSE = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_YAML_KEY = re.compile(r"""^[ \t]*["']?([^\W\d_][\w .-]{0,40}?)["']?[ \t]*:(?:[ \t]|$)""", re.MULTILINE)
_LINE = re.compile(r"^[^\n]*", re.MULTILINE)
_KEY = re.compile(
    r"[ \t]{0,3}[*_]{0,2}([^\W\d_][^:：\n*]{0,40}?)[*_ \t]{0,4}[:：][*_]{0,2}(?:[ \t]+|(?=\S))([^\n]*)"
)
_INDENTED = ("    ", "\t")
_SENTENCE_END = (".", "!", ":", "。")
_MOST_LINES = 60
_LONGEST_VALUE = 400
_LONGEST_TITLE = 250
_PROVING = frozenset({"date", "url", "outlet", "authors", "retrieved"})


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says, and where the body starts."""

    meta: Meta
    end: int
    """Offset of the first character below the header; 0 when there is none."""
    notes: tuple[Problem, ...] = ()


def front_matter(text: str, path: str, settings: ReadSettings) -> Header:
    """Read the header of a Markdown file. Raises ContentError when it is broken."""
    header = _fenced(text, 0, path, settings)
    if header is None:
        return _key_lines(text, path, settings)
    second = _fenced(text, header.end, path, settings)
    if second is None:
        return header
    line = text.count("\n", 0, len(text) - len(text[header.end :].lstrip("\n"))) + 1
    note = Problem(path, line, "second front matter", "remove it; it only tells what the first leaves open")
    return Header(fill(header.meta, second.meta), second.end, (*header.notes, *second.notes, note))


def plain_header(text: str, path: str, settings: ReadSettings) -> Header:
    """Read the header of a plain-text file. Raises ContentError for a date that cannot be."""
    return front_matter(text, path, settings)


def _fenced(text: str, start: int, path: str, settings: ReadSettings) -> Header | None:
    """Read front matter at ``start``; None when there is none there."""
    fence = _FENCE.match(text, start)
    if not fence:
        return None
    close = _CLOSE[fence[1]].search(text, fence.end())
    block = text[fence.end() : close.start() if close else fence.end() + 2_000]
    if not _is_header(block, fence[1], closed=close is not None):
        return None
    above = text.count("\n", 0, fence.end()) - 1
    if not close:
        hint = f"end it with a line {fence[1]}"
        raise ContentError([Problem(path, above + 1, "front matter is not closed", hint)])
    fields = _read_block(block, fence[1], path, above)
    meta, notes = read_fields(fields, path, settings)
    return Header(meta, close.end(), notes)


def _read_block(block: str, fence: str, path: str, above: int) -> list[Field]:
    """Return the fields of front matter that has ``above`` lines above it."""
    try:
        fields = read_yaml(block, path) if fence == "---" else read_toml(block, path)
    except ContentError as error:
        raise ContentError(
            replace(problem, line=problem.line + above) for problem in error.problems
        ) from None
    return [field._replace(line=field.line + above) for field in fields]


def _is_header(block: str, fence: str, *, closed: bool) -> bool:
    """Tell front matter from the text below a rule."""
    if fence == "+++":
        return not block.strip() or "=" in block
    lines = (line for line in block.split("\n") if line.strip() and not line.lstrip().startswith("#"))
    first = _YAML_KEY.match(next(lines, ""))
    if closed and (first or not block.strip()):
        return True
    known = (
        field_of(match[1]) for match in _YAML_KEY.finditer(block if closed else first[0] if first else "")
    )
    return any(known)


def _key_lines(text: str, path: str, settings: ReadSettings) -> Header:
    """Read ``Key: value`` lines at the top, and a title above them."""
    fields: list[Field] = []
    pending: list[Field] = []  # count only if a known field follows
    end = gap = 0
    for number, match in enumerate(islice(_LINE.finditer(text), _MOST_LINES), 1):
        line, begun = match[0], bool(fields or pending)
        if not line.strip():
            gap += begun
            continue
        if gap > 1:
            break
        field = _field(line, number, settings.timezone)
        name = field_of(field.name) if field else ""
        if field and name and (fields or not pending or name in _PROVING):
            fields, pending, end = [*fields, *pending, field], [], match.end()
        elif begun and not gap and line.startswith(_INDENTED):
            last = pending or fields
            last[-1] = last[-1]._replace(value=f"{last[-1].value} {line.strip()}")
            end = end if pending else match.end()
        elif fields and field and not gap:
            pending.append(field)
        elif not begun and len(line) <= _LONGEST_TITLE and not line.rstrip().endswith(_SENTENCE_END):
            pending.append(Field("title", line.strip("# \t*_"), number))
        else:
            break
        gap = 0
    if not end:
        return Header(Meta(), 0)
    meta, notes = read_fields(fields, path, settings)
    return Header(meta, min(end + 1, len(text)), notes)


def _field(line: str, number: int, timezone: str) -> Field | None:
    """Return the field that a line is; None for one of the text."""
    if is_address(line.strip()):
        return Field("url", line.strip(), number)
    match = _KEY.fullmatch(line)
    if not match or len(match[2]) > _LONGEST_VALUE:
        return None
    name, value = match[1], match[2].strip(" \t*_")
    if (
        field_of(name) == "date"
        and len(value.split()) > 8
        and isinstance(parse_date(value, timezone), Undated)
    ):
        return None  # a sentence that begins "Data: …"
    return Field(name, value, number)
