"""Part a mention into titles and name: "State Secretary Ann Lee of Lund's" is State Secretary, Ann Lee."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.reading.appositions import name_beside, office_beside
from generator.reading.bearers import bearer, is_acronym, is_opener
from generator.reading.cues import (
    AUXILIARY,
    CAPITAL,
    CODES,
    COMMA,
    CONJUNCTION,
    CUE,
    NUMBER,
    OTHER,
    PREPOSITION,
    QUOTE,
    RELATIVE,
    ROLE,
    STOP,
    THAT,
    TITLE,
    Lexicon,
)
from generator.reading.extents import is_initials, is_possessive
from generator.reading.mentions import NOMINAL, Mention
from generator.reading.persons import Name
from generator.reading.scene import DIRECT, Scene

_ROLE_WORDS = 8
"""Words that may follow the office: "of the regional council"."""
_SHORTENED = ("Jr", "Sr")
_SUFFIX = re.compile("Jr|Sr|[IVX]{2,4}")
_CLOSES_ROLE = frozenset((COMMA, STOP, RELATIVE, THAT))
_ENDS_ROLE = _CLOSES_ROLE | {QUOTE, AUXILIARY, *range(CUE, CODES)}
_LEADING = frozenset((PREPOSITION, NUMBER))
_OPEN = frozenset((PREPOSITION, CONJUNCTION))


class Naming:
    """Titles and names of the mentions of one article."""

    def __init__(self, scene: Scene, known: Lexicon) -> None:
        self._scene, self._known = scene, known
        self._parts: dict[int, tuple[Name, Name]] = {}

    def parts(self, number: int) -> tuple[Name, Name]:
        """Return the titles and the name of a mention; both are empty when it names nobody."""
        parts = self._parts.get(number)
        if parts is None:
            parts = self._parts[number] = self._part(self._scene.mentions[number])
        return parts

    def _part(self, mention: Mention) -> tuple[Name, Name]:
        codes, texts = self._scene.words.codes, self._scene.words.texts
        first, last = mention.first, mention.last
        if codes[last - 1] == ROLE:
            return (), ()
        cut = first
        for i in range(first, last - 1):
            if (self._is_title(i) and not self._is_suffix(i + 1, last)) or is_possessive(texts[i]):
                cut = i + 1
        cut = self._behind_office(cut, last) if cut > first else self._behind_words(mention)
        if cut == last or (mention.kind == NOMINAL and cut == first):
            return (), ()
        numbers = [i for i in range(cut, last) if codes[i] not in (STOP, QUOTE)]
        while cut > first and len(numbers) > 2 and codes[numbers[-1]] == OTHER:
            numbers.pop()  # la alcaldesa Elena Robles habló
        for i in numbers:
            if texts[i].islower() and texts[i] not in self._known.particles:
                return (), ()
        if last - cut == 1:
            return tuple(texts[first:cut]), (self._word(cut),)
        return tuple(texts[first:cut]), tuple(self._words(self._without_place(numbers)))

    def _behind_office(self, start: int, last: int) -> int:
        """Return where a name begins behind what its bearer heads, Mayor of Lund Ann Lee; ``last`` if none is sure."""
        words, known = self._scene.words, self._known
        while start < last and words.codes[start] == STOP:
            start += 1
        if start == last:
            return last
        text = words.texts[start]
        of = text in known.whence or text in known.nobiliary or text in known.of_office or text.islower()
        of = of or is_acronym(text) or text[0].isdigit()  # Sgt. 1st Class
        if not of and (not known.names.inflected or known.is_given(text)):
            return start
        named = bearer(words, start, last, known)
        return named if named >= 0 else last if text in known.whence else start

    def _behind_words(self, mention: Mention) -> int:
        """Return where a full name begins behind words that are no known office: der Imker Max Lee, CFO Ann Lee."""
        words, known, first = self._scene.words, self._known, mention.first
        named = bearer(words, first, mention.last, known)
        if named < 0:
            return first
        between = words.texts[first + 1 : named]
        if mention.kind != NOMINAL:
            noun = (
                known.names.nouns_are_capital
                and not known.is_given(words.texts[first])
                and named == first + 1
            )
            return (
                named
                if noun or is_acronym(words.texts[named - 1]) or is_opener(words, first, named, known)
                else first
            )
        plain = between and (known.names.nouns_are_capital or all(word.islower() for word in between))
        return named if plain and known.names.heads.isdisjoint(map(str.lower, between)) else first

    def _is_title(self, i: int) -> bool:
        """Tell a title or role: of roles with a capital only one before a given name, "Prosecutor Ann Lee"."""
        codes, texts = self._scene.words.codes, self._scene.words.texts
        if codes[i] in (ROLE, TITLE):
            return True
        first, *more = texts[i].lower().split("-")
        if more and self._known.offices.issuperset((first.removesuffix("."), *more)):
            return True  # UN Secretary-General, Gov.-elect
        if i + 1 == len(texts) or not self._known.is_post(texts[i]):
            return False
        return self._known.is_given(texts[i + 1]) or (i > 0 and texts[i - 1] in self._known.rank)

    def _is_suffix(self, start: int, last: int) -> bool:
        """Tell what stands behind a name: Jr., III."""
        return all(map(_SUFFIX.fullmatch, self._scene.words.texts[start:last]))

    def _without_place(self, numbers: list[int]) -> list[int]:
        """Return the words of a name up to an "of" that tells whence somebody is: Ann Lee of Lund.

        What may also stand within a name does so, unless a place is known behind it: Javier Pérez de Cuéllar.
        """
        texts, known = self._scene.words.texts, self._known
        for at, i in enumerate(numbers):
            if at >= 2 and texts[i] in known.whence and texts[numbers[at - 1]].lower() not in known.bodies:
                behind = [texts[k].lower() for k in numbers[at + 1 :]]
                placed = any(
                    tuple(behind[:length]) in known.names.places for length in range(1, len(behind) + 1)
                )
                if texts[i] not in known.nobiliary or placed or self._has_surname(numbers[at - 1]):
                    return numbers[:at]
        return self._without_postnominals(numbers)

    def _has_surname(self, i: int) -> bool:
        """Whether a surname ends with word ``i``, where nobody has two with a small word between: Ann Lee | van de bank."""
        text, known = self._scene.words.texts[i], self._known
        return known.one_surname and not known.is_given(text) and text.lower() not in known.noble

    def _without_postnominals(self, numbers: list[int]) -> list[int]:
        """Return the words of a name without what stands behind it: Ann Lee | MP."""
        texts, past = self._scene.words.texts, len(numbers)
        while past > 2 and texts[numbers[past - 1]].lower() in self._known.names.postnominals:
            past -= 1
        return numbers[:past]

    def _words(self, numbers: list[int]) -> Iterator[str]:
        """Yield the words of a name, d’Estaing as one."""
        elided = ""
        for word in map(self._word, numbers):
            if word.endswith(("'", "’")):
                elided = word
            else:
                yield elided + word
                elided = ""

    def _word(self, i: int) -> str:
        """Return a word of a name: with the full stop of an initial, without a possessive 's."""
        words = self._scene.words
        text = words.texts[i]
        if not is_initials(text) and text not in _SHORTENED:
            return text[:-2] if is_possessive(text) else text
        stop = i + 1 < len(words.texts) and words.texts[i + 1] == "." and words.starts[i + 1] == words.end(i)
        return text + "." if stop else text

    def genders(self, number: int) -> set[str]:
        """Return what the titles of a mention, or its verb, tell of man and woman: "masculine", "feminine"."""
        mention = self._scene.mentions[number]
        titles = self.parts(number)[0] or ((mention.head,) if mention.kind == NOMINAL else ())
        told = {gender for gender in map(self._known.gender, titles) if gender} if titles else None
        return told or self._told_by_verb(number)

    def _told_by_verb(self, number: int) -> set[str]:
        """Return what the ending of the verb beside a mention tells: сказал, сказала."""
        if not self._known.verb_genders:
            return set()
        around = self._scene.around(number)
        verb = (
            around.verb
            if around.verb >= 0 and around.bridge == DIRECT
            else around.led
            if not around.link
            else -1
        )
        word = self._scene.words.texts[verb].lower() if verb >= 0 else ""
        for gender, endings in self._known.verb_genders.items():
            if word.endswith(endings):
                return {gender}
        return set()

    def role(self, number: int) -> str:
        """Return the titles of a mention as a role: verbatim, without "the"; mere courtesies are none."""
        words, known, mention = self._scene.words, self._known, self._scene.mentions[number]
        titles, name = self.parts(number)
        numbers = range(mention.first + (mention.kind == NOMINAL), mention.first + len(titles))
        while numbers and known.is_several(words.texts[numbers[0]]):
            numbers = numbers[1:]  # told reporters | Ann Lee
        named = [i for i in numbers if self._is_title(i)]
        while named and self._is_no_office(named[-1]):
            named.pop()  # a member of the commission, | Dr. Ann Lee
        if not name or not named:
            return ""
        if mention.first and words.texts[mention.first - 1] in known.whence:
            return ""  # Secretary of the | Interior Ann Lee
        if words.texts[named[-1]].lower() in known.media or known.is_several(words.texts[named[-1]]):
            return ""
        behind = range(named[-1] + 1, numbers[-1] + 1)
        whole = known.names.inflected or any(self._leads_on(i) for i in behind[:2])
        end = words.end(numbers[-1] if behind and whole else named[-1])
        if self._scene.text[end : end + 1] == ".":
            end += 1
        return " ".join(self._scene.text[words.starts[numbers[0]] : end].split())

    def _is_no_office(self, i: int) -> bool:
        """Whether a title is a courtesy, or a role is a body's."""
        known, text = self._known, self._scene.words.texts[i].lower()
        body = self._scene.words.codes[i] == ROLE and text in known.collective and text not in known.media
        return body or text in known.courtesies

    def _leads_on(self, i: int) -> bool:
        """Whether a word leads to what an office is of."""
        text, known = self._scene.words.texts[i], self._known
        return text in known.whence or text in known.of_office or self._scene.words.codes[i] in _LEADING

    def beside(self, number: int) -> int:
        """Return the mention of the name that an office explains; -1 for whatever explains none."""
        return name_beside(self._scene, number, self._known)

    def office(self, number: int) -> int:
        """Return the mention of the office that explains a name: Ann Lee, the head of the guard; -1 if none."""
        return office_beside(self._scene, number, self._known)

    def apposition(self, office: int) -> str:
        """Return the words of the office beside a name, without a determiner; empty where they do not end."""
        scene, words = self._scene, self._scene.words
        mention = scene.mentions[office]
        first, past = mention.first + (mention.kind == NOMINAL), mention.last
        while (
            past < len(words.codes)
            and past - mention.last < _ROLE_WORDS
            and (words.codes[past] not in _ENDS_ROLE or self._is_within_word(past))
        ):
            past += 1
        if past < len(words.codes) and words.codes[past] not in _CLOSES_ROLE:
            return ""
        while past > first + 1 and words.codes[past - 1] in _OPEN:
            past -= 1
        if past - first == 1 and words.texts[first].lower() in self._known.kin:
            return ""  # his wife, Ann Lee
        return " ".join(scene.text[words.starts[first] : words.end(past - 1)].split())

    def _is_within_word(self, sign: int) -> bool:
        """Tell whether a full stop belongs to the title before it, a comma to a number: an aide of Mr. Weber, of 1,000."""
        words = self._scene.words
        if words.codes[sign] == COMMA:
            return words.starts[sign + 1 : sign + 2] == [words.end(sign)]
        before, goes_on = words.texts[sign - 1], words.sentences[sign : sign + 2]
        short = before.lower() in self._known.shortened or (
            is_initials(before) and goes_on[:1] == goes_on[1:]
        )
        return words.texts[sign] == "." and short

    def is_titled(self, number: int) -> bool:
        """Whether a mention has a person's title: "Mayor", not "news agency"."""
        titles, _ = self.parts(number)
        words, first = self._scene.words, self._scene.mentions[number].first
        named = [i for i in range(first, first + len(titles)) if self._is_title(i)]
        return bool(named) and words.texts[named[-1]].lower() not in self._known.media

    def may_be_person(self, number: int) -> bool:
        """Whether a full name has two or three words, none of them of a body or outlet."""
        _, name = self.parts(number)
        return 2 <= len(name) <= 3 and not {word.lower() for word in name} & (
            self._known.bodies | self._known.media | self._known.roles
        )

    def plain(self, number: int) -> str:
        """Return the words of a mention, and of what it belongs to: the Bank of Lund."""
        scene, words = self._scene, self._scene.words
        mention = scene.mentions[number]
        end, i = mention.end, mention.last
        if mention.kind == NOMINAL and i < len(words.texts) and words.texts[i] in self._known.whence:
            i += words.texts[i + 1 : i + 2] != [] and words.texts[i + 1].endswith(("'", "’"))  # l’Intérieur
            while i + 1 < len(words.codes) and words.codes[i + 1] in (CAPITAL, TITLE):
                i += 1
                end = words.end(i)
        return " ".join(scene.text[mention.start : end].split())
