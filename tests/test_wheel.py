"""The wheel: complete in itself, builds a site from a folder that holds nothing but articles."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.builders import write_files

ROOT = Path(__file__).resolve().parents[1]
STORM = "A storm flooded the harbour of Orlen on Monday, the port office said.\n\nAbout 300 people left their homes.\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Build the wheel once."""
    folder: Path = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_templates_data_and_types(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        "templates/story.html",
        "templates/static/style.css",
        "data/background_df.tsv",
        "py.typed",
        "data/ui/en.toml",
    }
    assert {f"generator/{name}" for name in wanted} <= names
    assert not [name for name in names if name.startswith(("tests/", "content/", "site/", "templates/"))]


def test_an_installed_wheel_builds_a_site_of_nothing_but_articles(wheel, tmp_path):
    packages = tmp_path / "packages"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(packages),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    articles = write_files(tmp_path / "articles", {"a.txt": STORM})
    environment = os.environ | {"PYTHONPATH": str(packages), "CROSSCITE_CACHE": str(tmp_path / "cache")}
    where = [sys.executable, "-c", "import generator; print(generator.__file__)"]
    shown = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert str(packages) in shown.stdout
    build = [sys.executable, "-m", "generator", "build", "-s", str(articles), "-o", "out"]
    done = subprocess.run(build, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 article, 0 stories, 1 single → out/")
    assert (tmp_path / "out/index.html").is_file()
