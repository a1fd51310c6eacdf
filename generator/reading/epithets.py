"""Read an epithet, which stands for somebody named before: the 43-year-old, der CDU-Politiker, el mandatario."""

from __future__ import annotations

from generator.reading.cues import DETERMINER, Lexicon
from generator.reading.scene import Scene


def is_epithet(scene: Scene, number: int, known: Lexicon) -> bool:
    """Whether a mention is an epithet, or a former office."""
    mention = scene.mentions[number]
    former = known.is_title(mention.head) and not known.once.isdisjoint(
        scene.words.texts[mention.first : mention.last]
    )
    return (former or known.is_epithet(mention.head)) and is_definite(scene, number, known)


def is_definite(scene: Scene, number: int, known: Lexicon) -> bool:
    """Whether a mention begins with an article that points back; where a language has none, every one does."""
    words, first = scene.words, scene.mentions[number].first
    if not known.pointing:
        return True
    return words.codes[first] == DETERMINER and words.texts[first].lower() in known.pointing


def gender_of(scene: Scene, number: int, known: Lexicon) -> set[str]:
    """Return what the article of a mention tells of man and woman: "masculine", "feminine" or nothing."""
    article = scene.words.texts[scene.mentions[number].first].lower()
    gender = known.pointing.get(article, "")
    return {gender} - {"either", ""}
