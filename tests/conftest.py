"""Fixtures that every test may use. Builders stand in ``tests/builders.py``."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.bare import Bare, make_environment, make_wheel, once

# Laws are not judged by the clock: a busy machine is no fault of the code.
settings.register_profile("crosscite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("crosscite")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def need(condition: object, reason: str) -> None:
    """Skip with a visible reason on a user's machine; fail in CI, which has everything."""
    if not condition:
        if os.environ.get("CI"):
            pytest.fail(f"CI must not skip: {reason}")
        pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of measuring data beside the checkout."""
    need(SHARED.is_dir(), f"measuring data are not there: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def seeds(shared: Path) -> Path:
    """Five real articles as they arrived."""
    return shared / "seeds" / "articles"


@pytest.fixture(scope="session")
def bench(shared: Path) -> Path:
    """Corpora and scorers."""
    return shared / "bench"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    (built,) = once(tmp_path_factory, "wheel", make_wheel).glob("*.whl")
    return built


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Bare:
    """A virtual environment in which nothing of ours is but the wheel."""
    if os.name == "nt":
        pytest.skip("links need a privilege on Windows")
    folder = once(tmp_path_factory, "bare", lambda folder: make_environment(folder, wheel))
    return Bare(folder / "venv" / "bin", wheel)


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    """Let what a command set aside be looked through by the garbage collector again."""
    yield
    gc.unfreeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a golden tree be written anew, so that its difference can be reviewed."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew")
