"""Write ``docs/settings.md`` from the settings that the code declares.

    python -m scripts.write_settings_doc

``tests/test_docs.py`` fails when the file is not what this script would write.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from generator.config import SECTIONS, settings

FILE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"

_HEAD = """\
# Settings

All settings are optional. They stand in `crosscite.toml` beside `content/` (in the folder of articles itself, when that has
another name), or in `pyproject.toml` there, under `[tool.crosscite.…]`; where both exist, `crosscite.toml` counts and the other is not read. `-c FILE` names another
file. `crosscite build -u URL` and `--drafts`, `-s`, `-o` decide over the file.

```toml
[site]
title = "Morning briefing"
base_url = "https://example.org/briefing/"

[reading]
timezone = "Europe/Paris"
```

An unknown key, a value of the wrong kind and a value out of range are errors. All of them are reported at once, with
file and line, and the site stays as it was:

```text
crosscite.toml:2: unknown setting: site.titel
  hint: did you mean “title”?
```

In `pyproject.toml` write `[tool.crosscite.site]` for `[site]`, and so on.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([_HEAD, *_sections()])


def _sections() -> Iterator[str]:
    """Yield a heading and a table for each section."""
    for name, options in groupby(settings(), key=lambda option: option[0]):
        summary = (SECTIONS[name].__doc__ or "").partition(": ")[2]
        yield f"## [{name}]\n\n{summary[:1].upper()}{summary[1:]}\n"
        yield "| key | default | values | meaning |\n|---|---|---|---|"
        for _, key, default, doc in options:
            yield f"| `{key}` | {_default(default)} | {_values(name, key)} | {doc} |"
        yield ""


def _default(value: object) -> str:
    """Return a default as it would be written in TOML."""
    if isinstance(value, Mapping):
        return "none"
    if isinstance(value, tuple):
        return f"`{json.dumps(list(value))}`"
    return f"`{json.dumps(value)}`"


def _values(section: str, key: str) -> str:
    """Return which values a key takes."""
    kind = SECTIONS[section]
    hint: Any = get_type_hints(kind)[key]
    if get_origin(hint) is Literal:
        return ", ".join(f'`"{option}"`' for option in get_args(hint))
    if get_origin(hint) is tuple:
        return "list of strings"
    if hint is bool:
        return "`true`, `false`"
    if hint is str:
        return "string"
    if hint in (int, float):
        (option,) = (option for option in fields(kind) if option.name == key)
        what = "whole number" if hint is int else "number"
        return f"{what}, {option.metadata['low']:,.10g} to {option.metadata['high']:,.10g}"
    return "table of strings"


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8", newline="\n")
