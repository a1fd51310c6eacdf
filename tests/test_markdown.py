"""Markdown made into plain paragraphs: rules in a data file, laws against the parser's own HTML."""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.config import ReadSettings
from generator.errors import ContentError
from generator.reading.draft import Draft, File
from generator.reading.markdown import draft_markdown
from generator.reading.tags import paragraphs_of
from tests.growth import assert_linear

_TEXT = (Path(__file__).parent / "cases" / "reading" / "markdown.md").read_text(encoding="utf-8")
CASES = [case.split("\n.\n") for case in re.split(r"(?<=\n\.)\n\n", _TEXT)]


def draft(text: str) -> Draft:
    (found,) = draft_markdown(File("a.md", text.encode(), "", ReadSettings()))
    assert isinstance(found, Draft)
    return found


def told(found: Draft) -> str:
    reasons = {cut.span: f"[{cut.reason}] " for cut in found.cut}
    return "\n".join(reasons.get(span, "") + found.text[slice(*span)] for span in found.paragraphs)


@pytest.mark.parametrize(
    ("source", "expected"), [case[1:3] for case in CASES], ids=[case[0] for case in CASES]
)
def test_markdown(source: str, expected: str) -> None:
    assert told(draft(source)) == expected.removesuffix("\n.")


def test_the_first_heading_is_the_title_where_the_header_gives_none() -> None:
    assert draft("# Wall rebuilt\n\nText.").meta.title == "Wall rebuilt"
    assert draft("---\ntitle: Ours\n---\n# Wall rebuilt\n\nText.").meta.title == "Ours"
    assert draft("Text.\n\n## Costs").meta.title == ""


def test_spans_are_the_paragraphs() -> None:
    found = draft("# Wall\n\nOne\ntwo.\n\nThree.")
    assert found.text == "Wall\n\nOne two.\n\nThree."
    assert [found.text[slice(*span)] for span in found.paragraphs] == ["Wall", "One two.", "Three."]


_PARTS = st.sampled_from(
    ["wall", "“Wall”", " ", " ", "\n", "\n\n", "*", "**", "_", "`", "# ", "> ", "- ", "1. ", "[a](https://x.y)", "[", "]",
     "(", ")", "---", "===", "&amp;", "&", "\\", "    ", ".", "–", "2025 ", "|", "é"]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=30).map("".join))
def test_the_words_are_those_of_the_parsers_page(source: str) -> None:
    page = MarkdownIt("commonmark").enable("table").render(source + "\n\nend")
    words = unescape(re.sub(r"<[^>]*>", "", page))
    assert re.sub(r"\s| \| ", "", draft(source + "\n\nend").text) == re.sub(r"\s", "", words)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200))
def test_any_text_is_read(source: str) -> None:
    with suppress(ContentError):
        assert draft(source + "\n\nend.").paragraphs


def test_nothing_of_a_deep_quotation_is_lost() -> None:
    assert "deep" in draft("> " * 500 + "deep").text
    assert "deep" in draft(">" * 40 + " deep").text


@pytest.mark.parametrize(
    "unit",
    ["*", "[", "`", "> ", "- ", "|", "<", "![", "&", "_", "](", "#", "<!--", "[a](", "\\", "[a]: b\n", "|-|\n", "- a\n ",
     "x|\n-|\n", "\n \n", "~~a", "[^1]", "<script>", "*a_"],
)  # fmt: skip
def test_a_flood_of_marks_is_read_in_linear_time(unit: str) -> None:
    assert_linear(lambda text: draft(text + "\n\nThe end."), unit, 20_000)
    assert draft(unit * 50_000 + "\n\nThe end.").paragraphs


def test_a_flood_of_marks_is_declared() -> None:
    notes = [note.message for note in draft("word *[" * 20_000).notes]
    assert notes == ["more marks than an article has: left as they stand"]
    assert [note.message for note in draft("_a_" * 11_000).notes] == notes
    assert not draft("A *word* " * 100).notes


def texts(html: str) -> list[str]:
    return [paragraph.text for paragraph in paragraphs_of(html)]


@pytest.mark.parametrize("unit", ["<", "<a", "<!--", "<script>", "</p>", "<p>a", "&amp;", "<script", "\0"])
def test_tags_are_stripped_in_linear_time(unit: str) -> None:
    assert_linear(texts, unit, 60_000)


def test_text_between_tags() -> None:
    assert texts("One <!-- two <script> three") == ["One two", "three"]
    assert list(paragraphs_of("<h2>Cost</h2><p>Low.</p><figcaption>Wall</figcaption>Left.")) == [
        ("Cost", "subhead"),
        ("Low.", None),
        ("Wall", "caption"),
        ("Left.", None),
    ]
    html = "<h1>Wall</h1><p>One <b>two</b>,\n three.<p>Four<br/>five<ul><li>six</ul><SCRIPT>no</Script >7 < 8 &amp; 9"
    assert texts(html) == ["Wall", "One two, three.", "Four", "five", "six", "7 < 8 & 9"]
