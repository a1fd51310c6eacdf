"""``crosscite init``: a project of the user's own, ready to build and to publish.

Nothing that is there is overwritten; with ``force`` only the files that Crosscite ships are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from generator import __version__
from generator.config import SECTIONS, settings
from generator.errors import Problem, SiteError

_SHIPPED = {
    "content/2026-03-02-harbour-courier-tide-gate.md": "content/2026-03-02-harbour-courier-tide-gate.md",
    "content/2026-03-02-ellery-radio-gate.md": "content/2026-03-02-ellery-radio-gate.md",
    "content/2026-03-03-courier-library.md": "content/2026-03-03-courier-library.md",
    "templates/README.md": "templates.md",
    "README.md": "readme.md",
    ".gitignore": "gitignore",
    ".github/workflows/pages.yml": "pages.yml",
}
"""Files of a new project, and whence each comes. Hidden names are kept plain in the package."""


@dataclass(frozen=True, slots=True)
class Scaffold:
    """What ``init`` did."""

    written: tuple[str, ...]
    """New files, by path below the project."""
    kept: tuple[str, ...]
    """Files that were there already and differ; with ``force`` they were replaced instead."""
    replaced: tuple[str, ...] = ()


def starter_files() -> Mapping[str, str]:
    """Return the files of a new project: path below it, and text."""
    shipped = files("generator.data") / "starter"
    texts = {path: (shipped / name).read_text(encoding="utf-8") for path, name in _SHIPPED.items()}
    return texts | {"crosscite.toml": settings_file(), "requirements.txt": f"crosscite=={__version__}\n"}


def settings_file() -> str:
    """Return a settings file that names every setting, commented out at its default."""
    lines = ["# Settings of Crosscite. All are optional; those below stand at their defaults."]
    for section, kind in SECTIONS.items():
        lines += [
            "",
            f"# {(kind.__doc__ or '').partition(': ')[2].rstrip('.').capitalize()}.",
            f"[{section}]",
        ]
        for name, key, default, doc in settings():
            if name == section:
                lines += [f"# {doc}", f"# {key} = {_toml(default)}"]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    """Return a default as TOML writes it."""
    if isinstance(value, Mapping):
        return "{}"
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def scaffold(folder: Path, *, force: bool = False) -> Scaffold:
    """Write a new project into ``folder``, which is made if need be.

    Files that are there stay as they are; ``force`` replaces those that have the name of a shipped one.
    Raises SiteError when a file cannot be written.
    """
    written: list[str] = []
    kept: list[str] = []
    replaced: list[str] = []
    for path, text in starter_files().items():
        target = folder / path
        if target.exists() and target.read_bytes() == text.encode():
            continue
        if target.exists() and not force:
            kept.append(path)
            continue
        (replaced if target.exists() else written).append(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise SiteError([Problem(str(target), 0, f"cannot be written: {error.strerror}")]) from None
    return Scaffold(tuple(written), tuple(kept), tuple(replaced))
