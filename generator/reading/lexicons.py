"""Read the lexicon of a language (``data/quotes/<lang>.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from generator.reading.abbreviations import rules_of
from generator.reading.cues import (
    ADVERB,
    AUXILIARY,
    BRACKET,
    CAPITAL,
    COLON,
    COMMA,
    CONJUNCTION,
    CUE,
    CUE_GROUPS,
    DASH,
    DETERMINER,
    OBJECT,
    PERSONAL,
    PREPOSITION,
    RELATIVE,
    ROLE,
    STOP,
    THAT,
    TITLE,
    TO,
    Codes,
    Lexicon,
)  # fmt: skip
from generator.reading.namewords import name_words
from generator.reading.persons import genders

_LISTED = (
    "things", "alone", "indefinite", "inner", "titles", "roles", "kin", "rank", "of_office", "noble", "masculine", "feminine",
    "whence", "bodies", "courtesies", "media", "introducing", "introducers", "dative", "own", "agents", "oblique", "views", "times", "once", "epithets", "someone",
)  # fmt: skip
"""Lists of words that are kept as they are."""
_WORDS = {
    "personal": PERSONAL,
    "object": OBJECT,
    "determiner": DETERMINER,
    "preposition": PREPOSITION,
    "to": TO,
    "that": THAT,
    "relative": RELATIVE,
    "conjunction": CONJUNCTION,
    "auxiliary": AUXILIARY,
    "adverb": ADVERB,
}
_SIGNS = {
    ",": COMMA, ":": COLON, ".": STOP, "!": STOP, "?": STOP, "…": DASH, ";": STOP, "—": DASH, "–": DASH, "-": DASH,
    "―": DASH, "(": BRACKET, ")": BRACKET, "[": BRACKET, "]": BRACKET,
}  # fmt: skip


@cache
def lexicon(lang: str) -> Lexicon | None:
    """Return the lexicon of a language; None when there is none."""
    file = files("generator.data") / "quotes" / f"{lang}.toml"
    if not lang.isalpha() or not file.is_file():
        return None
    data = _with_former(tomllib.loads(file.read_text(encoding="utf-8")))
    names = name_words(lang)
    words, works = data["words"], data["works"]

    elided = _listed(words.get("elided", ""))
    token = _token(words.get("elided", "").split(), words.get("clitic", "").split())
    collective = names.heads | _listed(words["media"]) | _listed(words["collective"])
    nobiliary = names.nobiliary.union(e + mark for e in elided & names.nobiliary for mark in "'’")
    return Lexicon(
        **{key: _listed(words.get(key, "")) for key in _LISTED},
        codes=Codes(_codes(data), tuple(words.get("title_endings", "").split()), names.bound),
        phrases=_phrases(data["cues"], token),
        token=token,
        pronouns=MappingProxyType({w: kind for kind, text in data["pronouns"].items() for w in text.split()}),
        particles=_listed(words["particle"]) | nobiliary,
        nobiliary=nobiliary,
        posts=_listed(words["roles"]) | names.posts | {title for title, *more in names.titles if not more},
        persons=names.posts.union(_listed(words["masculine"]), _listed(words["feminine"])).union(
            *names.titles, _listed(words.get("kin", ""))
        )
        - collective,
        offices=_listed(words["roles"]) | names.posts | {word for title in names.titles for word in title},
        names=names,
        given=names.first_names | genders().keys(),
        collective=collective,
        inverts=bool(words.get("inverts", "")),
        dashes=bool(words.get("dashes", "")),
        one_surname=bool(words.get("one_surname", "")),
        title_endings=tuple(words.get("title_endings", "").split()),
        shortened=_listed(words["titles"]) & rules_of(lang).abbreviations,
        after=_listed(data["cues"].get("after", "")),
        verb_genders=MappingProxyType({k: tuple(v.split()) for k, v in data.get("verbs", {}).items()}),
        epithet_endings=tuple(words.get("epithet_endings", "").split()),
        pointing=MappingProxyType(
            {w: g for g, text in data.get("pointing", {}).items() for w in text.split()}
        ),
        gerund=tuple(words.get("gerund", "").split()),
        past=tuple(words.get("past", "").split()),
        first=frozenset(re.split("['’]", word)[0] for word in words["first"].split()),
        small=_listed(works["small"]),
        before_works=_listed(works["before"]),
    )


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _with_former(data: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return what a file holds with every title and role also as a former one: exministro, ex-ministre."""
    words = data["words"]
    for key in ("titles", "roles", "masculine", "feminine"):
        listed = words[key].split()
        former = [prefix + word for prefix in words.get("former", "").split() for word in listed]
        words[key] = " ".join(dict.fromkeys((*listed, *former)))
    return data


def _token(elided: Sequence[str], clitics: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of words and signs."""
    before = f"(?:{'|'.join(elided)})['’](?=\\w)|" if elided else ""
    hyphen, after = "-", "|".join(map(re.escape, clitics))
    if clitics:
        before += rf"(?<=\w)(?:{after})\b|"
        hyphen = rf"(?!(?:{after})\b)-"
    word = rf"[^\W_]++(?:(?:[.'’&]|\.?{hyphen})[^\W_]++)*+"
    return re.compile(rf"({before}{word}|@{word}|[.!?,:;()\[\]—–―…-])", re.IGNORECASE if before else 0)


def _phrases(cues: Mapping[str, str], token: re.Pattern[str]) -> frozenset[str]:
    """Return the first words of the verbs that are several: fired back, d'après."""
    parted = (token.findall(word.replace("_", " ")) for text in cues.values() for word in text.split())
    first = {words[0] for words in parted if len(words) > 1}
    first |= {word.capitalize() for word in first}
    return frozenset(first | {word.replace("'", "’") for word in first})


def _codes(data: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, int]]:
    """Yield every word with its code; of two codes for one word the later holds."""
    for word in data["words"]["roles"].split():
        yield word, ROLE
        yield word.capitalize(), CAPITAL
    for word in data["words"]["titles"].split():
        yield word, TITLE if word not in data["words"]["roles"].split() else ROLE
        yield word.capitalize(), TITLE
    for number, group in enumerate(CUE_GROUPS):
        for word in data["cues"].get(group, "").split():
            verb = word.replace("_", " ")
            yield verb, CUE + number
            yield verb.capitalize(), CUE + number
    for name, code in _WORDS.items():
        for word in data["words"][name].split():
            yield word, code
            yield word.capitalize(), code
    yield from _SIGNS.items()
