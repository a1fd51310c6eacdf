"""The words of a language round figures (``data/figures/<lang>.toml``), as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from generator.language.months import months
from generator.language.words import tokens
from generator.reading.numberwords import figure_words, number_words, pairs

Loss = Literal["killed", "hurt", ""]
_LOSSES = ("killed", "killing", "hurt", "hurting")


@dataclass(frozen=True, slots=True)
class FigureWords:
    """The words of a language round figures."""

    lang: str
    noun: str
    skipped: tuple[str, ...]
    plurals: frozenset[str]
    not_plurals: frozenset[str]
    linking: frozenset[str]
    more: frozenset[str]
    victims: str
    triggers: frozenset[str]
    """Words that a sentence with a number but no digit holds; "one" counts only before another."""
    losing: frozenset[str]
    """First words of all that ``losses`` finds."""
    hedging: frozenset[str]
    """First words of all that makes an amount additional, possible or a bound."""
    approximate: re.Pattern[str]
    over: frozenset[str]
    """Of what approximates, that behind which more is meant: "more than"."""
    rates: Mapping[str, str]
    """What is said behind an amount of so much a year, for each: "a year"."""
    rate: re.Pattern[str]
    hedge: re.Pattern[str]
    losses: Mapping[Loss, tuple[re.Pattern[str], re.Pattern[str]]]
    """What is said on either side of a number, and only before it."""


@cache
def words_of_figures(lang: str) -> FigureWords:
    """Return the words of a language; those of English where it has none."""
    table, numbers = figure_words(lang), number_words(lang)
    phrases, over = (
        [phrase.strip() for phrase in table[key].split(";")] for key in ("approximations", "over")
    )
    rates = dict(pairs(table["rates"]))
    behind = rf"(?!\s(?:\d|(?:{_any(table['no_rates'].split())})\b))" if table["no_rates"] else r"(?!\s\d)"
    hedges = [*table["hedges"].split(), *(phrase.strip() for phrase in table["hedging"].split(";"))]
    hedging = _heads([*hedges, *table["more"].split()], lang)
    hedges += [hedge.capitalize() for hedge in hedges if hedge not in months(lang)]
    lists = {key: frozenset(table[key].split()) for key in ("plurals", "not_plurals", "linking", "more")}
    counting = (word for word, value in numbers.numbers.items() if value > 1)
    hyphened = {part for word in (*counting, *numbers.scales, *numbers.vague) for part in word.split("'")}
    return FigureWords(
        lang=lang,
        noun=table["noun"],
        skipped=tuple(table["skipped"].split()),
        victims=table["victims"],
        triggers=frozenset(hyphened),
        losing=_heads(";".join(map(table.__getitem__, _LOSSES)).split(";"), lang),
        hedging=hedging,
        approximate=re.compile(rf"(?:^|[\s(“\"])({_any([*phrases, *over])})\s(?:an?\s|the\s)?$"),
        over=frozenset(over),
        rates=rates,
        rate=re.compile(rf"\s?\(?({_any(list(rates))})\b{behind}", re.IGNORECASE),
        hedge=re.compile(rf"\b(?:{_any(hedges)})\b"),
        losses={
            "killed": (_words(table["killed"]), _words(table["killing"])),
            "hurt": (_words(table["hurt"]), _words(table["hurting"])),
        },
        **lists,
    )


def _heads(phrases: Iterable[str], lang: str) -> frozenset[str]:
    """Return the first token of each phrase."""
    return frozenset(word for phrase in phrases for word in tokens(phrase, lang)[:1])


def _words(phrases: str) -> re.Pattern[str]:
    """Return a pattern for whole phrases parted by semicolons."""
    return re.compile(rf"\b(?:{_any(phrases.split(';'))})\b")


def _any(phrases: Sequence[str]) -> str:
    """Return a pattern for any of the phrases, the longest first."""
    cleaned = sorted((" ".join(phrase.split()) for phrase in phrases), key=lambda p: (-len(p), p))
    return "|".join(re.escape(phrase) for phrase in cleaned if phrase)
