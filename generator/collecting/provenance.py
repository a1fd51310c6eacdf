"""``crosscite check --provenance SITE``: whether a published site is made of these articles, word for word.

The site's ``build.json`` names the digest of every source it was made of; those are compared with the
content folder. Then the pages' own bytes are verified against the articles, as a build does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from generator.errors import Problem, SiteError
from generator.model import Digest, Page
from generator.publishing.verify import verify


def check_provenance(site: Path, digest: Digest, base_url: str) -> tuple[Problem, ...]:
    """Return everything in a site that is not of these articles; empty when all of it is."""
    try:
        pages = [
            Page(path.relative_to(site).as_posix(), path.read_bytes())
            for path in sorted(site.rglob("*"))
            if path.is_file()
        ]
        record = json.loads((site / "build.json").read_bytes())
        published = {str(article["path"]): str(article["source_sha256"]) for article in record["articles"]}
    except OSError as error:
        return (
            Problem(str(site), 0, f"cannot be read: {error.strerror}", "name the folder of a built site"),
        )
    except (ValueError, KeyError, TypeError):
        return (Problem(str(site / "build.json"), 0, "is no record of a build", "build the site again"),)
    problems = list(_compared(published, digest))
    try:
        verify(pages, digest, base_url)
    except SiteError as error:
        problems += error.problems
    return tuple(sorted(set(problems)))


def _compared(published: dict[str, str], digest: Digest) -> Iterator[Problem]:
    """Yield the articles that are not the ones that the site was made of."""
    here = {article.path: article.digest for article in digest.articles}
    for path in sorted(published.keys() - here.keys()):
        yield Problem(path, 0, "the site was made of it, and it is not in the content folder")
    for path in sorted(here.keys() - published.keys()):
        yield Problem(path, 0, "is not in the site", "build the site again")
    for path in sorted(here.keys() & published.keys()):
        if here[path] != published[path]:
            yield Problem(path, 0, "has changed since the site was built", "build the site again")
