"""Write ``docs/licences.md``: what Crosscite is built on, and under which licence.

    python -m scripts.write_licences

Takes what the installed packages say of themselves, those that Crosscite needs and those that they need.
``tests/test_licences.py`` fails for a licence that is not allowed and for a package that the page lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "docs" / "licences.md"

ALLOWED = frozenset(
    (
        "0BSD",
        "Apache-2.0",
        "BSD",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "CNRI-Python",
        "ISC",
        "MIT",
        "MIT-CMU",
        "MPL-1.1",
        "MPL-2.0",
        "OFL-1.1",
        "PSF-2.0",
        "Zlib",
    )
)
"""Licences (SPDX names) that let anyone use the whole under the MIT licence."""

_NAMED = {
    "MIT, BSD": "MIT AND BSD",  # PyStemmer: its own code, and the stemmers of Snowball
    "The BSD 2-Clause License": "BSD-2-Clause",
    "License :: OSI Approved :: BSD License": "BSD",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_HEAD = """# Licences

Crosscite is published under the [MIT licence](../LICENSE). It is built on these packages, which
`python -m scripts.write_licences` lists from what they say of themselves; none is shipped with it.

| package | licence |
|---|---|
"""


def packages() -> dict[str, str]:
    """Return the licence of every package that Crosscite needs on this system, by name."""
    found: dict[str, str] = {}
    pending = list(_needs(distribution("crosscite")))
    while pending:
        name = pending.pop()
        if name not in found:
            try:
                package = distribution(name)
            except PackageNotFoundError:
                continue  # for another system, or an older Python
            found[name] = licence(package)
            pending += _needs(package)
    return dict(sorted(found.items()))


def _needs(package: Distribution) -> Iterator[str]:
    """Yield the names of the packages that one needs, its extras apart."""
    for line in package.requires or []:
        if "extra ==" not in line and (match := re.match(r"[\w.-]+", line)):
            yield match[0].lower().replace("_", "-").replace(".", "-")


def licence(package: Distribution) -> str:
    """Return what a package says of its licence, as an SPDX expression where that can be told."""
    given = package.metadata.get_all("Classifier") or []
    classes = [line for line in given if line.startswith("License :: OSI")]
    said = [package.metadata.get("License-Expression"), package.metadata.get("License"), *classes]
    short = [text for text in said if text and len(text) < 100]
    return next((_NAMED.get(text, text) for text in short), "not given")


def allowed(expression: str) -> bool:
    """Tell whether one of the alternatives of an expression is made of allowed licences."""
    return any(
        all(part.strip(" ()") in ALLOWED for part in choice.split(" AND "))
        for choice in expression.split(" OR ")
    )


def main() -> None:
    """Write the page."""
    rows = "".join(f"| {name} | {terms} |\n" for name, terms in packages().items())
    FILE.write_text(_HEAD + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
