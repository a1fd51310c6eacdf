"""Every regular expression of the package, how it is used, and texts made to hurt it, derived from itself."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import reduce
from operator import or_
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined] # what patterns are made of
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any, NamedTuple

import generator

PACKAGE = Path(generator.__file__).parent
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "ja")
ANCHORED = frozenset(("match", "fullmatch"))
_METHODS = ANCHORED | {"search", "finditer", "findall", "sub", "subn", "split"}
_PALETTE = "a A1.,-_'\"“”\n\t<>()[]{}@/:;#&=*`ß中"
_MANY = 200
"""From so many repeats on a bound is none."""
_CHARS, _QUICK_S = 4_000, 0.003
"""What takes less for so many characters is far below a second for 100,000: a quadratic one takes five times it."""
_HOPELESS_S = 20e-6
"""What takes more for each character, on a text as short as that, is not tried on more."""
_BEYOND_BOUNDS = 8_000
"""From so many characters on, a repeat with a bound (of 2,000 at most) no longer grows with its text."""
_TRIES = 3


class Found(NamedTuple):
    """A pattern, where it stands, and what is called of it ("search" where that cannot be told)."""

    where: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]


# ---------------------------------------------------------------- all patterns


def patterns() -> Iterator[Found]:
    """Yield all: constants of modules, what functions make of the data of each language, literals in calls."""
    for info in pkgutil.walk_packages(generator.__path__, "generator."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
        calls = _calls(tree)
        for name, value in vars(module).items():
            if not isinstance(value, ModuleType | type):
                for pattern in _within(value):
                    yield Found(f"{info.name}.{name}", pattern, calls.get(name, frozenset({"search"})))
        for name, function in _makers(module):
            for lang in LANGUAGES:
                made = None
                with suppress(FileNotFoundError):  # not translated
                    made = function(lang)
                for pattern in _within(made):
                    yield Found(f"{info.name}.{name}({lang!r})", pattern, frozenset({"search"}))
        yield from _literals(tree, info.name)


def _calls(tree: ast.Module) -> Mapping[str, frozenset[str]]:
    """Return which methods are called of each constant; "search" among them where it is used otherwise too."""
    called: dict[str, set[str]] = {}
    methods = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            called.setdefault(node.id, set()).add(methods.get(id(node), "search"))
    return {name: frozenset(found) for name, found in called.items()}


def _makers(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Yield the remembering functions that make something of a language alone."""
    for name, value in vars(module).items():
        own = hasattr(value, "cache_info") and getattr(value, "__module__", "") == module.__name__
        if own and list(inspect.signature(value).parameters) == ["lang"]:
            yield name, value


def _within(value: object) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns in a value: itself, and those in containers and records."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        yield from (found for one in value.values() for found in _within(one))
    elif isinstance(value, list | tuple):
        yield from (found for one in value[:50] for found in _within(one))
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (found for field in fields(value) for found in _within(getattr(value, field.name)))


def _literals(tree: ast.Module, module: str) -> Iterator[Found]:
    """Yield the patterns written out in calls such as ``re.sub(r"\\s+", …)`` within functions."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in {node for function in functions for node in ast.walk(function)}:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        of, first, method = node.func.value, node.args[0], node.func.attr
        is_call = isinstance(of, ast.Name) and of.id == "re" and method in _METHODS | {"compile"}
        if is_call and isinstance(first, ast.Constant) and isinstance(first.value, str | bytes):
            flags = reduce(or_, map(_flag, [*node.args[1:], *(word.value for word in node.keywords)]), 0)
            compiled: re.Pattern[Any] = re.compile(first.value, flags)
            yield Found(f"{module}:{node.lineno}", compiled, frozenset({method.replace("compile", "search")}))


def _flag(node: ast.expr) -> int:
    """Return the flag that an argument is; 0 for another argument."""
    is_flag = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"
    return int(getattr(re, node.attr)) if is_flag and isinstance(node, ast.Attribute) else 0


# ---------------------------------------------------------------- texts that hurt


def adversaries(pattern: re.Pattern[Any]) -> set[tuple[str, str]]:
    """Return (what goes before, what is repeated): from what the unbounded repeats of a pattern are made of."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = _parser.parse(
        source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    )
    letters = "".join(dict.fromkeys([*_letters(tree), *_PALETTE]))
    made: set[tuple[str, str]] = set()
    for before, body in _repeats(tree, "", letters):
        for inner in body:
            made |= {("", inner), (before, inner), ("", before + inner), ("", before)}
    return {(before, unit) for before, unit in made if unit}


def _letters(tree: Iterable[Any]) -> Iterator[str]:
    """Yield the characters that a pattern names."""
    for op, value in tree:
        if op in (code.LITERAL, code.NOT_LITERAL):
            yield chr(value)
        elif op is code.RANGE:
            yield chr(value[0])
        else:
            yield from (found for part in _parts(op, value) for found in _letters(part))


def _parts(op: Any, value: Any) -> list[Any]:
    """Return the patterns within a part of a pattern."""
    if op is code.BRANCH:
        return list(value[1])
    if op is code.IN:
        return [value]
    if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        return [value[2]]
    if op is code.SUBPATTERN:
        return [value[3]]
    if op is code.GROUPREF_EXISTS:
        return [part for part in value[1:] if part]
    return [value[1]] if op in (code.ASSERT, code.ASSERT_NOT) else [value] if op is code.ATOMIC_GROUP else []


def _repeats(tree: Iterable[Any], before: str, letters: str) -> Iterator[tuple[str, list[str]]]:
    """Yield for every unbounded repeat what may stand before it, and some of what it repeats."""
    for op, value in tree:
        parts = _parts(op, value) if op is not code.IN else []
        if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT) and value[1] >= _MANY:
            yield before, _samples(value[2], letters)
        for part in parts:
            yield from _repeats(part, before, letters)
        before += _samples([(op, value)], letters)[0]


def _samples(tree: Iterable[Any], letters: str) -> list[str]:
    """Return a few strings that a pattern matches, as far as that is easily told; one at least."""
    samples = [""]
    for op, value in tree:
        samples = [one + more for one in samples for more in _of_part(op, value, letters)][:6]
    return samples


def _of_part(op: Any, value: Any, letters: str) -> list[str]:
    """Return a few strings that a part of a pattern matches."""
    if op is code.LITERAL:
        return [chr(value)]
    if op in (code.NOT_LITERAL, code.ANY, code.IN):
        return [letter for letter in letters if _is_in(op, value, letter)][:4] or ["a"]
    if op in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        return [one * max(1, value[0]) for one in _samples(value[2], letters)]
    if op in (code.BRANCH, code.SUBPATTERN, code.ATOMIC_GROUP):
        return [one for part in _parts(op, value) for one in _samples(part, letters)][:8] or [""]
    return [""]


def _is_in(op: Any, value: Any, letter: str) -> bool:
    """Tell whether a class holds a character."""
    if op is code.ANY:
        return letter != "\n"
    if op is code.NOT_LITERAL:
        return letter != chr(value)
    negated = bool(value) and value[0][0] is code.NEGATE
    return negated != any(_is_item(kind, item, letter) for kind, item in value)


_CATEGORIES = {
    code.CATEGORY_DIGIT: str.isdigit,
    code.CATEGORY_SPACE: str.isspace,
    code.CATEGORY_WORD: lambda letter: letter.isalnum() or letter == "_",
}
_OPPOSITES = {
    code.CATEGORY_NOT_DIGIT: code.CATEGORY_DIGIT,
    code.CATEGORY_NOT_SPACE: code.CATEGORY_SPACE,
    code.CATEGORY_NOT_WORD: code.CATEGORY_WORD,
}


def _is_item(kind: Any, item: Any, letter: str) -> bool:
    """Tell whether an item of a class is or holds a character."""
    if kind is code.LITERAL:
        return bool(chr(item) == letter)
    if kind is code.RANGE:
        return bool(item[0] <= ord(letter) <= item[1])
    if kind is code.CATEGORY:
        return bool(_CATEGORIES[_OPPOSITES.get(item, item)](letter)) != (item in _OPPOSITES)
    return False


# ---------------------------------------------------------------- growth


def slow_text(found: Found) -> str:
    """Return what makes a pattern take more than linear time, told in words; empty when nothing does."""
    for before, unit in sorted(adversaries(found.pattern)):
        for tail in ("\0", ""):
            size = _least_telling(found, before, unit, tail)
            if size and not _is_linear_at_length(found, before, unit, tail, size):
                return f"{before!r} + {unit!r} × n + {tail!r}"
    return ""


def _least_telling(found: Found, before: str, unit: str, tail: str) -> int:
    """Return from how many characters on a text takes long enough to be judged; 0 when it is quick at all sizes."""
    size = 8
    while _taken(found, before, unit, tail, size) < _QUICK_S:
        if size == _CHARS:
            return 0
        size = min(_CHARS, size + size // 2)
    return size


def _is_linear_at_length(found: Found, before: str, unit: str, tail: str, size: int) -> bool:
    """Tell whether a text takes linear time at the latest when it is longer than the bounds of the pattern."""
    while not _is_linear(found, before, unit, tail, size):
        if size >= _BEYOND_BOUNDS or _taken(found, before, unit, tail, size) > _HOPELESS_S * size:
            return False
        size *= 4
    return True


def _is_linear(found: Found, before: str, unit: str, tail: str, size: int) -> bool:
    """Tell whether four times as much takes less than nine times as long, were it but once of a few tries."""
    short = long = float("inf")
    for _ in range(_TRIES):
        short = min(short, _taken(found, before, unit, tail, size))
    if short > _HOPELESS_S * size:
        return False
    for _ in range(_TRIES):
        long = min(long, _taken(found, before, unit, tail, 4 * size))
        if long < 9 * max(short, _QUICK_S / 2):
            return True
    return False


def _taken(found: Found, before: str, unit: str, tail: str, chars: int) -> float:
    """Return the seconds of the processor that a pattern takes, used as the package uses it."""
    text: Any = before + unit * max(1, chars // len(unit)) + tail
    if isinstance(found.pattern.pattern, bytes):
        text = text.encode("latin-1", "replace")
    began = time.process_time()
    for method in sorted(found.methods & ANCHORED if found.methods <= ANCHORED else {"finditer"}):
        result = getattr(found.pattern, method)(text)
        if method == "finditer":
            for _ in result:
                pass
    return time.process_time() - began
