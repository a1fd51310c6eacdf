"""``crosscite check``: what an editor should mend before publishing.

Errors are what would stop a build, or harm readers, sources or the deployment; warnings what a careful
editor would want to know. ``RULES`` names every check; what each finds is in ``docs/commands.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from typing import Literal

from generator.collecting.checks import articles as reports
from generator.collecting.checks import colours, settings, size, templates
from generator.collecting.checks.material import Material, Rule
from generator.collecting.fetch import Fetcher
from generator.config import Config, setting_line, shown_path
from generator.errors import FetchError, Problem
from generator.model import Article

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend."""

    level: Level
    rule: str
    """Name of the check."""
    problem: Problem

    def as_json(self) -> str:
        """Return it as one JSON object in a line."""
        return json.dumps(
            {"level": self.level, "rule": self.rule, **asdict(self.problem)}, ensure_ascii=False
        )


RULES: Mapping[tuple[Level, str], Rule] = {
    ("error", "settings"): settings.settings,
    ("error", "overrides"): settings.overrides,
    ("error", "templates"): templates.broken,
    ("error", "words"): templates.words,
    ("error", "links"): templates.links,
    ("error", "skipped"): reports.skipped,
    ("error", "dates"): reports.dates,
    ("error", "full text"): reports.full_text,
    ("error", "contrast"): colours.contrast,
    ("error", "domain"): settings.domain,
    ("error", "size"): size.size,
    ("warning", "no words"): reports.no_words,
    ("warning", "title"): reports.missing("title", "title"),
    ("warning", "date"): reports.missing("date", "date"),
    ("warning", "outlet"): reports.missing("outlet", "source"),
    ("warning", "address"): reports.missing("url", "url"),
    ("warning", "language"): reports.languages,
    ("warning", "fields"): reports.fields,
    ("warning", "story names"): reports.story_names,
    ("warning", "same headline"): reports.same_headline,
    ("warning", "same address"): reports.same_address,
    ("warning", "outlet names"): reports.outlet_spellings,
    ("warning", "reading"): reports.notes,
    ("warning", "unused"): templates.unused,
    ("warning", "elsewhere"): templates.elsewhere,
    ("warning", "heads"): templates.heads,
    ("warning", "feeds"): settings.feeds,
    ("warning", "base url"): settings.base_url,
    ("warning", "version"): settings.version,
}
"""Every check, by level and name, in the order of the documentation."""


def check(material: Material) -> tuple[Finding, ...]:
    """Return all findings but accepted warnings: errors first, then by rule and place."""
    found = [
        Finding(level, name, problem) for (level, name), rule in RULES.items() for problem in rule(material)
    ]
    return _not_accepted(found, material.config)


def _not_accepted(found: Sequence[Finding], config: Config) -> tuple[Finding, ...]:
    """Return the findings that the settings do not accept, and what they accept in vain."""
    used: set[str] = set()
    left = []
    for finding in found:
        accepted = [entry for entry in config.check.accept if _accepts(entry, finding)]
        used.update(accepted)
        if not accepted:
            left.append(finding)
    file = shown_path(config.file) if config.file else ""
    line = setting_line(config, "check", "accept")
    vain = (
        Finding("warning", "settings", Problem(file, line, f"check.accept accepts nothing: “{entry}”"))
        for entry in config.check.accept
        if entry not in used
    )
    return tuple(sorted({*left, *vain}))


def _accepts(entry: str, finding: Finding) -> bool:
    """Return whether ``date`` or ``date: inbox/*`` names a finding. Errors are never accepted."""
    rule, _, path = entry.partition(":")
    fits = rule.strip() == finding.rule and fnmatchcase(finding.problem.path, path.strip() or "*")
    return fits and finding.level == "warning"


def check_outside(articles: Sequence[Article], config: Config) -> tuple[Finding, ...]:
    """Ask for every original and stored copy that the articles name; return those that cannot be had.

    One short request each (``HEAD``, and ``GET`` only where that says no), each address once, hosts no
    faster than the settings say, and no address of this machine or a private network.
    """
    addresses = {
        url: article.path
        for article in reversed(articles)
        for url in (article.meta.url, article.meta.archived_url)
        if url
    }
    found = []
    with Fetcher(config.collect) as fetcher:
        for url, path in sorted(addresses.items()):
            try:
                fetcher.probe(url)
            except FetchError as error:
                message = f"{url}: {error.problems[0].message}"
                found.append(Finding("warning", "external", Problem(path, 1, message)))
    return tuple(found)
