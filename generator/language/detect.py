"""Which language a text is in: by its function words, else by its letters.

Where the function words of one of our languages abound they decide (cf. Grefenstette 1995: "Comparing two
language identification schemes"). All else goes to a naive Bayes classifier over byte n-grams (py3langid;
Lui and Baldwin 2011), restricted to languages that news is commonly written in, since rare ones attract
short and odd texts. Says nothing ("") rather than guess: below a few words, or when two languages are close.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from generator.language.words import stop_words, tokens

LANGUAGES = (
    "ar", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga",
    "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km", "kn", "ko", "lo", "lt", "lv",
    "mk", "ml", "mr", "ms", "mt", "my", "ne", "nl", "nn", "no", "pa", "pl", "pt", "ro", "ru", "si", "sk", "sl", "sq",
    "sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh",
)  # fmt: skip
"""BCP 47 primary tags that may be answered."""

_TOLD_APART = ("de", "en", "es", "fr", "it", "nl", "pt")
"""Languages whose function words no neighbour among ``LANGUAGES`` has in numbers, as Belarusian has those of
Russian and Ukrainian."""
_CLEAR = 0.15
"""Least share of function words of one language alone; neighbours and names give half of it at most."""
_RUNNER_UP = 3
"""How often the words of the best language must outnumber those of the next."""
_FEW_WORDS = 30
_SURE = 0.5
_LETTERS = 24
"""Letters below which nothing is said (a sixth of it where a character is a word or syllable)."""
_SLICE = 400
_SLICES, _MORE_SLICES = 3, 12
"""How many parts of so many characters are looked at in a long text; where they leave it open, of how many the
function words are counted before the classifier is asked, which takes a second to load."""
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NOT_PROSE = re.compile(r"https?://\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}|[\d_#@<>{}\[\]|\\]+")


def detect(text: str) -> str:
    """Return the BCP 47 primary tag of the language of ``text``; empty when it cannot be told."""
    sample = _sample(text, _SLICES)
    for looked_at in dict.fromkeys((sample, _sample(text, _MORE_SLICES))):
        if clear := _by_function_words(looked_at):
            return clear
    sample = _NOT_PROSE.sub(" ", sample)
    letters = sum(map(str.isalpha, sample)) + 5 * len(_DENSE.findall(sample))
    if letters < _LETTERS:
        return ""
    return _by_letters(sample)


@lru_cache(maxsize=1 << 8)
def _by_letters(sample: str) -> str:
    """Return what the classifier says of a sample, empty where it is not sure. The entries of a file are much alike."""
    lang, probability = _identifier().classify(sample)
    return str(lang) if probability >= _SURE else ""


def _sample(text: str, slices: int) -> str:
    """Return a short text whole; of a long one its beginning and as much from later parts."""
    if len(text) <= slices * _SLICE:
        return text
    step = len(text) // slices
    return "\n".join(text[at : at + _SLICE] for at in range(0, slices * step, step))


def _by_function_words(sample: str) -> str:
    """Return the language whose function words abound in the sample; empty where none's clearly do."""
    words = tokens(sample)
    if len(words) < _FEW_WORDS:
        return ""
    found = list(filter(None, map(_exclusive_words().get, words)))
    counts = sorted(((found.count(lang), lang) for lang in set(found)), reverse=True)
    (most, best), (next_most, _) = [*counts, (0, ""), (0, "")][:2]
    clear = most >= _CLEAR * len(words) and most >= _RUNNER_UP * next_most
    return best if clear else ""


@cache
def _exclusive_words() -> Mapping[str, str]:
    """Return the language of each function word that one alone has of those told apart by them."""
    shared = Counter(word for lang in _TOLD_APART for word in stop_words(lang))
    return {word: lang for lang in _TOLD_APART for word in stop_words(lang) if shared[word] == 1}


@cache
def _identifier() -> Any:
    """Load the classifier: its own copy, so that nobody else's settings reach it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - 0.8 s

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
