"""Work that is spread gives what work done here gives, whatever becomes of the workers."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.errors import ConfigError
from generator.system.work import Work


@dataclass(frozen=True)
class Item:
    key: str


ITEMS = [Item(f"n{number}") for number in range(300)]


def shout(item: Item) -> str:
    return item.key.upper()


def die_once(item: Item, mark: str, home: int) -> str:
    """Shout; but the worker that has the middle item is killed, once."""
    if item.key == "n150" and os.getpid() != home and not Path(mark).exists():
        Path(mark).touch()
        os._exit(9)
    return shout(item)


def searches(item: Item) -> tuple[bool, bool]:
    """Tell whether the collector is on, seldom though, and leaves alone what was there before the work."""
    return gc.isenabled() and 10_000 <= gc.get_threshold()[0] <= 1_000_000, gc.get_freeze_count() > 10_000


def minds(item: Item) -> bool:
    """Tell whether Ctrl-C stops the worker."""
    return signal.getsignal(signal.SIGINT) != signal.SIG_IGN


def survived(engine: str, mark: Path) -> bool:
    """Return whether the work came out right although a worker was killed in the middle."""
    function = partial(die_once, mark=str(mark), home=os.getpid())
    results = Work(jobs=2, engine=engine).map("die", function, ITEMS)
    return mark.exists() and list(results) == [shout(item) for item in ITEMS]


def test_a_killed_process_changes_nothing(tmp_path):
    assert survived("local", tmp_path / "mark")


def test_a_process_looks_for_garbage_seldom_and_never_among_what_it_has_imported():
    assert set(Work(jobs=2).map("searches", searches, ITEMS)) == {(True, True)}


def test_workers_leave_it_to_the_process_that_they_work_for_to_be_stopped():
    assert set(Work(jobs=2).map("minds", minds, ITEMS)) == {False}


def test_workers_end_when_the_process_that_they_work_for_is_killed():
    script = (
        "if __name__ == '__main__':\n"
        "    from generator.system.engines import spread\n"
        "    results = spread(bytes, [1_000_000] * 200, 2, 'local')\n"
        "    print(len(next(results)), flush=True)\n"
        "    input()\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == b"1000000"
        process.kill()
        process.communicate(timeout=60)  # the workers have the same console: it ends with the last of them


def test_a_dask_cluster_gives_the_same_and_a_killed_worker_changes_nothing(tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed", reason="the extra crosscite[dask] is not installed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", cluster.scheduler_address)
        assert Work(engine="dask").map("shout", shout, ITEMS) == Work().map("shout", shout, ITEMS)
        assert survived("dask", tmp_path / "mark")


@pytest.mark.skipif("CROSSCITE_TEST_RAY" not in os.environ, reason="Ray is large: set CROSSCITE_TEST_RAY=1")
@pytest.mark.filterwarnings("default")  # Ray's own
def test_a_ray_cluster_gives_the_same_and_a_killed_worker_changes_nothing(tmp_path):
    pytest.importorskip("ray", reason="the extra crosscite[ray] is not installed")
    assert Work(jobs=2, engine="ray").map("shout", shout, ITEMS) == Work().map("shout", shout, ITEMS)
    assert survived("ray", tmp_path / "mark")


@pytest.mark.parametrize("engine", ["dask", "ray"])
def test_an_engine_that_is_not_installed_is_named(engine, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, {"dask": "distributed", "ray": "ray"}[engine], None)
    with pytest.raises(ConfigError, match=rf"crosscite\[{engine}\]"):
        Work(engine=engine).map("shout", shout, ITEMS)


def test_a_cluster_that_does_not_answer_is_named(monkeypatch):
    pytest.importorskip("distributed", reason="the extra crosscite[dask] is not installed")
    dask = pytest.importorskip("dask")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", address)
        with (
            dask.config.set({"distributed.comm.timeouts.connect": "100ms"}),
            pytest.raises(ConfigError, match=f"--engine: no cluster answers at {address}"),
        ):
            Work(engine="dask").map("shout", shout, ITEMS)


def test_ray_is_not_left_asking_where_nobody_listens(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ray", SimpleNamespace(init=pytest.fail))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        monkeypatch.setenv("RAY_ADDRESS", address)
        with pytest.raises(ConfigError, match=f"--engine: no cluster answers at {address}"):
            Work(engine="ray").map("shout", shout, ITEMS)
