"""The preview in a real Chromium: reloads, swapped styles, the overlay, the bar."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.preview_fake import TEMPLATE, Running, project, running

pytestmark = pytest.mark.browser

LONG = "<p>First.</p>" + "<p>Line.</p>" * 300


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Running]:
    with running(project(tmp_path / "project")) as started:
        yield started


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """Counts how often each tab has loaded."""
    context.add_init_script("sessionStorage.loads = 1 + Number(sessionStorage.loads ?? 0)")
    return context


def visit(page: Page, run: Running, path: str = "storm/") -> Page:
    """Open a page and wait until it listens."""
    page.goto(run.url + path)
    bar(page, "Built in")
    return page


def bar(page: Page, text: str) -> None:
    """Wait until the bar says so."""
    expect(page.locator("crosscite-preview summary")).to_contain_text(text)


def loads(page: Page) -> int:
    return int(page.evaluate("Number(sessionStorage.loads)"))


def nothing_more_comes(page: Page, run: Running) -> None:
    """Let an edit pass that concerns the page only in its bar: what came before has then all come."""
    run.write("content/other.md", "SKIP")
    bar(page, "skipped")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("content/storm.md", "Changed."),
        ("templates/page.html", TEMPLATE.replace("{body}", "Changed.")),
        ("stories.toml", "Changed."),
        ("crosscite.toml", '[site]\nbase_url = "https://example.org/repo/"\ntitle = "Changed."\n'),
    ],
)
def test_each_kind_of_edit_arrives_with_one_reload(run: Running, page: Page, name: str, text: str) -> None:
    visit(page, run)
    run.write(name, text)
    bar(page, "1 page changed" if name == "content/storm.md" else "pages changed")
    assert "Changed." in page.content()
    nothing_more_comes(page, run)
    assert loads(page) == 2


def test_added_renamed_and_deleted_articles_arrive_with_one_reload_each(run: Running, page: Page) -> None:
    visit(page, run, "flood/")
    expect(page.get_by_role("heading")).to_have_text("No such page")
    run.write("content/flood.md", "Water.")
    expect(page.locator("body")).to_contain_text("Water.")
    (run.root / "content/flood.md").rename(run.root / "content/deluge.md")
    expect(page.locator("body")).to_contain_text("No such page")
    (run.root / "content/deluge.md").rename(run.root / "content/flood.md")
    expect(page.locator("body")).to_contain_text("Water.")
    (run.root / "content/flood.md").unlink()
    expect(page.locator("body")).to_contain_text("No such page")
    bar(page, "changed")
    nothing_more_comes(page, run)
    assert loads(page) == 5


def test_only_the_page_that_changed_reloads(run: Running, context: BrowserContext) -> None:
    storm, bank = (visit(context.new_page(), run, path) for path in ("storm/", "bank/"))
    run.write("content/storm.md", "Changed.")
    expect(storm.locator("body")).to_contain_text("Changed.")
    bar(bank, "1 page changed")
    assert (loads(storm), loads(bank)) == (2, 1)


def test_the_reader_stays_at_the_same_place(run: Running, page: Page) -> None:
    run.write("content/storm.md", LONG)
    run.line("1 page changed")
    visit(page, run)
    page.evaluate("scrollTo(0, 3210)")
    run.write("content/storm.md", LONG.replace("First", "Changed"))
    expect(page.locator("body")).to_contain_text("Changed")
    look = "() => new Promise(done => { (function look() { scrollY === 3210 ? done(true) : requestAnimationFrame(look) })() })"
    assert page.evaluate(look) is True


def test_a_style_sheet_is_swapped_without_a_reload(run: Running, page: Page) -> None:
    visit(page, run)
    page.evaluate("window.kept = true")
    for shade in (2, 3):
        run.write("templates/site.css", f"body {{ color: rgb({shade}, {shade}, {shade}) }}")
        expect(page.locator("body")).to_have_css("color", f"rgb({shade}, {shade}, {shade})")
        expect(page.locator("head link[rel=stylesheet]")).to_have_count(1)
    nothing_more_comes(page, run)
    assert page.evaluate("window.kept") is True
    assert loads(page) == 1


def test_a_failing_build_covers_every_page_until_it_is_mended(run: Running, context: BrowserContext) -> None:
    storm, bank = (visit(context.new_page(), run, path) for path in ("storm/", "bank/"))
    run.write("content/bank.md", "One.\n<img src=x onerror=alert(1)>\nBROKEN <b>here</b>\nFour.")
    for page in (storm, bank):
        overlay = page.get_by_role("alertdialog")
        expect(overlay).to_contain_text("content/bank.md:3")
        expect(overlay).to_contain_text("cannot read “BROKEN <b>here</b>”")
        expect(overlay).to_contain_text("mend it")
        expect(overlay.locator(".line")).to_have_count(4)
        expect(overlay.locator(".wrong")).to_have_text("3BROKEN <b>here</b>\n")
        expect(overlay.locator("img, b")).to_have_count(0)
        bar(page, "1 problem")
    storm.keyboard.press("Escape")
    expect(storm.get_by_role("alertdialog")).to_be_hidden()
    expect(storm.locator("body")).to_contain_text("A storm hit the coast.")
    run.write("content/bank.md", "Mended.")
    expect(bank.locator("body")).to_contain_text("Mended.")
    for page in (storm, bank):
        bar(page, "1 page changed")
        expect(page.get_by_role("alertdialog")).to_be_hidden()
    assert (loads(storm), loads(bank)) == (1, 2)


def test_the_bar_says_what_changed_what_is_skipped_and_why_articles_are_together(
    run: Running, page: Page
) -> None:
    visit(page, run, "")
    run.write("content/storm.md", "Changed.")
    bar(page, "1 page changed")
    run.write("content/bad.md", "SKIP")
    bar(page, "0 pages changed · 1 skipped")
    page.locator("crosscite-preview summary").click()
    news = page.locator("crosscite-preview .news")
    expect(news).to_contain_text("Edited" + "content/bad.md")
    expect(news).to_contain_text("bad.md:1 no text" + "write some")
    assert news.get_by_text("Why together").get_attribute("href") == "#why"
    run.write("content/storm.md", "Again.")
    expect(news.get_by_role("link", name="storm/index.html")).to_have_attribute("href", "/repo/storm/")
    news.get_by_role("link", name="storm/index.html").click()
    expect(page.locator("body")).to_contain_text("Again.")
    expect(page.locator("crosscite-preview details")).to_have_attribute("open", "")


def test_a_site_that_could_not_be_built_opens_by_itself(tmp_path: Path, page: Page) -> None:
    root = project(tmp_path / "project")
    (root / "content/bank.md").write_text("BROKEN")
    with running(root) as run:
        page.goto(run.url)
        expect(page.get_by_role("alertdialog")).to_contain_text("content/bank.md:1")
        expect(page.get_by_role("heading", name="Not built yet")).to_be_visible()
        run.write("content/bank.md", "Mended.")
        expect(page.get_by_role("heading", name="2 articles")).to_be_visible()


def test_a_page_finds_the_preview_again_after_a_restart(tmp_path: Path, page: Page) -> None:
    root = project(tmp_path / "project")
    with running(root) as first:
        visit(page, first)
        port = int(first.url.split(":")[2].split("/")[0])
        first.preview.stop()
    bar(page, "The preview has stopped")
    (root / "content/storm.md").write_text("Changed meanwhile.")
    with running(root, port=port) as second:
        assert str(port) in second.url
        expect(page.locator("body")).to_contain_text("Changed meanwhile.")
        assert loads(page) == 2


def test_what_a_published_page_may_not_do_it_may_not_do_in_the_preview(run: Running, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    visit(page, run)
    assert [text for text in said if "Content Security Policy" in text] == []
    template = TEMPLATE.replace(
        "</body>", '<script src="{up}evil.js"></script><script>window.evil = 1</script></body>'
    )
    run.write("templates/page.html", template)
    bar(page, "pages changed")
    assert page.evaluate("window.evil") is None
    blocked = [text for text in said if "Content Security Policy" in text]
    assert len(blocked) == 2
    assert "evil.js" in "".join(blocked)


def test_the_bar_is_not_printed_and_does_not_touch_the_page(run: Running, page: Page) -> None:
    visit(page, run)
    assert page.evaluate("document.body.lastElementChild.tagName") == "SCRIPT"
    assert page.evaluate("getComputedStyle(document.querySelector('crosscite-preview')).display") != "none"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('crosscite-preview')).display") == "none"


def test_a_checkout_of_hundreds_of_files_is_one_reload(run: Running, page: Page, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    for number in range(300):
        (away / f"{number}.md").write_text(f"Article {number}.")
    visit(page, run, "")
    shutil.move(away, run.root / "content" / "many")
    expect(page.get_by_role("heading")).to_have_text("302 articles")
    bar(page, "pages changed")
    nothing_more_comes(page, run)
    assert loads(page) == 2
