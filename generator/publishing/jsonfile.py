"""JSON files as the site has them: a line for each key, and in lists for each item, so that they are small to compare."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from generator.model import Page

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]


def json_page(path: str, data: Mapping[str, Json]) -> Page:
    """Return a JSON file with a line for each key, and in lists for each item: small to compare."""
    return json_of(
        path, {key: listing(map(dump, v)) if isinstance(v, list) else dump(v) for key, v in data.items()}
    )


def json_of(path: str, data: Mapping[str, str]) -> Page:
    """Return a JSON file of values that are JSON already."""
    lines = ",\n".join(f"{dump(key)}: {value}" for key, value in data.items())
    return Page(path, f"{{\n{lines}\n}}\n".encode())


def listing(items: Iterable[str]) -> str:
    """Return a list with a line for each item."""
    lines = ",\n".join(items)
    return f"[\n{lines}\n]" if lines else "[]"


def dump(value: Json) -> str:
    """Return a value as JSON, on one line."""
    return json.dumps(value, ensure_ascii=False)
