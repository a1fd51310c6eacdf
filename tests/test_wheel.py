"""The wheel: complete in itself, builds a site from a folder that holds nothing but articles."""

from __future__ import annotations

import subprocess
import tarfile
import zipfile

from packaging.metadata import Metadata

from tests.bare import ROOT
from tests.builders import write_files

STORM = "A storm flooded the harbour of Orlen on Monday, the port office said.\n\nAbout 300 people left their homes.\n"


def test_the_wheel_holds_templates_data_and_types(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        "templates/story.html",
        "templates/static/style.css",
        "data/background_stems.tsv",
        "data/background_words.tsv",
        "py.typed",
        "data/ui/en.toml",
    }
    assert {f"generator/{name}" for name in wanted} <= names
    assert not [name for name in names if name.startswith(("tests/", "content/", "site/", "templates/"))]


def test_the_metadata_are_what_an_index_takes(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        found = Metadata.from_email(archive.read(name), validate=True)
    assert (found.name, found.license_expression, found.license_files) == ("crosscite", "MIT", ["LICENSE"])
    assert found.description_content_type == "text/markdown"
    assert found.description == (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_source_distribution_holds_what_its_tests_read(wheel):
    (source,) = wheel.parent.glob("*.tar.gz")
    with tarfile.open(source) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    wanted = {
        "content/inbox/library-hours.txt",
        "tests/faulty/expected.txt",
        "docs/crosscite.1",
        "Makefile",
        "stories.toml",
    }
    assert wanted <= names


def test_the_wheel_brings_the_manual_page(bare):
    assert (
        (bare.bin.parent / "share/man/man1/crosscite.1")
        .read_text(encoding="utf-8")
        .startswith(".TH CROSSCITE")
    )


def test_an_installed_wheel_builds_a_site_of_nothing_but_articles(bare, tmp_path):
    articles = write_files(tmp_path / "articles", {"a.txt": STORM})

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        environment = bare.environment(tmp_path / "home")
        return subprocess.run(
            [bare.bin / words[0], *words[1:]],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    assert str(bare.bin.parent) in run("python", "-c", "import generator; print(generator.__file__)").stdout
    done = run("crosscite", "build", "-s", str(articles), "-o", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 article, 0 stories, 1 single → out/")
    assert (tmp_path / "out/index.html").is_file()
