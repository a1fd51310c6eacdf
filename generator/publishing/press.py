"""The press: it turns contexts into pages, by the templates that they name. Jinja2's one door.

A user's own ``templates/`` override the shipped ones by name.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import markupsafe
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from jinja2.runtime import Context as JinjaContext
from markupsafe import Markup, escape

from generator.config import SiteSettings
from generator.errors import Problem, TemplateError, nearest
from generator.model import Page
from generator.publishing.assets import read_assets, shipped_templates
from generator.publishing.catalogue import Words
from generator.publishing.contexts import Context
from generator.publishing.parts import SiteFrame

_FAULTS = (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
"""What a mistake in a template can raise."""
_HINT = "docs/theming.md says what each template is given"


def _folders(own: Path | None) -> list[Path]:
    """Return the folders of templates; what stands in the first takes the place of what stands in the last."""
    return [folder for folder in (own, shipped_templates()) if folder]


def template_files(own: Path | None) -> tuple[tuple[str, bytes], ...]:
    """Return all that is printed with, by file."""
    return (*(_files(own) if own else ()), *_shipped())


def _files(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Return what a folder holds, by file."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return tuple((str(path), path.read_bytes()) for path in files)


@cache
def _shipped() -> tuple[tuple[str, bytes], ...]:
    """Return the shipped templates, by file: as the code, what they were when the process began."""
    return _files(shipped_templates())


class _Compiled(jinja2.BytecodeCache):
    """Templates as they were compiled."""

    def __init__(self, known: dict[str, bytes]) -> None:
        self._known = known

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template that is known; of another source, or by another Jinja2 or Python, it is not taken."""
        if code := self._known.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take one that was compiled."""
        self._known[bucket.key] = bucket.bytecode_to_string()


class Press:
    """Turns contexts into pages; templates are compiled once."""

    def __init__(self, own: Path | None, settings: SiteSettings) -> None:
        self.assets = read_assets(own, settings)
        self.pages = tuple(self.assets.values())
        self.compiled: dict[str, bytes] = {}
        """Templates; those of a press of the same code, settings and files may be put here."""
        self.environment = _environment(_folders(own), Words(settings.language), self.assets)
        self.environment.bytecode_cache = _Compiled(self.compiled)
        self.environment.globals["shared"] = cache(self._shared)
        self._ready: dict[type[Context], tuple[jinja2.Template, tuple[str, ...]]] = {}

    def compile(self) -> None:
        """Compile all templates; one that cannot be is left to whoever prints with it."""
        for name in self.environment.list_templates(extensions=["html"]):
            if not name.startswith("static/"):
                with suppress(*_FAULTS):
                    self.environment.get_template(name)

    def page(self, context: Context) -> Page:
        """Return the rendered page of a context. Raises TemplateError."""
        try:
            template, names = self._ready.get(type(context)) or self._compile(type(context))
            text = template.render({name: getattr(context, name) for name in names})
        except _FAULTS as error:
            raise TemplateError([_problem(error, context.template)]) from error
        return Page(context.page.path, text.encode())

    def _shared(self, name: str, site: SiteFrame, root: str, section: str, *, here: bool) -> Markup:
        """Return what many pages have alike, rendered once for each depth and section."""
        template = self.environment.get_template(name)
        return Markup(template.render(site=site, root=root, section=section, here=here))  # noqa: S704

    def _compile(self, kind: type[Context]) -> tuple[jinja2.Template, tuple[str, ...]]:
        """Return the template of a kind of page, and the names that it is given."""
        names = tuple(field.name for field in fields(kind))
        self._ready[kind] = self.environment.get_template(kind.template), names
        return self._ready[kind]


class _Template(jinja2.Template):
    """A template whose outputs are escaped by ``_shown``."""

    @classmethod
    def from_code(cls, *given: Any, **named: Any) -> jinja2.Template:
        """Return the template of what was compiled."""
        template = super().from_code(*given, **named)
        template.root_render_func.__globals__["escape"] = _shown
        return template


class _Context(JinjaContext):
    """What a template is rendered with."""

    def call(self, called: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        """Call what a template calls: nothing at hand there asks for the context, nor is it looked up who might."""
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*given, **named)


_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""What MarkupSafe 3 escapes by before it makes a Markup of it; earlier ones do all at once."""


def _shown(value: object) -> str:
    """Return what stands for a value in a page: joined with all else there, it need not be told from other texts."""
    kind = type(value)
    if kind is str:
        return _escaped(value)  # type: ignore[arg-type] # so it is
    return value if kind is Markup else escape(value)  # type: ignore[return-value] # so it is


def _environment(folders: Iterable[Path], words: Words, assets: Mapping[str, Page]) -> jinja2.Environment:
    """Return the environment of all templates: strict, escaping, with ``t``, ``n`` and ``asset``."""
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(folder) for folder in folders]),
        extensions=[_Fixed],
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.context_class = _Context
    environment.template_class = _Template
    environment.policies["json.dumps_kwargs"] = {
        "sort_keys": False,
        "ensure_ascii": False,
        "separators": (",", ":"),
    }
    environment.globals |= {"t": _texts(words), "n": _counts(words), "asset": _paths(assets)}
    return environment


class _Fixed(Extension):
    """Puts texts without values, and paths of static files, in when a template is compiled.

    ``{{ t("nav.about") }}`` is the same on every page: it need not be looked up a hundred thousand times.
    """

    _call = re.compile(r"""\{\{ (t|asset)\((["'])([\w.]+)\2\) \}\}""")

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source with what is fixed filled in; lines keep their numbers."""
        del name, filename
        return self._call.sub(self._fill, source)

    def _fill(self, call: re.Match[str]) -> str:
        try:
            return f"{{% raw %}}{escape(self.environment.globals[call[1]](call[3]))}{{% endraw %}}"  # type: ignore[operator]
        except jinja2.TemplateRuntimeError:
            return call[0]  # raises again where it stands, with its line


def _texts(words: Words) -> Callable[..., Markup]:
    """Return ``t("story.brief")``, ``t("back.brief", number=1)``: words of the site, values escaped."""

    def t(key: str, **values: object) -> Markup:
        try:
            text = words.text(key)
        except KeyError:
            raise jinja2.TemplateRuntimeError(f"no such text: {key}") from None
        return Markup(escape(text)).format_map(values) if values else escape(text)  # noqa: S704

    return t


def _counts(words: Words) -> Callable[..., Markup]:
    """Return ``n("count.articles", 2)``: "2 articles"."""

    def n(key: str, count: int, **values: object) -> Markup:
        return escape(words.count(key, count, **values))

    return n


def _paths(assets: Mapping[str, Page]) -> Callable[[str], str]:
    """Return ``asset("style.css")``: the path under which a static file is published."""

    def asset(name: str) -> str:
        if name not in assets:
            hint = nearest(name, assets)
            raise jinja2.TemplateRuntimeError(f"no such static file: {name}" + (f"; {hint}" if hint else ""))
        return assets[name].path

    return asset


def _problem(error: Exception, template: str) -> Problem:
    """Return where in which template an error arose, and what it says."""
    message = str(error).partition("\n")[0] or type(error).__name__
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Problem(_known(error.filename or template), error.lineno, message, _HINT)
    if isinstance(error, jinja2.TemplateNotFound):
        message = f"no such template: {error.message}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith(".html"):
            return Problem(_known(frame.filename), frame.lineno or 0, message, _HINT)
    return Problem(_known(template), 0, message, _HINT)


def _known(file: str) -> str:
    """Return the name of a template as its owner knows it: ``templates/macros/story.html``."""
    parts = Path(file).parts
    start = max((n for n, part in enumerate(parts) if part == "templates"), default=-1)
    return Path(*parts[start:]).as_posix() if start >= 0 else f"templates/{file}"
