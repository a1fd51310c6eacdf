"""One file in, articles out: whatever people have, and a name for whatever is none."""

from __future__ import annotations

import datetime as dt
import json
from email.message import EmailMessage
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli import main
from generator.config import ReadSettings
from generator.model import Article, Cut, Moment, Reading, Span
from generator.reading.read import FORMATS, read, recut
from tests.builders import write_files
from tests.growth import assert_linear

_CASES = Path(__file__).parent / "cases" / "reading"
TEXTS = dict(
    line.split(" ", 1) for line in (_CASES / "languages.txt").read_text(encoding="utf-8").splitlines()
)
PAGE = (_CASES / "page.html").read_bytes()


def reading(path: str, data: bytes | str, **given: object) -> Reading:
    return read(path, data.encode() if isinstance(data, str) else data, ReadSettings(**given))  # type: ignore[arg-type]


def only(path: str, data: bytes | str, **given: object) -> Article:
    found = reading(path, data, **given)
    assert not found.skipped, found.skipped
    (article,) = found.articles
    return article


def why(path: str, data: bytes | str, **given: object) -> list[str]:
    found = reading(path, data, **given)
    assert not found.articles
    assert all(problem.path.startswith(path) for problem in found.skipped)
    return [f"{problem.line}: {problem.message}" for problem in found.skipped]


# ---------------------------------------------------------------- a thousand files


def _markdown(lang: str, number: int) -> str:
    return f"---\ntitle: Wall {number}\ndate: 2025-08-{number % 28 + 1:02}\nsource: Gazette\n---\n\n{TEXTS[lang]}\n"


def _pelican(lang: str, number: int) -> str:
    return f"Title: Wall {number}\nDate: 2025-08-15\n\n{TEXTS[lang]}\n"


def _toml(lang: str, number: int) -> str:
    return f'+++\ntitle = "Wall {number}"\n+++\n{TEXTS[lang]}\n'


def _plain(lang: str, number: int) -> str:
    return f"Wall {number} is rebuilt\n\n{TEXTS[lang]}\n\n{TEXTS[lang]}\n"


def _headed(lang: str, number: int) -> str:
    return f"Title: Wall {number}\nSource: Gazette\nDate: 15 August 2025\n\n{TEXTS[lang]}\n"


def _page(lang: str, number: int) -> str:
    return f"<html><head><title>Wall {number}</title></head><body><h1>Wall {number}</h1><p>{TEXTS[lang]}</p></body></html>"


def _rss(lang: str, number: int) -> str:
    return (
        f"<rss version='2.0'><channel><title>Gazette</title><item><guid>{number}</guid><title>Wall {number}</title>"
        f"<description>{TEXTS[lang]}</description></item></channel></rss>"
    )


def _lines(lang: str, number: int) -> str:
    return (
        json.dumps({"id": number, "title": f"Wall {number}", "text": TEXTS[lang]}, ensure_ascii=False) + "\n"
    )


def _table(lang: str, number: int) -> str:
    return f'title,text\nWall {number},"{TEXTS[lang]}"\n'


def _mail(lang: str, number: int) -> str:
    message = EmailMessage()
    message["Subject"] = f"Wall {number}"
    message.set_content(TEXTS[lang])
    return message.as_string()


KINDS = {
    "md": _markdown, "markdown": _pelican, "m.md": _toml, "txt": _plain, "h.txt": _headed, "html": _page, "rss": _rss,
    "jsonl": _lines, "csv": _table, "eml": _mail,
}  # fmt: skip
ENCODINGS = {
    "en": ("utf-8", "utf-8-sig", "utf-16", "cp1252"), "de": ("utf-8", "latin-1", "utf-32"), "fr": ("utf-8", "cp1252"),
    "es": ("utf-8", "latin-1"), "pl": ("utf-8", "cp1250"), "ru": ("utf-8", "koi8-r", "cp1251", "utf-16-le"),
    "uk": ("utf-8", "koi8-u"), "ja": ("utf-8", "shift_jis", "euc_jp"), "zh": ("utf-8", "gb18030"),
    "ko": ("utf-8", "euc_kr"), "ar": ("utf-8", "cp1256"), "el": ("utf-8", "cp1253"), "he": ("utf-8", "cp1255"),
}  # fmt: skip
BROKEN: dict[str, bytes] = {
    "empty.md": b"",
    "blank.txt": b" \r\n\t\n",
    "zero.txt": b"The wall\x00stands.",
    "junk.txt": bytes(range(1, 256)) * 4,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "paper.txt": b"%PDF-1.7\n",
    "office.md": b"PK\x03\x04" + bytes(40),
    "archive.txt": b"\x1f\x8b\x08\x00",
    "large.txt": b"The wall stands. " * 1_400,
    "unknown.docx": b"The wall stands.",
    "frame.htm": b"<html><frameset></frameset></html>",
    "open.md": b"---\ntitle: Wall\n\nThe wall stands.\n",
    "open.toml.md": b"+++\ntitle = 'Wall'\n\nThe wall stands.\n",
    "colon.md": b"---\ntitle: 'Harbour': wall\n---\nIt stands.\n",
    "quote.md": b"---\ntitle: 'Wall\n---\nIt stands.\n",
    "bracket.md": b"---\ntags: [a, b\n---\nIt stands.\n",
    "tab.md": b"---\n\ttitle: x\n---\nIt stands.\n",
    "list.md": b"---\ntitle: x\n- y\n---\nIt stands.\n",
    "value.md": b"+++\ntitle = Wall\n+++\nIt stands.\n",
    "twice.md": b"+++\na = 1\na = 2\n+++\nIt stands.\n",
    "day.md": b"---\ndate: 2024-02-30\n---\nIt stands.\n",
    "month.md": b"---\ndate: 2024-13-01\n---\nIt stands.\n",
    "soon.md": b"---\ndate: soon\n---\nIt stands.\n",
    "hour.md": b"---\ndate: 2024-01-01T25:00\n---\nIt stands.\n",
    "updated.md": b"---\nupdated: 31/02/2024\n---\nIt stands.\n",
    "toml-day.md": b"+++\ndate = 2024-02-30\n+++\nIt stands.\n",
    "day.txt": b"Title: Wall\nDate: 30 February 2024\n\nIt stands.\n",
    "pelican.markdown": b"Title: Wall\nDate: 2024-02-30\n\nIt stands.\n",
    "bomb.md": b"---\na: &a [x]\nb: [*a, *a]\n---\nIt stands.\n",
    "deep.md": b"---\na: " + b"[" * 900 + b"\n---\nIt stands.\n",
    "deep.toml.md": b"+++\na = " + b"[" * 4_000 + b"\n+++\nIt stands.\n",
    "bare.md": b"---\ndate: 2024-01-01\n---\n",
    "bare.txt": b"Source: Gazette\nDate: 2024-01-01\n",
    "comment.md": b"<!-- nothing -->\n",
    "script.md": b"<script>alert(1)</script>\n",
    "page.html": b"<html><head><title></title></head><body><script>x</script></body></html>",
    "words.xml": b"The wall stands.",
    "nofeed.xml": b"<html><body>The wall stands.</body></html>",
    "entity.rss": b"<!DOCTYPE r [<!ENTITY a 'b'>]><rss version='2.0'><channel><item><title>&a;</title></item></channel></rss>",
    "item.atom": b"<feed xmlns='http://www.w3.org/2005/Atom'><entry></entry></feed>",
    "open.json": b'{"title": "Wall"',
    "number.json": b"5",
    "deep.json": b"[" * 15_000,
    "bad.jsonl": b'{"title": "Wall", \n',
    "list.jsonl": b"[1, 2]\n",
    "notext.jsonl": b'{"id": 3}\n',
    "notext.csv": b"a,b\n1,2\n",
    "short.csv": b"title,text\nWall\n",
    "empty.eml": b"Subject: \n\n",
    "nopage.mhtml": b"Subject: x\n\nThe wall stands.",
}


def _thousand() -> dict[str, bytes]:
    """Return 950 files of all kinds, languages and encodings, no two of one text, and the broken ones."""
    sorts = [
        (kind, lang, encoding) for kind, lang in product(KINDS, ENCODINGS) for encoding in ENCODINGS[lang]
    ]
    files = dict(BROKEN)
    for number in range(950):
        kind, lang, encoding = sorts[number * 7 % len(sorts)]
        if kind in ("eml", "jsonl", "csv", "rss") and encoding not in ("utf-8", "utf-8-sig"):
            encoding = "utf-8"
        text = KINDS[kind](lang, number).replace(TEXTS[lang], f"{TEXTS[lang]} {number}.")
        text = text.replace("\n", "\r\n" if number % 3 else "\n")
        files[f"{number:03}-{lang}.{kind}"] = text.encode(encoding, "ignore")
    return files


def test_of_a_thousand_files_the_fifty_broken_are_named_and_fail_only_a_strict_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSCITE_CACHE", str(tmp_path / "cache"))
    files = _thousand()
    assert (len(files), len(BROKEN)) == (1_000, 50)
    write_files(tmp_path, {f"content/{path}": data for path, data in files.items()})
    (tmp_path / "crosscite.toml").write_text("[reading]\nmax_bytes = 20_000\n", encoding="utf-8")
    given = ["-c", str(tmp_path / "crosscite.toml"), "-s", str(tmp_path / "content")]
    assert main(["list", "articles", "--json", *given]) == 0
    told = capsys.readouterr()
    paths = [json.loads(line)["path"].partition("#")[0] for line in told.out.splitlines()]
    assert sorted(paths) == sorted(set(files) - set(BROKEN))
    assert _named(told.err) == set(BROKEN)
    assert main(["build", "--strict", "-o", str(tmp_path / "site"), *given]) == 1
    assert _named(capsys.readouterr().err) == set(BROKEN)
    assert not (tmp_path / "site").exists()


def test_a_file_without_an_ending_is_no_article() -> None:
    assert why("noending", "The wall stands.") == ["0: no format of articles: no ending"]


def _named(told: str) -> set[str]:
    """Return the files that problems name, each with a reason."""
    problems = [line for line in told.splitlines() if not line.startswith("  hint: ")]
    named = {line.partition(":")[0].partition("#")[0]: line.rpartition(": ")[2] for line in problems}
    assert all(named.values())
    return set(named)


def test_of_the_thousand_no_text_is_lost_to_its_encoding() -> None:
    words = {lang: text.split()[0].strip(",.،") for lang, text in TEXTS.items()}
    files = [(path, data) for path, data in _thousand().items() if path not in BROKEN]
    one_of_each = files[: len(KINDS) * sum(map(len, ENCODINGS.values()))]
    lost = [path for path, data in one_of_each if words[path[4:6]] not in only(path, data).text]
    assert lost == []


# ---------------------------------------------------------------- what an article knows of itself


def test_the_file_name_gives_a_day_only_where_nothing_else_does() -> None:
    assert only("news/2025-08-15-wall.txt", "The wall was rebuilt. It stands.").meta.date == Moment(
        _day("2025-08-15")
    )
    assert only("2025-08-15-wall.md", "---\ndate: 2024-01-02\n---\nIt stands.").meta.date == Moment(
        _day("2024-01-02")
    )
    assert only("wall.md", "On 15 August 2025 the wall was rebuilt.").meta.date is None
    assert only("2025-08-15-feed.jsonl", '{"title": "Wall", "text": "It stands."}').meta.date is None


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_day_is_the_readers() -> None:
    source = "---\ndate: 2025-08-15T23:30:00-05:00\n---\nIt stands."
    assert only("a.md", source, timezone="America/Chicago").meta.date == Moment(_day("2025-08-15"))
    assert only("a.md", source, timezone="Asia/Seoul").meta.date == Moment(_day("2025-08-16"))


def test_the_outlet_is_given_or_known_by_its_address() -> None:
    assert only("a.md", "---\nurl: https://www.aljazeera.com/x\n---\nIt stands.").meta.outlet == "Al Jazeera"
    assert (
        only("a.md", "---\nurl: https://www.aljazeera.com/x\nsource: AJ\n---\nIt stands.").meta.outlet == "AJ"
    )
    assert (
        only("a.md", "---\nurl: https://n.example/x?utm_source=y\n---\nIt stands.").meta.url
        == "https://n.example/x"
    )
    assert only("a.md", "It stands.").meta.outlet == ""


def test_the_origin_is_the_agency_that_signs() -> None:
    assert only("a.md", "---\nsource: Gazette\nauthor: AFP\n---\nIt stands.").meta.origin == "AFP"
    assert (
        only("a.md", "---\nsource: Gazette\norigin: NPA\nauthor: AFP\n---\nIt stands.").meta.origin == "NPA"
    )


@pytest.mark.parametrize(
    "text",
    [
        "SEOUL, Aug. 15 (Yonhap) -- {}\n",
        "By Yonhap\n\n{}\n",
        "{}\n\nSource: https://www.yna.co.kr/view/1\n",
    ],
)
def test_the_origin_is_the_agency_that_the_text_credits(text: str) -> None:
    body = (
        "The council said that it would rebuild the wall, which the storm of August had broken in two places."
    )
    for path in ("a.txt", "a.md"):
        assert only(path, text.format(body)).meta.origin == "Yonhap"
    assert (
        only(
            "a.md", "Yonhap has an office in the town, where it stands by the wall of the old harbour."
        ).meta.origin
        == ""
    )


def test_plain_text_is_the_file_itself() -> None:
    data = (
        "Title: Wall\r\nSource: Gazette\r\n\r\nThe wall was re\u00adbuilt \u200bin 1910.\r\nIt *stands*.\r\n"
    )
    found = only("a.txt", data)
    assert found.text == data.replace("\r\n", "\n")
    assert [(cut.reason, found.text[slice(*cut.span)]) for cut in found.cut] == [
        ("header", "Title: Wall"),
        ("header", "Source: Gazette"),
    ]
    assert [found.shown(span) for span in found.sentences] == [
        "The wall was rebuilt in 1910.",
        "It *stands*.",
    ]


def test_a_page_that_is_named_text_is_a_page() -> None:
    assert only("a.txt", PAGE).text == only("a.html", PAGE).text


def test_endings_are_known_in_any_case() -> None:
    assert only("A.MD", "# Wall\n\nIt stands.").meta.title == "Wall"
    assert why("a.docx", b"PK") == ["0: no format of articles: .docx"]


def test_a_limit_of_size_is_told() -> None:
    assert why("a.txt", "x" * 2_000, max_bytes=1_500) == ["0: larger than 1,500 bytes"]


def test_more_cuts_leave_the_rest_as_it_was() -> None:
    found = only("a.md", "The wall was rebuilt on Monday.\n\nHelp us pay for it, dear reader.\n\nIt stands.")
    again = recut(found, [Cut(found.paragraphs[1], "recurring")])
    assert [again.shown(span) for span in again.sentences] == [
        "The wall was rebuilt on Monday.",
        "It stands.",
    ]
    assert (again.id, again.meta, again.text) == (found.id, found.meta, found.text)
    assert recut(found, []) == found


def test_the_same_bytes_give_the_same_article() -> None:
    for path, data in (
        ("a.html", PAGE),
        ("a.md", _markdown("en", 3).encode()),
        ("a.txt", _plain("ru", 1).encode("koi8-r")),
    ):
        assert reading(path, data) == reading(path, data)


# ---------------------------------------------------------------- hostile input


def _sound(found: Reading) -> None:
    """Check what holds for every reading."""
    for article in found.articles:
        assert article.text.strip()
        for span in (*article.paragraphs, *article.sentences, *(cut.span for cut in article.cut)):
            assert 0 <= span.start < span.end <= len(article.text)
        assert not set("\0\x0b\x1f\ufffe\ud800") & set(
            article.text + article.meta.title + article.meta.outlet
        )
        assert article.meta.url == "" or article.meta.url.startswith(("http://", "https://"))
    assert all(problem.message and "\n" not in problem.message for problem in found.skipped)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FORMATS)), st.binary(max_size=300))
def test_any_bytes_are_read_or_named(suffix: str, data: bytes) -> None:
    found = reading(f"a{suffix}", data)
    assert found.articles or found.skipped or suffix in (".jsonl", ".ndjson", ".csv", ".tsv", ".json")
    _sound(found)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_damaged_files_are_read_or_named(kind: str, data: st.DataObject) -> None:
    source = KINDS[kind]("en", 1).encode()
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    _sound(reading(f"a.{kind}", source[:start] + data.draw(st.binary(max_size=8)) + source[end:]))


@pytest.mark.parametrize("suffix", [".md", ".txt", ".html", ".eml", ".csv", ".json"])
@pytest.mark.parametrize("unit", ["The wall № stands. ", "“", "wall", "\n", "A. ", "(", "'"])
def test_a_long_line_is_read_in_linear_time(suffix: str, unit: str) -> None:
    assert_linear(lambda text: _sound(reading(f"a{suffix}", text)), unit, 8_000)


@pytest.mark.parametrize(
    ("path", "line"), [("a.jsonl", '{"title": "Wall"}\n'), ("a.csv", "title,text\n" + "Wall,\n" * 9)]
)
def test_of_a_file_of_empty_articles_as_many_are_read_as_it_has_room_for(path: str, line: str) -> None:
    found = reading(path, line * 9, max_bytes=2_000)
    assert len(found.articles) == 4
    assert [(p.message, p.hint) for p in found.skipped] == [
        ("more than 4 articles: the others are left out", "divide the file, or raise reading.max_bytes")
    ]


def test_more_than_a_thousand_articles_need_some_bytes_each() -> None:
    line = '{"title": "Wall"}\n'
    found = reading("a.jsonl", line * 1_200)
    assert len(found.articles) == 1_000
    assert [problem.message for problem in found.skipped] == [
        "more than 1,000 articles: the others are left out"
    ]
    told = (
        json.dumps({"title": "Wall", "text": "The wall at Orlen stands, and the board says it will."}) + "\n"
    )
    assert len(reading("a.jsonl", told * 1_200).articles) == 1_200


def test_a_text_in_shreds_is_named_and_a_long_list_is_read() -> None:
    (problem,) = reading("a.txt", "a wall\n\n" * 5_001).skipped
    assert problem.message == "5,001 paragraphs with fewer than 10 characters each: no article"
    assert len(only("a.txt", "a wall\n\n" * 5_000).paragraphs) == 5_000
    assert len(only("a.txt", "Lee 3:45 h\n\n" * 5_001).paragraphs) == 5_001
    (problem,) = reading("a.txt", "Ice. " * 5_002).skipped
    assert problem.message == "5,001 sentences with fewer than 10 characters each: no article"
    (problem,) = reading("a.txt", "水位上升。" * 5_002).skipped
    assert problem.message == "5,001 sentences with fewer than 10 characters each: no article"
    melts = "".join(f"Ice {number} melts. " for number in range(5_002))
    assert len(only("a.txt", melts).sentences) == 5_002


def test_nothing_in_an_article_opens_another_file() -> None:
    for path in ("a.xml", "a.rss", "a.json", "a.html", "a.md", "a.txt", "a.eml"):
        found = reading(path, str(Path(__file__).resolve()))
        assert not any("def test_nothing" in article.text for article in found.articles)


def test_addresses_have_a_scheme_in_small_letters() -> None:
    meta = only("a.md", "---\nurl: Https://a.example/B\narchived_url: HTTP://b.example/C\n---\n\nOne.").meta
    assert (meta.url, meta.archived_url) == ("https://a.example/B", "http://b.example/C")


def test_spans_are_places_in_the_text() -> None:
    found = only("a.md", "# Wall\n\nOne.\n\nTwo.")
    assert found.paragraphs == (Span(0, 4), Span(6, 10), Span(12, 16))


TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
PILE = "a" + "\u0301" * 60


@pytest.mark.parametrize("kind", [*KINDS, "json"])
def test_no_words_turn_or_cover_those_beside_them(kind: str) -> None:
    """A title, an outlet or a sentence stands in one line with those of others."""
    text = TEXTS["en"]
    for mark in (*TURNS, PILE):
        made = json.dumps({"title": text, "text": text}) if kind == "json" else KINDS[kind]("en", 1)
        for written in (mark, mark.encode("ascii", "xmlcharrefreplace").decode()):
            source = made.replace("Wall", f"W{written}all").replace(text[:3], f"{text[:3]}{written}")
            for article in reading(f"a.{kind}", source.replace("Gazette", f"Ga{mark}zette")).articles:
                shown = f"{article.text} {article.meta}"
                assert mark not in shown
                assert ascii(mark)[1:-1] not in shown  # as a value of ``repr``
                assert "\u0301" * 5 not in shown


def test_marks_of_two_directions_and_stacked_accents_of_real_scripts_stay() -> None:
    words = "שלום \u200eNATO\u200f, Việt Nam, e\u0323\u0302, क्ष्म्य, ไม้"
    assert only("a.md", f"{words} stand here today.").text == f"{words} stand here today."
