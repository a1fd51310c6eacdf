"""The words that tell who speaks, by language: reporting verbs, pronouns, titles, and the small words between.

Every word has one *code*, a small number that stands for how it behaves beside a quotation; whatever the
lexicon does not know is a capitalised or another word. The data are ``generator/data/quotes/<lang>.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.reading.namewords import NameWords

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
        code = self.get(word.replace("’", "'")) if "’" in word else None
        code = self._guess(word) if code is None else code
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
    phrases: frozenset[str]
    """First words of reporting verbs of two words: "fired back"."""
    token: re.Pattern[str]
    """Finds words and signs, in its one group: "l’" and "-t-il" are words of their own where the language has such."""
    pronouns: Mapping[str, str]
    """Pronouns with what they tell: masculine, feminine, neuter, plural; those left out tell nothing."""
    things: frozenset[str]
    """Relative pronouns that stand for no person ("which")."""
    oblique: frozenset[str]
    """Those that are no subject ("where")."""
    alone: frozenset[str]
    """Determiners that can stand for people ("some", "others")."""
    indefinite: frozenset[str]
    """Words that stand for no one in particular ("nobody")."""
    particles: frozenset[str]
    """Small words within names, of people and others ("de", "of")."""
    nobiliary: frozenset[str]
    """Those within the names of people ("von der")."""
    inner: frozenset[str]
    """Those of them that stand only behind another."""
    titles: frozenset[str]
    roles: frozenset[str]
    posts: frozenset[str]
    """Roles and others that may stand before a given name, with a capital: "Journalist Ann Lee"."""
    kin: frozenset[str]
    """Words that say nothing of somebody without whose: wife."""
    persons: frozenset[str]
    """Words of one person."""
    offices: frozenset[str]
    """Words of posts, and of titles of several words: "Secretary-General"."""
    names: NameWords
    """Words in and round names."""
    given: frozenset[str]
    """Given names."""
    of_office: frozenset[str]
    """What leads to what an office is of: le ministre de l’Intérieur, Minister für Verkehr."""
    rank: frozenset[str]
    """What may stand between a body and an office with a capital: House ranking Democrat Ann Lee."""
    collective: frozenset[str]
    """Bodies among roles and titles: gouvernement."""
    inverts: bool
    """Whether whoever speaks stands behind the verb after a quotation, whatever the verb."""
    dashes: bool
    """Whether dashes set off what is said, instead of marks."""
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
    times: frozenset[str]
    """Nouns of time: week."""
    views: frozenset[str]
    """Prepositions before those whose view begins a sentence: Pour."""
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
    agents: frozenset[str]
    """What leads to whoever does something where the verb is passive: by."""
    gerund: tuple[str, ...]
    """Endings of words that open a sentence before a name and are no part of it: Addressing Ann Lee."""
    once: frozenset[str]
    """What stands before an office that somebody no longer has."""
    epithets: frozenset[str]
    """What somebody named before is called: incumbent."""
    epithet_endings: tuple[str, ...]
    """Their endings: 43-year-old."""
    pointing: Mapping[str, str]
    """Articles that point back, with what they tell of man and woman: "masculine", "feminine", "either"."""
    past: tuple[str, ...]
    """Endings of verbs between subject and object: released."""
    introducing: frozenset[str]
    """Words between somebody and the name that is given: a man | who gave his name as | Lee."""
    introducers: frozenset[str]
    """Those of them that stand right before it."""
    someone: frozenset[str]
    """What stands before whoever is not yet known, where one word of those may be a verb: a man named Lee."""
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

    def tells_person(self, word: str) -> bool:
        """Whether a word is a title, a post or a kinship: mayor, lawyer, brother."""
        return self.is_title(word) or word.lower() in self.persons

    def is_epithet(self, word: str) -> bool:
        """Whether a word may stand for somebody named before."""
        word = word.lower()
        return word in self.epithets or (bool(self.epithet_endings) and word.endswith(self.epithet_endings))

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
