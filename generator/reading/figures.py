"""Figures: numbers with the unit and the noun they count, and whether they count dead or injured.

A number becomes a figure when it has a unit, counts a noun, or counts victims. Within 60 characters of a
word such as "additional" or "could", in ranges and in "thousands" it is not firm and never compared. What
is given by the year or apiece has a unit of its own. The noun is found without a grammar: in English the first
word in the plural, in German the first with a capital, else the first word that is neither function word nor, by
its ending, an adjective.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from generator.language.months import weekdays
from generator.language.words import has_digit, is_stop, stem
from generator.model import Figure, Span
from generator.reading.figurewords import FigureWords, Loss, words_of_figures
from generator.reading.numberwords import SYMBOLS
from generator.reading.numerals import Numeral, Token, find_numerals, tokens_of

_NEAR = 60
"""Characters within which a hedge holds for a number."""
_NOUN_TOKENS = 6
_LEAST_TOKENS = 2
"""A number alone is no figure."""
_MOST_NUMBERS = 100
"""A sentence with more numbers is a table that lost its lines."""
_LOSS_BEHIND, _LOSS_BEFORE = 90, 45
_FAR = 1_000
_NO_LOSS: tuple[int, int, Loss] = (0, _FAR, "")
_VICTIMS_GAP = 24
"""Characters between a number without a noun and the word that says what became of the victims."""
_HALF_MORE = 1.5
_PLURAL_ENDS = ("men", "children", "people")
_SINGULAR_ENDS = ("ss", "us", "is", "'s")
_OPENING = frozenset("“\"„«‘'’")


def find_figures(
    text: str, sentences: Sequence[Span], spoken_in: Sequence[Sequence[str]], lang: str
) -> tuple[Figure, ...]:
    """Return the figures of the sentences, in order of place; ``spoken_in`` gives the tokens of each sentence."""
    words = words_of_figures(lang)
    return tuple(
        figure
        for span, spoken in zip(sentences, spoken_in, strict=True)
        if not words.triggers.isdisjoint(spoken) or has_digit(text[span.start : span.end])
        for figure in _figures(text, span, spoken, words)
    )


def _figures(text: str, sentence: Span, spoken: Sequence[str], words: FigureWords) -> Iterator[Figure]:
    """Yield the figures of a sentence, of which ``spoken`` are the tokens; none of a table."""
    found = tokens_of(text, sentence, words.lang)
    if len(found) < _LEAST_TOKENS:
        return
    if len(found) > _MOST_NUMBERS and sum(token.text[0].isdecimal() for token in found) > _MOST_NUMBERS:
        return
    numerals = [(numeral, _noun(found, numeral, words)) for numeral in find_numerals(text, found, words.lang)]
    starts = [numeral.span.start for numeral, noun in numerals if noun or numeral.unit]
    ends = [numeral.span.end for numeral, noun in numerals if noun or numeral.unit]
    lost, hedged = (not heads.isdisjoint(spoken) for heads in (words.losing, words.hedging))
    for numeral, noun in numerals:
        counted = Span(numeral.span.start, (noun or numeral.span).end)
        before, behind = bisect_right(ends, counted.start), bisect_left(starts, counted.end)
        low = ends[before - 1] if before else sentence.start
        high = starts[behind] if behind < len(starts) else sentence.end
        loss, gap = _loss(text, numeral, counted, Span(low, high), words) if lost else ("", _FAR)
        if not noun and not numeral.unit and (gap > _VICTIMS_GAP or _is_apart(found, numeral, words)):
            continue
        start = _start(text, sentence, numeral, words)
        yield Figure(
            span=Span(start, numeral.span.end),
            value=numeral.value,
            most=_most(text, start, numeral, words),
            unit=numeral.unit + _rate(text, Span(counted.end, sentence.end), words),
            head=_head(text, noun, numeral, words),
            noun=noun,
            loss=loss,
            firm=numeral.firm and not (hedged and _hedged(text, sentence, found, numeral, words)),
        )


def _noun(found: Sequence[Token], numeral: Numeral, words: FigureWords) -> Span | None:
    """Return the counted noun phrase; None when there is none, and for money."""
    at = numeral.after
    linked = at < len(found) and found[at].lower in words.linking
    if (numeral.unit and not linked) or numeral.unit.isupper() or _in_name(found, numeral, words):
        return None
    at += linked
    while at < len(found) and (found[at].lower in words.more or found[at].text in _OPENING):
        at += 1
    phrase = []
    for token in found[at : at + _NOUN_TOKENS]:
        if not token.text[0].isalpha() or (
            is_stop(token.lower, words.lang) and token.lower not in words.plurals
        ):
            break
        phrase.append(token)
    last = _last_of(phrase, words)
    if last is None and numeral.unit and phrase:  # "tons of rice"
        last = len(phrase) - 1
    return Span(phrase[0].start, phrase[last].end) if last is not None else None


def _last_of(phrase: Sequence[Token], words: FigureWords) -> int | None:
    """Return the index of the head of a noun phrase, the noun that is counted."""
    at = next((at for at, token in enumerate(phrase) if _may_be_head(token, words)), None)
    while (
        words.noun == "plural"
        and at is not None
        and at + 1 < len(phrase)
        and _is_plural(phrase[at + 1], words)
    ):
        at += 1  # "police officers"
    return at


def _may_be_head(token: Token, words: FigureWords) -> bool:
    """Tell whether a word may be the noun that is counted."""
    if words.noun == "capital":
        return token.text[0].isupper() and "-" not in token.text[:-1]
    if words.noun == "first":
        return not (words.skipped and token.lower.endswith(words.skipped)) or token.lower in words.plurals
    return token.lower in words.plurals or token.lower.endswith(_PLURAL_ENDS) or _is_plural(token, words)


def _is_plural(token: Token, words: FigureWords) -> bool:
    """Tell an English plural in -s."""
    if not token.lower.endswith("s") or token.lower.endswith(_SINGULAR_ENDS) or len(token.lower) < 4:
        return False
    return token.lower not in words.not_plurals


def _head(text: str, noun: Span | None, numeral: Numeral, words: FigureWords) -> str:
    """Return the stem of the counted noun; that of "people" for victims without a noun."""
    if noun:
        last = text[noun.start : noun.end].rsplit(maxsplit=1)[-1].lower().replace("’", "'")
        return stem(last, words.lang)
    return "" if numeral.unit else stem(words.victims.lower(), words.lang)


def _in_name(found: Sequence[Token], numeral: Numeral, words: FigureWords) -> bool:
    """Tell a number behind a capitalised word that is no weekday: "Boeing 737", but not "on Friday 47 ships"."""
    if not numeral.plain or numeral.value >= 1000 or numeral.first < 2 or words.noun == "capital":
        return False
    before = found[numeral.first - 1]
    if before.lower in weekdays(words.lang):
        return False
    return before.text[0].isupper() and not words.approximate.search(before.lower + " ")


def _is_apart(found: Sequence[Token], numeral: Numeral, words: FigureWords) -> bool:
    """Tell a number that counts no victims although such are near: in a name, "mother of two"."""
    before = found[numeral.first - 1].lower if numeral.first else ""
    return before in words.linking or _in_name(found, numeral, words)


def _loss(text: str, numeral: Numeral, counted: Span, bounds: Span, words: FigureWords) -> tuple[Loss, int]:
    """Return what became of those counted, and how far the word that tells stands from them.

    It is the word right before the number ("killing 12"), else the nearest behind in its clause, else, where
    no noun is counted ("the death toll rose to 12"), the nearest before.
    """
    if numeral.unit:
        return "", _FAR
    noun = text[counted.start : counted.end].lower()
    behind = text[counted.end : min(bounds.end, counted.end + _LOSS_BEHIND)].lower().partition(";")[0]
    clauses = behind.split(",")
    behind = (
        clauses[0] + clauses[2] if len(clauses) > 2 else clauses[0]
    )  # "12 people, two of them boys, died"
    before = text[max(bounds.start, counted.start - _LOSS_BEFORE) : counted.start].lower().rpartition(";")[2]
    before = words.approximate.sub(" ", before).rstrip()
    found: list[tuple[int, int, Loss]] = []
    for loss, (stated, caused) in words.losses.items():
        if stated.search(noun):
            return loss, 0
        if match := stated.search(behind):
            found.append((1, match.start(), loss))
        for match in (*stated.finditer(before), *caused.finditer(before)):
            gap = len(before) - match.end()
            found.append((2 if gap else 0, gap, loss))
    rank, gap, loss = min(found, default=_NO_LOSS)
    return (loss, gap) if rank < 2 or counted.end == numeral.span.end else ("", _FAR)


def _hedged(text: str, sentence: Span, found: Sequence[Token], numeral: Numeral, words: FigureWords) -> bool:
    """Tell an amount that is additional, possible or only a bound."""
    start, end = numeral.span
    if numeral.after < len(found) and found[numeral.after].lower in words.more:
        return True
    near = text[max(sentence.start, start - _NEAR) : min(sentence.end, end + _NEAR)]
    return bool(words.hedge.search(near))


def _start(text: str, sentence: Span, numeral: Numeral, words: FigureWords) -> int:
    """Return where the figure starts, with "over" or "at least" before the number."""
    low = max(sentence.start, numeral.span.start - 24)
    match = words.approximate.search(text[low : numeral.span.start].lower())
    return low + match.start(1) if match else numeral.span.start


def _most(text: str, start: int, numeral: Numeral, words: FigureWords) -> float:
    """Return the greatest amount that may be meant: of "more than 50" 60, the next that is as round, at most half more."""
    value, said = numeral.value, text[start : numeral.span.start].strip().lower()
    if said.removesuffix(" a") not in words.over or not value.is_integer():
        return value
    digits = text[numeral.span.start : numeral.span.end].strip("".join(SYMBOLS))[:1].isdecimal()
    step = (
        12
        if not digits and value % 12 == 0
        else 10 ** (len(f"{value:.0f}") - len(f"{value:.0f}".rstrip("0")))
    )
    return min(value + step, value * _HALF_MORE)


def _rate(text: str, behind: Span, words: FigureWords) -> str:
    """Return what an amount is given for each of: "/year" before "a year"."""
    match = words.rate.match(text, *behind)
    return "/" + words.rates[match[1].lower()] if match else ""
