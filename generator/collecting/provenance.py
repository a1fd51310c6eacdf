"""``crosscite check --provenance SITE``: whether a published site is made of these articles, word for word.

The site's ``build.json`` names the digest of every source and of its cleaned text, the settings and the
version that made it. Sources are compared with the content folder; the pages' own bytes are verified against
the articles, as a build does; and since one input gives one site, every file is compared with what these
articles give now. Another version or other settings give other files: then that is said instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.config import Config
from generator.errors import Problem, SiteError
from generator.model import Digest, Page
from generator.publishing import inventory
from generator.publishing.verify import verify
from generator.system.output import OWN

_AGAIN = "build the site again"


def check_provenance(
    site: Path, digest: Digest, pages: Sequence[Page], config: Config
) -> tuple[Problem, ...]:
    """Return everything in a site that is not of these articles; empty when all of it is.

    ``pages`` is what the articles give with these settings.
    """
    try:
        found = {
            path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()
        }
        files = {path: file.read_bytes() for path, file in found.items() if path.partition("/")[0] not in OWN}
        record = json.loads(files["build.json"])
        published = {str(article["path"]): article for article in record["articles"]}
        problems = [*_made_by(record, digest, config), *_compared(published, digest)]
    except OSError as error:
        hint = "name the folder of a built site"
        return (Problem(str(site), 0, f"cannot be read: {error.strerror}", hint),)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return (Problem(str(site / "build.json"), 0, "is no record of a build", _AGAIN),)
    comparable = not problems
    problems += _unsaid(files, digest, config.site.base_url)
    if comparable:
        problems += _odd(files, pages)
    return tuple(sorted(set(problems)))


def _made_by(record: Mapping[str, object], digest: Digest, config: Config) -> Iterator[Problem]:
    """Yield what else than the articles decides a site, where it is not the same."""
    here = inventory.head(digest, config)
    if record["crosscite"] != here["crosscite"]:
        message = f"was built by Crosscite {record['crosscite']}, this is {here['crosscite']}"
        yield Problem("build.json", 0, message, "check with the same version to compare every file")
    elif record["settings"] != here["settings"]:
        hint = "check with the same settings and -u to compare every file"
        yield Problem("build.json", 0, "was built with other settings", hint)


def _compared(published: Mapping[str, Mapping[str, object]], digest: Digest) -> Iterator[Problem]:
    """Yield the articles that are not the ones that the site was made of."""
    here = {article.path: article for article in digest.articles}
    for path in sorted(published.keys() - here.keys()):
        yield Problem(path, 0, "the site was made of it, and it is not in the content folder")
    for path in sorted(here.keys() - published.keys()):
        yield Problem(path, 0, "is not in the site", _AGAIN)
    for path in sorted(here.keys() & published.keys()):
        if here[path].digest != published[path]["source_sha256"]:
            yield Problem(path, 0, "has changed since the site was built", _AGAIN)
        elif inventory.text_digest(here[path]) != published[path]["text_sha256"]:
            yield Problem(path, 0, "is read otherwise than when the site was built", _AGAIN)


def _unsaid(files: Mapping[str, bytes], digest: Digest, base_url: str) -> Iterator[Problem]:
    """Yield the pages with words that are not those of their source, and dead links."""
    pages = []
    for path, data in files.items():
        try:
            data.decode() if path.endswith(".html") else None
        except UnicodeDecodeError:
            yield Problem(path, 0, "is no UTF-8")
        else:
            pages.append(Page(path, data))
    try:
        verify(pages, digest, base_url)
    except SiteError as error:
        yield from error.problems


def _odd(files: Mapping[str, bytes], pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield the files that are not, byte for byte, what the articles give."""
    wanted = {page.path: page.data for page in pages}
    for path in sorted(files.keys() | wanted.keys()):
        if path not in wanted:
            yield Problem(path, 0, "no article gives this file")
        elif path not in files:
            yield Problem(path, 0, "is missing from the site", _AGAIN)
        elif files[path] != wanted[path]:
            yield Problem(path, 0, "is not what the articles give", "its template may have changed, too")
