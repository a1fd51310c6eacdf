"""Markdown made into readable text: one paragraph a block, without marks.

The parser is markdown-it-py (CommonMark, tables, struck-out text). Most of an article is paragraphs
without marks; those do not need it, which makes reading ten times faster. Links give their words, images
their caption, HTML its text; footnotes keep their text and lose their marks; what the writer struck out is
left out. Scripts and styles are never text. A file with more marks than any article is taken as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.errors import Problem
from generator.model import CutReason, Meta
from generator.reading.draft import Drafts, File, Paragraph, draft_of, fill, is_subhead
from generator.reading.encodings import decode
from generator.reading.headers import front_matter
from generator.reading.tags import paragraphs_of

_GAP = re.compile(r"\n(?:[ \t]*\n)+")
_WHOLE = re.compile(r"\n[ \t]*(?:```|~~~|<|\[[^\]\n]{1,200}\]:)")
"""What may reach over blank lines, or be meant elsewhere: then the file is parsed in one piece."""
_SPECIAL_LINE = re.compile(r"""\n(?![^\W\d_]|[“”"'«„‘’(…¿¡$€£@—–]|\d+(?![\d.)])|\n|\Z)""")
"""A line that may be more than a line of a paragraph."""
_HEADING = re.compile(r"\n*(#{1,6})[ \t]+([^\s#](?:[^\n#]*[^\s#])?)[ \t]*\n*")
"""A heading alone, as nearly all are written: it does not need the parser."""
_SET_OFF = "> "
_PERHAPS = "\\`*_<&~]"
"""Signs without one of which there is no mark."""
_MARK = re.compile(r"[\\`*]|(?<!\w)_|_(?!\w)|<(?=[a-zA-Z/!?])|&(?=#?\w{1,32};)|~~|\]\(|\[\^")
_LINK = re.compile(r"(?<![!\\\]])\[([^\[\]\\`*_<&!~\n]{1,300})\]\(https?://[^\s()<>\\]{1,800}\)")
_EMPHASIS = re.compile(r"(?<!\S)(\*{1,2})([^\W_](?:[^*_\\`\[\]<&~\n]{0,500}[^\W_])?)\1(?![\w*])")
_BRACKET = re.compile(r"[\[\]]")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,64}\](?::[ ]?)?")
_POINT = re.compile(r"\n[ \t]*(?=[•▪◦‣●■]\s)")
"""Where a line begins that is an entry of a list to readers, but not to Markdown."""
_DEEP_QUOTE = re.compile(r"^(?:[ ]*>){20,}", re.MULTILINE)
_MOST_LINES = 5_000
_MOST_MARKS = 20_000
_COST_OF_OPEN = 30
"""Marks that one bracket which nothing closes counts for: from each the parser reads on, through all others."""
_NESTING = 60


def draft_markdown(file: File) -> Drafts:
    """Yield the draft of a Markdown file. Raises ContentError when its header is broken."""
    text = decode(file.data, file.path)
    header = front_matter(text, file.path, file.settings)
    reader = _Reader()
    blocks = list(reader.blocks(text[header.end :]))
    title = next((block.text for block in blocks if block.reason == "title"), "")
    notes = [Problem(file.path, 0, "more marks than an article has: left as they stand")] * reader.flooded
    yield draft_of(file, fill(header.meta, Meta(title=title)), blocks, (*header.notes, *notes))


@cache
def _parser() -> MarkdownIt:
    """Return the parser; it finds blocks, their insides are parsed where needed."""
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    parser.core.ruler.enableOnly(["block"])
    return parser


class _Reader:
    """Reads the blocks of one file, in order."""

    def __init__(self) -> None:
        self.env: dict[str, Any] = {}
        self.marks = 0
        self.titled = False
        self.flooded = False

    def blocks(self, text: str) -> Iterator[Paragraph]:
        """Yield the blocks of a text."""
        text = "\n" + text
        lines = sum(1 for _ in _SPECIAL_LINE.finditer(text))
        self.flooded = lines > _MOST_LINES
        if not self.flooded and _WHOLE.search(text):
            yield from self.parsed(text)
            return
        for part in _GAP.split(text):
            if self.flooded or not (lines and _SPECIAL_LINE.search("\n" + part)):
                yield from self.paragraph(part.strip())
            elif heading := _HEADING.fullmatch(part):
                yield from self.paragraph(heading[2], f"h{len(heading[1])}")
            elif quoted := _set_off(part):
                yield from self.paragraph(quoted)
            else:
                yield from self.parsed(part)

    def parsed(self, text: str) -> Iterator[Paragraph]:
        """Yield the blocks that the parser finds."""
        heading = ""
        row: list[str] | None = None
        for token in _parser().parse(_DEEP_QUOTE.sub("> " * 20, text), self.env):
            if token.type == "heading_open":
                heading = token.tag
            elif token.type == "tr_open":
                row = []
            elif token.type == "tr_close":
                yield Paragraph(" | ".join(filter(None, row or ())))
                row = None
            elif token.type == "inline" and row is not None:
                row.append(self.inline(token.content)[0])
            elif token.type == "inline":
                yield from self.paragraph(token.content, heading)
                heading = ""
            elif token.type in ("fence", "code_block"):
                yield Paragraph(token.content.strip())
            elif token.type == "html_block":
                yield from paragraphs_of(token.content)

    def paragraph(self, source: str, heading: str = "") -> Iterator[Paragraph]:
        """Yield a paragraph, or what stands in the tag of a heading, then the captions of its images.

        The first heading of the first level is the title. A heading of many words is a paragraph that
        stands on a rule by mistake.
        """
        source, *points = _POINT.split(source)
        words, captions = self.inline(source)
        reason: CutReason | None = None
        if heading and is_subhead(words):
            reason = "subhead" if self.titled or heading != "h1" else "title"
            self.titled |= reason == "title"
        yield Paragraph(words, reason)
        yield from (Paragraph(caption, "caption") for caption in captions)
        for point in points:
            yield from self.paragraph(point)

    def inline(self, source: str) -> tuple[str, list[str]]:
        """Return the words of a block, in one line, and the captions of its images."""
        plain = source
        if self.marked(source) and self.marked(plain := _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", source))):
            return self.rich(source)
        return _one_line(plain), []

    def rich(self, source: str) -> tuple[str, list[str]]:
        """Return the same of a block that only the parser understands."""
        signs = sum(map(source.count, f"{_PERHAPS}["))
        self.marks += signs + _COST_OF_OPEN * _left_open(source)
        if self.marks > _MOST_MARKS:
            self.flooded = True
            return _one_line(source), []
        tokens: list[Token] = []
        _parser().inline.parse(source, _parser(), self.env, tokens)
        words, captions = _words(tokens)
        return _FOOTNOTE.sub("", words).strip(), captions

    def marked(self, source: str) -> bool:
        """Tell whether anything in a block is more than text."""
        if not any(map(source.__contains__, _PERHAPS)):
            return False
        return bool(_MARK.search(source)) or ("[" in source and bool(self.env.get("references")))


def _set_off(part: str) -> str:
    """Return the words of a quotation that is set off, one paragraph of plain lines; empty for all else."""
    lines = part.strip("\n").split("\n")
    if not all(line.startswith(_SET_OFF) and len(line) > len(_SET_OFF) for line in lines):
        return ""
    words = "\n".join(line.removeprefix(_SET_OFF) for line in lines)
    return "" if _SPECIAL_LINE.search("\n" + words) else words.strip()


def _left_open(source: str) -> int:
    """Return how many square brackets open in a text and are not closed."""
    opened = closing = 0
    for bracket in reversed(_BRACKET.findall(source)):
        if bracket == "]":
            closing += 1
        elif closing:
            closing -= 1
        else:
            opened += 1
    return opened


def _one_line(source: str) -> str:
    """Return a paragraph without its line breaks."""
    return " ".join(line.strip(" \t") for line in source.split("\n")).strip()


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
        elif token.type in ("softbreak", "hardbreak") or token.content[:3].lower() == "<br":
            parts.append(" ")
        elif token.type == "image" and (caption := _words(token.children or ())[0].strip()):
            captions.append(caption)
    return "".join(parts), captions
