"""Which names the preview answers to."""

from __future__ import annotations

import ipaddress
import re
import socket

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}  # noqa: S104 - only if the user asks for it
"""Hosts that mean all interfaces, and where this machine itself finds them."""

_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[^:\[\]]{1,255})(?::\d{1,5})?")
"""A name or address, and a port."""


def host_to_visit(host: str) -> str:
    """Return the host for an address in a browser on this machine."""
    host = _EVERYWHERE.get(host, host)
    return f"[{host}]" if ":" in host else host


class KnownHosts:
    """Refuses requests whose ``Host`` is not this machine, so that no web site can read the preview.

    A site that lets its own name point here (DNS rebinding) is told apart by that name. Listening on
    all interfaces, any address in figures is taken: it cannot be rebound.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._any_address = host in _EVERYWHERE
        own = {socket.gethostname().lower()} if self._any_address else set()
        self._names = {"127.0.0.1", "::1", "localhost", host.lower()} | own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is meant for us."""
        if scope["type"] == "http" and not self._knows(Headers(scope=scope).get("host", "")):
            text = "This preview answers to its own address only. Start it with --host NAME to use another."
            await PlainTextResponse(text, status_code=400)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _knows(self, value: str) -> bool:
        """Return whether a ``Host`` field names this machine."""
        match = _HOST.fullmatch(value.lower())
        name = match[1].strip("[]") if match else ""
        return name in self._names or (self._any_address and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
