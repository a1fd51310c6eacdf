"""Whatever stands in the files of settings and overrides is taken or named with its place, never a traceback."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.config import SECTIONS, load_config, settings
from generator.errors import ConfigError
from generator.stories.overrides import parse_overrides
from tests.builders import write_files

KEYS = st.sampled_from([*sorted({key for _, key, *_ in settings()}), "articles", "story", "title", "odd"])
NAMES = st.sampled_from([*SECTIONS, "merge", "split", "retitle", "pin", "hide", "thread", "odd"])
WORDS = st.one_of(
    st.sampled_from(
        [
            "",
            "a.md",
            "http://[",
            'https://a.example/"onload=',
            "https://a.example:port/",
            "#12",
            "Europe/..",
            "../x",
        ]
    ),
    st.text(max_size=20),
)
ATOMS = st.one_of(st.integers(), st.floats(), st.booleans(), WORDS)
VALUES = st.recursive(
    ATOMS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=5
)


def toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{toml(key)} = {toml(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, str):
        return (
            '"'
            + "".join(mark if mark.isalnum() or mark in " /:.#" else f"\\U{ord(mark):08x}" for mark in value)
            + '"'
        )
    return str(value)


LINES = st.one_of(
    st.builds("[{}]".format, NAMES),
    st.builds("[[{}]]".format, NAMES),
    st.builds(lambda key, value: f"{key} = {toml(value)}", st.one_of(KEYS, NAMES), VALUES),
    st.text(max_size=12),
)
FILES = st.lists(LINES, max_size=8).map("\n".join)


@given(FILES)
def test_any_settings_are_taken_or_named(tmp_path_factory, text):
    root = write_files(
        tmp_path_factory.mktemp("any"),
        {"content/a.md": "x", "crosscite.toml": text.encode("utf-8", "replace")},
    )
    with suppress(ConfigError):
        load_config(root / "content")


@given(FILES)
def test_any_overrides_are_taken_or_named(text):
    with suppress(ConfigError):
        parse_overrides(text, "stories.toml")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("crosscite.toml", b"\xff", "crosscite.toml: not UTF-8"),
        ("crosscite.toml", b"a = " + b"[" * 5_000, "crosscite.toml: nested too deeply"),
        ("pyproject.toml", b"tool = '[tool.crosscite'", "pyproject.toml: tool is a table"),
        (
            "pyproject.toml",
            b"[tool]\ncrosscite = 1 # [tool.crosscite",
            "pyproject.toml: crosscite is a table",
        ),
        ("stories.toml", b"\xff", "stories.toml: cannot be read"),
        ("stories.toml", b"a = " + b"[" * 5_000, "stories.toml: nested too deeply"),
    ],
)
def test_a_file_that_is_no_toml_is_a_problem(tmp_path: Path, capsys, name, data, said):
    write_files(tmp_path, {"content/a.md": "Rain fell on the town.", name: data})
    assert main(["build", "-s", str(tmp_path / "content")]) == 1
    assert said in capsys.readouterr().err
