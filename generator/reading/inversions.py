"""Know a verb that no list has by its place: « Tout est perdu », lâche Luc Morel.

What stands small between a quotation that goes on with a comma or the like and whoever may speak is the verb, in
languages that turn subject and verb there whatever the verb.
"""

from __future__ import annotations

import re

from generator.reading.cues import (
    ADD,
    ADVERB,
    AUXILIARY,
    CAPITAL,
    DETERMINER,
    OBJECT,
    OTHER,
    PERSONAL,
    QUOTE,
    ROLE,
    TITLE,
    Lexicon,
)  # fmt: skip
from generator.reading.surroundings import Words

_INVERTED = re.compile(
    b"%c[%b]{0,3}(%c)(?=[%b]?(?:[%b]|%c(?!%c)))"
    % (
        QUOTE,
        bytes((ADVERB, OBJECT, AUXILIARY)),
        OTHER,
        bytes((ADVERB, OBJECT)),
        bytes((CAPITAL, TITLE, ROLE, DETERMINER)),
        PERSONAL,
        CAPITAL,
    )
)
"""« Oui », s’est emporté Luc Morel; „Ja“, freut sich der Trainer."""
_TURNED = re.compile(b"%c[%b]{0,2}%c%c(%c)" % (QUOTE, bytes((ADVERB, OBJECT)), AUXILIARY, PERSONAL, OTHER))
"""« Oui », s’est-elle réjouie."""
_GOING_ON = frozenset(",!?…")


def mark_inverted(words: Words, known: Lexicon) -> None:
    """Know unknown verbs between quotations and their speakers for reporting verbs. Linear in the words."""
    if not known.inverts:
        return
    for match in _INVERTED.finditer(words.codes):
        place, verb = match.start(), match.start(1)
        if words.signs[place] not in _GOING_ON or words.sentences[place] != words.sentences[verb + 1]:
            continue
        genitive = words.codes[verb + 1] == DETERMINER and words.texts[verb + 1] in known.of_office
        if words.texts[verb].islower() and (known.names.nouns_are_capital or not genitive):
            words.codes[verb] = ADD
    for match in _TURNED.finditer(words.codes):
        if words.signs[match.start()] in _GOING_ON:
            words.codes[match.start(1)] = ADD
