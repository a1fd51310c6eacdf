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
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from generator.language.words import is_stop, tokens
from generator.model import Span, Terms

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_WITHIN_RUN = frozenset((" ", "-", "\u2010", "\u2011", "\u00a0", "\n"))
_LONGEST_RUN = 4
_CAPITAL_NOUNS = frozenset(("de", "lb"))
_YEAR = re.compile(r"(?<![\w.,$€£-])(?:1[5-9]|20)\d\d(?![\w%]|[.,]\d)")
_ORDINAL = re.compile(
    r"(?<![\w.,])(\d{1,4})(?:st|nd|rd|th|[eè]me|er|re|e|ste|de|[ºª°]|-?(?:й|я|е|ю|го|му|м|ї|а|у|летие|летия|летию|річчя))(?!\w)"
)
_NUMERIC_DAY = re.compile(r"(?<![\w.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)?(?!\w)")
_ISO_DAY = re.compile(r"(?<![\w-])(?:19|20)\d\d-(\d\d)-(\d\d)(?![\w-])")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|º)?")
_AMBIGUOUS = frozenset("may march mar mai mars sept set ago out ott lis lug mag dic sie gen".split())  # noqa: SIM905
"""Month names that are words of their own: they count only beside a day."""


def find_terms(text: str, sentences: Sequence[Span], title: str, lang: str) -> Terms:
    """Return the entities, numbers and times of an article; repeats are kept, in order of place.

    ``sentences`` are the uncut ones; ``title`` counts as one more.
    """
    pieces = ([title] if title else []) + [text[s.start : s.end] for s in sentences]
    entities: list[str] = []
    opening: list[str] = []
    numbers: list[str] = []
    times: list[str] = []
    for piece in pieces:
        sure, unsure = _entities(piece, lang)
        entities += sure
        opening += unsure
        words = tokens(piece, lang)
        numbers += (w for w in words if w.replace(".", "", 1).isdigit())
        times += _times(piece, words, lang)
    inside = set(entities)
    initial = (word for word in opening if word not in inside)
    entities += (word for word in opening if word in inside)
    return Terms(tuple(entities), tuple(initial), tuple(numbers), tuple(times))


def _entities(piece: str, lang: str) -> tuple[list[str], list[str]]:
    """Return the capitalised words and runs of a sentence: those that are entities, those that may be."""
    words = list(_WORD.finditer(piece))
    shouted = lang not in _CAPITAL_NOUNS and _mostly_capital(words)
    sure: list[str] = []
    unsure: list[str] = []
    for first, run in _runs(piece, words):
        names = [_bare(match[0]) for match in run]
        kept = [n for n in names if not is_stop(n, lang)]
        doubtful = shouted or (first and len(run) == 1)
        into = unsure if doubtful else sure
        if first and not doubtful and kept and kept[0] == names[0]:
            unsure.append(kept.pop(0))
        into += kept
        if not shouted and 2 <= len(names) <= _LONGEST_RUN and not is_stop(names[0], lang):
            sure.append("_".join(names))
    return sure, unsure


def _runs(piece: str, words: Sequence[re.Match[str]]) -> Iterator[tuple[bool, list[re.Match[str]]]]:
    """Yield runs of capitalised words, with whether they open the sentence."""
    run: list[re.Match[str]] = []
    opens = False
    for number, match in enumerate(words):
        if not match[0][0].isupper():
            continue
        if run and piece[run[-1].end() : match.start()] not in _WITHIN_RUN:
            yield opens, run
            run = []
        if not run:
            opens = number == 0
        run.append(match)
    if run:
        yield opens, run


def _mostly_capital(words: Sequence[re.Match[str]]) -> bool:
    """Tell whether capitals say nothing here: Title Case and lines in capitals."""
    long = [match[0] for match in words if len(match[0]) > 3]
    capitals = sum(word[0].isupper() for word in long)
    return len(long) >= 3 and 4 * capitals > 3 * len(long)


def _bare(word: str) -> str:
    """Return the word in lower case without a possessive."""
    word = word.lower().replace("’", "'")
    return word.removesuffix("'s")


def _times(piece: str, words: Sequence[str], lang: str) -> Iterator[str]:
    """Yield years, ordinals, days and months of a sentence, normalised."""
    for match in _YEAR.finditer(piece):
        yield "y" + match[0]
    for match in _ORDINAL.finditer(piece):
        yield f"o{int(match[1])}"
    for match in _ISO_DAY.finditer(piece):
        yield from _day(int(match[1]), int(match[2]))
    for match in _NUMERIC_DAY.finditer(piece):
        yield from _day(int(match[2]), int(match[1]))
        if match[3]:
            yield "y" + match[3]
    months = _months(lang)
    for place, word in enumerate(words):
        if month := months.get(word):
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


@cache
def _months(lang: str) -> Mapping[str, int]:
    """Return month numbers by lower-case name; the English ones for a language without a line."""
    table = files("generator.data").joinpath("dates", "months.tsv").read_text(encoding="utf-8")
    lines = dict(line.split("\t", 1) for line in table.splitlines() if "\t" in line and line[0] != "#")
    columns = lines.get(lang, lines["en"]).split("\t")
    return MappingProxyType({name: i for i, names in enumerate(columns, 1) for name in names.split()})
