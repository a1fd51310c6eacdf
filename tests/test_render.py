"""The site as a whole: what is there, that it is deterministic, that every link opens anywhere."""

from __future__ import annotations

import json
import posixpath
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

from generator.errors import TemplateError
from generator.publishing import urls
from generator.publishing.assets import read_assets
from generator.publishing.render import MAKERS, render_pages
from tests import digests, sites
from tests.builders import write_files


class _Links(HTMLParser):
    """Collects the links and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src"} and value is not None:
                self.links.append(value)
            if name == "id" and value:
                assert value not in self.ids, f"two elements with the id {value}"
                self.ids.add(value)


def test_every_kind_of_page_is_there() -> None:
    paths = sites.harbour().keys()
    assert set(sites.KINDS.values()) <= paths
    assert {".nojekyll", "build.json", "404.html"} <= paths
    assert sum(path.startswith("assets/style.") for path in paths) == 1


def test_the_same_digest_gives_the_same_bytes_in_order() -> None:
    first, second = (
        render_pages(digests.harbour(), sites.config()),
        render_pages(digests.harbour(), sites.config()),
    )
    assert first == second
    assert list(first) == sorted(first)


@pytest.mark.parametrize(
    "base", ["https://brief.example/", "https://brief.example/a/b/", "file:///tmp/site/"]
)
def test_every_link_and_fragment_opens_at_the_root_under_a_path_and_from_disk(base: str) -> None:
    pages = sites.render(digests.harbour(), base if base.startswith("http") else "")
    parsed = {path: _Links(text) for path, text in pages.items() if path.endswith(".html")}
    dead = []
    for path, page in parsed.items():
        if path == "404.html" and base.startswith("file"):
            continue  # only servers show it
        for link in page.links:
            address, _, fragment = urljoin(base + path, link).partition("#")
            if not address.startswith(base):
                assert urlsplit(address).hostname != "brief.example", (path, link)
                continue
            target = unquote(address.removeprefix(base))
            if link.startswith("https:") and (not target or target.endswith("/")):
                target += "index.html"  # addresses for others are short
            if target not in pages or (fragment and fragment not in parsed[target].ids):
                dead.append((path, link))
    assert dead == []


def test_pages_are_valid_html() -> None:
    parser = html5lib.HTMLParser(strict=True)
    for path, text in sites.harbour().items():
        if path.endswith(".html"):
            parser.parse(text)


def test_each_page_has_one_h1_and_headings_in_order() -> None:
    for path, text in sites.harbour().items():
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", text)]
        if path.endswith(".html"):
            assert levels.count(1) == 1, path
            assert levels[0] == 1, path
            assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_pages_say_their_language_and_no_page_runs_or_asks_for_anything() -> None:
    for path, text in sites.harbour().items():
        if not path.endswith(".html") or path.endswith("mail.html"):
            continue
        assert '<html lang="en" dir="ltr">' in text, path
        assert " style=" not in text, path
        assert "<style" not in text, path
        assert re.findall(r"<script(?! defer src=| type=\"application/ld\+json\">)", text) == [], path
        assert re.findall(r' on[a-z]+="', text) == [], path
        assert ("<script defer" in text) == path.startswith("search/"), path
        if 'http-equiv="refresh"' not in text:
            assert "default-src 'none'" in text, path


def test_hostile_text_stays_text() -> None:
    for path, text in sites.harbour().items():
        if path.endswith(".html"):
            assert "<script>alert" not in text, path
            assert "<b>Odd" not in text, path
            assert "javascript:" not in text, path


def test_links_outside_give_nothing_away() -> None:
    for text in sites.harbour().values():
        for link in re.findall(r"<a [^>]*href=\"https?:[^>]*>", text):
            assert 'rel="noopener nofollow"' in link


def test_boilerplate_is_shown_in_the_audit_alone() -> None:
    for path, text in sites.harbour().items():
        if path.endswith(".html") and not path.startswith("audit/"):
            assert "Gazette Fund" not in text, path
            assert "Five quiet beaches" not in text, path
    assert "Gazette Fund" in sites.harbour()["audit/index.html"]


def test_canonical_links_and_the_page_for_lost_readers_use_the_address() -> None:
    pages = sites.render(digests.harbour(), "https://brief.example/news/")
    assert '<link rel="canonical" href="https://brief.example/news/about/">' in pages["about/index.html"]
    assert 'href="/news/index.html"' in pages["404.html"]
    assert 'href="/index.html"' in sites.harbour()["404.html"]
    assert "canonical" not in sites.harbour()["about/index.html"]


def test_later_members_lead_to_their_story() -> None:
    path = urls.member_path(digests.COURIER)
    page = sites.harbour()[path]
    target = posixpath.relpath(sites.STORY, posixpath.dirname(path))
    assert f'content="0; url={target}"' in page.replace("../../stories/", "../")
    assert "noindex" in page


def test_no_search_page_when_it_is_off() -> None:
    pages = sites.render(digests.harbour(), search=False)
    assert not any(path.startswith("search/") for path in pages)
    assert "search/index.html" not in pages["index.html"]


def test_accents_come_last_in_the_style_sheet() -> None:
    pages = sites.render(digests.harbour(), accent="#123456", accent_dark="#abcdef")
    (style,) = (text for path, text in pages.items() if path.endswith(".css"))
    assert style.endswith("@media (prefers-color-scheme: dark) { :root { --accent: #abcdef; } }")
    assert ":root { --accent: #123456; }" in style


def test_the_style_sheet_is_shortened_but_for_its_strings(tmp_path: Path) -> None:
    theme = (
        '.a > b, i { content: ", ; } "; margin: 0 0.5em; }\n/* none */ @media print { p { color: red; } }\n'
    )
    own = write_files(tmp_path / "templates", {"static/theme.css": theme.encode()})
    style = read_assets(own, sites.config().site)["style.css"].data.decode()
    assert style.endswith('.a>b,i{content:", ; } ";margin:0 .5em}@media print{p{color:red}}')


def test_budgets() -> None:
    crowd = sites.render(digests.crowd(20), "https://brief.example/")
    many = sites.render(digests.many(1000))
    style = next(len(text) for path, text in crowd.items() if path.endswith(".css"))
    story = max(
        len(text.encode())
        for path, text in crowd.items()
        if path.startswith("stories/") and path.endswith(".html")
    )
    assert story + style <= 100_000
    assert len(many["index.html"].encode()) + style <= 60_000
    large = {path: len(text.encode()) + style for path, text in many.items() if path.endswith(".html")}
    assert {path: size for path, size in large.items() if size > 105_000} == {}


def test_makers_are_named_and_the_list_is_complete() -> None:
    assert list(MAKERS)[:3] == ["front page", "stories", "articles"]


# ---------------------------------------------------------------- templates of users


def _with(tmp_path: Path, **files: str) -> Path:
    return write_files(
        tmp_path / "templates",
        {name.replace("__", "/").replace("_", ".", 1): text for name, text in files.items()},
    )


def test_a_template_of_the_users_own_replaces_the_shipped_one(tmp_path: Path) -> None:
    own = _with(tmp_path, about_html='{% extends "base.html" %}{% block main %}<h1>Ours</h1>{% endblock %}')
    pages = {
        page.path: page.data.decode() for page in render_pages(digests.harbour(), sites.config(templates=own))
    }
    assert "<h1>Ours</h1>" in pages["about/index.html"]
    assert "No sentence on this site was generated" in pages["about/index.html"]


def test_a_theme_is_added_to_the_style_sheet_and_other_files_are_published(tmp_path: Path) -> None:
    own = write_files(
        tmp_path / "templates",
        {
            "static/theme.css": ":root { --accent: teal; }",
            "static/logo.svg": "<svg/>",
            "foot.html": '<footer><img alt="" src="{{ root }}{{ asset("logo.svg") }}"></footer>',
        },
    )
    pages = {page.path: page.data for page in render_pages(digests.harbour(), sites.config(templates=own))}
    (style,) = (data for path, data in pages.items() if path.endswith(".css"))
    assert b"--measure" in style
    assert style.endswith(b":root{--accent:teal}")
    (logo,) = (path for path in pages if path.endswith(".svg") and "logo" in path)
    assert f'src="../{logo}"'.encode() in pages["about/index.html"]


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("<p>\n{% if %}</p>", 2, "Expected an expression, got 'end of statement block'"),
        ("<p>\n\n{{ nothing }}</p>", 3, "'nothing' is undefined"),
        ("{{ site.nothing }}", 1, "'generator.publishing.parts.SiteFrame object' has no attribute 'nothing'"),
        ("\n{{ t('no.such') }}", 2, "no such text: no.such"),
        ('\n{{ t("no.such") }}', 2, "no such text: no.such"),
        ('{{ asset("style.cs") }}', 1, "no such static file: style.cs"),
        ("\n{{ 1 / 0 }}", 2, "division by zero"),
        ('{% include "gone.html" %}', 1, "no such template: gone.html"),
        ('{% from "macros/text.html" import words %}\n{{ words() }}', 2, "parameter 'text' was not provided"),
        ("{{ version() }}", 1, "'str' object is not callable"),
    ],
)
def test_a_broken_template_is_named_with_its_line(
    tmp_path: Path, template: str, line: int, message: str
) -> None:
    own = _with(tmp_path, about_html=template)
    with pytest.raises(TemplateError) as caught:
        render_pages(digests.harbour(), sites.config(templates=own))
    (problem,) = caught.value.problems
    assert message in problem.message
    assert (problem.path, problem.line) in {
        ("templates/about.html", line),
        ("templates/macros/text.html", problem.line),
    }


def test_a_style_sheet_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    own = write_files(tmp_path / "templates", {"static/theme.css": b"\xff"})
    with pytest.raises(TemplateError, match="not UTF-8"):
        render_pages(digests.harbour(), sites.config(templates=own))


# ---------------------------------------------------------------- records


def test_build_json_names_everything() -> None:
    build = json.loads(sites.harbour()["build.json"])
    assert list(build)[:4] == ["crosscite", "schema", "settings", "counts"]
    assert build["counts"] == {
        "articles": 16, "outlets": 7, "stories": 3, "single": 6, "threads": 1, "people": 2, "skipped": 1,
    }  # fmt: skip
    gazette = next(one for one in build["articles"] if one["path"] == digests.GAZETTE.path)
    assert gazette["story"] == digests.GAZETTE.id
    assert gazette["date"] == "2026-03-12"
    assert [cut["reason"] for cut in gazette["cut"]] == ["caption", "appeal"]
    assert build["stories"][0]["slug"] == "fire-destroys-fish-market-hall-in-saltmere-harbour"
    assert build["skipped"][0]["path"] == "broken.md"


def test_a_story_record_holds_verbatim_passages_with_their_places() -> None:
    folder = urls.folder(sites.STORY)
    story = json.loads(sites.harbour()[f"{folder}index.json"])
    assert story["headline"] == digests.GAZETTE.meta.title
    by_id = {article.id: article for article in digests.FIRE}
    assert [one["number"] for one in story["articles"]] == [1, 2, 3, 4, 5, 6]
    assert len(story["extracts"]) == 5
    for found in [*story["extracts"], *story["quotes"], *(v for q in story["quotes"] for v in q["variants"])]:
        assert by_id[found["article"]].text[found["start"] : found["end"]] == found["text"]
    second = story["extracts"][1]
    assert second["supported_by"] == [digests.COURIER.id, digests.LEDGER.id]
    assert second["differs_from"] == [digests.BOTE.id, digests.VOICE.id]
    assert story["quotes"][0]["speaker"] == "Ines Calloway"
    assert story["quotes"][2]["speaker"] == ""  # below the confidence that is published
    cells = {cell["article"]: cell for cell in story["claims"][2]["cells"]}
    assert cells[digests.LEDGER.id]["passage"]["article"] == digests.LEDGER.id
    assert cells[digests.GAZETTE.id]["state"] == "silent"
    assert (cells[digests.SAWT.id]["state"], cells[digests.SAWT.id]["passage"]) == ("not compared", None)
    assert "javascript" not in sites.harbour()["build.json"]
