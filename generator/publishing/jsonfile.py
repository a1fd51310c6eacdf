"""JSON files as the site has them: a line for each key, and in lists for each item, so that they are small to compare."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from generator.model import Page

_ENCODER = json.JSONEncoder(ensure_ascii=False)
Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]


def json_page(path: str, data: Mapping[str, Json]) -> Page:
    """Return a JSON file with a line for each key, and in lists for each item: small to compare."""
    return json_of(
        path, {key: listing(map(dump, v)) if isinstance(v, list) else [dump(v)] for key, v in data.items()}
    )


def json_of(path: str, data: Mapping[str, Iterable[bytes]]) -> Page:
    """Return a JSON file of values that are pieces of JSON already: a list of all articles may be large."""
    pieces: list[bytes] = []
    for key, value in data.items():
        pieces += [b",\n" if pieces else b"{\n", dump(key), b": ", *value]
    return Page(path, b"".join([*pieces, b"\n}\n"]))


def listing(items: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return the pieces of a list with a line for each item."""
    lines = b",\n".join(items)
    return (b"[\n", lines, b"\n]") if lines else (b"[]",)


def dump(value: Json) -> bytes:
    """Return a value as JSON, on one line."""
    return _ENCODER.encode(value).encode()
