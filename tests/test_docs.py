"""The documentation says what the code does: settings, commands, front matter, links, examples."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

import generator
from generator.cli import main, make_parser
from generator.collecting.check import RULES
from generator.config import SECTIONS, load_config, settings
from generator.system.files import SUFFIXES
from scripts.write_settings_doc import FILE, page
from tests.console import typed

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
names = pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)


def test_the_settings_reference_is_what_the_code_declares() -> None:
    assert page() == FILE.read_text(encoding="utf-8"), "run: python -m scripts.write_settings_doc"


@pytest.mark.parametrize(("section", "key"), [option[:2] for option in settings()])
def test_every_setting_says_what_it_does(section: str, key: str) -> None:
    doc = {option[:2]: option[3] for option in settings()}[section, key]
    assert doc.endswith((".", "`.")), doc
    assert len(doc) > 15, doc


def test_every_section_has_a_heading() -> None:
    assert re.findall(r"^## \[(\w+)\]$", page(), re.MULTILINE) == list(SECTIONS)


def test_the_example_of_the_settings_reference_is_valid(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", page(), re.DOTALL)
    (tmp_path / "crosscite.toml").write_text(example, encoding="utf-8")
    (tmp_path / "content").mkdir()
    config = load_config(tmp_path / "content")
    assert (config.site.title, config.reading.timezone) == ("Morning briefing", "Europe/Paris")


def _anchors(file: Path) -> set[str]:
    """Return the fragments that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    return {""} | set(plain)


@names
def test_links_between_pages_lead_somewhere(file: Path) -> None:
    text = re.sub(r"```.*?```", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    missing = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, fragment = target.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        place = (file.parent / path).resolve() if path else file
        if not place.exists() or (place.suffix == ".md" and fragment not in _anchors(place)):
            missing.append(target)
    assert missing == []


@names
def test_pages_have_one_title_and_end_with_a_newline(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    bare = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    assert len(re.findall(r"^# ", bare, re.MULTILINE)) == 1
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\t" not in bare


def _commands() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command."""
    (action,) = (a for a in make_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


def test_every_command_and_option_is_documented() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## crosscite (\w+)$", text, re.MULTILINE)
    assert set(heads) == set(_commands())
    missing = [
        (name, option)
        for name, parser in _commands().items()
        for option in (o for action in parser._actions for o in action.option_strings if o != "-h")
        if not re.search(rf"`{option}[` ]", text)
    ]
    assert missing == []


def test_every_command_and_option_is_in_the_manual_page() -> None:
    text = (DOCS / "crosscite.1").read_text(encoding="utf-8").replace("\\-", "-")
    missing = [name for name in _commands() if f".SS \\fBcrosscite {name}\\fR" not in text]
    missing += [
        f"{name} {option}: {action.help}"
        for name, parser in _commands().items()
        for action in parser._actions
        for option in action.option_strings
        if option not in ("-h", "--help")
        and (f"\\fB{option}\\fR" not in text or str(action.help) not in text)
    ]
    assert missing == [], "run: python -m scripts.write_man_page"


@pytest.mark.parametrize("name", ["", *_commands()])
def test_help_reads_well_in_eighty_columns(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    parser = _commands()[name] if name else make_parser()
    text = parser.format_help()
    assert max(map(len, text.splitlines())) <= 80
    undescribed = [a.dest for a in parser._actions if not a.help and a.dest != "==SUPPRESS=="]
    assert undescribed == []


@names
def test_what_readers_are_told_to_type_is_understood(file: Path) -> None:
    for line in typed(file):
        words = shlex.split(line)
        if words[0] == "crosscite" and "--version" not in words:
            assert make_parser().parse_args(words[1:]).run, line


def test_every_field_of_front_matter_is_documented() -> None:
    text = (DOCS / "front-matter.md").read_text(encoding="utf-8")
    fields = tomllib.loads((ROOT / "generator/data/headers/fields.toml").read_text(encoding="utf-8"))
    missing = [field for field, names in fields.items() if not any(f"`{name}`" in text for name in names)]
    assert missing == []


def test_every_format_is_documented() -> None:
    text = (DOCS / "front-matter.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| ((?:`\.\w+`(?:, )?)+) \|", text, re.MULTILINE)
    assert {ending.strip("` ") for cell in cells for ending in cell.split(",")} == SUFFIXES


def test_every_check_is_documented_with_its_level() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| ([\w ]+) \| (error|warning) \|", text, re.MULTILINE)
    assert documented == [(name, level) for level, name in RULES]


def test_the_examples_of_the_library_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for outlet in ("ellery-courier", "harbour-fm", "skerrin-post"):
        shutil.copytree(ROOT / "content" / outlet, tmp_path / "content" / outlet)
    monkeypatch.chdir(tmp_path)
    text = (DOCS / "library.md").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    for example in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(compile(example, "library.md", "exec"), names)
    assert (tmp_path / "public" / "index.html").is_file()


def test_every_public_name_can_be_had_and_is_documented() -> None:
    text = (DOCS / "library.md").read_text(encoding="utf-8")
    assert [name for name in generator.__all__ if getattr(generator, name).__doc__ is None] == []
    assert [name for name in generator.__all__ if not re.search(rf"\b{name}\b", text)] == []
    assert sorted(generator.__all__) == sorted(set(dir(generator)) - {"__version__"})
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        getattr(generator, "nothing")  # noqa: B009 - a plain one does not pass mypy


def test_what_getting_started_tells_to_type_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CROSSCITE_CACHE", str(tmp_path / "cache"))
    for line in typed(DOCS / "getting-started.md"):
        program, *words = shlex.split(line)
        if program == "cd":
            monkeypatch.chdir(words[0])
        elif program == "crosscite" and words[0] not in ("serve", "--version"):
            assert main(words) == 0, line
    assert (Path("site") / "index.html").is_file()
