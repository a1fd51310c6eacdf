"""What stands above an article, as people write it, and what is said of a header that is broken."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import ReadSettings
from generator.errors import ContentError
from generator.model import Meta, Moment
from generator.reading.headers import Header, front_matter, plain_header
from tests.growth import assert_linear


def header(text: str, **settings: str) -> Header:
    return front_matter(text, "a.md", ReadSettings(**settings))  # type: ignore[arg-type]


def meta(text: str) -> Meta:
    return header(text).meta


def body(text: str) -> str:
    return text[header(text).end :]


def problems(text: str) -> list[str]:
    with pytest.raises(ContentError) as error:
        header(text)
    assert all(problem.hint or "more than" in problem.message for problem in error.value.problems)
    return [f"{problem.line}: {problem.message}" for problem in error.value.problems]


FULL = """---
title: "Harbour: wall rebuilt"
date: 2025-08-15
lastmod: 2025-08-16T10:00:00Z
link: https://example.org/wall
publisher: The Northport Gazette
origin: NPA
authors: [Ana Lind, Bo Ek]
lang: en-GB
tags:
  - harbour
  - storm
category: Local
description: >
  A wall,
  rebuilt.
slug: harbour-wall
draft: true
archived_url: https://archive.example/x
retrieved: 2025-08-17
licence: CC BY 4.0
story: wall
---
Body.
"""


def test_every_field_of_yaml_front_matter_is_read() -> None:
    assert meta(FULL) == Meta(
        title="Harbour: wall rebuilt",
        date=Moment(dt.date(2025, 8, 15)),
        updated=Moment(dt.date(2025, 8, 16)),
        url="https://example.org/wall",
        outlet="The Northport Gazette",
        origin="NPA",
        authors=("Ana Lind", "Bo Ek"),
        lang="en",
        tags=("harbour", "storm"),
        category="Local",
        description="A wall, rebuilt.",
        slug="harbour-wall",
        draft=True,
        archived_url="https://archive.example/x",
        retrieved=Moment(dt.date(2025, 8, 17)),
        license="CC BY 4.0",
        story="wall",
    )
    assert body(FULL) == "Body.\n"


@pytest.mark.parametrize(
    "title",
    ["Harbour: the wall's end", "“We stay”: harbour rejects plan", "Harbour wall:", "Live: quay: day two"],
)
def test_a_headline_may_hold_a_colon(title: str) -> None:
    found = front_matter(f"---\ntitle: {title}\ntags: [quay, 'wall']\n---\nText.", "a.md", ReadSettings())
    assert (found.meta.title, found.meta.tags) == (title, ("quay", "wall"))


def test_toml_front_matter_is_read() -> None:
    text = '+++\ntitle = "Wall"\ndate = 2025-08-15\nauthors = ["Ana", "Bo"]\ndraft = true\n[extra]\nx = 1\n+++\nBody.'
    found = header(text).meta
    assert (found.title, found.date, found.authors, found.draft) == (
        "Wall",
        Moment(dt.date(2025, 8, 15)),
        ("Ana", "Bo"),
        True,
    )
    assert body(text) == "Body."


def test_toml_dates_may_carry_a_time() -> None:
    found = meta("+++\ndate = 2025-08-15T09:30:00+02:00\n+++\nBody.").date
    assert found
    assert found.iso == "2025-08-15T07:30:00+00:00"


def test_pelican_lines_are_read() -> None:
    text = "Title: Wall rebuilt\nDate: 2025-08-15 10:20\nTags: harbour, storm\nSummary: A wall,\n    rebuilt.\n\nBody."
    found = meta(text)
    assert (found.title, found.tags, found.description) == (
        "Wall rebuilt",
        ("harbour", "storm"),
        "A wall, rebuilt.",
    )
    assert body(text).strip() == "Body."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Titel: Mauer\nQuelle: Nordblatt\nDatum: 15. August 2025\n\nText.", ("Mauer", "Nordblatt")),
        ("titulo: Muro\nfuente: Diario Norte\nfecha: 2025-08-15\n\nTexto.", ("Muro", "Diario Norte")),
        (
            "Titre : Le mur\nSource : Le Courrier du Port\nDate : 15 août 2025\n\nTexte.",
            ("Le mur", "Le Courrier du Port"),
        ),
        (
            "Título: El muro\nFuente: Diario del Puerto\nFecha: 15 de agosto de 2025\n\nTexto.",
            ("El muro", "Diario del Puerto"),
        ),
        (
            "Заголовок: Стена\nИсточник: Портовые вести\nДата: 15 августа 2025\n\nТекст.",
            ("Стена", "Портовые вести"),
        ),
        ("标题：港口\n来源：港报\n日期：2025年8月15日\n\n正文。", ("港口", "港报")),
        ("Headline: Wall\n\nOutlet: Gazette\n\nPublished on: 15 August 2025\n\nText.", ("Wall", "Gazette")),
        (
            "From: Gazette <news@northport.example>\nDate: Fri, 15 Aug 2025 09:30:00 +0000\nTo: all\nSubject: Wall\n\nText.",
            ("Wall", "Gazette"),
        ),
        ("**Title:** Wall\n**Source:** Gazette\n**Date:** 2025-08-15\n\nText.", ("Wall", "Gazette")),
        ("Wall rebuilt\nSource: Gazette\nDate: 15 August 2025\n\nText.", ("Wall rebuilt", "Gazette")),
        (
            "# Wall rebuilt\n\nSource: Gazette\nWords: 300\nDate: 15 August 2025\n\nText.",
            ("Wall rebuilt", "Gazette"),
        ),
        (
            "Kyiv: wall rebuilt\nBy: Ana Lind\nSource: Gazette\nDate: 15 August 2025\n\nText.",
            ("Kyiv: wall rebuilt", "Gazette"),
        ),
    ],
)
def test_header_lines_are_read_in_many_languages(text: str, expected: tuple[str, str]) -> None:
    found = plain_header(text, "a.txt", ReadSettings())
    assert (found.meta.title, found.meta.outlet) == expected
    assert found.meta.date == Moment(dt.date(2025, 8, 15))
    assert text[found.end :].strip() in ("Text.", "Texte.", "Texto.", "Текст.", "正文。")


def test_a_bare_address_above_the_text_is_the_page() -> None:
    text = "https://example.org/wall\n\nThe wall was rebuilt."
    assert meta(text).url == "https://example.org/wall"
    assert body(text).strip() == "The wall was rebuilt."


@pytest.mark.parametrize(
    "text",
    [
        "The wall was rebuilt.\n\nSource: NPA",
        "Kyiv: the mayor said the wall was rebuilt.\n\nMore.",
        "Data: the ministry counted five ships on Monday and nine on Tuesday, it said.\n\nMore.",
        "General\n\nWall rebuilt\n\nNPA: all is well.",
        "---\n\nA text below a rule.\n\n---\n\nMore.",
        "---\nA text below a rule, without an end.",
        "***\nText",
        "12:30 The wall stands.",
        "",
        "\n\n",
    ],
)
def test_a_text_without_header_is_all_body(text: str) -> None:
    assert header(text) == Header(Meta(), 0)


def test_unknown_keys_belong_to_others() -> None:
    assert meta("---\nlayout: post\nweight: 3\ntitle: Wall\nparams: {a: {b: [1]}}\n---\n").title == "Wall"


def test_values_stay_as_written() -> None:
    assert meta("---\ntitle: 2024\n---\n").title == "2024"
    assert meta("---\ntitle: yes\n---\n").title == "yes"
    assert meta("---\ntitle: 1_000\n---\n").title == "1_000"


def test_an_author_may_be_a_mapping_and_many_one_line() -> None:
    assert meta("---\nauthor: {name: Ana Lind, email: a@b.c}\n---\n").authors == ("Ana Lind",)
    assert meta("---\nauthors:\n- name: Ana Lind\n  url: https://x.y\n- name: Bo\n---\n").authors == (
        "Ana Lind",
        "Bo",
    )
    assert meta("---\nauthor: By Ana Lind and Bo Ek\n---\n").authors == ("Ana Lind", "Bo Ek")
    assert meta("---\nauthor: ana@example.org (Ana Lind)\n---\n").authors == ("Ana Lind",)


def test_a_source_that_is_an_address_is_the_page() -> None:
    found = meta("---\nsource: https://example.org/wall\n---\n")
    assert (found.url, found.outlet) == ("https://example.org/wall", "")


def test_drafts_as_other_generators_mark_them() -> None:
    assert meta("---\npublished: false\n---\n").draft
    assert not meta("---\npublished: true\n---\n").draft
    assert meta("Title: Wall\nStatus: draft\n\nText.").draft
    assert not meta("---\ndraft: false\n---\n").draft


def test_the_own_name_of_a_field_goes_before_its_synonyms() -> None:
    found = meta("---\npublished: 2025-08-14\ndate: 2025-08-15\nkeywords: a\n---\n")
    assert (found.date, found.tags) == (Moment(dt.date(2025, 8, 15)), ("a",))


def test_only_web_addresses_are_kept() -> None:
    found = header("---\nurl: javascript:alert(1)\narchived_url: ftp://x.y\ntitle: Wall\n---\n")
    assert (found.meta.url, found.meta.archived_url) == ("", "")
    assert [f"{note.line}: {note.message}" for note in found.notes] == [
        "2: no web address: javascript:alert(1)",
        "3: no web address: ftp://x.y",
    ]


def test_an_ambiguous_date_is_noted_and_not_given() -> None:
    found = header("---\ntitle: Wall\ndate: 03/04/2025\n---\n")
    assert found.meta.date is None
    assert [(note.line, note.message) for note in found.notes] == [(3, "date may mean two days: 03/04/2025")]


def test_a_second_front_matter_tells_what_the_first_leaves_open() -> None:
    text = "---\ntitle: Ours\n---\n\n---\ntitle: Theirs\nauthor: Ana\n---\nBody."
    found = header(text)
    assert (found.meta.title, found.meta.authors, body(text)) == ("Ours", ("Ana",), "Body.")
    assert [(note.line, note.message) for note in found.notes] == [(5, "second front matter")]


def test_a_rule_below_front_matter_is_body() -> None:
    assert body("---\ntitle: Wall\n---\n---\nText below a rule.\n") == "---\nText below a rule.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: Wall\ndate: 2024-02-30\n---\n", ["3: no such date: 2024-02-30"]),
        (
            "---\ndate: soon\nupdated: 2025-13-01\n---\n",
            ["2: no date: soon", "3: no such date: 2025-13-01"],
        ),
        ("---\ntitle: Wall\n\nBody without an end.\n", ["1: front matter is not closed"]),
        ("+++\ntitle = 'Wall'\n", ["1: front matter is not closed"]),
        (
            "---\ntitle: 'Harbour': wall\n---\n",
            ["2: front matter is no YAML: mapping values are not allowed in this context"],
        ),
        ("---\ntitle: 'Wall\n---\n", ["3: front matter is no YAML: found unexpected end of stream"]),
        ("---\ntitle: [a, b\n---\n", ["3: front matter is no YAML: did not find expected ',' or ']'"]),
        (
            "---\n\ttitle: x\n---\n",
            ["2: front matter is no YAML: found character that cannot start any token"],
        ),
        ("+++\ntitle = Wall\n+++\n", ["2: front matter is no TOML: invalid value"]),
        ("+++\ntitle = 'a'\ntitle = 'b'\n+++\n", ["3: front matter is no TOML: cannot overwrite a value"]),
        (
            "Title: Wall\nDate: 31.02.2025\n\nText.",
            ["2: no such date: 31.02.2025"],
        ),
        ("---\ntitle: x\n---\n---\ndate: 2024-02-30\n---\n", ["5: no such date: 2024-02-30"]),
        ("\n---\ntitle: x\ndate: 2024-02-30\n---\n", ["4: no such date: 2024-02-30"]),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, expected: list[str]) -> None:
    assert problems(text) == expected


def test_a_bomb_of_aliases_is_refused() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    text = "---\ntitle: x\n" + "\n".join(lines) + "\n---\nBody."
    assert problems(text) == ["4: front matter repeats *a"]


def test_one_word_may_be_repeated_by_an_alias() -> None:
    assert meta("---\ntitle: &t Wall\ndescription: *t\n---\n").description == "Wall"


def test_nesting_is_bounded() -> None:
    assert problems(f"---\ntags: {'[' * 500}\n---\n") == ["2: front matter is nested more than 12 deep"]
    (deepest,) = problems(
        f"---\ntags: {'[' * 50_000}\n---\n"
    )  # some releases of PyYAML have a bound of their own
    assert re.fullmatch(
        "2: front matter is (nested more than 12 deep|no YAML: exceeded maximum nesting depth)", deepest
    )
    assert problems(f"+++\ntags = {'[' * 10_000}\n+++\n") == ["1: front matter is nested too deeply"]
    assert problems("---\nx: " + "a" * 200_000 + "\n---\n") == [
        "1: front matter has more than 100,000 characters"
    ]
    dotted = "a." * 9_999 + "a = 1\n"
    assert problems(f"+++\n{dotted}+++\n") == ["1: front matter has more than 20,000 characters"]


@pytest.mark.parametrize(
    "unit", ["a: b\n", "- ", "{", "? ", "&a ", "*a ", "!!x ", '"', "a: |\n", "---\n", "Title: x\n", "x:"]
)
def test_a_hostile_header_is_read_in_linear_time(unit: str) -> None:
    for fence in ("---\ntitle: x\n", "+++\n", ""):
        assert_linear(lambda text, fence=fence: header(f"{fence}{text}\n{fence[:4]}"), unit, 50_000)  # type: ignore[misc]


@given(st.text(max_size=300), st.sampled_from(["---\n", "+++\n", "---\ntitle: ", "Date: ", ""]))
def test_any_header_is_read_or_named(text: str, start: str) -> None:
    with suppress(ContentError):
        assert 0 <= header(start + text).end <= len(start + text)
