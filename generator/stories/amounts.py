"""What a sentence counts: its meanings without numbers, and its numbers with the meanings beside them.

Numbers in digits and in words are read alike: "3.5 million", "two dozen", "79th". Times of day are numbers of
their own kind. Years, ages and scores are numbers like others; which of them tell is for others to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from generator.language.words import tokens
from generator.stories.equivalents import meanings
from generator.stories.phrases import Numerals, numerals

_DIGITS = 30
"""Digits of a number that count."""
_YEARS = range(1500, 2100)
_TIME = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s?([ap])\.?\s?m\b\.?|\b(\d{1,2}):(\d{2})\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


Located = tuple[tuple[int, str], ...]
"""Meanings with the places of their words."""


def numbers(
    words: Sequence[str], text: str, lang: str, known: Callable[[], Located]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the numbers of a sentence with the meanings beside them: two after, else one before.

    Times of day ("@23:40") are read from ``text``, where they are whole, and have nothing beside them.
    ``known`` gives what ``located`` gives of these words.
    """
    if not _may_count(words, numerals(lang)):
        return
    if has_digits(words) and (times := list(_TIME.finditer(text))):
        yield from ((_time_of_day(time), frozenset()) for time in times)
        words = tokens(_TIME.sub(" ", text), lang)
        located_ = located(words, lang)
    else:
        located_ = known()
    for first, last, number in counted(words, numerals(lang)):
        start, end = bisect_left(located_, (first,)), bisect_left(located_, (last + 1,))
        beside = located_[end : end + 2] or located_[max(0, start - 1) : start]
        yield number, frozenset(meaning for _, meaning in beside)


def located(words: Sequence[str], lang: str) -> Located:
    """Return the meanings of words with their places, numbers left out."""
    found = meanings(words, lang)
    cardinals = numerals(lang).cardinals
    if not has_digits(words) and cardinals.isdisjoint(words):
        return tuple(found)
    return tuple((at, m) for at, m in found if not m[0].isdigit() and words[at] not in cardinals)


def _time_of_day(match: re.Match[str]) -> str:
    """Return "@23:40" for 11:40 p.m., 11.40pm and 23:40."""
    hour, minute = int(match[1] or match[4]), int(match[2] or match[5] or 0)
    if match[3]:
        hour = hour % 12 + (12 if match[3] in "pP" else 0)
    return f"@{hour}:{minute:02}"


def counted(words: Sequence[str], lists: Numerals) -> Iterator[tuple[int, int, str]]:
    """Yield first place, last place and number: "3.5 million", "two dozen", "twenty five", "30km", "79th"."""
    if not _may_count(words, lists):
        return
    value, first = 0.0, 0
    told = {at for at, word in enumerate(words) if word in lists.words or word[:1].isdigit()}
    for at in sorted(told.union(at + 1 for at in told)):
        word = words[at] if at < len(words) else ""
        amount = _amount(word, lists)
        if value and word in lists.multipliers:
            value *= lists.multipliers[word]
        elif value and words[at - 1] in lists.numbers and 20 <= value <= 90 and 0 < amount < 10:
            value += amount
        else:
            if value:
                unit = lists.units.get(word, "")
                yield first, at - 1, f"{value:.12g} {unit}".rstrip()
            value, first = amount, at
        if ordinal := lists.ordinals.get(word, word if _ORDINAL.fullmatch(word) else ""):
            yield at, at, ordinal


def _may_count(words: Sequence[str], lists: Numerals) -> bool:
    """Tell whether there is a number among words."""
    return has_digits(words) or not lists.words.isdisjoint(words)


def has_digits(words: Sequence[str]) -> bool:
    """Tell whether one of some words begins with a digit: these come before all letters."""
    return bool(words) and min(words) < ":"


def _amount(word: str, lists: Numerals) -> float:
    """Return the number that a word stands for, 0.0 for none."""
    if word[:1].isdigit() and not _ORDINAL.fullmatch(word):
        match = _FIGURE.match(word)
        return float(match[0][:_DIGITS]) if match else 0.0
    return lists.numbers.get(word, 0.0)


def may_be_year(number: str, *texts: str) -> bool:
    """Tell whether a number of some texts is written there as years are: 1974, not 1,974."""
    return number.isdigit() and int(number) in _YEARS and any(number in text for text in texts)
