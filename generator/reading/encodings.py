r"""From bytes to text, whatever the encoding; line ends become ``\n``.

A byte order mark decides; then what the file itself declares, unless all of it is UTF-8, which nothing else
is by chance; then UTF-8 with a few stray bytes; then Windows-1252 where its accented letters stand as
they do in words; what is left is guessed (charset-normalizer). Characters that no text holds become blanks.
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
_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"bplist00", "a Safari web archive"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,100}?encoding\s{0,4}=\s{0,4}["']?([\w.:-]{2,40})"""
    rb"""|<meta[^>]{0,400}?charset\s{0,4}=\s{0,4}["']?([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_WIDER = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "tis-620": "cp874", "iso-8859-11": "cp874",
}  # fmt: skip
"""What browsers read for a declared name: the wider set of which it is the part."""
_NO_CHARSETS = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined"})
_GUESSES = [
    "cp1252", "cp1250", "cp1251", "koi8_u", "cp866", "iso8859_5", "mac_cyrillic", "cp932", "euc_jp", "gb18030", "big5",
    "cp949", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "iso8859_15", "cp874", "mac_roman", "cp437",
]  # fmt: skip
_ASCII = bytes(range(32, 127)) + b"\t\n\r"
_GUESSED_BYTES = 40_000
_LINE_END = re.compile("\r\n|[\r\f\v\x85\u2028\u2029]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_OVER = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Marks that stand over the letter before them."""
_TURNING = "\u202a-\u202e\u2066-\u2069"
"""What turns the direction of the words behind it (UAX 9, 2.1 to 2.4)."""
_UNSEEMLY = re.compile(f"[{_TURNING}]|(?<=[{_OVER}]{{4}})[{_OVER}]")
"""The latter, and the fifth and further mark over one letter."""
_PERHAPS_UNSEEMLY = re.compile(f"[{_TURNING}{_OVER}]")
_MOST_NO_TEXT = 0.01
_USUAL = re.compile(
    "[\n\r\t -~\xa0-\u06ff\u0e00-\u0e7f\u2010-\u203a\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9f]"
)
_UNLIKELY = re.compile(
    "[\uff61-\uff9f]{4}|[^\\W\\d_][\xa1-\xa9\xab\xac\xae-\xb4\xb6\xb8\xb9\xbb-\xbf×÷][^\\W\\d_]"
)
_REFERENCE = re.compile(r"&#(?:x0{0,99}([0-9a-f]{1,8})|0{0,99}([0-9]{1,8}));?", re.IGNORECASE)
_STRAY = {0xDC00 + byte: str(bytes([byte]), "cp1252", "replace") for byte in range(0x80, 0x100)}
_WESTERN_WORD = re.compile(
    "[’‘“”–—…€„‚•«»°§£©®´·¿¡\xa0™‹›\xad]|(?<![^\\W\\d_])[ÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÜßŠŽŒ]|[àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœšž]"
)


def decode(data: bytes, path: str, declared: str = "", *, raw: bool = False) -> str:
    """Return the text of a file. Raises ContentError for what is no text.

    ``declared`` is the charset that a mail or a server names; of a web page or XML it is read here.
    With ``raw`` line ends stay as they are, for formats in which they mean something.
    """
    for start, kind in _KINDS:
        if data.startswith(start):
            raise ContentError(
                [Problem(path, 0, f"not a text file but {kind}", "save its text as .txt or .html")]
            )
    text = _decoded(data, _charset(declared or declared_charset(data)))
    if text is not None and _is_plain(text):
        return text
    if text is None or "\0" in text or len(_NO_TEXT.findall(text)) > _MOST_NO_TEXT * len(text):
        raise ContentError([Problem(path, 0, "not a text file", "save it as UTF-8 text, or remove it")])
    return text if raw else plain_lines(text)


def _charset(declared: str) -> str:
    """Return a declared charset; nothing for what Python knows beside charsets (punycode takes the square of a length)."""
    try:
        return "" if codecs.lookup(declared).name in _NO_CHARSETS else declared
    except (LookupError, UnicodeError, ValueError):
        return declared


def plain_lines(text: str) -> str:
    r"""Return the text with every kind of line end as ``\n`` and blanks for what is no text."""
    return text if _is_plain(text) else _NO_TEXT.sub(" ", _LINE_END.sub("\n", text))


def true_references(text: str) -> str:
    """Return HTML or XML with blanks for references to what is no character: libraries fail on them (XML 1.0, 2.2)."""
    return _REFERENCE.sub(_character, text) if "&#" in text else text


def _character(match: re.Match[str]) -> str:
    """Return a reference, or a blank for one to no character."""
    code = int(match[1], 16) if match[1] else int(match[2])
    fits = (
        code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    )
    return match[0] if fits else " "


def seemly(text: str) -> str:
    """Return text of the same length that does nothing to the words beside it: none are turned or written over.

    A mark of no width takes the place of what would.
    """
    return text if text.isascii() or not _PERHAPS_UNSEEMLY.search(text) else _UNSEEMLY.sub("\u200b", text)


def _is_plain(text: str) -> bool:
    """Tell quickly a text of printable characters with plain line ends and common spaces."""
    return text.replace("\n", "").replace("\xa0", "").isprintable()


def declared_charset(data: bytes) -> str:
    """Return the charset that XML or HTML declares in its first lines; empty when it does not."""
    match = _DECLARED.search(data[:4096]) if b"<" in data[:4096] else None
    return (match[1] or match[2]).decode("ascii").lower() if match else ""


def _decoded(data: bytes, declared: str) -> str | None:
    """Return the text, or None when no encoding fits."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace")
    if b"\0" in data:
        return _wide(data)
    if b"\x1b$" in data and (text := _strictly(data, "iso2022_jp")) is not None:
        return text
    for name in ("utf-8", _WIDER.get(declared.lower(), declared)):
        if (text := _strictly(data, name)) is not None:
            return text
    if declared and (text := _known(data, _WIDER.get(declared.lower(), declared))) is not None:
        return text
    return _mended(data) or _western(data) or _guessed(data)


def _strictly(data: bytes, name: str) -> str | None:
    """Return the text in an encoding; None where it does not fit or there is no such one."""
    try:
        return str(data, name) if name else None
    except (UnicodeError, LookupError):
        return None


def _known(data: bytes, name: str) -> str | None:
    """Return the text in a declared encoding that nearly fits."""
    try:
        text = str(data, name, "replace")
    except (UnicodeError, LookupError):
        return None
    return text if text.count("\ufffd") * 50 < len(text) else None


def _wide(data: bytes) -> str | None:
    """Return UTF-16 or UTF-32 text without a mark: read the wrong way round it is no text."""
    if len(data) % 4 == 0:
        for name in ("utf-32-le", "utf-32-be"):
            if (text := _strictly(data, name)) is not None:
                return text
    if data.count(0) * 4 < len(data) and not data.translate(None, _ASCII).strip(b"\0"):
        return None
    texts = [text for name in ("utf-16-le", "utf-16-be") if (text := _strictly(data, name)) is not None]
    best = max(texts, key=lambda text: len(_USUAL.findall(text)), default="")
    return best if len(_USUAL.findall(best)) > 0.98 * len(best) else None


def _mended(data: bytes) -> str | None:
    """Return UTF-8 text with a few stray bytes of Windows-1252 among its characters."""
    proper = str(data, "utf-8", "ignore")
    stray = len(data) - len(proper.encode())
    if stray * 4 > len(proper) - len(proper.encode("ascii", "ignore")):
        return None
    text = str(data, "utf-8", "surrogateescape")
    return text.translate(_STRAY)


def _western(data: bytes) -> str | None:
    """Return Windows-1252 text whose every special character stands as it does in western words."""
    text = _strictly(data, "cp1252")
    sample = text[:_GUESSED_BYTES] if text else ""
    special = len(sample) - len(sample.encode("ascii", "ignore"))
    return text if special * 8 < len(sample) and len(_WESTERN_WORD.findall(sample)) == special else None


def _guessed(data: bytes) -> str | None:
    """Return the text in the likeliest encoding."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few files need it

    matches = list(from_bytes(data[:_GUESSED_BYTES], cp_isolation=_GUESSES))
    names = [match.encoding for match in matches if not _UNLIKELY.search(str(match))]
    name = next(iter(names or [match.encoding for match in matches]), None)
    return str(data, name, "replace") if name else None
