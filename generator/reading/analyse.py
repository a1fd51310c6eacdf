"""From the readable text of an article to what is found in it.

The text is first freed of what is no part of the report; sentences, quotes, figures, names and terms are
then looked for in what is left. Nothing is removed: all that is found are spans of the draft's text.
"""

from __future__ import annotations

from base64 import b32encode
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import chain

from generator.config import ReadSettings
from generator.language.detect import detect
from generator.language.hashing import hash_stems
from generator.language.words import tokens
from generator.model import Article, Cut, Span
from generator.reading.boilerplate import find_boilerplate
from generator.reading.draft import Draft, amended, first_notes
from generator.reading.figures import find_figures
from generator.reading.names import find_names
from generator.reading.quotes import find_quotes
from generator.reading.sentences import split
from generator.reading.terms import Wording, find_terms

_COPIES = 100
"""What an article says so often it says no more: further copies are cut."""


def analyse(draft: Draft, settings: ReadSettings) -> Article:
    """Return the article that a draft makes: cleaned, split, and searched for what it says.

    Cuts of the draft are kept; boilerplate is added to them. The origin is taken from a cut source line
    unless the draft names one. Linear in the length of the text.
    """
    text = draft.text
    lang = draft.meta.lang or settings.language or _language(draft)
    if again := _copies(text, draft.paragraphs):
        draft = replace(draft, cut=merge_cuts(draft.cut, again))
    found = find_boilerplate(draft, lang)
    cuts = merge_cuts(draft.cut, found.cuts)
    paragraphs = tuple(uncut(draft.paragraphs, cuts, text))
    meta = amended(draft.meta, lang=lang, origin=draft.meta.origin or found.origin)
    sentences = split(text, paragraphs, lang)
    if again := _copies(text, sentences):
        cuts = merge_cuts(cuts, again)
        paragraphs = tuple(uncut(paragraphs, again, text))
        sentences = tuple(uncut(sentences, again, text))
    quotes = find_quotes(text, paragraphs, sentences, lang)
    pieces = [text[start:end] for start, end in sentences]
    repaired = [_repaired(text, span, draft.repairs) for span in sentences] if draft.repairs else pieces
    words = tuple(tokens(piece, lang) for piece in repaired)
    unclosed = [quote.span for quote in quotes if not quote.closed]
    title = Wording(meta.title, tokens(meta.title, lang))
    return Article(
        id=article_id(draft.path),
        path=draft.path,
        digest=draft.digest,
        meta=meta,
        text=text,
        paragraphs=draft.paragraphs,
        cut=cuts,
        repairs=draft.repairs,
        sentences=sentences,
        tokens=tuple(map(" ".join, words)),
        title_words=title.words,
        stems=hash_stems((title.words, *words), lang),
        quotes=quotes,
        figures=find_figures(text, sentences, words, lang),
        names=find_names(text, sentences, lang),
        terms=find_terms((title, *map(Wording, pieces, words)), lang),
        notes=(
            *draft.notes,
            *first_notes(draft.path, text, unclosed, _unclosed, "quotation marks are never closed"),
        ),
    )


def article_id(path: str) -> str:
    """Return the permanent id of the article at ``path``: ten characters a-z2-7."""
    return b32encode(sha256(path.encode()).digest()[:10]).decode()[:10].lower()


def _copies(text: str, spans: Sequence[Span]) -> list[Cut]:
    """Return a cut for each paragraph or sentence that the article says for more than the hundredth time."""
    if len(spans) <= _COPIES:
        return []
    said: Counter[str] = Counter()
    found = []
    for span in spans:
        words = text[span.start : span.end]
        said[words] += 1
        if said[words] > _COPIES:
            found.append(Cut(span, "repeated"))
    return found


def merge_cuts(*groups: Iterable[Cut]) -> tuple[Cut, ...]:
    """Return all cuts in order; of two that overlap, the one given first stays whole and the other goes."""
    kept: list[Cut] = []
    for cut in chain(*groups):
        place = bisect_left(kept, cut.span.start, key=lambda other: other.span.start)
        before, after = kept[max(0, place - 1) : place], kept[place : place + 1]
        if all(c.span.end <= cut.span.start for c in before) and all(
            c.span.start >= cut.span.end for c in after
        ):
            kept.insert(place, cut)
    return tuple(kept)


def uncut(paragraphs: Sequence[Span], cuts: Sequence[Cut], text: str) -> Iterator[Span]:
    """Yield what the cuts leave of each paragraph, in order, without white space at the ends."""
    at = 0
    for start, end in paragraphs:
        while at < len(cuts) and cuts[at].span.end <= start:
            at += 1
        place = start
        for number in range(at, len(cuts)):  # a slice would be copied for each paragraph
            cut = cuts[number]
            if cut.span.start >= end:
                break
            yield from _trimmed(text, place, cut.span.start)
            place = max(place, cut.span.end)
        yield from _trimmed(text, place, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the span without white space at its ends, if anything is left."""
    piece = text[start:end]
    if words := piece.strip():
        start += piece.index(words[0])
        yield Span(start, start + len(words))


def _language(draft: Draft) -> str:
    """Return the language of the text, empty when it cannot be told."""
    return detect(f"{draft.meta.title}\n{draft.text}")


def _repaired(text: str, span: Span, repairs: Sequence[Span]) -> str:
    """Return the text of a sentence with the line breaks inside broken words left out."""
    start, end = span
    parts = []
    at = bisect_left(repairs, (start, 0))
    while at < len(repairs) and repairs[at].end <= end:
        parts.append(text[start : repairs[at].start])
        start, at = repairs[at].end, at + 1
    return "".join((*parts, text[start:end]))


def _unclosed(text: str, quoted: Span) -> str:
    """Return what an editor should know of a quotation mark that is never closed."""
    return f"quotation mark is never closed: “{' '.join(text[slice(*quoted)].split(None, 5)[:5])} …"
