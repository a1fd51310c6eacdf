"""The text of a piece of HTML, without its tags: for snippets in Markdown, feeds, tables and mail.

No parser: every character is looked at a bounded number of times, so that no input takes long, and what is
left is text, not HTML that could be trusted. Whole pages are read by ``html``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from generator.model import CutReason
from generator.reading.draft import Paragraph, is_subhead

_OPENS = re.compile(r"<(?=[a-zA-Z/!?])")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,20})")
_HIDDEN = frozenset(
    {"script", "style", "template", "noscript", "iframe", "svg", "head", "title", "button", "select"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
     "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|table|blockquote|img|figure)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)

_CROWDED_TAG = re.compile(
    r"""<([a-zA-Z][\w:-]{0,30})(?:\s++[^\s"'<>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]*+))?+){1000}[^<>]*+>"""
)
"""A tag of a thousand attributes, each of which the parser compares with all others, behind the name of its element."""


def uncrowded(markup: str) -> str:
    """Return HTML or XML whose elements have no thousands of attributes: those of one that has are left out."""
    return _CROWDED_TAG.sub(r"<\1>", markup)


def is_html(text: str) -> bool:
    """Tell whether a text holds HTML tags of the usual kind."""
    return bool(_MARKUP.search(text))


def paragraphs_of(html: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a piece of HTML, white space folded, entities decoded."""
    parts: list[str] = []
    opened = ""
    for text, tag in _pieces(html):
        parts.append(text)
        if tag in _INLINE:
            continue
        if words := " ".join(unescape("".join(parts)).replace("\0", " ").split()):
            yield Paragraph(words, _reason(opened, words))
        parts.clear()
        opened = tag


def _reason(tag: str, words: str) -> CutReason | None:
    """Return why the text of an element is no part of the report."""
    if tag == "figcaption":
        return "caption"
    return "subhead" if tag in _HEADINGS and is_subhead(words) else None


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    """Yield runs of text, each with the tag behind it: ``/`` for one that closes, ``wbr`` for a comment."""
    at = 0
    unclosed: set[str] = set()
    while match := _OPENS.search(html, at):
        text = html[at : match.start()]
        name = _NAME.match(html, match.start())
        tag = name[1].lower() if name else "wbr"
        at = _behind(html, match.start(), tag, unclosed)
        yield text, "/" if html[match.start() + 1] == "/" and tag not in _INLINE else tag
    yield html[at:], "/"


def _behind(html: str, start: int, tag: str, unclosed: set[str]) -> int:
    """Return the place behind a tag, comment or hidden element.

    What is never closed hides nothing but its own mark; it is kept in ``unclosed`` so that the rest of
    the text is searched for it once only.
    """
    if html.startswith("<!--", start):
        end = "-->"
    else:
        end = f"</{tag}" if tag in _HIDDEN and html[start + 1] != "/" else ">"
    if end not in unclosed:
        at = _found(end, html, start)
        if at >= 0:
            return html.find(">", at) + 1 or len(html)
        unclosed.add(end)
    return start + 4 if end == "-->" else html.find(">", start) + 1 or len(html)


def _found(end: str, html: str, start: int) -> int:
    """Return where an end stands, in letters of any case; -1 where it does not."""
    if end.endswith(">"):
        return html.find(end, start)
    close = re.compile(end, re.IGNORECASE).search(html, start)
    return close.start() if close else -1
