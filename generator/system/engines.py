"""Where work is spread: processes of this machine, or a Dask or Ray cluster. The one door to these.

Results come back in order, whoever did them, and a worker that is lost changes nothing but time: its chunk
is done by another. Workers of a cluster need this version of Crosscite, and the folder of articles under the
same path.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from threading import Thread
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from generator.errors import ConfigError, Problem
from generator.system.garbage import begin_worker

ENGINES = ("local", "dask", "ray")

_PRELOADED = [
    "generator.cli",
    "generator.tasks",
    "generator.reading.read",
    "generator.stories.telling",
    "generator.stories.senses",
    "generator.stories.coverage",
]
"""What workers import: once, in the process that they are forked from."""

_TRIES = 4
"""Workers that may be lost over one chunk."""
_PATIENCE = 10
"""Seconds in which somebody must answer at the address of a cluster."""

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")
Given_co = TypeVar("Given_co", covariant=True)


class Spread(Protocol[Given_co]):
    """Results that come in order; to be closed by who leaves off early."""

    def __iter__(self) -> Iterator[Given_co]: ...

    def close(self) -> None:
        """Let go of what is not done yet."""


def spread(
    function: Callable[[Chunk], Result], chunks: Sequence[Chunk], jobs: int, engine: str
) -> Spread[Result]:
    """Return ``function`` of each chunk, in order, done by the engine.

    ``local`` uses ``jobs`` processes, which begin at once. ``dask`` uses the scheduler at
    ``DASK_SCHEDULER_ADDRESS``, or a cluster of this machine; ``ray`` the cluster at ``RAY_ADDRESS``, or one
    of this machine; they begin when the first result is asked for, which raises ConfigError when the engine
    is not installed, or no cluster answers.
    """
    if engine == "local":
        return Processes(function, chunks, jobs)
    return _cluster(function, chunks, jobs, engine)


class Processes(Iterator[Result], Generic[Chunk, Result]):
    """Chunks that processes of this machine do; when one of them is killed, the rest is done here."""

    def __init__(self, function: Callable[[Chunk], Result], chunks: Sequence[Chunk], jobs: int) -> None:
        self._function, self._chunks = function, deque(chunks)
        self._pool = ProcessPoolExecutor(jobs, _context(), _begin_worker)
        beside = ThreadPoolExecutor(
            1
        )  # the first process is there when it has imported: nobody waits for that
        self._futures = beside.submit(self._submit, chunks)
        beside.shutdown(wait=False)

    def _submit(self, chunks: Sequence[Chunk]) -> deque[Future[Result]]:
        return deque(self._pool.submit(self._function, chunk) for chunk in chunks)

    def __next__(self) -> Result:
        """Return what came of the next chunk; raise what it raised."""
        if not self._chunks:
            self.close()
            raise StopIteration
        chunk = self._chunks.popleft()
        try:
            return self._futures.result().popleft().result()
        except BrokenProcessPool:
            return self._function(chunk)

    def close(self) -> None:
        """End the processes; what they have not begun is not done."""
        wait((self._futures,))
        self._pool.shutdown(cancel_futures=True)


def _begin_worker() -> None:
    """Set up a worker; who stops a build by Ctrl-C stops the process that all of them work for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    begin_worker()


def _end_with_parent() -> None:
    """End this worker when the process that it works for is no more: killed, it could end no one."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _cluster(
    function: Callable[[Chunk], Result], chunks: Sequence[Chunk], jobs: int, engine: str
) -> Generator[Result, None, None]:
    """Yield ``function`` of each chunk, done by a cluster. Raises ConfigError."""
    try:
        yield from (_dask if engine == "dask" else _ray)(function, chunks, jobs)
    except ModuleNotFoundError as error:
        if error.name not in ("distributed", "ray"):
            raise
        hint = f"install it with: pip install 'crosscite[{engine}]'"
        raise ConfigError([Problem("--engine", 0, f"{engine} is not installed", hint)]) from None


def _context() -> Any:
    """Return how processes are started: forked from one that has all imported, where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver  # noqa: PLC0415 - not everywhere

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:  # whoever presses Ctrl-C while it imports is answered by the process that all work for
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    return context


def _dask(function: Callable[[Chunk], Result], chunks: Sequence[Chunk], jobs: int) -> Iterator[Result]:
    """Do the chunks on a Dask cluster, which gives those of a lost worker to another."""
    from distributed import Client  # noqa: PLC0415 - an extra

    address = os.environ.get("DASK_SCHEDULER_ADDRESS")
    own = {} if address else {"n_workers": jobs, "threads_per_worker": 1, "dashboard_address": None}
    with _reached(address, partial(Client, address, **own)) as client:
        for future in client.map(function, chunks, pure=False):
            yield future.result()


def _ray(function: Callable[[Chunk], Result], chunks: Sequence[Chunk], jobs: int) -> Iterator[Result]:
    """Do the chunks on a Ray cluster, which does those of a lost worker again."""
    import ray  # noqa: PLC0415 - an extra

    address = os.environ.get("RAY_ADDRESS")
    own = {} if address else {"num_cpus": jobs, "include_dashboard": False}
    quiet = {"log_to_driver": False, "logging_level": logging.WARNING}

    def begin() -> Any:
        _knock(address or "")
        return ray.init(address, ignore_reinit_error=True, **quiet, **own)

    with _reached(address, begin):
        remote = ray.remote(max_retries=_TRIES)(_call)
        for reference in [remote.remote(function, chunk) for chunk in chunks]:
            yield ray.get(reference)


def _knock(address: str) -> None:
    """Raise OSError when nobody listens at a host and port: Ray would go on asking there for ever."""
    where = urlsplit(address if "//" in address else f"//{address}")
    if where.hostname and where.port:
        socket.create_connection((where.hostname, where.port), _PATIENCE).close()


def _reached(address: str | None, connect: Callable[[], Any]) -> Any:
    """Return what stands for a cluster. Raises ConfigError when none answers, or it does not let us in."""
    try:
        return connect()
    except (OSError, ValueError) as error:  # or it is no address
        problem = f"no cluster answers at {address or 'this machine'}: {error}"
        raise ConfigError(
            [Problem("--engine", 0, problem, "see that it runs, and lets this user in")]
        ) from None


def _call(function: Callable[[Chunk], Result], chunk: Chunk) -> Result:
    """Do one chunk; Ray takes functions alone, not partial ones."""
    return function(chunk)
