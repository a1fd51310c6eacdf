"""Named values, from whatever header or column, made into an article's metadata."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from generator.config import ReadSettings
from generator.errors import ContentError, Problem
from generator.language.addresses import is_address
from generator.model import Meta, Moment
from generator.reading.dates import parse_date

Value = str | list[str]

_MAX_TEXT = 2_000
_MANY = ("authors", "tags")
_DATES = ("date", "updated", "retrieved")
_ADDRESSES = ("url", "archived_url")
_YES = frozenset({"true", "yes", "on", "1", "ja", "oui", "sí", "si", "да", "так"})
_NONE = frozenset({"", "~", "null", "none", "n/a"})


class Field(NamedTuple):
    """A name and its value as written."""

    name: str
    value: Value
    line: int
    """1-based; 0 when it has none."""


@cache
def _names() -> dict[str, str]:
    """Return the field of each folded name."""
    table = (files("generator.data") / "headers" / "fields.toml").read_text(encoding="utf-8")
    return {_folded(name): field for field, names in tomllib.loads(table).items() for name in names}


def _folded(name: str) -> str:
    """Return a name without what does not count."""
    return re.sub(r"[\s_-]+", "", name.casefold())


def field_of(name: str) -> str:
    """Return the field of ``Meta`` that a name stands for; empty for none."""
    return _names().get(_folded(name), "")


def read_fields(
    fields: Sequence[Field], path: str, settings: ReadSettings
) -> tuple[Meta, tuple[Problem, ...]]:
    """Return the metadata and what an editor should know. Raises ContentError with all bad values."""
    values: dict[str, Any] = {}
    notes: list[Problem] = []
    problems: list[Problem] = []
    for field in fields:
        name = field_of(field.name)
        if not name or (name in values and field.name.casefold() != name):
            continue
        if name in _DATES:
            moment = _date(field, path, settings, notes, problems)
            if moment:
                values[name] = moment
        elif value := _value(name, field, path, notes):
            values[name] = value
    if problems:
        raise ContentError(problems)
    return Meta(**values), tuple(notes)


def _date(
    field: Field, path: str, settings: ReadSettings, notes: list[Problem], problems: list[Problem]
) -> Moment | None:
    """Return a date; one that may mean two days is noted, one that cannot be is a problem."""
    found = parse_date(_one(field.value), settings.timezone)
    if isinstance(found, Moment):
        return found
    if found.message:
        (notes if found.ambiguous else problems).append(Problem(path, field.line, found.message, found.hint))
    return None


def _value(name: str, field: Field, path: str, notes: list[Problem]) -> str | tuple[str, ...] | bool:
    """Return any other value; empty when it says nothing."""
    if name in _MANY:
        return _many(field.value, name)
    text = _one(field.value)
    if text.casefold() in _NONE and name != "story":
        return ""
    if name == "draft":
        return text.casefold() in _YES
    if name == "lang":
        return (
            re.split(r"[-_]", text.lower())[0]
            if re.fullmatch(r"[A-Za-z]{2,3}([-_]\w{1,12}){0,4}", text)
            else ""
        )
    if name in _ADDRESSES and not is_address(text):
        notes.append(Problem(path, field.line, f"no web address: {text[:80]}", "write http:// or https://"))
        return ""
    return text


def _one(value: Value) -> str:
    """Return a single line."""
    text = value if isinstance(value, str) else ", ".join(value)
    return " ".join(text[:_MAX_TEXT].split())


def _many(value: Value, name: str) -> tuple[str, ...]:
    """Return the values of a list, or of a text that lists them."""
    separators = r"[,;]" if name == "tags" else r";|,| and | und | et | y | & "
    items = re.split(separators, value) if isinstance(value, str) else value
    cleaned = (" ".join(item[:200].split()) for item in items[:50])
    return tuple(dict.fromkeys(item for item in cleaned if item.casefold() not in _NONE))
