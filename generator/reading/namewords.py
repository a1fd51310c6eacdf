"""The words of a language in and round names (``data/names/``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from generator.language.months import months
from generator.language.words import is_stop, stop_words
from generator.reading.abbreviations import rules_of

Words = tuple[str, ...]
"""Words in lower case."""


@dataclass(frozen=True, slots=True)
class NameWords:
    """What is known of names in a language."""

    lang: str
    titles: frozenset[Words]
    """What stands before a person's name and is no part of it."""
    posts: frozenset[str]
    """The same, but only before a given name that is known: "Prosecutor Anna Lee", not "Teacher Training"."""
    post_endings: tuple[str, ...]
    """Endings of such posts, where they are written as one word."""
    honouring: frozenset[str]
    """What is named after people: lycée Victor Hugo."""
    postnominals: frozenset[str]
    """What stands behind a name and is no part of it: MP, KC."""
    articles: frozenset[str]
    connectors: frozenset[str]
    """What joins the words of a name."""
    nobiliary: frozenset[str]
    """Those of them that join the words of a person's: Ursula von der Leyen."""
    bound: frozenset[str]
    """What is written with the word behind it: al-Assad, d’Arcy."""
    organisations: frozenset[str]
    """Words in names of organisations."""
    sites: frozenset[str]
    """Words in names of places."""
    locatives: frozenset[str]
    """What stands before a place."""
    sayers: frozenset[str]
    """What people do behind their name."""
    compass: frozenset[str]
    family_first: frozenset[str]
    """Family names that stand before the given name."""
    demonyms: frozenset[str]
    nameless: frozenset[str]
    """Words with a capital letter that name nothing: days, months."""
    first_names: frozenset[str]
    places: frozenset[Words]
    """Countries and large cities."""
    heads: frozenset[str] = field(init=False)
    """Words in names that are of no person."""
    small: frozenset[str] = field(init=False)
    """Words that neither open nor end a name."""
    openers: frozenset[str] = field(init=False)
    """Words that open sentences."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "heads", self.organisations | self.sites)
        object.__setattr__(self, "small", self.connectors | self.nameless | self.articles)
        object.__setattr__(self, "openers", stop_words(self.lang) | rules_of(self.lang).starters)

    @property
    def nouns_are_capital(self) -> bool:
        """Whether all nouns of the language are written with a capital letter."""
        return self.lang == "de"

    @property
    def inflected(self) -> bool:
        """Whether names change their endings."""
        return self.lang in {"ru", "uk"}

    def tells_site(self, word: str) -> bool:
        """Tell a noun before the name of a place, where nouns are capital: "Hafenstadt"."""
        return self.nouns_are_capital and word.endswith(tuple(self.sites)) and word not in self.first_names

    def title_at(self, words: Words, at: int) -> int:
        """Return how many words the title at a place has; 0 when there is none."""
        for length in (3, 2, 1):
            if len(words) >= at + length and words[at : at + length] in self.titles:
                return length
        post = words[at] in self.posts and not self.first_names.isdisjoint(words[at + 1 : at + 2])
        return int(post)

    def opens_sentences(self, word: str) -> bool:
        """Tell a word that is capital only because it opens a sentence."""
        return word in self.openers or (len(word) == 1 and is_stop(word, self.lang))

    def abbreviates(self, word: str) -> bool:
        """Tell an abbreviation ("Va", "Sept"), its full stop left out."""
        return word in rules_of(self.lang).abbreviations

    def is_people(self, word: str) -> bool:
        """Tell an adjective or noun of a people, also one joined to another ("African-American")."""
        return any(
            part in self.demonyms or part.removesuffix("s") in self.demonyms for part in word.split("-")
        )


@cache
def name_words(lang: str) -> NameWords:
    """Return what is known of names in a language; what is known in English where it has no data."""
    folder = files("generator.data") / "names"
    known = lang if lang.isalpha() and (folder / f"{lang}.toml").is_file() else "en"
    table = tomllib.loads((folder / f"{known}.toml").read_text(encoding="utf-8"))
    return NameWords(
        lang=lang or "en",
        titles=frozenset(_phrases(table["titles"])),
        posts=frozenset(table.get("posts", "").split()),
        post_endings=tuple(table.get("post_endings", "").split()),
        honouring=frozenset(table.get("honouring", "").split()),
        postnominals=frozenset(table.get("postnominals", "").split()),
        articles=frozenset(table["articles"].split()),
        connectors=frozenset(table["connectors"].split()) | frozenset(table["nobiliary"].split()),
        nobiliary=frozenset(table["nobiliary"].split()),
        bound=frozenset(table["bound"].split()),
        organisations=frozenset(table["organisations"].split()),
        sites=frozenset(table["places"].split()),
        locatives=frozenset(table["locatives"].split()),
        sayers=frozenset(table["sayers"].split()),
        compass=frozenset(table.get("compass", "").split()),
        family_first=frozenset(table.get("family_first", "").split()),
        demonyms=frozenset(_listed(folder / "demonyms.txt")),
        nameless=frozenset(table["also"].split()) | months().keys(),
        first_names=frozenset(_listed(folder / "first_names.txt")),
        places=frozenset(_places(folder, {"en", known})),
    )


def _places(folder: Traversable, langs: set[str]) -> Iterable[Words]:
    """Yield the names of places: those in the languages, and those known everywhere."""
    for line in (folder / "countries.tsv").read_text(encoding="utf-8").splitlines():
        lang, *names = line.split("\t")
        if lang in langs:
            yield from (tuple(name.lower().split()) for name in names)
    yield from _phrases(" ".join(_lines(folder / "places.txt")))


def _phrases(text: str) -> Iterable[Words]:
    """Yield the entries of a list parted by semicolons, as words without a last full stop."""
    entries = (entry.lower().split() for entry in text.split(";"))
    return (tuple(word.removesuffix(".") for word in words) for words in entries if words)


def _listed(file: Traversable) -> Iterable[str]:
    """Yield the words of a list, in lower case."""
    return (word.lower() for line in _lines(file) for word in line.split())


def _lines(file: Traversable) -> Iterable[str]:
    """Return the lines of a list without its remarks."""
    return (line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
