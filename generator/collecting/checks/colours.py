"""The rule on colours: what the settings and ``theme.css`` change must stay readable.

The custom properties of the style sheet are read for light and for dark paper, as the pages have them in
the end, and compared in the pairs in which letters stand on a ground. Colours that are not written in
hexadecimal are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.collecting.checks.material import Material
from generator.config import setting_line, shown_path
from generator.errors import Problem
from generator.publishing.assets import shipped_templates

MIN_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3."""

_PAIRS = (
    ("ink", "paper"), ("soft", "paper"), ("accent", "paper"), ("ink", "mark"), ("ink", "wash"), ("soft", "wash"),
)  # fmt: skip
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PROPERTY = re.compile(
    r"(?<![\w-])--([a-z-]+)\s*:\s*(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3}|var\(--[a-z-]+\))\s*[;}]"
)
_MEDIA = re.compile(r"@media[^{@]*\{")
_DARK = "prefers-color-scheme: dark"


class Colour(NamedTuple):
    """A custom property as it is set somewhere."""

    value: str
    path: str
    """Empty where it is the shipped one."""
    line: int


Scheme = dict[str, Colour]


def contrast(material: Material) -> Iterator[Problem]:
    """Yield colours that the user chose and that are hard to read: for each the pair that is worst."""
    worst: dict[tuple[str, int], tuple[float, Problem]] = {}
    for paper in ("light", "dark"):
        scheme = _scheme(material, paper)
        for letters, ground in _PAIRS:
            one, other = _resolved(scheme, letters), _resolved(scheme, ground)
            chosen = one if one.path else other
            if chosen.path and one.value.startswith("#") and other.value.startswith("#"):
                found = ratio(one.value, other.value)
                pair = f"{letters} {one.value} on {ground} {other.value}"
                message = f"{pair}: contrast {found:.1f}, less than {MIN_CONTRAST}"
                problem = Problem(chosen.path, chosen.line, message, f"on {paper} pages (WCAG 2.2, 1.4.3)")
                place = (chosen.path, chosen.line)
                worst[place] = min(worst.get(place, (MIN_CONTRAST, problem)), (found, problem))
    yield from (problem for found, problem in worst.values() if found < MIN_CONTRAST)


def _scheme(material: Material, paper: str) -> Scheme:
    """Return the custom properties as pages on light or dark paper have them: what is set last counts."""
    own, shipped = material.templates, shipped_templates() / "static" / "style.css"
    sheets = [("", shipped)] if "static/style.css" not in own else []
    sheets += [(name, own[name]) for name in ("static/style.css", "static/theme.css") if name in own]
    scheme: Scheme = {}
    for name, sheet in sheets:
        scheme |= _read(sheet.read_text("utf-8-sig", "replace"), name and f"templates/{name}", paper)
    config = material.config
    key = "accent" if paper == "light" else "accent_dark"
    if value := getattr(config.site, key):
        file = shown_path(config.file) if config.file else "settings"
        scheme["accent"] = Colour(value, file, setting_line(config, "site", key))
    elif paper == "dark" and config.site.accent:
        scheme["accent"] = Colour("var(--accent-dark)", "", 0)
    return scheme


def _read(sheet: str, path: str, paper: str) -> Scheme:
    """Return the custom properties that a style sheet sets on light or dark paper."""
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), sheet)
    blocks = [(block, _end(text, block.end())) for block in _MEDIA.finditer(text)]
    scheme: Scheme = {}
    for match in _PROPERTY.finditer(text):
        inside = [block[0] for block, end in blocks if block.start() < match.start() < end]
        if all(_DARK in block and paper == "dark" for block in inside):
            line = text.count("\n", 0, match.start()) + 1
            scheme[match[1]] = Colour(match[2], path, line)
    return scheme


def _end(text: str, start: int) -> int:
    """Return where the block ends that begins before ``start``."""
    depth = 1
    for match in re.finditer(r"[{}]", text[start:]):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return start + match.start()
    return len(text)


def _resolved(scheme: Mapping[str, Colour], name: str) -> Colour:
    """Return a colour, following one reference to another property."""
    colour = scheme.get(name, Colour("", "", 0))
    if colour.value.startswith("var("):
        meant = scheme.get(colour.value[6:-1], Colour("", "", 0))
        return meant if meant.path else meant._replace(path=colour.path, line=colour.line)
    return colour


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio, 1 to 21, of two colours (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` or ``#rgb``, 0 to 1."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
