"""Which code is running: what remembered work may come from."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

_VERSIONED = frozenset(
    [
        "babel",
        "cbor2",
        "charset_normalizer",
        "feedparser",
        "fontpkg",
        "fontpkg_pt_serif",
        "jinja2",
        "lxml",
        "lxml_html_clean",
        "markdown_it_py",
        "markupsafe",
        "numpy",
        "nupunkt",
        "pillow",
        "pagefind",
        "pagefind_bin",
        "py3langid",
        "pystemmer",
        "pyyaml",
        "scikit_learn",
        "scipy",
        "trafilatura",
        "tzdata",
    ]
)
"""What the results of stages depend on, as their folders of particulars are named."""


@cache
def code_digest() -> str:
    """Return the digest of Crosscite's own source and data, of Python and of what it builds on."""
    package = Path(__file__).resolve().parents[1]
    digest = sha256(sys.version.encode())
    for root in (package, package.parent / "templates"):  # a wheel has its templates inside
        for file in sorted(_files(str(root))):
            digest.update(file[len(str(root)) :].encode() + b"\0")
            with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 - of hundreds of files
                digest.update(sha256(stream.read()).digest())
    digest.update("\n".join(sorted(_versions())).encode())
    return digest.hexdigest()


def _files(root: str) -> Iterator[str]:
    """Yield the files below a folder that are no mere traces of running."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (f"{folder}{os.sep}{name}" for name in names if not name.endswith(".pyc"))


def _versions() -> Iterator[str]:
    """Yield names and versions of installed packages, read off their folders: nothing is imported for it."""
    for place in sys.path:
        try:
            names = os.listdir(place or os.curdir)  # noqa: PTH208 - of strings
        except OSError:
            continue
        for name in names:
            plain = name.partition("-")[0].lower().replace(".", "_")
            if plain in _VERSIONED and name.endswith(".dist-info"):
                yield name
