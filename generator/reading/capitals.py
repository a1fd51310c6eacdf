"""Runs of capitalised words: what names are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model import Span
from generator.reading.namewords import NameWords

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’-](?=[^\W\d_])|\.(?=[^\W\d_](?![^\W\d_])))*")
_POSSESSIVE = re.compile(r"['’]s$")
_ELIDED = re.compile(r"[^\W\d_]{1,5}['’](?=[^\W\d_]{2})")
_ELIDING = frozenset(("fr", "it", "ca"))
_GAPS = frozenset((" ", "\u00a0", "\n", "-", " & "))
_OPENING = frozenset("“„«\"‘'(:—–")
_MOST_WORDS = 8
_SHOUTED = 0.6


class Token(NamedTuple):
    """A word of letters."""

    start: int
    end: int
    """Without a possessive ending."""
    text: str
    lower: str
    possessive: bool
    opening: bool
    """Whether it opens a sentence or what stands in marks, so that its capital says little."""

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital letter."""
        return self.text[0].isupper()


def tokens_of(text: str, sentence: Span, lang: str) -> list[Token]:
    """Return the words of a sentence, in order; none of a line in capitals or in Title Case."""
    found: list[Token] = []
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        elided = _ELIDED.match(match[0]) if lang in _ELIDING else None
        word = _POSSESSIVE.sub("", match[0][elided.end() if elided else 0 :])
        start = match.start() + (elided.end() if elided else 0)
        if "." in word and text.startswith(".", match.end()):
            word += "."
        opening = not found or text[start - 1] in _OPENING
        lower = word.lower().replace("’", "'")
        possessive = start + len(word) < match.end()
        found.append(Token(start, start + len(word), word, lower, possessive, opening))
    return [] if _is_set_in_capitals(text, sentence, found) else found


def _is_set_in_capitals(text: str, sentence: Span, found: Sequence[Token]) -> bool:
    """Tell a line in which capital letters say nothing."""
    shouted = sum(token.text.isupper() and len(token.text) > 1 for token in found)
    capital = sum(token.capital for token in found)
    stopped = text[sentence.start : sentence.end].rstrip("\"'”’»)").endswith((".", "!", "?"))
    return len(found) > 3 and (
        shouted > _SHOUTED * len(found) or (not stopped and capital > _SHOUTED * len(found))
    )


def runs_of(text: str, found: Sequence[Token], words: NameWords) -> Iterator[Span]:
    """Yield runs of capitalised tokens, as positions among the tokens."""
    at = 0
    while at < len(found):
        if found[at].capital:
            end = _end_of_run(text, found, at, words)
            yield Span(at, end)
            at = end
        else:
            at += 1


def _end_of_run(text: str, found: Sequence[Token], start: int, words: NameWords) -> int:
    """Return the position behind the run that starts at a token."""
    at = start
    while at + 1 < len(found) and at - start < _MOST_WORDS and not found[at].possessive:
        following = at + 1
        while following < len(found) and _connects(found, start, following, words):
            following += 1
        if following >= len(found) or not found[following].capital:
            break
        if not all(_close(text, found[k], found[k + 1], words) for k in range(at, following)):
            break
        at = following
    return at + 1


def _connects(found: Sequence[Token], start: int, at: int, words: NameWords) -> bool:
    """Tell a small word within a name: "of" only where an office, an organisation or a site stands before it."""
    word = found[at].lower
    if word not in words.connectors or found[at].capital or at - start > _MOST_WORDS:
        return False
    if word == "the":
        return found[at - 1].lower == "of"
    before = [token.lower for token in found[start:at]]
    heads = words.organisations | words.sites
    return word != "of" or any(w in heads for w in before) or bool(words.title_at((before[-1],), 0))


def _close(text: str, left: Token, right: Token, words: NameWords) -> bool:
    """Tell whether two tokens stand so close that they can be of one name."""
    gap = text[left.end : right.start]
    if gap in _GAPS:
        return True
    if gap in {". ", "."}:
        return len(left.text) == 1 or "." in left.text or bool(words.title_at((left.lower,), 0))
    return gap in {"’ ", "' "} and left.text.endswith("s")
