"""CSV, JSON Lines and JSON lists: every good line an article, every bad one named."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import ReadSettings
from generator.model import Reading
from generator.reading.read import read
from tests.growth import assert_linear


def reading(path: str, text: str) -> Reading:
    return read(path, text.encode(), ReadSettings())


def told(found: Reading) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in found.skipped]


def test_the_usual_columns_are_read() -> None:
    text = 'title,date,text,url,source,author,lang\n"Wall, rebuilt",2025-08-15,"The wall stands.\n\nIt leans.",https://n.example/1,Gazette,Ana Lind,en\n'
    (found,) = reading("a.csv", text).articles
    meta = found.meta
    assert (meta.title, meta.url, meta.outlet, meta.authors) == (
        "Wall, rebuilt",
        "https://n.example/1",
        "Gazette",
        ("Ana Lind",),
    )
    assert meta.date
    assert (meta.date.iso, meta.lang) == ("2025-08-15", "en")
    assert [found.shown(span) for span in found.paragraphs] == ["The wall stands.", "It leans."]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_of_all_programs(separator: str, end: str) -> None:
    text = end.join(
        [
            separator.join(("Titel", "Datum", "Inhalt")),
            separator.join(("Mauer", "15.08.2025", "Sie steht.")),
            "",
        ]
    )
    (found,) = reading("a.csv", "\ufeff" + text).articles
    assert (found.meta.title, found.text.strip()) == ("Mauer", "Sie steht.")


def test_a_bad_line_is_named_and_the_others_are_read() -> None:
    text = (
        "title;date;text\n"
        "Wall;2025-08-15;The wall stands.\n"
        "short;2025-08-15\n"
        'Quay;2025-08-16;"The ""quay"";\nstands."\n'
        "Pier;2024-02-30;The pier stands.\n"
        'Dock;2025-08-17;"broken" here\n'
        "Mole;2025-08-18;The mole stands.\n"
        ";;\n"
        ";2025-08-18;\n"
        '"Lock;2025-08-18;never closed\n'
        "Ship;2025-08-18;The ship stands.\n"
    )
    found = reading("a.csv", text)
    assert [article.meta.title for article in found.articles] == ["Wall", "Quay", "Mole", "Ship"]
    assert told(found) == [
        "3: 2 columns, not 3",
        "6: no such date: 2024-02-30",
        "7: broken line: ';' expected after '\"'",
        "10: no text",
        "11: broken line: unexpected end of data",
    ]
    assert all(problem.hint for problem in found.skipped)


def test_a_table_without_text_is_named() -> None:
    found = reading("a.csv", "name,when\na,b\n")
    assert told(found) == ["1: no column holds the text"]
    assert found.skipped[0].hint == "call one of the columns text: name, when"


def test_json_lines() -> None:
    text = (
        '{"title":"Wall","text":"The wall stands.","date":"2025-08-15","url":"https://n.example/1"}\n\n'
        "{bad\n"
        '{"headline":"Quay","body":"<p>The quay stands.</p><p>It leans.</p>","source":{"id":null,"name":"Gazette"}}\r\n'
        '{"title":"Pier","text":"x","date":"2024-02-30"}\n'
        "[1]\n"
        '{"title":"Mole","text":"line\u2028separator","tags":["a",{"name":"b"},3],"id":7}\n'
        '{"id":8}\n' + "[" * 1_000_000 + "\n"
    )
    found = reading("a.jsonl", text)
    assert [article.meta.title for article in found.articles] == ["Wall", "Quay", "Mole"]
    assert (found.articles[1].meta.outlet, found.articles[1].text) == (
        "Gazette",
        "The quay stands.\n\nIt leans.",
    )
    assert (found.articles[2].meta.tags, found.articles[2].path) == (("a", "b", "3"), "a.jsonl#7")
    assert told(found) == [
        "3: no JSON: expecting property name enclosed in double quotes",
        "5: no such date: 2024-02-30",
        "6: entry is no object",
        "8: no text",
        "9: nested too deeply",
    ]


def test_json_lists_and_single_articles() -> None:
    one = {"title": "Wall", "text": "The wall stands."}
    for value in (one, [one], {"articles": [one], "status": "ok"}, {"items": [one]}):
        assert [article.meta.title for article in reading("a.json", json.dumps(value)).articles] == ["Wall"]
    found = reading("a.json", json.dumps([one, 5, {"id": 3}]))
    assert [problem.message for problem in found.skipped] == ["entry 2 is no object", "no text"]


def test_half_a_character_of_json_does_no_harm() -> None:
    (found,) = reading(
        "a.json", '{"title": "Wa\\ud800ll", "text": "The wall\\u0000 \\udfff stands."}'
    ).articles
    found.text.encode()
    assert found.meta.title == "Wa ll"


def test_large_cells_are_read() -> None:
    assert len(reading("a.csv", f"title,text\nWall,{'The wall stands. ' * 10_000}\n").articles) == 1


def test_lines_behind_quotes_that_nothing_closes_are_left_out_when_they_are_many() -> None:
    told = "Wall,The wall stands.\n" * 30
    found = reading("a.csv", f"title,text\n{told}" + 'a\nb","' * 999)
    assert len(found.articles) == 30
    assert [problem.message for problem in found.skipped][
        -1
    ] == "too many broken lines: the others are left out"
    assert len(found.skipped) < 30


@pytest.mark.parametrize("unit", ['"x\n', 'x,"y"z\n', 'a\nb","', ",\n", '"', "x\n", '{"a":1}\n'])
def test_broken_lines_are_told_in_linear_time(unit: str) -> None:
    assert_linear(lambda text: reading("a.csv", "title,text\n" + text), unit)
    assert_linear(lambda text: reading("a.jsonl", text), unit)


@given(
    st.lists(
        st.sampled_from(
            ["a", ",", ";", '"', "\n", "\r", "text", "title", "{", "}", ":", "[", "]", "1", " ", "é", "\x00"]
        )
    ).map("".join)
)
def test_any_table_is_read_or_named(text: str) -> None:
    for path, head in (("a.csv", "title,text\n"), ("a.csv", ""), ("a.jsonl", ""), ("a.json", "")):
        found = reading(path, head + text)
        assert found.articles or found.skipped, path
