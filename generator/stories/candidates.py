"""Which sentences may be published on their own.

A sentence stands alone when it is whole (balanced marks, an end, 8 to 60 words), does not lean on what was
told before it ("He also …", "The statement …", "…, she said.") and says something: it names a source, a
figure, a date, a name or carries a quote. Comment ("The developments highlight …") is kept out unless it has
a figure or a source. Judged by words and marks only; references inside a sentence are not resolved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from generator.language.months import weekdays
from generator.language.words import stop_test
from generator.model import Article, Span
from generator.stories.phrases import Lexicon, lexicon

SHORTEST, LONGEST = 8, 60
"""Words of a sentence that may be published."""

_OPENING_MARKS = "\"'“”„«»‘’‚‹›「『—–-•*…("
_END = re.compile(r"[.!…。！．][\"'”’»“›)\]」』]{0,4}$")
_PAIRS = (("“„«「『", "”»」』"), ("([", ")]"))
_MARK = re.compile("|".join(map(re.escape, chain('"', *chain(*_PAIRS)))))
_NUMBERED = re.compile(r"\d+[.)]\s")
_CAPITAL = re.compile(r"(?<=[^\W_] )[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐ]\w")
_TOLD = re.compile(r"[\d\"“”„«»「]")
"""A digit, or a mark of a quotation."""
_EARLY, _EARLY_PERSON = 6, 9
"""Words in which a pronoun or connective, and one for a person, shows that a sentence leans on another."""


def stands_alone(
    article: Article,
    sentence: int,
    shown: tuple[Sequence[str], str] | None = None,
    shortest: int = SHORTEST,
) -> bool:
    """Tell whether a sentence may be published as an extract; ``shown`` are its words and its text, if known."""
    span = article.sentences[sentence]
    words, text = shown or (article.words[sentence], article.shown(span))
    if not shortest <= len(words) <= 4 * LONGEST:
        return False
    lang = article.meta.lang
    lists = lexicon(lang)
    if lists.openings.open(words):
        return False
    return (
        is_whole(text)
        and shortest <= word_count(words, text) <= LONGEST
        and not leans(words, text, lang)
        and not is_comment(words, text, lists)
        and not _within_quote(article, span)
    )


def word_count(words: Sequence[str], text: str) -> int:
    """Return how many words readers count in a sentence; half its bigrams in scripts without spaces."""
    spaced = text.count(" ") + 1
    return spaced if len(words) < 6 * spaced else len(words) // 2


def is_whole(text: str) -> bool:
    """Tell whether a sentence starts and ends as one, asks nothing, and closes what it opens."""
    return (
        text[:1] not in _OPENING_MARKS
        and not text[0].islower()
        and _END.search(text[-6:]) is not None
        and not _NUMBERED.match(text)
        and _closes(text)
    )


def leans(words: Sequence[str], text: str, lang: str) -> bool:
    """Tell whether a sentence, which no connective opens, needs the one before it to be understood."""
    lists = lexicon(lang)
    return (
        (len(words) > 1 and words[-1] in lists.says.words and words[-2] in lists.pronouns.words)
        or _opens_vaguely(words, text, lists)
        or _connected(text, lists)
        or _introduced(text, lists, lang)
        or _pronoun_first(words, lists, lang)
        or _unknown_person(words, text, lists, lang)
    )


def is_comment(words: Sequence[str], text: str, lists: Lexicon) -> bool:
    """Tell whether a sentence is comment without a figure or a source, or a caption that cleaning missed."""
    if lists.captions.found(words):
        return True
    return lists.filler.found(words) and not is_sourced(words, text, lists)


def is_sourced(words: Sequence[str], text: str, lists: Lexicon) -> bool:
    """Tell whether a sentence has a figure or a date in digits, a quote, or names whose word it is."""
    return _TOLD.search(text) is not None or lists.attribution.found(words)


def emptiness(words: Sequence[str], text: str, lists: Lexicon) -> float:
    """Return how much a sentence lacks: 0.0 with a source or a figure, 0.5 with but a name, 1.0 without.

    Its first word does not count as a name.
    """
    if is_sourced(words, text, lists):
        return 0.0
    return 0.5 if _CAPITAL.search(text) else 1.0


def _closes(text: str) -> bool:
    """Tell whether every mark that opens is closed, straight ones by number."""
    marks = _MARK.findall(text)
    return not marks or (
        marks.count('"') % 2 == 0 and all(_balanced(marks, opening, closing) for opening, closing in _PAIRS)
    )


def _balanced(marks: Sequence[str], opening: str, closing: str) -> bool:
    """Tell whether marks open before they close; “ closes where „ is open."""
    depth, german = 0, "„" in marks
    for mark in marks:
        closes = mark in closing or (mark == "“" and depth > 0 and german)
        depth += -1 if closes else mark in opening
        if depth < 0:
            return False
    return depth == 0


def _within_quote(article: Article, span: Span) -> bool:
    """Tell whether the sentence starts inside a quotation, or holds one that is never closed."""
    quotes = article.quotes_in(span)
    return bool(quotes) and any(quote.span.start <= span.start or not quote.closed for quote in quotes)


def _opens_vaguely(words: Sequence[str], text: str, lists: Lexicon) -> bool:
    """Tell whether the sentence opens with "The letter", "In the report", "A statement" and the like.

    A name right after it ("The suspect Ada Brent"), or "of", says what is meant.
    """
    at = 1 if words[0] in lists.prepositions.words else 0
    if lists.indefinite.open(words, at):
        return lists.unnamed.open(words, at + 1) > 0
    if not lists.definite.open(words, at) or not lists.vague.open(words, at + 1):
        return False
    if words[at + 2 : at + 3] and words[at + 2] in lists.anchors and not lists.unnamed.open(words, at + 1):
        return False
    noun, *after = text.split(maxsplit=at + 3)[at + 1 : at + 3] or [""]
    return not (after and noun[-1:].isalnum() and after[0][:1].isupper())


def _connected(text: str, lists: Lexicon) -> bool:
    """Tell whether a connective or a pointing word follows the first comma: "Brent, in turn, …", "…, these …"."""
    before, *after = text.split(", ", 2)
    if not after:
        return False
    inner = after[0].lower().split()
    if lists.pointing.open(inner):
        return True
    early = len(after) > 1 and before.count(" ") < _EARLY
    return early and bool(inner) and lists.openings.open(inner) == len(inner)


def _introduced(text: str, lists: Lexicon, lang: str) -> bool:
    """Tell whether a nameless clause leads to a pronoun: "Asked whether it was safe, she said …"."""
    before, comma, after = text.partition(", ")
    if not comma or after[:12].lower().split(maxsplit=1)[0] not in lists.pronouns:
        return False
    if _is_aside(after, lists):
        return False
    return not _names(before.split()[1:], lang)


def _is_aside(text: str, lists: Lexicon) -> bool:
    """Tell whether a text opens with "they said," and goes on: neighbours found it, they said, not silent at all."""
    said, *after = text.lower().split(", ", 1)
    words = said.split()
    return bool(after) and len(words) == 2 and words[1] in lists.says and words[0] not in lists.personal


def _names(words: Sequence[str], lang: str) -> bool:
    """Tell whether one of the words of a text is a name; weekdays are none."""
    days = weekdays(lang)
    return any(word[:1].isupper() and word.lower().rstrip(".,") not in days for word in words)


def _pronoun_first(words: Sequence[str], lists: Lexicon, lang: str) -> bool:
    """Tell whether a pronoun comes before anybody it could stand for: "At its height", "Speaking there, he"."""
    pronouns, adverbial, stops = lists.pronouns.words, lists.adverbial.endings, stop_test(lang)
    for word in words[:_EARLY]:
        if word in pronouns:
            return True
        if not stops(word) and not word.endswith(adverbial):
            return False
    return False


def _unknown_person(words: Sequence[str], text: str, lists: Lexicon, lang: str) -> bool:
    """Tell whether an early "he" or "her" has nobody before it: "The record she means", "Police said he"."""
    early, personal = words[:_EARLY_PERSON], lists.personal.words
    if personal.isdisjoint(early):
        return False
    at = next(at for at, word in enumerate(early) if word in personal)
    if not at or not lists.persons.words.isdisjoint(words[:at]):
        return False
    first, *others = text.split(maxsplit=at)[:at]
    told = at > 1 and words[1] in lists.attribution and words[0] not in lists.crowds
    return first[-1:] != "," and not told and not _names(others, lang)
