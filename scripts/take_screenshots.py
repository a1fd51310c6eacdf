"""Take the pictures of ``docs/gallery.md``: each kind of page of the sample site, in Chromium.

    python -m scripts.take_screenshots

Needs the packages of the group ``dev`` and a Chromium on the machine.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Route, sync_playwright

from generator.config import load_config
from generator.seal import build
from generator.system.laps import Laps
from generator.system.work import Work

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
_HOST = "http://site.example"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: which page, how wide, in which light."""

    name: str
    page: str
    """Pattern below the site; the largest page that fits it is taken."""
    width: int = 1280
    scheme: str = "light"
    target: str = ""
    """A citation to point at, as a selector."""
    section: str = ""
    """Id of the head of a section to begin with; empty for the top."""


SHOTS = (
    Shot("front", "index.html"),
    Shot("front-dark", "index.html", scheme="dark"),
    Shot("front-phone", "index.html", width=320),
    Shot("story", "stories/*/index.html"),
    Shot("story-dark", "stories/*/index.html", scheme="dark"),
    Shot("story-phone", "stories/*/index.html", width=320),
    Shot("citation", "stories/*/index.html", target="#brief-2 .cite a"),
    Shot("differences", "stories/*/index.html", section="differs"),
    Shot("matrix", "stories/*/index.html", section="matrix"),
    Shot("matrix-phone", "stories/*/index.html", width=320, section="matrix"),
    Shot("timeline", "stories/*/index.html", section="timeline"),
    Shot("article", "articles/*/index.html"),
    Shot("thread", "threads/*/index.html"),
    Shot("outlet", "outlets/*/index.html"),
    Shot("person", "people/*/index.html"),
    Shot("archive", "archive/index.html"),
    Shot("day", "archive/*/*/*/index.html"),
    Shot("search", "search/index.html"),
    Shot("about", "about/index.html"),
    Shot("audit", "audit/index.html"),
    Shot("missing", "404.html"),
)


def main() -> None:
    """Build the sample site and take every picture of it."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("no Chromium on this machine")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        site = Path(name) / "site"
        build(load_config(ROOT / "content", site), Work(), Laps())
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            _take(browser, site, shot)
        browser.close()


def _take(browser: Browser, site: Path, shot: Shot) -> None:
    """Take one picture; a phone's is as long as two screens."""
    file = max(site.glob(shot.page), key=lambda path: path.stat().st_size)
    height = 900 if shot.width > 600 else 1400
    page = browser.new_page(viewport={"width": shot.width, "height": height})
    page.emulate_media(color_scheme="dark" if shot.scheme == "dark" else "light")
    page.route(f"{_HOST}/**", lambda route: _answer(route, site))
    page.goto(f"{_HOST}/{file.relative_to(site).as_posix()}", wait_until="networkidle")
    if shot.section:
        page.locator(f"section:has(> #{shot.section})").evaluate("section => section.scrollIntoView()")
    if shot.target:
        page.hover(shot.target)
        page.locator(".peek:visible").first.wait_for()
    page.screenshot(path=IMAGES / f"{shot.name}.png")
    page.close()


def _answer(route: Route, site: Path) -> None:
    """Give the browser a file of the site, as a server would."""
    route.fulfill(path=site / urlsplit(route.request.url).path.lstrip("/"))


if __name__ == "__main__":
    main()
