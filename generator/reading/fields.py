"""Named values, from whatever header, column or page, made into an article's metadata.

The names of a field in several languages are in ``data/headers/fields.toml``; unknown names are ignored,
for they belong to other programs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import filterfalse
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from generator.config import ReadSettings
from generator.errors import ContentError, Problem
from generator.language.addresses import is_address
from generator.model import Meta, Moment
from generator.reading.dates import parse_date
from generator.reading.encodings import plain_lines

Value = str | list[str]

_MAX_CHARS = 2_000
_MAX_ITEMS = 50
_DATES = ("date", "updated", "retrieved")
_ADDRESSES = ("url", "archived_url")
_YES = frozenset({"true", "yes", "on", "1", "ja", "oui", "sí", "si", "да", "так"})
_NO = frozenset({"false", "no", "off", "0", "nein", "non", "нет", "ні"})
_NOTHING = frozenset({"", "~", "-", "null", "none", "n/a", "unknown", "nan"})
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]\w{1,12}){0,4}")
_BY = re.compile(r"(?:by|von|par|por|di|door|автор)\s*:?\s+", re.IGNORECASE)
_MAILBOX = re.compile(r" ?<[^<>\s@]*@[^<>\s]*>$|^\S+@([^\s@]+)$")
_NOT_A_NAME = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,128}|https?://\S+|[()<>]")


class Field(NamedTuple):
    """A name and its value as written."""

    name: str
    value: Value
    line: int = 0
    """1-based; 0 when it has none."""


def field_of(name: str) -> str:
    """Return the field of ``Meta`` that a name stands for; empty for none."""
    return _names().get(_folded(name), "")


def known_names() -> tuple[str, ...]:
    """Return every name that a field is known by, in small letters."""
    return tuple(_names())


def read_fields(
    fields: Iterable[Field], path: str, settings: ReadSettings, *, lenient: bool = False
) -> tuple[Meta, tuple[Problem, ...]]:
    """Return the metadata and what an editor should know.

    Of two names of one field the first counts, unless the second is the field's own. A date that cannot
    be raises ContentError, naming all of them; when ``lenient`` it is a note like all else.
    """
    reader = _Reader(path, settings)
    for field in fields:
        reader.take(field)
    if reader.problems and not lenient:
        raise ContentError(reader.problems)
    meta = Meta(**reader.values)
    if is_address(meta.outlet):  # "source: https://…" means the page, not its publisher
        meta = replace(meta, url=meta.url or meta.outlet, outlet="")
    return meta, (*reader.notes, *reader.problems)


class _Reader:
    """Collects values, notes and problems, one field after another."""

    def __init__(self, path: str, settings: ReadSettings) -> None:
        self.path, self.settings = path, settings
        self.values: dict[str, Any] = {}
        self.own: set[str] = set()
        self.notes: list[Problem] = []
        self.problems: list[Problem] = []

    def take(self, field: Field) -> None:
        """Take one field."""
        name, text = field_of(field.name), _line(field.value)
        if _folded(field.name) == "published" and text.casefold() in _YES | _NO:
            name, text = "draft", "yes" if text.casefold() in _NO else "no"
        own = _folded(field.name) == _folded(name)
        if not name or (name in self.values and (name in self.own or not own)):
            return
        if value := self.value(name, text, field):
            self.values[name] = value
            self.own |= {name} if own else set()

    def value(self, name: str, text: str, field: Field) -> object:
        """Return the value of a field; None or empty when it says nothing."""
        if name in _DATES:
            return self.date(text, field.line)
        if name == "authors":
            return tuple(_authors(field.value))
        if name in ("tags", "category"):
            items = tuple(_items(field.value, r"[,;]"))
            return items if name == "tags" else "".join(items[:1])
        return (
            self.single(name, text, field.line)
            if text.casefold() not in _NOTHING or name == "story"
            else None
        )

    def single(self, name: str, text: str, line: int) -> object:
        """Return a value that is one word or line."""
        if name == "draft":
            return text.casefold() in _YES or text.casefold() == "draft"
        if name == "outlet":
            return _MAILBOX.sub(r"\1", text) if "@" in text else text
        if name == "lang":
            return self.language(text, line)
        if name in _ADDRESSES and not is_address(text):
            self.note(line, f"no web address: {text[:80]}", "write http:// or https://")
            return None
        return text

    def date(self, text: str, line: int) -> Moment | None:
        """Return a date; one that may mean two days is noted, one that cannot be is a problem."""
        found = parse_date(text, self.settings.timezone)
        if isinstance(found, Moment):
            return found
        if found.message:
            problems = self.notes if found.ambiguous else self.problems
            problems.append(Problem(self.path, line, found.message, found.hint))
        return None

    def language(self, text: str, line: int) -> str:
        """Return the primary tag of a language."""
        if match := _LANGUAGE.fullmatch(text):
            return match[1].lower()
        self.note(line, f"no language tag: {text[:40]}", "write one such as en or pt-BR")
        return ""

    def note(self, line: int, message: str, hint: str) -> None:
        """Note what an editor should know."""
        self.notes.append(Problem(self.path, line, message, hint))


def _line(value: Value) -> str:
    """Return a value as a single line."""
    text = value if isinstance(value, str) else ", ".join(value[:_MAX_ITEMS])
    return " ".join(plain_lines(text[:_MAX_CHARS]).split())


def _items(value: Value, separators: str) -> list[str]:
    """Return the values of a list, or of a text that lists them, once each."""
    items = re.split(separators, value[:_MAX_CHARS]) if isinstance(value, str) else value[:_MAX_ITEMS]
    lines = (" ".join(plain_lines(item[:200]).split()) for item in items)
    return [item for item in dict.fromkeys(lines) if item.casefold() not in _NOTHING]


def _authors(value: Value) -> Iterable[str]:
    """Yield the names of authors, without "By", addresses of mail and pages."""
    for item in _items(value, r";|,|\band\b|\bund\b|\bet\b| y | e | & "):
        name = " ".join(_BY.sub("", _NOT_A_NAME.sub(" ", item), count=1).split())
        if any(char.isalpha() for char in name):
            yield name


@lru_cache(maxsize=1_024)
def _folded(name: str) -> str:
    """Return a name without what does not count: case, accents, blanks and the like."""
    plain = name if name.isascii() else "".join(filterfalse(combining, normalize("NFD", name)))
    return re.sub(r"[\s_.:-]+", "", plain.casefold())


@cache
def _names() -> dict[str, str]:
    """Return the field of each folded name."""
    table = (files("generator.data") / "headers" / "fields.toml").read_text(encoding="utf-8")
    return {_folded(name): field for field, names in tomllib.loads(table).items() for name in (field, *names)}
