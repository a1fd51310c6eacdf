"""A real web server on 127.0.0.1 for tests, told what to answer."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """What the server says to one request."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    endless: bool = False
    """Sends the body again and again until the client hangs up."""
    silent: bool = False
    """Never answers, until the server is stopped."""


@dataclass
class Web:
    """A running server."""

    url: str
    routes: dict[str, Callable[[BaseHTTPRequestHandler], Answer] | list[Answer] | Answer]
    """What each path answers: always the same, one after the other (the last stays), or as told by a function."""
    asked: Counter[str] = field(default_factory=Counter)
    """How often each path was asked for."""
    stopped: threading.Event = field(default_factory=threading.Event)

    def answer(self, request: BaseHTTPRequestHandler) -> Answer:
        """Return the answer to a request."""
        path = request.path
        self.asked[path] += 1
        route = self.routes.get(path, Answer(status=404))
        if isinstance(route, list):
            return route[min(self.asked[path], len(route)) - 1]
        return route(request) if callable(route) else route


@contextmanager
def serve() -> Iterator[Web]:
    """Run a server on a free port; it is stopped at the end."""
    web = Web("", {})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = web.answer(self)
            if answer.silent:
                web.stopped.wait(30)
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.endless:
                self.send_header("Connection", "close")
                self.end_headers()
                self._pour(answer.body)
                return
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body if self.command == "GET" else b"")

        do_HEAD = do_GET  # noqa: N815 - the name is that of the library

        def _pour(self, body: bytes) -> None:
            self.close_connection = True
            try:
                while not web.stopped.is_set():
                    self.wfile.write(body)
            except OSError:
                pass

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that hangs up is meant."""

    server = Server(("127.0.0.1", 0), Handler)
    web.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield web
    finally:
        web.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()
