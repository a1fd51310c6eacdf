"""Write the reference at the end of ``docs/theming.md`` from the contexts, parts and style sheet.

    python -m scripts.write_theming_doc

``tests/test_theming.py`` fails when the file is not what this script would write. What stands above the
marker is written by hand.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs" / "theming.md"
MARKER = "<!-- What follows is written by: python -m scripts.write_theming_doc -->\n"

_PACKAGE = ROOT / "generator" / "publishing"
_STYLE = ROOT / "templates" / "static" / "style.css"
_FIELD = tuple[str, str, str]
_WORDS = {"str": "text", "int": "number", "float": "number", "bool": "yes or no"}


def page() -> str:
    """Return the whole page: the part written by hand, and the reference."""
    own = FILE.read_text(encoding="utf-8").partition(MARKER)[0]
    return own + MARKER + "\n" + "\n".join([*_contexts(), *_parts(), *_properties()])


def _contexts() -> Iterator[str]:
    """Yield what each template is given."""
    yield "## What each template is given\n"
    for _, doc, template, fields in _classes("contexts.py"):
        if template:
            yield f"### `{template}`\n\n{doc}\n"
            yield _table(fields) if fields else "Only `site` and `page`.\n"


def _parts() -> Iterator[str]:
    """Yield what the parts of a context hold."""
    yield "## Parts\n"
    for file in ("parts.py", "blocks.py", "charts.py", "../model.py"):
        for name, doc, _, fields in _classes(file):
            if file != "../model.py" or name == "Piece":
                yield f"### {name}\n\n{doc}\n\n{_table(fields)}"


def _properties() -> Iterator[str]:
    """Yield the custom properties of the style sheet with their values."""
    yield "## Custom properties\n\n| property | value | |\n|---|---|---|"
    root = _STYLE.read_text(encoding="utf-8").partition("color-scheme")[0]
    for name, value, note in re.findall(r"  (--[\w-]+): (.*?);[ ]*(?:/\* (.*?) \*/)?\n", root):
        yield f"| `{name}` | `{value}` | {note} |"
    yield ""


def _classes(file: str) -> Iterator[tuple[str, str, str, list[_FIELD]]]:
    """Yield name, doc, template and fields of each dataclass of a module."""
    for node in ast.parse((_PACKAGE / file).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield node.name, _plain(ast.get_docstring(node) or ""), _template(node), list(_fields(node))


def _template(node: ast.ClassDef) -> str:
    """Return the template that a context names; empty for anything else."""
    for part in node.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.value, ast.Constant):
            return str(part.value.value)
    return ""


def _fields(node: ast.ClassDef) -> Iterator[_FIELD]:
    """Yield name, kind and doc of each field."""
    for part, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name) and part.value is None:
            kind = ast.unparse(part.annotation)
            doc = after.value if isinstance(after, ast.Expr) else None
            words = str(doc.value) if isinstance(doc, ast.Constant) else ""
            if "ClassVar" not in kind:
                yield part.target.id, _kind(kind), _plain(words)


def _kind(annotation: str) -> str:
    """Return a type in words, with links to the parts that it names."""
    text = re.sub(r"\b(?:parts|blocks)\.", "", annotation)
    if text.startswith("Literal"):
        return " or ".join(f"`{word}`" for word in re.findall(r"'(\w+)'", text))
    text = re.sub(r"tuple\[tuple\[str, str\], \.\.\.\]", "list of pairs of text", text)
    text = re.sub(r"tuple\[(\w+), \.\.\.\]", r"list of \1", text)
    text = re.sub(r"\b(?:str|int|float|bool)\b", lambda word: _WORDS[word[0]], text)
    return re.sub(r"\b(?!None)[A-Z]\w+", lambda name: f"[{name[0]}](#{name[0].lower()})", text).replace(
        "|", "or"
    )


def _table(fields: list[_FIELD]) -> str:
    rows = "\n".join(f"| `{name}` | {kind} | {doc} |" for name, kind, doc in fields)
    return f"| name | is | |\n|---|---|---|\n{rows}\n"


def _plain(doc: str) -> str:
    return " ".join(doc.split()).replace("``", "`").replace("|", "\\|")


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8", newline="\n")
