"""Split paragraphs into sentences, as spans.

Full stops are decided by nupunkt (Kiss and Strunk 2006: "Unsupervised multilingual sentence boundary
detection") with our own abbreviations: its model is of English legal text and takes "hall." and "cancer."
for abbreviations, and "Michael" for the start of a sentence. Stops of other scripts (。 ؟ ।) end a sentence
with or without a space. Rules of newspapers then take borders back: a sentence never starts in lower case,
is not parted inside a quotation, and goes on after “…?” with the name and verb that report it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from nupunkt import PunktParameters, PunktSentenceTokenizer
from nupunkt.core.constants import ORTHO_BEG_LC

from generator.model import Span
from generator.reading.abbreviations import Rules, rules_of
from generator.reading.marks import find_passages

_CLOSERS = "\"'”’»›)\\]}」』）】》*"
_STOP = re.compile(r"[.!?…。！？｡؟۔।॥։።။។](?=.)", re.DOTALL)
_OTHER_STOP = re.compile(rf"[。！？｡؟۔।॥։።။។][。！？｡؟۔।॥{_CLOSERS}]{{0,8}}+\s*(?=\S)")
_PLAIN_STOP = re.compile(rf"[.!?…][.!?…{_CLOSERS}]{{0,8}}\s+(?=\S)")
_ANY_STOP = re.compile(rf"{_PLAIN_STOP.pattern}|{_OTHER_STOP.pattern}")
_RUN_CHARS = 400
_CLEAR_STOP = re.compile(r"[.!?][\"'”’»]?\s+(?=[\"'“‘«„‹(\[$€£]?[^\W_a-z])")
_WORD_CHARS = range(3, 40)
_CANDIDATE = re.compile(r"[.!?…](?=[\s)\";}\]*:@({.!?”»]|['’](?![^\W\d_]))")
"""What nupunkt takes for the end of a sentence, perhaps."""
_INITIALS = re.compile(r"[(“\"'„«]?(?:[^\W\d_]\.){1,3}[^\W\d_]")
_SAID = re.compile(r"(?:[^.!?;“\"]|\b\w\.){1,60}")
_JAPANESE_PARTICLE = "とのなはがをにでも、"
_QUOTE_MARKS = '“”„«»"‘「『‹`'
_OPENING_SINGLE = re.compile(r"'(?<!\w')")
_QUOTE_CHARS = 600
"""A longer quotation is a speech: it is split like other text."""
_TAIL = 60
"""Characters that are looked at on both sides of a border."""


def split(text: str, spans: Sequence[Span], lang: str) -> tuple[Span, ...]:
    """Return the sentences of the paragraphs ``spans``, in order, without white space at their ends.

    Paragraphs are hard borders. Nothing but white space lies between sentences. Linear in the length of
    the text, whatever it holds.
    """
    found: list[Span] = []
    for span in spans:
        found.extend(_sentences(text, span, lang))
    return tuple(found)


def count_stops(text: str) -> int:
    """Return how many places there are at which a sentence may end before another one."""
    return sum(1 for _ in _ANY_STOP.finditer(text))


def _sentences(text: str, paragraph: Span, lang: str) -> Iterator[Span]:
    """Yield the sentences of one paragraph."""
    start, end = paragraph
    if _STOP.search(text, start, end):
        for border in _borders(text[start:end], lang):
            yield from _trimmed(text, start, paragraph.start + border)
            start = paragraph.start + border
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the span without white space at its ends, if anything is left."""
    piece = text[start:end]
    if words := piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield Span(start, start + len(words))


def _borders(piece: str, lang: str) -> list[int]:
    """Return where sentences start after the first, ascending."""
    rules = rules_of(lang)
    found = set() if piece.isascii() else {match.end() for match in _OTHER_STOP.finditer(piece)}
    if _has_run(piece):
        found.update(match.end() for match in _PLAIN_STOP.finditer(piece))
    else:
        found.update(_stops(piece, lang, rules))
    borders = [border for border in sorted(found) if not _goes_on(piece, border, rules)]
    return _outside_quotes(piece, borders) if borders and _is_quoted(piece) else borders


def _has_run(piece: str) -> bool:
    """Tell whether so many characters stand together without a blank that no words are to be looked at."""
    at = 0
    while at + _RUN_CHARS <= len(piece):
        blank = piece.rfind(" ", at, at + _RUN_CHARS)
        if blank < 0:
            return max(map(len, piece.split()), default=0) >= _RUN_CHARS
        at = blank + 1
    return False


def _is_quoted(piece: str) -> bool:
    """Tell whether a mark stands in a paragraph that may open or close a quotation, an apostrophe put aside."""
    return any(map(piece.__contains__, _QUOTE_MARKS)) or bool(_OPENING_SINGLE.search(piece))


def _stops(piece: str, lang: str, rules: Rules) -> Iterator[int]:
    """Yield where sentences start after the first, ascending, by full stops, question and exclamation marks.

    Behind a plain word that is no abbreviation a full stop ends the sentence, so that nupunkt is asked only
    for what stands between such places and holds another candidate. All that it looks at stands there.
    """
    start, asks = 0, False
    for candidate in _CANDIDATE.finditer(piece):
        stop = candidate.start()
        word = piece[max(start, stop - _WORD_CHARS.stop) : stop].rpartition(" ")[2]
        plain = len(word) in _WORD_CHARS and word.isalpha() and word.lower() not in rules.abbreviations
        clear = _CLEAR_STOP.match(piece, stop) if plain else None
        if not clear:
            asks = True
            continue
        if asks:
            yield from _asked(piece, start, clear.end(), lang)
        start, asks = clear.end(), False
        yield start
    if asks:
        yield from _asked(piece, start, len(piece), lang)


def _asked(piece: str, start: int, end: int, lang: str) -> Iterator[int]:
    """Yield the borders that nupunkt finds from ``start`` to ``end``."""
    spans = _tokenizer(lang).span_tokenize(piece[start:end])
    return (start + border for border, _ in islice(spans, 1, None))


def _goes_on(piece: str, border: int, rules: Rules) -> bool:
    """Tell whether the sentence goes on after the border, by the characters at its sides."""
    before, after = piece[max(0, border - _TAIL) : border].rstrip(), piece[border : border + _TAIL]
    opening = after.lstrip("\"'“‘«„‹([")[:1]
    if opening.islower() or after[:1] in ",;:)]}":
        return True
    if before[-1:] in "」』" and after[0] in _JAPANESE_PARTICLE:
        return True
    if rules.sayers and len(before) > 1 and before[-1] in "”\"’'»" and before[-2] in "?!…":
        said = _SAID.match(after)
        return said is not None and not rules.sayers.isdisjoint(said[0].lower().split()[1:5])
    return before[-1:] == "." and _abbreviates(before[:-1].rpartition(" ")[2], after, rules)


def _abbreviates(word: str, after: str, rules: Rules) -> bool:
    """Tell whether a full stop after ``word`` belongs to it because of what follows."""
    if after[0].isdigit():
        return word.lower().lstrip("(\"'“„«") in rules.numbered
    if _INITIALS.fullmatch(word) or (rules.ordinals and word.isdecimal() and len(word) <= 2):
        return after.split(None, 1)[0].strip("\"'“„»«.,").lower() not in rules.starters
    return False


def _outside_quotes(piece: str, borders: Sequence[int]) -> list[int]:
    """Return the borders that do not stand inside a quotation."""
    passages = [
        (p.start, p.end)
        for p in find_passages(piece, [Span(0, len(piece))], ())
        if p.closed and not p.continues and p.end - p.start <= _QUOTE_CHARS
    ]
    kept = []
    for border in borders:
        at = bisect_right(passages, (border, len(piece))) - 1
        if at < 0 or border >= passages[at][1]:
            kept.append(border)
    return kept


@cache
def _tokenizer(lang: str) -> PunktSentenceTokenizer:
    """Return the tokenizer of a language, made once."""
    rules = rules_of(lang)
    parameters = PunktParameters(
        abbrev_types=set(rules.abbreviations) | {"..."},
        sent_starters=set(rules.starters),
        ortho_context=dict.fromkeys(rules.starters, ORTHO_BEG_LC),
    )
    return PunktSentenceTokenizer(parameters, include_common_abbrevs=False)
