"""Where work is spread: processes of this machine, or a Dask or Ray cluster. joblib's one door.

Results come back in order, whoever did them; a worker that is lost is replaced by the engine, so the
same bytes come out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import Any, TypeVar

from generator.errors import ConfigError, Problem

ENGINES = ("local", "dask", "ray")

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
    from joblib import Parallel, delayed, parallel_config  # noqa: PLC0415 - only where it pays

    with ExitStack() as stack:
        if engine == "local":
            stack.enter_context(parallel_config(backend="loky", n_jobs=jobs))
        else:
            stack.enter_context(_cluster(engine, jobs))
            stack.enter_context(parallel_config(backend=engine, n_jobs=-1))
        as_done = "generator" if engine == "local" else "list"
        yield from Parallel(return_as=as_done)(delayed(function)(chunk) for chunk in chunks)


def _cluster(engine: str, jobs: int) -> AbstractContextManager[Any]:
    """Connect to the cluster, or start one on this machine, for as long as the context lasts."""
    try:
        return _dask(jobs) if engine == "dask" else _ray(jobs)
    except ImportError:
        hint = f"install it with: pip install 'crosscite[{engine}]'"
        raise ConfigError([Problem("--engine", 0, f"{engine} is not installed", hint)]) from None


def _dask(jobs: int) -> AbstractContextManager[Any]:
    """Return a Dask client, which joblib then finds by itself."""
    from distributed import Client  # noqa: PLC0415

    if address := os.environ.get("DASK_SCHEDULER_ADDRESS"):
        return Client(address)  # type: ignore[no-any-return]
    return Client(n_workers=jobs, threads_per_worker=1, dashboard_address=None)  # type: ignore[no-any-return]


def _ray(jobs: int) -> AbstractContextManager[Any]:
    """Return a running Ray, with its joblib backend registered."""
    import ray  # noqa: PLC0415
    from ray.util.joblib import register_ray  # noqa: PLC0415

    address = os.environ.get("RAY_ADDRESS")
    options = {} if address else {"num_cpus": jobs, "include_dashboard": False}
    context = ray.init(address=address, ignore_reinit_error=True, log_to_driver=False, **options)
    register_ray()
    return context  # type: ignore[no-any-return]
