"""Build when something has changed since the last build, and only then.

The seal of a build is the digest of everything that decides what is published: the articles' bytes, the
settings, the user's templates and overrides, the code and what it builds on. Beside it is kept how the
site was left. While both hold there is nothing to do, and none of what a build needs is even imported.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256

from generator.config import Config
from generator.system.code import code_digest
from generator.system.files import Listed, own_files
from generator.system.history import list_articles
from generator.system.laps import Laps
from generator.system.live import Live
from generator.system.output import Written, check_output, leavings, locked, stamp
from generator.system.report import BuildReport
from generator.system.work import Work
from generator.tasks import read_source


@dataclass(frozen=True, slots=True)
class _Last:
    """A build that was done, and the state in which it left the site."""

    report: BuildReport
    stamp: str


def build(
    config: Config,
    work: Work,
    lap: Laps,
    live: Live | None = None,
) -> BuildReport:
    """Make the site of the articles. Raises UserError; site/ is then as it was.

    When nothing has changed since the last build, neither what it read nor what it wrote, nothing is
    done. The folder is held against other builds, and waited for until the disk holds the site; a build for a
    preview (``live``) does without, and does not ask whether anything has changed.
    """
    listed = list_articles(config, work.seen, live.touched if live else None)
    lap("list", listed[0])
    if live:
        return _build(config, work, lap, listed, live)
    check_output(config.output, config.content, clean=config.clean)
    seal = _seal(config, listed)
    last = work.recall("build", seal)
    if isinstance(last, _Last) and last.stamp == stamp(config.output) and not leavings(config.output):
        lap("compare", None)
        return replace(last.report, written=Written(), seconds=lap.seconds)
    with locked(config.output):
        report = _build(config, work, lap, listed)
        work.keep("build", seal, _Last(report, report.written.stamp))
    return report


def _build(config: Config, work: Work, lap: Laps, listed: Listed, live: Live | None = None) -> BuildReport:
    """Do the whole of a build; reading is begun before all else of it is imported."""
    new = "generator.build" not in sys.modules  # and has some importing to do while others read
    work.begin("read", partial(read_source, settings=config.reading), listed[0], aside=new)
    from generator.build import build_site  # noqa: PLC0415 - only where there is something to do

    return build_site(config, work, lap, listed, live)


def _seal(config: Config, listed: Listed) -> str:
    """Return the digest of everything that decides what is published."""
    sources, problems = listed
    settings = (config.reading, config.stories, config.summary, config.site, config.drafts, config.strict)
    digest = sha256(f"{code_digest()}\0{settings!r}\0{problems!r}".encode())
    digest.update("\0".join(source.key for source in sources).encode())
    for file in own_files(config.templates, config.overrides):
        digest.update(file)
    return digest.hexdigest()
