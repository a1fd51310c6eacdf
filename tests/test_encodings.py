"""Bytes to text: every encoding that newsrooms and archives still use."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.reading.encodings import declared_charset, decode, plain_lines
from tests.growth import assert_linear

_LINES = (
    (Path(__file__).parent / "cases" / "reading" / "languages.txt").read_text(encoding="utf-8").splitlines()
)
SAMPLES = dict(line.split(" ", 1) for line in _LINES)
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
NATIONAL = {
    "en": ("cp1252", "mac_roman"),
    "de": ("cp1252", "latin-1", "mac_roman", "cp850"),
    "fr": ("cp1252",),
    "es": ("cp1252", "latin-1"),
    "pl": ("cp1250", "iso8859-2"),
    "cs": ("cp1250", "iso8859-2"),
    "ru": ("koi8-r", "cp1251", "cp866", "iso8859-5", "mac_cyrillic"),
    "uk": ("koi8-u", "cp1251"),
    "el": ("cp1253",),
    "tr": ("cp1254",),
    "he": ("cp1255",),
    "ar": ("cp1256",),
    "ja": ("shift_jis", "euc_jp", "iso2022_jp"),
    "zh": ("gbk", "gb18030"),
    "ko": ("euc_kr",),
}


@pytest.mark.parametrize(
    ("lang", "encoding"), [(lang, encoding) for lang in SAMPLES for encoding in (*UNICODE, *NATIONAL[lang])]
)
def test_every_language_is_read_in_its_encodings(lang: str, encoding: str) -> None:
    text = f"{SAMPLES[lang]}\n\n{SAMPLES[lang]}\n"
    data = text.encode(encoding, errors="ignore")
    expected = data.decode(encoding)
    assert expected == decode(data, "a.txt")


def test_line_ends_of_all_systems_become_one_character() -> None:
    assert decode("a\r\nb\rc\fd\u2028e\x85f\u2029\ng".encode(), "a.txt") == "a\nb\nc\nd\ne\nf\n\ng"


def test_soft_hyphens_and_zero_width_characters_stay() -> None:
    text = "Har\u00adbour \u200bwall \u202bשלום\u202c"
    assert text == decode(text.encode(), "a.txt")


def test_control_characters_become_blanks_at_their_place() -> None:
    text = "The wall stands. " * 20 + "Bell:\x07."
    assert text.replace("\x07", " ") == decode(text.encode(), "a.txt")


def test_a_few_stray_bytes_do_not_spoil_utf8() -> None:
    data = "Das Stück kostet für Bürger fünf Euro. ".encode() * 2 + b" \x96 na\xefve"
    assert decode(data, "a.txt") == "Das Stück kostet für Bürger fünf Euro. " * 2 + " – naïve"


def test_a_declared_charset_is_honoured_unless_the_bytes_are_utf8() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body>{}</body></html>'
    assert "“wall”" in decode(page.format("“wall”").encode("cp1252"), "a.html")
    assert "“wall”" in decode(page.format("“wall”").encode(), "a.html")
    russian = "<?xml version='1.0' encoding='windows-1251'?><a>Мир</a>"
    assert russian == decode(russian.encode("cp1251"), "a.xml")


@pytest.mark.parametrize("name", ["punycode", "idna", "unicode_escape", "raw-unicode-escape", "undefined"])
def test_what_python_knows_beside_charsets_is_passed_over(name: str) -> None:
    page = f'<meta charset="{name}"> na\xefve \\x3c'
    assert decode(page.encode("cp1252"), "a.html") == page
    assert_linear(lambda text: decode(f"a-\xe9{text}".encode("cp1252"), "a.html", name), "b9", 50_000)


def test_a_charset_that_does_not_exist_is_passed_over() -> None:
    assert "na\xefve" in decode(b'<meta charset="x-nonsense"> na\xefve', "a.html")
    assert declared_charset(b'<meta charset="x-nonsense">') == "x-nonsense"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7 ...", "not a text file but a PDF"),
        (b"PK\x03\x04....", "not a text file but a ZIP archive or office document"),
        (b"\x89PNG\r\n", "not a text file but an image"),
        (b"text\x00with\x00zero", "not a text file"),
        (bytes(range(1, 32)) * 9, "not a text file"),
        (b"\x00" * 100, "not a text file"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, message: str) -> None:
    with pytest.raises(ContentError) as error:
        decode(data, "a.txt")
    (problem,) = error.value.problems
    assert ("a.txt", message) == (problem.path, problem.message)
    assert problem.hint


@given(st.binary(max_size=400))
def test_bytes_become_text_or_a_named_problem(data: bytes) -> None:
    try:
        text = decode(data, "a.txt")
    except ContentError:
        return
    assert not set("\0\r\f\x85\u2028\u2029\ud800") & set(text)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=300))
def test_lines_are_plain_once_and_for_all(text: str) -> None:
    assert plain_lines(text) == plain_lines(plain_lines(text))
