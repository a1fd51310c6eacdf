"""Find what clustering looks at beside the words: entity-like runs, numbers, time expressions.

An entity is a capitalised word, or a run of two to four of them joined by ``_``. Every sentence begins with
a capital, so a word that opens one is set apart (``initial``): the corpus decides whether it is ever
written small. The same goes for words of a title in Title Case and of sentences in capitals. Languages
without capitals have no entities; German gives all its nouns, which still are the words that matter.
Times are years ("y2024"), days ("08-15"), months ("m08") and ordinals ("o79"). "Yesterday" and
weekdays are left out: they move with the day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from generator.language.months import months
from generator.language.words import has_digit, stop_test
from generator.model import Terms
from generator.reading.capitals import CAPITALS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CAPITALISED = re.compile(
    rf"([{CAPITALS}](?<![^\W\d_].)(?<![^\W\d_]['’].)[^\W\d_]*(?:['’][^\W\d_]+)*)", re.DOTALL
)
_WITHIN_RUN = frozenset((" ", "-", "\u2010", "\u2011", "\u00a0", "\n"))
_LONGEST_RUN = 4
_SHORT, _FEW_CAPITALS = 3, 3
"""Letters of words in which, and number of capital words up to which, capitals are no sign of Title Case."""
_CAPITAL_NOUNS = frozenset(("de", "lb"))
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?<![\w.,$€£-])(?:1[5-9]|20)\d\d(?![\w%]|[.,]\d)")
_ORDINAL = re.compile(
    r"(?<![\w.,])(\d{1,4})(?:st|nd|rd|th|[eè]me|er|re|e|ste|de|[ºª°]|-?(?:й|я|е|ю|го|му|м|ї|а|у|летие|летия|летию|річчя))(?!\w)"
)
_NUMERIC_DAY = re.compile(r"(?<![\w.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)?(?!\w)")
_ISO_DAY = re.compile(r"(?<![\w-])(?:19|20)\d\d-(\d\d)-(\d\d)(?![\w-])")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|º)?")
_AMBIGUOUS = frozenset("may march mar mai mars sept set ago out ott lis lug mag dic sie gen".split())  # noqa: SIM905
"""Month names that are words of their own: they count only beside a day."""


class Wording(NamedTuple):
    """A title or sentence as written, and its tokens."""

    text: str
    words: tuple[str, ...]


def find_terms(wordings: Iterable[Wording], lang: str) -> Terms:
    """Return the entities, numbers and times of an article's title and sentences; repeats are kept, in order."""
    entities: list[str] = []
    opening: list[str] = []
    numbers: list[str] = []
    times: list[str] = []
    named = months(lang or "en") or months("en")
    for text, words in wordings:
        sure, unsure = _entities(text, lang)
        entities += sure
        opening += unsure
        if has_digit(text):
            numbers += (word for word in words if word.replace(".", "", 1).isdigit())
            times += _numeric_times(text)
        if not named.keys().isdisjoint(words):
            times += _named_times(words, named)
    inside = set(entities)
    initial = (word for word in opening if word not in inside)
    entities += (word for word in opening if word in inside)
    return Terms(tuple(entities), tuple(initial), tuple(numbers), tuple(times))


def _entities(text: str, lang: str) -> tuple[list[str], list[str]]:
    """Return the capitalised words and runs of a sentence: those that are entities, those that may be."""
    parts = _CAPITALISED.split(text)  # what lies between capitalised words and the words, in turn
    found = parts[1::2]
    if not found:
        return [], []
    stops = stop_test(lang)
    sure: list[str] = []
    unsure: list[str] = []
    shouted = lang not in _CAPITAL_NOUNS and _mostly_capital(text, found)
    bare = _bare if "'" in text or "’" in text else str.lower
    for first, run in _runs(parts[::2], found):
        if len(run) == 1:
            if not stops(name := bare(run[0])):
                (unsure if first or shouted else sure).append(name)
            continue
        names = list(map(bare, run))
        kept = [n for n in names if not stops(n)]
        if shouted:
            unsure += kept
            continue
        if first and kept and kept[0] == names[0]:
            unsure.append(kept.pop(0))
        sure += kept
        if len(names) <= _LONGEST_RUN and not stops(names[0]):
            sure.append("_".join(names))
    return sure, unsure


def _runs(gaps: Sequence[str], found: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """Yield runs of capitalised words, with whether they open the sentence; ``gaps`` are what lies round the words."""
    opens, run = not _WORD.search(gaps[0]), [found[0]]
    for gap, word in zip(gaps[1:-1], found[1:], strict=True):
        if gap not in _WITHIN_RUN:
            yield opens, run
            run, opens = [], False
        run.append(word)
    yield opens, run


def _mostly_capital(text: str, found: Sequence[str]) -> bool:
    """Tell whether capitals say nothing here: Title Case and lines in capitals."""
    capitals = sum(len(word) > _SHORT for word in found) if len(found) >= _FEW_CAPITALS else 0
    if capitals < _FEW_CAPITALS:
        return False
    small = (word for word in _WORD.finditer(text) if len(word[0]) > _SHORT and not word[0][0].isupper())
    return next(islice(small, (capitals - 1) // 3, None), None) is None


def _bare(word: str) -> str:
    """Return the word in lower case without a possessive."""
    word = word.lower().replace("’", "'")
    return word.removesuffix("'s")


def _numeric_times(text: str) -> Iterator[str]:
    """Yield years, ordinals and days written in digits, normalised."""
    starts = [match.start() for match in _DIGITS.finditer(text)]  # all of them begin where digits do
    for match in _matches(_YEAR, text, starts):
        yield "y" + match[0]
    for match in _matches(_ORDINAL, text, starts):
        yield f"o{int(match[1])}"
    for match in _matches(_ISO_DAY, text, starts):
        yield from _day(int(match[1]), int(match[2]))
    for match in _matches(_NUMERIC_DAY, text, starts):
        yield from _day(int(match[2]), int(match[1]))
        if match[3]:
            yield "y" + match[3]


def _matches(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield the matches that begin at some places."""
    return (match for start in starts if (match := pattern.match(text, start)))


def _named_times(words: Sequence[str], named: Mapping[str, int]) -> Iterator[str]:
    """Yield days and months by the names of months."""
    for place, word in enumerate(words):
        if month := named.get(word):
            yield from _dated(month, word, words, place)


def _dated(month: int, word: str, words: Sequence[str], place: int) -> Iterator[str]:
    """Yield the day that a month name stands beside; else the month."""
    beside = [*words[place + 1 : place + 2], *words[max(0, place - 1) : place]]
    if place > 1 and words[place - 1] in ("de", "of", "di"):
        beside.append(words[place - 2])
    for neighbour in beside:
        if (day := _DAY.fullmatch(neighbour)) and 1 <= int(day[1]) <= 31:
            yield from _day(month, int(day[1]))
            return
    if word not in _AMBIGUOUS:
        yield f"m{month:02}"


def _day(month: int, day: int) -> Iterator[str]:
    """Yield "08-15" when there is such a day."""
    if 1 <= month <= 12 and 1 <= day <= 31:
        yield f"{month:02}-{day:02}"
