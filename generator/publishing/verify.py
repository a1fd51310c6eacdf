"""The last gate: nothing leaves that is not word for word in its source, and no link leads nowhere.

Works on the bytes of the pages, so that it also holds for templates that users write. An element with
``data-cite="<article id>:<start>-<end>"`` must have exactly the words of that span, outside of what was
cut; every extract and quote of the digest must stand so on its story's page; every link within the site
must lead to a file, and its fragment to an id. One pass of regular expressions: no DOM is built.
"""

from __future__ import annotations

import html
import posixpath
import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from generator.errors import Problem, SiteError
from generator.model import Article, Digest, Moved, Page, Passage, Span, Story
from generator.publishing import urls
from generator.publishing.marks import said
from generator.publishing.passed import IDS, Cites, Passed

_CITED = re.compile(rb'<([a-z]+)(?=[ >])[^<>]{0,1999} data-cite="([^"<]*)"[^<>]{0,1999}>')
_MARK = b' data-cite="'  # of a cited element: in text and in data the quotation mark is written otherwise
_CITE = re.compile(r"([a-z2-7]+):(\d{1,12})-(\d{1,12})")
_TAG = re.compile(rb"<[^>]*(?:>|\Z)")
_LINK = re.compile(
    rb'="(?:(?<=\shref=")|(?<=\ssrc="))([^"]*)"'
)  # what is searched for comes first: twice as fast
_OUTSIDE = re.compile(rb"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_HINT = "a template must show passages as they are: {{ words(text) }} of macros/text.html"


def verify(
    pages: Sequence[Page],
    digest: Digest,
    base_url: str = "",
    passed: Passed | None = None,
    moved: Moved | None = None,
) -> None:
    """Raise SiteError naming each page with words that are not its source's, or with a dead link.

    With what ``passed`` the last time only pages that are new or other are read, those that cite an article
    that is new or other, and those that link to what is no more. ``moved`` saves comparing all of them.
    """
    passed = passed or Passed()
    known, fresh = passed.known(pages, moved)
    proof = _Proof(digest, known, passed)
    links = _Links(known, urls.base_path(base_url), passed)
    problems = [*proof.check(fresh), *links.check(fresh)]
    if problems:
        raise SiteError(problems)
    passed.take(pages, proof, links)


def misquotations(pages: Sequence[Page], digest: Digest) -> Iterator[Problem]:
    """Yield cited words that are not their source's, and passages that a story's page must show and does not."""
    known = {page.path: page for page in pages}
    return _Proof(digest, known, Passed()).check(known)


def dead_links(pages: Sequence[Page], base_url: str = "") -> Iterator[Problem]:
    """Yield each link within the site that leads to no page, or to no place on it: "…: the link"."""
    known = {page.path: page for page in pages}
    return _Links(known, urls.base_path(base_url), Passed()).check(known)


class _Proof:
    """Compares cited elements with their sources, and remembers what stood where."""

    def __init__(self, digest: Digest, pages: Mapping[str, Page], passed: Passed) -> None:
        self.articles: Mapping[str, Article] = {article.id: article for article in digest.articles}
        self.cites = {path: cites for path, cites in passed.cites.items() if path in pages}
        self.wanted = {urls.story_path(story): story for story in digest.stories}
        self._pages, self._passed = pages, passed
        self._expected: dict[bytes, tuple[bytes, str]] = {}

    def check(self, fresh: Mapping[str, Page]) -> Iterator[Problem]:
        """Yield what is wrong with the citations of pages that are new or other, and of those that it may touch."""
        other = self._passed.other_articles(self.articles) if self.cites else frozenset()
        touched = [path for path, cites in self.cites.items() if not other.isdisjoint(cites.articles)]
        read = dict.fromkeys((*fresh, *touched))
        for path in read:
            if path.endswith(".html"):
                yield from self._check(self._pages[path])
        yield from self._missing(read)

    def _check(self, page: Page) -> Iterator[Problem]:
        """Yield what is wrong with the cited elements of one page."""
        seen, checked = set[bytes](), 0
        for match in _CITED.finditer(page.data):
            tag, cite = match[1], match[2]
            end = page.data.find(b"</" + tag + b">", match.end())
            given = page.data[match.end() : end]
            expected, wrong = self._source(cite)
            if not wrong and given != expected and _plain(given) != html.unescape(expected.decode()):
                wrong = f"words that are not those of {self._name(cite)}: {_odd(_plain(given), expected)!r}"
            if wrong:
                yield Problem(page.path, page.data.count(b"\n", 0, match.start()) + 1, wrong, _HINT)
            seen.add(cite)
            checked += 1
        if checked != page.data.count(_MARK):
            yield Problem(page.path, 0, "a passage is cited in a tag that cannot be read", _HINT)
        articles = frozenset(cite.partition(b":")[0] for cite in seen)
        self.cites[page.path] = Cites(frozenset(seen), articles)

    def _source(self, cite: bytes) -> tuple[bytes, str]:
        """Return the escaped words that a citation stands for, and what is wrong with it."""
        if cite not in self._expected:
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

    def _name(self, cite: bytes) -> str:
        return self.articles[cite.decode().partition(":")[0]].path

    def _missing(self, read: Container[str]) -> Iterator[Problem]:
        """Yield every extract and quote that its story's page does not show, where either has been read anew."""
        known = self._passed.stories.get
        for path, story in self.wanted.items():
            if known(path) is story and path not in read:
                continue
            seen = self.cites.get(path, Cites()).seen
            for passage in _published(story):
                cite = f"{passage.article}:{passage.span.start}-{passage.span.end}"
                if cite.encode() not in seen:
                    article = self.articles[passage.article]
                    message = f"a passage of {article.path} is missing: {article.shown(passage.span)[:80]!r}"
                    yield Problem(path, 0, message, _HINT)


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


class _Way(NamedTuple):
    """Where a link leads."""

    targets: tuple[str, ...]
    """The file, and the place on it (``file#id``); none outside of the site."""
    wrong: str
    """What is wrong with it, or nothing."""


class _Links:
    """Follows every link within the site."""

    def __init__(self, pages: Mapping[str, Page], base: str, passed: Passed) -> None:
        self.pages, self.base = pages, base
        known = passed.targets if base == passed.base else {}
        self.targets = {path: targets for path, targets in known.items() if path in pages}
        self._passed = passed
        self._ids: dict[str, frozenset[bytes]] = {}
        self._ways: dict[tuple[str, bytes], _Way] = {}

    def check(self, fresh: Mapping[str, Page]) -> Iterator[Problem]:
        """Yield the dead links of pages that are new or other, and of those that link to what is no more."""
        lost = self._passed.lost(self.pages, fresh)
        held = self.targets.items() if lost else ()
        touched = [path for path, targets in held if not lost.isdisjoint(targets)]
        for path in dict.fromkeys((*fresh, *touched)) if self.targets else self.pages:
            if path.endswith(".html"):
                yield from self._check(self.pages[path])

    def _check(self, page: Page) -> Iterator[Problem]:
        """Yield the links of one page that lead nowhere."""
        up, targets = urls.root(page.path), set[str]()
        start = up.encode()
        for link in dict.fromkeys(_LINK.findall(page.data)):
            here = up if up and link.startswith(start) else page.path
            way = self._ways.get((here, link)) or self._follow(page.path, up, link)
            self._ways[here, link] = way
            targets.update(way.targets)
            if way.wrong:
                yield self._dead(page, link, way.wrong)
        self.targets[page.path] = frozenset(targets)

    def _follow(self, here: str, up: str, link: bytes) -> _Way:
        """Return where a link leads; one from the site's root does so from every page of the same depth."""
        if _OUTSIDE.match(link):
            return _Way((), "")
        path, _, fragment = html.unescape(link.decode()).partition("#")
        target = self._target(here, up, path)
        wrong = ""
        if target not in self.pages:
            wrong = "a link to no page of the site"
        elif fragment and fragment.encode() not in self._ids_of(target):
            wrong = "a link to no place on its page"
        return _Way((target, f"{target}#{fragment}") if fragment else (target,), wrong)

    def _target(self, here: str, up: str, path: str) -> str:
        """Return the file that a link leads to."""
        if not path:
            return here
        if up and path.startswith(up) and not path.startswith("../", len(up)):
            found = path[len(up) :]
        elif path.startswith(self.base):
            found = path[len(self.base) :]
        else:
            found = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
        return unquote(found)

    def _ids_of(self, path: str) -> frozenset[bytes]:
        if path not in self._ids:
            data = self.pages[path].data if path.endswith(".html") else b""
            self._ids[path] = frozenset(IDS.findall(data))
        return self._ids[path]

    def _dead(self, page: Page, link: bytes, message: str) -> Problem:
        line = page.data.count(b"\n", 0, page.data.find(b'"' + link + b'"')) + 1
        return Problem(page.path, line, f"{message}: {link.decode()}")
