"""Changes as settled sets: what counts, what does not, when a set is given out."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import load_config
from generator.preview.hints import EXACT, Hints
from generator.preview.snapshot import Places, differing, first_scan, scan, watched
from generator.preview.watch import Watch


class Watching:
    """A watch, and its changes with a time limit."""

    def __init__(self, watch: Watch, root: Path, pool: ThreadPoolExecutor) -> None:
        self.watch, self.root = watch, root
        self._changes, self._pool = watch.changes(), pool

    def next(self) -> set[str]:
        """Wait for the next set; return its paths below the root."""
        changed = self._pool.submit(next, self._changes).result(timeout=20)
        return {path.relative_to(self.root).as_posix() for path in changed}

    def write(self, name: str, text: str = "") -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or name, encoding="utf-8")
        return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content" / "sub").mkdir(parents=True)
    for name in ("content/a.md", "content/b.md", "content/sub/c.md", "crosscite.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    return tmp_path.resolve()


@contextmanager
def watching(
    root: Path, *, poll: bool = False, quiet_s: float = 0.1, limit_s: float = 10.0
) -> Iterator[Watching]:
    places = watched(load_config(root / "content"))
    with ThreadPoolExecutor(1) as pool, Watch(places, poll=poll, quiet_s=quiet_s, limit_s=limit_s) as watch:
        yield Watching(watch, root, pool)
        watch.stop()


@pytest.fixture(params=[False, True], ids=["events", "poll"])
def seen(root: Path, request: pytest.FixtureRequest) -> Iterator[Watching]:
    with watching(root, poll=request.param) as run:
        yield run


# ---------------------------------------------------------------- what counts


def test_a_saved_an_added_and_a_removed_article_are_changes(seen: Watching) -> None:
    seen.write("content/a.md", "new")
    assert seen.next() == {"content/a.md"}
    seen.write("content/sub/deeper/d.md")
    assert seen.next() == {"content/sub/deeper/d.md"}
    (seen.root / "content/b.md").unlink()
    assert seen.next() == {"content/b.md"}


def test_templates_overrides_and_settings_are_watched_before_they_exist(seen: Watching) -> None:
    seen.write("templates/story.html")
    assert seen.next() == {"templates/story.html"}
    seen.write("templates/story.html", "again")
    assert seen.next() == {"templates/story.html"}
    seen.write("stories.toml")
    assert seen.next() == {"stories.toml"}
    seen.write("crosscite.toml", "[site]")
    assert seen.next() == {"crosscite.toml"}


def test_settings_named_on_the_command_line_are_watched(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "my.toml"
    elsewhere.touch()
    config = load_config(root / "content", file=elsewhere)
    with ThreadPoolExecutor(1) as pool, Watch(watched(config)) as watch:
        elsewhere.write_text("[site]")
        changed = pool.submit(next, watch.changes()).result(timeout=20)
        watch.stop()
    assert changed == {elsewhere.resolve()}


def test_a_save_by_rename_is_one_change(seen: Watching) -> None:
    new = seen.write("content/.a.md.new", "new")
    new.replace(seen.root / "content/a.md")
    assert seen.next() == {"content/a.md"}


def test_vim_saves_through_a_backup(seen: Watching) -> None:
    article = seen.root / "content/a.md"
    seen.write("content/4913").unlink()
    article.rename(seen.root / "content/a.md~")
    seen.write("content/a.md", "new")
    (seen.root / "content/a.md~").unlink()
    assert seen.next() == {"content/a.md"}


@pytest.mark.parametrize(
    "leftover",
    [
        ".a.md.swp",
        "a.md~",
        "4913",
        "#a.md#",
        ".#a.md",
        "a.md.tmp",
        "a.md___jb_tmp___",
        ".git/index",
        ".DS_Store",
        "a.bak",
    ],
)
def test_what_editors_leave_is_no_change(root: Path, leftover: str) -> None:
    with watching(root) as seen:
        seen.write(f"content/{leftover}")
        seen.write("content/b.md", "sentinel")
        assert seen.next() == {"content/b.md"}


def test_a_touch_a_save_as_it_was_and_a_read_are_no_changes(seen: Watching) -> None:
    article = seen.root / "content/a.md"
    os.utime(article)
    article.write_bytes(article.read_bytes())
    os.utime(article, (1, 1))
    seen.write("content/b.md", "sentinel")
    assert seen.next() == {"content/b.md"}


def test_a_file_that_comes_and_goes_is_no_change(seen: Watching) -> None:
    seen.write("content/passing.md").unlink()
    seen.write("content/b.md", "sentinel")
    assert seen.next() == {"content/b.md"}


def test_the_built_site_is_no_change_even_among_the_articles(root: Path) -> None:
    config = load_config(root, output=root / "site")
    with ThreadPoolExecutor(1) as pool, Watch(watched(config)) as watch:
        (root / "site").mkdir()
        (root / "site" / "index.html").write_text("built")
        (root / "d.md").write_text("sentinel")
        changed = pool.submit(next, watch.changes()).result(timeout=20)
        watch.stop()
    assert changed == {root / "d.md"}


def test_a_renamed_folder_is_its_files_gone_and_come(seen: Watching) -> None:
    (seen.root / "content/sub").rename(seen.root / "content/other")
    assert seen.next() == {"content/sub/c.md", "content/other/c.md"}
    seen.write("content/other/c.md", "new")
    assert seen.next() == {"content/other/c.md"}


def test_a_removed_folder_is_its_files_gone(seen: Watching) -> None:
    shutil.rmtree(seen.root / "content/sub")
    assert seen.next() == {"content/sub/c.md"}


def test_the_content_folder_itself_may_go_and_come_back(seen: Watching) -> None:
    content, away = seen.root / "content", seen.root / "away"
    content.rename(away)
    assert seen.next() == {"content/a.md", "content/b.md", "content/sub/c.md"}
    away.rename(content)
    assert seen.next() == {"content/a.md", "content/b.md", "content/sub/c.md"}
    seen.write("content/a.md", "new")
    assert seen.next() == {"content/a.md"}
    shutil.rmtree(content)
    assert seen.next() == {"content/a.md", "content/b.md", "content/sub/c.md"}
    seen.write("content/a.md", "newer")
    assert seen.next() == {"content/a.md"}


def test_an_equally_long_text_within_one_tick_of_the_clock_is_a_change(seen: Watching) -> None:
    seen.write("content/a.md", "one")
    assert seen.next() == {"content/a.md"}
    stamp = (seen.root / "content/a.md").stat()
    seen.write("content/a.md", "two")
    os.utime(seen.root / "content/a.md", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert seen.next() == {"content/a.md"}


# ---------------------------------------------------------------- when it settles


@pytest.mark.parametrize("poll", [False, True])
def test_hundreds_of_files_at_once_are_one_set(root: Path, poll: bool) -> None:
    with watching(root, poll=poll, quiet_s=1.0, limit_s=60) as seen:
        for number in range(400):
            seen.write(f"content/many/{number}.md")
        assert seen.next() == {f"content/many/{number}.md" for number in range(400)}


def test_what_changes_meanwhile_is_the_next_set(seen: Watching) -> None:
    seen.write("content/a.md", "one")
    assert seen.next() == {"content/a.md"}
    seen.write("content/b.md", "two")
    seen.write("content/a.md", "three")
    assert seen.next() == {"content/a.md", "content/b.md"}


def test_what_changes_meanwhile_can_be_asked_for(seen: Watching) -> None:
    assert seen.watch.more() == frozenset()
    seen.write("content/b.md", "two")
    more: frozenset[Path] = frozenset()
    while not more:  # the system's report takes its moment
        more = seen.watch.more()
    assert more == {seen.root / "content/b.md"}
    assert seen.watch.more() == frozenset()


@pytest.mark.parametrize("poll", [False, True])
def test_constant_writing_does_not_hold_changes_back_for_ever(root: Path, poll: bool) -> None:
    done = threading.Event()

    def write_on(seen: Watching) -> None:
        count = 0
        while not done.is_set():
            seen.write("content/.new", str(count := count + 1)).replace(seen.root / "content/a.md")

    with watching(root, poll=poll, quiet_s=1.0, limit_s=0.2) as seen, ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_on, seen)
        try:
            assert seen.next() == {"content/a.md"}
        finally:
            done.set()
        writing.result(timeout=20)


def test_stopping_ends_the_changes(seen: Watching) -> None:
    seen.watch.stop()
    assert list(seen.watch.changes()) == []


# ---------------------------------------------------------------- hints, by themselves


@pytest.fixture
def hints(tmp_path: Path) -> Hints:
    return Hints(Places((tmp_path,), ()))


def test_a_file_that_is_being_written_holds_its_set_back_until_it_is_closed(
    hints: Hints, tmp_path: Path
) -> None:
    article, ahead = str(tmp_path / "a.md"), list[str]()
    hints.note([article], opened=True)
    with ThreadPoolExecutor(1) as pool:
        settled = pool.submit(hints.settle, 0.0, 60.0, lambda _: ahead.append("done"))
        hints.note([str(tmp_path / "b.md")])
        assert not settled.done()
        assert ahead == []
        hints.note([article], closed=True)
        assert settled.result(timeout=20) is True
    assert ahead == ["done"]


def test_what_comes_while_something_is_done_ahead_belongs_to_the_same_set(
    hints: Hints, tmp_path: Path
) -> None:
    hints.take()
    one, other = str(tmp_path / "a.md"), str(tmp_path / "b.md")
    hints.note([one])
    assert hints.settle(0.0, 60.0, lambda _: hints.note([other]))
    assert hints.take() == ({one, other} if EXACT else None)
    assert not hints.waiting()


class Clock:
    """A clock that stands, but while somebody waits; a wait may end late."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *late_s: float) -> None:
        self.now, self.waits, self._late = 1000.0, list[float](), list(late_s)
        monkeypatch.setattr("generator.preview.hints.time.monotonic", lambda: self.now)
        monkeypatch.setattr("threading.Condition.wait", self._wait)

    def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds + (self._late.pop(0) if self._late else 0.0)


def test_one_file_settles_sooner_than_several(
    hints: Hints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints.take()
    clock = Clock(monkeypatch)
    hints.note([str(tmp_path / "a.md")])
    assert hints.settle(1.0, 60.0)
    alone = sum(clock.waits)
    hints.note([str(tmp_path / "b.md")])
    assert hints.settle(1.0, 60.0)
    assert sum(clock.waits) - alone == pytest.approx(1.0)
    assert alone == pytest.approx(0.4 if EXACT else 1.0)


def test_silence_on_a_busy_machine_does_not_count(
    hints: Hints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints.take()
    clock = Clock(monkeypatch, 3.0, 0.1)
    hints.note([str(tmp_path / "a.md"), str(tmp_path / "b.md")])
    assert hints.settle(1.0, 60.0)
    assert clock.now == pytest.approx(1000 + (0.5 + 3.0) + 1.0)


def test_hints_name_each_place_until_they_are_many(hints: Hints, tmp_path: Path) -> None:
    hints.take()
    hints.note([str(tmp_path / "a.md"), str(tmp_path / "b.md")])
    assert hints.take() == ({str(tmp_path / "a.md"), str(tmp_path / "b.md")} if EXACT else None)
    hints.note([str(tmp_path / f"{number}.md") for number in range(200)])
    assert hints.take() is None


# ---------------------------------------------------------------- snapshots, by themselves


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _remove(path: Path, _text: str) -> None:
    path.unlink(missing_ok=True)


def _move_folder(path: Path, _text: str) -> None:
    target = path.parent.with_name(path.parent.name + "x")
    if path.parent.is_dir() and not target.exists():
        path.parent.rename(target)


steps = st.lists(
    st.tuples(
        st.sampled_from([_write, _remove, _move_folder]),
        st.sampled_from(["one", "two", "one/three"]),
        st.sampled_from(["a.md", "b.md", ".hidden.md"]),
        st.sampled_from(["", "some", "more"]),
    ),
    max_size=8,
)


@given(steps)
def test_looking_where_something_moved_finds_what_looking_everywhere_finds(
    taken: list[tuple[Callable[[Path, str], None], str, str, str]],
) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        _write(root / "one" / "a.md", "")
        places = Places((root,), ())
        before = first_scan(places)
        touched: set[str] = set()
        for step, folder, file, text in taken:
            path = root / folder / file
            step(path, text)
            above = [path, *(up for up in path.parents if root in up.parents)]
            touched.update(map(str, [*above, *(up.with_name(up.name + "x") for up in above)]))
        touched = set(filter(places.concern, touched))
        assert differing(before, scan(places, before, touched)) == differing(before, scan(places, before))


def test_a_file_at_rest_is_not_read_until_it_moves(tmp_path: Path) -> None:
    article = tmp_path.resolve() / "a.md"
    article.write_text("old")
    os.utime(article, (1, 1))
    places = Places((tmp_path.resolve(),), ())
    before = first_scan(places)
    article.write_text("new")
    assert differing(before, scan(places, before)) == {article}


def test_places_may_be_reported_in_other_capitals_and_with_accents_set_apart(tmp_path: Path) -> None:
    places = Places((tmp_path / "Actualités" / "content",), ())
    assert places.concern(str(tmp_path / "actualite\u0301s" / "Content" / "A.md"))
    assert not places.concern(str(tmp_path / "actualites" / "content" / "a.md"))


def test_places_that_may_matter(tmp_path: Path) -> None:
    places = Places((tmp_path / "content",), (tmp_path / "stories.toml",), (tmp_path / "content" / "site",))
    matter = {
        name: places.concern(str(tmp_path / name))
        for name in (
            "content",
            "content/a.md",
            "content/x/.b.md",
            "content/site/index.html",
            "stories.toml",
            "other.md",
            "",
        )
    }
    assert matter == {
        "content": True,
        "content/a.md": True,
        "content/x/.b.md": False,
        "content/site/index.html": False,
        "stories.toml": True,
        "other.md": False,
        "": False,
    }
