"""Mentions of names put together: which stand for one person, place or organisation, and what it is.

A part of a name belongs to the one full name that has it, an acronym to the name whose initials it is. The
kind is told by the surest evidence there is; where nothing tells there is none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from generator.model import Span
from generator.reading.namewords import NameWords, Words

_ACRONYM = re.compile(r"\s?\(([A-Z]{2,7})\)")
_PERSON_WORDS = 4
_LOCATED = 2
"""Mentions behind "in" or the like that make a place."""

Kind = Literal["person", "place", "organisation", ""]


class Mention(NamedTuple):
    """One run of words that names something."""

    key: Words
    """Lower-case words, parted at hyphens; stems where names are inflected."""
    span: Span
    titled: bool
    located: bool
    """Whether "in" or the like stands before it."""
    opening: bool
    """Whether it opens a sentence."""
    spoke: bool
    """Whether a verb of speech stands beside it."""
    definite: bool
    """Whether an article stands before it."""


@dataclass(slots=True)
class Entity:
    """All mentions of one name."""

    mentions: list[Mention] = field(default_factory=list)
    surnamed: bool = False
    """Whether it is mentioned by one of its words alone too."""
    abbreviated: bool = False
    """Whether an acronym stands for it."""


def merged(text: str, mentions: Sequence[Mention], words: NameWords) -> Mapping[Words, Entity]:
    """Return the mentions by name; parts of names and acronyms are put to the full name."""
    entities: defaultdict[Words, Entity] = defaultdict(Entity)
    acronyms: dict[Words, Words] = {}
    for mention in mentions:
        entities[mention.key].mentions.append(mention)
        if acronym := _acronym_behind(text, mention):
            acronyms[acronym,] = mention.key
    full = _full_names(entities, words)
    firsts = {key[:1]: key for key in full.values()}
    for key in sorted(entities, key=len):
        alone = entities[key].mentions
        whole = acronyms.get(key)
        if whole:
            entities[whole].abbreviated = True
        elif key not in words.places and not all(mention.definite for mention in alone):
            whole = full.get(key) or (firsts.get(key) if all(mention.titled for mention in alone) else None)
            if whole and len(key) == 1:
                entities[whole].surnamed |= not all(mention.opening for mention in alone)
        if whole and whole != key and whole in entities:
            entities[whole].mentions += entities.pop(key).mentions
    return entities


def _acronym_behind(text: str, mention: Mention) -> str:
    """Return the acronym in brackets behind a name whose initials it has; empty when there is none."""
    match = _ACRONYM.match(text, mention.span.end) if len(mention.key) > 1 else None
    if not match:
        return ""
    initials = "".join(word[0] for word in mention.key)
    return (
        match[1].lower()
        if match[1].lower() in {initials, initials.replace("o", ""), initials.replace("a", "")}
        else ""
    )


def _full_names(entities: Mapping[Words, Entity], words: NameWords) -> Mapping[Words, Words]:
    """Return the one full name for a last word, for a family name that stands first, and for first and last."""
    heads = words.heads | words.connectors
    full: dict[Words, Words] = {}
    shared: set[Words] = set()
    for key in sorted(entities, key=len, reverse=True):
        if len(key) < 2 or key in words.places or not heads.isdisjoint((key[0], key[-1])):
            continue
        if not words.connectors.isdisjoint(set(key) - words.bound) and key[0] not in words.first_names:
            continue  # "Vega de Lenn"
        short = [key[-1:], *([key[:1]] if key[0] in words.family_first else [])]
        if key[-2] in words.bound:
            short.append(key[-2:])  # al-Assad
        if (key[0], key[-1]) in full:
            short = []  # "Anna Lee" beside "Anna B. Lee"
        for part in (*short, (key[0], key[-1])):
            if full.setdefault(part, key) != key:
                shared.add(part)
    return {part: key for part, key in full.items() if part not in shared}


def is_sure(key: Words, entity: Entity, words: NameWords) -> bool:
    """Tell whether it names something, and is no ordinary word that opens a sentence or a German noun."""
    if (
        not words.nouns_are_capital
        or key in words.places
        or any(mention.titled for mention in entity.mentions)
    ):
        return True
    if len(key) == 1 or entity.mentions[0].definite or not words.connectors.isdisjoint(key):
        return key[0] in words.first_names and len(key) > 1
    return key[0] in words.first_names or entity.surnamed or words.organisations.isdisjoint(key)


def kind_of(key: Words, entity: Entity, words: NameWords) -> Kind:
    """Return what a name is of, by the surest evidence; empty when there is none."""
    mentions = entity.mentions
    titled = any(mention.titled for mention in mentions)
    if key in words.places and not titled:
        return "place"
    if entity.abbreviated or (key[-1] not in words.sites and not words.organisations.isdisjoint(key)):
        return "organisation"
    if not words.sites.isdisjoint(key) or (len(key) > 1 and words.tells_site(key[0])):
        return "place"
    if (
        titled
        or (len(key) > 1 and key[0] in words.first_names)
        or (entity.surnamed and len(key) <= _PERSON_WORDS)
    ):
        return "person"
    located = sum(mention.located for mention in mentions)
    if (
        located >= _LOCATED
        and 2 * located >= len(mentions)
        and not any(mention.spoke for mention in mentions)
    ):
        return "place"
    return ""


def shown(text: str, entity: Entity, words: NameWords) -> str:
    """Return the fullest form as written first; the shortest one where names are inflected."""
    longest = max(len(mention.key) for mention in entity.mentions)
    forms = [
        " ".join(text[slice(*mention.span)].split())
        for mention in entity.mentions
        if len(mention.key) == longest
    ]
    if len(forms) == 1:
        return forms[0]
    return min(forms, key=len) if words.inflected else Counter(forms).most_common(1)[0][0]
