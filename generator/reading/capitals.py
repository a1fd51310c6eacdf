"""Runs of capitalised words: what names are made of.

Only words with a capital letter are looked at, so that a text costs little where it names nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from generator.model import Span
from generator.reading.namewords import NameWords, name_words

_CASED = chain(range(0x41, 0x590), range(0x1E00, 0x2000))
"""Latin, Greek, Cyrillic and Armenian letters."""
CAPITALS = "".join(chr(code) for code in _CASED if chr(code).isupper())
"""All capital letters, for a class of a pattern."""
_WORD = re.compile(
    rf"[{CAPITALS}](?<![^\W_].)[^\W_]*+(?:(?:['’-](?=[^\W\d_])|\.(?=[^\W\d_](?![^\W\d_])))[^\W_]*+)*+",
    re.DOTALL,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_POSSESSIVE = ("'s", "’s")
_BOUND = re.compile(r"(?<![^\W_])([^\W\d_]+)['’-]$")
_BOUND_CHARS = 6
"""Characters before a name that are looked at for what is written with it: al-Assad."""
_ELIDED = re.compile(r"[^\W\d_]{1,5}['’](?=[^\W\d_]{2})")
_ELIDING = frozenset(("fr", "it", "ca"))
_GAPS = frozenset((" ", "\u00a0", "\n", "-", " & "))
_OPENING = frozenset("“„«\"‘'(:—–")
_MOST_WORDS = 8
_GAP_CHARS = 24
_SHOUTED, _LEAST_WORDS = 0.6, 4


class Token(NamedTuple):
    """A capitalised word."""

    start: int
    end: int
    """Without a possessive ending."""
    text: str
    lower: str
    possessive: bool
    opening: bool
    """Whether it opens a sentence or what stands in marks, so that its capital says little."""


Run = Sequence[Token]
"""Capitalised words that stand together, and the small words that join them."""


def tokens_of(text: str, sentence: Span, lang: str) -> list[Token]:
    """Return the capitalised words of a sentence; none of a line in capitals or in Title Case."""
    found: list[Token] = []
    bound = name_words(lang).bound
    start, end = sentence
    first = start if text[start : start + 1].isalpha() else _first_letter(text, start, end)
    for match in _WORD.finditer(text, start, end):
        word, at = match[0], match.start()
        if lang in _ELIDING and (elided := _ELIDED.match(word)):
            word, at = word[elided.end() :], at + elided.end()
        if not word or word[-1] in "'’":
            continue
        if text[at - 1] in "-'’" and (before := _BOUND.search(text[max(start, at - _BOUND_CHARS) : at])):
            joined = before[0] if before[1] in bound else ""
            word, at = joined + word, at - len(joined)
        possessive = word.endswith(_POSSESSIVE)
        word = word[:-2] if possessive else word
        if "." in word and text.startswith(".", match.end()):
            word += "."
        opening = match.start() <= first or text[at - 1] in _OPENING
        lower = word.lower().replace("’", "'")
        token = (at, at + len(word), word, lower, possessive, opening)
        found.append(tuple.__new__(Token, token))  # by name it takes twice as long
    many = len(found) > _SHOUTED * _LEAST_WORDS
    return [] if many and _is_set_in_capitals(text[start:end], found) else found


def _first_letter(text: str, start: int, end: int) -> int:
    """Return where the first letter stands; -1 when there is none."""
    first = _LETTERS.search(text, start, end)
    return first.start() if first else -1


def _is_set_in_capitals(sentence: str, found: Sequence[Token]) -> bool:
    """Tell a line in which capital letters say nothing."""
    words = sentence.count(" ") + 1
    if words < _LEAST_WORDS or len(found) <= _SHOUTED * words:
        return False
    shouted = sum(token.text.isupper() and len(token.text) > 1 for token in found)
    return shouted > _SHOUTED * words or not sentence.rstrip("\"'”’»)").endswith((".", "!", "?"))


def runs_of(text: str, found: Sequence[Token], words: NameWords) -> Iterator[Run]:
    """Yield the runs of capitalised tokens of a sentence, with the small words that join them."""
    run: list[Token] = []
    for token in found:
        between = _between(text, run, token, words) if run else None
        if between is None and run:
            yield run
            run = []
        run += [*(between or ()), token]
    if run:
        yield run


def word_before(text: str, sentence: Span, at: int) -> str:
    """Return the word before a place in lower case; empty where marks or the start of the sentence stand there."""
    before = text[max(sentence.start, at - _GAP_CHARS) : at]
    return before.rsplit(maxsplit=1)[-1].lower() if before[-1:].isspace() and before.strip() else ""


def word_after(text: str, sentence: Span, at: int) -> str:
    """Return the word behind a place in lower case, a comma put aside; empty as for the word before."""
    after = text[at : min(sentence.end, at + _GAP_CHARS)]
    words = after.lstrip(",").split(None, 1) if after[:1] in " ,\n\u00a0" else []
    return words[0].strip(",.").lower() if words else ""


def _between(text: str, run: Run, following: Token, words: NameWords) -> list[Token] | None:
    """Return the small words by which a token goes on with a run; None when it does not."""
    last = run[-1]
    gap = text[last.end : following.start]
    if last.possessive or len(gap) > _GAP_CHARS or len(run) >= _MOST_WORDS:
        return None
    if gap in _GAPS or (gap in {"’ ", "' "} and last.text.endswith("s")):
        return []
    if gap in {". ", "."}:
        initial = len(last.text) == 1 or "." in last.text or bool(words.title_at((last.lower,), 0))
        return [] if initial else None
    if not (gap[:1].isspace() and (gap[-1:].isspace() or gap[-1:] in "'’")):
        return None
    if not _connects(gap.replace("’", " ").replace("'", " ").split(), run, words):
        return None
    found = ((match[0], last.end + match.start()) for match in _LETTERS.finditer(gap))
    return [
        Token(at, at + len(word), word, word.lower(), possessive=False, opening=False) for word, at in found
    ]


def _connects(small: Sequence[str], run: Run, words: NameWords) -> bool:
    """Tell small words within a name: "of" only where an office, an organisation or a site stands before it."""
    if not small or len(small) > 2 or not words.connectors.issuperset(small):
        return False
    if small[0] != "of":
        return "the" not in small
    if small[1:] not in ([], ["the"]):
        return False
    before = [token.lower for token in run]
    return not words.heads.isdisjoint(before) or bool(words.title_at((before[-1],), 0))
