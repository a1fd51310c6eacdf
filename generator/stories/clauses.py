"""What a sentence tells of somebody or something in passing, not what it reports: relative clauses, descriptions.

A relative clause runs from its pronoun ("who", "which", "that was …") to the next comma, or to the end of the
sentence where the main verb stands before it. Without either its end is not known, and none is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from generator.stories.phrases import Lexicon, lexicon

_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(r",(?!\d)|[;:–—]")


def relative_clauses(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Yield where the relative clauses of a sentence start and end; none in a language without a list."""
    lists = lexicon(lang)
    if not lists.relative.words:
        return
    found = [(match.start(), match[0].lower()) for match in _WORD.finditer(text)]
    told = False
    for at, (start, word) in enumerate(found):
        after = found[at + 1][1] if at + 1 < len(found) else ""
        if word in lists.relative or (word in lists.that and _is_verb(after, lists)):
            end = _END.search(text, start)
            if end or told:
                yield start, end.start() if end else len(text)
        told = told or _is_verb(word, lists)


def descriptions(parts: Sequence[Sequence[str]], names: AbstractSet[str], lang: str) -> Iterator[int]:
    """Yield which parts of a sentence, between its commas, only say who somebody is.

    "For the captain's daughter, Marta Voss, a retired nurse, the news came late": what opens with an article
    behind a name, and with a preposition before one that stands alone; something must follow.
    """
    lists = lexicon(lang)
    articles = lists.definite.words | lists.indefinite.words
    for at, part in enumerate(parts[:-2]):
        if part and part[-1] in names and parts[at + 1] and parts[at + 1][0] in articles:
            yield at + 1
        opens = at == 0 and part and part[0] in lists.prepositions
        if opens and parts[1] and names >= set(parts[1]):
            yield 0


def _is_verb(word: str, lists: Lexicon) -> bool:
    """Tell whether a word is likely the verb of a clause."""
    return word in lists.past or word in lists.finite or word.endswith(lists.past_endings.endings)
