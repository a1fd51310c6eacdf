"""The house: floors, doors, purity, size. Read from the source, so that it stays true."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "generator"
MODULES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}

FLOORS = {
    "compact": -1,
    "turned": -1,
    "errors": 0,
    "": 11,  # the front of the package, for programs
    "data": 0,
    "model": 1,
    "config": 1,
    "language": 2,
    "reading": 3,
    "stories": 3,
    "publishing": 3,
    "system": 4,
    "tasks": 5,
    "build": 6,
    "seal": 7,
    "preview": 7,
    "collecting": 7,
    "commands": 8,
    "cli": 9,
    "__main__": 10,
}
PILLARS = {"reading", "stories", "publishing"}
PURE = PILLARS | {"language", "model", "errors", "turned"}
IMPURE_MODULES = {
    "os",
    "socket",
    "subprocess",
    "time",
    "random",
    "shutil",
    "tempfile",
    "threading",
    "pathlib",
    "httpx",
}
DOORS = {
    "markdown_it": "reading/markdown.py",
    "trafilatura": "reading/html.py",
    "feedparser": "reading/feedfile.py",
    "charset_normalizer": "reading/encodings.py",
    "nupunkt": "reading/sentences.py",
    "yaml": "reading/frontmatter.py",
    "py3langid": "language/detect.py",
    "Stemmer": "language/words.py",
    "jinja2": "publishing/press.py",
    "babel": "publishing/locale.py",
    "distributed": "system/engines.py",
    "ray": "system/engines.py",
    "PIL": "publishing/cards.py",
    "fontpkg": "publishing/cards.py",
    "cbor2": "system/canonical.py",
    "filelock": "system/output.py",
    "platformdirs": "system/memory.py",
    "watchdog": "preview/watch.py",
    "shtab": "commands/completion.py",
}
HEAVY = (
    "sklearn",
    "scipy",
    "numpy",
    "trafilatura",
    "jinja2",
    "nupunkt",
    "httpx",
    "starlette",
    "watchdog",
    "py3langid",
)


def room(path: Path) -> str:
    """Return the room (folder, or module of the ground floor) that a file stands in."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "" if parts == ("__init__",) else parts[0]


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted names of everything that a module imports, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_rooms(tree: ast.AST) -> set[str]:
    """Return the rooms of Crosscite that a module imports from."""
    return {
        name.split(".")[1]
        for name in imports(tree)
        if name.startswith("generator.") and name.split(".")[1] in FLOORS
    }


def functions() -> Iterator[tuple[str, int]]:
    """Yield every function with its lines of code: docstring, blank lines and comments do not count."""
    for path, tree in MODULES.items():
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                spans = range(body[0].lineno - 1, node.end_lineno or 0) if body else range(0)
                code = sum(bool(lines[i].strip()) and not lines[i].strip().startswith("#") for i in spans)
                yield f"{path.relative_to(PACKAGE).as_posix()}:{node.name}", code


def test_rooms_import_only_from_lower_floors():
    wrong = [
        f"{path.relative_to(PACKAGE).as_posix()} imports {other}"
        for path, tree in MODULES.items()
        for other in sorted(own_rooms(tree) - {room(path)})
        if FLOORS[other] >= FLOORS[room(path)]
    ]
    assert wrong == []


def test_every_room_has_a_floor():
    assert {room(path) for path in MODULES} <= FLOORS.keys()


def test_pillars_do_not_know_each_other():
    for path, tree in MODULES.items():
        if room(path) in PILLARS:
            assert own_rooms(tree) & PILLARS <= {room(path)}, path


def test_pure_rooms_do_not_touch_the_machine():
    allowed = {("publishing", "pathlib")}  # templates are loaded by the template engine, from a path
    wrong = [
        f"{path.relative_to(PACKAGE).as_posix()} imports {name}"
        for path, tree in MODULES.items()
        if room(path) in PURE
        for name in sorted({name.split(".")[0] for name in imports(tree)} & IMPURE_MODULES)
        if (room(path), name) not in allowed
    ]
    assert wrong == []


def test_each_third_party_has_one_door():
    doors = defaultdict(set)
    for path, tree in MODULES.items():
        for name in {name.split(".")[0] for name in imports(tree)} & DOORS.keys():
            doors[name].add(path.relative_to(PACKAGE).as_posix())
    assert {name: {door} for name, door in DOORS.items()} == dict(doors)


def test_functions_and_modules_are_short():
    sizes = sorted(functions(), key=lambda item: -item[1])
    counts = [count for _, count in sizes]
    assert [item for item in sizes if item[1] > 45] == []
    assert statistics.median(counts) <= 10
    assert statistics.quantiles(counts, n=10)[8] <= 25
    long = {
        path.name: count
        for path in MODULES
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {} or set(long) <= {"model.py", "config.py"}


def test_nothing_is_caught_blindly():
    broad = [
        f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}"
        for path, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
        )
        and path.name != "serve.py"  # the server's outermost loop
    ]
    assert broad == []


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom generator.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = ast.literal_eval(done.stdout.splitlines()[-1])
    assert set(loaded) & set(HEAVY) == set()


def test_no_module_has_a_name_that_says_nothing():
    names = {path.stem for path in MODULES}
    assert names & {"utils", "util", "helpers", "helper", "manager", "common", "misc"} == set()
