"""Fuzzing every reader, guided by coverage: ``python -m tests.fuzzing TARGET FOLDER --seconds 300``.

Needs atheris (``pip install atheris``), which is no dependency. What raises and what takes long is put into
the folder, the run goes on, and ``python -m tests.fuzzing TARGET FOLDER --replay`` tells of each, without
atheris, whether it still does: a hang is what takes over a second for 100 kB, repeated to that length.
``--seconds`` are those of the processor.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

_LONG = 100_000
_SLOW_S = 1.0
"""For ``_LONG`` bytes."""
_SUSPECT_S = 0.03
"""What takes less, watched as it is, is not looked at again."""
_MOST_SUSPECTS = 40
_WATCHED = ["generator", "markdown_it", "feedparser", "email"]
STANDS = "The wall at Orlen stands. “It will hold,” said Ana Pell on Monday. About 300 people left.\n"
TOKENS = (
    "---\n", "+++\n", "title: ", "date: ", "source: ", "Title: ", "2026-03-02", "2 March 2026", "“", "”", "‘", "’",
    '\\"', " said ", " told ", "Mr. ", "U.S. ", "Aug. 15", "Kim Jong Un", "<p>", "</p>", "<table><tr><td>", "<!--",
    "-->", "<![CDATA[", "]]>", "<item>", "<entry>", "<content type='xhtml'>", "&#x", "&amp;", "<script>", "```\n",
    "> ", "* ", "1. ", "| a | b |\n|---|---|\n", "[a](http://a.example)", "![a](b)", "[^1]", "~~", "\\r\\n", "\\t",
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "Content-Transfer-Encoding: base64\n", "=?utf-8?b?", "?=",
    "quoted-printable", "charset=utf-7", '{"title": "', '"text": [', "[[merge]]\n", "articles = [", "base_url = ",
    "&a ", "*a", "!!python/object", "|\n  ", ">-\n  ", "3.5 million", "10,000", "50 %", "§ 5", "Source: Yonhap",
)  # fmt: skip


def _text(data: bytes) -> str:
    return data.decode("utf-8", "ignore")


def _read(name: str, before: bytes = b"", after: bytes = b"") -> Callable[[bytes], object]:
    """Return what reads a file of a name, with some bytes round those that are tried."""

    def run(data: bytes) -> None:
        from generator.config import ReadSettings
        from generator.reading.read import read
        from tests.test_read import _sound

        _sound(read(name, before + data + after, ReadSettings()))

    return run


def _date(data: bytes) -> None:
    from generator.reading.dates import parse_date

    parse_date(_text(data), "Europe/Paris")


def _prose(data: bytes) -> None:
    """Choose words and marks by the bytes, so that sentences and quotes come about."""
    from tests.test_linear import UNITS

    words = (*TOKENS, *UNITS, *STANDS.split(" "))
    text = "".join(words[byte % len(words)] + " " * (byte // len(words) % 2) for byte in data)
    _read("a.txt", STANDS.encode())(text.encode())


def _settings(data: bytes) -> None:
    import tempfile

    from generator.config import load_config
    from generator.errors import ConfigError

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "crosscite.toml")
        file.write_bytes(data)
        with suppress(ConfigError):
            load_config(Path(folder, "content"), file=file)


def _overrides(data: bytes) -> None:
    from generator.errors import ConfigError
    from generator.stories.overrides import parse_overrides

    with suppress(ConfigError):
        parse_overrides(_text(data), "stories.toml")


def _collected(data: bytes) -> None:
    """Read what a server answers, as ``collect`` does, and what is stored of it."""
    from generator.collecting.collect import feeds_of_opml
    from generator.collecting.fetch import Fetched
    from generator.collecting.stored import from_item, from_page
    from generator.config import ReadSettings
    from generator.errors import ContentError
    from generator.reading.feedfile import parse_feed

    feeds_of_opml(data)
    with suppress(ContentError):
        from_page(Fetched("https://a.example/b", data, "text/html"), ReadSettings())
    with suppress(ContentError):
        for item in parse_feed(data, "https://a.example/feed").items:
            from_item(item, "The Example", ReadSettings())


TARGETS: Mapping[str, Callable[[bytes], object]] = {
    "markdown": _read("a.md", STANDS.encode()),
    "text": _read("a.txt"),
    "html": _read("a.html", b"<html><body><article><p>" + STANDS.encode(), b"</article></body></html>"),
    "page": _read("a.html"),
    "mhtml": _read("a.mhtml"),
    "mail": _read("a.eml"),
    "feed": _read("a.xml"),
    "json": _read("a.json"),
    "lines": _read("a.jsonl"),
    "csv": _read("a.csv", b"title,date,author,text\n"),
    "table": _read("a.csv"),
    "yaml": _read("a.md", b"---\ntitle: a\n", b"\n---\n\n" + STANDS.encode()),
    "toml": _read("a.md", b"+++\n", b"\n+++\n\n" + STANDS.encode()),
    "prose": _prose,
    "date": _date,
    "settings": _settings,
    "overrides": _overrides,
    "collected": _collected,
}
"""What is tried, by name: takes any bytes, raises only where something is wrong with us."""


def _seeds() -> Iterator[bytes]:
    """Yield files as people have them, in every format."""
    from tests.test_read import KINDS, PAGE, TEXTS

    yield PAGE
    yield from (make(lang, 1).encode() for make in KINDS.values() for lang in sorted(TEXTS)[:4])
    root = Path(__file__).resolve().parents[1]
    yield from (file.read_bytes() for file in sorted(root.glob("content/**/*.*"))[::5])
    yield from ((root / name).read_bytes() for name in ("crosscite.toml", "stories.toml"))
    yield from (line.encode() for line in (root / "tests/cases/reading/dates.tsv").open(encoding="utf-8"))
    yield b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Rain fell.</p>\n--b--\n"
    yield b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>a</title><content>b</content></entry></feed>"


def fuzz(target: str, folder: Path, seconds: float) -> None:
    """Run a target until its seconds are used, and end the process."""
    import atheris

    _watch(atheris)
    for name in ("seeds", "found", "faults", "slow"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(_seeds()):
        (folder / f"seeds/{number}").write_bytes(seed)
    words = (token.replace("\\", "\\\\").replace('"', '\\"').encode() for token in TOKENS)
    lines = [
        'w="' + "".join(chr(b) if 31 < b < 127 else f"\\x{b:02x}" for b in word) + '"\n' for word in words
    ]
    (folder / "words").write_text("".join(lines), encoding="utf-8")
    run = _Run(TARGETS[target], folder, seconds)
    options = [
        "-max_len=6000",
        "-timeout=60",
        "-rss_limit_mb=4000",
        f"-dict={folder}/words",
        "-print_final_stats=1",
    ]
    places = [f"-artifact_prefix={folder}/faults/", f"{folder}/found", f"{folder}/seeds"]
    atheris.Setup([sys.argv[0], *options, *places], run)
    atheris.Fuzz()


def _watch(atheris: Any) -> None:
    """Import what is tried, so that its ways are watched."""
    with atheris.instrument_imports(include=_WATCHED):
        for name in ("generator.collecting.stored", "tests.test_read"):
            import_module(name)


class _Run:
    """Tries one input after another."""

    def __init__(self, target: Callable[[bytes], object], folder: Path, seconds: float) -> None:
        self.target, self.folder, self.seconds = target, folder, seconds
        self.runs = 0

    def __call__(self, data: bytes) -> None:
        self.runs += 1
        began = time.process_time()
        try:
            self.target(data)
        except Exception:  # noqa: BLE001 - it is what is looked for
            self.keep("faults", traceback.format_exc(), data)
        ended = time.process_time()
        if ended - began > _SUSPECT_S + _SLOW_S * len(data) / _LONG:
            self.suspect(ended - began, data)
        if ended > self.seconds:
            told = {"runs": self.runs, "seconds": round(ended)}
            (self.folder / "told.json").write_text(json.dumps(told), encoding="utf-8")
            os._exit(0)

    def keep(self, kind: str, why: str, data: bytes) -> None:
        """Keep the first input of each fault, and its traceback."""
        places = [line for line in why.splitlines() if line.startswith("  File")]
        name = sha256("\n".join(places).encode()).hexdigest()[:12]
        if not (self.folder / kind / name).exists():
            (self.folder / kind / name).write_bytes(data)
            (self.folder / kind / f"{name}.txt").write_text(why, encoding="utf-8", errors="replace")

    def suspect(self, seconds: float, data: bytes) -> None:
        """Keep the inputs that took longest for their length."""
        rate = int(1e6 * seconds / max(200, len(data)))
        (self.folder / f"slow/{rate:09}-{sha256(data).hexdigest()[:8]}").write_bytes(data)
        for file in sorted((self.folder / "slow").iterdir())[:-_MOST_SUSPECTS]:
            file.unlink()


def replay(target: str, folder: Path) -> int:
    """Tell which of the inputs that were kept still raise or take long; return how many."""
    run, count = TARGETS[target], 0
    run(STANDS.encode())
    for file in sorted(file for file in folder.glob("faults/*") if not file.suffix):
        try:
            run(file.read_bytes())
        except Exception:  # noqa: BLE001 - it is what is looked for
            count += 1
            sys.stdout.write(f"{file} {traceback.format_exc()}\n")
    for file in sorted(folder.glob("slow/*"), reverse=True):
        data = file.read_bytes()
        for tried in (data, data * max(1, _LONG // max(1, len(data)))):
            began = time.process_time()
            with suppress(Exception):
                run(tried)
            seconds = time.process_time() - began
            if seconds > _SLOW_S * max(1, len(tried) / _LONG):
                count += 1
                sys.stdout.write(f"{file}: {seconds:.2f} s for {len(tried):,} bytes\n")
                break
    return count


def main() -> None:
    """Fuzz, or replay."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--replay", action="store_true")
    options = parser.parse_args()
    if options.replay:
        sys.exit(min(1, replay(options.target, options.folder)))
    fuzz(options.target, options.folder, options.seconds)


if __name__ == "__main__":
    main()
