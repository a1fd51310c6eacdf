"""The preview over HTTP: the site at its base path, and news for the pages that are open. The door to Starlette.

Pages are files as built, with one script added (``inject``). That script keeps one connection open
(server-sent events) and says which page it shows, and its mark. After every build the server compares
that mark with what it would serve now: so exactly the pages whose bytes have changed reload, also
those that were opened during the build or have slept since, and one whose style sheets alone
have changed takes the new ones without reloading.
"""

from __future__ import annotations

import html
import json
import mimetypes
import os
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Receive, Scope, Send

from generator.preview.audience import Audience
from generator.preview.board import Board
from generator.preview.hosts import KnownHosts
from generator.preview.inject import OWN, Mark, inject, mark
from generator.preview.status import Status

HEARTBEAT_S = 15.0
"""Seconds after which a silent connection is tried, so that dead ones are noticed."""

_TYPES = mimetypes.MimeTypes()  # Python's own table, not the machine's
for _suffix, _type in {
    ".js": "text/javascript",
    ".xml": "application/xml",
    ".md": "text/markdown",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}.items():
    _TYPES.add_type(_type, _suffix)


def preview_app(folder: Path, audience: Audience, board: Board, host: str) -> Starlette:
    """Return the application that serves the built site in ``folder``, but where the audience is shown something else.

    ``host`` is what the server was told to listen on; requests that name another are refused.
    """
    pages = SitePages(folder, audience, board)

    async def events(request: Request) -> Response:
        query = request.query_params
        visit = Visit(query.get("page", "/"), query.get("content", ""), query.get("style", ""))
        stream = _tell(visit, pages, board)
        return StreamingResponse(
            stream, media_type="text/event-stream", headers={"cache-control": "no-store"}
        )

    async def own(request: Request) -> Response:
        return _own_file(request.path_params["name"])

    routes = [Route(OWN + "events", events), Route(OWN + "{name}", own), Mount("/", app=pages)]
    return Starlette(routes=routes, middleware=[Middleware(KnownHosts, host=host)])


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that is open in a browser."""

    page: str
    """Its path, percent-encoded as browsers give it."""
    content: str
    style: str
    """Its mark, see ``inject.Mark``."""


async def _tell(visit: Visit, pages: SitePages, board: Board) -> AsyncIterator[str]:
    """Yield server-sent events for one open page until it has to reload or the preview ends."""
    epoch, style = -1, visit.style
    yield "retry: 500\n\n"
    with pages.audience.visit(visit.page):
        while not (status := await board.newer(epoch, HEARTBEAT_S)).closed:
            if status.epoch == epoch:
                yield ":\n\n"
                continue
            epoch = status.epoch
            now = pages.mark(visit.page)
            if now.content != visit.content:
                yield _event("reload", "{}")
                return
            if now.style != style:
                style = now.style
                yield _event("style", json.dumps(now.sheets))
            yield _event("status", status.json)


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"


def _own_file(name: str) -> Response:
    """Return one of the files that pages in preview use."""
    if name not in {"preview.js", "preview.css"}:
        return PlainTextResponse("not found", status_code=404)
    data = (files("generator.preview") / "static" / name).read_bytes()
    return Response(data, media_type=_media_type(name), headers={"cache-control": "no-cache"})


class SitePages(StaticFiles):
    """The built site: types, ranges, entity tags and the 404 page; nothing outside the folder."""

    def __init__(self, folder: Path, audience: Audience, board: Board) -> None:
        super().__init__(directory=folder, html=True)
        self.audience, self._board = audience, board

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve what lies below the base path; lead there from ``/``."""
        base, path = self._board.status.base, scope["path"]
        if path.startswith(base):
            await super().__call__({**scope, "root_path": base.removesuffix("/")}, receive, send)
        elif path in {"/", base.removesuffix("/")}:
            await RedirectResponse(quote(base))(scope, receive, send)
        else:
            await self._page(_stand_in(self._board.status), 404, scope)(scope, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the answer for a path below the folder."""
        try:
            response = self._shown(scope) or await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404:
                raise
            response = Response(status_code=404)
        if response.status_code == 404:
            own = self._read(self._board.status.base + "404.html")
            response = self._page(own or _stand_in(self._board.status), 404, scope)
        response.headers["cache-control"] = "no-cache"
        return response

    def _shown(self, scope: Scope) -> Response | None:
        """Return what the audience is shown of an edition that is not whole, if it is this."""
        name = self.audience.path(scope["path"])
        data = self.audience.shown.get(name)
        if data is None or scope["method"] not in {"GET", "HEAD"}:
            return None
        kind = _media_type(name)
        return self._page(data, 200, scope) if kind == "text/html" else Response(data, media_type=kind)

    def file_response(
        self,
        full_path: os.PathLike[str] | str,
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return a file; a page with the preview's script in it."""
        kind = _media_type(os.fspath(full_path))
        if kind == "text/html":
            return self._page(Path(full_path).read_bytes(), status_code, scope)
        response = FileResponse(full_path, status_code=status_code, stat_result=stat_result, media_type=kind)
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response

    def mark(self, address: str) -> Mark:
        """Return the mark of what is served at a percent-encoded path now."""
        page = self._read(unquote(address), missing="404.html") or _stand_in(self._board.status)
        return mark(page, address, lambda sheet: self._read(unquote(sheet)))

    def _page(self, page: bytes, status_code: int, scope: Scope) -> Response:
        """Return a page with the preview's script in it."""
        address = quote(scope["path"])
        found = mark(page, address, lambda sheet: self._read(unquote(sheet)))
        tag = f'<script src="{OWN}preview.js" data-content="{found.content}" data-style="{found.style}" defer></script>'
        headers = Headers(scope=scope)
        data = inject(page, tag, f"{scope['scheme']}://{headers['host']}")
        response = Response(
            data, status_code, {"etag": f'"{sha256(data).hexdigest()[:32]}"'}, media_type="text/html"
        )
        if status_code == 200 and self.is_not_modified(response.headers, headers):
            return NotModifiedResponse(response.headers)
        return response

    def _read(self, path: str, missing: str = "") -> bytes:
        """Return the file served at a decoded path, else the one named ``missing``, else nothing."""
        base = self._board.status.base
        if not path.startswith(base):
            return b""
        if (shown := self.audience.shown.get(self.audience.path(path))) is not None:
            return shown
        inside = self.get_path({"type": "http", "path": path, "root_path": base.removesuffix("/")})
        for name in (inside, os.path.join(inside, "index.html"), missing):  # noqa: PTH118 - as Starlette does
            try:
                file, found = self.lookup_path(name) if name else ("", None)
                if found and stat.S_ISREG(found.st_mode):
                    return Path(file).read_bytes()
            except (OSError, ValueError):
                continue
        return b""


def _media_type(name: str) -> str:
    """Return the media type of a file by its name, the same on every machine."""
    return _TYPES.guess_type(name)[0] or "application/octet-stream"


def _stand_in(status: Status) -> bytes:
    """Return the page for where the site has none, not even its own 404 page."""
    if not status.built:
        title, text = "Not built yet", "This page opens by itself as soon as the site is built."
    else:
        title, text = (
            "Not found",
            f'The site starts at <a href="{quote(status.base)}">{html.escape(status.base)}</a>.',
        )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{text}</p></body></html>\n"
    ).encode()
