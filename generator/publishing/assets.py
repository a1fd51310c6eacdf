"""Static files beside the templates: the style sheet, the search script, whatever a user adds.

Each is published once under a name that changes with its bytes, so that browsers may keep it for good.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from generator.config import SiteSettings
from generator.errors import Problem, TemplateError
from generator.model import Page

_COMMENT = re.compile(r"/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/|\Z)")
_BLANK = re.compile(r"""("[^"\n]*"|'[^'\n]*')|;?(?:(?<!\s)\s+)?(})\s*|(?:(?<!\s)\s+)?([{;,>])\s*""")
"""Strings, which stay as they are; and blanks around what parts rules, with the last semicolon of each."""
_COLON = re.compile(r"(?<=[{;])([a-z-]+): ")
_NOUGHT = re.compile(r"(?<=[\s:(,-])0(?=\.\d)")
_STYLE, _THEME = "style.css", "theme.css"


def shipped_templates() -> Path:
    """Return the folder of templates that Crosscite brings: in the wheel, or beside a checkout's package."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def read_assets(own: Path | None, settings: SiteSettings) -> Mapping[str, Page]:
    """Return the static files by name; a user's own stand before the shipped ones.

    The style sheet is the shipped or overriding ``style.css``, then the user's ``theme.css``, then the
    colours of the settings. Raises TemplateError for a style sheet that is not UTF-8.
    """
    files = dict(_files(shipped_templates()))
    files |= dict(_files(own)) if own else {}
    theme = files.pop(_THEME, None)
    style = [_sheet(file) for file in (files.pop(_STYLE), theme) if file] + [*_accents(settings)]
    contents = {_STYLE: "\n".join(style).encode()}
    contents |= {name: file.read_bytes() for name, file in files.items()}
    return {name: Page(_hashed(name, data), data) for name, data in sorted(contents.items())}


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and place of the static files of one folder of templates."""
    static = folder / "static"
    for file in sorted(static.iterdir()) if static.is_dir() else ():
        if file.is_file() and not file.name.startswith((".", "_")):
            yield file.name, file


def _sheet(file: Path) -> str:
    """Return a style sheet without comments and the blanks between rules."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateError(
            [Problem(str(file), 0, f"not UTF-8: {error.reason}", "save it as UTF-8")]
        ) from None
    short = _BLANK.sub(r"\1\2\3", _COMMENT.sub("", text)).strip()
    return _NOUGHT.sub("", _COLON.sub(r"\1:", short))


def _accents(settings: SiteSettings) -> Iterator[str]:
    """Yield the rules that set the accent colours of the settings."""
    if settings.accent:
        yield f":root {{ --accent: {settings.accent}; }}"
    if settings.accent_dark:
        yield f"@media (prefers-color-scheme: dark) {{ :root {{ --accent: {settings.accent_dark}; }} }}"
    elif settings.accent:
        yield "@media (prefers-color-scheme: dark) { :root { --accent: var(--accent-dark); } }"


def _hashed(name: str, data: bytes) -> str:
    """Return ``assets/style.1a2b3c4d5e.css``."""
    stem, dot, suffix = name.rpartition(".")
    digest = sha256(data).hexdigest()[:10]
    return f"assets/{stem}.{digest}.{suffix}" if dot else f"assets/{name}.{digest}"
