"""From bytes to text: whatever the encoding, line ends become ``\\n``.

A byte order mark decides; then what the file itself declares; then UTF-8 if all of it is UTF-8; what
is left is guessed (charset-normalizer).
"""

from __future__ import annotations

import codecs
import re

from generator.errors import ContentError, Problem

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_END = re.compile("\r\n|[\r\f\v\x85\u2028\u2029]")
_GUESSED_BYTES = 65_536


def decode(data: bytes, path: str, declared: str = "") -> str:
    """Return the text of a file. Raises ContentError for what is no text."""
    text = _decoded(data, declared)
    if text is None or "\0" in text:
        raise ContentError([Problem(path, 0, "not a text file", "save it as UTF-8 text, or remove it")])
    return plain_lines(text)


def plain_lines(text: str) -> str:
    """Return the text with every kind of line end as ``\\n``."""
    return _LINE_END.sub("\n", text) if not text.isascii() or "\r" in text or "\f" in text else text


def _decoded(data: bytes, declared: str) -> str | None:
    """Return the text, or None when no encoding fits."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace")
    for name in ("utf-8", declared):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return _guessed(data)


def _guessed(data: bytes) -> str | None:
    """Return the text in the likeliest encoding."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only files that are not UTF-8 need it

    best = from_bytes(data[:_GUESSED_BYTES]).best()
    return data.decode(best.encoding, errors="replace") if best else None
