"""Settings: ``crosscite.toml`` beside ``content/``, or ``[tool.crosscite]`` in ``pyproject.toml``.

Each section is a frozen dataclass; the ``doc`` of a field is what ``docs/settings.md`` prints. All are
optional. An unknown key, a wrong type and a value out of range are errors with path and line, all
of them at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.errors import ConfigError, Problem, nearest, unreadable


def _option(default: Any, doc: str, low: float | None = None, high: float | None = None) -> Any:
    """Declare a setting: its default, its line in the reference, its range."""
    return field(default=default, metadata={"doc": doc, "low": low, "high": high})


def _table(doc: str) -> Any:
    """Declare a table of free keys and string values."""
    return field(default_factory=dict, metadata={"doc": doc})


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """``[reading]``: how articles are read."""

    timezone: str = _option("UTC", "Readers' time zone (IANA name): decides the day of a dated article.")
    language: str = _option("", "Language of articles that do not say theirs; empty: detected.")
    max_bytes: int = _option(
        5_000_000,
        "Larger files are skipped and named. One file gives an article for every 500 of these bytes at most (10,000), and above 1,000 for every 60 of its own: it is named when it holds more.",
        1_000,
        1_000_000_000,
    )
    dates_from_git: bool = _option(
        False,
        "Whether an article that gives no date has the day on which git first saw its file; it is noted.",
    )
    outlets: Mapping[str, str] = _table('Names of outlets by host: `"example.org" = "The Example"`.')


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """``[stories]``: which articles tell one event."""

    threshold: float = _option(
        0.355,
        "Least likeness of the articles of one story; a first pair needs about half as much again. "
        "Higher: fewer, purer stories and more single reports; lower: larger stories, some of two events.",
        0.01,
        1.0,
    )
    window_days: float = _option(
        3.0,
        "Days that two reports may lie apart before their dates count against them. Larger: late reports "
        "join more easily. A missing date never counts.",
        0.0,
        3650.0,
    )
    thread_threshold: float = _option(
        0.22,
        "Least likeness of the stories of one thread, by shared names and words. Higher: shorter threads; "
        "lower: longer ones, of looser matters.",
        0.01,
        1.0,
    )


@dataclass(frozen=True, slots=True)
class SummarySettings:
    """``[summary]``: how a story is told."""

    max_words: int = _option(120, "Most words of *In brief*.", 10, 2_000)
    sentences: int = _option(6, "Most sentences of *In brief*.", 1, 50)
    quotes: int = _option(6, "Most quotes of a story page.", 0, 100)


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """``[site]``: what is published, and how it looks."""

    title: str = _option("Briefing", "Name of the site.")
    description: str = _option("", "One sentence for search engines and feeds.")
    base_url: str = _option("", "Address that the site is published at, for feeds and canonical links.")
    language: Literal["en", "de", "fr", "es"] = _option("en", "Language of labels, dates and numbers.")
    text: Literal["excerpt", "full", "none"] = _option(
        "excerpt",
        "How much of an article its page shows: excerpts round cited sentences, all, or nothing but them. "
        "Publishing others' full text is your decision.",
    )
    former: Literal["auto", "files", "page"] = _option(
        "auto",
        "What leads on from addresses that stories and threads had before: files of their own (six for an article), "
        "or the page for missing addresses, which takes a script and a host that shows `404.html`. Auto: files "
        "up to 5,000 articles.",
    )
    search: bool = _option(True, "Whether the site has a search page.")
    accent: str = _option("", "Accent colour on light paper, `#rrggbb`; empty: the theme's.")
    accent_dark: str = _option("", "Accent colour on dark paper, `#rrggbb`; empty: the theme's.")


@dataclass(frozen=True, slots=True)
class CollectSettings:
    """``[collect]``: what ``crosscite collect`` fetches."""

    feeds: tuple[str, ...] = _option((), "Feeds, pages or OPML files fetched when none is named.")
    allow_private: bool = _option(
        False, "Whether addresses of this machine and private networks may be fetched."
    )
    max_bytes: int = _option(10_000_000, "Larger answers are refused.", 1_000, 1_000_000_000)
    timeout_s: float = _option(20.0, "Seconds until a silent server is given up.", 0.1, 600.0)
    delay_s: float = _option(1.0, "Seconds between two requests to one host.", 0.0, 600.0)
    retries: int = _option(2, "Further tries after a passing fault.", 0, 10)
    user_agent: str = _option("crosscite", "How requests name themselves.")


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """``[check]``: what ``crosscite check`` need not tell."""

    accept: tuple[str, ...] = _option(
        (),
        'Warnings that you know of and accept, by check and file: `"date: inbox/*"`, `"base url"`. Errors '
        "cannot be accepted.",
    )


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """``[work]``: how the work is done; never what comes out."""

    jobs: int = _option(0, "Processes; 0: as many as there are cores, where it pays.", 0, 1024)
    cache: bool = _option(True, "Whether earlier work is remembered, in your cache folder.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Where things are, and all settings."""

    root: Path
    """The folder that holds ``content/``; the articles' own folder where there is none."""
    content: Path
    """Folder of articles."""
    output: Path
    """Folder of the built site."""
    templates: Path | None = None
    """The user's own templates; None when there are none."""
    overrides: Path | None = None
    """``stories.toml``; None when there is none."""
    file: Path | None = None
    """The settings file; None when there is none."""
    drafts: bool = False
    """Publish drafts too."""
    strict: bool = False
    """Fail on anything skipped."""
    clean: bool = False
    """Replace an output folder that was not written by Crosscite."""
    reading: ReadSettings = field(default_factory=ReadSettings)
    stories: GroupSettings = field(default_factory=GroupSettings)
    summary: SummarySettings = field(default_factory=SummarySettings)
    site: SiteSettings = field(default_factory=SiteSettings)
    collect: CollectSettings = field(default_factory=CollectSettings)
    check: CheckSettings = field(default_factory=CheckSettings)
    work: WorkSettings = field(default_factory=WorkSettings)
    problems: tuple[Problem, ...] = ()
    """What is wrong with the settings file; only told here when the settings were loaded leniently."""


SECTIONS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "reading": ReadSettings,
        "stories": GroupSettings,
        "summary": SummarySettings,
        "site": SiteSettings,
        "collect": CollectSettings,
        "check": CheckSettings,
        "work": WorkSettings,
    }
)


def load_config(  # noqa: PLR0913 - a keyword for each flag
    content: Path | None = None,
    output: Path | None = None,
    file: Path | None = None,
    *,
    drafts: bool = False,
    strict: bool = False,
    clean: bool = False,
    lenient: bool = False,
) -> Config:
    """Find and check the settings for the articles in ``content`` (default ``./content``).

    Without ``file`` the settings are ``crosscite.toml`` in the root, else ``[tool.crosscite]`` of its
    ``pyproject.toml``, else the defaults.
    Raises ConfigError with every problem found; when ``lenient``, they are told in ``Config.problems``
    and what they concern stands at its default.
    """
    content = content or Path("content")
    root = _root(content)
    file = _settings_file(root, file)
    sections, problems = _read(file) if file else ({}, ())
    if problems and not lenient:
        raise ConfigError(problems)
    templates, overrides = root / "templates", root / "stories.toml"
    return Config(
        root=root,
        content=content,
        output=output or (root / "site" if content.resolve().name == "content" else Path("site")),
        templates=templates if templates.is_dir() else None,
        overrides=overrides if overrides.is_file() else None,
        file=file,
        drafts=drafts,
        strict=strict,
        clean=clean,
        problems=tuple(problems),
        **sections,
    )


def with_base_url(config: Config, base_url: str) -> Config:
    """Return the settings with another address of the site. Raises ConfigError."""
    problems = list(_check_url(base_url, "--base-url", 0))
    if problems:
        raise ConfigError(problems)
    return replace(config, site=replace(config.site, base_url=base_url))


def with_git_dates(config: Config) -> Config:
    """Return the settings with first commits as dates of articles that give none."""
    return replace(config, reading=replace(config.reading, dates_from_git=True))


def _root(content: Path) -> Path:
    """Return the folder beside which settings and templates are looked for."""
    resolved = content.resolve()
    return resolved.parent if resolved.name == "content" else resolved


def _settings_file(root: Path, file: Path | None) -> Path | None:
    """Return the settings file to read, if any. Raises ConfigError when the named one is missing."""
    if file is not None:
        if not file.is_file():
            raise ConfigError([Problem(str(file), 0, "no such settings file", "check the path after -c")])
        return file
    own, project = root / "crosscite.toml", root / "pyproject.toml"
    if own.is_file():
        return own
    try:
        return project if project.is_file() and b"[tool.crosscite" in project.read_bytes() else None
    except OSError as error:
        raise ConfigError([unreadable(shown_path(project), error)]) from None


def _read(file: Path) -> tuple[dict[str, Any], Sequence[Problem]]:
    """Return the sections of a settings file as dataclasses, and what is wrong with it."""
    shown = shown_path(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        return {}, [unreadable(shown, error)]
    except UnicodeDecodeError as error:
        return {}, [Problem(shown, 0, f"not UTF-8: {error.reason}", "save it as UTF-8")]
    except tomllib.TOMLDecodeError as error:
        line = int(match[1]) if (match := re.search(r"line (\d+)", str(error))) else 0
        message = str(error).partition(" (at")[0].lower()
        return {}, [Problem(shown, line, message, "settings are TOML: key = value")]
    except RecursionError:
        return {}, [Problem(shown, 0, "nested too deeply", "settings are TOML: key = value")]
    prefix = "tool.crosscite." if file.name == "pyproject.toml" else ""
    for part in prefix.split(".")[:-1]:
        data = data.get(part, {})
        if not isinstance(data, dict):
            return {}, [Problem(shown, 0, f"{part} is a table", f"write [{prefix[:-1]}]")]
    reader = _Reader(shown, text, prefix)
    sections = {name: reader.section(name, data[name]) for name in SECTIONS if name in data}
    for name in data.keys() - SECTIONS.keys():
        where = reader.line(name, "")
        reader.problems.append(Problem(shown, where, f"unknown setting: {name}", nearest(name, SECTIONS)))
    return sections, reader.problems


def shown_path(file: Path) -> str:
    """Return the path of a file as its owner knows it: from the current folder where it lies below that."""
    here = Path.cwd()
    inside = file.is_relative_to(here)
    return (file.relative_to(here) if inside else file).as_posix()


def setting_line(config: Config, section: str, key: str) -> int:
    """Return the 1-based line on which the settings file sets a key; 0 when it does not."""
    if config.file is None:
        return 0
    text = config.file.read_text(encoding="utf-8-sig", errors="replace")
    prefix = "tool.crosscite." if config.file.name == "pyproject.toml" else ""
    return _Reader("", text, prefix).line(section, key)


class _Reader:
    """Checks sections and collects the problems, with their lines."""

    def __init__(self, path: str, text: str, prefix: str) -> None:
        self.path, self.lines, self.prefix = path, text.splitlines(), prefix
        self.problems: list[Problem] = []

    def line(self, section: str, key: str) -> int:
        """Return the 1-based line of a key (of the section's head when ``key`` is empty); 0 if not seen."""
        inside = False
        for number, line in enumerate(self.lines, 1):
            head = re.match(r"\s*\[([^\]]+)\]", line)
            if head:
                inside = head[1].strip() == self.prefix + section
            before, equals, _ = line.partition("=")
            name = before.strip().strip("\"'") if equals else ""
            if not key and (inside or (name and name == section)):
                return number
            if key and inside and name == key:
                return number
        return 0

    def problem(self, section: str, key: str, message: str, hint: str = "") -> None:
        """Note what is wrong with a key."""
        self.problems.append(Problem(self.path, self.line(section, key), message, hint))

    def section(self, name: str, data: object) -> Any:
        """Return one section; what is wrong is noted and left at its default."""
        kind = SECTIONS[name]
        if not isinstance(data, dict):
            self.problem(name, "", f"{name} is a section", f"write [{name}] above its settings")
            return kind()
        known = {f.name: f for f in fields(kind)}
        hints = get_type_hints(kind)
        values = {}
        for key, value in data.items():
            if key not in known:
                self.problem(name, key, f"unknown setting: {name}.{key}", nearest(key, known))
            elif wrong := self._wrong(hints[key], value, known[key].metadata):
                self.problem(name, key, f"{name}.{key} must be {wrong}, not {value!r}")
            else:
                values[key] = _plain(hints[key], value)
        spoilt = set(self._wrong_values(name, kind(**values)))
        return kind(**{key: value for key, value in values.items() if key not in spoilt})

    def _wrong(self, hint: Any, value: object, metadata: Mapping[str, Any]) -> str:
        """Return what the value should be, or nothing when it fits."""
        if get_origin(hint) is Literal:
            options = get_args(hint)
            return "" if value in options else "one of " + ", ".join(f'"{o}"' for o in options)
        if get_origin(hint) is tuple:
            fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
            return "" if fits else "a list of strings"
        if get_origin(hint) is Mapping or hint is Mapping[str, str]:
            fits = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
            return "" if fits else "a table of strings"
        if hint is bool:
            return "" if isinstance(value, bool) else "true or false"
        if hint is str:
            return "" if isinstance(value, str) else "a string"
        number = isinstance(value, int if hint is int else int | float) and not isinstance(value, bool)
        if not number:
            return "a whole number" if hint is int else "a number"
        low, high = metadata["low"], metadata["high"]
        return "" if low <= value <= high else f"from {low:g} to {high:g}"

    def _wrong_values(self, name: str, section: Any) -> Iterator[str]:
        """Yield the keys that hold what a type cannot rule out; each is noted."""
        if isinstance(section, ReadSettings):
            try:
                ZoneInfo(section.timezone)
            except (ZoneInfoNotFoundError, ValueError):
                hint = "write one like Europe/Paris"
                self.problem(name, "timezone", f"no such time zone: {section.timezone}", hint)
                yield "timezone"
        if isinstance(section, SiteSettings):
            if problems := list(_check_url(section.base_url, self.path, self.line(name, "base_url"))):
                self.problems += problems
                yield "base_url"
            for key in ("accent", "accent_dark"):
                if (value := getattr(section, key)) and not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
                    self.problem(name, key, f"no such colour: {value}", "write #rrggbb")
                    yield key


def _check_url(url: str, path: str, line: int) -> Iterator[Problem]:
    """Yield what is wrong with a base address."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
        fits = fits and parts.port != 0 and "@" not in parts.netloc  # a password would be published
        fits = fits and not re.search(r"[\s<>\"\\^`{|}\u200b-\u200f\u202a-\u202e\u2066-\u2069]", url)
    except ValueError:  # brackets without an address in them, a port that is no number
        fits = False
    if url and not fits:
        yield Problem(path, line, f"no address of a site: {url}", "write one like https://example.org/news/")


def _plain(hint: Any, value: Any) -> Any:
    """Return the value as the frozen type that the section holds."""
    if get_origin(hint) is tuple:
        return tuple(value)
    if isinstance(value, dict):
        return dict(value)
    return float(value) if hint is float else value


def settings() -> Iterator[tuple[str, str, object, str]]:
    """Yield section, key, default and doc of every setting, for the reference."""
    for name, kind in SECTIONS.items():
        assert is_dataclass(kind)
        for option in fields(kind):
            default = getattr(kind(), option.name)
            yield name, option.name, default, option.metadata["doc"]
