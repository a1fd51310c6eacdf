"""The wheel, and a virtual environment that holds nothing else of ours: what a user installs.

Made once for all workers of a run. What the wheel depends on is linked from the suite's own environment
instead of being downloaded; Crosscite itself is not, so that only the wheel can provide it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]
OURS = ("crosscite", "_editable_impl_crosscite", "generator", "__editable__")
"""Beginnings of names in ``site-packages`` that are Crosscite's own."""


@dataclass(frozen=True)
class Bare:
    """A virtual environment with the wheel installed."""

    bin: Path
    wheel: Path

    def environment(self, home: Path) -> dict[str, str]:
        """Return the environment variables of a user of it, whose home is ``home``."""
        home.mkdir(exist_ok=True)
        (home / ".gitconfig").write_text(
            "[user]\nname = A user\nemail = user@example.org\n", encoding="utf-8"
        )
        kept = {key: os.environ[key] for key in ("LANG", "SYSTEMROOT", "TMPDIR") if key in os.environ}
        return kept | {
            "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(home),
            "CROSSCITE_CACHE": str(home / "cache"),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheel.parent),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "GIT_CONFIG_NOSYSTEM": "1",
        }


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that ``make`` has filled, made by the first worker that needs it."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with FileLock(f"{folder}.lock"):
        if not (folder / "done").exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            (folder / "done").touch()
    return folder


def make_wheel(folder: Path) -> None:
    """Build the source distribution, and of that the wheel, into a folder."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)


def make_environment(folder: Path, wheel: Path) -> None:
    """Make a virtual environment with the wheel."""
    venv.create(folder / "venv", with_pip=False)
    purelib = sysconfig.get_path("purelib", vars={"base": str(folder / "venv")})
    linked = folder / "linked"
    linked.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith(OURS) and entry.suffix != ".pth":
            (linked / entry.name).symlink_to(entry, target_is_directory=entry.is_dir())
    (Path(purelib) / "linked.pth").write_text(f"{linked}\n", encoding="utf-8")
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", str(wheel)]
    subprocess.run([python, *install], check=True, capture_output=True)
