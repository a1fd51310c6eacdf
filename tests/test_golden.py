"""The sample site of ``crosscite init``, whole: a change that readers can see is seen here first.

``pytest tests/test_golden.py --update-golden`` writes the tree anew; the difference in git is what to review.
"""

from __future__ import annotations

import shutil
from difflib import unified_diff
from pathlib import Path

from generator.cli import main

GOLDEN = Path(__file__).parent / "golden"
BINARY = {".png", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".pagefind"}


def built(tmp_path: Path, monkeypatch) -> dict[str, str]:
    """Make a project as a newcomer does, build it, and return the text of its site by path."""
    monkeypatch.setenv("CROSSCITE_CACHE", str(tmp_path / "cache"))
    project = tmp_path / "briefing"
    assert main(["init", str(project)]) == 0
    assert main(["build", "-s", str(project / "content"), "-o", str(project / "site"), "-u", URL, "-q"]) == 0
    return texts(project / "site")


URL = "https://briefing.example/news/"


def texts(folder: Path) -> dict[str, str]:
    """Return the files of a site but the search index, which is a library's, and pictures."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in BINARY and "pagefind" not in path.parts
    }


def test_the_sample_site_is_what_it_was(tmp_path, monkeypatch, request):
    site = built(tmp_path, monkeypatch)
    if request.config.getoption("--update-golden"):
        write(site)
    golden = texts(GOLDEN)
    assert sorted(golden) == sorted(site)
    changes = [line for path in golden for line in difference(path, golden[path], site[path])]
    assert changes == [], "\n".join(changes)


def write(site: dict[str, str]) -> None:
    """Put the site in the place of the golden tree."""
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for path, text in site.items():
        target = GOLDEN / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())


def difference(path: str, golden: str, text: str) -> list[str]:
    """Return what changed in a file, line by line."""
    lines = unified_diff(golden.splitlines(), text.splitlines(), f"golden/{path}", path, n=1, lineterm="")
    return list(lines)
