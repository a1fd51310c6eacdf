"""Tables of articles: CSV with a line of column names, JSON Lines, JSON lists.

Columns have the names of header fields (``data/headers/fields.toml``); the text stands in one called text,
body, content or the like. A bad line is named, the others are read.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.errors import ContentError, Problem
from generator.reading.draft import Drafts, File
from generator.reading.encodings import decode
from generator.reading.fields import Field, Value, read_fields
from generator.reading.items import Places, draft_item

_TEXTS = (
    "text", "body", "content", "fulltext", "articlebody", "articletext", "maintext", "contenthtml", "contenttext", "html",
    "inhalt", "texte", "contenu", "texto", "contenido", "cuerpo", "testo", "tekst", "текст",
)  # fmt: skip
_KEYS = ("id", "guid", "uid", "uuid", "key", "articleid", "url", "link")
_MOST_FIELD_CHARS = 2**31 - 1
_DELIMITERS = ",;\t|"
_PATIENCE = 20
"""How often, on average, each line may be read in vain: from a quote that nothing closes all that follow are."""


class _Row(NamedTuple):
    """One article's columns."""

    values: dict[str, Value]
    """By name as written."""
    line: int
    """Where it starts; 0 when it has no line."""


def draft_csv(file: File) -> Drafts:
    """Yield the drafts of a CSV file. Raises ContentError when no column holds the text."""
    text = decode(file.data, file.path, raw=True)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    delimiter = max(_DELIMITERS, key=lines[first].count)
    names = [name.strip() for name in lines[first].replace('"', "").split(delimiter)]
    if not _column(names, _TEXTS):
        hint = f"call one of the columns text: {', '.join(filter(None, names))[:200]}"
        raise ContentError([Problem(file.path, first + 1, "no column holds the text", hint)])
    yield from _drafts(file, _csv_rows(file, lines, first + 1, names, delimiter))


def draft_json_lines(file: File) -> Drafts:
    """Yield the drafts of a JSON Lines file."""
    lines = re.split(r"\r\n|\r|\n", decode(file.data, file.path, raw=True))
    yield from _drafts(
        file, (_json_row(file, line, number) for number, line in enumerate(lines, 1) if line.strip())
    )


def draft_records(file: File, records: Iterable[object]) -> Drafts:
    """Yield the drafts of the objects that a JSON file lists."""
    yield from _drafts(
        file, (_record(file, record, 0, f"entry {place}") for place, record in enumerate(records, 1))
    )


def _drafts(file: File, rows: Iterable[_Row | Problem]) -> Drafts:
    """Yield the draft of each row, or what is wrong with it."""
    places = Places(file.path)
    for row in rows:
        if isinstance(row, Problem):
            yield row
            continue
        path = places.next(_single(row, _KEYS))
        try:
            fields = (Field(name, value, row.line) for name, value in row.values.items())
            meta, notes = read_fields(fields, file.path, file.settings)
        except ContentError as error:
            yield from error.problems
            continue
        text = _single(row, _TEXTS) or meta.description
        if text or meta.title:
            yield draft_item(file, path, meta, text, notes)
        else:
            yield Problem(file.path, row.line, "no text", "fill the column text")


def _csv_rows(
    file: File, lines: list[str], start: int, names: list[str], delimiter: str
) -> Iterator[_Row | Problem]:
    """Yield the rows below the line of names. Behind a broken one reading goes on at the next line."""
    csv.field_size_limit(_MOST_FIELD_CHARS)
    patience = _PATIENCE * len(lines)
    while start < len(lines):
        source = (lines[number] + "\n" for number in range(start, len(lines)))
        reader, read = csv.reader(source, delimiter=delimiter, strict=True), 0
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield _csv_row(file, cells, names, start + read + 1)
                read = reader.line_num
        except csv.Error as error:
            hint = "double the quotes inside a quoted text"
            yield Problem(file.path, start + read + 1, f"broken line: {error}", hint)
            patience -= reader.line_num - read
            if patience < 0:
                yield Problem(
                    file.path, start + read + 2, "too many broken lines: the others are left out", hint
                )
                return
            read += 1
        start += read


def _csv_row(file: File, cells: list[str], names: list[str], line: int) -> _Row | Problem:
    """Return a row, or what is wrong with its number of columns."""
    if len(cells) == len(names):
        return _Row(dict(zip(names, cells, strict=True)), line)
    hint = "put double quotes round texts that hold the separator"
    return Problem(file.path, line, f"{len(cells)} columns, not {len(names)}", hint)


def _json_row(file: File, line: str, number: int) -> _Row | Problem:
    """Return the row that one line of JSON is."""
    try:
        return _record(file, json.loads(line), number)
    except RecursionError:
        return Problem(file.path, number, "nested too deeply")
    except ValueError as error:
        what = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        return Problem(file.path, number, f"no JSON: {what.lower()}", "write one object a line")


def _record(file: File, record: object, number: int, name: str = "entry") -> _Row | Problem:
    """Return the row that a JSON object is."""
    if not isinstance(record, dict):
        return Problem(
            file.path, number, f"{name} is no object", 'write {"title": …, "date": …, "text": …, "url": …}'
        )
    return _Row({name: value for name, raw in record.items() if (value := _value(raw))}, number)


def _value(raw: object) -> Value:
    """Return a JSON value as text, or a list as texts."""
    return [text for item in raw if (text := _text(item))] if isinstance(raw, list) else _text(raw)


def _text(raw: object) -> str:
    """Return a single JSON value as text; of an object its name."""
    if isinstance(raw, dict):
        raw = raw.get("name") or raw.get("title") or raw.get("rendered")
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return str(raw) if isinstance(raw, str | int | float) else ""


def _single(row: _Row, wanted: tuple[str, ...]) -> str:
    """Return the text in the first of the wanted columns that has any."""
    values = {name: value for name, value in row.values.items() if isinstance(value, str) and value.strip()}
    name = _column(list(values), wanted)
    return str(values[name]) if name else ""


def _column(names: list[str], wanted: tuple[str, ...]) -> str:
    """Return the name, as written, of the first wanted column."""
    folded = {_folded(name): name for name in reversed(names)}
    return next((folded[name] for name in wanted if name in folded), "")


@lru_cache(maxsize=1 << 10)
def _folded(name: str) -> str:
    """Return the name of a column without what does not count."""
    return re.sub(r"[\s_-]+", "", name.casefold())
