"""Lines that stand round a report in a newspaper: bylines, datelines, captions, source lines.

They are known at sight, one at a time, by their form. A dateline within a sentence ("OSTMARK, Aug. 15
(Wire) -- The …") stays: cutting it would break the sentence; only one on a line of its own is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.language.months import months
from generator.model import CutReason, Span
from generator.reading.furniture import Lexicon, words_of
from generator.reading.lines import Line
from generator.reading.paragraphs import SIGNATURE

_CREDIT = re.compile(
    r"[\[(][^\[\]()]{0,80}\b(?:getty|shutterstock|alamy|istock|handout|file|photos?|fotos?|epa|via ap|via reuters)"
    r"\b[^\[\]()]{0,80}[\])]\W{0,3}$"
    r"|\[(?:reuters|ap|afp|epa|dpa|efe|ansa|anp|tass|xinhua|yonhap)\b[^\[\]]{0,60}\]\W{0,3}$"
    r"|(?:^|[.!?”)\[(] ?)(?:photo(?:graph)?|picture|image|foto|bild|imagen|fotograf[ií]a|immagine|beeld|фото)s?\s?:\s?"
    r"[^.:!?]{2,60}[\])]?\.?$"
    r"|(?:/|\bvia )\s?(?:getty(?: images)?|afp|reuters|ap|epa|shutterstock)[)\]]?$",
    re.IGNORECASE,
)
_CREDIT_SIGNS = ("(", "[", ":", "/", "via ")
"""Without one of these there is none: they are found ten times as fast."""
_CREDIT_CHARS = 120
_SCENE = re.compile(
    r"(?:At|In|On|Outside|Inside|Near|Above) (?:the |an? )?[A-Z][^,.“”\"]{1,60},(?: [^,.“”\"]{2,40},){1,2} "
    r"(?P<rest>[^.“”\"]{10,200})\.$"
)
_STAMPED = re.compile(
    r"\b(?:on [A-Z][a-z]{2,8}\.? \d{1,2}, \d{4},? (?:in|at) [A-Z][^.!?]{2,60}"
    r"|(?:in|at) [A-Z][^.!?]{2,60},? (?:on )?(?:[A-Z][a-z]{5,8}, )?[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})\.?$"
)
"""Place and day with the year, as agencies close the words below their pictures."""
_DATELINE = re.compile(
    r"[^\W\d_a-z][^a-z.!?]{2,40},? ?(?:[^\W\d_]{3,9}\.? \d{1,2}|\d{1,2}\.? [^\W\d_]{3,9}|\([^()]{2,30}\))[^a-z]{0,4}"
    r"(?:\([^()]{2,30}\))?\W{0,4}$"
)
_SOURCE_VALUE = re.compile(r"[:：]\s*(.{2,80}?)\W*$", re.DOTALL)
_SOURCE_IN = re.compile(
    r"\b(?:in|on|by|at|from|bei|in der|im|dans|par|en|su|da|em|op|in het)\s+([A-ZÀ-ÞА-Я].{1,60}?)[.\s]*$"
)
_ADDRESS = re.compile(r"https?:|www\.")
_NAME = re.compile(r"[^\W\d_a-zà-ÿа-я][\w.'’-]*|[|,/&•·–-]")
_SMALL = frozenset("and und et y e en и та i de van von der di da del la le for in of at bin al".split())  # noqa: SIM905
_CLOCK = frozenset(
    "at on am pm a.m p.m gmt utc est edt pst cet bst ist uhr um h de del the of - published updated".split()  # noqa: SIM905
)
_DAY = re.compile(r"[\d.:/, \t-]{8,}")
_SIGN_OFF = re.compile(r"[(\[]?[^\W\d_]{2,12}(?:/[^\W\d_]{1,12}){1,4}[)\]]?")
"""What closes the copy of an agency: RTL/jm/afd."""
_POINTER = re.compile(
    r"[^.!?。]{0,80}?\b(?:https?://|www\.)\S+(?:\W{1,3}(?:and\W)?(?:https?://|www\.)\S+)*\W{0,3}"
)
_POINTER_WORDS = 12
"""Words that lead to web addresses, without being a sentence: More football: https://…"""
_PARTS = re.compile(r"\s[|•·]\s")
_BRACKETS = re.compile(r"\s(\([^()]{5,300}\))\W{0,3}\Z")
_BRACKET_CHARS = 310
_EDGE_LINES = 8
_CAPTION_WORDS = 40
_SHOWN_WORDS = 12
"""Words among which a caption says what is done."""
_MOST_WORDS = 45


def kind_at_sight(lines: Sequence[Line], at: int, lexicon: Lexicon) -> CutReason | None:
    """Return what a line is cut for by its form alone; None for text of the report."""
    line = lines[at]
    if line.count > _MOST_WORDS:
        return None
    if source_of(line, lexicon) is not None:
        return "source line"
    if _is_caption(line, lexicon):
        return "caption"
    if line.text != SIGNATURE and not any(map(str.isalnum, line.text)):
        return "navigation"  # ###
    if _ADDRESS.search(line.text) and _is_pointer(line.text):
        return "read more"
    at_edge = at < _EDGE_LINES or at == len(lines) - 1
    return _kind_at_edge(line, lexicon) if at_edge and line.headline else None


def _kind_at_edge(line: Line, lexicon: Lexicon) -> CutReason | None:
    """Return what a line near the title or the end is."""
    if _is_byline(line, lexicon) or _SIGN_OFF.fullmatch(line.text):
        return "byline"
    return "dateline" if _DATELINE.fullmatch(line.text) or _is_day(line) else None


def parted(text: str, span: Span, lexicon: Lexicon) -> Iterator[Span]:
    """Yield a paragraph; in two where names of reporters stand in brackets behind its last sentence."""
    low = max(span.start, span.end - _BRACKET_CHARS)
    match = _BRACKETS.search(text, low, span.end) if text.find("(", low, span.end) >= 0 else None
    if match and match.start() > span.start:
        found = next(iter(lexicon.found_in(words_of(match[1]))), None)
        if found and found.reason == "byline" and found.opening:
            yield Span(span.start, match.start())
            span = Span(match.start(1), span.end)
    yield span


def source_of(line: Line, lexicon: Lexicon) -> str | None:
    """Return the origin that a source line names, empty when it names none; None for other lines."""
    if not line.words or line.count > 16:
        return None
    found = next(iter(lexicon.found_in(line.words)), None)
    if not found or found.reason != "source line" or not found.opening:
        return None
    value = _SOURCE_VALUE.search(line.text)
    if len(found.words) == 1 and (not value or ":" not in line.text[:20].replace("：", ":")):
        return None
    value = value or _SOURCE_IN.search(line.text)
    return "" if not value or _ADDRESS.search(value[1]) else " ".join(value[1].split())


def _is_caption(line: Line, lexicon: Lexicon) -> bool:
    """Tell the words below a picture: a credit at the end, or a scene told in the present tense."""
    end = line.text[-_CREDIT_CHARS:] if line.count <= 30 else ""
    if any(map(end.lower().__contains__, _CREDIT_SIGNS)) and _CREDIT.search(end):
        return True
    if line.count > _CAPTION_WORDS:
        return False
    if scene := _SCENE.match(line.text):
        return not lexicon.caption_verbs.isdisjoint(scene["rest"].split()[:7])
    stamped = _STAMPED.search(line.text, max(0, len(line.text) - _CREDIT_CHARS))
    return stamped is not None and not lexicon.caption_verbs.isdisjoint(line.words[:_SHOWN_WORDS])


def _is_byline(line: Line, lexicon: Lexicon) -> bool:
    """Tell "By Anna Lee and Tom Ray, Ostmark Times"."""
    first, *rest = line.text.split()
    if first.strip(":").lower() not in lexicon.by or not 1 <= len(rest) <= 14:
        return False
    capitals = [word for word in rest if word.lower().strip(",|") not in _SMALL]
    return bool(capitals) and all(_NAME.match(word) for word in capitals)


def _is_pointer(text: str) -> bool:
    """Tell a line that is no sentence, and ends in web addresses."""
    match = _POINTER.fullmatch(text)
    return match is not None and len(_ADDRESS.split(text)[0].split()) <= _POINTER_WORDS


def _is_day(line: Line) -> bool:
    """Tell a line that holds a date or a time, and nothing else but perhaps the outlet's name: Lund Post | Aug. 3, 2026."""
    if "#" not in line.words or line.count > 10:
        return False
    return any(map(_is_moment, _PARTS.split(line.text)))


def _is_moment(text: str) -> bool:
    """Tell a date or time from other words."""
    words = words_of(text)
    named = [word for word in words if word != "#"]
    whole = "#" in words and all(word in _CLOCK or word in months() for word in named)
    return whole and (bool(named) or _DAY.fullmatch(text) is not None)
