"""Resolve the mentions of an article to full names: "Kim", "he" and "the president" to one person each.

A surname stands for the full name that ends in it, else for one that begins with it (family name first, or a
first name). Of several, a title that tells man from woman decides, then how often each is written in full. A
pronoun stands for the likeliest subject before it. Nothing is known of people beyond the article; what cannot
be resolved stays as it is written.
"""

from __future__ import annotations

from generator.reading.cues import CAPITAL, COMMA, CONJUNCTION, PREPOSITION, QUOTE, TO, Lexicon
from generator.reading.epithets import gender_of, is_definite, is_epithet
from generator.reading.mentions import (
    ACRONYM,
    BARE,
    FULL,
    IT,
    MIXED,
    NOMINAL,
    PRONOUN,
    SELF,
    SINGLE,
    THEY,
    TITLED,
    WHO,
    Mention,
)  # fmt: skip
from generator.reading.naming import Naming
from generator.reading.persons import Name, People, Person, add, is_shouted, key_of, shortened
from generator.reading.relatives import antecedent
from generator.reading.scene import DIRECT, EDGE, HELPED, Scene

_NAMED = frozenset((FULL, SINGLE, TITLED))
_STAND_FOR = {
    PRONOUN: _NAMED | {NOMINAL},
    THEY: frozenset((BARE, NOMINAL, MIXED)),
    IT: frozenset((ACRONYM, NOMINAL, MIXED, FULL)),
}
"""What each kind of pronoun may stand for."""
_MENTIONS_BACK, _SENTENCES_BACK = 30, 6
_NAMES_BACK = 60
_JOINT = bytes((CONJUNCTION,))
_NAME_WORDS = 4
"""Longer runs of capitals are headings and bodies."""
_SUBJECT = 1.5
_LAST_SPEAKER = 2.0
_GENDER = 1.5
"""What an office of the pronoun's own gender says: of a spokeswoman, Ann Lee, the next sentence likely says "she"."""


class Identities:
    """Who is who in one article."""

    def __init__(self, scene: Scene, known: Lexicon) -> None:
        self._scene, self._known, self._naming = scene, known, Naming(scene, known)
        self._people = People()
        self._alone: set[Name] = set()
        """Names written in short."""
        self._bearers: dict[int, Person | None] = {}
        """Who the mentions asked for so far stand for."""
        telling = []
        for number, mention in enumerate(scene.mentions):
            if mention.kind == SINGLE:
                self._alone.add((mention.head.lower(),))
            elif mention.kind in (FULL, TITLED) or self._ends_in_name(mention):
                self._learn(number)
                if mention.kind != FULL:
                    telling.append(number)
        self._people.settle(known.given, known.nobiliary)
        if known.verb_genders:
            telling += [number for number, mention in enumerate(scene.mentions) if mention.kind in _NAMED]
        for number in sorted(telling):
            self._learn_title(number)

    def _ends_in_name(self, mention: Mention) -> bool:
        """Whether a mention is such as "the mayor Ann Lee"."""
        return mention.kind == NOMINAL and self._scene.words.codes[mention.last - 1] == CAPITAL

    def _learn(self, number: int) -> None:
        """Note a full name with its role."""
        titles, name = self._naming.parts(number)
        if len(name) == 1:
            self._alone.add(key_of(name))
        if len(name) < 2 or len(set(name) - self._known.nobiliary) > _NAME_WORDS or is_shouted(name):
            return
        person = self._people.learn(name)
        office = -1 if titles else self._naming.office(number)
        role = self._naming.apposition(office) if office >= 0 else self._naming.role(number)
        if role and role not in person.roles:
            add(person.roles, role)
        if office >= 0:
            person.titled = True
            person.genders |= self._naming.genders(office)

    def _learn_title(self, number: int) -> None:
        """Note what the title or verb of a full or short name tells of its bearer."""
        if person := self._seek(number):
            person.titled = person.titled or self._naming.is_titled(number)
            person.genders |= self._naming.genders(number)

    def name(self, number: int, before: str = "") -> str:
        """Return who mention ``number`` stands for: a full name, else its words; empty when unknown.

        ``before`` is who was found to speak last: a pronoun stands for that one rather than for another.
        """
        mention = self._scene.mentions[number]
        if mention.kind == WHO:
            meant = antecedent(self._scene, number, self._known)
            return self.name(meant, before) if meant >= 0 else ""
        if (beside := self._naming.beside(number)) >= 0:
            return self.name(beside, before)
        if mention.kind in _STAND_FOR or mention.kind == SELF:
            return "" if mention.kind == SELF else self._behind(number, before)
        person = self._bearer(mention) if mention.kind == NOMINAL else None
        if person := person or self._person(number):
            return person.name
        if is_epithet(self._scene, number, self._known):
            return self._named_before(number)
        _, name = self._naming.parts(number)
        words = " ".join(name) or self._naming.plain(number)
        return "" if words.lower() in self._known.indefinite else words

    def full_name(self, words: str) -> str:
        """Return the full name that some words stand for, else the words."""
        people = self._people.called(tuple(words.split()))
        return max(people, key=lambda person: person.count).name if people else words

    def role(self, number: int, name: str) -> str:
        """Return the title of a speaker: beside this mention, else beside the full name; else empty."""
        if role := self._naming.role(number):
            return role
        person = self._people.of(tuple(name.split()))
        return person.roles[0] if person and person.roles else ""

    def _person(self, number: int) -> Person | None:
        """Return the person that a full or short name stands for; None when no full name is known."""
        if number not in self._bearers:
            self._bearers[number] = self._seek(number)
        return self._bearers[number]

    def _seek(self, number: int) -> Person | None:
        _, name = self._naming.parts(number)
        if not name:
            return None
        people = self._people.called(name)
        if len(people) < 2:
            return people[0] if people else None
        genders = self._naming.genders(number)
        told = [person for person in people if person.genders & genders]
        open_ = [person for person in people if not person.genders]
        return max((genders and (told or open_)) or people, key=lambda person: person.count)

    def _bearer(self, mention: Mention) -> Person | None:
        """Return the only person whose title is "the president", "the Russian president"; else None.

        Or whose name it ends: „…“, sagte von | der Leyen.
        """
        head = mention.head.lower()
        if self._scene.words.texts[mention.first].lower() in self._known.nobiliary:
            name = tuple(text.lower() for text in self._scene.words.texts[mention.first : mention.last])
            if len(named := self._people.ending(name)) == 1:
                return named[0]
        if not self._known.is_title(head) and head not in self._known.roles:
            return None
        words = self._scene.words
        told = {words.texts[i].lower() for i in range(mention.first + 1, mention.last)}
        people = self._people.holding(head, told)
        return people[0] if len(people) == 1 else None

    def _named_before(self, number: int) -> str:
        """Return whom an epithet means, the 43-year-old: the only one named before whom it fits.

        Where it fits several or nobody, or somebody without a name was called so before, its words stand as they are.
        """
        scene, epithet = self._scene, self._scene.mentions[number]
        genders = self._naming.genders(number) or gender_of(scene, number, self._known)
        names: set[str] = set()
        for other in range(number - 1, max(-1, number - 1 - _NAMES_BACK), -1):
            mention = scene.mentions[other]
            if mention.kind == NOMINAL and mention.head == epithet.head:
                if is_definite(scene, other, self._known):
                    continue
                return self._naming.plain(number)
            fits = not genders or any(self._may_be(other, gender) for gender in genders)
            if fits and (mention.kind in _NAMED or self._ends_in_name(mention)) and self._is_named(other):
                names.add(self.name(other))
        return names.pop() if len(names) == 1 else self._naming.plain(number)

    def _is_named(self, number: int) -> bool:
        """Whether a mention may be the name of a person, for anything that is known."""
        if self._is_person(number):
            return True
        name = tuple(word.lower() for word in self._naming.parts(number)[1])
        full = self._scene.mentions[number].kind == FULL and self._naming.may_be_person(number)
        return full and name not in self._known.names.places

    def _behind(self, number: int, before: str) -> str:
        """Return who a pronoun stands for: the likeliest mention before it; empty when none is likely."""
        scene, pronoun = self._scene, self._scene.mentions[number]
        gender = self._known.pronouns.get(pronoun.head.lower(), "")
        sentences = scene.words.sentences
        best, best_score = "", float("-inf")
        for other in range(number - 1, max(-1, number - 1 - _MENTIONS_BACK), -1):
            mention = scene.mentions[other]
            apart = sentences[pronoun.first] - sentences[mention.first]
            if apart > (_SENTENCES_BACK if pronoun.kind == PRONOUN else 1):
                break
            if best_score >= _SUBJECT + _LAST_SPEAKER + _GENDER - apart:
                break  # nothing farther off can be likelier
            if mention.kind not in _STAND_FOR[pronoun.kind]:
                continue
            prominence = self._prominence(other)
            if pronoun.kind != PRONOUN and prominence < _SUBJECT:
                continue
            if self._fits(other, pronoun.kind, gender):
                name = self._unless_one_of_two(other, before, gender)
            elif (
                pronoun.kind == PRONOUN
                and mention.kind in (FULL, NOMINAL)
                and prominence >= _SUBJECT
                and self._may_be(other, gender)
            ):
                name = ""  # may well be meant, but nothing proves a person: better nobody than the one before
            else:
                continue
            score = prominence - apart + (_LAST_SPEAKER if name and name == before else 0.0)
            if prominence >= _SUBJECT and gender in self._naming.genders(other) and self._explains(other):
                score += _GENDER
            if score > best_score:
                best, best_score = name, score
        return best

    def _explains(self, number: int) -> bool:
        """Whether a mention is an office with its bearer's name beside it: A spokeswoman, Ann Lee."""
        return self._naming.beside(number) >= 0

    def _unless_one_of_two(self, number: int, before: str, gender: str) -> str:
        """Return who a mention is; nobody where a pronoun may as well stand for the one joined to it: Tom Hale and Paul Weber."""
        name, mentions = self.name(number), self._scene.mentions
        for one, partner in ((number - 1, number - 1), (number, number + 1)):
            if name == before or one < 0 or partner == len(mentions):
                continue
            joint = self._scene.words.codes[mentions[one].last : mentions[one + 1].first]
            joined = joint == _JOINT and mentions[partner].kind in _NAMED
            if joined and self._may_be(partner, gender) and self._is_named(partner):
                return ""
        return name

    def _fits(self, number: int, kind: int, gender: str) -> bool:
        """Whether a pronoun of this kind and gender can stand for a mention."""
        mention = self._scene.mentions[number]
        if kind == THEY:
            return mention.kind != NOMINAL or mention.head[-1:] == "s"
        if kind == IT:
            return not self._is_person(number)
        return self._may_be(number, gender) and (
            self._is_person(number) or (mention.kind == FULL and self._naming.may_be_person(number))
        )

    def _may_be(self, number: int, gender: str) -> bool:
        """Whether nothing that is known of a mention speaks against a gender."""
        mention = self._scene.mentions[number]
        beside = self._naming.beside(number)  # Ann Lee, the head of the guard
        person = self._person(beside if beside >= 0 else number)
        person = person or (self._bearer(mention) if mention.kind == NOMINAL else None)
        genders = self._naming.genders(number) | (person.genders if person else set())
        return not gender or not genders or gender in genders

    def _is_person(self, number: int) -> bool:
        """Whether a name is likely a person's: it has a title, is also written in short, or speaks."""
        mention = self._scene.mentions[number]
        if mention.kind == NOMINAL and not self._naming.parts(number)[1]:
            return self._known.is_title(mention.head) or self._known.is_epithet(mention.head)
        if mention.kind not in _STAND_FOR[PRONOUN]:
            return False
        if self._naming.is_titled(number) or self._scene.has_age(number):
            return True
        if mention.kind == SINGLE and mention.head.lower() in self._known.roles:
            return False  # Witnesses, at the beginning of a sentence
        person = self._person(number)
        if person and (person.titled or any(key in self._alone for key in shortened(person))):
            return True
        around = self._scene.around(number)
        speaks = around.verb >= 0 and around.bridge in (DIRECT, HELPED)
        speaks = speaks and around.before not in (PREPOSITION, TO)  # took to Twitter to call out
        return speaks and mention.kind != TITLED and not mention.head.isupper()

    def _prominence(self, number: int) -> float:
        """Return how much a mention stands out: more as a subject, less in a possessive or after "of"."""
        mention, around = self._scene.mentions[number], self._scene.around(number)
        score = -1.0 if mention.possessive or around.before in (PREPOSITION, TO) else 0.0
        speaks = around.verb >= 0 and around.bridge in (DIRECT, HELPED)
        if around.before == EDGE or speaks or (around.verb >= 0 and around.before in (QUOTE, COMMA)):
            score += _SUBJECT
        return score
