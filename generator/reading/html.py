"""Saved web pages: the report without the page round it, and what the page says of itself.

trafilatura finds the report, with the settings that its own evaluation uses (balanced, tables, no
comments); it is run without its search for dates, which looks at the text. Headings and captions stay in
the text as cuts; lists and tables keep a paragraph for each item and row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from generator.errors import ContentError, Problem
from generator.model import Meta
from generator.reading.draft import Drafts, File, Paragraph, draft_of, fill, is_subhead
from generator.reading.encodings import decode, true_references
from generator.reading.pagemeta import page_title, read_page
from generator.reading.tags import paragraphs_of, uncrowded

_BLOCKS = frozenset({"p", "head", "item", "quote", "row", "code", "list", "table", "body", "div", "lb"})
_HOLDERS = ("p", "div", "li", "td", "section", "span", "a", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")
_MOST_PARAGRAPHS, _MANY_PARAGRAPHS, _PARAGRAPH_CHARS = 3_000, 1_000, 60
"""Above the first, and of a page with fewer characters for each, markup and all, above the second, trafilatura's second
opinions are not asked: their time is quadratic in paragraphs."""
_CRUMBS = 3_000
_CRUMB_CHARS = ((("p", "br", "tr"), 20), ((), 12))
"""A page of more such elements (of any, where none are named), each with fewer characters, markup and all, is no
article's: trafilatura would take seconds over it."""
_CRUMB_WORDS, _CRUMBS_TOGETHER = 20, 50
"""Characters of text up to which a paragraph of such a page is a crumb, and how many make a paragraph."""
_INLINE = frozenset({"a", "b", "em", "i", "span", "strong", "sub", "sup", "u"})
_MOST_INLINE = 1_000
"""Links and marks in one element: trafilatura's time is quadratic in them."""
_SHORT_CHARS = 1_000
_DECLARATION = re.compile(r"\A\s{0,199}<\?xml[^>]{0,999}\?>")
_DESERT = re.compile(r"(?<!\s)\s{200,}")
"""White space that no page needs, and that costs what comes after the square of its length."""
_BREAK = re.compile(r"(?<=[.!?…:”\"»’)\]。！？])\s*\n\s*")
_WORD = re.compile(r"\w+")


def _shrunk(blank: re.Match[str]) -> str:
    return "\n" if "\n" in blank[0] else " "


def draft_html(file: File, charset: str = "", known: Meta | None = None) -> Drafts:
    """Yield the draft of a saved page. Raises ContentError when it holds no report.

    ``charset`` is what a server or mail declared; ``known`` goes before what the page says.
    """
    text = _DESERT.sub(_shrunk, decode(file.data, file.path, charset))
    page = uncrowded(_DECLARATION.sub("", true_references(text), count=1))
    tree = _tree(page, file.path)
    said, notes = read_page(page, tree, file.path, file.settings)
    said = replace(said, title=page_title(tree, said.title, said.outlet))
    meta = fill(known or Meta(), said)
    if _is_crumbs(tree, page):
        note = Problem(file.path, 0, "more paragraphs than words: the page is taken as it stands")
        yield draft_of(file, meta, _titled([*_gathered(paragraphs_of(page))], meta.title), (*notes, note))
        return
    yield draft_of(file, meta, _titled(_body(tree, page, file.path), meta.title), notes)


def _tree(page: str, path: str) -> Any:
    """Return the lxml tree of a page. Raises ContentError when it is none."""
    from trafilatura import load_html  # noqa: PLC0415 - heavy

    tree = load_html(page)
    if tree is None:
        raise ContentError([Problem(path, 0, "not a web page", "save it again as HTML, or its text as .txt")])
    for element in tree.iter():  # blanks that were written as references
        element.text, element.tail = (
            _DESERT.sub(_shrunk, text) if text and len(text) > 199 else text
            for text in (element.text, element.tail)
        )
    return tree


def _is_crumbs(tree: Any, page: str) -> bool:
    """Tell a page of thousands of elements with next to nothing in them, or of as many links or marks in a row."""
    for tags, chars in _CRUMB_CHARS:
        count = sum(1 for _ in tree.iter(*tags))
        if count > _CRUMBS and len(page) < chars * count:
            return True
    holders = Counter(element.getparent() for element in tree.iter(*_INLINE))
    return max(holders.values(), default=0) > _MOST_INLINE


def _gathered(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a page of crumbs, those run together that follow each other: each alone costs as an article's."""
    for crumbs, some in groupby(paragraphs, lambda part: len(part.text) <= _CRUMB_WORDS and not part.reason):
        if not crumbs:
            yield from some
            continue
        texts = [part.text for part in some]
        for start in range(0, len(texts), _CRUMBS_TOGETHER):
            yield Paragraph(" ".join(texts[start : start + _CRUMBS_TOGETHER]))


def _body(tree: Any, page: str, path: str) -> list[Paragraph]:
    """Return the paragraphs of the report. Raises ContentError when there is none."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - heavy

    paragraphs = sum(1 for element in tree.iter(*_HOLDERS) if element.text and element.text.strip())
    most = min(_MOST_PARAGRAPHS, max(_MANY_PARAGRAPHS, len(page) // _PARAGRAPH_CHARS))
    found = bare_extraction(tree, include_comments=False, fast=paragraphs > most)
    blocks = [*_blocks(found.body)] if found is not None and not isinstance(found, dict) else []
    if not blocks:
        raise ContentError([Problem(path, 0, "no article found in the page", "save its text as .txt or .md")])
    text = " ".join(block.text for block in blocks)
    if len(text) > _SHORT_CHARS:
        return blocks
    whole = list(paragraphs_of(page))  # of a short page trafilatura joins the paragraphs
    return whole if " ".join(part.text for part in whole) == text else blocks


def _blocks(body: Any) -> Iterator[Paragraph]:
    """Yield the paragraphs of an extracted body, in order, without recursion."""
    from lxml.etree import iterwalk  # noqa: PLC0415 - heavy

    parts: list[str] = []
    tag = "p"
    struck = 0
    for event, element in iterwalk(body, events=("start", "end")):
        if event == "start":
            if element.tag in _BLOCKS and element.tag != "lb":
                yield from _flush(parts, tag)
                tag = element.tag
            struck += element.tag == "del"
            parts.append("\n" if element.tag == "lb" else "" if struck else element.text or "")
            continue
        if element.tag in _BLOCKS and element.tag != "lb":
            yield from _flush(parts, tag)
            tag = "p"
        struck -= element.tag == "del"
        parts.append(" | " if element.tag == "cell" else "")
        parts.append("" if struck or element is body else element.tail or "")
    yield from _flush(parts, tag)


def _flush(parts: list[str], tag: str) -> Iterator[Paragraph]:
    """Yield what was gathered, and begin anew. A line break behind a whole sentence ends a paragraph."""
    for part in _BREAK.split("".join(parts)):
        if text := " ".join(part.split()).strip(" |" if tag == "row" else " "):
            yield Paragraph(text, "subhead" if tag == "head" and is_subhead(text) else None)
    parts.clear()


def _titled(blocks: list[Paragraph], title: str) -> Iterator[Paragraph]:
    """Yield the paragraphs, the first that repeats the title marked as such."""
    words = _WORD.findall(title.casefold())
    for block in blocks:
        if words and _WORD.findall(block.text.casefold()) == words:
            words = []
            yield block._replace(reason="title")
        else:
            yield block
