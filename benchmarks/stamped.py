"""``crosscite serve`` that also says, on stderr, when what happened: for ``benchmarks/preview.py``.

    python -m benchmarks.stamped serve -s FOLDER --port 0

Each line is a name and a time of the clock that all processes of a machine share (``time.perf_counter``).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from generator.cli import main
from generator.preview.board import Board
from generator.preview.hints import Hints
from generator.preview.serve import Preview


def _stamp(name: str) -> None:
    print(f"{name} {time.perf_counter():.6f}", file=sys.stderr, flush=True)


def _stamped(owner: type, method: str, before: str, after: str = "") -> None:
    """Let a method say when it begins and, if wanted, when it is done."""
    plain: Callable[..., Any] = getattr(owner, method)

    @wraps(plain)
    def stamping(*given: Any, **named: Any) -> Any:
        _stamp(before)
        found = plain(*given, **named)
        if after:
            _stamp(after)
        return found

    setattr(owner, method, stamping)


if __name__ == "__main__":
    _stamped(Hints, "note", "noticed")
    _stamped(Preview, "_attempt", "begun")
    _stamped(Board, "post", "posted")
    _stamped(Preview, "_tell", "told", "ended")
    sys.exit(main(sys.argv[1:]))
