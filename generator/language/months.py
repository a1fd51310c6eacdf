"""Names of the months and weekdays, by language (``data/dates``)."""

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
    return MappingProxyType(
        {
            name: number
            for row_lang, *row in _rows("months.tsv")
            if lang in ("", row_lang)
            for number, names in enumerate(row, 1)
            for name in names.split()
        }
    )


@cache
def weekdays(lang: str) -> tuple[str, ...]:
    """Return the lower-case weekdays, Monday first; empty for a language that is not in the table."""
    return next((tuple(row) for row_lang, *row in _rows("weekdays.tsv") if row_lang == lang), ())


def _rows(table: str) -> list[list[str]]:
    """Return the cells of a table, comments left out."""
    text = files("generator.data").joinpath("dates", table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
