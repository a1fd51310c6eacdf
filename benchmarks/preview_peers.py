"""How long other generators take from saving an article until they serve the new page, on the same articles.

    python -m benchmarks.preview_peers [--own] [--articles 1000] [--tries 20] [--corpus make_corpus.py]

Runs those of MkDocs, Zensical, Hugo and Eleventy that are on the ``PATH``, each with the barest settings: one plain
page an article, no grouping, no summary. The page is asked for every 5 ms until it has the new sentence,
which comes before the browser is told: the figures flatter them. One that does not serve in time, or ends, is named
and passed over. ``--own`` measures Crosscite last, on the same articles, as ``benchmarks/preview.py`` does.
"""

from __future__ import annotations

import argparse
import http.client
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import preview
from benchmarks.preview import CORPUS, slow

LAYOUT = "<!doctype html><title>{title}</title><body>{body}</body>"
READY_S, CHANGED_S = 600, 60
"""Seconds in which a peer has to serve its first pages, and a page that was saved."""


@dataclass(frozen=True)
class Peer:
    """A generator: its settings, where articles go, how it is started."""

    name: str
    articles: str
    command: Callable[[int], list[str]]
    files: Mapping[str, str] = field(default_factory=dict)


PEERS = (
    Peer(
        "mkdocs",
        "docs",
        lambda port: ["mkdocs", "serve", "-q", "-a", f"127.0.0.1:{port}"],
        {"mkdocs.yml": "site_name: Bench\nplugins: []\n", "docs/index.md": "# Bench\n"},
    ),
    Peer(
        "zensical",
        "docs",
        lambda port: ["zensical", "serve", "-a", f"127.0.0.1:{port}"],
        {"mkdocs.yml": "site_name: Bench\nplugins: []\n", "docs/index.md": "# Bench\n"},
    ),
    Peer(
        "hugo",
        "content",
        lambda port: ["hugo", "server", "--buildFuture", "--bind", "127.0.0.1", "-p", str(port)],
        {
            "hugo.toml": 'title = "Bench"\n',
            "content/_index.md": "# Bench\n",
            "layouts/single.html": LAYOUT.format(title="{{ .Title }}", body="{{ .Content }}"),
            "layouts/list.html": LAYOUT.format(
                title="{{ .Title }}", body="{{ range .Pages }}{{ .Title }}{{ end }}"
            ),
        },
    ),
    Peer(
        "eleventy",
        "content",
        lambda port: ["eleventy", "--serve", "--quiet", f"--port={port}"],
        {
            "eleventy.config.js": "module.exports = () => ({ dir: { input: 'content', includes: '../layouts' } });\n",
            "layouts/page.html": LAYOUT.format(title="{{ title }}", body="{{ content }}"),
            "content/content.json": '{"layout": "page.html"}',
        },
    ),
)


class PeerError(Exception):
    """A peer that cannot be measured."""


def served(process: subprocess.Popen[bytes], port: int, stem: str, text: bytes, until: float) -> None:
    """Ask for a page until it has this text. Raises PeerError."""
    while time.perf_counter() < until:
        if process.poll() is not None:
            raise PeerError(f"ended with {process.returncode}")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", f"/{stem}/")
            answer = connection.getresponse()
            if text in answer.read() and answer.status == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.005)
    raise PeerError(f"{stem} was not served in time")


def prepare(peer: Peer, corpus: Path, folder: Path) -> list[Path]:
    """Write a project; return its articles."""
    for name, text in peer.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / peer.articles).mkdir(exist_ok=True)
    for article in corpus.glob("*.md"):
        text = (
            article.read_text(encoding="utf-8")
            .replace("\nurl: ", "\noriginal: ")
            .replace("\ndate: ", "\nwhen: ")
        )
        (folder / peer.articles / article.name).write_text(text, encoding="utf-8")
    return sorted(path for path in (folder / peer.articles).glob("*.md") if "index" not in path.stem)


def measure(peer: Peer, corpus: Path, tries: int) -> list[float]:
    """Return how long each save took, in milliseconds."""
    with tempfile.TemporaryDirectory() as name, socket.socket() as free:
        articles = prepare(peer, corpus, Path(name))
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        process = subprocess.Popen(
            peer.command(port), cwd=name, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            served(process, port, articles[-1].stem, b"<", time.perf_counter() + READY_S)
            time.sleep(2)  # let the first build come to rest
            waits = []
            for number in range(tries):
                article = articles[number * 7919 % len(articles)]
                sentence = f"Counters at the harbour then stood at {4000 + number} crates."
                text = f"{article.read_text(encoding='utf-8')}\n\n{sentence}\n"
                start = time.perf_counter()
                article.write_text(text, encoding="utf-8")
                served(process, port, article.stem, sentence.encode(), start + CHANGED_S)
                waits.append(1000 * (time.perf_counter() - start))
                time.sleep(0.5)
            return waits
        finally:
            process.terminate()
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def main() -> None:
    """Make the articles, run whoever is there, print a line each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--tries", type=int, default=20)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="script that writes the articles")
    parser.add_argument("--own", action="store_true", help="measure Crosscite too")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, args.corpus, str(args.articles), folder], check=True, stdout=subprocess.DEVNULL
        )
        for peer in PEERS:
            if not shutil.which(peer.command(0)[0]):
                print(f"{peer.name}: not on the PATH")
                continue
            try:
                waits = measure(peer, Path(folder) / "articles", args.tries)
            except PeerError as error:
                print(f"{peer.name}: not measured, {error}", flush=True)
                continue
            print(f"{peer.name}: p50 {statistics.median(waits):.0f} ms, p95 {slow(waits):.0f} ms", flush=True)
        if args.own:
            own = preview.measure((Path(folder) / "articles").rename(Path(folder) / "content"), args.tries)
            print(f"crosscite: p50 {own.p50:.0f} ms, p95 {own.p95:.0f} ms")


if __name__ == "__main__":
    main()
