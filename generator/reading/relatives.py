"""Find whom a relative pronoun goes back to: Ann Lee, the head of the guard, who."""

from __future__ import annotations

from generator.reading.cues import COMMA, PREPOSITION, TO, Lexicon
from generator.reading.mentions import FULL, IT, PRONOUN, SELF, SINGLE, THEY, TITLED, WHO
from generator.reading.scene import Scene

_NAMED = frozenset((FULL, SINGLE, TITLED))
_PRONOUNS = frozenset((PRONOUN, THEY, IT, SELF, WHO))


def antecedent(scene: Scene, number: int, known: Lexicon) -> int:
    """Return the mention that "who" goes back to, -1 if none: the name before its appositions."""
    mentions, codes = scene.mentions, scene.words.codes
    best = -1
    for other in range(number - 1, max(-1, number - 4), -1):
        between = codes[mentions[other].last : mentions[other + 1].first]
        if any(code != COMMA for code in between) or mentions[other].kind in _PRONOUNS:
            break
        if scene.around(other).before in (PREPOSITION, TO) and mentions[number].head.lower() in known.things:
            break  # "a letter to the mayor, which"
        best = other
        if mentions[other].kind in _NAMED:
            break
    return best
