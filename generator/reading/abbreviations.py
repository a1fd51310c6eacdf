"""Words with a full stop that ends no sentence, and what helps to tell (``data/abbreviations/``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of full stops in a language: lower-case words without their last one."""

    abbreviations: frozenset[str]
    numbered: frozenset[str]
    """Abbreviations only before a number."""
    starters: frozenset[str]
    """Words that begin a sentence even after an abbreviation."""
    sayers: frozenset[str]
    """Verbs that carry on a sentence after a quoted question."""
    ordinals: bool
    """Whether a full stop makes an ordinal of a number."""


@cache
def rules_of(lang: str) -> Rules:
    """Return the rules of a language: its own and those that all share; English where it is not known."""
    folder = files("generator.data") / "abbreviations"
    own = folder / f"{lang or 'en'}.toml"
    tables = [
        tomllib.loads(file.read_text(encoding="utf-8"))
        for file in (folder / "any.toml", own)
        if lang.isalnum() or not lang
        if file.is_file()
    ]
    words = {
        key: frozenset(word for table in tables for word in table.get(key, "").split())
        for key in ("abbreviations", "numbered", "starters", "sayers")
    }
    return Rules(**words, ordinals=any(table.get("ordinals", False) for table in tables))
