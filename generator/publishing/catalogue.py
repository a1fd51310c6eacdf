"""The words of the site itself, one catalogue a language: ``generator/data/ui/<lang>.toml``.

Keys are readable ("story.brief"). A text with a count is a table of plural forms ("one", "other").
Places for values stand in braces: "{count} articles".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from generator.publishing.locale import Locale

Forms = Mapping[str, str]


class Words:
    """What the site says in one language, with its dates and numbers."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.locale = Locale(lang)
        self._texts, self._plurals = _catalogue(lang)

    def text(self, key: str) -> str:
        """Return the text of a key with its places unfilled. Raises KeyError for an unknown one."""
        return self._texts[key]

    def form(self, key: str, count: int) -> str:
        """Return the plural form of a key that fits a count, unfilled. Raises KeyError."""
        forms = self._plurals[key]
        return forms.get(self.locale.plural(count)) or forms["other"]

    def say(self, key: str, **values: object) -> str:
        """Return the text of a key, filled in."""
        return self._texts[key].format_map(values)

    def count(self, key: str, count: int, **values: object) -> str:
        """Return "1 article" or "1,300 articles"."""
        return self.form(key, count).format_map({"count": self.locale.number(count), **values})


@cache
def _catalogue(lang: str) -> tuple[Mapping[str, str], Mapping[str, Forms]]:
    """Return the plain texts and the plural forms of a language, by dotted key."""
    data = tomllib.loads(files("generator.data").joinpath(f"ui/{lang}.toml").read_text(encoding="utf-8"))
    texts: dict[str, str] = {}
    plurals: dict[str, Forms] = {}
    for section, entries in data.items():
        for name, entry in entries.items():
            if isinstance(entry, str):
                texts[f"{section}.{name}"] = entry
            else:
                plurals[f"{section}.{name}"] = entry
    return texts, plurals
