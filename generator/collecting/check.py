"""``crosscite check``: what an editor should mend before publishing.

Errors are what would harm readers, sources or the deployment; warnings what a careful editor would want to
know. Pages are checked by ``publishing.verify`` before; here it is content, settings and size. ``RULES``
names every check; what each finds is in ``docs/commands.md``.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal
from urllib.parse import urlsplit

from generator.collecting.fetch import Fetcher
from generator.config import Config, SiteSettings
from generator.errors import FetchError, Problem
from generator.language.addresses import canonical_url
from generator.model import Article, Digest, Page

Level = Literal["error", "warning"]

MAX_SITE_BYTES = 1_000_000_000
"""GitHub Pages publishes at most 1 GB (GitHub's documentation, "GitHub Pages limits")."""

MAX_FILE_BYTES = 100_000_000
"""Git hosts refuse larger files."""

MAX_FILES = 200_000
"""More files than this take longer to deploy than the ten minutes that GitHub Pages gives."""

MIN_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3."""

_PAPER = {"accent": "#ffffff", "accent_dark": "#121417"}
_LOCAL = frozenset({"localhost", "127.0.0.1", "0.0.0.0", "::1"})  # noqa: S104 - a name to look for


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend."""

    level: Level
    rule: str
    """Name of the check."""
    problem: Problem

    def __str__(self) -> str:
        return f"{self.level} ({self.rule}): {self.problem}"

    def as_json(self) -> str:
        """Return it as one JSON object in a line."""
        return json.dumps(
            {"level": self.level, "rule": self.rule, **asdict(self.problem)}, ensure_ascii=False
        )


Rule = Callable[[Digest, Sequence[Page], Config], Iterator[Problem]]


def check(digest: Digest, pages: Sequence[Page], config: Config) -> tuple[Finding, ...]:
    """Return all findings, errors first, then by rule and place."""
    found = [
        Finding(level, name, problem)
        for (level, name), rule in RULES.items()
        for problem in rule(digest, pages, config)
    ]
    return tuple(sorted(found))


def _skipped(digest: Digest, _: Sequence[Page], __: Config) -> Iterator[Problem]:
    """Yield files that are no articles."""
    yield from digest.skipped


def _missing(field: str) -> Rule:
    """Return the rule that every article has a field."""

    def rule(digest: Digest, _: Sequence[Page], __: Config) -> Iterator[Problem]:
        for article in digest.articles:
            if not getattr(article.meta, field):
                yield Problem(article.path, 1, f"{field} not given", f"add {field}: to its front matter")

    return rule


def _no_words(digest: Digest, _: Sequence[Page], __: Config) -> Iterator[Problem]:
    """Yield articles of which nothing is left to cite."""
    for article in digest.articles:
        if not article.sentences:
            yield Problem(
                article.path, 0, "no sentence is left of it", "crosscite inspect shows what was cut"
            )


def _notes(digest: Digest, _: Sequence[Page], __: Config) -> Iterator[Problem]:
    """Yield what reading noted: unclosed quotes, ambiguous dates, repairs, addresses that are none."""
    for article in digest.articles:
        yield from article.notes


def _same_headline(digest: Digest, _: Sequence[Page], __: Config) -> Iterator[Problem]:
    """Yield articles with the title, outlet and day of another."""
    first: dict[tuple[object, ...], Article] = {}
    for article in digest.articles:
        meta = article.meta
        if meta.title:
            key = (meta.title.casefold(), meta.outlet.casefold(), meta.date)
            if (other := first.setdefault(key, article)) is not article:
                yield Problem(
                    article.path, 1, f"title, outlet and date of {other.path}", "delete one of the two"
                )


def _same_address(digest: Digest, _: Sequence[Page], __: Config) -> Iterator[Problem]:
    """Yield articles whose address another one has, with other text."""
    first: dict[str, Article] = {}
    for article in digest.articles:
        address = canonical_url(article.meta.url)
        if address and (other := first.setdefault(address, article)) is not article:
            yield Problem(article.path, 1, f"address of {other.path}", "keep one version of the article")


def _updated_before(digest: Digest, _: Sequence[Page], __: Config) -> Iterator[Problem]:
    """Yield articles that were changed before they appeared."""
    for article in digest.articles:
        date, updated = article.meta.date, article.meta.updated
        if date and updated and updated < date:
            yield Problem(article.path, 1, f"updated ({updated.iso}) before its date ({date.iso})")


def _outlet_spellings(digest: Digest, _: Sequence[Page], __: Config) -> Iterator[Problem]:
    """Yield outlets that are written in two ways."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    example: dict[str, str] = {}
    for article in digest.articles:
        if outlet := article.meta.outlet:
            spellings[outlet.casefold().removeprefix("the ").replace(".", "").strip()][outlet] += 1
            example.setdefault(outlet, article.path)
    for names in spellings.values():
        usual, *others = sorted(names, key=lambda name: (-names[name], name))
        for other in others:
            yield Problem(example[other], 1, f"outlet “{other}” is “{usual}” elsewhere", "use one spelling")


def _full_text(digest: Digest, _: Sequence[Page], config: Config) -> Iterator[Problem]:
    """Yield articles whose whole text would be published without a licence that is named."""
    if config.site.text == "full":
        for article in digest.articles:
            if not article.meta.license:
                hint = 'add license:, or set text = "excerpt" under [site]'
                yield Problem(
                    article.path, 1, "the full text would be published, and no license is named", hint
                )


def _base_url(_: Digest, __: Sequence[Page], config: Config) -> Iterator[Problem]:
    """Yield what is wrong with the address of the site."""
    file, url = (config.file or "crosscite.toml"), config.site.base_url
    host = urlsplit(url).hostname or ""
    if not url:
        yield Problem(str(file), 0, "site.base_url is not set", "feeds and canonical links need it")
    elif host in _LOCAL:
        yield Problem(str(file), 0, f"site.base_url is an address of this machine: {url}")
    elif url.startswith("http:"):
        yield Problem(str(file), 0, f"site.base_url is not encrypted: {url}", "write https://")


def _contrast(_: Digest, __: Sequence[Page], config: Config) -> Iterator[Problem]:
    """Yield accent colours that are hard to read on their paper."""
    for key, ratio in accent_contrasts(config.site).items():
        if ratio < MIN_CONTRAST:
            message = f"site.{key} has a contrast of {ratio:.1f} with the paper, less than {MIN_CONTRAST}"
            yield Problem(
                str(config.file or ""), 0, message, "darken it" if key == "accent" else "lighten it"
            )


def accent_contrasts(settings: SiteSettings) -> Mapping[str, float]:
    """Return the contrast ratio, 1 to 21, of each accent colour that is set (WCAG 2.2, relative luminance)."""
    chosen = {key: getattr(settings, key) for key in _PAPER}
    return {key: _ratio(colour, _PAPER[key]) for key, colour in chosen.items() if colour}


def _ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _size(_: Digest, pages: Sequence[Page], __: Config) -> Iterator[Problem]:
    """Yield what is too large for GitHub Pages."""
    total = sum(len(page.data) for page in pages)
    if total > MAX_SITE_BYTES:
        yield Problem("", 0, f"the site has {total / 1e9:.1f} GB, GitHub Pages publishes 1 GB")
    if len(pages) > MAX_FILES:
        yield Problem("", 0, f"the site has {len(pages):,} files: too many to deploy in ten minutes")
    for page in pages:
        if len(page.data) > MAX_FILE_BYTES:
            yield Problem(
                page.path, 0, f"has {len(page.data) / 1e6:.0f} MB, Git hosts refuse more than 100 MB"
            )


RULES: Mapping[tuple[Level, str], Rule] = {
    ("error", "skipped"): _skipped,
    ("error", "no words"): _no_words,
    ("error", "dates"): _updated_before,
    ("error", "full text"): _full_text,
    ("error", "contrast"): _contrast,
    ("error", "size"): _size,
    ("warning", "title"): _missing("title"),
    ("warning", "date"): _missing("date"),
    ("warning", "outlet"): _missing("outlet"),
    ("warning", "address"): _missing("url"),
    ("warning", "same headline"): _same_headline,
    ("warning", "same address"): _same_address,
    ("warning", "outlet names"): _outlet_spellings,
    ("warning", "reading"): _notes,
    ("warning", "base url"): _base_url,
}
"""Every check, by level and name, in the order of telling."""


def check_outside(digest: Digest, config: Config) -> tuple[Finding, ...]:
    """Ask for every original that the articles name, politely; return those that cannot be had."""
    addresses = {article.meta.url: article.path for article in reversed(digest.articles) if article.meta.url}
    found = []
    with Fetcher(config.collect) as fetcher:
        for url, path in sorted(addresses.items()):
            try:
                fetcher.get(url)
            except FetchError as error:
                message = f"{url}: {error.problems[0].message}"
                found.append(Finding("warning", "external", Problem(path, 1, message)))
    return tuple(found)
