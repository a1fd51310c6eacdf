"""The words of page furniture, by language: what lines of menus, appeals and share rows say.

A lexicon holds whole lines, openings and phrases with the reason they are cut for, and how outlets address
their readers. Matching is by words, case and marks put aside, linear in the length of a line. English is
always looked at too: much furniture of pages in other languages is English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from string import ascii_letters, digits
from typing import NamedTuple

from generator.language.remembered import remembered
from generator.model import CutReason

_NUMBER, _ASCII_NUMBER = re.compile(r"\d+(?:[.,]\d+)*"), re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|[@©&#]")
_MARKS = '.,;:!?"()“”'
"""What stands beside a word and is no part of furniture."""
_TYPEWRITER = {"’": "'", **dict.fromkeys("‘“”„«»–—…\xa0", " ")}
_SPREAD = bytes(
    ord("0" if sign in digits else sign.lower() if sign in f"{ascii_letters}'-@&#" else " ")
    for sign in map(chr, range(256))
)
"""Letters of ASCII in lower case, and what joins them; digits as 0; signs that are words; all else is space."""
_JOINED = re.compile(r"(?<![^ ])[^ '-]*+['-][^ ]*+")
"""What is joined, among the words of such a line."""
_SIGNS = "@&#"
_CHUNK_CHARS = 20
_ASKED_AGAIN = 16
"""Words up to which a line is looked at from several sides."""
_REASONS: Mapping[str, CutReason] = {
    "share": "share",
    "newsletter": "newsletter",
    "appeal": "appeal",
    "related": "related",
    "read_more": "read more",
    "about": "about the outlet",
    "cookies": "cookie notice",
    "copyright": "copyright",
    "comments": "comments",
    "correction": "correction",
    "advertisement": "advertisement",
    "caption": "caption",
    "byline": "byline",
    "dateline": "dateline",
    "navigation": "navigation",
    "source": "source line",
}

Words = tuple[str, ...]


class Phrase(NamedTuple):
    """Words that stand in furniture."""

    words: Words
    reason: CutReason
    opening: bool
    """Whether they count only at the start of a line."""
    then: Words = ()
    """What must stand behind them in the line."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What is known of furniture in a language."""

    lines: Mapping[Words, CutReason]
    """Whole lines."""
    openings: Mapping[str, Sequence[Phrase]]
    """What lines open with, by the first word, longest first."""
    phrases: Mapping[str, Sequence[Phrase]]
    """What stands anywhere in lines, in the same manner."""
    telling: frozenset[str]
    """The longest word of each of those: a line without any holds none of them."""
    sections: frozenset[Words]
    """Names of sections: labels above a title, menus."""
    you: frozenset[str]
    we: frozenset[str]
    imperatives: frozenset[str]
    """What readers are told to do, at the start of a sentence."""
    readers: frozenset[str]
    """Words of talk between outlets and readers."""
    media: frozenset[str]
    """What an outlet calls itself."""
    by: frozenset[str]
    """What stands before an author's name."""
    caption_verbs: frozenset[str]
    """What people do in pictures, in the present tense."""

    def found_in(self, words: Words) -> tuple[Phrase, ...]:
        """Return the opening and the phrases in the words of a line, in order; of those at one place the longest."""
        return _found_in(self, words) if len(words) <= _ASKED_AGAIN else tuple(self.phrases_in(words))

    def phrases_in(self, words: Words) -> Iterator[Phrase]:
        """Yield the same, looked for anew."""
        openings = self.openings.get(words[0], ()) if words else ()
        for phrase in openings:
            if words[: len(phrase.words)] == phrase.words and _holds(words, phrase.then):
                yield phrase
                break
        if self.telling.isdisjoint(words):
            return
        for at in [at for at, word in enumerate(words) if word in self.phrases]:
            for phrase in self.phrases[words[at]]:
                if words[at : at + len(phrase.words)] == phrase.words:
                    yield phrase
                    break


@lru_cache(maxsize=1 << 8)
def _found_in(lexicon: Lexicon, words: Words) -> tuple[Phrase, ...]:
    """Return the phrases of a short line: each is asked for them again and again while its article is judged."""
    return tuple(lexicon.phrases_in(words))


def _holds(words: Words, part: Words) -> bool:
    """Whether words stand together within others."""
    starts = range(len(words) - len(part) + 1) if part else range(1)
    return any(words[at : at + len(part)] == part for at in starts)


def words_of(line: str) -> Words:
    """Return the words of a line in lower case, every number as ``#``."""
    plain = line if line.isascii() else _typed(line)
    if plain.isascii():
        spread = _spread(plain)
        if "-" in spread or "'" in spread:
            spread = _JOINED.sub(lambda match: " ".join(_chunk_words(match[0])), spread)
        return tuple(spread.split())
    if len(line) > _CHUNK_CHARS * len(chunks := line.split()):  # a script without spaces
        return tuple(_words(line))
    return tuple(chain.from_iterable(map(_chunk_words, chunks)))


def _typed(line: str) -> str:
    """Return a line with the marks of a typewriter, so that most become ASCII."""
    for sign, typed in _TYPEWRITER.items():
        line = line.replace(sign, typed)
    return line


def _spread(line: str) -> str:
    """Return the words of a line of ASCII between blanks, numbers and signs among them."""
    spread = line.encode().translate(_SPREAD).decode()
    if not any(map(spread.__contains__, _SIGNS)):
        if "0" not in spread:
            return spread
    else:
        for sign in _SIGNS:
            line = line.replace(sign, f" {sign} ")
    return _ASCII_NUMBER.sub(" # ", line).encode().translate(_SPREAD).decode()


@remembered
def _chunk_words(chunk: str) -> Words:
    """Return the words of what stands between spaces; most are one word of plain letters beside a mark."""
    word = chunk.strip(_MARKS)
    return (word.lower(),) if word.isascii() and word.isalpha() else tuple(_words(chunk))


def _words(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(_NUMBER.sub("#", text.lower().replace("’", "'")))


@cache
def lexicon(lang: str) -> Lexicon:
    """Return the lexicon of a language, English included; English alone where a language has none."""
    folder = files("generator.data") / "boilerplate"
    names = ["en"] if lang in ("", "en") or not lang.isalnum() else [lang, "en"]
    tables = [
        tomllib.loads(file.read_text(encoding="utf-8"))
        for name in names
        if (file := folder / f"{name}.toml").is_file()
    ]
    lines: dict[Words, CutReason] = {}
    openings: dict[str, list[Phrase]] = {}
    phrases: dict[str, list[Phrase]] = {}
    for key, reason in _REASONS.items():
        for section in (table.get(key, {}) for table in tables):
            for words in _entries(section.get("lines", "")):
                lines.setdefault(words, reason)
            for words, then in _openings(section.get("starts", "")):
                openings.setdefault(words[0], []).append(Phrase(words, reason, opening=True, then=then))
            for words in _entries(section.get("phrases", "")):
                phrases.setdefault(words[0], []).append(Phrase(words, reason, opening=False))
    sections = frozenset(
        words for table in tables for words in _entries(table["navigation"].get("sections", ""))
    )
    return Lexicon(
        lines=lines,
        openings=_longest_first(openings),
        phrases=_longest_first(phrases),
        telling=frozenset(max(phrase.words, key=len) for found in phrases.values() for phrase in found),
        sections=sections,
        **{
            field: frozenset(word for table in tables for word in table.get(part, {}).get(key, "").split())
            for field, part, key in (
                ("you", "address", "you"),
                ("we", "address", "we"),
                ("imperatives", "address", "imperatives"),
                ("readers", "address", "words"),
                ("media", "about", "media"),
                ("by", "byline", "by"),
                ("caption_verbs", "caption", "verbs"),
            )
        },
    )


def _longest_first(phrases: Mapping[str, Sequence[Phrase]]) -> Mapping[str, Sequence[Phrase]]:
    """Return the phrases of each first word, the longest first, what stands behind their dots counted."""

    def length(phrase: Phrase) -> tuple[int, int]:
        return len(phrase.words) + len(phrase.then), len(phrase.then)

    return {first: sorted(found, key=length, reverse=True) for first, found in phrases.items()}


def _openings(text: str) -> Iterator[tuple[Words, Words]]:
    """Yield the entries of such a list, each with what stands behind its dots: the post … appeared first on."""
    for entry in text.split(";"):
        words, then = map(words_of, (*entry.split("…", 1), "")[:2])
        if words:
            yield words, then


def _entries(text: str) -> Iterable[Words]:
    """Return the entries of a list parted by semicolons, as words."""
    return [words for entry in text.split(";") if (words := words_of(entry))]
