"""Stories to take along: right words, numbered sources, and nothing read as markup."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.config import Config, SiteSettings
from generator.language.escaping import as_markdown
from generator.publishing.exports import FILES
from generator.publishing.render import render_pages
from generator.publishing.urls import story_path
from tests.digests import harbour

CONFIG = Config(
    root=Path(),
    content=Path("content"),
    output=Path("site"),
    site=SiteSettings(base_url="https://news.example/"),
)


def files() -> dict[str, str]:
    digest = harbour()
    folder = story_path(digest.stories[0]).removesuffix("index.html")
    pages = {
        page.path: page.data.decode() for page in render_pages(digest, CONFIG) if page.path.endswith(FILES)
    }
    return {name: pages[folder + name] for name in FILES}


def test_every_form_has_every_extract_with_its_sources():
    story = harbour().stories[0]
    words = [story.shown(extract.passage) for extract in story.extracts]
    texts = files()
    assert all(sentence in texts["story.txt"] for sentence in words)
    assert all(as_markdown(sentence) in texts["story.md"] for sentence in words)
    assert texts["story.txt"].count("[1]") >= 2


def test_sources_are_references():
    story = harbour().stories[0]
    items = json.loads(files()["sources.csl.json"])
    assert [item["id"] for item in items] == [article.id for article in story.articles]
    assert items[0]["container-title"] == story.articles[0].meta.outlet
    assert files()["sources.bib"].count("@article{") == len(story.articles)


def test_nothing_of_an_article_is_markup():
    digest = harbour()
    story = digest.stories[0]
    hostile = replace(story, headline=replace(story.headline, text="<b>*x*</b> [y](javascript:z)"))
    odd = replace(digest, stories=(hostile, *digest.stories[1:]))
    texts = {
        page.path.rpartition("/")[2]: page.data.decode()
        for page in render_pages(odd, CONFIG)
        if story.id in page.path and page.path.endswith(FILES)
    }
    html = MarkdownIt().render(texts["story.md"])
    assert "<b>" not in html + texts["mail.html"]
    assert "javascript:z)" in html
    assert 'href="javascript' not in html + texts["mail.html"]


def test_a_letter_links_its_sources_and_names_who_speaks_as_what() -> None:
    story = harbour().stories[0]
    texts = {
        page.path.rpartition("/")[2]: page.data.decode()
        for page in render_pages(harbour(), CONFIG)
        if story.id in page.path and page.path.endswith(("mail.html", "story.txt"))
    }
    for article in story.articles:
        if article.meta.url:
            assert texts["mail.html"].count(f'href="{escape(article.meta.url)}"') == 1
    assert "— Ines Calloway, Fire chief" in texts["mail.html"]
    assert "6 articles, 5 origins · 12–14 Mar 2026" in texts["story.txt"]


def test_other_wordings_and_differing_figures_go_along() -> None:
    texts = files()
    figures = "people were treated: 14 [1] · 17 [4][6]"
    assert f"Where sources differ\n{figures}\n" in texts["story.txt"]
    assert as_markdown(figures) in texts["story.md"]
    assert escape(figures) in texts["mail.html"]
    assert re.search(r"“[^”]+” \[\d\]\nOtherwise in (?:\[\d\])+: “[^”]+”\n", texts["story.txt"])


@given(st.text(min_size=1).filter(lambda text: text.split()))
def test_markdown_reads_back_to_the_same_words(text):
    line = " ".join("".join(c for c in text if c.isprintable() or c == " ").split())
    if line:
        (_, inline, _) = MarkdownIt().parse(as_markdown(line))
        assert "".join(child.content for child in inline.children or []) == line
