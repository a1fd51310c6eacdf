"""Words of a text: tokens, stop words, stems, by language.

Tokens are lower case, in order, stop words kept. Numbers lose their thousands separators and get a
decimal point ("1,300" and German "1.300" give "1300", "3,5" gives "3.5"). Scripts without spaces
(Chinese, Japanese, Thai, Lao, Khmer, Burmese) give overlapping character bigrams, which search well
without a dictionary (Nie, Gao, Zhang and Zhou 2000). Stems are Snowball's (Porter 2001); Ukrainian,
which Snowball lacks, has a table of endings. No lemmas, no compounds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import chain

from generator.language.remembered import remembered

_BIGRAM_SCRIPTS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_MARKS = (  # combining marks that belong to the letter before them, and Indic vowel signs
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd"
    "\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b4d\u0bbe-\u0bcd"
    "\u0c00-\u0c04\u0c3e-\u0c4d\u0cbc-\u0ccd\u0d00-\u0d03\u0d3b-\u0d4d\u0dca-\u0ddf"
)
_JOINED = re.compile(
    f"(?:\\d+(?:[.,'\u00a0\u202f]\\d+)+)|(?:[^\\W_{_BIGRAM_SCRIPTS}]+|[{_MARKS}']+)+|[{_BIGRAM_SCRIPTS}]+"
)
_SPACED = re.compile(rf"(?:\d{{1,3}}(?: \d{{3}})+(?!\d)(?:,\d+)?)|{_JOINED.pattern}")
_DIGIT = re.compile(r"\d")
_DIGITS = b"0123456789"
_SHAPES = bytes(
    ord("0" if chr(code).isdecimal() else " " if chr(code).isspace() or chr(code) in ".," else "x")
    for code in range(256)
)
"""What parting at white space, full stops and commas would tear apart shows: every digit as 0, these as blanks."""
_PARTED_NUMBER = b"0 0"
_SPACED_NUMBER = re.compile(r"\d\s\d")
_HARD_SPACED_NUMBER = re.compile("\\d[\u00a0\u202f]\\d")
"""What parting at white space would tear apart: where blanks separate thousands, and in all languages."""
_LETTERS_ALONE = bytes(
    ord(chr(code).lower() if code < 128 and (chr(code).isalnum() or chr(code) == "'") else " ")
    for code in range(256)
)
"""Letters, digits and apostrophes of ASCII, in lower case; all else is space. Bytes are turned five times as fast as text."""
_APOSTROPHED = re.compile(r"(?<![^ ])[^ ']*+'[^ ]*+")
"""A word among such that has an apostrophe."""
_TYPEWRITER = {"’": "'", "‘": "'", "“": " ", "”": " ", "–": " ", "—": " ", "…": " "}
_UNSPACED = re.compile(f"[{_BIGRAM_SCRIPTS}]")
_INVISIBLE = {ord(c): None for c in "\u00ad\u200b\u200c\u200d\u2060\ufeff"}
_APOSTROPHES = {ord(c): "'" for c in "\u2018\u2019\u02bc\uff07"}
_CLEAN = _INVISIBLE | _APOSTROPHES

_SPACE_THOUSANDS = frozenset(
    ("bg", "cs", "fi", "fr", "hu", "lt", "lv", "nb", "nn", "no", "pl", "ru", "sk", "sv", "uk")
)
_COMMA_DECIMAL = _SPACE_THOUSANDS | frozenset(
    ("ca", "da", "de", "el", "es", "hr", "id", "it", "nl", "pt", "ro", "sl", "sr", "tr", "vi")
)
_ELIDING = frozenset(("fr", "it", "ca"))
_READ_ANOTHER_WAY = _COMMA_DECIMAL | _ELIDING
"""Languages whose numbers and apostrophes are read in a way of their own; what others' words are is remembered once."""
_POINT_NUMBER = re.compile(r"(\d{1,3}(?:[,'\u00a0\u202f ]\d{3})+|\d+)(\.\d+)?")
_COMMA_NUMBER = re.compile(r"(\d{1,3}(?:[.'\u00a0\u202f ]\d{3})+|\d+)(,\d+)?")

_SNOWBALL = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech", "da": "danish",
    "nl": "dutch", "en": "english", "eo": "esperanto", "et": "estonian", "fi": "finnish", "fr": "french",
    "de": "german", "el": "greek", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "ga": "irish",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nb": "norwegian", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "es": "spanish", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_LONGEST = 64
"""Letters beyond which a token is no word and is not stemmed."""


def tokens(text: str, lang: str = "") -> tuple[str, ...]:
    """Return the lower-case words and numbers of ``text``, in order, stop words kept.

    ``lang`` (BCP 47 primary tag, may be empty) decides what separates thousands and where apostrophes
    part words: English "Kim's" gives "kim", French "l'homme" gives "l", "homme".
    """
    plain = text if text.isascii() else _typed(text)
    spaced = _SPACED_NUMBER if lang in _SPACE_THOUSANDS else _HARD_SPACED_NUMBER
    if plain.isascii() and _PARTED_NUMBER not in (signs := plain.encode()).translate(_SHAPES):
        plain = signs.translate(_LETTERS_ALONE).decode()  # nothing is left but words
        if "'" in plain:
            read = _reader(lang if lang in _READ_ANOTHER_WAY else "")
            plain = _APOSTROPHED.sub(lambda match: " ".join(read(match[0])), plain)
        return tuple(plain.split())
    if spaced.search(plain) or (not plain.isascii() and _UNSPACED.search(plain)):
        return tuple(_read(text, lang))
    return tuple(chain.from_iterable(map(_reader(lang if lang in _READ_ANOTHER_WAY else ""), plain.split())))


def has_digit(text: str) -> bool:
    """Tell whether a digit of any script stands in a text."""
    if text.isascii():
        return len(text.encode().translate(None, _DIGITS)) < len(text)
    return bool(_DIGIT.search(text))


def stem(word: str, lang: str) -> str:
    """Return the stem of a lower-case token; the token itself in a language without a stemmer."""
    return stem_of(lang)(word)


@cache
def stem_of(lang: str) -> Callable[[str], str]:
    """Return what stems the lower-case tokens of a language."""
    return remembered(stemmer_of(lang))


def stemmer_of(lang: str) -> Callable[[str], str]:
    """Return what stems the lower-case tokens of a language, without a memory."""
    stemmer = _stemmer(lang) or str

    def stemmed(word: str) -> str:
        return stemmer(word) if word[:1].isalpha() and len(word) <= _LONGEST else word

    return stemmed


def is_stop(word: str, lang: str) -> bool:
    """Tell whether a lower-case token is a function word or a lone letter of the language."""
    return stop_test(lang)(word)


@cache
def stop_test(lang: str) -> Callable[[str], bool]:
    """Return what tells whether a lower-case token is a function word or a lone letter of the language."""
    stops = stop_words(lang)

    def is_one(word: str) -> bool:
        return word in stops or (len(word) == 1 and word.isalpha() and not _UNSPACED.match(word))

    return is_one


def _typed(text: str) -> str:
    """Return a text with the marks of a typewriter, so that most become ASCII."""
    for sign, typed in _TYPEWRITER.items():
        text = text.replace(sign, typed)
    return text


@cache
def _reader(lang: str) -> Callable[[str], tuple[str, ...]]:
    """Return what makes tokens of what stands between spaces in a text of the language.

    They are remembered: one object for all that a word stands for keeps the words of many articles small.
    """
    return remembered(lambda chunk: (chunk.lower(),) if _is_plain(chunk) else tuple(_read(chunk, lang)))


def _is_plain(chunk: str) -> bool:
    """Tell a word that is one however it is read."""
    return chunk.isascii() and chunk.isalpha()


def _read(text: str, lang: str) -> Iterator[str]:
    """Yield the tokens of a text, whatever it holds."""
    text = text.lower() if text.isascii() else unicodedata.normalize("NFC", text).translate(_CLEAN).lower()
    pattern = _SPACED if lang in _SPACE_THOUSANDS else _JOINED
    return chain.from_iterable(_finished(piece, lang) for piece in pattern.findall(text))


def _finished(piece: str, lang: str) -> Iterable[str]:
    """Return the tokens of a piece."""
    word = piece if piece.isascii() else _plain(piece)
    if word.isalpha() and (word.isascii() or not _UNSPACED.match(word)):
        return (word,)
    if word[0].isdigit() and not word.isalnum():
        return _number(word, lang)
    if "'" in word:
        return _parted(word.strip("'"), lang)
    if _UNSPACED.match(word):
        return (word[i : i + 2] for i in range(max(1, len(word) - 1)))
    return word.split()


def _plain(word: str) -> str:
    """Fold width and presentation forms; write every script's digits as 0 to 9."""
    folded = word if "\u00a0" in word or "\u202f" in word else unicodedata.normalize("NFKC", word)
    if folded.isalpha():
        return folded
    return "".join(str(unicodedata.decimal(c, c)) for c in folded) or word


def _number(word: str, lang: str) -> Iterator[str]:
    """Yield "1300" for "1,300", "3.5" for "3.5"; the parts of what is no number ("15.08.2025")."""
    pattern = _COMMA_NUMBER if lang in _COMMA_DECIMAL else _POINT_NUMBER
    if match := pattern.fullmatch(word):
        whole = re.sub(r"\D", "", match[1])
        yield whole + (match[2] or "").replace(",", ".")
    else:
        yield from re.findall(r"\w+", word)


def _parted(word: str, lang: str) -> Iterator[str]:
    """Yield the words that an apostrophe joins or ends."""
    if lang in _ELIDING and word != "aujourd'hui":
        yield from filter(None, word.split("'"))
    elif word.endswith("'s"):
        yield word[:-2]
    elif word:
        yield word


@cache
def _stemmer(lang: str) -> Callable[[str], str] | None:
    """Return the stemming function of a language, if it has one."""
    if lang == "uk":
        return _ukrainian
    if name := _SNOWBALL.get(lang):
        from Stemmer import Stemmer  # noqa: PLC0415 - not all commands stem

        stem_word: Callable[[str], str] = Stemmer(name, 0).stemWord  # 0: words are remembered by stem_of
        return stem_word
    return None


def _ukrainian(word: str) -> str:
    """Cut the longest known ending that leaves four letters."""
    for size in range(min(7, len(word) - 4), 0, -1):
        if word[-size:] in _endings("uk"):
            return word[:-size]
    return word


@cache
def _endings(lang: str) -> frozenset[str]:
    return _listed("stems", lang)


@cache
def stop_words(lang: str) -> frozenset[str]:
    """Return the function words of a language, lower case; none for a language without a list."""
    return _listed("stopwords", lang)


def _listed(topic: str, lang: str) -> frozenset[str]:
    """Return the lines of a data file, comments left out; nothing for a language without one."""
    file = files("generator.data").joinpath(topic, f"{lang}.txt")
    if not lang.isalpha() or not file.is_file():
        return frozenset()
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
