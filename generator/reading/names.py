"""People, places and organisations named in a text, each under its fullest form.

A name is a run of capitalised words, joined over "of", "van" or "bin"; titles before it are stripped and prove
a person. The first word of a sentence counts only when it is no ordinary word. A surname alone belongs to
the full name that ends in it. The kind is decided by titles, given names, words such as "Ministry" or "River",
the company a name keeps ("in Karsk") and a list of countries and large cities; where nothing tells there is
none. In German, where every noun has a capital, only runs of two words and known names count. Not
found: pronouns, names in scripts without capitals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from generator.language.background import LANGUAGE, background
from generator.language.words import stem
from generator.model import Name, Span
from generator.reading.capitals import Run, runs_of, tokens_of, word_after, word_before
from generator.reading.entities import Mention, is_sure, kind_of, merged, shown
from generator.reading.namewords import NameWords, Words, name_words

_QUIET = 2
"""Background documents up to which a word that opens a sentence may still be a name."""
_INFLECTED = ("s", "ing", "ed", "ly")
_MOST_SENTENCES = 3_000
_WRITTEN_CHARS = 20_000
"""Where a word may be written small to be known as no name."""


@dataclass(frozen=True, slots=True)
class _Scan:
    """What the reading of one text needs throughout."""

    text: str
    words: NameWords
    inside: frozenset[str]
    """Words with a capital within sentences."""

    def is_written(self, word: str) -> bool:
        """Tell whether a word stands in the text just so, alone or as a part of a joined one."""
        at = self.text.find(word, 0, _WRITTEN_CHARS)
        while at >= 0:
            end = at + len(word)
            if not (self.text[end : end + 1].isalpha() or (at and self.text[at - 1].isalpha())):
                return True
            at = self.text.find(word, at + 1, _WRITTEN_CHARS)
        return False


def find_names(text: str, sentences: Sequence[Span], lang: str) -> tuple[Name, ...]:
    """Return the names of the sentences, by descending count, then place.

    Of a text as long as a book only the first sentences are read.
    """
    sentences = sentences[:_MOST_SENTENCES]
    parts = [tokens_of(text, span, lang) for span in sentences]
    inside = frozenset(token.text for part in parts for token in part if not token.opening)
    scan = _Scan(text, name_words(lang), inside)
    mentions = [
        mention
        for span, part in zip(sentences, parts, strict=True)
        for run in runs_of(text, part, scan.words)
        for mention in _mentions(scan, span, run)
    ]
    names = [
        Name(
            shown(text, entity, scan.words),
            kind_of(key, entity, scan.words),
            min(mention.span for mention in entity.mentions),
            len(entity.mentions),
        )
        for key, entity in merged(text, mentions, scan.words).items()
        if is_sure(key, entity, scan.words)
    ]
    return tuple(sorted(names, key=lambda name: (-name.count, name.span)))


def _mentions(scan: _Scan, sentence: Span, run: Run) -> Iterator[Mention]:
    """Yield what a run of capitalised tokens mentions: a name, or a name and what its bearer belongs to."""
    words, found = scan.words, run
    if found[0].opening and not _may_open(scan, run):
        found = run[next((at for at, token in enumerate(run) if at and token.text[0].isupper()), len(run)) :]
        if not found:
            return
    ahead = word_before(scan.text, sentence, found[0].start)
    definite = ahead in words.articles or _is_elided(scan, sentence, found[0].start)
    if found is not run:
        ahead = ""
    for start, stop, titled, key in _named(tuple(token.text for token in found), words.lang, definite):
        before = found[start - 1].lower if start else ahead
        after = found[stop].lower if stop < len(found) else word_after(scan.text, sentence, found[-1].end)
        yield Mention(
            key,
            Span(found[start].start, found[stop - 1].end),
            titled or (before,) in words.titles,
            before in words.locatives,
            found[start].opening,
            before in words.sayers or after in words.sayers,
            before in words.articles,
        )


class _Named(NamedTuple):
    """A name within a run."""

    start: int
    stop: int
    titled: bool
    key: Words
    """The words by which mentions are recognised as of one name."""


def _is_elided(scan: _Scan, sentence: Span, at: int) -> bool:
    """Tell whether an article is written with the word that begins at a place: l’Intérieur."""
    before = scan.text[max(sentence.start, at - 3) : at]
    return before[-1:] in ("'", "’") and before.replace("’", "'").lower().strip(" '") in scan.words.articles


@lru_cache(maxsize=1 << 15)
def _named(texts: tuple[str, ...], lang: str, definite: bool) -> tuple[_Named, ...]:
    """Return the names in a run of capitalised words, which an article may stand before.

    Runs recur, within an article and in the news.
    """
    words = name_words(lang)
    lowers = tuple(text.lower().replace("’", "'") for text in texts)
    return tuple(
        _Named(start, stop, titled, _key(lowers[start:stop], words))
        for start, stop, titled in _parts(lowers, words, definite=definite)
        if stop - start > 1 or titled or _may_stand_alone(texts[start], words)
    )


def _may_open(scan: _Scan, run: Run) -> bool:
    """Tell whether the capital of a word that opens a sentence may be that of a name."""
    token, words = run[0], scan.words
    if words.opens_sentences(token.lower):
        return False
    if token.text in scan.inside or (token.lower,) in words.places or token.lower in words.first_names:
        return True
    rare = len(run) > 1 or (
        words.lang == LANGUAGE
        and background().df(token.lower) <= _QUIET
        and not token.lower.endswith(_INFLECTED)
    )
    return rare and not scan.is_written(token.lower)


def _may_stand_alone(text: str, words: NameWords) -> bool:
    """Tell whether a single word may be a name: no people, no head of a name, no abbreviation, no compound."""
    word = text.lower().replace("’", "'")
    if (word.removesuffix("."),) in words.places:
        return True
    if word in words.heads or word in words.compass or words.is_people(word) or words.abbreviates(word):
        return False
    parts = text.split("-")
    joined = len(parts) > 1 and (
        not parts[-1][:1].isupper() or any((part.lower(),) in words.places for part in parts)
    )
    return not joined and (text.isupper() or not words.opens_sentences(word))


def _parts(lowers: Words, words: NameWords, *, definite: bool) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and title of the names in a run."""
    title_start, title_end = _last_title(lowers, words)
    bearer = _bearer(lowers, title_end, words) or _behind_office(lowers, words, definite=definite)
    if bearer > title_end:
        yield from _trimmed(lowers, title_end, bearer, words, titled=False)
        yield bearer, len(lowers), title_end > 0
        return
    rest = lowers[title_end:]
    if (
        lowers in words.places
        or (rest and rest[-1] in words.sites)
        or not words.organisations.isdisjoint(rest)
    ):
        title_start = title_end = 0
    yield from _trimmed(lowers, 0, title_start, words, titled=False)
    yield from _trimmed(lowers, title_end, len(lowers), words, titled=title_end > 0)


def _bearer(lowers: Words, office: int, words: NameWords) -> int:
    """Return where a full name begins right behind what its bearer heads; 0 when it does not.

    What is headed is known by a word such as "Republic", or by "of" behind the title that ends at ``office``:
    "President of the Lenn Republic Anna Lee", "Mayor of Lenn Anna Lee".
    """
    headed = office + 2 if office and not words.connectors.isdisjoint(lowers[office : office + 1]) else 0
    start = next((at + 1 for at in range(len(lowers) - 1, 0, -1) if lowers[at] in words.heads), 0)
    if not start and headed:
        start = next((at for at in range(headed, len(lowers)) if lowers[at] in words.first_names), 0)
    tail = lowers[start:]
    named = start and len(tail) > 1 and tail[0] in words.first_names
    return start if named and words.small.isdisjoint(tail) else 0


def _behind_office(lowers: Words, words: NameWords, *, definite: bool) -> int:
    """Return where a full name begins behind what an office is of; 0 when it does not: le ministre de l’| Intérieur Luc Morel.

    No person has an article, or the name of a town before the given name.
    """
    start = next((at for at in range(len(lowers) - 1) if lowers[at] in words.first_names), 0)
    headed = definite or lowers[:start] in words.places
    plain = words.small.isdisjoint(lowers[:start]) and words.heads.isdisjoint(lowers[start:])
    return start if headed and plain else 0


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
    """Return the words of a name parted at hyphens, without full stops; stems where names are inflected."""
    parted = [word for lower in lowers for word in lower.replace(".", "").split("-") if word]
    return tuple(stem(word, words.lang) for word in parted) if words.inflected else tuple(parted)
