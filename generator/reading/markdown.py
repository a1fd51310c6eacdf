"""Markdown made into readable text: one paragraph a block, without marks.

The parser is markdown-it-py. Only its block rules run over the whole; a block's inside is parsed where it
holds a mark at all. Links give their words, images their caption, HTML its text; what the writer struck
out is left out. Scripts and styles are never text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.model import Cut, CutReason
from generator.reading.draft import Draft, Drafts, File, fill, join
from generator.reading.encodings import decode
from generator.reading.headers import front_matter

_MARK = re.compile(r"[\\`*_\[\]<&~]")
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,64}\]:?\s?")
_TAG = re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_MAX_HEADING_WORDS = 30


class _Block(NamedTuple):
    """A paragraph, and why it is no part of the report."""

    text: str
    reason: CutReason | None


def draft_markdown(file: File) -> Drafts:
    """Yield the draft of a Markdown file. Raises ContentError when its header is broken."""
    text = decode(file.data, file.path)
    header = front_matter(text, file.path, file.settings)
    blocks = [block for block in _blocks(text[header.end :]) if block.text]
    title = next((b.text for b in blocks if b.reason == "title"), "")
    body, spans = join([block.text for block in blocks])
    yield Draft(
        path=file.path,
        digest=file.digest,
        meta=header.meta if header.meta.title else fill(header.meta, type(header.meta)(title=title)),
        text=body,
        paragraphs=spans,
        cut=tuple(Cut(span, block.reason) for span, block in zip(spans, blocks, strict=True) if block.reason),
        notes=header.notes,
    )


@cache
def _parser() -> MarkdownIt:
    """Return the parser: CommonMark with tables and struck-out text; blocks only."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.core.ruler.enableOnly(["block"])
    return parser


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the blocks of a text in order."""
    env: dict[str, Any] = {}
    heading: Token | None = None
    row: list[str] | None = None
    titled = False
    for token in _parser().parse(text, env):
        if token.type == "heading_open":
            heading = token
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield _Block(" | ".join(filter(None, row)), None)
            row = None
        elif token.type == "inline":
            words, captions = _inline(token.content, env)
            reason: CutReason | None = None
            if heading and len(words.split()) <= _MAX_HEADING_WORDS:
                reason = "subhead" if titled or heading.tag != "h1" else "title"
                titled = titled or reason == "title"
            heading = None
            if row is not None:
                row.append(words)
            else:
                yield _Block(words, reason)
            yield from (_Block(caption, "caption") for caption in captions)
        elif token.type in ("fence", "code_block"):
            yield _Block(token.content.strip(), None)
        elif token.type == "html_block":
            yield from (_Block(part, None) for part in _html_text(token.content))


def _inline(source: str, env: dict[str, Any]) -> tuple[str, list[str]]:
    """Return the words of a block and the captions of its images."""
    if not _MARK.search(source):
        return _BREAK.sub(" ", source).strip(), []
    tokens: list[Token] = []
    parser = _parser()
    parser.inline.parse(source, parser, env, tokens)
    words, captions = _words(tokens)
    return _FOOTNOTE.sub("", words).strip(), captions


def _words(tokens: Sequence[Token]) -> tuple[str, list[str]]:
    """Return the text that tokens show, and the captions."""
    parts: list[str] = []
    captions: list[str] = []
    struck = 0
    for token in tokens:
        if token.type in ("s_open", "s_close"):
            struck += token.nesting
        elif struck:
            continue
        elif token.type in ("text", "text_special", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or (token.type == "html_inline" and _is_break(token.content)):
            parts.append(" ")
        elif token.type == "image" and token.content.strip():
            captions.append(_words(token.children or ())[0].strip())
    return "".join(parts), captions


def _is_break(tag: str) -> bool:
    """Tell whether an HTML tag breaks the line."""
    return tag[:3].lower() == "<br"


def _html_text(html: str) -> Iterator[str]:
    """Yield the paragraphs of a block of HTML, without tags."""
    from html import unescape  # noqa: PLC0415 - few files hold HTML

    for part in unescape(_TAG.sub("\n\n", html)).split("\n\n"):
        if words := _BREAK.sub(" ", part).strip():
            yield words
