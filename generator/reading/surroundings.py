"""Cut the text round quotations into coded words.

A quotation counts as one word, so that what stands on its two sides is read as one sentence, and nobody who
is merely spoken of inside it is taken for its speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.model import Span
from generator.reading.cues import COMMA, CUE, OTHER, PERSONAL, QUOTE, STOP, TITLE, Lexicon
from generator.reading.marks import Passage

_TOKEN = re.compile(r"@?[^\W_]+(?:[.'’&-][^\W_]+)*|[.!?,:;()\[\]—–―…-]")
_CONTINUING = frozenset((OTHER, PERSONAL, COMMA))
_VERB_REACH = 4
"""“Why?” the mayor of Lund asked: so many words are looked at for the verb that keeps a sentence going."""


@dataclass(slots=True)
class Words:
    """The words, signs and quotations of some paragraphs, as parallel lists."""

    texts: list[str] = field(default_factory=list)
    """As written; empty for a quotation."""
    starts: list[int] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    """Number of the paragraph."""
    sentences: list[int] = field(default_factory=list)
    """Number of the sentence, counted through the words."""
    quotes: list[int] = field(default_factory=list)
    """For each passage its place among the words; -1 when it stands in none of the paragraphs."""

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
            place = passages[at].end
            at += 1
        _cut(text, place, end, known, words)
        words.paragraphs.extend([number] * (len(words.texts) - len(words.paragraphs)))
    words.quotes.extend([-1] * (len(passages) - at))
    _number_sentences(text, words, passages)
    return words


def _cut(text: str, start: int, end: int, known: Lexicon, words: Words) -> None:
    """Add the words between two places."""
    matches = list(_TOKEN.finditer(text, start, end))
    found = [match[0] for match in matches]
    words.texts += found
    words.starts += [match.start() for match in matches]
    words.codes += map(known.codes.__getitem__, found)


def _number_sentences(text: str, words: Words, passages: Sequence[Passage]) -> None:
    """Number the sentences. Stops and quotations end one; abbreviations and “Why?” she asked do not."""
    codes, paragraphs = words.codes, words.paragraphs
    ends = [i for i, code in enumerate(codes) if code in (STOP, QUOTE)]
    quotes = {place: passage for place, passage in zip(words.quotes, passages, strict=True) if place >= 0}
    number, done = 0, 0
    borders = sorted(
        {i + 1 for i in ends if _ends_sentence(text, words, i, quotes)}
        | {i for i in range(1, len(codes)) if paragraphs[i] != paragraphs[i - 1]}
    )
    for border in (*borders, len(codes)):
        words.sentences.extend([number] * (border - done))
        done = border
        number += 1


def _ends_sentence(text: str, words: Words, i: int, quotes: dict[int, Passage]) -> bool:
    """Whether a sentence ends with the stop or quotation ``i``."""
    codes, texts = words.codes, words.texts
    if i + 1 >= len(codes):
        return True
    after = texts[i + 1]
    capital = after[:1].isupper()
    if codes[i] == STOP:
        if texts[i] == "." and _abbreviates(words, i):
            return False
        return capital or codes[i + 1] not in _CONTINUING
    sign = text[quotes[i].end - 1]
    if sign == ".":
        return capital or codes[i + 1] == QUOTE
    if sign in "!?…" and capital:
        return all(code < CUE for code in codes[i + 1 : i + 1 + _VERB_REACH])
    return False


def _abbreviates(words: Words, i: int) -> bool:
    """Whether the full stop ``i`` belongs to a title, an initial or the like."""
    if not i or words.end(i - 1) != words.starts[i]:
        return False
    before = words.texts[i - 1]
    return words.codes[i - 1] == TITLE or (len(before) == 1 and before.isupper()) or "." in before
