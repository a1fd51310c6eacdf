"""``collect`` and a preview, killed from outside at a random moment; ``python -m tests.kills`` kills many, builds too."""

from __future__ import annotations

import random
import sys

import pytest

from tests.kills import killing


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_what_is_killed_loses_nothing_and_hinders_nothing(tmp_path):
    chance = random.Random(1)
    with killing(tmp_path, ["collect", "serve"]) as runs:
        for run in runs.values():
            assert any(run.kill(chance) for _ in range(5))
