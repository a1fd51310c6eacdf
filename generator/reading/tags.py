"""The text of a piece of HTML, without its tags: for snippets in Markdown, feeds and mail.

No parser: every character is looked at once, so that no input takes long, and what is left is text, not
HTML that could be trusted. Whole pages are read by ``html``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_OPENS = re.compile(r"<(?=[a-zA-Z/!?])")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,20})")
_HIDDEN = frozenset({"script", "style", "template", "noscript", "iframe", "svg", "head", "title"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
     "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)  # fmt: skip
_SPACE = re.compile(r"\s+")


def paragraphs_of(html: str) -> Iterator[str]:
    """Yield the paragraphs of a piece of HTML, white space folded, entities decoded."""
    for part in "".join(_pieces(html)).split("\0"):
        if words := _SPACE.sub(" ", unescape(part)).strip():
            yield words


def _pieces(html: str) -> Iterator[str]:
    """Yield the text between tags, and a zero character for each tag that begins or ends a paragraph."""
    at = 0
    unclosed: set[str] = set()
    while match := _OPENS.search(html, at):
        yield html[at : match.start()].replace("\0", " ")
        name = _NAME.match(html, match.start())
        tag = name[1].lower() if name else ""
        at = _behind(html, match.start(), tag, unclosed)
        if tag and tag not in _INLINE:
            yield "\0"
    yield html[at:].replace("\0", " ")


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
        if close := re.compile(end, re.IGNORECASE).search(html, start):
            return html.find(">", close.start()) + 1 or len(html)
        unclosed.add(end)
    return start + 4 if end == "-->" else html.find(">", start) + 1 or len(html)
