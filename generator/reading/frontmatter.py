"""The two languages of front matter, YAML and TOML, read into fields with their lines.

YAML is read as events (libyaml), one at a time: depth and size are bounded before anything is built, so
neither nesting nor a bomb of aliases can grow. All values stay text.
"""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from typing import Any

import yaml

from generator.errors import ContentError, Problem
from generator.reading.fields import Field, Value

_MAX_CHARS = 100_000
_MAX_TOML_CHARS = 20_000
"""tomllib takes the square of the parts of a dotted key."""
_MAX_DEPTH = 12
_COLON_LINE = re.compile(
    r"""^([^\W\d_][\w -]{0,40}:[ ]+)([^\s\[\]{}"'|>&*!%@`,#?-][^\n]{0,400}?:(?:[ ][^\n]{0,400})?)$""",
    re.MULTILINE,
)
"""A headline that holds a colon, as many do, and no quotes round it: YAML knows no such value, so this can mean one thing."""
_SIMPLE_LINE = re.compile(
    r"""([A-Za-z_]\w*):[ ]+(?:"([^"\\]*)"|'([^']*)'|([^\W_](?:[^:#]|:(?=\S)|(?<=\S)\#)*))[ ]*""",
)


def read_yaml(text: str, path: str) -> list[Field]:
    """Return the fields of YAML front matter whose first line is line 2. Raises ContentError."""
    _check_size(text, path)
    if (simple := _simple(text)) is not None:
        return simple
    try:
        return _parsed(text, path)
    except yaml.YAMLError as error:
        with suppress(yaml.YAMLError):
            return _parsed(_COLON_LINE.sub(_quoted, text), path)
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
        line = mark.line + 2 if mark else 1
        hint = "put quotes round values that hold “: ” or “#”, or begin with a mark"
        raise ContentError([Problem(path, line, f"front matter is no YAML: {what}", hint)]) from None


def _parsed(text: str, path: str) -> list[Field]:
    """Return the fields that the parser finds. Raises YAMLError, and ContentError for what no header needs."""
    reader = _Yaml(path)
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        reader.take(event)
    return reader.fields


def _quoted(line: re.Match[str]) -> str:
    """Return a line with quotes round its value."""
    value = line[2].rstrip().replace("'", "''")
    return f"{line[1]}'{value}'"


def _simple(text: str) -> list[Field] | None:
    """Return the fields of YAML whose every line is a key and a single value that means what stands there.

    That is nearly all front matter, and spares it the parser. None for all else.
    """
    lines = [_SIMPLE_LINE.fullmatch(line) for line in text.rstrip("\n").split("\n") if line.isprintable()]
    if len(lines) <= text.rstrip("\n").count("\n"):
        return None
    fields = [
        Field(match[1], match[2] or match[3] or (match[4] or "").rstrip(), number)
        for number, match in enumerate(lines, 2)
        if match
    ]
    return fields if len(fields) == len(lines) else None


def read_toml(text: str, path: str) -> list[Field]:
    """Return the fields of TOML front matter whose first line is line 2. Raises ContentError."""
    _check_size(text, path, _MAX_TOML_CHARS)
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise ContentError([Problem(path, 1, "front matter is nested too deeply", "keep it flat")]) from None
    except ValueError as error:
        match = re.search(r"line (\d+)", str(error))
        what = str(error).partition(" (at")[0].lower()
        line = int(match[1]) + 1 if match else 1
        raise ContentError(
            [Problem(path, line, f"front matter is no TOML: {what}", 'write key = "value"')]
        ) from None
    keys = re.finditer(r"^[ \t]*[\"']?([\w-]+)[\"']?[ \t]*=", text, re.MULTILINE)
    lines = {match[1]: text.count("\n", 0, match.start()) + 2 for match in keys}
    return [Field(key, _plain(value), lines.get(key, 1)) for key, value in table.items()]


def _check_size(text: str, path: str, most: int = _MAX_CHARS) -> None:
    """Refuse what no person wrote. Raises ContentError."""
    if len(text) > most:
        raise ContentError([Problem(path, 1, f"front matter has more than {most:,} characters")])


def _plain(value: Any) -> Value:
    """Return a TOML value as text, a list of texts, or a mapping of texts."""
    if isinstance(value, list):
        return [_text(item.get("name", "") if isinstance(item, dict) else item) for item in value]
    if isinstance(value, dict):
        return _text(value.get("name", ""))
    return _text(value)


def _text(value: object) -> str:
    """Return a single TOML value as it would be written."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if isinstance(value, list | dict) else str(value)


class _Frame:
    """A list or mapping that is being read."""

    def __init__(self, *, mapping: bool) -> None:
        self.mapping = mapping
        self.key: str | None = None
        self.line = 0


class _Yaml:
    """Builds fields from events. Of mappings inside a value only ``name`` is kept (``author: {name: …}``)."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.frames: list[_Frame] = []
        self.items: list[str] = []
        self.anchors: dict[str, str] = {}
        self.fields: list[Field] = []

    def take(self, event: Any) -> None:
        """Take the next event. Raises ContentError for what no header needs."""
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                raise self.refused(event, f"front matter repeats *{event.anchor}", "write the values out")
            self.scalar(self.anchors[event.anchor], event)
        elif isinstance(event, yaml.ScalarEvent):
            if event.anchor:
                self.anchors[event.anchor] = event.value
            self.scalar(event.value, event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.close()

    def open(self, event: Any) -> None:
        """Go one level down."""
        mapping = isinstance(event, yaml.MappingStartEvent)
        if len(self.frames) >= _MAX_DEPTH:
            raise self.refused(event, f"front matter is nested more than {_MAX_DEPTH} deep", "keep it flat")
        if not self.frames and not mapping:
            raise self.refused(event, "front matter is not made of keys and values", "write key: value")
        if self.frames and self.frames[-1].mapping and self.frames[-1].key is None:
            raise self.refused(event, "a key of the front matter is no word", "write key: value")
        self.frames.append(_Frame(mapping=mapping))

    def close(self) -> None:
        """Go one level up."""
        self.frames.pop()
        if not self.frames or not self.frames[-1].mapping:
            return
        frame = self.frames[-1]
        if len(self.frames) == 1:
            self.fields.append(Field(frame.key or "", self.items, frame.line))
            self.items = []
        frame.key = None

    def scalar(self, value: str, event: Any) -> None:
        """Take one key or value."""
        if not self.frames:
            if value:
                raise self.refused(event, "front matter is not made of keys and values", "write key: value")
            return
        frame = self.frames[-1]
        if frame.mapping and frame.key is None:
            frame.key, frame.line = value, event.start_mark.line + 2
            return
        key, frame.key = frame.key, None
        if len(self.frames) == 1:
            self.fields.append(Field(key or "", value, frame.line))
        elif not frame.mapping or key == "name":
            self.items.append(value)

    def refused(self, event: Any, message: str, hint: str) -> ContentError:
        """Return the error for an event."""
        return ContentError([Problem(self.path, event.start_mark.line + 2, message, hint)])
