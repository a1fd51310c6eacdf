"""Names of the months, by language (``data/dates/months.tsv``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def months(lang: str = "") -> Mapping[str, int]:
    """Return month numbers by lower-case name and short form; of all languages when none is given.

    Empty for a language that is not in the table.
    """
    table = files("generator.data").joinpath("dates", "months.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return MappingProxyType(
        {
            name: number
            for row_lang, *row in rows
            if lang in ("", row_lang)
            for number, names in enumerate(row, 1)
            for name in names.split()
        }
    )
