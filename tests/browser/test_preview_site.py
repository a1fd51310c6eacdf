"""The preview of the sample site with the real build: every kind of edit arrives, with one reload each.

``PREVIEW_TRIES=20`` tries each kind twenty times, ``PREVIEW_CONTENT`` names another folder of articles, read
in all processors; what is read and told of it is remembered in the file ``PREVIEW_MEMORY``, if one is named.
``PREVIEW_KINDS=edit,rename`` tries these kinds alone. Templates, settings and style sheets change every page: the next
edit does not wait for all of them, so that builds are broken off.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from generator.config import Config, load_config
from generator.preview.serve import Build, Built
from generator.seal import build
from generator.system.laps import Laps
from generator.system.live import Live
from generator.system.work import Work
from tests.preview_fake import Running, running

ROOT = Path(__file__).resolve().parents[2]
CONTENT = Path(os.environ.get("PREVIEW_CONTENT", ROOT / "content"))
TRIES = int(os.environ.get("PREVIEW_TRIES", "1"))
KINDS = set(filter(None, os.environ.get("PREVIEW_KINDS", "").split(",")))
MEMORY = os.environ.get("PREVIEW_MEMORY")
LARGE = "PREVIEW_CONTENT" in os.environ
FIRST_S = 1800 if LARGE else 280
"""Seconds that the first build may take."""
pytestmark = [pytest.mark.browser, *([pytest.mark.timeout(4 * 3600)] if LARGE else [])]


def real(work: Work) -> Build:
    """Return the build of the command."""

    def make(config: Config, live: Live) -> Built:
        report = build(config, work, Laps(), live)
        return Built(report.written.changed + report.written.removed, report.skipped, report.seconds)

    return make


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root = tmp_path_factory.mktemp("site") / "project"
    shutil.copytree(CONTENT, root / "content")
    (root / "crosscite.toml").write_text('[site]\nbase_url = "https://example.org/repo/"\n', encoding="utf-8")
    work = Work(Path(MEMORY) if MEMORY else None, jobs=0 if LARGE else 1, keep=True)
    with running(root, real(work), ready=False) as started:
        started.line("Ctrl-C", timeout_s=FIRST_S)
        yield started
    work.close()


def article(run: Running) -> Path:
    return min(path for path in (run.root / "content").rglob("*.md") if path.stem.lower() != "readme")


def edit(run: Running, number: int) -> None:
    path = article(run)
    title = f"The harbour master counts {number + 2} crates on the quay"
    path.write_text(
        f"---\ntitle: {title}\ndate: 2031-01-01\nsource: The Ellery Courier\n---\n\n"
        f"The harbour master counted {number + 2} crates on the quay on Monday.\n",
        encoding="utf-8",
    )


def add(run: Running, number: int) -> None:
    run.write(
        f"content/added-{number}.md",
        f"---\ntitle: Lanterns return to street {number}\n---\n\nLanterns were hung in street {number} on Friday.\n",
    )


def rename(run: Running, number: int) -> None:
    (run.root / f"content/added-{number}.md").rename(run.root / f"content/renamed-{number}.md")


def delete(run: Running, number: int) -> None:
    (run.root / f"content/renamed-{number}.md").unlink()


def template(run: Running, number: int) -> None:
    shipped = (ROOT / "templates" / "base.html").read_text(encoding="utf-8")
    run.write("templates/base.html", shipped.replace("</main>", f"</main><p>Proof {number}</p>"))


def settings(run: Running, number: int) -> None:
    run.write(
        "crosscite.toml", f'[site]\nbase_url = "https://example.org/repo/"\ntitle = "Edition {number}"\n'
    )


def overrides(run: Running, number: int) -> None:
    name = article(run).relative_to(run.root / "content").as_posix()
    run.write("stories.toml", f'[[retitle]]\nstory = "{name}"\ntitle = "Retold {number}"\n')


def restyle(run: Running, number: int) -> None:
    run.write("templates/static/theme.css", f"body {{ outline-color: rgb({number + 2}, 1, 1) }}")


STEPS = {
    step.__name__: step
    for step in (edit, add, rename, delete, template, settings, overrides, restyle)
    if not KINDS or step.__name__ in KINDS
}


def loads(page: Page) -> int:
    return int(page.evaluate("Number(sessionStorage.loads)"))


def listens(page: Page) -> None:
    """Wait until the page hears of builds, be it that the one which it shows is not whole yet."""
    words = re.compile("Built in|other pages follow")
    expect(page.locator("crosscite-preview summary")).to_contain_text(words, timeout=120_000)


def shows(page: Page, number: int) -> None:
    """Wait until the page has a style sheet."""
    expect(page.locator("body")).to_have_css("outline-color", f"rgb({number + 2}, 1, 1)", timeout=120_000)


def test_every_kind_of_edit_arrives_with_one_reload(run: Running, page: Page) -> None:
    page.set_default_timeout(120_000)
    page.add_init_script("sessionStorage.loads = 1 + Number(sessionStorage.loads ?? 0)")
    page.goto(run.url)
    listens(page)
    done = 0
    for number in range(TRIES):
        for name, step in STEPS.items():
            if step is restyle:
                restyle(run, number)
                shows(page, number)
                continue
            with page.expect_event("load"):
                step(run, number)
            done += 1
            listens(page)
            assert loads(page) == 1 + done, name
    restyle(run, TRIES)  # whatever was on its way has come
    shows(page, TRIES)
    expect(page.locator("crosscite-preview summary")).to_contain_text("Built in", timeout=120_000)
    assert loads(page) == 1 + done


def test_what_is_served_is_what_a_fresh_build_writes_but_for_the_script(run: Running, tmp_path: Path) -> None:
    work = Work(jobs=0 if LARGE else 1)
    build(replace(load_config(run.root / "content"), output=tmp_path / "site"), work, Laps(), Live())
    work.close()
    built, shown = files(tmp_path / "site"), files(run.preview.folder)
    assert built.keys() == shown.keys()
    assert [name for name in built if built[name] != shown[name]] == []
    with httpx.Client(base_url=run.url) as client:
        for name, data in built.items():
            assert _ADDED.sub(b"", client.get(name).content) == _ADDED.sub(b"", data), name


_ADDED = re.compile(
    rb'<script src="/__crosscite/preview.js"[^>]*></script>|<meta http-equiv="Content-Security-Policy" [^>]*>'
)


def files(folder: Path) -> dict[str, bytes]:
    """Return the site, but for the search index: Pagefind names its files differently each time."""
    found = {
        path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()
    }
    return {
        name: path.read_bytes() for name, path in found.items() if not name.startswith(("pagefind/", "."))
    }
