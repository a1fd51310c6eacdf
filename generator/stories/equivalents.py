"""Which words say the same, and which exclude each other, by language.

The tables (``generator/data/summary/<lang>.synonyms.txt``, ``.nations.txt``, ``.exclusive.txt``) are small
and written for news; a language without them compares its stems as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from generator.language.remembered import remembered
from generator.language.words import is_stop, stem

DAY_SETS = 2
"""The first sets of words that exclude each other are the weekdays and the months."""


def meanings(words: Sequence[str], lang: str) -> list[tuple[int, str]]:
    """Return the place and the meaning of each content word: its nation, its synonyms' first stem, or its stem."""
    found = list(map(meaning_of(lang), words))
    if not second_words(lang).isdisjoint(words):
        for start, end, nation_ in nations_in(words, lang):
            found[start:end] = [nation_, *[""] * (end - start - 1)]
    return [(at, meant) for at, meant in enumerate(found) if meant]


def single_meanings(words: Iterable[str], lang: str) -> frozenset[str]:
    """Return the meanings of single words."""
    return frozenset(meaning for word in words for _, meaning in meanings((word,), lang))


def nations_in(words: Sequence[str], lang: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start, the end and the nation of names of several words, longest first, not overlapping."""
    joined, end = _joined_nations(lang), 0
    for at, word in enumerate(words):
        if at >= end and word in joined:
            for parts, nation_ in joined[word]:
                if tuple(words[at : at + len(parts)]) == parts:
                    end = at + len(parts)
                    yield at, end, nation_
                    break


@cache
def meaning_of(lang: str) -> Callable[[str], str]:
    """Return what tells what a lower-case word of the language means: empty for a stop word."""
    nations, synonyms = _nations(lang), _synonyms(lang)

    def meant(word: str) -> str:
        return nations.get(word) or ("" if is_stop(word, lang) else synonyms.get(r := stem(word, lang), r))

    return remembered(meant)


@cache
def _joined_nations(lang: str) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return, by their first word, the nations of several words, longest first."""
    joined: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, nation_ in _nations(lang).items():
        if len(parts := tuple(name.split("_"))) > 1:
            joined.setdefault(parts[0], []).append((parts, nation_))
    return MappingProxyType({first: tuple(sorted(names, reverse=True)) for first, names in joined.items()})


@cache
def second_words(lang: str) -> frozenset[str]:
    """Return the second words of these nations, which are rarer than "the" and "new"."""
    return frozenset(parts[1] for names in _joined_nations(lang).values() for parts, _ in names)


def meaning(root: str, lang: str) -> str:
    """Return what a stem means: the first stem of its synonyms, or itself."""
    return _synonyms(lang).get(root, root)


def nation(words: str, lang: str) -> str:
    """Return the nation that lower-case words joined by underscores stand for; empty for none."""
    return _nations(lang).get(words, "")


@cache
def exclusive(lang: str) -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Return, for each lower-case word that excludes others, the numbers of its sets and its usual form."""
    sets: dict[str, tuple[tuple[int, str], ...]] = {}
    for number, line in enumerate(_lines(lang, "exclusive")):
        for entry in line:
            usual, *others = entry.split("=")
            for form in (usual, *others):
                sets[form] = (*sets.get(form, ()), (number, usual))
    return MappingProxyType(sets)


@cache
def _synonyms(lang: str) -> Mapping[str, str]:
    """Return the first stem of its set for each stem; of two sets that hold a stem the first counts."""
    table: dict[str, str] = {}
    for line in _lines(lang, "synonyms"):
        roots = [stem(word, lang) for word in line]
        for root in roots:
            table.setdefault(root, roots[0])
    return MappingProxyType(table)


@cache
def _nations(lang: str) -> Mapping[str, str]:
    """Return the first entry of its set, marked, for each country, people and capital."""
    return MappingProxyType({name: f"={line[0]}" for line in _lines(lang, "nations") for name in line})


def _lines(lang: str, table: str) -> Iterator[list[str]]:
    """Yield the words of each line of a table, comments left out; nothing for a language without it."""
    file = files("generator.data").joinpath("summary", f"{lang}.{table}.txt")
    if lang.isalpha() and file.is_file():
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield line.split()
