"""Attempts to read or write outside the folders that are meant: by names, links, addresses and archives."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from generator.cli import main
from tests.builders import write_files

SECRET = "The vault code of the harbour master is 7-31-19."
BODY = "A storm flooded the harbour of Orlen on Monday, the port office said.\n"

NAMES = [
    "../../outside",
    "..\\..\\outside",
    "/etc/passwd",
    "C:\\outside",
    "\\\\host\\share",
    "file:///etc/passwd",
    "a/../../../outside",
    "%2e%2e%2foutside",
    "..%c0%af..",
    "．．／outside",
    "․․/outside",
    ".",
    "..",
    "...",
    "~root",
    "$HOME",
    "con",
    "NUL.txt",
    "com1",
    "lpt9.md",
    "aux.",
    "CON ",
    "index.html",
    ".git/hooks/post-commit",
    ".crosscite-files",
    "assets",
    "a\x00b",
    "a:b",
    "a\nb",
    "x" * 5_000,
    "İstanbul",
    "ſtorm",
    "straße",
    "STRASSE",
    "\u202egpj.exe",
    "🙂",
    "",
]
"""Slugs, titles, outlets and people that would lead elsewhere if they were taken as they stand."""

RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("CROSSCITE_CACHE", str(tmp_path_factory.mktemp("cache")))


def test_no_name_leads_out_of_the_site(tmp_path):
    """Slugs, titles, outlets, origins, tags and speakers, each in an article of its own."""
    project = tmp_path / "deep" / "project"
    for number, name in enumerate(NAMES):
        text = name.replace("\\", "\\\\").replace('"', '\\"').replace("\0", "\\0").replace("\n", "\\n")
        front = "".join(
            f'{key}: "{text}"\n' for key in ("slug", "title", "source", "origin", "author", "tags")
        )
        article = f"---\n{front}date: 2026-01-{1 + number % 28:02}\n---\n\n{BODY}\n“It {number} rose,” said {' '.join(name.split())[:40]}.\n"
        write_files(project, {f"content/{number}.md": article.encode("utf-8", "replace")})
    write_files(project, {"crosscite.toml": "[site]\nsearch = false\n"})
    before = everything(tmp_path)
    assert main(["build", "-q", "-s", str(project / "content")]) == 0
    new = everything(tmp_path) - before
    assert all(path == "deep/project/site" or path.startswith("deep/project/site/") for path in new)
    paths = everything(project / "site")
    assert len({path.casefold() for path in paths}) == len(paths)
    for path in paths:
        assert re.fullmatch(r"[a-zA-Z0-9._/-]+", path)
        assert len(path) < 200
        assert not any(RESERVED.fullmatch(part) or part.endswith((".", " ")) for part in path.split("/"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_no_link_in_the_content_lets_a_file_outside_be_read(tmp_path):
    write_files(tmp_path, {"secret.md": SECRET, "vault/more.md": SECRET, "project/content/a.md": BODY})
    content = tmp_path / "project/content"
    links = {
        "file.md": tmp_path / "secret.md",
        "up.md": Path("../../secret.md"),
        "folder": tmp_path / "vault",
        "root": Path("/"),
        "chain.md": content / "file.md",
        "loop.md": content / "loop.md",
        "twice": content / "folder",
        "proc.md": Path("/proc/self/environ"),
        "device.md": Path("/dev/zero"),
        "input.txt": Path("/dev/stdin"),
    }
    for name, target in links.items():
        (content / name).symlink_to(target)
    os.mkfifo(content / "pipe.md")
    assert main(["build", "-q", "-s", str(content), "-o", str(tmp_path / "site")]) == 0
    pages = b"".join(path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file())
    assert b"vault code" not in pages
    assert b"a link out of the content folder" in pages


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{secret}">]><rss version="2.0"><channel><item><title>a</title><description>&x;</description></item></channel></rss>',
        '<?xml version="1.0"?><!DOCTYPE r SYSTEM "{secret}"><rss version="2.0"><channel><item><title>a &x;</title></item></channel></rss>',
        '<?xml version="1.0"?><r xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{secret}" parse="text"/></r>',
        '<html><body><p>Rain fell.</p><iframe src="{secret}"></iframe><object data="{secret}"></object></body></html>',
        "---\ntitle: !!python/object/apply:pathlib.Path.read_text ['{secret}']\n---\n\nRain fell.\n",
        "---\ntitle: !include {secret}\n---\n\nRain fell.\n",
        "Rain fell.\n\n{{% include '{secret}' %}} {{{{ ''.__class__ }}}}\n",
        'Content-Type: message/external-body; access-type=local-file; name="{secret}"\n\nRain fell.\n',
    ],
)
@pytest.mark.parametrize("ending", ["xml", "html", "md", "txt", "eml", "mht"])
def test_no_format_opens_another_file(tmp_path, text, ending):
    from generator.config import ReadSettings
    from generator.reading.read import read

    secret = write_files(tmp_path, {"secret.txt": SECRET}) / "secret.txt"
    for place in (str(secret), secret.as_uri()):
        found = read(f"a.{ending}", text.format(secret=place).encode(), ReadSettings())
        assert not any("vault code" in f"{article.text}{article.meta}" for article in found.articles)


BOMBS = {
    "a.xml": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><rss version='2.0'><channel><item><title>&i;</title></item></channel></rss>",
    "b.md": "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "---\n\nRain fell.\n",
    "c.md": "---\ntitle: " + "[" * 5_000 + "\n---\n\nRain fell.\n",
    "d.html": "<div>" * 20_000 + "Rain fell on the town.",
    "e.md": "> " * 20_000 + "Rain fell.",
    "f.json": "[" * 50_000,
    "g.xml": "<a>" * 50_000,
    "h.md": "[" * 30_000 + "x" + "](y)" * 30_000,
    "i.eml": "Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3_000,
    "j.md": "+++\na = " + "[" * 5_000 + "\n+++\n\nRain fell.\n",
    "k.csv": "title,text\n" + '"' * 100_001,
    "l.html": "<table>" * 3_000 + "<tr><td>x" * 3_000,
    "m.html": "<img src='data:image/png;base64,"
    + "A" * 1_000_000
    + "'><p>Rain fell on the town on Monday.</p>",
}
"""Aliases, entities, nesting and sizes that would grow without bounds."""


def test_bombs_are_read_or_named_and_stop_no_other(tmp_path):
    write_files(tmp_path, {f"content/{name}": text for name, text in BOMBS.items()} | {"content/z.md": BODY})
    write_files(tmp_path, {"crosscite.toml": "[site]\nsearch = false\n", "content/huge.md": b""})
    with (tmp_path / "content/huge.md").open("wb") as huge:
        huge.truncate(1 << 40)  # a file of holes: a terabyte that takes no room
    assert main(["build", "-q", "-s", str(tmp_path / "content")]) == 0
    audit = (tmp_path / "site/audit/index.html").read_text(encoding="utf-8")
    assert "huge.md" in audit
    assert any(
        "flooded the harbour" in path.read_text("utf-8")
        for path in tmp_path.glob("site/articles/*/index.html")
    )
