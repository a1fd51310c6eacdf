"""The words that tell who speaks, by language: reporting verbs, pronouns, titles, and the small words between.

Every word has one *code*, a small number that stands for how it behaves beside a quotation; whatever the
lexicon does not know is a capitalised or another word. The data are ``generator/data/quotes/<lang>.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from generator.reading.abbreviations import rules_of
from generator.reading.namewords import NameWords, name_words
from generator.reading.persons import genders

OTHER = 0
CAPITAL = 1
NUMBER = 2
PERSONAL = 3
OBJECT = 4
DETERMINER = 5
PREPOSITION = 6
TO = 7
THAT = 8
RELATIVE = 9
CONJUNCTION = 10
AUXILIARY = 11
ADVERB = 12
TITLE = 13
ROLE = 14
COMMA = 15
COLON = 16
STOP = 17
DASH = 18
BRACKET = 19
QUOTE = 20
CUE = 21
"""A reporting verb of group 0; of group n: ``CUE + n``."""

CUE_GROUPS = ("say", "add", "tell", "ask", "write", "call", "claim", "gerund", "quote", "according")
SAY, ADD, TELL, ASK, WRITE, CALL, CLAIM, GERUND, CITE, ACCORDING = range(CUE, CUE + len(CUE_GROUPS))
CODES = CUE + len(CUE_GROUPS)
"""How many codes there are."""

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


_BOUND = re.compile(r"([^\W\d_]+)[-'’](?=[^\W\d_])")
_REMEMBERED = 100_000
"""Words whose code is remembered, at most."""


class Codes(dict[str, int]):
    """Code of each word, in lower case and with a capital, and of signs; what is not listed is guessed."""

    def __init__(
        self, listed: Iterable[tuple[str, int]], title_endings: tuple[str, ...], bound: frozenset[str]
    ) -> None:
        """Take the listed codes, and what stands before a name and is written with it: al-Assad, d’Arcy."""
        super().__init__(listed)
        self._title_endings, self._bound = title_endings, bound

    def __missing__(self, word: str) -> int:
        code = self._guess(word)
        if len(self) < _REMEMBERED:
            self[word] = code
        return code

    def _guess(self, word: str) -> int:
        first = word[0]
        if first.isupper() or first == "@":
            if len(word) > 3 and word.isupper():
                return self.get(word.capitalize(), CAPITAL)  # "SAID" in a heading is "Said"; "US" is no "us"
            ends = self._title_endings and word.lower().endswith(self._title_endings)
            return TITLE if ends else CAPITAL
        if first.isdigit():
            return NUMBER
        if word.isalpha():
            return OTHER
        before = _BOUND.match(word)
        if before and before[1] in self._bound and word[before.end()].isupper():
            return CAPITAL
        return ROLE if word[-2:] in ("'s", "’s") and self.get(word[:-2]) == ROLE else OTHER


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of one language. Words are in lower case but for ``codes``."""

    codes: Codes
    token: re.Pattern[str]
    """Finds words and signs, in its one group: "l’" and "-t-il" are words of their own where the language has such."""
    pronouns: Mapping[str, str]
    """Pronouns with what they tell: masculine, feminine, neuter, plural; those left out tell nothing."""
    things: frozenset[str]
    """Relative pronouns that stand for no person ("which")."""
    alone: frozenset[str]
    """Determiners that can stand for people ("some", "others")."""
    indefinite: frozenset[str]
    """Words that stand for no one in particular ("nobody")."""
    particles: frozenset[str]
    """Small words within names, of people and others ("de", "of")."""
    nobiliary: frozenset[str]
    """Those within the names of people ("von der")."""
    titles: frozenset[str]
    roles: frozenset[str]
    posts: frozenset[str]
    """Roles and others that may stand before a given name, with a capital: "Journalist Ann Lee"."""
    offices: frozenset[str]
    """Words of posts, and of titles of several words: "Secretary-General"."""
    names: NameWords
    """Words in and round names."""
    given: frozenset[str]
    """Given names."""
    of_office: frozenset[str]
    """What leads to what an office is of: le ministre de l’Intérieur, Minister für Verkehr."""
    collective: frozenset[str]
    """Bodies among roles and titles: gouvernement."""
    inverts: bool
    """Whether whoever speaks stands behind the verb after a quotation, whatever the verb."""
    one_surname: bool
    """Whether nobody has two surnames with a small word between."""
    noble: frozenset[str]
    """Titles that stand within a name: Graf."""
    title_endings: tuple[str, ...]
    """Endings of compound titles: Verkehrsminister."""
    shortened: frozenset[str]
    """Titles that a full stop follows: "Gov."."""
    masculine: frozenset[str]
    """Titles of men."""
    feminine: frozenset[str]
    dative: frozenset[str]
    """What leads to whoever is told, or begins it: dijo a la prensa, sagte dem Blatt."""
    own: frozenset[str]
    """What stands before an outlet that is the speaker's: on its website."""
    after: frozenset[str]
    """Words that report only right after a quotation: „Ja“, so Ruiz."""
    whence: frozenset[str]
    """Particles that can tell where somebody is from."""
    bodies: frozenset[str]
    """Words of organisations, which "of" goes on with: Bureau."""
    courtesies: frozenset[str]
    """Titles that are no office: "Mr"."""
    media: frozenset[str]
    """Words that tell an outlet or agency."""
    verb_genders: Mapping[str, tuple[str, ...]]
    """Endings of verbs that tell a man's from a woman's: сказал, сказала; the longer endings go first."""
    endings: Mapping[str, tuple[str, ...]]
    """Endings of verbs between subject and object: "past" (released), "present" of one subject (the plan uses)."""
    first: frozenset[str]
    """Words of the first person, up to an apostrophe."""
    small: frozenset[str]
    """Words that need no capital in a title."""
    before_works: frozenset[str]
    """Words that stand before a work's name or a word used as a word."""

    def is_title(self, word: str) -> bool:
        """Whether a word is a person's title or office."""
        word = word.lower()
        return word in self.titles or (bool(self.title_endings) and word.endswith(self.title_endings))

    def is_given(self, word: str) -> bool:
        """Whether a word is a given name, or one of two that are joined: Jean-Marc."""
        return word[:1].isupper() and word.partition("-")[0].lower() in self.given

    def is_post(self, word: str) -> bool:
        """Whether a word, or the last of what it is joined of, is a post that may stand before a given name."""
        last = word.rpartition("-")[2].lower()
        if last in self.collective:
            return False
        return last in self.posts or (
            bool(self.names.post_endings) and last.endswith(self.names.post_endings)
        )

    def is_several(self, word: str) -> bool:
        """Whether a word is the plural of a role by its ending: reporters."""
        word = word.lower()
        return word.endswith("s") and word[:-1] in self.roles

    def gender(self, title: str) -> str:
        """Return what a title tells of man and woman: "masculine", "feminine" or nothing."""
        word = title.lower()
        for gender, listed in (("masculine", self.masculine), ("feminine", self.feminine)):
            if word in listed or (self.title_endings and word.endswith(tuple(listed))):
                return gender
        return ""


@cache
def lexicon(lang: str) -> Lexicon | None:
    """Return the lexicon of a language; None when there is none."""
    file = files("generator.data") / "quotes" / f"{lang}.toml"
    if not lang.isalpha() or not file.is_file():
        return None
    data = _with_former(tomllib.loads(file.read_text(encoding="utf-8")))
    names, words, works = name_words(lang), data["words"], data["works"]

    def listed(text: str) -> frozenset[str]:
        return frozenset(text.split())

    elided = listed(words.get("elided", ""))
    nobiliary = names.nobiliary.union(e + mark for e in elided & names.nobiliary for mark in "'’")
    return Lexicon(
        codes=Codes(_codes(data), tuple(words.get("title_endings", "").split()), names.bound),
        token=_token(words.get("elided", "").split(), words.get("clitic", "").split()),
        pronouns=MappingProxyType({w: kind for kind, text in data["pronouns"].items() for w in text.split()}),
        things=listed(words["things"]),
        alone=listed(words["alone"]),
        indefinite=listed(words["indefinite"]),
        particles=listed(words["particle"]) | nobiliary,
        nobiliary=nobiliary,
        titles=listed(words["titles"]),
        roles=listed(words["roles"]),
        posts=listed(words["roles"]) | names.posts | {title for title, *more in names.titles if not more},
        offices=listed(words["roles"]) | names.posts | {word for title in names.titles for word in title},
        names=names,
        given=names.first_names | genders().keys(),
        of_office=listed(words["of_office"]),
        collective=names.heads | listed(words["media"]) | listed(words["collective"]),
        inverts=bool(words.get("inverts", "")),
        one_surname=bool(words.get("one_surname", "")),
        title_endings=tuple(words.get("title_endings", "").split()),
        shortened=listed(words["titles"]) & rules_of(lang).abbreviations,
        masculine=listed(words["masculine"]),
        feminine=listed(words["feminine"]),
        after=listed(data["cues"].get("after", "")),
        whence=listed(words["whence"]),
        bodies=listed(words["bodies"]),
        courtesies=listed(words["courtesies"]),
        media=listed(words["media"]),
        verb_genders=MappingProxyType({k: tuple(v.split()) for k, v in data.get("verbs", {}).items()}),
        endings=MappingProxyType({k: tuple(v.split()) for k, v in data.get("endings", {}).items()}),
        first=frozenset(re.split("['’]", word)[0] for word in words["first"].split()),
        small=listed(works["small"]),
        before_works=listed(works["before"]),
        **{key: listed(words.get(key, "")) for key in ("dative", "own", "noble")},
    )


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
    word = rf"[^\W_]++(?:(?:[.'’&]|{hyphen})[^\W_]++)*+"
    return re.compile(rf"({before}{word}|@{word}|[.!?,:;()\[\]—–―…-])", re.IGNORECASE if before else 0)


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
            yield word, CUE + number
            yield word.capitalize(), CUE + number
    for name, code in _WORDS.items():
        for word in data["words"][name].split():
            yield word, code
            yield word.capitalize(), code
    yield from _SIGNS.items()
