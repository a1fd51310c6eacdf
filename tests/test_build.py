"""The whole of a build, through the command line: what comes out, what is said, what is left alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import read_ahead
from generator.cli import main
from generator.config import load_config
from generator.seal import build as build_or_leave
from generator.system.finder import Finder
from generator.system.laps import Laps
from generator.system.live import Live
from generator.system.output import MANIFEST
from generator.system.work import Work
from tests.builders import write_files
from tests.test_architecture import HEAVY

HERE = Path(__file__).parent
STORM = "---\ntitle: Storm floods Orlen\ndate: 2026-03-02\nsource: The Orlen Post\n---\n\nA storm flooded the harbour of Orlen on Monday, the port office said.\n\nAbout 300 people left their homes.\n"
SURGE = "---\ntitle: Orlen harbour under water\ndate: 2026-03-02\nsource: Radio Orlen\n---\n\nThe harbour of Orlen was flooded by a storm on Monday, according to the port office.\n\nSome 300 people had to leave their homes.\n"
LIBRARY = "---\ntitle: Library opens on Sundays\ndate: 2026-03-05\nsource: The Orlen Post\n---\n\nThe town library will open on Sundays from April, the council decided.\n"


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory, monkeypatch):
    """Keep remembered work of tests out of the user's."""
    monkeypatch.setenv("CROSSCITE_CACHE", str(tmp_path_factory.mktemp("cache")))


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def build(folder: Path, *options: str) -> int:
    return main(["build", "-s", str(folder / "content"), "-o", str(folder / "site"), *options])


def record(folder: Path) -> dict[str, list[dict[str, object]]]:
    data: dict[str, list[dict[str, object]]] = json.loads((folder / "site/build.json").read_bytes())
    return data


@pytest.fixture
def project(tmp_path) -> Path:
    return write_files(tmp_path, {"content/a.md": STORM, "content/b.md": SURGE, "content/c.md": LIBRARY})


def test_the_result_is_one_line(project, capsys):
    assert build(project) == 0
    out, err = capsys.readouterr()
    assert out.startswith("3 articles, 1 story, 1 single → ")
    assert out.count("\n") == 1
    assert err == ""


def test_what_each_step_cost_as_json(project, tmp_path, capsys):
    build(project, "--profile", str(tmp_path / "cost.json"))
    cost = json.loads((tmp_path / "cost.json").read_bytes())
    stages = {stage["name"]: stage for stage in cost["stages"]}
    assert list(stages)[:2] == ["list", "read"]
    assert list(stages)[-2:] == ["index", "write"]
    assert stages["render"]["items"] > 10
    assert sum(stage["seconds"] for stage in cost["stages"]) == pytest.approx(cost["seconds"], abs=0.01)
    assert build(project, "--profile", str(tmp_path / "none" / "cost.json")) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_the_result_as_json(project, capsys):
    build(project, "--json")
    result = json.loads(capsys.readouterr().out)
    assert (result["articles"], result["stories"], result["single"], result["skipped"]) == (3, 1, 1, 0)


def test_quiet_says_nothing_and_verbose_what_each_step_costs(project, capsys):
    build(project, "-q")
    assert capsys.readouterr() == ("", "")
    (project / "content/c.md").write_text(LIBRARY + "\nIt is closed on Mondays.\n", encoding="utf-8")
    build(project, "-v")
    assert "2 remembered" in capsys.readouterr().err


def test_no_articles_give_a_site_that_says_so(tmp_path, capsys):
    write_files(tmp_path, {"content/README.md": "x"})
    assert build(tmp_path) == 0
    assert capsys.readouterr().out.startswith("0 articles, 0 stories, 0 single → ")
    assert b"No articles yet" in (tmp_path / "site/index.html").read_bytes()


def test_one_article_gives_a_single_report(tmp_path):
    write_files(tmp_path, {"content/a.md": STORM})
    assert build(tmp_path) == 0
    assert [story["headline"] for story in record(tmp_path)["stories"]] == ["Storm floods Orlen"]


def test_a_folder_of_nothing_but_articles_is_enough(tmp_path, monkeypatch):
    write_files(tmp_path, {"a.md": STORM, "b.md": SURGE})
    monkeypatch.chdir(tmp_path)
    assert main(["build", "-s", ".", "-o", str(tmp_path.parent / f"{tmp_path.name}-site")]) == 0


def test_the_same_input_gives_the_same_bytes_wherever_and_whenever(project, tmp_path_factory):
    build(project)
    other = tmp_path_factory.mktemp("elsewhere")
    for name in ("c.md", "b.md", "a.md"):
        (other / "content").mkdir(exist_ok=True)
        shutil.copy(project / "content" / name, other / "content" / name)
        os.utime(other / "content" / name, (1, 1))
    build(other)
    assert tree(project / "site") == tree(other / "site")


def test_nothing_changed_is_nothing_written(project, capsys):
    build(project)
    capsys.readouterr()
    build(project)
    assert "(0 files changed)" in capsys.readouterr().out
    (project / "site/index.html").unlink()
    build(project)
    assert (project / "site/index.html").is_file()


def test_where_nothing_has_changed_nothing_heavy_is_imported(project):
    build(project)
    code = (
        "import sys\nfrom generator.cli import main\n"
        "main(['build', '-q', '-s', sys.argv[1], '-o', sys.argv[2]])\n"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    places = [str(project / "content"), str(project / "site")]
    done = subprocess.run([sys.executable, "-c", code, *places], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & {*HEAVY, "filelock", "asyncio"} == set()


ARTICLES = st.dictionaries(
    st.sampled_from(["a.md", "b.md", "c.md", "d/e.md"]), st.sampled_from([STORM, SURGE, LIBRARY])
)
OWN = st.sampled_from(
    [
        {},
        {"crosscite.toml": '[site]\ntitle = "Orlen"\nbase_url = "https://orlen.example/"\n'},
        {"templates/about.html": "<!doctype html><title>Ours</title>{{ site.title }}\n"},
    ]
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(ARTICLES, OWN, st.integers(0, 1000)), min_size=2, max_size=3))
def test_warm_and_running_builds_equal_a_cold_one(tmp_path_factory, days):
    warm, cold = tmp_path_factory.mktemp("warm"), tmp_path_factory.mktemp("cold")
    running, preview = Work(keep=True), tmp_path_factory.mktemp("preview") / "site"
    for articles, own, spoilt in days:
        for path in sorted((warm / "site").rglob("*.*"))[spoilt % 50 :: 50]:
            path.write_bytes(b"not ours") if path.is_file() and path.name != MANIFEST else None
        for path in set(warm.iterdir()) - {warm / "site"}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        write_files(
            warm, {"content/_keep": "", **{f"content/{name}": text for name, text in articles.items()}, **own}
        )
        build(warm, "-q")
        config = load_config(warm / "content", preview, None)
        read_ahead(config, running)
        build_or_leave(config, running, Laps(), Live())
        assert running.cached["read"] == len(articles)
    finder = running.standing(Finder)
    assert finder
    finder.wait()
    running.close()
    shutil.copytree(warm, cold, dirs_exist_ok=True, ignore=lambda *_: ["site"])
    build(cold, "-q")
    assert tree(warm / "site") == tree(cold / "site")
    assert without_list(tree(preview)) == without_list(tree(cold / "site"))


def without_list(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of a site but the list of them, which a preview does without."""
    return {path: data for path, data in files.items() if path != MANIFEST}


def test_drafts_are_published_on_request_only(project):
    (project / "content/d.md").write_text(LIBRARY.replace("title:", "draft: true\ntitle:"), encoding="utf-8")
    build(project)
    assert len(record(project)["articles"]) == 3
    build(project, "--drafts")
    assert len(record(project)["articles"]) == 4


def test_strict_fails_on_anything_skipped_and_leaves_the_site(project, capsys):
    build(project)
    before = tree(project / "site")
    (project / "content/empty.md").write_text("", encoding="utf-8")
    assert build(project, "--strict") == 1
    assert "empty.md: " in capsys.readouterr().err
    assert tree(project / "site") == before
    assert build(project) == 0
    assert [problem["path"] for problem in record(project)["skipped"]] == ["empty.md"]


def test_the_base_address_reaches_canonical_links_only(project):
    build(project, "-u", "https://news.example/brief/")
    page = (project / "site/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://news.example/brief/">' in page
    assert page.count("https://news.example") == 1 or "og:" in page


def test_an_output_that_cannot_be_written_is_a_problem(project, capsys):
    (project / "site").write_text("a file", encoding="utf-8")
    assert build(project) == 1
    assert "is a file, not a folder" in capsys.readouterr().err


def test_a_user_template_takes_the_place_of_the_shipped_one(project):
    write_files(project, {"templates/about.html": "<!doctype html><title>Ours</title>{{ site.title }}\n"})
    build(project)
    assert (project / "site/about/index.html").read_bytes() == b"<!doctype html><title>Ours</title>Briefing"


def test_a_template_that_changes_words_is_caught(project, capsys):
    shipped = (HERE.parent / "templates/macros/text.html").read_text(encoding="utf-8")
    assert "text" in shipped
    page = '<!doctype html><span data-cite="{{ "x" }}">never said</span>\n'
    write_files(project, {"templates/about.html": page})
    assert build(project) == 1
    assert "a citation of no known article" in capsys.readouterr().err


CASES = sorted(path.name for path in (HERE / "invalid").iterdir())


@pytest.mark.parametrize("case", CASES)
def test_each_mistake_has_its_message_and_leaves_the_last_good_site(case, tmp_path, capsys):
    folder = tmp_path / case
    write_files(folder, {"content/a.md": STORM})
    build(folder)
    before = tree(folder / "site")
    shutil.copytree(HERE / "invalid" / case, folder, dirs_exist_ok=True)
    (folder / "expected.txt").unlink()
    capsys.readouterr()
    code = build(folder, "-q")
    said = f"exit {code}\n{capsys.readouterr().err}".replace(f"{folder.as_posix()}/", "").replace(
        str(folder), ""
    )
    expected = HERE / "invalid" / case / "expected.txt"
    if os.environ.get("UPDATE_EXPECTED"):
        expected.write_text(said, encoding="utf-8", newline="\n")
    assert said == expected.read_text(encoding="utf-8")
    if code:
        assert tree(folder / "site") == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["--help"], 0),
        (["--version"], 0),
        (["build", "--none"], 2),
        (["nonsense"], 2),
        (["list", "cats"], 2),
    ],
)
def test_exit_codes_of_usage(arguments, code):
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == code


def test_list_names_stories_articles_and_outlets(project, capsys):
    for what, words in [
        ("stories", "Orlen"),
        ("articles", "Library opens on Sundays"),
        ("outlets", "The Orlen Post  2"),
    ]:
        assert main(["list", what, "-s", str(project / "content")]) == 0
        assert words in capsys.readouterr().out


def test_inspect_shows_what_was_found_one_object_a_line(project, capsys):
    files = [str(project / "content" / name) for name in ("c.md", "a.md")]
    assert main(["inspect", "--json", *files]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["title"] for line in lines] == ["Library opens on Sundays", "Storm floods Orlen"]
    sentence = lines[1]["sentences"][0]
    assert lines[1]["text"][sentence["start"] : sentence["end"]] == sentence["text"]
    assert main(["inspect", *files]) == 0
    assert "The Orlen Post" in capsys.readouterr().out
    assert main(["inspect", str(project / "none.md")]) == 1


def test_explain_tells_why_articles_stand_together_or_apart(project, capsys):
    content = str(project / "content")
    assert main(["explain", "a.md", "b.md", "-s", content]) == 0
    assert capsys.readouterr().out.startswith("a.md and b.md tell one story.\n  likeness ")
    assert main(["explain", "a.md", "c.md", "--json", "-s", content]) == 0
    assert json.loads(capsys.readouterr().out)["together"] is False
    assert main(["explain", "a.md", "-s", content]) == 0
    out = capsys.readouterr().out
    assert out.startswith("a.md stands with\n  b.md\nshared: ")
    assert main(["explain", "a.mdd", "-s", content]) == 1
    assert "did you mean “a.md”?" in capsys.readouterr().err


def test_check_finds_what_should_be_mended(project, capsys):
    content = str(project / "content")
    assert main(["check", "-s", content]) == 0
    assert capsys.readouterr().out.endswith("0 errors, 4 warnings\n")
    write_files(
        project,
        {"content/empty.md": "", "content/unsourced.md": "The bridge at Orlen is closed, the office said.\n"},
    )
    assert main(["check", "--json", "-s", content]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [
        (one["level"], one["rule"], one["path"])
        for one in found
        if one["path"] in {"empty.md", "unsourced.md"}
    ] == [
        ("error", "skipped", "empty.md"),
        ("warning", "address", "unsourced.md"),
        ("warning", "date", "unsourced.md"),
        ("warning", "outlet", "unsourced.md"),
        ("warning", "title", "unsourced.md"),
    ]


def test_provenance_compares_a_site_with_its_articles(project, capsys):
    content = str(project / "content")
    build(project)
    capsys.readouterr()
    assert main(["check", "--provenance", str(project / "site"), "-s", content]) == 0
    assert capsys.readouterr().out == "nothing to mend\n"
    (project / "content/c.md").write_text(LIBRARY.replace("April", "May"), encoding="utf-8")
    assert main(["check", "--provenance", str(project / "site"), "-s", content]) == 1
    out = capsys.readouterr().out
    assert "c.md: has changed since the site was built" in out
    assert "a citation outside of c.md" in out


TAMPERED = [
    ("feed.xml", b"flooded", b"spared", "feed.xml: is not what the articles give"),
    ("index.html", b" data-cite=", b" data-cute=", "index.html: is not what the articles give"),
    ("rss.xml", b"", None, "rss.xml: is missing from the site"),
    ("more.html", None, b"<p>More</p>", "more.html: no article gives this file"),
    ("404.html", b"<h1>", b"<h1>\xff", "404.html: is no UTF-8"),
    ("build.json", b'"source_sha256": "', b'"source_sha256": "0', "has changed since the site was built"),
    ("build.json", b'"text_sha256": "', b'"text_sha256": "0', "is read otherwise than when"),
    ("build.json", b'"settings": "', b'"settings": "0', "build.json: was built with other settings"),
    ("build.json", b'"crosscite": "', b'"crosscite": "0', "was built by Crosscite 0"),
    ("build.json", b"{", b"[", "is no record of a build"),
]


def test_provenance_tells_every_file_that_was_tampered_with(project, capsys):
    build(project)
    for path, old, new, said in TAMPERED:
        file = project / "site" / path
        before = file.read_bytes() if file.exists() else None
        if new is None:
            file.unlink()
        else:
            file.write_bytes(before.replace(old, new) if before else new)
        capsys.readouterr()
        assert main(["check", "--provenance", str(project / "site"), "-s", str(project / "content")]) == 1
        assert said in capsys.readouterr().out
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
    assert main(["check", "--provenance", str(project / "site"), "-s", str(project / "content")]) == 0
