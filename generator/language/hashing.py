"""Words as numbers: the hashes of their stems, in the order of the text.

Terms are known by 32 bits (the hashing trick of Weinberger et al. 2009), so that a text is turned into numbers
without regard to any other and no vocabulary grows. Two stems of one hash count as one: among 100,000 stems
that befalls two or three.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from zlib import crc32

from generator.language.remembered import remembered
from generator.language.words import stemmer_of, stop_test

STOP, END = 0, 1
"""What stands for a function word, and for the end of a sentence."""
BITS = 32


def hashed(term: str) -> int:
    """Return the hash of a term: 2 to 2**32 - 1."""
    return max(crc32(term.encode()), END + 1)


def hashed_each(terms: Iterable[str]) -> Iterator[int]:
    """Yield the hash of each of many terms."""
    return (number if number > END else END + 1 for number in map(crc32, map(str.encode, terms)))


def hash_stems(sentences: Iterable[Iterable[str]], lang: str) -> bytes:
    """Return the stems of lower-case words as 32-bit numbers in the machine's order, STOP and END among them."""
    numbers = array("I")
    of_word = stem_hasher(lang)
    for words in sentences:
        numbers.extend(map(of_word, words))
        numbers.append(END)
    return numbers.tobytes()


@cache
def stem_hasher(lang: str) -> Callable[[str], int]:
    """Return what gives the hash of a lower-case word's stem; STOP for a function word."""
    stops, stemmed = stop_test(lang), stemmer_of(lang)
    return remembered(lambda word: STOP if stops(word) else hashed(stemmed(word)))
