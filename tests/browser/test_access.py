"""Everybody can read the site: axe-core, keyboard, names for screen readers, narrow screens, no script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from generator.model import Page as Made
from generator.publishing.render import render_pages
from generator.system import search
from tests import digests
from tests.browser.conftest import mounted
from tests.builders import write_files
from tests.sites import KINDS, STORY, config

pytestmark = pytest.mark.browser

SCREENS = [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_no_violation_on_any_kind_of_page(
    browser: Browser, site: Path, served: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found = {}
    for kind, path in KINDS.items():
        page.goto(served + path)
        violations = Axe().run(page).response["violations"]
        if violations:
            found[kind] = [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations]
    context.close()
    assert found == {}


def test_axe_finds_no_violation_on_long_lists(browser: Browser, tmp_path: Path) -> None:
    pages = {page.path: page.data for page in render_pages(digests.many(400), config())}
    write_files(tmp_path, pages)
    page = browser.new_page()
    found = []
    for path in ("index.html", "search/2/index.html", "audit/2/index.html", "archive/2026/index.html"):
        page.goto((tmp_path / path).as_uri())
        found += [(path, one["id"]) for one in Axe().run(page).response["violations"]]
    page.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_scrolls_sideways(browser: Browser, site: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    wide = {}
    for kind, path in KINDS.items():
        page.goto((site / path).as_uri())
        if (reach := page.evaluate("document.documentElement.scrollWidth")) > width:
            wide[kind] = reach
    page.close()
    assert wide == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_every_place_of_a_story_that_links_name_is_in_sight_when_they_are_followed(
    browser: Browser, site: Path, width: int
) -> None:
    address = (site / STORY).as_uri()
    page, lost = browser.new_page(viewport={"width": width, "height": 700}), []
    for name in ("differs-2", "claim-6", "only-1", "timeline-4", "source-6", "why"):
        page.goto("about:blank")
        page.goto(f"{address}#{name}")
        box = page.locator(f"#{name}").bounding_box()
        assert box is not None
        if not 0 <= box["y"] < 600:
            lost.append((name, box["y"]))
    page.close()
    assert lost == []


def test_nothing_moves_while_a_story_is_read_to_its_end(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto((site / STORY).as_uri())
    page.evaluate(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(one => window.moved += one.value))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    while page.evaluate(
        "new Promise(done => { scrollBy(0, 500); requestAnimationFrame(() => requestAnimationFrame(() => "
        "done(scrollY + innerHeight < document.documentElement.scrollHeight - 1))); })"
    ):
        pass
    assert page.evaluate("window.moved") == 0
    page.close()


def test_pages_that_run_from_right_to_left_fit_a_phone_too(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 900})
    reach = (
        "() => { document.documentElement.dir = 'rtl';"
        " return [document.documentElement.scrollWidth, ...[...document.querySelectorAll('main text')]"
        ".flatMap(text => { const box = text.getBoundingClientRect(); return [320 - box.left, box.right]; })]; }"
    )
    wide = {}
    for kind, path in KINDS.items():
        page.goto((site / path).as_uri())
        if max(page.evaluate(reach)) > 320:
            wide[kind] = page.evaluate(reach)
    page.close()
    assert wide == {}


def test_an_arabic_report_runs_from_right_to_left_on_a_page_that_does_not(
    browser: Browser, site: Path
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((site / KINDS["foreign article"]).as_uri())
    assert page.locator("html").get_attribute("dir") == "ltr"
    assert (page.locator("h1").get_attribute("dir"), page.locator("h1").get_attribute("lang")) == (
        "rtl",
        "ar",
    )
    run = "passages => passages.map(one => getComputedStyle(one).direction)"
    assert set(page.locator(".passages p:has([data-cite])").evaluate_all(run)) == {"rtl"}
    assert page.locator(".passages .note").first.evaluate("note => getComputedStyle(note).direction") == "ltr"
    page.close()


def test_citations_have_names_of_their_own(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / STORY).as_uri())
    brief = page.get_by_role("region", name="In brief")
    assert brief.get_by_role("link", name="Source 2, The Coastal Courier, sentence 1").count() == 2
    assert brief.get_by_role("link", name="Source 6, Saltmere Voice, sentence 3").count() == 1
    table = page.get_by_role("table").filter(has=page.get_by_role("columnheader", name="Claim"))
    assert table.get_by_role("cell", name="differs Der Hafenbote").count() == 1
    assert table.get_by_role("cell", name="silent").count() == 10
    assert table.get_by_role("cell", name="not compared: other language").count() == 8
    assert page.get_by_role("img", name="4 dated facts").count() == 1
    page.close()


def test_the_keyboard_alone_leads_from_a_citation_to_its_passage_and_back(
    browser: Browser, site: Path
) -> None:
    page = browser.new_page()
    page.goto((site / STORY).as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.parentElement.className") == "cite":
            break
    peek = page.locator("#brief-1 .peek").first
    peek.wait_for(state="visible")
    assert "Harbour Gazette" in peek.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**#s1")
    assert page.locator(":target").inner_text().startswith("A fire destroyed the old fish market hall")
    assert (
        page.evaluate("getComputedStyle(document.querySelector(':target')).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )
    page.get_by_role("link", name="Back to In brief 1").press("Enter")
    page.wait_for_url("**/stories/**#brief-1")
    page.close()


def test_the_preview_shows_the_passage_on_hover(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((site / STORY).as_uri())
    peek = page.locator("#brief-2 .peek").nth(3)
    assert not peek.is_visible()
    page.locator("#brief-2 .cite > a").nth(3).hover()
    peek.wait_for(state="visible")
    assert "17 Menschen verletzt" in peek.inner_text()
    text, note = page.locator("#brief-2").bounding_box(), peek.bounding_box()
    assert text is not None
    assert note is not None
    assert note["x"] >= text["x"] + text["width"]  # in the margin: it covers no text
    page.close()


def _labels(page: Page) -> list[str]:
    return page.locator("#results li a.headline").all_inner_texts()


def test_search_finds_by_word_and_by_filter_with_the_keyboard(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(served + KINDS["search"])
    page.get_by_label("Search all stories").focus()
    page.keyboard.type("lighthouse")
    page.locator("#status", has_text="Found").wait_for()
    assert "Lighthouse keeper’s logbook found in attic" in _labels(page)
    page.get_by_label("Search all stories").fill("")
    page.get_by_label("Outlet").select_option("Der Hafenbote")
    page.locator("#results a", has_text="Regen").wait_for()
    page.get_by_label("Search all stories").fill("zzzz")
    page.locator("#status", has_text="Nothing found for “zzzz”").wait_for()
    page.close()


@pytest.fixture
def served_in_parts(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the same site with an index in parts."""
    monkeypatch.setattr(search, "_PART", 8)
    html = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    parts = search.parted(search.searchable([Made(path, (site / path).read_bytes()) for path in html]))
    assert len(parts) > 2
    index = search.joined([search.index_pages(part) for part in parts])
    shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("pagefind"))
    write_files(tmp_path / "site", {file.path: file.data for file in index})
    with mounted(tmp_path / "site") as address:
        yield address


def _found(page: Page, address: str, query: str) -> tuple[list[str], set[str | None]]:
    """Return what a search shows: the outlets to choose from, and the pages that are found."""
    page.goto(f"{address}{KINDS['search']}?q={query}")
    page.locator("#status", has_text="Found").wait_for()
    outlets = page.get_by_label("Outlet").locator("option").all_inner_texts()
    return outlets, {link.get_attribute("href") for link in page.locator("#results a.headline").all()}


def test_search_asks_all_parts_of_a_large_index(browser: Browser, served: str, served_in_parts: str) -> None:
    page = browser.new_page()
    for query in ("lighthouse", "ferries"):
        outlets, found = _found(page, served_in_parts, query)
        all_outlets, all_found = _found(page, served, query)
        assert outlets == all_outlets
        assert found >= all_found  # a part that lacks a word offers what begins like it
    page.close()


def test_results_lead_to_their_pages_under_a_sub_path(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(served + KINDS["search"] + "?q=ferries")
    page.locator("#results a.headline").first.click()
    assert "Skerry" in page.locator("h1").inner_text()
    page.close()


def test_without_script_the_search_page_lists_every_headline(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + KINDS["search"])
    assert "Search needs JavaScript" in page.locator("noscript").inner_text()
    assert not page.locator("form").is_visible()
    assert page.get_by_role("link", name="Lighthouse keeper’s logbook").is_visible()
    context.close()


def test_from_disk_the_search_page_says_why_it_cannot_search(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / KINDS["search"]).as_uri())
    page.get_by_text("The search index could not be loaded").wait_for()
    page.close()
