"""Rules on the user's own templates, and on the pages that they make."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.collecting.checks.material import Material
from generator.errors import Problem, nearest
from generator.model import Page
from generator.publishing import urls
from generator.publishing.assets import shipped_templates
from generator.publishing.verify import dead_links, misquotations

_EXPRESSION = re.compile(r"\{\{(?:(?!\{\{|\}\}).)*\}\}|\{%(?:(?!\{%|%\}).)*%\}")
_ADDRESS = re.compile(rf'\s(?:href|src)="((?:{_EXPRESSION.pattern}|[^"{{]|\{{(?![{{%]))*)"')
_UP = re.compile(r"^(?:\.\./)+")
_ELSEWHERE = re.compile(
    r"""<(?:script|img|iframe|video|audio|source|embed|link)\b[^>]{0,999}\s(?:src|href)=["']?(?:https?:)?//[^"'\s>]+"""
    r"""|url\(\s*["']?(?:https?:)?//[^)\s]+|@import\s+["'](?:https?:)?//[^"']+""",
    re.IGNORECASE,
)
_HOSTED = re.compile(r"""//([^"'\s)>]+)""")
_NAMED = re.compile(r"""(?:include|import|extends|from|shared\()\s*["']([\w./-]+)["']""")
_HEAD = {
    "a title": re.compile(rb"<title>\s*[^<\s]"),
    "a heading h1": re.compile(rb"<h1[ >]"),
    "its language": re.compile(rb"<html[^<>]* lang=.[a-z]"),
}
_TEXT = (".html", ".css", ".js", ".svg", ".xml")


def broken(material: Material) -> Iterator[Problem]:
    """Yield templates that cannot be rendered."""
    yield from material.broken.get("templates", ())


def unused(material: Material) -> Iterator[Problem]:
    """Yield templates that replace no shipped one and that no other of the user's names."""
    shipped = shipped_templates()
    own = {name: file for name, file in material.templates.items() if name.endswith(".html")}
    named = {
        match[1] for file in own.values() for match in _NAMED.finditer(file.read_text("utf-8", "replace"))
    }
    known = [file.relative_to(shipped).as_posix() for file in shipped.rglob("*.html")]
    for name in own:
        if name not in known and name not in named and not name.startswith("static/"):
            hint = nearest(name, known) or "docs/theming.md lists the templates"
            yield Problem(f"templates/{name}", 1, "replaces no template and is not used", hint)


def elsewhere(material: Material) -> Iterator[Problem]:
    """Yield what a template or style sheet loads from another host: the pages' policy blocks it."""
    for name, file in material.templates.items():
        if name.endswith(_TEXT):
            for number, line in enumerate(file.read_text("utf-8", "replace").splitlines(), 1):
                for match in _ELSEWHERE.finditer(line):
                    if "rel=" not in match[0] or "canonical" not in line:
                        message = f"loads from another host: {_HOSTED.findall(match[0])[-1]}"
                        hint = "browsers block it; put the file into templates/static/"
                        yield Problem(f"templates/{name}", number, message, hint)


def words(material: Material) -> Iterator[Problem]:
    """Yield cited words that are not those of their source: in the template that writes them, else on the page."""
    for problem in _once(misquotations(material.pages, material.digest)):
        what = problem.message.rpartition(": ")[2]
        places = ((name, number) for name, number, line in _lines(material) if what in line)
        path, line = next(places, (problem.path, problem.line))
        yield replace(problem, path=path, line=line)


def _lines(material: Material) -> Iterator[tuple[str, int, str]]:
    """Yield template, number and text of each line of the user's templates."""
    for name, file in material.templates.items():
        if name.endswith(".html"):
            for number, line in enumerate(file.read_text("utf-8", "replace").splitlines(), 1):
                yield f"templates/{name}", number, line


def links(material: Material) -> Iterator[Problem]:
    """Yield links within the site that lead nowhere, each once, in the template that has it."""
    found: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    address = material.config.site.base_url
    for problem in dead_links(material.pages, address):
        what, _, link = problem.message.partition(": ")
        found[what, _UP.sub("", link).removeprefix(urls.base_path(address))].append(problem)
    written = list(_written(material))
    for (what, link), problems in found.items():
        first = problems[0]
        place = next(((name, line) for name, line, form in written if form.fullmatch(link)), None)
        where = f" (on {len(problems):,} pages)" if len(problems) > 1 else f" (on {first.path})"
        path, line = place or (first.path, first.line)
        yield Problem(path, line, f"{what}: {link}{where if place or len(problems) > 1 else ''}")


def _written(material: Material) -> Iterator[tuple[str, int, re.Pattern[str]]]:
    """Yield template, line and form of each link that the user's templates write."""
    for name, number, line in _lines(material):
        for match in _ADDRESS.finditer(line):
            fixed = [_UP.sub("", part) for part in _EXPRESSION.split(match[1])]
            if any(char.isalnum() for char in "".join(fixed)):
                yield name, number, re.compile(".{0,200}".join(map(re.escape, fixed)))


def heads(material: Material) -> Iterator[Problem]:
    """Yield pages without a title, a first heading or a language, by the first of them."""
    pages = [page for page in material.pages if page.path.endswith(".html")]
    for what, form in _HEAD.items():
        lacking = [page for page in pages if not form.search(page.data)]
        if lacking:
            yield Problem(lacking[0].path, 0, f"page without {what}{_and_more(lacking)}")


def _and_more(pages: Sequence[Page]) -> str:
    """Return " (and 4 more)"."""
    return f" (and {len(pages) - 1:,} more)" if len(pages) > 1 else ""


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems, of those with one message only the first."""
    seen: set[str] = set()
    for problem in problems:
        if problem.message not in seen:
            seen.add(problem.message)
            yield problem
