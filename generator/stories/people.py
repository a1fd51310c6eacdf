"""Who is meant: one person under one name, over the articles of a story and over all stories.

"Putin" in one report is "Vladimir Putin" in another; "Kim Jong Un" is "Kim Jong-un". A short form is filled
out only when one full name in the story fits it. Nominals ("Russian media", "the ministry") and agencies are
speakers, but no people.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Literal

from generator.language.agencies import known_name
from generator.language.remembered import once
from generator.model import SPEAKER_CUT, Article, Name, Person, Story, Utterance
from generator.stories.equivalents import nation
from generator.turned import Last, Order

_PARTICLES = frozenset(
    ["de", "da", "do", "dos", "del", "della", "di", "du", "van", "von", "der", "den", "ter", "bin", "ibn"]
) | frozenset(["al", "el", "la", "le", "of", "af", "av", "zu", "y"])
"""Lower-case words inside names."""
_APART = re.compile(r"[\W_]+")
_REMEMBERED = 1 << 14
"""Names that are remembered at a time: few people are quoted again and again."""
_Spoken = tuple[str, str, Utterance]


@lru_cache(_REMEMBERED)
def name_key(name: str) -> str:
    """Return what spellings of one name have in common: letters and digits, without accents."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in plain if character.isalnum())


@lru_cache(_REMEMBERED)
def is_person(name: str) -> bool:
    """Tell whether a speaker is a name rather than a nominal, an agency or a nation."""
    words = name.split()
    return (
        bool(words)
        and all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
        and not known_name(name)
        and not nation("_".join(words).lower(), "en")
    )


class Speakers:
    """The full names of one story."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles

    def full(self, speaker: str) -> str:
        """Return the usual spelling of a speaker's name, a lone word filled out where one fuller name fits it."""
        if not is_person(speaker):
            return speaker
        usual = self._usual.get(name_key(speaker), speaker)
        if " " in usual:
            return usual
        fuller = [name for name in self._usual.values() if _fills_out(name, usual)]
        return fuller[0] if len(fuller) == 1 else usual

    @once
    def _usual(self) -> dict[str, str]:
        """The commonest spelling of each name, by key, in order of first mention."""
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for article in self._articles:
            for name in article.names:
                if name.kind == "person":
                    spellings[name_key(name.text)][name.text] += name.count
            for quote in article.quotes:
                if is_person(quote.speaker):
                    spellings[name_key(quote.speaker)][quote.speaker] += 1
        return {key: max(forms, key=lambda form: (forms[form], form)) for key, forms in spellings.items()}


def merge_names(articles: Sequence[Article]) -> tuple[Name, ...]:
    """Return the names of all articles with their mentions added up, most mentioned first, then in order of place."""
    speakers, known = Speakers(articles), _KnownKinds(articles)
    merged: dict[str, Name] = {}
    for article in articles:
        for name in article.names:
            kind = known.kind(name)
            text = speakers.full(name.text) if kind == "person" else name.text
            key = name_key(text)
            before = merged.get(key)
            count = name.count + (before.count if before else 0)
            merged[key] = Name(
                before.text if before else text, (before and before.kind) or kind, name.span, count
            )
    return tuple(sorted(merged.values(), key=lambda name: -name.count))


class _KnownKinds:
    """What the articles of a story show of names, beside the names themselves: who speaks, and who publishes."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._outlets = {
            name_key(outlet.removeprefix("The ")) for article in articles if (outlet := article.meta.outlet)
        }
        self._quoted = {
            name_key(quote.speaker)
            for article in articles
            for quote in article.quotes
            if quote.confidence >= SPEAKER_CUT and " " in quote.speaker and is_person(quote.speaker)
        }

    def kind(self, name: Name) -> Literal["person", "place", "organisation", ""]:
        """Return the kind of a name: an outlet of the story is an organisation, who is quoted a person."""
        key = name_key(name.text)
        if key in self._outlets:
            return "organisation"
        return name.kind or ("person" if key in self._quoted else "")


class Voices:
    """Who was quoted in each story of the last build."""

    def __init__(self) -> None:
        self._order = Order(_by_date)
        self._each = Last(_spoken)
        self._spoken: list[list[_Spoken]] = []
        self._people: tuple[Person, ...] = ()

    def people(self, stories: Sequence[Story]) -> tuple[Person, ...]:
        """Return everybody quoted in stories, the very same as long as nobody is quoted otherwise."""
        spoken = self._each.of(self._order.of(stories))
        if spoken != self._spoken:
            self._people = _people(chain.from_iterable(spoken))
        self._spoken = spoken
        return self._people


def _spoken(story: Story) -> list[_Spoken]:
    """Return the key of each person quoted in a story, the name, and the words."""
    return [
        (name_key(quote.speaker), quote.speaker, Utterance(story.id, quote))
        for quote in story.quotes
        if is_person(quote.speaker)
    ]


def find_people(stories: Sequence[Story], known: Voices | None = None) -> tuple[Person, ...]:
    """Return everybody quoted by name, by name, with their words in order of story date, then place."""
    return (known or Voices()).people(stories)


def _people(spoken: Iterable[_Spoken]) -> tuple[Person, ...]:
    """Return who is quoted, each with their words in the order in which they come."""
    said: dict[str, list[Utterance]] = defaultdict(list)
    names: dict[str, dict[str, int]] = defaultdict(dict)
    for key, name, utterance in spoken:
        said[key].append(utterance)
        names[key][name] = names[key].get(name, 0) + 1
    usual = {key: max(forms, key=lambda form: (forms[form], form)) for key, forms in names.items()}
    people: list[Person] = []
    taken: Counter[str] = Counter()
    for key in sorted(said, key=lambda key: (_surname(usual[key]), usual[key])):
        slug = _slug(usual[key])
        taken[slug] += 1
        if taken[slug] > 1:
            slug = f"{slug}-{taken[slug]}"
        people.append(Person(usual[key], slug, tuple(said[key])))
    return tuple(people)


@lru_cache(_REMEMBERED)
def _surname(name: str) -> str:
    """Return the last word of a name, as names are sorted by it."""
    return name.rsplit(maxsplit=1)[-1].casefold()


@lru_cache(_REMEMBERED)
def _slug(name: str) -> str:
    """Return a name as part of an address."""
    return _APART.sub("-", _ascii(name).lower()).strip("-") or "person"


def _fills_out(name: str, short: str) -> bool:
    """Tell whether ``name`` is ``short`` with more words, ``short`` at its start or end."""
    words, few = name.casefold().split(), short.casefold().split()
    return len(words) > len(few) and (words[-len(few) :] == few or words[: len(few)] == few)


def _by_date(story: Story) -> tuple[bool, str, str]:
    """Return what stories are sorted by: first day, undated last, then id."""
    return story.first is None, story.first.day.isoformat() if story.first else "", story.id


def _ascii(name: str) -> str:
    """Return a name without accents; letters of other scripts stay."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
