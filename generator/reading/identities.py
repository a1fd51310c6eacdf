"""Resolve the mentions of an article to full names: "Kim", "he" and "the president" to one person each.

A surname stands for the full name that ends in it, else for one that begins with it (family name first, or a
first name). Of several, a title that tells man from woman decides, then how often each is written in full. A
pronoun stands for the subject nearest before it that can be a person. Nothing is known of people beyond the
article; what cannot be resolved stays as it is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.reading.cues import CAPITAL, COMMA, NUMBER, PREPOSITION, QUOTE, ROLE, STOP, TITLE, TO, Lexicon
from generator.reading.features import Scene
from generator.reading.mentions import (
    ACRONYM, BARE, FULL, IT, MIXED, NOMINAL, PRONOUN, SELF, SINGLE, THEY, TITLED, WHO, Mention,
)  # fmt: skip

_NAMED = frozenset((FULL, SINGLE, TITLED))
_STAND_FOR = {
    PRONOUN: _NAMED,
    THEY: frozenset((BARE, NOMINAL, MIXED)),
    IT: frozenset((ACRONYM, NOMINAL, MIXED, FULL)),
}
"""What each kind of pronoun may stand for."""
_MENTIONS_BACK = 30
_SENTENCES_BACK = 6

Name = tuple[str, ...]
"""The words of a name as written."""


@dataclass(slots=True)
class _Person:
    """What the article tells of one name."""

    forms: dict[Name, int] = field(default_factory=dict)
    """How often each form of the full name is written."""
    roles: list[str] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)
    titled: bool = False

    @property
    def name(self) -> str:
        """The form written most often; of equals the longest."""
        return " ".join(max(self.forms, key=lambda form: (self.forms[form], len(form))))

    @property
    def count(self) -> int:
        return sum(self.forms.values())


class Identities:
    """Who is who in one article."""

    def __init__(self, scene: Scene, known: Lexicon) -> None:
        self._scene, self._known = scene, known
        self._people: dict[Name, _Person] = {}
        self._ending: dict[Name, list[Name]] = defaultdict(list)
        """Full names by what they end in."""
        self._beginning: dict[Name, list[Name]] = defaultdict(list)
        self._alone: set[Name] = set()
        """Names written in short."""
        for mention in scene.mentions:
            if mention.kind in _NAMED or mention.kind == NOMINAL:
                self._learn(mention)
        for key in self._people:
            for length in range(1, len(key)):
                self._ending[key[-length:]].append(key)
                self._beginning[key[:length]].append(key)
        for mention in scene.mentions:
            if mention.kind == TITLED:
                self._learn_title(mention)

    def _learn(self, mention: Mention) -> None:
        """Note a full name with its titles."""
        titles, name = self._parts(mention)
        if len(name) == 1 and mention.kind != NOMINAL:
            self._alone.add(_key(name))
        if len(name) < 2:
            return
        person = self._people.setdefault(_key(name), _Person())
        person.forms[name] = person.forms.get(name, 0) + 1
        if titles and (role := self._role(mention, len(titles))):
            person.roles.append(role)

    def _learn_title(self, mention: Mention) -> None:
        """Note what the title of a full or short name tells of its bearer."""
        titles, name = self._parts(mention)
        if titles and name and (person := self._person(name, self._genders(titles))):
            person.titled = True
            person.genders |= self._genders(titles)

    def _parts(self, mention: Mention) -> tuple[Name, Name]:
        """Return the titles and the name of a mention, either possibly empty."""
        words, codes = self._scene.words, self._scene.words.codes
        cut = mention.first
        for i in range(mention.first, mention.last):
            role = codes[i] == ROLE or (codes[i] == TITLE and i + 1 < mention.last)
            if role or words.texts[i][-2:] in ("'s", "’s") and i + 1 < mention.last:
                cut = i + 1
        if mention.kind == NOMINAL and cut == mention.first:
            cut += 1
            if any(code not in (CAPITAL, NUMBER) for code in codes[cut : mention.last]):
                return (), ()
        numbers = [i for i in range(cut, mention.last) if codes[i] != STOP]
        name = tuple(self._word(i) for i in numbers)
        if any(codes[i] not in (CAPITAL, TITLE, NUMBER) and not words.texts[i][0].isupper() and words.texts[i] not in self._known.particles for i in numbers):
            name = ()
        return tuple(words.texts[mention.first : cut]), name

    def _word(self, i: int) -> str:
        """Return a word of a name: with the full stop of an initial, without a possessive 's."""
        words = self._scene.words
        text = words.texts[i]
        if text[-2:] in ("'s", "’s"):
            return text[:-2]
        stop = i + 1 < len(words.texts) and words.texts[i + 1] == "." and words.starts[i + 1] == words.end(i)
        return text + "." if stop and len(text) == 1 else text

    def _genders(self, titles: Name) -> set[str]:
        """Return what titles tell of man and woman."""
        lower = {title.lower() for title in titles}
        told = {"masculine": self._known.masculine, "feminine": self._known.feminine}
        return {gender for gender, listed in told.items() if lower & listed}

    def _role(self, mention: Mention, titles: int) -> str:
        """Return the titles of a mention as a role: verbatim, without "the" and mere courtesies."""
        words, known = self._scene.words, self._known
        numbers = range(mention.first, mention.first + titles)
        named = [i for i in numbers if words.codes[i] in (ROLE, TITLE)]
        if all(words.texts[i].lower() in known.courtesies for i in named):
            return ""
        first = mention.first + (mention.kind == NOMINAL)
        end = words.end(named[-1])
        if self._scene.text[end : end + 1] == ".":
            end += 1
        return " ".join(self._scene.text[words.starts[first] : end].split())

    def name(self, number: int, before: str = "") -> str:
        """Return who mention ``number`` stands for: a full name, else its words; empty when unknown.

        ``before`` is who was found to speak last: a pronoun stands for that one rather than for another.
        """
        mention = self._scene.mentions[number]
        if mention.kind == SELF:
            return ""
        if mention.kind == WHO:
            antecedent = self._antecedent(number)
            return self.name(antecedent, before) if antecedent >= 0 else ""
        if mention.kind in _STAND_FOR:
            return self._behind(number, before)
        if mention.kind == NOMINAL and (person := self._bearer(mention)):
            return person.name
        titles, name = self._parts(mention)
        if not name:
            return self._plain(mention)
        person = self._person(name, self._genders(titles))
        return person.name if person else " ".join(name)

    def role(self, number: int, name: str) -> str:
        """Return the title of a speaker: beside this mention, else beside the first full name; else empty."""
        mention = self._scene.mentions[number]
        titles, _ = self._parts(mention)
        if titles and (role := self._role(mention, len(titles))):
            return role
        person = self._people.get(_key(tuple(name.split())))
        return person.roles[0] if person and person.roles else ""

    def _person(self, name: Name, genders: set[str]) -> _Person | None:
        """Return the person that a full or short name stands for; None when no full name is known."""
        key = _key(name)
        if key in self._people:
            return self._people[key]
        full_names = self._ending.get(key) or self._beginning.get(key) or ()
        people = [self._people[full] for full in full_names]
        fitting = [p for p in people if not genders or not p.genders or p.genders & genders]
        return max(fitting or people, key=lambda person: person.count, default=None)

    def _bearer(self, mention: Mention) -> _Person | None:
        """Return the only person whose title is "the president", "the Russian president"; else None."""
        words = self._scene.words
        told = {words.texts[i].lower() for i in range(mention.first + 1, mention.last)}
        if mention.head.lower() not in self._known.titles | self._known.roles:
            return None
        people = [p for p in self._people.values() if any(_bears(role, mention.head, told) for role in p.roles)]
        return people[0] if len(people) == 1 else None

    def _plain(self, mention: Mention) -> str:
        """Return the words of a mention."""
        return " ".join(self._scene.text[mention.start : mention.end].split())

    def _antecedent(self, number: int) -> int:
        """Return the mention that "who" goes back to, -1 if none: the name before its appositions."""
        mentions, codes = self._scene.mentions, self._scene.words.codes
        best = -1
        for other in range(number - 1, max(-1, number - 4), -1):
            between = codes[mentions[other].last : mentions[other + 1].first]
            if any(code != COMMA for code in between):
                break
            best = other
            if mentions[other].kind in _NAMED:
                break
        return best

    def _behind(self, number: int, before: str) -> str:
        """Return who a pronoun stands for: the likeliest mention before it."""
        scene = self._scene
        pronoun = scene.mentions[number]
        gender = self._known.pronouns.get(pronoun.head.lower(), "")
        sentences = scene.words.sentences
        best, best_score = "", 0.0
        for other in range(number - 1, max(-1, number - 1 - _MENTIONS_BACK), -1):
            mention = scene.mentions[other]
            apart = sentences[pronoun.first] - sentences[mention.first]
            if apart > _SENTENCES_BACK:
                break
            if mention.kind in _STAND_FOR[pronoun.kind] and self._fits(other, pronoun.kind, gender):
                name = self.name(other)
                score = self._prominence(other) - apart + (2.0 if name == before else 0.0) + 10.0
                if score > best_score:
                    best, best_score = name, score
        return best

    def _fits(self, number: int, kind: int, gender: str) -> bool:
        """Whether a pronoun of this kind and gender can stand for a mention."""
        mention = self._scene.mentions[number]
        if kind == THEY:
            return mention.kind != NOMINAL or mention.head[-1:] == "s"
        if kind == IT:
            return not self._is_person(number)
        titles, name = self._parts(mention)
        person = self._person(name, self._genders(titles)) if name else None
        genders = self._genders(titles) | (person.genders if person else set())
        return self._is_person(number) and (not gender or not genders or gender in genders)

    def _is_person(self, number: int) -> bool:
        """Whether a name is likely a person's: it has a title, is also written in short, or speaks."""
        mention = self._scene.mentions[number]
        if mention.kind == TITLED:
            return True
        if mention.kind not in _NAMED:
            return False
        _, name = self._parts(mention)
        person = self._person(name, set()) if name else None
        if person and (person.titled or any(key in self._alone for key in _shortened(person))):
            return True
        around = self._scene.around(number)
        return around.verb >= 0 and around.values[4] <= 2

    def _prominence(self, number: int) -> float:
        """Return how much a mention stands out: 1.5 as a subject, less in a possessive or after "of"."""
        mention = self._scene.mentions[number]
        around = self._scene.around(number)
        before, bridge = around.values[1], around.values[4]
        score = -1.0 if mention.possessive or before in (PREPOSITION, TO) else 0.0
        starts = before in (QUOTE, COMMA) or mention.first == 0
        first = mention.first == 0 or (
            self._scene.words.sentences[mention.first - 1] != self._scene.words.sentences[mention.first]
        )
        if first or (around.verb >= 0 and bridge <= 2) or (starts and around.verb >= 0):
            score += 1.5
        return score


def _key(name: Name) -> Name:
    """Return a name for comparing: lower case, hyphens parted, initials left out."""
    parts = [part for word in name for part in word.lower().replace("-", " ").split()]
    return tuple(part for part in parts if len(part.rstrip(".")) > 1) or tuple(parts)


def _shortened(person: _Person) -> Iterator[Name]:
    """Yield what the article may call a person for short: the last and the first word of the name."""
    for form in person.forms:
        key = _key(form)
        yield key[-1:]
        yield key[:1]


def _bears(role: str, head: str, told: set[str]) -> bool:
    """Whether a role ends in the head and has all the words told."""
    words = role.lower().replace(".", "").split()
    return words[-1] == head.lower() and told <= set(words)
