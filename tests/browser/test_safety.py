"""The site asks nobody for anything, runs nothing it should not, and stands still."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from generator.publishing import urls
from generator.publishing.render import render_pages
from tests import digests
from tests.browser.conftest import MOUNT, mounted
from tests.builders import write_files
from tests.sites import KINDS, STORY, config

pytestmark = pytest.mark.browser


def test_no_request_leaves_the_site_and_nothing_complains(browser: Browser, served: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked, said = set(), []
    context.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in KINDS.values():
        page.goto(served + path)
        page.wait_for_load_state("networkidle")
    context.close()
    assert asked == {"127.0.0.1"}
    assert said == []


def test_the_policy_stops_inline_script_and_style(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / STORY).as_uri())
    ran = page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", '<p id="styled" style="color: rgb(1, 2, 3)">x</p>');
            return [window.ran === true, getComputedStyle(document.getElementById("styled")).color];
        }"""
    )
    page.close()
    assert ran[0] is False
    assert ran[1] != "rgb(1, 2, 3)"


def test_script_in_an_article_is_text(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="<script>alert(1)</script>").click()
    assert page.locator("h1").inner_text() == "</title><script>alert(1)</script> & “marks”"
    assert page.locator("a[href^='javascript:']").count() == 0
    page.close()
    assert dialogs == []


def test_nothing_shifts_while_a_page_loads(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.add_init_script(
        """window.shift = 0; new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.shift += entry.value;
        }).observe({type: "layout-shift", buffered: true});"""
    )
    for kind in ("front", "story", "article"):
        page.goto(served + KINDS[kind])
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shift") == 0, kind
    page.close()


def test_pages_open_from_disk_with_links_to_each_other(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Fire destroys fish market hall").first.click()
    page.locator("#brief-1 .cite > a").first.click()
    assert page.locator(":target").count() == 1
    page.get_by_role("link", name="The Saltmere Brief").click()
    assert page.url == (site / "index.html").as_uri()
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"  # the style sheet is there
    page.close()


def test_a_lost_reader_finds_the_style_and_the_way_home_at_any_depth(
    browser: Browser, site: Path, served: str
) -> None:
    html = (site / "404.html").read_text(encoding="utf-8")
    root = urlsplit(served).path
    page = browser.new_page()
    page.route("**/deep/**", lambda route: route.fulfill(status=404, content_type="text/html", body=html))
    page.goto(f"{served}deep/er/still/")
    assert page.locator("h1").inner_text() == "This page is not here"
    assert page.locator("main a").first.get_attribute("href") == f"{root}index.html"
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"
    page.close()


def test_the_page_for_lost_readers_leads_on_from_former_addresses_of_a_large_site(
    browser: Browser, tmp_path: Path
) -> None:
    made = render_pages(digests.harbour(), config(f"http://127.0.0.1{MOUNT}", former="page"))
    page = browser.new_page()
    with mounted(write_files(tmp_path, {one.path: one.data for one in made})) as address:
        for former in (urls.member_path(digests.COURIER), urls.member_thread_path(digests.COURIER)):
            page.goto(address + urls.folder(former))
            page.wait_for_url(address + urls.article_path(digests.COURIER))
        assert page.locator(".kicker a").count() == 1
        page.goto(f"{address}stories/{'long-' * 12}word-aaaaaaaaaa/")
        page.wait_for_url(f"{address}articles/{'long-' * 6}aaaaaaaaaa/index.html")
        assert page.locator("h1").inner_text() == "This page is not here"
    page.close()


def test_a_story_prints_on_two_pages(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / STORY).as_uri())
    printed = page.pdf(format="A4")
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2


def test_print_keeps_the_sources_with_their_addresses(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / STORY).as_uri())
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    after = page.evaluate("getComputedStyle(document.querySelector('.sources .out'), '::after').content")
    assert "https://gazette.example/news" in after or "attr(href)" in after
    page.close()
