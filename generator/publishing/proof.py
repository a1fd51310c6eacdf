"""Words that are cited, beside their sources: an element with ``data-cite="<article id>:<start>-<end>"``.

It must have exactly the words of that span, outside of what was cut; every extract and quote of the digest must
stand so on its story's page. One pass of regular expressions: no DOM is built.
"""

from __future__ import annotations

import html
import posixpath
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from generator.errors import Problem
from generator.model import Article, Page, Passage, Span, Story
from generator.publishing.marks import said

_CITED = re.compile(rb'<([a-z]+)(?=[ >])[^<>]{0,1999} data-cite="([^"<]*)"[^<>]{0,1999}>')
_MARK = b' data-cite="'  # of a cited element: in text and in data the quotation mark is written otherwise
_CITE = re.compile(r"([a-z2-7]+):(\d{1,12})-(\d{1,12})")
_TAG = re.compile(rb"<[^>]*(?:>|\Z)")
_HINT = "a template must show passages as they are: {{ words(text) }} of macros/text.html"
_HELD = 1 << 15
"""Citations whose words are held: a story and its articles, which are printed one after the other, cite the same."""


class Cites(NamedTuple):
    """What one page cites."""

    seen: AbstractSet[bytes] = frozenset()
    """Its citations."""
    articles: AbstractSet[bytes] = frozenset()
    """The ids of the articles in them."""


class Proof:
    """Compares cited elements with the articles that they name."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self.articles = articles
        self._expected: dict[bytes, tuple[bytes, str]] = {}

    def read(self, page: Page, problems: list[Problem]) -> Cites:
        """Return what a page cites; add what is wrong with it to the problems."""
        seen, data = set[bytes](), page.data if page.path.endswith(".html") else b""
        number = data.count(_MARK)
        for match in _cited(data):
            tag, cite = match[1], match[2]
            end = data.find(b"</" + tag + b">", match.end())
            wrong = self._wrong(cite, data[match.end() : end])
            if wrong:
                line = data.count(b"\n", 0, match.start()) + 1
                problems.append(Problem(page.path, line, wrong, _HINT))
            seen.add(cite)
            number -= 1
        if number:
            problems.append(Problem(page.path, 0, "a passage is cited in a tag that cannot be read", _HINT))
        return Cites(frozenset(seen), frozenset(cite.partition(b":")[0] for cite in seen))

    def missing(
        self, stories: Iterable[tuple[str, Story]], seen: Callable[[str], AbstractSet[bytes]]
    ) -> Iterator[Problem]:
        """Yield every extract and quote of stories that their page, as far as is ``seen`` on it, does not show."""
        for path, story in stories:
            cited = seen(path)
            for passage in _published(story):
                cite = f"{passage.article}:{passage.span.start}-{passage.span.end}"
                if cite.encode() not in cited:
                    article = self.articles[passage.article]
                    message = f"a passage of {article.path} is missing: {article.shown(passage.span)[:80]!r}"
                    yield Problem(path, 0, message, _HINT)

    def _wrong(self, cite: bytes, given: bytes) -> str:
        """Return what is wrong with the inside of a cited element; nothing when it is the words of its source."""
        expected, wrong = self._source(cite)
        if wrong or given == expected or _plain(given) == html.unescape(expected.decode()):
            return wrong
        name = self.articles[cite.decode().partition(":")[0]].path
        return f"words that are not those of {name}: {_odd(_plain(given), expected)!r}"

    def _source(self, cite: bytes) -> tuple[bytes, str]:
        """Return the escaped words that a citation stands for, and what is wrong with it."""
        if cite not in self._expected:
            if len(self._expected) >= _HELD:
                self._expected.clear()
            self._expected[cite] = self._look_up(cite.decode())
        return self._expected[cite]

    def _look_up(self, cite: str) -> tuple[bytes, str]:
        match = _CITE.fullmatch(cite)
        article = self.articles.get(match[1]) if match else None
        if match is None or article is None:
            return b"", f"a citation of no known article: {cite}"
        span = Span(int(match[2]), int(match[3]))
        if not 0 <= span.start < span.end <= len(article.text):
            return b"", f"a citation outside of {article.path}: {cite}"
        if _is_cut(article, span):
            return b"", f"words that were cut from {article.path}: {article.shown(span)[:80]!r}"
        return html.escape(article.shown(span)).replace("&quot;", "&#34;").replace(
            "&#x27;", "&#39;"
        ).encode(), ""


def _cited(data: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the opening tags of cited elements, found by their mark: most tags have none."""
    at = data.find(_MARK)
    while at >= 0:
        match = _CITED.match(data, max(0, data.rfind(b"<", 0, at)))
        if match:
            yield match
        at = data.find(_MARK, match.end() if match else at + 1)


def _published(story: Story) -> Iterator[Passage]:
    """Yield what a story page must show."""
    for extract in story.extracts:
        yield extract.passage
    for quote in story.quotes:
        yield quote.passage
        shown = {_said(story, quote.passage)}
        for variant in quote.variants:
            if (words := _said(story, variant.passage)) not in shown:
                shown.add(words)  # the same words once more are only cited
                yield variant.passage


def _said(story: Story, passage: Passage) -> str:
    return said(story.article(passage.article), passage.span)


def _is_cut(article: Article, span: Span) -> bool:
    """Return whether a span touches anything that was cut."""
    place = bisect_left(article.cut, span.end, key=lambda cut: cut.span.start)
    return place > 0 and article.cut[place - 1].span.end > span.start


def _plain(given: bytes) -> str:
    """Return the text of an element's inside."""
    return html.unescape(_TAG.sub(b"", given).decode())


def _odd(given: str, expected: bytes) -> str:
    """Return the given words from a little before where they leave the expected ones."""
    same = len(posixpath.commonprefix([given, html.unescape(expected.decode())]))
    start = max(0, same - 20)
    return ("…" if start else "") + given[start : same + 60]
