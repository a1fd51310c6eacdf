"""``stories.toml``: the editor's word on stories, kept in git beside the articles.

    pin = ["2025/letter.md"]                          # lead the front page
    hide = ["2025/rumour.md"]                         # keep off the front page, feeds and search
    [[merge]]
    articles = ["2025/letter.md", "2025/note.md"]     # tell one story of these
    [[split]]
    article = "2025/other.md"                         # tell it alone
    [[split]]
    articles = ["2025/flood.md", "2025/fire.md"]      # never in one story with each other
    [[retitle]]
    story = "2025/letter.md"
    title = "Putin writes to Kim"
    [[thread]]
    title = "Two capitals"
    stories = ["2025/letter.md", "2024/visit.md"]     # one thread, whatever their words say

An article is named by its path below the content folder or by its id; a story by any of its articles, so
that a name holds when stories grow. A name that is nobody's is an error, with the nearest match.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.errors import ConfigError, Problem, nearest
from generator.model import Article


class Reference(NamedTuple):
    """An article as the file names it."""

    name: str
    """Path or id."""
    line: int
    """1-based, where it is named."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the editor decided; empty when there is no file."""

    path: str = ""
    """The file, for messages."""
    merges: tuple[tuple[Reference, ...], ...] = ()
    """Articles that tell one story."""
    alone: tuple[Reference, ...] = ()
    """Articles that stand alone."""
    apart: tuple[tuple[Reference, ...], ...] = ()
    """Articles that no two of which share a story."""
    titles: tuple[tuple[Reference, str], ...] = ()
    """A member of the story, and its headline."""
    pins: tuple[Reference, ...] = ()
    """A member of each story that leads the front page."""
    hides: tuple[Reference, ...] = ()
    """A member of each story that the front page leaves out."""
    threads: tuple[tuple[str, tuple[Reference, ...]], ...] = ()
    """Title (may be empty), and a member of each story."""

    def references(self) -> Iterator[Reference]:
        """Yield every article that is named, in the order of the fields."""
        for group in (*self.merges, *self.apart, *(stories for _, stories in self.threads)):
            yield from group
        yield from (*self.alone, *(ref for ref, _ in self.titles), *self.pins, *self.hides)


def parse_overrides(text: str, path: str) -> Overrides:
    """Read the text of ``stories.toml``; ``path`` is for messages. Raises ConfigError with all that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at ")
        line = int(digits) if (digits := place.partition("line ")[2].partition(",")[0]).isdigit() else 0
        raise ConfigError([Problem(path, line, message.lower(), "overrides are TOML: key = value")]) from None
    except RecursionError:
        raise ConfigError(
            [Problem(path, 0, "nested too deeply", "overrides are TOML: key = value")]
        ) from None
    parser = _Parser(path, text)
    overrides = parser.overrides(data)
    if parser.problems:
        raise ConfigError(parser.problems)
    return overrides


def check_overrides(overrides: Overrides, articles: Sequence[Article]) -> None:
    """Raise ConfigError when an override names nothing that is there, or contradicts another."""
    known = article_names(articles)
    paths = sorted(article.path for article in articles)
    problems = [
        Problem(overrides.path, line, f"no such article: {name}", nearest(name, paths))
        for name, line in overrides.references()
        if name not in known
    ]
    together = {known.get(ref.name): ref for group in overrides.merges for ref in group}
    problems += [
        Problem(overrides.path, line, f"both merged and split: {name}", "take it out of one of the two")
        for name, line in overrides.alone
        if name in known and known[name] in together
    ]
    if problems:
        raise ConfigError(problems)


def article_names(articles: Sequence[Article]) -> Mapping[str, str]:
    """Return the id of each article by its id and by its path."""
    return {a.id: a.id for a in articles} | {a.path: a.id for a in articles}


_TABLES: Mapping[str, tuple[str, ...]] = {
    "merge": ("articles",),
    "split": ("article", "articles"),
    "retitle": ("story", "title"),
    "thread": ("title", "stories"),
}
_LISTS = ("pin", "hide")


class _Table(NamedTuple):
    """One table of the file."""

    kind: str
    values: Mapping[str, Any]
    line: int
    """Of its head; 0 when it is written inline."""


class _Parser:
    """Checks the parsed file and collects the problems, with their lines."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.lines = path, text.splitlines()
        self.problems: list[Problem] = []

    def overrides(self, data: Mapping[str, Any]) -> Overrides:
        """Return what the file says; what is wrong is noted and left out."""
        for key in data:
            if key not in _TABLES and key not in _LISTS:
                self.problem(self.key(key), f"unknown override: {key}", nearest(key, [*_TABLES, *_LISTS]))
        splits = list(self.tables(data, "split"))
        return Overrides(
            path=self.path,
            merges=tuple(self.several(table, "articles") for table in self.tables(data, "merge")),
            alone=tuple(ref for t in splits if "article" in t.values for ref in self.one(t, "article")),
            apart=tuple(self.several(table, "articles") for table in splits if "article" not in table.values),
            titles=tuple(
                (reference, self.text(table, "title"))
                for table in self.tables(data, "retitle")
                for reference in self.one(table, "story")
            ),
            pins=self.named(data.get("pin", []), "pin", self.key("pin")),
            hides=self.named(data.get("hide", []), "hide", self.key("hide")),
            threads=tuple(
                (self.text(table, "title") if "title" in table.values else "", self.several(table, "stories"))
                for table in self.tables(data, "thread")
            ),
        )

    def tables(self, data: Mapping[str, Any], kind: str) -> Iterator[_Table]:
        """Yield the tables of one kind; wrong keys are noted."""
        tables = data.get(kind, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            message = f"{kind} is a list of tables"
            self.problem(
                self.key(f"[{kind}]") or self.key(kind), message, f"write [[{kind}]] above its lines"
            )
            return
        heads = [
            number for number, line in enumerate(self.lines, 1) if line.strip().startswith(f"[[{kind}]]")
        ]
        for place, values in enumerate(tables):
            table = _Table(kind, values, heads[place] if len(heads) == len(tables) else 0)
            for key in values.keys() - set(_TABLES[kind]):
                line = self.key(key, table.line)
                self.problem(line, f"unknown key: {kind}.{key}", nearest(key, _TABLES[kind]))
            yield table

    def one(self, table: _Table, key: str) -> tuple[Reference, ...]:
        """Return the article that a key names; nothing when it names none."""
        name = self.text(table, key)
        return (Reference(name, self.mention(name, self.key(key, table.line))),) if name else ()

    def several(self, table: _Table, key: str) -> tuple[Reference, ...]:
        """Return the articles that a key lists: at least two."""
        where = f"{table.kind}.{key}"
        found = self.named(table.values.get(key, []), where, self.key(key, table.line))
        if len(found) < 2:
            self.problem(table.line, f"{where} names two or more", "name each by its path, or drop the table")
        return found

    def named(self, value: object, where: str, line: int) -> tuple[Reference, ...]:
        """Return the articles of a list that begins at a line."""
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            self.problem(line, f"{where} must be a list of strings")
            return ()
        return tuple(Reference(name, self.mention(name, line)) for name in value)

    def text(self, table: _Table, key: str) -> str:
        """Return the words of a key."""
        value = table.values.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        line = self.key(key, table.line) if key in table.values else table.line
        self.problem(line, f"{table.kind}.{key} must be words in quotation marks")
        return ""

    def key(self, key: str, start: int = 0) -> int:
        """Return the first line from ``start`` on that begins with a key; ``start`` when none does."""
        lines = enumerate(self.lines[max(0, start - 1) :], max(1, start))
        return next((number for number, line in lines if line.strip().startswith(key)), start)

    def mention(self, name: str, start: int) -> int:
        """Return the first line from ``start`` on that has a name; ``start`` when none does."""
        lines = enumerate(self.lines[max(0, start - 1) :], max(1, start))
        return next((number for number, line in lines if name in line), start)

    def problem(self, line: int, message: str, hint: str = "") -> None:
        """Note what is wrong."""
        self.problems.append(Problem(self.path, line, message, hint))
