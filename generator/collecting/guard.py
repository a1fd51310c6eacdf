"""Keep requests away from this machine and its private networks.

The name of a host is looked up once, every address that it has is checked, and the connection goes to a
checked address: an answer that changes between the check and the connection (DNS rebinding) reaches
nothing. Each redirect is a request of its own and is checked likewise. A server that goes on answering in
crumbs, or announces an answer again and again, is given up.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Mapping
from typing import Any

import httpx

_WRAPPING = tuple(map(ipaddress.IPv6Network, ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
"""Addresses that end in one of IPv4: compatible, translated (RFC 2765), NAT64 (RFC 6052)."""
_OWN = tuple(map(ipaddress.IPv6Network, ("fec0::/10", "64:ff9b:1::/48")))
"""Private networks that not every version of Python knows to be such (RFC 3879, RFC 8215)."""


class RefusedAddressError(httpx.RequestError):
    """The host has an address that may not be asked."""


class GuardedTransport(httpx.BaseTransport):
    """A transport that asks only public addresses, unless ``allow_private``; an answer may take ``total_s`` in all."""

    def __init__(self, *, allow_private: bool, total_s: float) -> None:
        self._inner = httpx.HTTPTransport(retries=0)
        self._allow_private, self._total_s = allow_private, total_s
        self._ends = 0.0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to a checked address of its host. Raises RefusedAddressError."""
        self._ends = time.monotonic() + self._total_s
        request.extensions["trace"] = self._watch
        if self._allow_private:
            return self._inner.handle_request(request)
        host = request.url.host
        address = checked_address(host, request.url.port or {"http": 80, "https": 443}[request.url.scheme])
        guarded = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,  # they hold the Host that was asked for
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return self._inner.handle_request(guarded)

    def _watch(self, event: str, told: Mapping[str, Any]) -> None:
        """Let reading from a new connection end with the request's time: httpx bounds each read, not all of them."""
        if event not in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            return
        stream = told["return_value"]
        read = stream.read

        def read_in_time(max_bytes: int, timeout: float | None = None) -> bytes:
            rest = self._ends - time.monotonic()
            if rest <= 0:
                raise httpx.ReadTimeout(f"not complete after {self._total_s:g} s")
            data: bytes = read(max_bytes, rest if timeout is None else min(timeout, rest))
            return data

        stream.read = read_in_time

    def close(self) -> None:
        """Close all connections."""
        self._inner.close()


def checked_address(host: str, port: int) -> str:
    """Return an address of a host, all of whose addresses are public. Raises RefusedAddressError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(f"no such host: {host}") from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not _is_public(address):
            raise RefusedAddressError(f"{host} is an address of this machine or a private network")
    return addresses[0]


def _is_public(address: str) -> bool:
    """Tell whether an address is reached over the public internet, whatever it is wrapped in."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo or (None, None))[1]
        if any(parsed in network for network in _WRAPPING):
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFF_FFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        if any(parsed in network for network in _OWN):
            return False
    return parsed.is_global and not parsed.is_multicast
