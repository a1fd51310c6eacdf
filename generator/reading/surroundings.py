"""Cut the text round quotations into coded words.

A quotation counts as one word, so that what stands on its two sides is read as one sentence, and nobody who
is merely spoken of inside it is taken for its speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice

from generator.model import Span
from generator.reading.cues import (
    ACCORDING,
    ADVERB,
    AUXILIARY,
    BRACKET,
    CAPITAL,
    CODES,
    COLON,
    COMMA,
    CONJUNCTION,
    CUE,
    DASH,
    DETERMINER,
    OBJECT,
    OTHER,
    PERSONAL,
    PREPOSITION,
    QUOTE,
    ROLE,
    STOP,
    TITLE,
    Lexicon,
)  # fmt: skip
from generator.reading.marks import Passage

_CLOSING = re.compile("\\s?[”“’‘\"'»«‹›„]{0,3}\\s*([,.!?]?)(?:\\s*(?:[—–-](?=\\s)|[—–](?=\\w)))?")
_SIGNS = frozenset(",.!?…—-")
_CUES = bytes(range(CUE, CODES))
_SMALL_IN_NAME = re.compile(
    b"(?<=[%b])[%b](?=%c)"
    % (bytes((TITLE, *range(CUE, CODES))), bytes((PREPOSITION, AUXILIARY, CONJUNCTION)), CAPITAL)
)
"""What may be a name beside a title or verb: Captain Per Lund, said Will Lund."""
_INITIAL = re.compile(b"(?<=%c)[^%c](?=%c%c)" % (CAPITAL, CAPITAL, STOP, CAPITAL))
"""What may be an initial that is a small word, too: Jill A. Lee."""
_VERB_IN_NAME = re.compile(
    b"(?<=[^%b])[%b]" % (bytes((STOP, QUOTE, COMMA, COLON, DASH, BRACKET)), bytes(range(CUE, CODES)))
)
"""What may be a name that is a verb, too, since no sentence or clause begins with it."""
_TOLD = re.compile(
    b"%c(?=[%b]{0,3}[%b])|(?<=[%b])%c" % (OBJECT, bytes((OBJECT, AUXILIARY, ADVERB)), _CUES, _CUES, OBJECT)
)
"""Whom something is told, beside the verb: « Oui », lui a dit la maire; „Ja“, sagte ihm Ruiz."""
_JUDGE = re.compile(
    b"(?<=%c)[%b](?=[%b])" % (DETERMINER, _CUES, bytes((CAPITAL, COMMA, STOP, QUOTE, COLON, AUXILIARY)))
)
"""What may be a title that is a verb, too: la juge Anne Lee."""
_VIEW = re.compile(
    b"%c([%b]{1,9}[%b])%c?(?=%c)"
    % (
        PREPOSITION,
        bytes((OTHER, CAPITAL, PREPOSITION, DETERMINER, TITLE, ROLE, STOP)),
        bytes((CAPITAL, TITLE, ROLE)),
        COMMA,
        QUOTE,
    )
)
"""Pour le maire, « tout est perdu »."""
_ENDING = re.compile(b"[%c%c]" % (STOP, QUOTE))
_CLOSED = frozenset(")]")
_CONTINUING = frozenset((OTHER, PERSONAL, COMMA))
_VERB_REACH = 4
"""“Why?” the mayor of Lund asked: so many words are looked at for the verb that keeps a sentence going."""


@dataclass(slots=True)
class Words:
    """The words, signs and quotations of some paragraphs, as parallel lists."""

    texts: list[str] = field(default_factory=list)
    """As written; empty for a quotation."""
    starts: list[int] = field(default_factory=list)
    codes: bytearray = field(default_factory=bytearray)
    """One byte each, so that they are searched as fast as text."""
    paragraphs: list[int] = field(default_factory=list)
    """Number of the paragraph."""
    ends: dict[int, int] = field(default_factory=dict)
    """One past the last word of each paragraph, by its number."""
    sentences: list[int] = field(default_factory=list)
    """Number of the sentence, counted through the words."""
    quotes: list[int] = field(default_factory=list)
    """For each passage its place among the words; -1 when it stands in none of the paragraphs."""
    signs: dict[int, str] = field(default_factory=dict)
    """The sign that ends each quotation, within its marks or right after them; by place, empty for none."""

    def end(self, number: int) -> int:
        """Return where a word that is no quotation ends in the text."""
        return self.starts[number] + len(self.texts[number])


def cut_words(
    text: str, numbered: Iterable[tuple[int, Span]], passages: Sequence[Passage], known: Lexicon
) -> Words:
    """Return the words of the numbered paragraphs, in order. Linear in their length."""
    words = Words()
    at = 0
    for number, (start, end) in numbered:
        while at < len(passages) and passages[at].start < start:
            words.quotes.append(-1)
            at += 1
        place = start
        while at < len(passages) and passages[at].start < end:
            _cut(text, place, passages[at].start, known, words)
            words.quotes.append(len(words.texts))
            words.texts.append("")
            words.starts.append(passages[at].start)
            words.codes.append(QUOTE)
            words.signs[words.quotes[-1]], place = _end_sign(text, passages[at], end)
            at += 1
        _cut(text, place, end, known, words)
        words.paragraphs += [number] * (len(words.texts) - len(words.paragraphs))
        words.ends[number] = len(words.texts)
    words.quotes.extend([-1] * (len(passages) - at))
    _know_names(words, known)
    if known.inverts:
        _recode_told(words, known)
    _number_sentences(words, known)
    return words


def _know_names(words: Words, known: Lexicon) -> None:
    """Know small words, verbs and initials for names where they are."""
    for match in _SMALL_IN_NAME.finditer(words.codes):
        if words.texts[match.start()].istitle():
            words.codes[match.start()] = CAPITAL
    _know_surnames(words, known)
    _know_views(words, known)
    for match in _INITIAL.finditer(words.codes):
        i = match.start()
        if words.texts[i].isupper() and len(words.texts[i]) == 1 and words.texts[i + 1] == ".":
            words.codes[i] = CAPITAL


def _recode_told(words: Words, known: Lexicon) -> None:
    """Know whom something is told for nobody who may speak, and a title that is a verb, too, for a title."""
    for match in _TOLD.finditer(words.codes):
        words.codes[match.start()] = ADVERB
    for match in _JUDGE.finditer(words.codes):
        if known.is_title(words.texts[match.start()]):
            words.codes[match.start()] = TITLE


def _know_surnames(words: Words, known: Lexicon) -> None:
    """Know a verb within a sentence for a name, and wherever it stands if a given name goes before it: Ian Read."""
    surnames = set()
    for match in _VERB_IN_NAME.finditer(words.codes):
        i = match.start()
        noun = words.codes[i] == ACCORDING and known.names.nouns_are_capital  # nach Angaben
        if words.texts[i].istitle() and words.paragraphs[i - 1] == words.paragraphs[i] and not noun:
            words.codes[i] = CAPITAL  # the Lund Post, Hope Lee
            if known.is_given(words.texts[i - 1]):
                surnames.add(words.texts[i])
    if surnames:  # “…,” Read said
        for i, word in enumerate(words.texts):
            if word in surnames and words.codes[i] >= CUE:
                words.codes[i] = CAPITAL


def _know_views(words: Words, known: Lexicon) -> None:
    """Know what begins a sentence and leads to somebody and a quotation for "according to"."""
    if not known.views or known.views.isdisjoint(words.texts):
        return
    for match in _VIEW.finditer(words.codes):
        first, (start, end) = match.start(), match.span(1)
        inside = range(start, end)
        somebody = any(words.codes[i] in (TITLE, ROLE) or known.is_given(words.texts[i]) for i in inside)
        if words.texts[first] in known.views and somebody:
            words.codes[first] = ACCORDING


def _end_sign(text: str, passage: Passage, end: int) -> tuple[str, int]:
    """Return the sign that ends a passage, and where the words after it begin.

    “Yes,” he said and »Ja«, — sagte er read alike: a comma and dash after the marks belong to the passage.
    """
    inside = text[passage.end - 1]
    match = _CLOSING.match(text, passage.end, end)
    outside = match[1] if match else ""
    if inside in _SIGNS and outside == ".":
        return inside, passage.end
    if inside in _SIGNS or outside:
        return inside if inside in _SIGNS else outside, match.end() if match else passage.end
    return "", passage.end


def _cut(text: str, start: int, end: int, known: Lexicon, words: Words) -> None:
    """Add the words between two places."""
    parts = known.token.split(text[start:end])  # what lies between words and the words, in turn
    if known.phrases and not known.phrases.isdisjoint(parts):
        _join_phrases(parts, known)
    found = parts[1::2]
    if not found:
        return
    first = len(words.texts)
    words.texts += found
    words.starts += islice(accumulate(map(len, parts), initial=start), 1, len(parts), 2)
    words.codes += bytes(map(known.codes.__getitem__, found))
    if first and found[0] in known.after and words.codes[first - 1] == QUOTE:
        words.codes[first] = CUE


def _join_phrases(parts: list[str], known: Lexicon) -> None:
    """Make one word of a reporting verb of two: fired back."""
    for at in range(len(parts) - 4, 0, -2):
        phrase = "".join(parts[at : at + 3])
        if parts[at] in known.phrases and phrase.replace("’", "'") in known.codes:
            parts[at : at + 3] = [phrase]


def _number_sentences(words: Words, known: Lexicon) -> None:
    """Give each word the number of its sentence. Stops and quotations end one, “Why?” she asked does not."""
    ends = _ENDING.finditer(words.codes)
    borders = {match.end() for match in ends if _ends_sentence(words, match.start(), known)}
    borders.update(words.ends.values())
    done = 0
    for number, border in enumerate(sorted(borders)):
        words.sentences += [number] * (border - done)
        done = border


def _ends_sentence(words: Words, i: int, known: Lexicon) -> bool:
    """Whether a sentence ends with the stop or quotation ``i``."""
    codes, texts = words.codes, words.texts
    if i + 1 >= len(codes):
        return True
    capital = texts[i + 1][:1].isupper()
    if codes[i] == STOP:
        if texts[i] == "." and (_abbreviates(words, i, known) or _is_inserted(words, i)):
            return False
        return capital or codes[i + 1] not in _CONTINUING
    sign = words.signs[i]
    if sign == ".":
        return capital or codes[i + 1] == QUOTE
    if sign and sign in "!?…" and capital:
        return all(code < CUE for code in codes[i + 1 : i + 1 + _VERB_REACH])
    return False


def _is_inserted(words: Words, i: int) -> bool:
    """Whether the full stop ``i`` ends words in brackets, and the sentence goes on behind: Lee (in the 34. and 78.), said."""
    behind = words.texts[i + 2 : i + 3]
    return words.texts[i + 1] in _CLOSED and bool(behind) and behind[0] != "." and not behind[0][:1].isupper()


def _abbreviates(words: Words, i: int, known: Lexicon) -> bool:
    """Whether the full stop ``i`` belongs to a title, an initial or the like."""
    if not i or words.end(i - 1) != words.starts[i]:
        return False
    before = words.texts[i - 1]
    return before.lower() in known.shortened or (len(before) == 1 and before.isupper()) or "." in before
