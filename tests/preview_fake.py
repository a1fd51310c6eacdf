"""A tiny site generator with the manners of the real one, and a preview of it that tests can drive."""

from __future__ import annotations

import contextlib
import html
import json
import queue
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import httpx

from generator.config import Config, load_config
from generator.errors import Problem, TemplateError
from generator.preview.serve import Ahead, Build, Built, Preview, ServeOptions, serve
from generator.system.live import Live

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'"
TEMPLATE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    f'<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">'
    '<link rel="stylesheet" href="{up}assets/{css}"></head><body>{body}</body></html>\n'
)


def render(config: Config) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of the site and what was skipped. Raises TemplateError for a file that says BROKEN."""
    template = _text(config.root / "templates" / "page.html") or TEMPLATE
    css = _text(config.root / "templates" / "site.css") or "body { color: rgb(1, 1, 1) }"
    name = f"site.{sha256(css.encode()).hexdigest()[:8]}.css"
    title = _text(config.root / "stories.toml") or config.site.title
    files = {f"assets/{name}": css.encode()}
    skipped = []
    articles = sorted(config.content.rglob("*.md"))
    for path in [*articles, config.root / "templates" / "page.html"]:
        for number, line in enumerate((_text(path) or "").splitlines(), 1):
            if "BROKEN" in line:
                place = path.relative_to(config.root).as_posix()
                raise TemplateError([Problem(place, number, f"cannot read “{line}”", "mend it")])

    def page(where: str, body: str) -> None:
        up = "../" * where.count("/")
        text = template.replace("{title}", title).replace("{up}", up).replace("{css}", name)
        files[where] = text.replace("{body}", body).encode()

    for path in articles:
        text = path.read_text(encoding="utf-8")
        if "SKIP" in text:
            skipped.append(Problem(path.relative_to(config.content).as_posix(), 1, "no text", "write some"))
        else:
            page(f"{path.relative_to(config.content).with_suffix('').as_posix()}/index.html", text)
    page("index.html", f'<h1 id="why">{len(files) - 1} articles</h1>')
    page("404.html", "<h1>No such page</h1>")
    return files, skipped


def build(config: Config, _live: Live | None = None) -> Built:
    """Write what differs, as the real build does."""
    start = time.perf_counter()
    files, skipped = render(config)
    old = {
        path.relative_to(config.output).as_posix(): path
        for path in config.output.rglob("*")
        if path.is_file()
    }
    changed = [name for name, data in files.items() if name not in old or old[name].read_bytes() != data]
    for name in changed:
        target = config.output / name
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.new")
        temporary.write_bytes(files[name])
        temporary.replace(target)
    gone = sorted(old.keys() - files.keys())
    for name in gone:
        old[name].unlink()
    return Built(tuple(sorted([*changed, *gone])), tuple(skipped), time.perf_counter() - start)


def _text(path: Path) -> str | None:
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8")
    return None


@dataclass
class Running:
    """A preview that runs in a thread."""

    preview: Preview
    root: Path
    lines: queue.Queue[str]
    builds: list[None]
    """One entry a build."""

    @property
    def url(self) -> str:
        return self.preview.address

    def line(self, part: str = "", timeout_s: float = 20) -> str:
        """Wait for a line of the console that holds ``part``; return it."""
        until = time.monotonic() + timeout_s
        while True:
            line = self.lines.get(timeout=max(0.01, until - time.monotonic()))
            if part in line:
                return line

    def write(self, name: str, text: str) -> Path:
        """Write a file of the project."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


def project(root: Path, base_url: str = "https://example.org/repo/") -> Path:
    """Make a small project."""
    (root / "content").mkdir(parents=True)
    (root / "templates").mkdir()
    (root / "content" / "storm.md").write_text("A storm hit the coast.", encoding="utf-8")
    (root / "content" / "bank.md").write_text("The bank cut rates.", encoding="utf-8")
    (root / "crosscite.toml").write_text(f'[site]\nbase_url = "{base_url}"\n', encoding="utf-8")
    return root


@contextmanager
def running(
    root: Path,
    make: Build = build,
    *,
    load: Callable[[], Config] | None = None,
    ahead: Ahead = lambda _, __: None,
    ready: bool = True,
    **options: object,
) -> Iterator[Running]:
    """Run a preview of a project until the block ends; wait for its first build if ``ready``."""
    builds: list[None] = []
    lines: queue.Queue[str] = queue.Queue()

    def noted(config: Config, live: Live) -> Built:
        built = make(config, live)
        builds.append(None)
        return built

    chosen = ServeOptions(**({"port": 0} | options))  # type: ignore[arg-type]
    with Preview(load or (lambda: load_config(root / "content")), chosen, noted, lines.put, ahead) as preview:
        thread = threading.Thread(target=preview.run, name="builds")
        thread.start()
        try:
            run = Running(preview, root, lines, builds)
            if ready:
                run.line("Ctrl-C")
            yield run
        finally:
            preview.stop()
            thread.join(20)
            assert not thread.is_alive()


@dataclass(frozen=True)
class Event:
    """A server-sent event."""

    name: str
    data: str


class Visitor:
    """One open page, without a browser: reads it, then listens."""

    def __init__(self, run: Running, page: str = "") -> None:
        self._client = httpx.Client(timeout=20)
        answer = self._client.get(run.url + page)
        found = re.search(r'data-content="(\w+)" data-style="(\w+)"', answer.text)
        assert found
        query = {"page": answer.url.raw_path.decode(), "content": found[1], "style": found[2]}
        where = str(answer.url.join("/__crosscite/events"))
        self._stream = self._client.stream("GET", where, params=query)
        self._lines = self._stream.__enter__().iter_lines()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.__exit__(None, None, None)
        self._client.close()

    def next(self) -> Event:
        """Wait for the next event."""
        name = ""
        for line in self._lines:
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                return Event(name, line.removeprefix("data: "))
        return Event("end", "")

    def status(self) -> dict[str, Any]:
        """Wait for the next event, which must be the status of a build."""
        event = self.next()
        assert event.name == "status", event
        return dict(json.loads(event.data))


def main(root: Path) -> int:
    """Serve a project as the command does; for tests that end a process."""
    options = ServeOptions(port=0)
    return serve(lambda: load_config(root / "content"), options, build, partial(print, flush=True))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
