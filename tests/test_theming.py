"""``docs/theming.md`` says what templates are given and which variables there are; its example works."""

from __future__ import annotations

import re
from pathlib import Path

from generator.publishing.assets import shipped_templates
from generator.publishing.render import render_pages
from scripts.write_theming_doc import FILE, page
from tests import digests, sites
from tests.builders import write_files

TEXT = FILE.read_text(encoding="utf-8")


def test_the_reference_is_what_the_code_declares() -> None:
    assert page() == TEXT, "run: python -m scripts.write_theming_doc"


def test_every_template_and_macro_is_named() -> None:
    files = [file.relative_to(shipped_templates()).as_posix() for file in shipped_templates().rglob("*.html")]
    assert [name for name in files if f"`{name}`" not in TEXT] == []
    macros = {name for file in shipped_templates().rglob("*.html") for name in re.findall(r"{% macro (\w+)", file.read_text(encoding="utf-8"))}  # fmt: skip
    assert sorted(name for name in macros if f"`{name}(" not in TEXT) == []


def test_every_custom_property_is_listed_and_used() -> None:
    style = (shipped_templates() / "static" / "style.css").read_text(encoding="utf-8")
    declared = set(re.findall(r"^\s+(--[\w-]+):", style, re.MULTILINE))
    assert {name for name in declared if f"`{name}`" not in TEXT} == set()
    assert {name for name in declared if f"var({name})" not in style} == set()


def test_the_worked_example_builds(tmp_path: Path) -> None:
    blocks = dict(re.findall(r"^`templates/([\w./]+)`:\n\n```\w+\n(.*?)```", TEXT, re.MULTILINE | re.DOTALL))
    assert set(blocks) == {"static/theme.css", "foot.html", "single.html"}
    own = write_files(tmp_path / "templates", blocks)
    pages = {
        page.path: page.data.decode() for page in render_pages(digests.harbour(), sites.config(templates=own))
    }
    assert "Set in the harbour office" in pages["index.html"]
    assert "Nobody else reports this." in pages[sites.KINDS["single"]]
    assert any("--accent:#0b5a4a" in text for path, text in pages.items() if path.endswith(".css"))
