"""One Chromium for all browser tests; each test has a profile of its own."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from generator.publishing.render import render_pages
from generator.system.search import index_pages, searchable
from tests import digests
from tests.builders import write_files
from tests.conftest import need
from tests.sites import config

MOUNT = "/a/b/"
"""Where the tests' server mounts a site."""
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    need(chromium, "no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=_QUIET)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile."""
    fresh = browser.new_context(locale="en-GB", timezone_id="UTC")
    fresh.set_default_timeout(20_000)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab."""
    return context.new_page()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The harbour site on disk, with its search index."""
    folder = tmp_path_factory.mktemp("site")
    pages = render_pages(digests.harbour(), config(f"http://127.0.0.1{MOUNT}"))
    pages += index_pages(searchable(pages)).files
    return write_files(folder, {page.path: page.data for page in pages})


class _Mounted(SimpleHTTPRequestHandler):
    """Serves a folder below a path, without a word; what is not there is answered as GitHub Pages does."""

    mount = MOUNT

    def translate_path(self, path: str) -> str:
        inside = path.startswith(self.mount)
        return super().translate_path("/" + path.removeprefix(self.mount) if inside else "/none")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        lost = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not lost.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(lost.read_bytes())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class _Quiet(ThreadingHTTPServer):
    """A browser that leaves a page hangs up: that is no error."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def mounted(folder: Path, mount: str = MOUNT) -> Iterator[str]:
    """Serve a folder below a path; yield its address."""
    handler = type("Mounted", (_Mounted,), {"mount": mount})
    server = _Quiet(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{mount}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the site on a server of its own."""
    with mounted(site) as address:
        yield address
