"""Newsletters and saved web archives."""

from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import ReadSettings
from generator.errors import ContentError
from generator.model import Article
from generator.reading.draft import File
from generator.reading.mail import draft_mail
from generator.reading.read import read
from tests.growth import assert_linear

BODY = "The council said on Monday that it would rebuild the harbour wall.\n\nWork starts in May.\n"
PAGE = (
    "<html><head><title>Wall rebuilt | Gazette</title></head><body><h1>Wall rebuilt</h1>"
    "<p>The council said on Monday that it would rebuild the harbour wall – before winter.</p><p>Work starts in May.</p>"
    "</body></html>"
)


def only(path: str, data: bytes) -> Article:
    reading = read(path, data, ReadSettings())
    assert not reading.skipped
    (article,) = reading.articles
    return article


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("🔥 Six dead in Northport ⚡️", "Six dead in Northport"),
        ("Heat: Northport at 40°", "Heat: Northport at 40°"),
        ("Why 🧱 walls fall", "Why 🧱 walls fall"),
        ("👩🏽‍🚒", "👩🏽‍🚒"),
    ],
)
def test_pictures_round_a_subject_are_no_part_of_the_title(subject: str, title: str) -> None:
    message = mail(Subject=subject, From="Gazette <news@northport.example>")
    message.set_content(BODY)
    assert only("a.eml", bytes(message)).meta.title == title


def test_a_newsletter_in_plain_text() -> None:
    message = mail(
        Subject="Fwd: Wall rebuilt",
        From="Gazette <news@northport.example>",
        Date="Fri, 15 Aug 2025 09:30:00 +0200",
    )
    message.set_content(BODY)
    found = only("a.eml", bytes(message))
    assert (found.meta.title, found.meta.outlet) == ("Wall rebuilt", "Gazette")
    assert found.meta.date
    assert found.meta.date.iso == "2025-08-15T07:30:00+00:00"
    assert [found.shown(span) for span in found.paragraphs] == [line for line in BODY.splitlines() if line]


def test_the_html_part_goes_before_the_plain_one() -> None:
    message = mail(Subject="Wall", From="news@northport.example")
    message.set_content("See this mail in your browser.")
    message.add_alternative(PAGE, subtype="html")
    found = only("a.eml", bytes(message))
    assert found.meta.outlet == "northport.example"
    assert [found.shown(span) for span in found.paragraphs][1:] == [
        "The council said on Monday that it would rebuild the harbour wall – before winter.",
        "Work starts in May.",
    ]


def test_encoded_and_raw_headers_are_read() -> None:
    head = "From: =?koi8-r?B?8M/S1M/X2cUg18XT1Mk=?= <a@b.example>\nSubject: {}\n\n" + BODY
    assert only("a.eml", head.format("=?utf-8?q?W=C3=A4ll?= =?utf-8?q?e?=").encode()).meta.title == "Wälle"
    assert only("a.eml", head.format("Wälle").encode()).meta.title == "Wälle"
    assert only("a.eml", head.format("=?nonsense?q?W?=").encode()).meta.title
    assert only("a.eml", head.format("x").encode()).meta.outlet == "Портовые вести"


def test_the_charset_of_a_part_is_honoured() -> None:
    data = (
        b"Subject: x\nContent-Type: text/plain; charset=koi8-r\n\n"
        + "Стена стоит у гавани города.".encode("koi8-r")
    )
    assert "Стена стоит" in only("a.eml", data).text


def test_a_charset_that_is_none_is_passed_over() -> None:
    data = b"Subject: x\nContent-Type: text/plain; charset=a\0b\n\nThe wall stands at the harbour."
    assert "The wall stands" in only("a.eml", data).text


def test_attachments_are_no_text() -> None:
    message = mail(Subject="Wall")
    message.add_attachment("secret text", filename="a.txt")
    reading = read("a.eml", bytes(message), ReadSettings())
    assert [problem.message for problem in reading.skipped] == ["mail without text"]


def test_a_web_archive_gives_its_page() -> None:
    data = (
        "From: <Saved by a browser>\nSnapshot-Content-Location: https://northport.example/wall\nSubject: x\n"
        "Date: Sat, 16 Aug 2025 10:00:00 GMT\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n'
        f"Content-Transfer-Encoding: 8bit\n\n{PAGE}\n--b\nContent-Type: text/css\n\np {{}}\n--b--\n"
    )
    found = only("a.mhtml", data.encode())
    assert (found.meta.title, found.meta.url) == ("Wall rebuilt", "https://northport.example/wall")
    assert found.meta.date is None
    assert found.meta.retrieved
    assert found.meta.retrieved.day.isoformat() == "2025-08-16"
    assert "– before winter" in found.text


@pytest.mark.parametrize(
    "unit", ["a", "--b\n", "A: b\n", "=?utf-8?q?a?= ", "Content-Type: multipart/mixed; boundary=b\n\n--b\n"]
)
def test_a_hostile_mail_is_read_in_linear_time(unit: str) -> None:
    head = "Subject: {}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{}\n"
    for form in (head.format("x", "{}"), head.format("{}", "The wall stands."), "{}"):
        assert_linear(lambda text, form=form: told(form.format(text)), unit, 6_000)  # type: ignore[misc]


def told(mail: str) -> object:
    return list(draft_mail(File("a.eml", mail.encode(), "", ReadSettings())))


def test_a_charset_that_is_none_is_no_fault() -> None:
    for charset in ("utf-\0\x07-8", "none-such", "\udcff", "a" * 500):
        mail = f'Subject: Wall\nContent-Type: text/plain; charset="{charset}"\n\nThe wall stands.\n'
        assert only("a.eml", mail.encode("utf-8", "surrogateescape")).text.strip() == "The wall stands."


def test_a_sender_of_colons_is_no_fault() -> None:
    assert only("a.eml", f"Subject: Wall\nFrom: {': ' * 5_000}\n\nThe wall stands.\n".encode()).text


def test_deep_nesting_is_named() -> None:
    part = "Content-Type: message/rfc822\n\n" * 3_000
    reading = read("a.eml", part.encode(), ReadSettings())
    assert reading.articles or reading.skipped


_LINES = st.sampled_from(
    ["From: a@b\n", "Subject: =?x?", "?=\n", "\n", "--b\n", "--b--\n", "MIME-Version: 1.0\n", "Content-Type: text/html\n",
     "Content-Type: multipart/mixed; boundary=b\n", "Content-Type: text/plain; charset=\n", "Content-Type: ;;;=\n",
     "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n", "=E4=\n", "QUJD\n", "<p>Wall</p>\n",
     "Content-Disposition: \x00\n", "Date: x\n", "\xff", " folded\n", "begin 644 a\n"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(_LINES, max_size=25).map("".join))
def test_any_mail_is_read_or_named(text: str) -> None:
    with suppress(ContentError):
        assert list(draft_mail(File("a.eml", text.encode("latin-1"), "", ReadSettings())))
