"""The rule on size: what GitHub Pages and Git hosts do not take."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collecting.checks.material import Material
from generator.errors import Problem

MAX_SITE_BYTES = 1_000_000_000
"""GitHub Pages publishes at most 1 GB (GitHub's documentation, "GitHub Pages limits")."""

MAX_FILE_BYTES = 100_000_000
"""Git hosts refuse larger files."""

MAX_FILES = 200_000
"""More files than this take longer to deploy than the ten minutes that GitHub Pages gives."""


def size(material: Material) -> Iterator[Problem]:
    """Yield what is too large for GitHub Pages, and files that cannot be pushed there."""
    total = sum(len(page.data) for page in material.pages)
    if total > MAX_SITE_BYTES:
        yield Problem("", 0, f"the site has {total / 1e9:.1f} GB, GitHub Pages publishes 1 GB")
    if len(material.pages) > MAX_FILES:
        message = f"the site has {len(material.pages):,} files: too many to deploy in ten minutes"
        yield Problem("", 0, message)
    own = {f"templates/{name}": file.stat().st_size for name, file in material.templates.items()}
    stored = {article.path: len(article.text) for article in material.digest.articles}
    made = {page.path: len(page.data) for page in material.pages if not page.path.startswith("assets/")}
    for path, count in (own | stored | made).items():
        if count > MAX_FILE_BYTES:
            yield Problem(path, 0, f"has {count / 1e6:.0f} MB, Git hosts refuse more than 100 MB")
