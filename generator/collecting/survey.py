"""All that ``crosscite check`` looks at, as far as it can be made: a fault in one place hides none elsewhere."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from generator.build import digest_articles
from generator.collecting.checks.material import Material
from generator.config import Config
from generator.errors import ConfigError, Problem, TemplateError
from generator.model import Digest, Page
from generator.publishing.render import render_pages
from generator.system.laps import Laps
from generator.system.search import index_pages, joined, parted, searchable
from generator.system.work import Work


def survey(config: Config, work: Work, lap: Laps, today: dt.date) -> Material:
    """Read, tell and render everything.

    Overrides that cannot be used are left out, templates that cannot be rendered give way to the shipped
    ones; both are in ``Material.broken``. Raises ContentError when there is no folder of articles.
    """
    digest, overrides = _digest(config, work, lap)
    pages, templates = _pages(digest, config)
    if config.site.search:
        pages += joined([index_pages(part) for part in parted(searchable(pages))])
    broken = {"overrides": overrides, "templates": templates}
    return Material(config=config, digest=digest, today=today, pages=pages, broken=broken)


def _digest(config: Config, work: Work, lap: Laps) -> tuple[Digest, Sequence[Problem]]:
    """Return the digest, and what is wrong with the overrides."""
    try:
        return digest_articles(config, work, lap), ()
    except ConfigError as error:
        if config.overrides is None:
            raise
        return digest_articles(replace(config, overrides=None), work, lap), error.problems


def _pages(digest: Digest, config: Config) -> tuple[tuple[Page, ...], Sequence[Problem]]:
    """Return the pages, and what is wrong with the templates."""
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory(prefix="crosscite-") as scratch:
        while True:
            try:
                return tuple(render_pages(digest, config)), problems
            except TemplateError as error:
                if config.templates is None:
                    raise
                problems += error.problems
                config = replace(config, templates=_without(config.templates, error.problems, Path(scratch)))


def _without(templates: Path, problems: Iterable[Problem], scratch: Path) -> Path | None:
    """Return a copy of the templates without the broken ones; None when the fault is in none of them."""
    names = [problem.path.removeprefix("templates/") for problem in problems]
    if not all((templates / name).is_file() for name in names):
        return None
    copy = Path(tempfile.mkdtemp(dir=scratch)) / "templates"
    shutil.copytree(templates, copy)
    for name in names:
        (copy / name).unlink()
    return copy
