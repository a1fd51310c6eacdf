"""What an article tells of the people whose full names it writes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

Name = tuple[str, ...]
"""The words of a name as written."""


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


def bears(role: str, head: str, told: set[str]) -> bool:
    """Whether a role ends in the head and has all the words told."""
    words = role.lower().replace(".", "").split()
    return words[-1] == head and told <= set(words)
