"""What Crosscite is built on may be used by all, is named, and is pinned."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from scripts.write_licences import FILE, allowed, packages

LOCK = Path(__file__).resolve().parents[1] / "requirements-dev.txt"


def test_every_licence_is_allowed():
    found = packages()
    assert len(found) > 30
    assert {name: terms for name, terms in found.items() if not allowed(terms)} == {}


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-2.0-only OR MPL-1.1", True),
        ("MIT AND GPL-3.0-only", False),
    ],
)
def test_an_expression_fits_when_one_choice_of_it_does(expression, fits):
    assert allowed(expression) is fits


@pytest.mark.skipif(sys.platform != "linux", reason="the page lists what Linux needs")
def test_the_page_names_every_package():
    named = set(re.findall(r"^\| ([\w-]+) \|", FILE.read_text(encoding="utf-8"), re.MULTILINE))
    assert packages().keys() - named == set(), "run: python -m scripts.write_licences"


def test_every_package_of_the_suite_is_pinned_with_hashes():
    blocks = re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8").strip())
    assert len(blocks) > 60
    for block in blocks:
        assert re.match(r"[\w.\[\],-]+==\S+", block), block
        assert "--hash=sha256:" in block, block
