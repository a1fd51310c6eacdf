"""Saved pages: the report, and what the page says of itself. The body is trafilatura's, whole and in order."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import ReadSettings
from generator.errors import ContentError
from generator.model import Meta
from generator.reading.draft import Draft, File
from generator.reading.html import draft_html
from tests.growth import assert_linear

PAGE = (Path(__file__).parent / "cases" / "reading" / "page.html").read_bytes()
COUNCIL = "The council of Northport said on Monday that it would rebuild the harbour wall before winter"
MAYOR = "Mayor Ana Lind said “the work starts in May” and that the town would borrow the money"
JSON_LD = '<script type="application/ld+json">'
BODY = (
    "<p>The council of Northport said on Monday that it would rebuild the harbour wall before winter, at a cost of "
    "three million, after the storm of August had broken it in two places and flooded the quay.</p>"
    "<p>Mayor Ana Lind said that the work would start in May, and that the town would borrow the money.</p>"
)


def draft(page: str | bytes, **given: str) -> Draft:
    data = page if isinstance(page, bytes) else page.encode()
    (found,) = draft_html(File("a.html", data, "", ReadSettings(**given)))  # type: ignore[arg-type]
    assert isinstance(found, Draft)
    return found


def meta(head: str, body: str = BODY) -> Meta:
    return draft(f"<html><head>{head}</head><body><article>{body}</article></body></html>").meta


def date(head: str, body: str = "") -> str:
    found = meta(head, body + BODY).date
    return found.iso if found else "not given"


def test_a_page_becomes_its_report() -> None:
    found = draft(PAGE)
    reasons = {cut.span: cut.reason for cut in found.cut}
    assert [(found.text[slice(*span)], reasons.get(span)) for span in found.paragraphs] == [
        ("Harbour wall rebuilt", "title"),
        (
            f"{COUNCIL}, at a cost of $3.5 million.",
            None,
        ),
        ("What it costs", "subhead"),
        (
            f"{MAYOR} from the county bank.",
            None,
        ),
        (
            "The storm of 12 August left 1,300 homes without power, and the quay under water for two days.",
            None,
        ),
        ("one thing to know about the wall", None),
        ("two things to know about it", None),
        ("We built it once, and we can build it again, said the keeper of the lighthouse.", None),
        ("Town | Homes", None),
        ("Northport | 1,300", None),
    ]


def test_no_word_of_the_extraction_is_lost_or_added() -> None:
    extracted = trafilatura.extract(PAGE, include_comments=False)
    assert extracted
    assert re.findall(r"\w+", draft(PAGE).text) == re.findall(r"\w+", extracted)


def test_the_page_says_whence_it_is() -> None:
    found = draft(PAGE).meta
    assert (found.title, found.outlet, found.authors, found.url) == (
        "Harbour wall rebuilt",
        "Northport Gazette",
        ("Ana Lind", "Bo Ek"),
        "https://northport.example/wall",
    )
    assert found.date
    assert found.updated
    assert (found.date.iso, found.updated.day.isoformat()) == ("2025-08-15T07:30:00+00:00", "2025-08-16")
    assert (found.lang, found.tags, found.category) == ("en", ("harbour", "storm"), "Local")


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<title>Wall rebuilt | Northport Gazette</title>", "", "Wall rebuilt"),
        ("<title>Wall rebuilt – BBC News</title>", "", "Wall rebuilt"),
        ("<title>Wall rebuilt - northport.example</title>", "", "Wall rebuilt"),
        (
            "<title>Northport Gazette: Wall – and quay – rebuilt</title>",
            "",
            "Northport Gazette: Wall – and quay – rebuilt",
        ),
        (
            "<meta property='og:site_name' content='The Northport Gazette'><title>Wall rebuilt — Northport Gazette</title>",
            "",
            "Wall rebuilt",
        ),
        ("<title>Wall rebuilt | Gazette</title>", "<h1>The wall, rebuilt</h1>", "The wall, rebuilt"),
        ("<title>Wall rebuilt | Gazette</title>", "<h1>Gazette Online Shop</h1>", "Wall rebuilt"),
        ("<meta property='og:title' content='Wall rebuilt'>", "<h1>Menu</h1>", "Wall rebuilt"),
        ("", "<h1>Wall rebuilt</h1>", "Wall rebuilt"),
        ("", "", ""),
    ],
)
def test_the_title_is_the_headline_without_the_site(head: str, body: str, expected: str) -> None:
    assert meta(head, body + BODY).title == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (
            "<meta property='article:published_time' content='2025-08-15T09:30:00+02:00'>",
            "",
            "2025-08-15T07:30:00+00:00",
        ),
        ("<meta name='DC.date.issued' content='2025-08-15'>", "", "2025-08-15"),
        ("<meta name='date' content='nonsense'><meta name='pubdate' content='2025-08-15'>", "", "2025-08-15"),
        (
            f'{JSON_LD}{{\'broken</script>{JSON_LD}[{{"@type":["NewsArticle"],"datePublished":"2025-08-15"}}]</script>',
            "",
            "2025-08-15",
        ),
        (
            '<script type="application/ld+json">{"@type":"Event","datePublished":"2025-08-15"}</script>',
            "",
            "not given",
        ),
        ("", "<span itemprop='datePublished' content='2025-08-15'>today</span>", "2025-08-15"),
        ("", "<time datetime='2025-08-15T08:00Z'>Friday</time>", "2025-08-15T08:00:00+00:00"),
        ("", "<time datetime='2025-08-15'>a</time><time datetime='2025-08-16'>b</time>", "not given"),
        (
            "",
            "<time datetime='2025-08-14'>a</time><time class='published' datetime='2025-08-15'>b</time>",
            "2025-08-15",
        ),
        ("", "<p>Published 15 August 2025</p>", "not given"),
        ("<meta name='date' content='03/04/2025'>", "", "not given"),
        ("<link rel='canonical' href='https://northport.example/2025/08/15/wall'>", "", "not given"),
    ],
)
def test_a_date_is_what_the_page_declares_and_never_guessed(head: str, body: str, expected: str) -> None:
    assert date(head, body) == expected


def test_an_ambiguous_date_is_noted() -> None:
    page = f"<html><head><meta name='date' content='03/04/2025'></head><body>{BODY}</body></html>"
    assert [note.message for note in draft(page).notes] == ["date may mean two days: 03/04/2025"]


def test_authors_are_people_not_addresses_or_the_paper() -> None:
    assert meta("<meta name='author' content='By Ana Lind and Bo Ek'>").authors == ("Ana Lind", "Bo Ek")
    assert meta("<meta property='article:author' content='https://social.example/ana'>").authors == ()
    assert (
        meta("<meta property='og:site_name' content='Gazette'><meta name='author' content='Gazette'>").authors
        == ()
    )


def test_only_web_addresses_are_kept_as_the_pages() -> None:
    assert meta("<link rel='canonical' href='javascript:alert(1)'>").url == ""
    assert meta("<link rel='canonical' href='/wall'>").url == ""


def test_the_comment_of_a_browser_says_where_a_page_was_saved() -> None:
    page = f"<!DOCTYPE html>\n<!-- saved from url=(0027)https://northport.example/x -->\n<html><body>{BODY}</body></html>"
    assert draft(page).meta.url == "https://northport.example/x"


def test_the_users_name_of_an_outlet_goes_before_the_pages() -> None:
    head = (
        "<meta property='og:site_name' content='NG'><link rel='canonical' href='https://northport.example/x'>"
    )
    page = f"<html><head>{head}</head><body>{BODY}</body></html>".encode()
    own = ReadSettings(outlets={"northport.example": "The Gazette"})
    (found,) = draft_html(File("a.html", page, "", own))
    assert isinstance(found, Draft)
    assert found.meta.outlet == "The Gazette"
    assert draft(page).meta.outlet == "NG"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "koi8-r", "shift_jis", "utf-16"])
def test_the_declared_charset_is_honoured(charset: str) -> None:
    word = {"koi8-r": "Гавань", "shift_jis": "港"}.get(charset, "Gefängnis")
    page = f'<html><head><meta charset="{charset}"></head><body><article><p>{word}.</p>{BODY}</article></body></html>'
    assert word in draft(page.encode(charset)).text


def test_an_xml_declaration_is_no_hindrance() -> None:
    page = f'<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>{BODY}</body></html>'
    assert "harbour wall" in draft(page).text


def test_a_short_page_keeps_its_paragraphs() -> None:
    found = draft("<html><body><h1>Wall</h1><p>It stands.</p><p>It leans.</p></body></html>")
    assert [found.text[slice(*span)] for span in found.paragraphs] == ["Wall", "It stands.", "It leans."]


def test_struck_out_words_and_scripts_are_no_text() -> None:
    page = f"<html><body><article>{BODY}<p>Some <del>twelve</del> ships.</p><script>alert(1)</script></article></body></html>"
    assert "twelve" not in draft(page).text
    assert "alert" not in draft(page).text


@pytest.mark.parametrize(
    "page", ["<html></html>", "<html><body><script>x</script></body></html>", "<br>", "<!-- -->"]
)
def test_a_page_without_text_is_named(page: str) -> None:
    with pytest.raises(ContentError) as error:
        draft(page)
    (problem,) = error.value.problems
    assert problem.message in ("no article found in the page", "not a web page")
    assert problem.hint


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<b>", "<p>", "<table><tr><td>", "<ul><li>", "<!--", "<script>", "&amp;", "<p class=comment>x</p>",
     "<div><p>x</p></div>", "<p>The wall was rebuilt, it said. </p>", "<meta name=a content=b>", "<a href=x>a</a> ", "<td>a", "<hr>",
     "<q>a</q>"],
)  # fmt: skip
def test_a_hostile_page_is_read_in_linear_time(unit: str) -> None:
    assert_linear(lambda text: draft(f"<html><body>{BODY}{text}{BODY}</body></html>"), unit, 25_000)


@pytest.mark.parametrize("unit", ["<a href=x>a</a> ", "<strong>a</strong> ", "<span>a</span>"])
def test_a_paragraph_of_marks_is_read_in_linear_time(unit: str) -> None:
    assert_linear(
        lambda text: draft(f"<html><body>{BODY}<p>{COUNCIL} {text}</p></body></html>"), unit, 25_000
    )


@pytest.mark.parametrize("mark", ["a{}=b", "a{}", "a{}='b>c'", 'a{} = "b c"'])
def test_a_tag_of_thousands_of_attributes_is_read_in_linear_time(mark: str) -> None:
    marks = " ".join(mark.format(number) for number in range(12_000))
    assert_linear(lambda text: draft(f"<html><body>{BODY}<p {text}>{COUNCIL}</p>"), marks + " ", len(marks))
    assert COUNCIL in draft(f"<html><body>{BODY}<p {marks}>{COUNCIL}</p>{BODY}").text
    assert "b c" not in draft(f"<html><body>{BODY}<p {marks}>{COUNCIL}</p>{BODY}").text


def test_headings_are_compared_with_a_long_title_in_linear_time() -> None:
    def page(text: str) -> str:
        title = text.replace("h1>", "")
        return (
            f"<html><head><title>{title}</title></head><body>{text.replace('storm', 'a')}{BODY}</body></html>"
        )

    assert_linear(lambda text: draft(page(text)), "<h1>storm</h1>", 16_000)


@pytest.mark.parametrize("code", ["#1", "#x12", "#0", "#11", "#xfffe", "#xd800", "#x110000", "#000000000001"])
def test_references_to_no_character_are_blanks(code: str) -> None:
    wall = f"The harbour wall stands&{code}; firm. "
    found = draft(
        f"<html><head><title>{wall}</title></head><body><h1>{wall}</h1><p>{wall}<b>{wall}</b>{BODY}"
    )
    assert "The harbour wall stands firm. The harbour" in found.text
    assert found.meta.title == "The harbour wall stands firm."


def test_json_ld_is_bounded() -> None:
    nested = "[" * 100_000
    many = '{"@graph":[' + ",".join(['{"@type":"NewsArticle","headline":"x"}'] * 20_000) + "]}"
    for source in (nested, many, '{"@type":"NewsArticle","author":' + "[" * 500 + "]" * 500 + "}"):
        assert (
            "harbour"
            in draft(
                f'<html><head><script type="application/ld+json">{source}</script></head><body>{BODY}</body></html>'
            ).text
        )


_TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<h1>", "</h1>", "<table>", "<tr>", "<td>", "<li>", "<ul>", "<a href='x'>", "<!--",
     "-->", "<script>", "</script>", "The harbour wall stands. ", "\n", "&amp;", "&#0;", "&#x110000;", "<br>", "\x00", "é",
     "<time datetime='2025-13-45'>", "<meta name=date content=x>", "<title>", "</title>", "<b", "<", ">", "<svg>"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_TAGS, max_size=40).map("".join))
def test_any_page_is_read_or_named(page: str) -> None:
    with suppress(ContentError):
        assert draft(page).text


@pytest.mark.parametrize(
    "crumb", ["<p> ", "<p>a", "<br>", "<tr><td>", "<hr>", "<q>a</q>", "<a href=x>word</a> "]
)
def test_a_page_of_crumbs_is_taken_as_it_stands_and_says_so(
    crumb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trafilatura, "bare_extraction", lambda *_, **__: pytest.fail("asked over crumbs"))
    found = draft(f"<html><body>{BODY}{crumb * 5_000}</body></html>")
    assert "harbour wall" in found.text
    assert [note.message for note in found.notes] == [
        "more paragraphs than words: the page is taken as it stands"
    ]
    assert len(found.paragraphs) < 120, "crumbs that follow each other are one paragraph"


def test_a_page_of_many_true_paragraphs_is_no_page_of_crumbs() -> None:
    page = "".join(
        f"<p>Ship <i>{number}</i> of the <b>harbour</b> left on Monday.</p>" for number in range(3_100)
    )
    assert draft(f"<html><body><article>{BODY}{page}</article></body></html>").notes == ()
