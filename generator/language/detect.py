"""Which language a text is in: a naive Bayes classifier over byte n-grams (py3langid; Lui and Baldwin 2011).

Restricted to languages that news is commonly written in, since rare ones attract short and odd
texts. Says nothing ("") rather than guess: below a few words, or when two languages are close.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

LANGUAGES = (
    "ar", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga",
    "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km", "kn", "ko", "lo", "lt", "lv",
    "mk", "ml", "mr", "ms", "mt", "my", "ne", "nl", "nn", "no", "pa", "pl", "pt", "ro", "ru", "si", "sk", "sl", "sq",
    "sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh",
)  # fmt: skip
"""BCP 47 primary tags that may be answered."""

_SURE = 0.5
_LETTERS = 24
"""Letters below which nothing is said (a sixth of it where a character is a word or syllable)."""
_ENOUGH = 4_000
"""Characters that are looked at: more changes nothing."""
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NOT_PROSE = re.compile(r"https?://\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}|[\d_#@<>{}\[\]|\\]+")


def detect(text: str) -> str:
    """Return the BCP 47 primary tag of the language of ``text``; empty when it cannot be told."""
    sample = _NOT_PROSE.sub(" ", text[: 2 * _ENOUGH])[:_ENOUGH]
    letters = sum(map(str.isalpha, sample)) + 5 * len(_DENSE.findall(sample))
    if letters < _LETTERS:
        return ""
    lang, probability = _identifier().classify(sample)
    return str(lang) if probability >= _SURE else ""


@cache
def _identifier() -> Any:
    """Load the classifier: its own copy, so that nobody else's settings reach it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - 0.8 s

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
