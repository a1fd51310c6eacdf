"""Thousands of script injections in every field of every format: none is more than text in a real browser.

All pages are parsed by Chromium and searched for anything that could run; pages of every kind, the
feeds and the exports are opened. ``HOSTILE_PACK=1`` gives each payload an article of its own,
``HOSTILE_LIST`` names a file of further payloads, one a line, and ``HOSTILE_OPEN`` says how many pages to open.
"""

from __future__ import annotations

import json
import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from generator.cli import main
from tests import hostile
from tests.builders import write_files

pytestmark = pytest.mark.browser

PACK = int(os.environ.get("HOSTILE_PACK", "18"))
OPEN = int(os.environ.get("HOSTILE_OPEN", "2"))
"""Pages of each kind that are opened."""

_SUSPECTS = """(pages) => {
    const bad = [];
    for (const [path, text] of pages) {
        const found = new DOMParser().parseFromString(text, "text/html");
        for (const element of found.querySelectorAll("*")) {
            const name = element.localName;
            const outer = element.outerHTML.slice(0, 200);
            if (name === "script" && !/^(\\.\\.\\/)*assets\\/[\\w.-]+\\.js$/.test(element.getAttribute("src") ?? "")
                && element.type !== "application/ld+json") bad.push([path, "script", outer]);
            if (/^(iframe|frame|object|embed|base|style|template|marquee|applet|math|foreignobject)$/.test(name))
                bad.push([path, name, outer]);
            for (const { name: key, value } of element.attributes) {
                if (key.startsWith("on") || key === "srcdoc" || (key === "style" && !path.endsWith("mail.html")) || key === "formaction")
                    bad.push([path, key, outer]);
                const scheme = /^(href|src|action|data|cite|poster|background|xlink:href|content)$/.test(key)
                    && /^[\\s\\x00-\\x20]*(javascript|vbscript|data|feed|view-source|file|blob):/i.test(value);
                if (scheme && name !== "meta") bad.push([path, key, outer]);
                if (scheme && element.httpEquiv === "refresh") bad.push([path, key, outer]);
            }
        }
    }
    return bad;
}"""
"""What in these pages could run or fetch, as Chromium parses them: path, why, element."""


@dataclass
class Watch:
    """What happened in a browser."""

    ran: list[str] = field(default_factory=list)
    hosts: set[str | None] = field(default_factory=set)
    said: list[str] = field(default_factory=list)


def _payloads() -> list[str]:
    further = os.environ.get("HOSTILE_LIST")
    return Path(further).read_text("utf-8").splitlines() if further else list(hostile.payloads())


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of nothing but attacks, the settings and overrides among them."""
    folder = tmp_path_factory.mktemp("hostile")
    found, site = _payloads(), folder / "www" / "brief"
    write_files(folder, hostile.project(found, PACK))
    write_files(folder / "www", {"favicon.ico": b""})  # a browser asks for it beside feeds
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CROSSCITE_CACHE", str(folder / "cache"))
        assert main(["build", "-s", str(folder / "content"), "-o", str(site), "-q"]) == 0
    return site


class _Plain(SimpleHTTPRequestHandler):
    """Serves a folder; what a browser would save, it shows as text."""

    extensions_map = dict.fromkeys((".md", ".txt", ".bib"), "text/plain; charset=utf-8") | {
        ".html": "text/html",
        ".css": "text/css",
        ".js": "text/javascript",
        ".json": "application/json",
        ".xml": "application/xml",
        ".svg": "image/svg+xml",
        ".ico": "image/x-icon",
        "": "application/octet-stream",
    }

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def address(hostile_site: Path) -> Iterator[str]:
    """The address of the hostile site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Plain, directory=str(hostile_site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/brief/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[Page, Watch]]:
    """A tab of which everything is noted that a payload could do."""
    context, seen = browser.new_context(), Watch()
    context.expose_binding("crossed", lambda source, *_: seen.ran.append(source["page"].url))
    context.on("request", lambda request: seen.hosts.add(urlsplit(request.url).hostname))
    context.on("page", lambda page: page.on("dialog", lambda dialog: seen.ran.append(dialog.message)))
    page = context.new_page()
    page.on("console", lambda message: seen.said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: seen.said.append(f"{page.url}: {error}"))
    yield page, seen
    context.close()


def _kinds(site: Path) -> dict[str, list[str]]:
    """Return the paths that a browser shows, by kind: folder, depth and ending."""
    found = defaultdict(list)
    for path in sorted(file.relative_to(site) for file in site.rglob("*") if file.is_file()):
        if path.parts[0] in ("assets", "pagefind") or not path.suffix:
            continue
        if b'http-equiv="refresh"' not in (site / path).read_bytes():  # they lead on before they are loaded
            name = path.name if path.name != "index.html" else ""
            found[f"{path.parts[0] if len(path.parts) > 1 else ''}/{len(path.parts)}/{name}"].append(
                path.as_posix()
            )
    return found


def test_payloads_reach_the_pages(hostile_site: Path) -> None:
    record = json.loads((hostile_site / "build.json").read_bytes())
    assert len(record["articles"]) + len(record["skipped"]) == -(-len(_payloads()) // PACK)
    assert len({article["outlet"] for article in record["articles"]}) > len(record["articles"]) // 2
    assert record["counts"]["stories"] > len(record["articles"]) // 4
    text = "".join(file.read_text("utf-8") for file in sorted(hostile_site.glob("articles/*/index.html")))
    assert text.count("crossed") > 2 * len(record["articles"])


def test_nothing_on_any_page_could_run(browser: Browser, hostile_site: Path) -> None:
    page = browser.new_page()
    files = sorted(file for file in hostile_site.rglob("*.html") if "pagefind" not in file.parts)
    bad = []
    for start in range(0, len(files), 40):
        some = [
            (str(file.relative_to(hostile_site)), file.read_text("utf-8"))
            for file in files[start : start + 40]
        ]
        bad += page.evaluate(_SUSPECTS, some)
    page.close()
    assert bad == []


def test_nothing_runs_and_nothing_is_asked_for(
    watched: tuple[Page, Watch], address: str, hostile_site: Path
) -> None:
    page, seen = watched
    kinds = _kinds(hostile_site)
    assert len(kinds) >= 25
    for paths in kinds.values():
        for path in paths[:: max(1, len(paths) // OPEN)][:OPEN]:
            page.goto(address + path, wait_until="load")
    assert seen == Watch(hosts={"127.0.0.1"})


def test_nothing_runs_in_the_results_of_a_search(watched: tuple[Page, Watch], address: str) -> None:
    page, seen = watched
    page.goto(f"{address}search/index.html?q=crossed")
    page.locator("#results li a").first.wait_for()
    assert page.evaluate(_SUSPECTS, [["search", page.content()]]) == []
    assert seen == Watch(hosts={"127.0.0.1"})
