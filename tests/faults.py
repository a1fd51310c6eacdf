"""Commands that meet a fault: at their n-th call to the file system they are killed, or told that the disk is full.

``python -m tests.faults`` reads one JSON object a line, ``{"argv": […], "fault": "kill", "at": 12}``, runs
the command line in a forked process of its own, and answers with ``[{"code": …, "calls": …, "stderr": …}]``.
The fault ``clock`` kills it from outside, so many seconds after it has said ``until`` (empty: after its start).
Beside Crosscite's own commands there is ``write FOLDER WORDS``: it writes a small site without building it.
Forking spares the imports: hundreds of builds take a minute.
"""

from __future__ import annotations

import errno
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

_CHANGES = frozenset(
    {
        "os.mkdir",
        "os.rename",
        "os.link",
        "os.remove",
        "os.rmdir",
        "os.chmod",
        "os.truncate",
    }
)
"""Audit events of calls that change the disk, beside ``open`` for writing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended."""

    code: int
    """Its exit code; minus the signal that killed it."""
    calls: int
    """Calls that change the disk, up to the end; 0 when it was killed."""
    stderr: str
    stdout: str
    seconds: float
    """Until it said ``until``, or to its end."""


class Faults:
    """A process that runs commands with faults."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._in, self._out = _pipe(process.stdin), _pipe(process.stdout)

    def run(self, argv: Sequence[str], fault: str = "", at: int = 0, user: int = 0) -> Outcome:
        """Run a command; ``fault`` is ``kill``, ``once`` or ``always`` (no space from the call ``at`` on).

        ``user`` is whose rights it has, where the tests have those of all.
        """
        (outcome,) = self._order(argv=list(argv), fault=fault, at=at, user=user)
        return outcome

    def stop(self, argv: Sequence[str], after_s: float, until: str = "", touch: str = "") -> Outcome:
        """Run a command and kill it from outside, ``after_s`` seconds after it has said ``until``.

        ``touch`` is a file that gets one more line when that was said.
        """
        (outcome,) = self._order(argv=list(argv), fault="clock", at=after_s, until=until, touch=touch)
        return outcome

    def run_at_once(self, argv: Sequence[str], times: int) -> list[Outcome]:
        """Run a command in several processes at one time."""
        return self._order(argv=list(argv), fault="", at=0, times=times)

    def _order(self, **order: object) -> list[Outcome]:
        self._in.write(json.dumps(order) + "\n")
        self._in.flush()
        return [Outcome(**outcome) for outcome in json.loads(self._out.readline())]


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream
    return stream


@contextmanager
def faults(cache: Path, **more: str) -> Iterator[Faults]:
    """Start such a process, with more variables in its environment; it ends with the block."""
    environment = {**os.environ, "CROSSCITE_CACHE": str(cache), **more}
    command = [sys.executable, "-m", "tests.faults"]
    root = Path(__file__).resolve().parents[1]
    with subprocess.Popen(
        command, cwd=root, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Faults(process)
        _pipe(process.stdin).close()


class _Hook:
    """Counts calls, and lets the n-th meet its fault."""

    def __init__(self, fault: str, at: int) -> None:
        self.fault, self.at, self.calls = fault, at, 0

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        if not writes and event not in _CHANGES:
            return
        self.calls += 1
        if self.fault == "kill" and self.calls == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        if (self.fault == "once" and self.calls == self.at) or (
            self.fault == "always" and self.calls >= self.at > 0
        ):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(args[0]) if args else "")


def _child(order: dict[str, Any], report: str, said: int) -> None:
    """Run one command, and leave how it went; what it prints goes to the file ``said``."""
    hook = _Hook(order["fault"], order["at"])
    report_file = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(report_file, 2)
    os.dup2(said, 1)
    os.close(said)
    if hook.fault != "clock":
        sys.addaudithook(hook)
    if order.get("user") and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(order["user"])
        os.setuid(order["user"])
    try:
        code = _write(*order["argv"][1:]) if order["argv"][0] == "write" else _main(order["argv"])
    except BaseException:  # noqa: BLE001 - a traceback is an answer
        hook.fault = ""
        import traceback

        traceback.print_exc()
        code = 70
    sys.stderr.flush()
    os.write(2, f"\n{hook.calls}".encode())
    os._exit(code)


def _main(argv: Sequence[str]) -> int:
    from generator.cli import main

    return main(argv)


def _write(folder: str, words: str) -> int:
    """Write a site of three pages that are the same in all and a few that are not."""
    from generator.errors import SiteError
    from generator.model import Page
    from generator.system.stage import write_site

    names = ["index.html", "a/index.html", "b/c/index.html"]
    pages = [Page(name, b"same") for name in names]
    pages += [Page(f"{words}/index.html", b"only here"), Page("b/index.html", words.encode() * 1000)]
    try:
        write_site(pages, Path(folder), durable=False)
    except SiteError as error:
        sys.stderr.write(str(error))
        return 1
    return 0


def _warm() -> None:
    """Build a small site in this process alone, so that all is imported and loaded before forking."""
    from generator.cli import main

    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder, "content/a.md")
        article.parent.mkdir()
        article.write_text("“The wall will stand,” said Ana Pell on Monday.\n", encoding="utf-8")
        Path(folder, "crosscite.toml").write_text("[work]\njobs = 1\n", encoding="utf-8")
        main(["build", "-q", "-s", str(article.parent)])


def _serve() -> None:
    """Answer orders until there are no more."""
    import generator.system.output  # noqa: F401 - imported before forking

    warm = False
    with tempfile.TemporaryDirectory() as folder:
        for line in sys.stdin:
            order = json.loads(line)
            if order["argv"][0] != "write" and not warm:
                _warm()
                warm = True
            reports = [f"{folder}/{number}" for number in range(order.get("times", 1))]
            children = [_fork(order, report) for report in reports]
            answers = [
                _outcome(*child, order, report) for child, report in zip(children, reports, strict=True)
            ]
            print(json.dumps(answers), flush=True)  # noqa: T201 - the answer


def _fork(order: dict[str, Any], report: str) -> tuple[int, int]:
    """Start a child that runs a command; return its process id, and what reads what it says."""
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        _child(order, report, said)
    os.close(said)
    return child, heard


def _outcome(child: int, heard: int, order: dict[str, Any], report: str) -> dict[str, object]:
    """Wait for a child, or kill it when its time has come; return how it ended."""
    began = time.monotonic()
    clock = order["fault"] == "clock"
    stdout = _hear(heard, order["until"] if clock else None)
    seconds = time.monotonic() - began
    if clock:
        if order["touch"]:
            with Path(order["touch"]).open("ab") as file:
                file.write(b"\nThe port was closed on Tuesday.\n")
        _let_live(heard, order["at"])
        os.kill(child, signal.SIGKILL)  # its number cannot be another's: it was not waited for
    _, status = os.waitpid(child, 0)
    os.close(heard)
    stderr, _, calls = Path(report).read_text(encoding="utf-8").rpartition("\n")
    return {
        "code": os.waitstatus_to_exitcode(status),
        "calls": int(calls) if calls.isdigit() else 0,
        "stderr": stderr if calls.isdigit() else f"{stderr}\n{calls}",
        "stdout": stdout,
        "seconds": seconds,
    }


def _hear(heard: int, until: str | None) -> str:
    """Return what a child says, until it has said some words; None: until it ends."""
    said = b""
    while until is None or until.encode() not in said:
        part = os.read(heard, 65_536)
        if not part:
            break
        said += part
    return said.decode("utf-8", "replace")


def _let_live(heard: int, seconds: float) -> None:
    """Wait until a child has ended, but no longer than that."""
    ends = time.monotonic() + seconds
    while (rest := ends - time.monotonic()) > 0 and select.select([heard], [], [], rest)[0]:
        if not os.read(heard, 65_536):
            break


if __name__ == "__main__":
    _serve()
