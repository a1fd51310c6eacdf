"""From an empty folder to GitHub Pages: the starter's own workflow, played, and its site crawled."""

from __future__ import annotations

import json
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.bare import Bare
from tests.browser.conftest import mounted
from tests.web import Answer, serve
from tests.workflow import Play, git

pytestmark = pytest.mark.browser

FEED = """<rss version="2.0"><channel><title>Quay Wire</title><link>https://quay.example/</link><item>
<title>Second test of the tide gate is put off</title><link>https://quay.example/put-off</link>
<pubDate>Wed, 04 Mar 2026 08:00:00 GMT</pubDate><description>&lt;p&gt;The second test of the tide gate at Port Ellery
is put off until April, harbour master Tobias Renn said on Tuesday evening, because the new drive has not come.
&lt;/p&gt;</description></item></channel></rss>"""
LINKS = """() => [...document.querySelectorAll('[href], [src]')].map(e => e.href || e.src)"""
LEFT = "net::ERR_ABORTED"
"""What a browser says of a request that it gave up because the next page was asked for."""
IDS = """() => [...document.querySelectorAll('[id]')].map(e => e.id)"""


@pytest.fixture
def home(tmp_path: Path, bare: Bare) -> Mapping[str, str]:
    """The environment of a user who has nothing but the wheel and git."""
    return bare.environment(tmp_path / "home")


@pytest.fixture
def origin(tmp_path: Path, home: Mapping[str, str]) -> Path:
    """A repository at a host, to which a new project was pushed."""
    bare_one, project = tmp_path / "origin.git", tmp_path / "repo"
    git(tmp_path, home, "init", "--quiet", "--bare", "--initial-branch=main", str(bare_one))
    subprocess.run(["crosscite", "init", str(project)], env=dict(home), check=True, capture_output=True)
    git(project, home, "init", "--quiet", "--initial-branch=main")
    push(project, bare_one, home)
    return bare_one


def push(project: Path, origin: Path, home: Mapping[str, str]) -> None:
    """Commit everything and push it."""
    git(project, home, "add", ".")
    git(project, home, "commit", "--quiet", "--message", "A change")
    git(project, home, "push", "--quiet", f"file://{origin}", "HEAD:main")


def play(origin: Path, folder: Path, home: Mapping[str, str], event: str, base_url: str) -> Play:
    """Run the workflow; return what came of it."""
    folder.mkdir()
    played = Play(origin, folder, home, event, base_url)
    played.run()
    return played


def unpack(artifact: Path | None, folder: Path) -> Path:
    """Return the folder of an unpacked site."""
    assert artifact
    with tarfile.open(artifact) as tar:
        tar.extractall(folder, filter="data")
    return folder


def test_a_push_publishes_a_site_without_a_broken_link(
    origin: Path, home: Mapping[str, str], tmp_path: Path, context: BrowserContext
) -> None:
    site = tmp_path / "published"
    site.mkdir()
    with mounted(site, "/repo/") as address:
        played = play(origin, tmp_path / "run", home, "push", address.removesuffix("/"))
        unpack(played.artifact, site)
        assert played.results == {"collect": "skipped", "build": "success", "deploy": "success"}
        page = context.new_page()
        broken, seen = crawl(page, address)
        assert broken == []
        assert len([url for url in seen if url.startswith(f"{address}stories/")]) >= 2
        assert address in (site / "feed.xml").read_text(encoding="utf-8")
        looks_right(page, address)
        finds(page, address)


def crawl(page: Page, start: str) -> tuple[list[str], set[str]]:
    """Visit every page below an address; return links that lead nowhere, and what was visited."""
    waiting, seen, wanted = [start], {start}, set()
    ids: dict[str, set[str]] = {}
    broken = []
    page.on("requestfailed", lambda request: broken.append(request.url) if request.failure != LEFT else None)
    page.on("response", lambda answer: broken.append(answer.url) if answer.status >= 400 else None)
    while waiting:
        here = waiting.pop()
        if not here.endswith(("/", ".html")):
            if not page.request.get(here).ok:
                broken.append(here)
            continue
        page.goto(here, wait_until="load")
        ids[here] = set(page.evaluate(IDS))
        links = {link for link in page.evaluate(LINKS) if link.startswith(start.partition("/repo/")[0])}
        wanted |= {(here, *urldefrag(link)) for link in links}
        new = {urldefrag(link).url for link in links} - seen
        seen |= new
        waiting += sorted(new)
    broken += [
        f"{here} → {url}#{part}" for here, url, part in wanted if part and part not in ids.get(url, ())
    ]
    return broken, seen


def looks_right(page: Page, address: str) -> None:
    """Look whether the style is that of the style sheet, deep in the site and where a reader is lost."""
    for path in ("index.html", "no/such/page/at/all"):
        page.goto(address + path)
        family = page.evaluate("() => getComputedStyle(document.body).fontFamily")
        assert "Charter" in family, path
    page.get_by_role("link", name="Front page").first.click()
    page.wait_for_url(f"{address}index.html")


def finds(page: Page, address: str) -> None:
    """Search for a word; follow the first answer."""
    page.goto(f"{address}search/index.html")
    page.get_by_role("searchbox").fill("library")
    result = page.get_by_role("link", name="Mill Street library opens on Sundays").first
    result.click()
    page.wait_for_url(f"{address}stories/**")


def test_a_morning_collects_commits_and_publishes(
    origin: Path, home: Mapping[str, str], tmp_path: Path
) -> None:
    project = tmp_path / "repo"
    with serve() as web:
        web.routes["/feed.xml"] = Answer(FEED.encode(), headers={"Content-Type": "application/rss+xml"})
        settings = (
            f'[collect]\nfeeds = ["{web.url}/feed.xml"]\nallow_private = true\ndelay_s = 0.0\nretries = 0\n'
        )
        (project / "crosscite.toml").write_text(settings, encoding="utf-8")
        push(project, origin, home)
        played = play(origin, tmp_path / "run", home, "schedule", "https://you.github.io/repo")
    assert played.results == dict.fromkeys(("collect", "build", "deploy"), "success")
    author = git(tmp_path, home, "--git-dir", str(origin), "log", "-1", "--format=%an: %s", "main")
    assert author == "github-actions[bot]: Collect articles\n"
    kept = git(tmp_path, home, "--git-dir", str(origin), "ls-tree", "-r", "--name-only", "main", "content")
    assert "content/2026-03-04-second-test-of-the-tide-gate-is-put-off.md" in kept.splitlines()
    site = unpack(played.artifact, tmp_path / "site")
    record = json.loads((site / "build.json").read_bytes())
    assert "Second test of the tide gate is put off" in [article["title"] for article in record["articles"]]
