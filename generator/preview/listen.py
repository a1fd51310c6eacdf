"""A port of this machine, and a server on it. The door to uvicorn."""

from __future__ import annotations

import errno
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from generator.errors import Problem, SiteError

_TRIES = 50
"""Ports that are tried, from the wanted one upwards."""

_TURN_S = 0.0005
"""Longest time that a build keeps the server waiting at each step of an answer; Python's usual 5 ms would be felt."""

_PATIENCE_S = 5
"""Seconds until connections that do not end are cut."""


def bind(host: str, port: int, say: Callable[[str], None]) -> socket.socket:
    """Return a socket that listens on ``port``, or, saying so, on the next one that is free.

    Port 0 takes any. Raises SiteError when the host is not this machine or no port may be used.
    """
    for number in range(port, min(port + _TRIES, 65536)):
        try:
            listener = _listener(host, number)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES} or number + 1 == 65536:
                raise _deaf(host, number, error) from None
            continue
        if number != port:
            say(f"Port {port} is taken; using {number}.")
        return listener
    raise _deaf(host, port, OSError(errno.EADDRINUSE, "no free port found"))


def _listener(host: str, port: int) -> socket.socket:
    """Return a socket that listens on this very port. Raises OSError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[
            0
        ]
    except UnicodeError:
        raise OSError(errno.EADDRNOTAVAIL, "no such name") from None
    listener = socket.socket(family, kind, protocol)
    try:
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def _deaf(host: str, port: int, error: OSError) -> SiteError:
    """Return what to tell when the server cannot listen."""
    message = f"cannot listen on {host}:{port}: {error.strerror}"
    return SiteError([Problem("", 0, message, "name another with --host or --port")])


@contextmanager
def listening(app: ASGIApp, listener: socket.socket, before_end: Callable[[], None]) -> Iterator[None]:
    """Serve an application from a thread of its own; ``before_end`` has it end its open answers."""
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_PATIENCE_S,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), name="preview", daemon=True)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_S)
    thread.start()
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
        before_end()
        server.should_exit = True
        thread.join(_PATIENCE_S + 1)
