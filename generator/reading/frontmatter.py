"""The two languages of front matter, YAML and TOML, read into fields with their lines.

YAML is read as events (libyaml), one at a time: depth and size are bounded before anything is built, so
neither nesting nor a bomb of aliases can grow. All values stay text.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

import yaml

from generator.errors import ContentError, Problem
from generator.reading.fields import Field, Value

_MAX_CHARS = 100_000
_MAX_DEPTH = 12


def read_yaml(text: str, path: str) -> list[Field]:
    """Return the fields of YAML front matter whose first line is line 2. Raises ContentError."""
    _check_size(text, path)
    reader = _Yaml(path)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reader.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
        line = mark.line + 2 if mark else 1
        hint = "put quotes round values that hold “: ” or “#”, or begin with a mark"
        raise ContentError([Problem(path, line, f"front matter is no YAML: {what}", hint)]) from None
    return reader.fields()


def read_toml(text: str, path: str) -> list[Field]:
    """Return the fields of TOML front matter whose first line is line 2. Raises ContentError."""
    _check_size(text, path)
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        match = re.search(r"line (\d+)", str(error))
        what = str(error).partition(" (at")[0].lower() if isinstance(error, ValueError) else "nested too deeply"
        line = int(match[1]) + 1 if match else 1
        raise ContentError(
            [Problem(path, line, f"front matter is no TOML: {what}", 'write key = "value"')]
        ) from None
    lines = {m[1]: text.count("\n", 0, m.start()) + 2 for m in re.finditer(r"^\s*[\"']?([\w-]+)[\"']?\s*=", text, re.M)}
    return [Field(key, _plain(value), lines.get(key, 1)) for key, value in table.items()]


def _check_size(text: str, path: str) -> None:
    """Refuse what no person wrote. Raises ContentError."""
    if len(text) > _MAX_CHARS:
        raise ContentError([Problem(path, 1, f"front matter has more than {_MAX_CHARS:,} characters")])


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


class _Yaml:
    """Builds the fields of one mapping from events; what lies deeper than a list of mappings is passed over."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.depth = 0
        self.found: list[Field] = []
        self.key: tuple[str, int] | None = None
        self.items: list[str] | None = None
        self.inner: str | None = None
        self.anchors: dict[str, str] = {}

    def refuse(self, event: Any, message: str, hint: str = "") -> ContentError:
        """Return the error for an event."""
        return ContentError([Problem(self.path, event.start_mark.line + 2, message, hint)])

    def take(self, event: Any) -> None:
        """Take the next event."""
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                raise self.refuse(event, f"front matter repeats *{event.anchor}", "write the value out")
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
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.refuse(event, f"front matter is nested more than {_MAX_DEPTH} deep")
        if self.depth == 1 and not isinstance(event, yaml.MappingStartEvent):
            raise self.refuse(event, "front matter is no list of keys and values", "write key: value")
        if self.depth == 2:
            self.items, self.inner = [], None
            if self.key is None:
                raise self.refuse(event, "a key of front matter is no word", "write key: value")

    def close(self) -> None:
        """Go one level up."""
        self.depth -= 1
        if self.depth == 1 and self.key and self.items is not None:
            self.found.append(Field(self.key[0], self.items, self.key[1]))
            self.key = self.items = None

    def scalar(self, value: str, event: Any) -> None:
        """Take one value or key."""
        if self.depth == 0:
            if value:
                raise self.refuse(event, "front matter is no list of keys and values", "write key: value")
        elif self.depth == 1 and self.key is None:
            self.key = (value, event.start_mark.line + 2)
        elif self.depth == 1 and self.key:
            self.found.append(Field(self.key[0], value, self.key[1]))
            self.key = None
        elif self.depth == 2 and self.items is not None:
            self.items.append(value)

    def fields(self) -> list[Field]:
        """Return what was found."""
        return self.found
