"""What an article tells of the people whose full names it writes."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeVar

Name = tuple[str, ...]
"""The words of a name as written."""

_NAMESAKES = 20
_Item = TypeVar("_Item")


@dataclass(slots=True)
class Person:
    """What the article tells of one full name."""

    forms: dict[Name, int] = field(default_factory=dict)
    """How often each form is written."""
    roles: list[str] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)
    titled: bool = False

    @property
    def name(self) -> str:
        """The form written most often; of equals the longest."""
        return " ".join(max(self.forms.items(), key=lambda form: (form[1], len(form[0])))[0])

    @property
    def count(self) -> int:
        """How often the full name is written."""
        return sum(self.forms.values())


class People:
    """The people of one article, by their full names, by what these end and begin in, and by offices."""

    def __init__(self) -> None:
        self._named: dict[Name, Person] = {}
        self._ending: dict[Name, list[Person]] = defaultdict(list)
        self._beginning: dict[Name, list[Person]] = defaultdict(list)
        self._offices: dict[str, list[Person]] = defaultdict(list)

    def learn(self, name: Name) -> Person:
        """Return the person of a full name that is written once more."""
        person = self._named.setdefault(key_of(name), Person(genders=genders_of(name)))
        person.forms[name] = person.forms.get(name, 0) + 1
        return person

    def settle(self, given: AbstractSet[str], nobiliary: AbstractSet[str]) -> None:
        """Sort people when all are learned; by ``given`` names and small words it is seen which names are none."""
        self._shorten(nobiliary)
        runs = self._take_runs(given)
        for key, person in self._named.items():
            for length in range(1, len(key)):
                add(self._ending[key[-length:]], person)
                add(self._beginning[key[:length]], person)
            for office in {role.split()[-1].lower().rstrip(".") for role in person.roles}:
                add(self._offices[office], person)
        self._named |= runs

    def of(self, words: Name) -> Person | None:
        """Return the person of a full name."""
        return self._named.get(key_of(words))

    def called(self, words: Name) -> Sequence[Person]:
        """Return who has this full name, else those whose full names end in the words, else begin with them."""
        key = key_of(words)
        if key in self._named:
            return (self._named[key],)
        return self._ending.get(key) or self._beginning.get(key) or ()

    def ending(self, key: Name) -> Sequence[Person]:
        """Return those whose full names end in these words, in lower case."""
        return self._ending.get(key, ())

    def holding(self, office: str, told: AbstractSet[str]) -> list[Person]:
        """Return those with a role that ends in this word and has all that is told."""
        people = self._offices.get(office, ())
        return [person for person in people if any(_bears(role, office, told) for role in person.roles)]

    def _shorten(self, nobiliary: AbstractSet[str]) -> None:
        """Forget names without a given name where the whole one is written, too: Von der Leyen."""
        small = [key for key in self._named if key[0] in nobiliary]
        endings = {key[at:] for key in self._named for at in range(1, len(key))} if small else set()
        for key in endings.intersection(small):
            del self._named[key]

    def _take_runs(self, given: AbstractSet[str]) -> dict[Name, Person]:
        """Take out what is a full name but for the words before it, and return whose: Comedian | Ann Lee."""
        runs = {}
        for key in self._named:
            start = next((at for at in range(len(key) - 1) if key[at] in given), 0)
            if start and key[start:] in self._named:
                runs[key] = self._named[key[start:]]
        for key in runs:
            del self._named[key]
        return runs


@lru_cache(maxsize=4096)
def key_of(name: Name) -> Name:
    """Return a name for comparing: lower case, hyphens parted, initials left out."""
    parts = " ".join(name).lower().replace("-", " ").split()
    return tuple(part for part in parts if len(part.rstrip(".")) > 1) or tuple(parts)


@cache
def genders() -> Mapping[str, str]:
    """Return the given names that tell man and woman, in lower case, with what each tells."""
    text = (files("generator.data") / "names" / "genders.toml").read_text(encoding="utf-8")
    return {name: gender for gender, names in tomllib.loads(text).items() for name in names.split()}


def genders_of(name: Name) -> set[str]:
    """Return what the first word of a full name tells of man and woman: "masculine", "feminine" or nothing."""
    gender = genders().get(name[0].lower())
    return {gender} if gender else set()


def is_shouted(name: Name) -> bool:
    """Whether a run of capitals is a heading: THREE HELD AFTER RAID."""
    return all(word.isupper() and len(word) > 3 for word in name)


def shortened(person: Person) -> Iterator[Name]:
    """Yield what the article may call a person for short: the last and the first word of the name."""
    for form in person.forms:
        key = key_of(form)
        yield key[-1:]
        yield key[:1]


def _bears(role: str, head: str, told: AbstractSet[str]) -> bool:
    """Whether a role ends in the head and has all the words told."""
    words = role.lower().replace(".", "").split()
    return words[-1] == head and told <= set(words)


def add(known: list[_Item], item: _Item) -> None:
    """Add one of few: whoever shares a name with more than these is not told apart."""
    if len(known) < _NAMESAKES:
        known.append(item)
