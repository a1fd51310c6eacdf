"""Keep requests away from this machine and its private networks.

The name of a host is looked up once, every address that it has is checked, and the connection goes to a
checked address: an answer that changes between the check and the connection (DNS rebinding) reaches
nothing. Each redirect is a request of its own and is checked likewise.
"""

from __future__ import annotations

import ipaddress
import socket

import httpx


class RefusedAddressError(httpx.RequestError):
    """The host has an address that may not be asked."""


class GuardedTransport(httpx.BaseTransport):
    """A transport that asks only public addresses, unless ``allow_private``."""

    def __init__(self, *, allow_private: bool) -> None:
        self._inner = httpx.HTTPTransport(retries=0)
        self._allow_private = allow_private

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to a checked address of its host. Raises RefusedAddressError."""
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
    """Tell whether an address is reached over the public internet."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo or (None, None))[1]
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return parsed.is_global and not parsed.is_multicast
