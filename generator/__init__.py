"""Crosscite: a folder of news articles becomes a static briefing site, every sentence cited.

What a program may use is imported from here (``docs/library.md``). Each name is loaded when it is first
asked for, so that the import costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.build import digest_articles
    from generator.config import Config, ReadSettings, load_config
    from generator.errors import Problem, UserError
    from generator.model import Article, Digest, Reading, Story
    from generator.reading.read import read
    from generator.seal import build as build_site
    from generator.system.laps import Laps
    from generator.system.report import BuildReport
    from generator.system.work import Work

__version__ = "0.1.0"

__all__ = [
    "Article",
    "BuildReport",
    "Config",
    "Digest",
    "Laps",
    "Problem",
    "ReadSettings",
    "Reading",
    "Story",
    "UserError",
    "Work",
    "build_site",
    "digest_articles",
    "load_config",
    "read",
]

_PLACES = {
    "generator.build": ("digest_articles",),
    "generator.config": ("Config", "ReadSettings", "load_config"),
    "generator.errors": ("Problem", "UserError"),
    "generator.model": ("Article", "Digest", "Reading", "Story"),
    "generator.reading.read": ("read",),
    "generator.seal": ("build_site",),
    "generator.system.laps": ("Laps",),
    "generator.system.report": ("BuildReport",),
    "generator.system.work": ("Work",),
}
_NAMED_OTHERWISE = {"build_site": "build"}


def __getattr__(name: str) -> object:
    """Load one of the public names (PEP 562)."""
    place = next((module for module, names in _PLACES.items() if name in names), None)
    if place is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - not for the command line

    return getattr(import_module(place), _NAMED_OTHERWISE.get(name, name))


def __dir__() -> list[str]:
    """Return the public names."""
    return [*__all__, "__version__"]
