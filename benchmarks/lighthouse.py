"""What Lighthouse finds on the front page and the longest story of a built site.

    python -m benchmarks.lighthouse SITE [--program LIGHTHOUSE] [--runs 3]

Serves the folder as GitHub Pages does (compressed, kept for ten minutes) on this machine, runs Lighthouse
(``npm install lighthouse``; Chromium by ``CHROME_PATH``) and prints, for each page, the median of the runs in
each category and every audit below 1 that counts. Figures hold for a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

_FLAGS = "--chrome-flags=--headless --no-sandbox --disable-gpu"
_COMPRESSED = {".html", ".css", ".js", ".svg", ".json", ".xml"}


class _Pages(SimpleHTTPRequestHandler):
    """Serves files compressed, with the headers of GitHub Pages."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the whole file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in _COMPRESSED:
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def main() -> None:
    """Measure the two pages and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("site", type=Path)
    parser.add_argument("--program", default="lighthouse")
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages, directory=str(args.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    longest = max(args.site.glob("stories/*/index.html"), key=lambda file: file.stat().st_size)
    for page in ("index.html", longest.relative_to(args.site).as_posix()):
        address = f"http://127.0.0.1:{server.server_port}/{page}"
        reports = [_report(args.program, address) for _ in range(args.runs)]
        print(page, *_lines(reports), sep="\n")
    server.shutdown()


def _report(program: str, address: str) -> dict[str, Any]:
    """Return what Lighthouse says of one page."""
    command = [program, address, "--quiet", "--output=json", "--output-path=stdout", _FLAGS]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))


def _lines(reports: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the median of each category, then the audits of the last run that cost points."""
    for name in reports[-1]["categories"]:
        score = median(report["categories"][name]["score"] for report in reports)
        yield f"  {name}: {score * 100:.0f}"
    for category in reports[-1]["categories"].values():
        for ref in category["auditRefs"]:
            audit = reports[-1]["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"    {audit['score']:.2f} {audit['title']} {audit.get('displayValue', '')}"


if __name__ == "__main__":
    main()
