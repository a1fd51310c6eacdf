"""What the preview adds to a page on its way to the browser; nothing of it ever stands in a file.

One script element goes before ``</body>``. Where the page forbids scripts by a Content Security
Policy of its own, that policy is widened by the preview's own addresses and by nothing else, so that
whatever a published page may not do it may not do in the preview either.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

OWN = "/__crosscite/"
"""Below this path the server answers for itself; no page of a site has it."""

_META = re.compile(rb"<meta\b[^<>]{0,4000}>", re.IGNORECASE)
_POLICY = re.compile(rb"""http-equiv\s{0,9}=\s{0,9}["']?content-security-policy\b""", re.IGNORECASE)
_CONTENT = re.compile(rb"""(\bcontent\s{0,9}=\s{0,9})(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_LINK = re.compile(rb"<link\b[^<>]{0,4000}>", re.IGNORECASE)
_STYLESHEET = re.compile(rb"""\brel\s{0,9}=\s{0,9}["']?stylesheet\b""", re.IGNORECASE)
_HREF = re.compile(rb"""(\bhref\s{0,9}=\s{0,9})(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)

_FETCHES = ("script-src", "style-src", "connect-src")
"""Directives that the preview's script falls under; where one is not given, ``default-src`` stands in."""

_ELEMENTS = ("script-src-elem", "style-src-elem")
"""Further ones, which count only where they are given."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells a page that is open from the one that would be served now."""

    content: str
    """Digest of all but the addresses of style sheets."""
    style: str
    """Digest of the style sheets: addresses and contents."""
    sheets: tuple[str, ...]
    """Addresses of the style sheets, each with the digest of its content where it is one of the site's."""


def mark(page: bytes, address: str, read: Callable[[str], bytes]) -> Mark:
    """Return the mark of a page served at a path; ``read`` gives what the site has at a path, or nothing."""
    content = sha256()
    sheets = []
    end = 0
    for link in _LINK.finditer(page):
        if _STYLESHEET.search(link[0]) and (href := _HREF.search(link[0])):
            content.update(page[end : link.start() + href.start()])
            end = link.start() + href.end()
            sheets.append(_versioned(html.unescape(_quoted(href).decode(errors="replace")), address, read))
    content.update(page[end:])
    style = sha256("\n".join(sheets).encode())
    return Mark(content.hexdigest()[:32], style.hexdigest()[:32], tuple(sheets))


def inject(page: bytes, tag: str, origin: str) -> bytes:
    """Return the page with ``tag`` before the end of its body, and leave to load it from ``origin``."""
    head, body = page[: (end := page.lower().find(b"</head"))], page[end:] if end >= 0 else b""
    if end < 0:
        head, body = b"", page
    at = body.lower().rfind(b"</body")
    at = at if at >= 0 else len(body)
    widened = _META.sub(lambda meta: _widen(meta[0], origin), head)
    return widened + body[:at] + tag.encode() + body[at:]


def _versioned(href: str, address: str, read: Callable[[str], bytes]) -> str:
    """Return the address of a style sheet, made new when its content is."""
    try:
        parts = urlsplit(href)
        sheet = b"" if parts.scheme or parts.netloc else read(urlsplit(urljoin(address, href)).path)
    except ValueError:  # no address at all
        return href
    if not sheet:
        return href
    return f"{parts.path}?{parts.query}{'&' if parts.query else ''}crosscite={sha256(sheet).hexdigest()[:16]}"


def _widen(meta: bytes, origin: str) -> bytes:
    """Return the element with leave for the preview, if it is a policy."""
    content = _CONTENT.search(meta)
    if not _POLICY.search(meta) or not content:
        return meta
    policy = widen(html.unescape(_quoted(content).decode(errors="replace")), origin)
    new = content[1] + b'"' + html.escape(policy).encode() + b'"'
    return meta[: content.start()] + new + meta[content.end() :]


def widen(policy: str, origin: str) -> str:
    """Return a Content Security Policy that also allows what stands below ``origin + OWN``.

    Only directives that would forbid it are touched; a missing one is written out from the one that
    stands in for it. A host that a policy cannot name (IPv6) is allowed as ``'self'``.
    """
    source = "'self'" if "[" in origin else origin + OWN
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        name, *sources = directive.split() or [""]
        if name:
            directives.setdefault(name.lower(), sources)
    default = directives.get("default-src")
    for name in (*_FETCHES, *_ELEMENTS):
        ruling = directives.get(name, default if name in _FETCHES else None)
        if ruling is not None:
            directives[name] = [item for item in ruling if item.lower() != "'none'"] + [source]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def _quoted(match: re.Match[bytes]) -> bytes:
    """Return the value of an attribute, which stands between one or the other kind of quotes."""
    value: bytes = match[2] if match[2] is not None else match[3]
    return value
