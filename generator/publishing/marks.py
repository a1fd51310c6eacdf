"""Passages as they are shown and cited: words, marked differences, numbered links, previews.

Every ``Text`` made here is word for word what ``Article.shown`` gives for the span that it names;
marking differences inside it only cuts it into pieces.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from generator.model import Article, Passage, Piece, Span, Story
from generator.publishing import urls
from generator.publishing.index import Index
from generator.publishing.parts import Cite, Peek, Text

MANY = 10
"""Sources beyond which previews and JSON-LD are short: a page has 100 kB."""


def text(index: Index, article: Article, span: Span, marked: Span | None = None) -> Text:
    """Return the words of a span; those of ``marked`` inside it are marked as differing."""
    pieces = _around(article, span, marked) if marked else (Piece(article.shown(span), differs=False),)
    return Text(f"{article.id}:{span.start}-{span.end}", pieces, *index.tongue(article.meta.lang))


def pieced(index: Index, article: Article, span: Span, pieces: Sequence[Piece]) -> Text:
    """Return the words of a span in the pieces found by comparing wordings."""
    if not pieces:
        return text(index, article, span)
    spaced: list[Piece] = []
    for piece in pieces:
        if spaced and spaced[-1].differs and not piece.differs:
            spaced.append(Piece(f" {piece.text}", differs=False))  # marks do not reach into the blank
        else:
            if spaced:
                spaced[-1] = Piece(f"{spaced[-1].text} ", spaced[-1].differs)
            spaced.append(piece)
    return Text(f"{article.id}:{span.start}-{span.end}", tuple(spaced), *index.tongue(article.meta.lang))


def _around(article: Article, span: Span, marked: Span) -> tuple[Piece, ...]:
    """Return a span cut at the ends of another inside it."""
    whole, inner = article.shown(span), article.shown(marked)
    start = whole.find(inner, len(article.shown(Span(span.start, max(marked.start, span.start)))))
    if start < 0:
        return (Piece(whole, differs=False),)
    end = start + len(inner)
    pieces = (
        Piece(whole[:start], differs=False),
        Piece(inner, differs=True),
        Piece(whole[end:], differs=False),
    )
    return tuple(piece for piece in pieces if piece.text)


def said(article: Article, span: Span) -> str:
    """Return the words of a quote without case and closing marks: what makes two wordings one."""
    return article.shown(span).rstrip(" .,;:!?…").casefold()


def sentence_href(root: str, article: Article, sentence: int) -> str:
    """Return the link to a sentence of an article's page; to its text when it is in no sentence."""
    return f"{root}{urls.article_path(article)}#{urls.anchor(sentence) if sentence >= 0 else 'main'}"


def original(article: Article, span: Span) -> str:
    """Return the address of the original at a passage; empty when none may be linked."""
    return urls.text_fragment(urls.outside(article.meta.url), article.shown(span))


class Citer:
    """Makes the numbered citations of one story for pages at one depth."""

    def __init__(self, index: Index, story: Story, root: str) -> None:
        self.index, self.story, self.root = index, story, root
        self._say = index.words.say
        self._articles = {article.id: article for article in story.articles}
        self._numbers = {article.id: number for number, article in enumerate(story.articles, 1)}

    def article(self, passage: Passage) -> Article:
        """Return the member that a passage stands in."""
        return self._articles[passage.article]

    def outlet(self, passage: Passage) -> str:
        """Return what the source of a passage is called on its story's page."""
        return self.index.source_name(self.article(passage))

    def text(self, passage: Passage, marked: Span | None = None) -> Text:
        """Return the words of a passage."""
        return text(self.index, self.article(passage), passage.span, marked)

    def label(self, passage: Passage) -> str:
        """Return "Source 2, Harbour Gazette, sentence 14"."""
        number, outlet = self._numbers[passage.article], self.index.outlet(self.article(passage))
        if passage.sentence < 0:
            return self._say("cite.source", number=number, outlet=outlet)
        return self._say("cite.label", number=number, outlet=outlet, sentence=passage.sentence + 1)

    def href(self, passage: Passage) -> str:
        """Return the link to a passage on its article's page."""
        return sentence_href(self.root, self.article(passage), passage.sentence)

    def cite(self, passage: Passage, peek: Peek | None = None) -> Cite:
        """Return the numbered link to a passage."""
        return Cite(self._numbers[passage.article], self.href(passage), self.label(passage), peek)

    def own(self, passage: Passage) -> Cite:
        """Return the citation of the very words shown, with their surroundings as preview."""
        near = self._near(passage)
        texts = tuple(text(self.index, self.article(passage), span) for span in near)
        here = next((i for i, span in enumerate(near) if span.start <= passage.span.start < span.end), -1)
        return self.cite(passage, self._peek(passage, texts, here, ""))

    def _near(self, passage: Passage) -> list[Span]:
        """Return the sentences that a preview shows; of many sources only what is not shown already."""
        article = self.article(passage)
        spans = [article.sentences[number] for number in _neighbours(article, passage)] or [passage.span]
        if len(self.story.articles) <= MANY:
            return spans
        return [
            span for span in spans if span.start <= passage.span.start < span.end and span != passage.span
        ]

    def other(self, passage: Passage, words: str, note: str) -> Cite:
        """Return the citation of another article's words beside ``words``; copies are not repeated."""
        given = self.text(passage)
        if given.text == words:
            return self.cite(passage, self._peek(passage, (), -1, self._say("cite.same_words")))
        return self.cite(passage, self._peek(passage, (given,), 0, note))

    def _peek(self, passage: Passage, texts: tuple[Text, ...], here: int, note: str) -> Peek:
        article = self.article(passage)
        link = original(article, passage.span) if not note else ""
        return Peek(self.outlet(passage), self.index.day(article.meta.date).text, texts, here, note, link)

    def sorted(self, cites: Iterable[Cite]) -> tuple[Cite, ...]:
        """Return citations in the order of their numbers."""
        return tuple(sorted(cites, key=lambda cite: cite.number))


def _neighbours(article: Article, passage: Passage) -> range:
    """Return the sentences from before to after a passage, within its paragraph."""
    last = max(passage.sentence, article.sentence_at(passage.span.end - 1))
    low, high = max(passage.sentence - 1, 0), min(last + 1, len(article.sentences) - 1)
    if passage.sentence < 0:
        return range(0)
    home = paragraph(article, passage.sentence)
    while paragraph(article, low) != home:
        low += 1
    while high > last and paragraph(article, high) != paragraph(article, last):
        high -= 1
    return range(low, high + 1)


def paragraph(article: Article, sentence: int) -> Span:
    """Return the paragraph that a sentence stands in; the sentence itself when in none."""
    span = article.sentences[sentence]
    place = bisect_right(article.paragraphs, (span.start, len(article.text) + 1)) - 1
    return article.paragraphs[place] if place >= 0 else span
