"""Numbers as newspapers write them: "10,000", "3.5 million", "twenty-five", "$2bn", "5 to 10 per cent".

A numeral has a value in plain units, the unit where there is one, and its place. What is written with digits
but counts nothing is left out: years, days, times, ordinals, ages, scores, telephone numbers, parts of names
("F-16", "Article 5").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, repeat
from math import prod
from typing import NamedTuple

from generator.language.months import months
from generator.language.words import tokens
from generator.model import Span
from generator.reading.numberwords import DOLLARS, SYMBOLS, NumberWords, number_words


class Token(NamedTuple):
    """A word, a number or a mark."""

    start: int
    end: int
    text: str
    lower: str


_TOKEN = re.compile(r"(\d+(?:[.,'\u00a0\u202f]\d+)*|[^\W\d_]+(?:[.'’-][^\W\d_]+)*|[^\w\s])")
_NO_TOKEN = Token(-1, -1, "", "")
_ELIDED = re.compile(_TOKEN.pattern.replace("[.'’-]", "[.-]"))
_ELIDING = frozenset(("fr", "it", "ca"))
_GLUED_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "tn": 1e12}
_GLUE = frozenset("-–—/:.#+_")
_APOSTROPHES = frozenset("'’")
_DASHES = frozenset("-–—")
_PERCENT = frozenset("%٪")
_BEFORE_AGE, _AFTER_AGE, _OLDEST = frozenset(",("), frozenset((",", ")", ".", ";", "")), 120
_GROUP = re.compile(r"\d{3}(?:,\d+)?")
_SPACED_GROUPS = 4
_DIGITS = 18
_LONGEST_UNIT = 3
_MOST_DAYS = 31


class Numeral(NamedTuple):
    """A number and its unit."""

    span: Span
    """From the currency sign to the end of the unit."""
    value: float
    unit: str
    firm: bool
    """False for ranges and for "dozens", "thousands"."""
    first: int
    """Index of its first token."""
    after: int
    """Index of the first token behind it."""
    plain: bool
    """Whether it was written in digits without separators, unit or scale: it may count nothing."""


def tokens_of(text: str, span: Span, lang: str) -> list[Token]:
    """Return the tokens of a stretch of text; "l'eau" is three where articles are elided."""
    pattern = _ELIDED if lang in _ELIDING else _TOKEN
    piece = text[span.start : span.end]
    parts = pattern.split(piece)  # what lies between tokens and the tokens, in turn
    places, words = list(accumulate(map(len, parts), initial=span.start)), parts[1::2]
    lowers = map(_lower if "’" in piece else str.lower, words)
    values = zip(places[1:-1:2], places[2::2], words, lowers, strict=True)
    return list(map(tuple.__new__, repeat(Token), values))  # by name it takes three times as long


def _lower(word: str) -> str:
    """Return a word in lower case, with the apostrophe of a typewriter."""
    return word.lower().replace("’", "'")


def find_numerals(text: str, found: Sequence[Token], lang: str) -> Iterator[Numeral]:
    """Yield the numerals among the tokens of a sentence, in order."""
    sentence = _Sentence(text, found, number_words(lang), lang)
    openers, past = sentence.words.openers, 0
    for at, (_, _, word, lower) in enumerate(found):
        if at < past or not (lower in openers or word[0].isdecimal() or "-" in word):
            continue
        numeral = _numeral(sentence, at)
        if numeral and not _counts_nothing(sentence, numeral):
            yield numeral
        past = numeral.after if numeral else at + 1


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The tokens of a sentence, with the words of its language."""

    text: str
    """Of the article."""
    tokens: Sequence[Token]
    words: NumberWords
    lang: str

    def token(self, at: int) -> Token:
        """Return a token; an empty one beyond the ends."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else _NO_TOKEN

    def parsed(self, first: int, after: int) -> tuple[str, ...]:
        """Return some tokens read as the language reads numbers: one word for one number."""
        return tokens(self.text[self.tokens[first].start : self.tokens[after - 1].end], self.lang)


def _numeral(sentence: _Sentence, first: int) -> Numeral | None:
    """Return the numeral that starts at a token, if one does."""
    first, at, money = _money(sentence, first)
    number = _number(sentence, at)
    if number is None:
        return None
    value, after, firm = number
    firm = firm and sentence.token(at).lower not in sentence.words.scales  # "several hundred"
    scaled = after > at + 1
    if glued := _glued_scale(sentence, after, money):
        value, after, scaled = value * glued, after + 1, True
    if second := _range_end(sentence, after, first):
        value, after, firm = (value * second[2] + second[0]) / 2, second[1], False
    unit, after = (money, after) if money else _unit(sentence, after)
    span = Span(sentence.token(first).start, sentence.token(after - 1).end)
    plain = sentence.token(at).text.isdecimal() and not (scaled or unit)
    return Numeral(span, value, unit, firm, first, after, plain)


def _money(sentence: _Sentence, at: int) -> tuple[int, int, str]:
    """Return where a numeral at a token starts, where its number does, and the currency of its sign: "$5", "US$5", "$US5"."""
    sign, before, behind = sentence.token(at), sentence.token(at - 1), sentence.token(at + 1)
    money = SYMBOLS.get(sign.text, "")
    if sign.text == "$" and before.end == sign.start and before.text in DOLLARS:
        return at - 1, at + 1, DOLLARS[before.text]
    if sign.text == "$" and behind.text in DOLLARS:
        return at, at + 2, DOLLARS[behind.text]
    return at, at + bool(money), money


def _number(sentence: _Sentence, at: int) -> tuple[float, int, bool] | None:
    """Return value, index behind, and firmness of the number at a token, scales included."""
    token, words, firm = sentence.token(at), sentence.words, True
    if token.text[:1].isdecimal():
        after = _spaced(sentence, at)
        parsed = sentence.parsed(at, after)
        if len(parsed) != 1 or not parsed[0].replace(".", "", 1).isdigit() or len(parsed[0]) > _DIGITS:
            return None
        value = float(parsed[0])
    elif token.lower in words.vague:
        value, after, firm = words.vague[token.lower], at + 1, False
    elif named := _named(sentence, at):
        value, after = named
    else:
        return None
    while (word := sentence.token(after).lower) in words.scales:
        value *= words.scales[word]
        after += 1
    if not firm and sentence.token(after + 1).lower in words.vague:  # "tens of thousands"
        value *= words.vague[sentence.token(after + 1).lower]
        after += 2
    return value, after, firm


def _spaced(sentence: _Sentence, at: int) -> int:
    """Return the index behind digits whose thousands are parted by spaces, where the language does so."""
    after = at + 1
    if len(sentence.token(at).text) > 3:
        return after
    while after - at <= _SPACED_GROUPS and _GROUP.fullmatch(sentence.token(after).text):
        if sentence.token(after).start != sentence.token(after - 1).end + 1:
            break
        if len(sentence.parsed(at, after + 1)) != 1:
            break
        after += 1
    return after


def _named(sentence: _Sentence, at: int) -> tuple[float, int] | None:
    """Return value and index behind a number in words; "one" and "a" count only before a scale."""
    words, word, after = sentence.words, sentence.token(at).lower, at + 1
    if word in words.scales and len(word) > 3:
        return 1.0, at
    value = _sum(word, words)
    scale = words.scales.get(sentence.token(after).lower)
    if not value or (value == 1 and not scale):
        return None
    if scale == 100:
        value, after = value * 100, after + 1
        more = _sum(sentence.token(after + 1).lower, words)
        if more and sentence.token(after).lower in words.joining:  # "two hundred and fifty"
            value, after = value + more, after + 2
    return value, after


def _sum(word: str, words: NumberWords) -> float:
    """Return the number that a word or words joined by hyphens make; 0 for none."""
    values = [words.numbers.get(part, 0.0) for part in word.split("-")]
    return sum(values) if all(values) else 0.0


def _glued_scale(sentence: _Sentence, after: int, money: str) -> float:
    """Return the scale of "$5m", "3bn"; 0 when there is none."""
    token = sentence.token(after)
    if token.start != sentence.token(after - 1).end or not (money or len(token.text) == 2):
        return 0.0
    return _GLUED_SCALES.get(token.lower, 0.0)


def _range_end(sentence: _Sentence, at: int, first: int) -> tuple[float, int, float] | None:
    """Return value, index behind, and scale for the start, of the second number of a range."""
    words, link = sentence.words, sentence.token(at)
    between = sentence.token(first - 1).lower in words.between
    linking = words.joining | words.ranges if between else words.ranges - words.joining
    if link.text not in _DASHES and link.lower not in linking:
        return None
    at += 1 + (sentence.token(at + 1).text in SYMBOLS)
    second = _number(sentence, at) if sentence.token(at).text[:1].isdecimal() else None
    if second is None:
        return None
    value, after, _ = second
    scale = prod(words.scales.get(token.lower, 1.0) for token in sentence.tokens[at + 1 : after])
    return value, after, scale


def _unit(sentence: _Sentence, at: int) -> tuple[str, int]:
    """Return the unit behind a number and the index behind it."""
    mark = sentence.token(at).text
    if mark in _PERCENT or mark in SYMBOLS:
        return SYMBOLS.get(mark, "%"), at + 1
    start = at
    while sentence.token(start).lower in sentence.words.linking or sentence.token(start).text in _APOSTROPHES:
        start += 1
    if sentence.token(start).lower not in sentence.words.unit_heads:
        return "", at
    for length in range(min(_LONGEST_UNIT, len(sentence.tokens) - start), 0, -1):
        phrase = " ".join(token.lower for token in sentence.tokens[start : start + length])
        if unit := sentence.words.units.get(phrase):
            return unit, start + length
    return "", at


def _counts_nothing(sentence: _Sentence, numeral: Numeral) -> bool:
    """Tell a number that is part of a name, a date, a time, an age or the like."""
    words, before, after = sentence.words, sentence.token(numeral.first - 1), sentence.token(numeral.after)
    if (
        after.lower.partition("-")[0] in words.times
        or before.lower in words.fractions
        or _is_glued(numeral, before, after)
        or _is_year(sentence, numeral)
    ):
        return True
    if not numeral.plain:
        return False
    return (
        before.lower.rstrip(".") in words.labels
        or (before.text in _BEFORE_AGE and after.text in _AFTER_AGE and numeral.value <= _OLDEST)
        or _is_day(sentence, numeral)
        or (after.text == "." and after.start == numeral.span.end and _goes_on(sentence, numeral))
    )


def _goes_on(sentence: _Sentence, numeral: Numeral) -> bool:
    """Tell a word right behind a number's full stop."""
    return sentence.token(numeral.after + 1).text.isalpha()


def _is_glued(numeral: Numeral, before: Token, after: Token) -> bool:
    """Tell a number that letters or marks hang on: "F-16", "24-hour", "79th", "10:30"."""
    start, end = numeral.span
    if before.end == start and (before.text in _GLUE or before.text[-1:].isalnum()):
        return True
    return after.start == end and (after.text in _GLUE - {"."} or after.text[:1].isalnum())


def _is_year(sentence: _Sentence, numeral: Numeral) -> bool:
    """Tell a year ("2024"), years ("1910-45") and the money of a year ("2006 dollars")."""
    year = sentence.token(numeral.first).text
    alone = numeral.after - numeral.first == 1 or not numeral.firm or numeral.unit.isupper()
    if len(year) != 4 or not year.isdecimal() or not alone:
        return False
    named = not numeral.firm or sentence.token(numeral.first - 1).lower in sentence.words.years
    return 1900 <= int(year) <= 2100 or (int(year) >= 1000 and named)


def _is_day(sentence: _Sentence, numeral: Numeral) -> bool:
    """Tell a day beside a month."""
    if numeral.value > _MOST_DAYS:
        return False
    places = (numeral.first - 2, numeral.first - 1, numeral.after, numeral.after + 1)
    return any(sentence.token(at).lower.rstrip(".") in months() for at in places)
