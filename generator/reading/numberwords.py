"""The words of a language for and around numbers (``data/figures/<lang>.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH", "₩": "KRW"}
"""Currencies by their signs."""
DOLLARS = {
    **dict.fromkeys(("US", "U.S", "USD"), "USD"),
    **dict.fromkeys(("A", "AU", "Aus", "AUD"), "AUD"),
    **dict.fromkeys(("C", "CA", "Can", "CAD"), "CAD"),
    "NZ": "NZD",
    "HK": "HKD",
    "S": "SGD",
    "SG": "SGD",
    "NT": "TWD",
    "R": "BRL",
    "MX": "MXN",
    "Mex": "MXN",
    "AR": "ARS",
    "CL": "CLP",
    "COP": "COP",
    "CO": "COP",
    "RD": "DOP",
    "J": "JMD",
    "TT": "TTD",
}
"""Currencies that share the sign of the dollar, by the letters beside it."""


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words of a language for and around numbers."""

    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    vague: Mapping[str, float]
    units: Mapping[str, str]
    """Measures, currencies and percentages by their lower-case words."""
    joining: frozenset[str]
    ranges: frozenset[str]
    between: frozenset[str]
    labels: frozenset[str]
    """Words before a number that is part of a name."""
    years: frozenset[str]
    """Words before a year."""
    times: frozenset[str]
    """Words after a number of time, age or play."""
    fractions: frozenset[str]
    """"Half" and the like, which make another number of the next."""
    linking: frozenset[str]
    """"Of" between a scale and its unit."""
    openers: frozenset[str] = field(init=False)
    """What a number may open with, digits and compounds apart."""
    unit_heads: frozenset[str] = field(init=False)
    """First words of units."""

    def __post_init__(self) -> None:
        openers = {*self.numbers, *self.scales, *self.vague, *SYMBOLS}
        object.__setattr__(self, "openers", frozenset(openers))
        object.__setattr__(self, "unit_heads", frozenset(phrase.split()[0] for phrase in self.units))


@cache
def number_words(lang: str) -> NumberWords:
    """Return the number words of a language; of English where it has none."""
    table = figure_words(lang)
    units = {
        phrase: unit or "%"
        for key in ("percent", "units", "currencies")
        for phrase, unit in pairs(table[key])
    }
    return NumberWords(
        numbers=_values(table["numbers"]),
        scales=_values(table["scales"]),
        vague=_values(table["vague"]),
        units=units,
        **{
            key: frozenset(table[key].split())
            for key in ("joining", "ranges", "between", "labels", "years", "times", "fractions", "linking")
        },
    )


@cache
def figure_words(lang: str) -> Mapping[str, str]:
    """Return the lists of a language, as written; those of English where it has none."""
    folder = files("generator.data") / "figures"
    file = folder / f"{lang}.toml"
    known = lang.isalpha() and file.is_file()
    return tomllib.loads((file if known else folder / "en.toml").read_text(encoding="utf-8"))


def _values(text: str) -> dict[str, float]:
    """Return numbers by word, from ``word=number`` entries parted by spaces."""
    entries = (entry.rpartition("=") for entry in text.split())
    return {word: float(number) for word, _, number in entries}


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield phrase and unit, from entries parted by semicolons; no unit where none is given."""
    for entry in text.split(";"):
        phrase, _, unit = entry.partition("=")
        yield " ".join(phrase.split()), unit.strip()
