"""What a step of a build leaves: nothing is looked through again, and what it let go of is the system's."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from generator.system.garbage import _trim, settle

_STATUS = Path("/proc/self/statm")


def resident() -> int:
    """Return the pages of memory that this process holds."""
    return int(_STATUS.read_text().split()[1])


@pytest.mark.skipif(not _trim(), reason="the C library gives nothing back")
def test_what_a_step_let_go_of_is_given_back_although_something_stays_behind_it():
    before = resident()
    held = [bytes([number % 256]) * 2_000 for number in range(20_000)]
    taken = resident() - before
    del held[:-1]
    settle()
    assert len(held) == 1
    assert resident() - before < taken / 4


def test_what_a_step_made_is_not_looked_through_again():
    made = [[number] for number in range(1_000)]
    gc.unfreeze()
    settle()
    assert gc.get_freeze_count() > len(made)
