"""Fetch one address at a time, politely and within limits. httpx's and Protego's one door.

Redirects are followed one by one (at most five), robots.txt is respected, hosts are asked no faster
than the settings or the host's own crawl delay say, passing faults are tried again with growing
pauses, and no answer may be larger or take longer than allowed.
"""

from __future__ import annotations

import gzip
import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

from generator.collecting.guard import GuardedTransport, RefusedAddressError
from generator.config import CollectSettings
from generator.errors import FetchError, Problem

_REDIRECTS = 5
_TOTAL = 6.0
"""An answer may take so many times ``timeout_s`` in all."""
_LONGEST_PAUSE_S = 60.0
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_PACKED = frozenset({"gzip", "x-gzip"})
"""Codings of a body that can be unpacked (RFC 9110, 8.4.1); no other is asked for."""
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer."""

    url: str
    """Where it was found in the end."""
    data: bytes
    """Its body, decompressed; empty when nothing has changed."""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False
    """True for "not modified"."""

    @property
    def charset(self) -> str:
        """The charset that the server declares; empty when it does not."""
        match = _CHARSET.search(self.content_type)
        return match[1] if match else ""


_Step = Callable[[str, dict[str, str], str], Fetched | str]


class _PassingFault(Exception):  # noqa: N818 - never leaves this module
    """An answer that may be another one soon."""

    def __init__(self, status: int, pause_s: float) -> None:
        self.pause_s = pause_s
        super().__init__(f"the server answered {status}")


@dataclass(slots=True)
class _Host:
    """What is known of a host."""

    robots: Protego | None = None
    delay_s: float = 0.0
    asked_at: float = field(default=-1e9)


class Fetcher:
    """Fetches addresses; a context manager, so that its connections are closed."""

    def __init__(self, settings: CollectSettings, pause: Callable[[float], None] = time.sleep) -> None:
        self._settings = settings
        self._pause = pause
        self._hosts: dict[str, _Host] = {}
        self._client = httpx.Client(
            transport=GuardedTransport(
                allow_private=settings.allow_private, total_s=_TOTAL * settings.timeout_s
            ),
            timeout=settings.timeout_s,
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": "gzip"},
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """Return what stands at an address. Raises FetchError, with the reason in words."""
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value and value.isascii()}
        place = url
        for _ in range(_REDIRECTS + 1):
            self._check(url, place)
            answer = self._ask(place, headers, named=url)
            if isinstance(answer, Fetched):
                return answer
            place = _joined(place, answer, named=url)
        raise _refusal(url, f"more than {_REDIRECTS} redirects")

    def probe(self, url: str) -> None:
        """Ask whether anything stands at an address, as a reader's click would. Raises FetchError.

        ``HEAD`` first, and ``GET`` without reading on where that is refused. robots.txt is not asked: it
        is for what collects pages.
        """
        place = url
        for _ in range(_REDIRECTS + 1):
            self._hosts.setdefault(_origin(place, named=url), _Host(delay_s=self._settings.delay_s))
            leads_to = self._ask(place, {}, named=url, step=self._peek)
            if isinstance(leads_to, Fetched):
                return
            place = _joined(place, leads_to, named=url)
        raise _refusal(url, f"more than {_REDIRECTS} redirects")

    def _check(self, url: str, place: str) -> None:
        """Refuse other schemes than http and https, and what robots.txt forbids."""
        host = self._host(_origin(place, named=url))
        if host.robots and not host.robots.can_fetch(place, self._settings.user_agent):
            raise _refusal(url, "robots.txt does not allow it")

    def _host(self, origin: str) -> _Host:
        """Return what is known of a host, having asked for its robots.txt once."""
        if origin not in self._hosts:
            host = self._hosts[origin] = _Host(delay_s=self._settings.delay_s)
            try:
                answer = self._ask(f"{origin}/robots.txt", {}, named=origin)
            except FetchError:
                return host  # none that can be read: nothing is forbidden (RFC 9309, 2.3.1.3)
            if isinstance(answer, Fetched):
                host.robots = Protego.parse(answer.data[:500_000].decode("utf-8", "replace"))
                wanted = host.robots.crawl_delay(self._settings.user_agent) or 0.0
                host.delay_s = min(max(host.delay_s, wanted), _LONGEST_PAUSE_S)
        return self._hosts[origin]

    def _ask(
        self, place: str, headers: dict[str, str], named: str, step: _Step | None = None
    ) -> Fetched | str:
        """Return the answer of one address, or where it sends us; tries again after passing faults."""
        step = step or self._once
        fault: httpx.TransportError | _PassingFault | None = None
        for attempt in range(self._settings.retries + 1):
            if fault:
                wanted_s = fault.pause_s if isinstance(fault, _PassingFault) else 0.0
                growing_s = 2.0 ** (attempt - 1) * max(self._settings.delay_s, 0.05)
                self._pause(min(max(growing_s, wanted_s), _LONGEST_PAUSE_S))
            try:
                return step(place, headers, named)
            except RefusedAddressError as error:
                hint = "allow it with allow_private = true under [collect]"
                raise FetchError([Problem(named, 0, f"not fetched: {error}", hint)]) from None
            except (httpx.InvalidURL, UnicodeError):  # a host whose name cannot be written, too
                raise _refusal(named, f"no http or https address: where {place[:200]} leads") from None
            except (httpx.TransportError, _PassingFault) as error:
                fault = error
        assert fault is not None
        raise _refusal(named, _reason(fault, self._settings))

    def _once(self, place: str, headers: dict[str, str], named: str) -> Fetched | str:
        """Ask once. Raises _PassingFault for an answer that may be another one soon."""
        self._wait(place)
        with self._client.stream("GET", place, headers=headers) as response:
            status = response.status_code
            if status in _PASSING:
                wanted = response.headers.get("Retry-After", "")
                raise _PassingFault(status, float(wanted) if wanted.isdecimal() and wanted.isascii() else 0.0)
            if status == httpx.codes.NOT_MODIFIED:
                return Fetched(place, b"", unchanged=True)
            if response.has_redirect_location:
                return str(response.headers["Location"])
            if not response.is_success:
                raise _refusal(named, f"the server answered {status}")
            return Fetched(
                place,
                self._body(response, named),
                response.headers.get("Content-Type", ""),
                response.headers.get("ETag", ""),
                response.headers.get("Last-Modified", ""),
            )

    def _peek(self, place: str, headers: dict[str, str], named: str) -> Fetched | str:
        """Ask once without reading the answer. Raises _PassingFault for one that may be another one soon."""
        for method in ("HEAD", "GET"):
            self._wait(place)
            with self._client.stream(method, place, headers=headers) as response:
                if response.has_redirect_location:
                    return str(response.headers["Location"])
                if response.is_success:
                    return Fetched(place, b"")
                status = response.status_code
        if status in _PASSING:
            raise _PassingFault(status, 0.0)
        raise _refusal(named, f"the server answered {status}")

    def _body(self, response: httpx.Response, named: str) -> bytes:
        """Return a body within the limits of size and time.

        Only what was asked for is unpacked, and once: packed twice, a small part of it may be gigabytes.
        """
        coding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if coding not in _PACKED | {"", "identity"}:
            raise _refusal(named, f"packed in a way that was not asked for: {coding[:40]}")
        limit, body = self._settings.max_bytes, bytearray()
        ends = time.monotonic() + _TOTAL * self._settings.timeout_s
        for part in response.iter_raw(65_536):
            body += part
            if len(body) > limit:
                break
            if time.monotonic() > ends:
                raise _refusal(named, f"not complete after {_TOTAL * self._settings.timeout_s:g} s")
        if coding in _PACKED and len(body) <= limit:
            body = bytearray(_unpacked(bytes(body), limit, named))
        if len(body) > limit:
            raise _refusal(named, f"larger than {limit:,} bytes")
        return bytes(body)

    def _wait(self, place: str) -> None:
        """Keep the delay between two requests to one host."""
        if host := self._hosts.get(_origin(place, named=place)):
            rest = host.asked_at + host.delay_s - time.monotonic()
            if rest > 0:
                self._pause(rest)
            host.asked_at = time.monotonic()


def _origin(place: str, named: str) -> str:
    """Return scheme and host of an address. Raises FetchError for what is none of http or https."""
    try:
        parts = urlsplit(place)
        if parts.scheme in ("http", "https") and parts.hostname:
            return f"{parts.scheme}://{parts.netloc}"
    except ValueError:  # brackets without an address in them
        pass
    raise _refusal(named, f"no http or https address: {place[:200]}")


def _joined(place: str, leads_to: str, named: str) -> str:
    """Return the address to which a redirect leads. Raises FetchError when it is none."""
    try:
        return urljoin(place, leads_to)
    except ValueError:
        raise _refusal(named, f"no http or https address: {leads_to[:200]}") from None


def _unpacked(body: bytes, limit: int, named: str) -> bytes:
    """Return what is packed in gzip, but no more than one byte beyond the limit.

    Raises FetchError also for a body that ends before its end: half an article is none that may be cited.
    """
    try:
        with gzip.GzipFile(fileobj=BytesIO(body)) as packed:
            return packed.read(limit + 1)
    except EOFError:
        raise _refusal(named, "broken off before its end") from None
    except (OSError, zlib.error) as error:
        raise _refusal(named, f"broken answer: {error}") from None


def _refusal(url: str, reason: str) -> FetchError:
    """Return the error that says why an address was not fetched."""
    return FetchError([Problem(url, 0, f"not fetched: {reason}")])


def _reason(error: httpx.TransportError | _PassingFault, settings: CollectSettings) -> str:
    """Return a fault of the network or the server in words."""
    if isinstance(error, httpx.TimeoutException):
        return f"no answer within {settings.timeout_s:g} s"
    return str(error) or type(error).__name__
