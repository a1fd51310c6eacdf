"""The preview as a whole, without a browser: builds, what is told of them, beginning and end."""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from generator.config import Config, load_config
from generator.errors import ConfigError, Problem, SiteError, TemplateError
from generator.model import Page
from generator.preview.serve import Built, ServeOptions, base_path, serve
from generator.preview.status import Notice, Status, console_lines, notice
from generator.system.live import Live
from generator.system.scratch import PREVIEW, scratch_folder
from tests.conftest import need
from tests.preview_fake import Running, Visitor, build, project, render, running


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


@pytest.fixture
def run(root: Path) -> Iterator[Running]:
    with running(root) as started:
        yield started


# ---------------------------------------------------------------- every change arrives, once


def test_the_page_that_changed_reloads_and_the_others_hear_of_it(run: Running) -> None:
    with Visitor(run, "storm/") as storm, Visitor(run, "bank/") as bank:
        assert storm.status()["built"] is True
        bank.status()
        run.write("content/storm.md", "The storm has gone.")
        assert storm.next().name == "reload"
        assert storm.next().name == "end"
        told = bank.status()
        assert (told["edited"], told["changed"]) == (["content/storm.md"], ["storm/index.html"])
    assert "The storm has gone." in httpx.get(run.url + "storm/").text


def test_an_added_article_opens_where_the_404_page_was_shown(run: Running) -> None:
    with Visitor(run, "flood/") as nothing, Visitor(run) as front:
        nothing.status()
        front.status()
        run.write("content/flood.md", "Water.")
        assert nothing.next().name == "reload"
        assert front.next().name == "reload"


def test_a_removed_article_and_its_new_name(run: Running) -> None:
    with Visitor(run, "storm/") as page:
        page.status()
        (run.root / "content/storm.md").rename(run.root / "content/gale.md")
        assert page.next().name == "reload"
    assert (httpx.get(run.url + "storm/").status_code, httpx.get(run.url + "gale/").status_code) == (404, 200)


def test_a_style_sheet_is_swapped_without_a_reload(run: Running) -> None:
    with Visitor(run, "storm/") as page:
        page.status()
        run.write("templates/site.css", "body { color: rgb(2, 2, 2) }")
        event = page.next()
        assert event.name == "style"
        assert "../assets/site." in event.data
        assert page.status()["edited"] == ["templates/site.css"]
        run.write("content/bank.md", "Other.")
        assert page.status()["edited"] == ["content/bank.md"]


@pytest.mark.parametrize("name", ["templates/page.html", "stories.toml", "crosscite.toml"])
def test_templates_overrides_and_settings(run: Running, name: str) -> None:
    text = {
        "templates/page.html": "<p>{title} {body}",
        "stories.toml": "Title",
        "crosscite.toml": '[site]\ntitle = "New"',
    }
    with Visitor(run, "storm/") as page:
        page.status()
        run.write(name, text[name])
        assert page.next().name == "reload"


def test_a_page_that_slept_through_builds_catches_up(run: Running) -> None:
    with Visitor(run, "storm/") as page:
        page.status()
        stale = httpx.get(run.url + "storm/").text
        run.write("content/storm.md", "Later.")
        assert page.next().name == "reload"
    query = {"page": "/repo/storm/", "content": stale.split('data-content="')[1][:32], "style": ""}
    with httpx.stream(
        "GET", httpx.URL(run.url).join("/__crosscite/events"), params=query, timeout=20
    ) as stream:
        assert "event: reload" in list(stream.iter_lines())


def test_saving_as_it_was_builds_nothing(run: Running) -> None:
    run.write("content/storm.md", "A storm hit the coast.")
    os.utime(run.root / "content/storm.md", (1, 1))
    run.write("content/bank.md", "Sentinel.")
    assert run.line("→").startswith("content/bank.md → 1 page changed in ")
    assert len(run.builds) == 2


def test_a_new_base_path_is_served_and_said(run: Running) -> None:
    run.write("crosscite.toml", '[site]\nbase_url = "https://example.org/other/"\n')
    assert run.line("/other/") == run.url
    assert httpx.get(run.url).status_code == 200
    assert httpx.get(run.url.replace("other", "repo")).status_code == 404


def test_fifty_files_saved_at_once_are_one_build(root: Path) -> None:
    with running(root) as run:
        with Visitor(run) as page:
            page.status()
            for number in range(50):
                run.write(f"content/.new-{number}", "New.")
            for number in range(50):
                (root / f"content/.new-{number}").rename(root / f"content/new-{number}.md")
            assert page.next().name == "reload"
        assert "52 articles" in httpx.get(run.url).text
        assert len(run.builds) == 2


# ---------------------------------------------------------------- builds that take their time, and that fail


class Gate:
    """A build that can be held."""

    def __init__(self) -> None:
        self.entered, self.go_on = threading.Semaphore(0), threading.Semaphore(0)
        self.held = False

    def build(self, config: Config, _live: Live) -> Built:
        text = (config.content / "storm.md").read_text(encoding="utf-8")
        if self.held:
            self.entered.release()
            assert self.go_on.acquire(timeout=20)
        built = build(config)
        assert text
        return built


def test_the_last_good_site_is_served_during_a_build_and_what_comes_meanwhile_is_built_before_pages_hear(
    root: Path,
) -> None:
    gate = Gate()
    with running(root, gate.build) as run, Visitor(run, "bank/") as page:
        page.status()
        gate.held = True
        run.write("content/storm.md", "One.")
        assert gate.entered.acquire(timeout=20)
        assert "A storm hit" in httpx.get(run.url + "storm/").text
        run.write("content/flood.md", "Two.")
        watch = run.preview._watch
        assert watch
        with watch._hints._moved:  # the system's report takes its moment
            assert watch._hints._moved.wait_for(watch._hints.waiting, 20)
        gate.go_on.release()
        assert gate.entered.acquire(timeout=20)
        gate.go_on.release()
        told = page.status()
        assert told["edited"] == ["content/flood.md", "content/storm.md"]


class Halves(Gate):
    """A build that shows what is open, and can be held before the rest of it is made, and fail then."""

    def build(self, config: Config, live: Live) -> Built:
        audience = live.audience
        if self.held and audience:
            files, _ = render(config)
            asked = audience.asks() | {path for path in files if path.startswith("assets/")}
            audience.show(Page(path, files[path]) for path in asked)
            self.entered.release()
            assert self.go_on.acquire(timeout=20)
            audience.heed()
            if b"FAULT" in files["404.html"]:
                raise TemplateError([Problem("templates/page.html", 1, "a fault", "mend it")])
        return build(config)


def test_what_is_open_is_shown_before_the_rest_and_reloads_once(root: Path) -> None:
    halves = Halves()
    with running(root, halves.build) as run, Visitor(run, "bank/") as bank:
        bank.status()
        with Visitor(run, "storm/") as storm:
            storm.status()
            halves.held = True
            run.write("templates/page.html", "<p>New {body}")
            assert halves.entered.acquire(timeout=20)
            assert (storm.next().name, bank.next().name) == ("reload", "reload")
        assert httpx.get(run.url + "storm/").text.startswith("<p>New A storm")
        assert "New" not in httpx.get(run.url).text
        with Visitor(run, "storm/") as storm, Visitor(run) as front:
            assert (storm.status()["partial"], front.status()["partial"]) == (True, True)
            halves.go_on.release()
            assert front.next().name == "reload"
            told = storm.status()
        assert (told["partial"], told["edited"], told["pages"]) == (False, ["templates/page.html"], 4)


def test_a_style_sheet_is_swapped_before_the_rest_is_made(root: Path) -> None:
    halves = Halves()
    with running(root, halves.build) as run, Visitor(run, "storm/") as page:
        page.status()
        halves.held = True
        run.write("templates/site.css", "body { color: rgb(2, 2, 2) }")
        (sheet,) = json.loads(page.next().data)
        assert "rgb(2, 2, 2)" in httpx.get(httpx.URL(run.url + "storm/").join(sheet)).text
        halves.go_on.release()
        assert (page.status()["partial"], page.status()["partial"]) == (True, False)


def test_where_the_rest_fails_what_was_shown_before_it_goes_back_to_the_last_good_build(root: Path) -> None:
    halves = Halves()
    with running(root, halves.build) as run:
        before = httpx.get(run.url + "storm/").text
        with Visitor(run, "storm/") as page:
            page.status()
            halves.held = True
            run.write("templates/page.html", "FAULT {body}")
            assert page.next().name == "reload"
        with Visitor(run, "storm/") as page:
            assert page.status()["problems"] == []
            halves.go_on.release()
            assert page.next().name == "reload"
        with Visitor(run, "storm/") as page:
            told = page.status()
        assert (told["partial"], told["problems"][0]["place"]) == (False, "templates/page.html:1")
        assert httpx.get(run.url + "storm/").text == before


def test_what_is_saved_before_the_rest_is_made_breaks_the_build_off(root: Path) -> None:
    halves = Halves()
    with running(root, halves.build) as run, Visitor(run, "storm/") as page:
        page.status()
        halves.held = True
        run.write("templates/page.html", "One {body}")
        assert halves.entered.acquire(timeout=20)
        run.write("content/flood.md", "Two.")
        watch = run.preview._watch
        assert watch
        with watch._hints._moved:  # the system's report takes its moment
            assert watch._hints._moved.wait_for(watch._hints.waiting, 20)
        halves.held = False
        halves.go_on.release()
        assert run.line("→").startswith("content/flood.md, templates/page.html → ")
        assert len(run.builds) == 2


def test_a_failing_build_is_told_with_its_place_and_goes_by_itself(run: Running) -> None:
    with Visitor(run, "storm/") as page:
        page.status()
        run.write("content/bank.md", "One.\nTwo.\nBROKEN\nFour.\nFive.\nSix.")
        told = page.status()
        assert told["problems"] == [
            {
                "place": "content/bank.md:3",
                "message": "cannot read “BROKEN”",
                "hint": "mend it",
                "excerpt": [
                    [1, "One.", False],
                    [2, "Two.", False],
                    [3, "BROKEN", True],
                    [4, "Four.", False],
                    [5, "Five.", False],
                ],
            }
        ]
        assert run.line("bank.md") == "content/bank.md:3: cannot read “BROKEN”\n  hint: mend it"
        assert "The bank cut rates." in httpx.get(run.url + "bank/").text
        run.write("content/flood.md", "Still failing, said once.")
        assert page.status()["problems"] != []
        run.write("content/bank.md", "Mended.")
        assert page.status()["problems"] == []
        assert run.line().endswith("s")


def test_a_page_opened_while_the_build_fails_is_told(run: Running) -> None:
    run.write("templates/page.html", "BROKEN")
    run.line("templates/page.html:1")
    with Visitor(run, "storm/") as page:
        assert page.status()["problems"][0]["place"] == "templates/page.html:1"


def test_broken_settings_are_told_and_mended(run: Running) -> None:
    with Visitor(run, "storm/") as page:
        page.status()
        run.write("crosscite.toml", "[site]\n\ntitel = 1\n")
        (told,) = page.status()["problems"]
        assert told["place"].endswith("crosscite.toml:3")
        assert told["hint"] == "did you mean “title”?"
        assert told["excerpt"][2] == [3, "titel = 1", True]
        run.write("crosscite.toml", '[site]\nbase_url = "https://example.org/repo/"')
        assert page.status()["problems"] == []


def test_an_article_that_is_left_out_is_an_entry_not_a_wall(run: Running) -> None:
    with Visitor(run, "storm/") as page:
        page.status()
        run.write("content/bank.md", "SKIP")
        told = page.status()
        assert told["problems"] == []
        assert told["skipped"][0]["place"] == "bank.md:1"
        assert told["skipped"][0]["excerpt"] == [[1, "SKIP", True]]
        assert run.line("skipped") == "skipped bank.md:1: no text\n  hint: write some"
        run.write("content/storm2.md", "More.")
        assert len(page.status()["skipped"]) == 1
        assert "skipped" not in run.line()


def test_a_site_that_cannot_be_built_at_first_waits_to_be_mended(root: Path) -> None:
    (root / "content/bank.md").write_text("BROKEN")
    with running(root) as run:
        assert httpx.get(run.url).status_code == 404
        with Visitor(run) as page:
            assert page.status()["problems"][0]["place"] == "content/bank.md:1"
            run.write("content/bank.md", "Mended.")
            assert page.next().name == "reload"
        assert httpx.get(run.url).status_code == 200


def test_a_build_is_told_which_files_may_differ_from_those_of_the_last_good_one(root: Path) -> None:
    told: list[object] = []

    def noting(config: Config, live: Live) -> Built:
        told.append(live.touched)
        return build(config)

    with running(root, noting) as run, Visitor(run, "storm/") as page:
        page.status()
        for name, text in (
            ("content/bank.md", "BROKEN"),
            ("content/bank.md", "Mended."),
            ("content/flood.md", "More."),
            ("crosscite.toml", '[site]\nbase_url = "https://example.org/repo/"\ntitle = "Other"\n'),
        ):
            run.write(name, text)
            page.status() if name != "crosscite.toml" else run.line("crosscite.toml")
        run.write("content/last.md", "Last.")
        run.line("last.md")
    bank, flood, last = (root.resolve() / "content" / f"{name}.md" for name in ("bank", "flood", "last"))
    assert told == [None, {bank}, {bank}, {flood}, None, {last}]


def test_what_fails_ahead_of_a_build_is_left_to_the_build(root: Path) -> None:
    tried: list[Path] = []

    def fails(config: Config, _touched: object) -> None:
        tried.append(config.content)
        raise ZeroDivisionError

    with running(root, ahead=fails) as run, Visitor(run, "storm/") as page:
        page.status()
        run.write("content/storm.md", "It has passed.")
        assert page.next().name == "reload"
        assert tried == [root / "content"]


def test_a_bug_in_the_build_does_not_end_the_preview(root: Path) -> None:
    def buggy(config: Config, _live: Live) -> Built:
        if "bug" in (config.content / "storm.md").read_text(encoding="utf-8"):
            raise ZeroDivisionError("by zero")
        return build(config)

    with running(root, buggy) as run, Visitor(run, "bank/") as page:
        page.status()
        run.write("content/storm.md", "bug")
        (told,) = page.status()["problems"]
        assert told["message"] == "this is a bug in Crosscite: ZeroDivisionError: by zero"
        assert "Traceback" in run.line("Traceback")
        run.write("content/storm.md", "well again")
        assert page.status()["problems"] == []


def test_drafts_are_said_to_be_shown(root: Path) -> None:
    with running(root, load=lambda: load_config(root / "content", drafts=True)) as run, Visitor(run) as page:
        assert page.status()["drafts"] is True


def test_without_watching_nothing_is_built_again_and_a_failing_build_is_an_error(root: Path) -> None:
    with running(root, watch=False) as run:
        assert httpx.get(run.url).status_code == 200
    (root / "content/bank.md").write_text("BROKEN")
    lines: list[str] = []
    with pytest.raises(TemplateError, match=r"content/bank.md:1"):
        serve(lambda: load_config(root / "content"), ServeOptions(port=0, watch=False), build, lines.append)


def test_watching_is_the_default() -> None:
    assert ServeOptions().watch is True
    assert ServeOptions().host == "127.0.0.1"


# ---------------------------------------------------------------- ports


def test_a_taken_port_is_said_and_the_next_is_used(root: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running(root, port=port, ready=False, watch=False) as run:
            said = run.line("taken")
            assert said.startswith(f"Port {port} is taken; using ")
            assert str(urlsplit(run.url).port) in said
            assert urlsplit(run.url).port != port


def test_a_host_that_is_not_this_machine_is_an_error(root: Path) -> None:
    with pytest.raises(SiteError, match=r"cannot listen on 192\.0\.2\.1:"):
        serve(lambda: load_config(root / "content"), ServeOptions(host="192.0.2.1"), build, print)
    with pytest.raises(SiteError, match="cannot listen on xxx"):
        serve(lambda: load_config(root / "content"), ServeOptions(host="x" * 70), build, print)


def test_settings_that_cannot_be_read_at_first_are_an_error(root: Path) -> None:
    (root / "crosscite.toml").write_text("site = 1")
    with pytest.raises(ConfigError):
        serve(lambda: load_config(root / "content"), ServeOptions(port=0), build, print)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("", "/"),
        ("https://example.org", "/"),
        ("https://example.org/repo", "/repo/"),
        ("https://example.org/a/b/", "/a/b/"),
        ("https://example.org/caf%C3%A9/", "/café/"),
    ],
)
def test_the_base_path_is_the_path_of_the_sites_address(root: Path, address: str, path: str) -> None:
    (root / "crosscite.toml").write_text(f'[site]\nbase_url = "{address}"\n')
    assert base_path(load_config(root / "content")) == path
    with running(root, watch=False) as run:
        assert httpx.get(run.url).status_code == 200


# ---------------------------------------------------------------- the end


def leftovers() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("crosscite-preview-*"))


@pytest.fixture
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "temp"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_stopping_leaves_no_thread_and_no_folder(root: Path, own_temp: Path) -> None:
    before = set(threading.enumerate())
    with running(root) as run, Visitor(run) as page:
        page.status()
        assert len(leftovers()) == 1
        assert not run.preview.folder.is_relative_to(root)
        run.preview.stop()
    assert leftovers() == set()
    assert set(threading.enumerate()) <= before


def start(root: Path) -> tuple[subprocess.Popen[str], str]:
    """Start a preview in a process of its own; return it and its address."""
    command = [sys.executable, "-m", "tests.preview_fake", str(root)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=Path(__file__).parents[1]
    )
    assert process.stdout
    for line in process.stdout:
        if "Ctrl-C" in line:
            return process, line.split()[0]
    raise AssertionError("it did not start")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not sent like this there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_request_to_end_is_heeded_at_once_with_exit_code_0(root: Path, own_temp: Path, name: str) -> None:
    process, address = start(root)
    with httpx.stream("GET", httpx.URL(address).join("/__crosscite/events"), timeout=20) as page:
        lines = page.iter_lines()
        assert next(lines)
        assert len(leftovers()) == 1
        process.send_signal(getattr(signal, name))
        rest, _ = process.communicate(timeout=10)
    assert (process.returncode, rest) == (0, "")
    assert leftovers() == set()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not sent like this there")
def test_nothing_stale_is_left_once_a_killed_preview_is_followed_by_another(
    root: Path, own_temp: Path
) -> None:
    process, _ = start(root)
    process.kill()
    process.communicate(timeout=10)
    (stale,) = leftovers()
    with running(root) as run:
        assert httpx.get(run.url).status_code == 200
        assert stale not in leftovers()
    assert leftovers() == set()


def test_a_living_previews_folder_is_left_alone(own_temp: Path) -> None:
    foreign = own_temp / "crosscite-preview-foreign"
    foreign.mkdir()
    with scratch_folder(PREVIEW) as first, scratch_folder(PREVIEW) as second:
        assert first.is_dir()
        assert second.is_dir()
        assert first != second
    assert leftovers() == {foreign}


def test_two_hundred_builds_need_no_more_memory_files_or_threads(root: Path) -> None:
    need(Path("/proc/self/fd").is_dir(), "open files can only be counted on Linux")

    def use() -> tuple[int, int, int]:
        gc.collect()
        return (
            len(list(Path("/proc/self/fd").iterdir())),
            threading.active_count(),
            tracemalloc.get_traced_memory()[0],
        )

    def builds(numbers: range) -> None:
        for number in numbers:
            run.write("content/storm.md", f"Storm {number}.")
            assert page.status()["epoch"] == number
            run.line("→")
            assert client.get(run.url + "storm/").status_code == 200

    with running(root) as run, httpx.Client() as client, Visitor(run, "bank/") as page:
        assert page.status()["epoch"] == 1
        tracemalloc.start()
        try:
            builds(range(2, 22))
            files, threads, memory = use()
            builds(range(22, 202))
            files_then, threads_then, memory_then = use()
            assert (files_then, threads_then) == (files, threads)
            assert memory_then < memory + 100_000
        finally:
            tracemalloc.stop()


def test_while_a_site_is_served_no_build_keeps_the_server_waiting_for_long(root: Path) -> None:
    usual = sys.getswitchinterval()
    with running(root):
        assert sys.getswitchinterval() < 0.001
    assert sys.getswitchinterval() == usual


# ---------------------------------------------------------------- what is said


def test_console_lines_name_a_few_files_and_say_each_problem_once() -> None:
    good = Status(built=True, seconds=0.123)
    many = Status(built=True, seconds=0.5, edited=("a", "b", "c", "d", "e"), pages=1, changed=("x.html",))
    one, two = Notice("a:1", "wrong", "mend it"), Notice("", "also wrong", "")
    failing = Status(built=True, problems=(one,))
    assert list(console_lines(Status(), good)) == ["Built in 0.12 s"]
    assert list(console_lines(good, many)) == ["a, b, c and 2 more → 1 page changed in 0.50 s"]
    assert list(console_lines(good, failing)) == ["a:1: wrong\n  hint: mend it"]
    assert list(console_lines(failing, Status(problems=(one, two)))) == ["also wrong"]


def test_an_excerpt_is_looked_for_in_each_folder_and_kept_short(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_bytes(b"\xff" + b"x" * 500 + b"\nlast")
    found = notice(Problem("a.md#3", 1, "wrong"), [tmp_path, tmp_path / "content"])
    assert [(line.number, len(line.text), line.wrong) for line in found.excerpt] == [
        (1, 200, True),
        (2, 4, False),
    ]
    assert notice(Problem("a.md", 9, "wrong"), [tmp_path / "content"]).excerpt == ()
    assert notice(Problem("gone.md", 1, "wrong"), [tmp_path]).excerpt == ()
    assert notice(Problem("a.md", 0, "wrong"), [tmp_path / "content"]).excerpt == ()
