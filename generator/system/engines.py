"""Where work is spread: processes of this machine, or a Dask or Ray cluster. The one door to these.

Results come back in order, whoever did them, and a worker that is lost changes nothing but time: its chunk
is done by another. Workers of a cluster need this version of Crosscite, and the folder of articles under the
same path.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from generator.errors import ConfigError, Problem
from generator.system.garbage import begin_worker

ENGINES = ("local", "dask", "ray")

_PRELOADED = ["generator.reading.read", "generator.stories.telling"]
"""What the mapped functions import: once, in the process that workers are forked from."""

_TRIES = 4
"""Workers that may be lost over one chunk."""

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")


def spread(
    function: Callable[[Chunk], Result], chunks: Sequence[Chunk], jobs: int, engine: str
) -> Iterator[Result]:
    """Yield ``function`` of each chunk, in order, done by the engine.

    ``local`` uses ``jobs`` processes. ``dask`` uses the scheduler at ``DASK_SCHEDULER_ADDRESS``, or a
    cluster of this machine; ``ray`` the cluster at ``RAY_ADDRESS``, or one of this machine. Raises
    ConfigError when the engine is not installed.
    """
    if engine == "local":
        yield from _processes(function, chunks, jobs)
        return
    try:
        yield from (_dask if engine == "dask" else _ray)(function, chunks, jobs)
    except ModuleNotFoundError as error:
        if error.name not in ("distributed", "ray"):
            raise
        hint = f"install it with: pip install 'crosscite[{engine}]'"
        raise ConfigError([Problem("--engine", 0, f"{engine} is not installed", hint)]) from None


def _processes(function: Callable[[Chunk], Result], chunks: Sequence[Chunk], jobs: int) -> Iterator[Result]:
    """Do the chunks in processes of this machine; when one of them is killed, the rest is done here."""
    with ProcessPoolExecutor(jobs, _context(), begin_worker) as pool:
        futures = deque(pool.submit(function, chunk) for chunk in chunks)
        for chunk in chunks:
            try:
                yield futures.popleft().result()
            except BrokenProcessPool:
                yield function(chunk)


def _context() -> Any:
    """Return how processes are started: forked from one that has all imported, where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _dask(function: Callable[[Chunk], Result], chunks: Sequence[Chunk], jobs: int) -> Iterator[Result]:
    """Do the chunks on a Dask cluster, which gives those of a lost worker to another."""
    from distributed import Client  # noqa: PLC0415 - an extra

    address = os.environ.get("DASK_SCHEDULER_ADDRESS")
    own = {} if address else {"n_workers": jobs, "threads_per_worker": 1, "dashboard_address": None}
    with Client(address, **own) as client:
        for future in client.map(function, chunks, pure=False):
            yield future.result()


def _ray(function: Callable[[Chunk], Result], chunks: Sequence[Chunk], jobs: int) -> Iterator[Result]:
    """Do the chunks on a Ray cluster, which does those of a lost worker again."""
    import ray  # noqa: PLC0415 - an extra

    address = os.environ.get("RAY_ADDRESS")
    own = {} if address else {"num_cpus": jobs, "include_dashboard": False}
    with ray.init(address=address, ignore_reinit_error=True, log_to_driver=False, **own):
        remote = ray.remote(max_retries=_TRIES)(_call)
        for reference in [remote.remote(function, chunk) for chunk in chunks]:
            yield ray.get(reference)


def _call(function: Callable[[Chunk], Result], chunk: Chunk) -> Result:
    """Do one chunk; Ray takes functions alone, not partial ones."""
    return function(chunk)
