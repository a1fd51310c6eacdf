"""Mail: newsletters as ``.eml``, and web pages saved as MHTML, which is mail too.

The HTML part of a newsletter is read as a page where trafilatura finds most of its text there, else
paragraph by paragraph; without one the plain part is read. The sender is the outlet, the subject the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from unicodedata import category

from generator.errors import ContentError, Problem
from generator.model import Meta
from generator.reading.draft import Draft, Drafts, File, draft_of, fill
from generator.reading.encodings import decode, plain_lines
from generator.reading.fields import Field, read_fields
from generator.reading.html import draft_html
from generator.reading.plain import draft_plain
from generator.reading.tags import paragraphs_of

_LONGEST_SENDER = 320
"""RFC 3696; parseaddr goes one call deeper for each colon."""
_MOST_PARTS = 1_000
_MOST_CHARS = 2_000
_LEAST_SHARE, _MOST_SHARE = 0.5, 0.8
"""trafilatura is followed where it finds most of a mail and leaves out enough to be worth it."""
_FIRST_PICTURE = "\u2190"
"""An arrow: lower symbols belong to what they stand beside, as in 40°."""
_PICTURES = frozenset(("So", "Sk"))
"""Categories of pictures, and of what changes their colour …"""
_JOINERS = frozenset("\u200d\ufe0f")
"""… and what joins or chooses them."""
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|i)\s{0,2}:\s{0,2})+", re.IGNORECASE)


def draft_mail(file: File) -> Drafts:
    """Yield the draft of a mail. Raises ContentError when it has no text."""
    mail = _parsed(file)
    meta, notes = _meta(mail, file)
    html, plain = (next(_parts(mail, kind), None) for kind in ("text/html", "text/plain"))
    if html:
        draft = _newsletter(File(file.path, html[0], file.digest, file.settings), html[1], meta)
    elif plain:
        text = decode(plain[0], file.path, plain[1])
        draft = draft_plain(file.path, file.digest, text, meta, file.settings)
    else:
        raise ContentError([Problem(file.path, 0, "mail without text", "save it as .txt or .html")])
    yield replace(draft, notes=(*notes, *draft.notes))


def draft_archive(file: File) -> Drafts:
    """Yield the draft of a page saved as MHTML. Raises ContentError when it holds none."""
    mail = _parsed(file)
    html = next(_parts(mail, "text/html"), None)
    if not html:
        raise ContentError([Problem(file.path, 0, "archive without a page", "save the page as .html")])
    fields = [
        Field("url", _header(mail, "Snapshot-Content-Location") or html[2]),
        Field("retrieved", _header(mail, "Date")),
    ]
    known, _ = read_fields((f for f in fields if f.value), file.path, file.settings, lenient=True)
    yield from draft_html(File(file.path, html[0], file.digest, file.settings), html[1], known)


def _parsed(file: File) -> Message:
    """Return the message. Raises ContentError for one nested too deeply."""
    try:
        return message_from_bytes(
            file.data.replace(b"\0", b"")
        )  # RFC 5322 knows none; a codec's name with one raises
    except RecursionError:
        raise ContentError([Problem(file.path, 0, "nested too deeply", "save it as .txt or .html")]) from None


def _parts(mail: Message, kind: str) -> Iterator[tuple[bytes, str, str]]:
    """Yield bytes, charset and address of the parts of a kind, attachments apart."""
    waiting = [mail]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        payload = part.get_payload()
        if isinstance(payload, list):
            waiting.extend(reversed([inner for inner in payload if isinstance(inner, Message)]))
            continue
        wanted = part.get_content_type() == kind and part.get_content_disposition() != "attachment"
        if wanted and (data := _bytes(part)).strip():
            yield data, part.get_content_charset() or "", _header(part, "Content-Location")


def _bytes(part: Message) -> bytes:
    """Return the bytes of a part without its transfer encoding; as they stand where that is broken."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError):  # a charset that is none
        data = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return data if isinstance(data, bytes) else b""


def _meta(mail: Message, file: File) -> tuple[Meta, tuple[Problem, ...]]:
    """Return what the headers of a mail say."""
    name, address = parseaddr(_header(mail, "From")[:_LONGEST_SENDER])
    fields = [
        Field("title", _undecorated(_REPLY.sub("", _header(mail, "Subject"), count=1))),
        Field("date", _header(mail, "Date")),
        Field("outlet", name or address.rpartition("@")[2]),
        Field("url", _header(mail, "Archived-At").strip("<> ")),
        Field("lang", _header(mail, "Content-Language")),
    ]
    return read_fields((field for field in fields if field.value), file.path, file.settings, lenient=True)


def _undecorated(subject: str) -> str:
    """Return a subject without the pictures that newsletters set round it; one of pictures alone stays."""
    pictures = {sign for sign in subject if sign >= _FIRST_PICTURE and category(sign) in _PICTURES}
    return subject.strip("".join((*pictures, *_JOINERS, " "))) or subject


def _header(mail: Message, name: str) -> str:
    """Return a header in one line, its encoded words decoded as far as they can be."""
    raw = next((value for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    line = " ".join(
        str(raw)[:_MOST_CHARS].encode("utf-8", "surrogateescape").decode("utf-8", "replace").split()
    )
    try:
        parts = [
            part if isinstance(part, str) else str(part, charset or "utf-8", "replace")
            for part, charset in decode_header(line)
        ]
    except (ValueError, LookupError, HeaderParseError):
        return plain_lines(line)
    return " ".join(plain_lines("".join(parts)).split())


def _newsletter(file: File, charset: str, meta: Meta) -> Draft:
    """Return the draft of a mail in HTML: as a page, or whole where that leaves out too much."""
    whole = draft_of(file, meta, paragraphs_of(decode(file.data, file.path, charset)))
    try:
        page = next(draft for draft in draft_html(file, charset, meta) if isinstance(draft, Draft))
    except ContentError:
        return whole
    share = len(page.text) / max(1, len(whole.text))
    return page if _LEAST_SHARE <= share <= _MOST_SHARE else replace(whole, meta=fill(meta, page.meta))
