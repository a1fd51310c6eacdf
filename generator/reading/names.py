"""People, places and organisations named in a text, each under its fullest form.

A name is a run of capitalised words, joined over "of", "van" or "bin"; titles before it are stripped and prove
a person. The first word of a sentence counts only when it is no ordinary word. A surname alone belongs to
the full name that ends in it. The kind is decided by titles, given names, words such as "Ministry" or "River",
the company a name keeps ("in Karsk") and a list of countries and large cities; where nothing tells there is
none. In German, where every noun has a capital, only runs of two words and known names count. Not
found: pronouns, names in scripts without capitals.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from generator.language.background import LANGUAGE, background
from generator.language.words import stem
from generator.model import Name, Span
from generator.reading.capitals import Run, Token, runs_of, tokens_of
from generator.reading.namewords import NameWords, Words, name_words

_LETTERS = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"\s?\(([A-Z]{2,7})\)")
_QUIET = 2
"""Background documents up to which a word that opens a sentence may still be a name."""
_INFLECTED = ("s", "ing", "ed", "ly")
_PERSON_WORDS = 4
_MOST_SENTENCES = 3_000
_LOCATED = 2
"""Mentions behind "in" or the like that make a place."""

Kind = Literal["person", "place", "organisation", ""]


class _Mention(NamedTuple):
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
class _Entity:
    """All mentions of one name."""

    mentions: list[_Mention] = field(default_factory=list)
    surnamed: bool = False
    """Whether it is mentioned by one of its words alone too."""
    abbreviated: bool = False
    """Whether an acronym stands for it."""


@dataclass(frozen=True, slots=True)
class _Scan:
    """What the reading of one text needs throughout."""

    text: str
    words: NameWords
    inside: frozenset[str]
    """Words with a capital within sentences."""
    ordinary: frozenset[str]
    """Words written small."""


def find_names(text: str, sentences: Sequence[Span], lang: str) -> tuple[Name, ...]:
    """Return the names of the sentences, by descending count, then place.

    Of a text as long as a book only the first sentences are read.
    """
    sentences = sentences[:_MOST_SENTENCES]
    parts = [tokens_of(text, span, lang) for span in sentences]
    inside = frozenset(token.text for part in parts for token in part if not token.opening)
    scan = _Scan(text, name_words(lang), inside, frozenset(_LETTERS.findall(text)))
    mentions = [
        mention
        for span, part in zip(sentences, parts, strict=True)
        for run in runs_of(text, span, part, scan.words)
        for mention in _mentions(scan, run)
    ]
    names = [
        Name(
            _shown(text, entity, scan.words),
            _kind(key, entity, scan.words),
            min(mention.span for mention in entity.mentions),
            len(entity.mentions),
        )
        for key, entity in _merged(text, mentions, scan.words).items()
        if _is_sure(key, entity, scan.words)
    ]
    return tuple(sorted(names, key=lambda name: (-name.count, name.span)))


def _mentions(scan: _Scan, run: Run) -> Iterator[_Mention]:
    """Yield what a run of capitalised tokens mentions: a name, or a name and what its bearer belongs to."""
    words, found = scan.words, run.tokens
    if found[0].opening and not _may_open(scan, run):
        found = found[
            next((at for at, token in enumerate(found) if at and token.text[0].isupper()), len(found)) :
        ]
    lowers = tuple(token.lower for token in found)
    for start, stop, titled in _parts(lowers, words) if found else ():
        if stop - start == 1 and not titled and not _may_stand_alone(found[start], words):
            continue
        before = found[start - 1].lower if start else "" if found is not run.tokens else run.before
        after = lowers[stop] if stop < len(found) else run.after
        yield _Mention(
            key=_key(lowers[start:stop], words),
            span=Span(found[start].start, found[stop - 1].end),
            titled=titled or (before,) in words.titles,
            located=before in words.locatives,
            opening=found[start].opening,
            spoke=before in words.sayers or after in words.sayers,
            definite=before in words.articles,
        )


def _may_open(scan: _Scan, run: Run) -> bool:
    """Tell whether the capital of a word that opens a sentence may be that of a name."""
    token, words = run.tokens[0], scan.words
    if words.opens_sentences(token.lower):
        return False
    if token.text in scan.inside or (token.lower,) in words.places or token.lower in words.first_names:
        return True
    if token.lower in scan.ordinary:
        return False
    rare = (
        words.lang == LANGUAGE
        and background().df(token.lower) <= _QUIET
        and not token.lower.endswith(_INFLECTED)
    )
    return len(run.tokens) > 1 or rare


def _may_stand_alone(token: Token, words: NameWords) -> bool:
    """Tell whether a single word may be a name: no people, no head of a name, no abbreviation, no compound."""
    word = token.lower
    if (word.removesuffix("."),) in words.places:
        return True
    if word in words.heads or word in words.compass or words.is_people(word) or words.abbreviates(word):
        return False
    parts = token.text.split("-")
    joined = len(parts) > 1 and (
        not parts[-1][:1].isupper() or any((part.lower(),) in words.places for part in parts)
    )
    return not joined and (token.text.isupper() or not words.opens_sentences(word))


def _parts(lowers: Words, words: NameWords) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and title of the names in a run."""
    title_start, title_end = _last_title(lowers, words)
    rest = lowers[title_end:]
    if (
        lowers in words.places
        or (rest and rest[-1] in words.sites)
        or not words.organisations.isdisjoint(rest)
    ):
        title_start = title_end = 0
    yield from _trimmed(lowers, 0, title_start, words, titled=False)
    yield from _trimmed(lowers, title_end, len(lowers), words, titled=title_end > 0)


def _last_title(lowers: Words, words: NameWords) -> tuple[int, int]:
    """Return start and end of the last title in a run; zeros when there is none."""
    start = end = at = 0
    while at < len(lowers):
        length = words.title_at(lowers, at)
        if length:
            start, end = (start if end == at and end else at), at + length
        at += length or 1
    return start, end


def _trimmed(
    lowers: Words, start: int, end: int, words: NameWords, *, titled: bool
) -> Iterator[tuple[int, int, bool]]:
    """Yield the part without days, peoples and small words at its ends, if anything is left."""
    small = words.small
    organised = not words.organisations.isdisjoint(lowers[start:end])
    while start < end and lowers[start:end] not in words.places:
        people = start + (lowers[start] in words.compass and start + 1 < end)
        if lowers[start] in small:
            titled = titled and lowers[start] not in words.connectors  # "Governor of Karsk"
            start += 1
        elif words.is_people(lowers[people]) and not organised and people + 2 != end:
            start = people + 1
        else:
            break
    while start < end and lowers[end - 1] in small:
        end -= 1
    if start < end and (end - start > 1 or len(lowers[start]) > 1):
        yield start, end, titled


def _key(lowers: Words, words: NameWords) -> Words:
    """Return the words by which mentions are recognised as of one name."""
    parted = [word for lower in lowers for word in lower.replace(".", "").split("-") if word]
    return tuple(stem(word, words.lang) for word in parted) if words.inflected else tuple(parted)


def _merged(text: str, mentions: Sequence[_Mention], words: NameWords) -> Mapping[Words, _Entity]:
    """Return the mentions by name; parts of names and acronyms are put to the full name."""
    entities: defaultdict[Words, _Entity] = defaultdict(_Entity)
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


def _acronym_behind(text: str, mention: _Mention) -> str:
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


def _full_names(entities: Mapping[Words, _Entity], words: NameWords) -> Mapping[Words, Words]:
    """Return the one full name for a last word, for a family name that stands first, and for first and last."""
    heads = words.heads | words.connectors
    full: dict[Words, Words] = {}
    shared: set[Words] = set()
    for key in sorted(entities, key=len, reverse=True):
        if len(key) < 2 or key in words.places or not heads.isdisjoint((key[0], key[-1])):
            continue
        if not words.connectors.isdisjoint(key) and key[0] not in words.first_names:
            continue  # "Vega de Lenn"
        short = [key[-1:], *([key[:1]] if key[0] in words.family_first else [])]
        if (key[0], key[-1]) in full:
            short = []  # "Anna Lee" beside "Anna B. Lee"
        for part in (*short, (key[0], key[-1])):
            if full.setdefault(part, key) != key:
                shared.add(part)
    return {part: key for part, key in full.items() if part not in shared}


def _is_sure(key: Words, entity: _Entity, words: NameWords) -> bool:
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


def _kind(key: Words, entity: _Entity, words: NameWords) -> Kind:
    """Return what a name is of, by the surest evidence; empty when there is none."""
    mentions = entity.mentions
    titled = any(mention.titled for mention in mentions)
    if key in words.places and not titled:
        return "place"
    if entity.abbreviated or (key[-1] not in words.sites and not words.organisations.isdisjoint(key)):
        return "organisation"
    if not words.sites.isdisjoint(key):
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


def _shown(text: str, entity: _Entity, words: NameWords) -> str:
    """Return the fullest form as written first; the shortest one where names are inflected."""
    longest = max(len(mention.key) for mention in entity.mentions)
    forms = [
        " ".join(text[slice(*mention.span)].split())
        for mention in entity.mentions
        if len(mention.key) == longest
    ]
    return (
        min(forms, key=len)
        if words.inflected
        else max(forms, key=lambda form: (forms.count(form), -forms.index(form)))
    )
