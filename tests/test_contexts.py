"""Templates and their contexts: what a template uses is what its context declares."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import jinja2
import pytest
from jinja2 import meta, nodes

from generator.publishing import blocks, parts
from generator.publishing.assets import shipped_templates
from generator.publishing.catalogue import Words
from generator.publishing.contexts import CONTEXTS, Context

TEMPLATES = shipped_templates()
GLOBALS = {"t", "n", "asset", "shared"}
SHARED = {
    "masthead.html": {"site", "root", "section", "here"},
    "foot.html": {"site", "root", "section", "here"},
}
PARSER = jinja2.Environment(autoescape=True)


def _tree(name: str) -> nodes.Template:
    return PARSER.parse((TEMPLATES / name).read_text(encoding="utf-8"))


def _used(name: str) -> set[str]:
    """Return the names that a template and those it extends take from outside."""
    tree = _tree(name)
    used = meta.find_undeclared_variables(tree)
    for parent in tree.find_all(nodes.Extends):
        assert isinstance(parent.template, nodes.Const)
        used |= _used(parent.template.value)
    return used


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.template)
def test_a_template_uses_what_its_context_declares_and_all_of_it(context: type[Context]) -> None:
    declared = {field.name for field in fields(context)}
    used = _used(context.template) - GLOBALS
    assert used <= declared
    assert declared - used <= {"page"}


@pytest.mark.parametrize("name", SHARED)
def test_shared_templates_use_what_they_are_given(name: str) -> None:
    assert _used(name) - GLOBALS <= SHARED[name]


def test_macros_take_all_they_use_as_arguments() -> None:
    for file in sorted((TEMPLATES / "macros").glob("*.html")):
        assert meta.find_undeclared_variables(_tree(f"macros/{file.name}")) <= GLOBALS, file.name


def test_every_template_has_a_context() -> None:
    files = {file.name for file in TEMPLATES.glob("*.html")}
    assert files == {context.template for context in CONTEXTS} | SHARED.keys() | {"base.html"}


def test_templates_escape_everything() -> None:
    for file in TEMPLATES.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), file.name
        assert "autoescape false" not in text, file.name


def _named_texts() -> set[str]:
    """Return what looks like a key of a text in templates and modules."""
    files = [*TEMPLATES.rglob("*.html"), *Path(parts.__file__).parent.rglob("*.py")]
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return set(re.findall(r"""["']([a-z]+\.[a-z_]+)["']""", source))


def test_texts_and_their_names_fit() -> None:
    words = Words("en")
    known = words._texts.keys() | words._plurals.keys()
    sections = {key.partition(".")[0] for key in known}
    suffixes = {"html", "md", "txt", "js", "css", "json", "xml", "bib", "amount_"}
    named = {key for key in _named_texts() if key.partition(".")[0] in sections}
    assert {key for key in named - known if key.partition(".")[2] not in suffixes} == set()
    made = re.compile(
        r"(cut|back|names|nav|evidence|redirect)\.|differs\.(figure|wording|name|date)|about\.amount_|count\.\w+_differ|archive\.(new|further|singles)|matrix\."
    )
    assert {key for key in known - named if not made.match(key)} == set()


def test_parts_are_frozen_and_their_fields_plain() -> None:
    for module in (parts, blocks):
        for name, kind in vars(module).items():
            if isinstance(kind, type) and kind.__module__ == module.__name__:
                assert issubclass(kind, tuple), name  # which nobody can write into
                assert vars(kind)["__slots__"] == (), name
