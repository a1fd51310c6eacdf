"""A folder for the preview's site, outside of the project, which goes when the preview ends.

So no preview can be deployed by mistake. Each folder holds a file that is locked while its preview
lives; the lock goes with the process however that ends, and the next preview removes what is left.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PREFIX = "crosscite-preview-"
_ALIVE = "alive"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give an empty folder below the system's temporary one; remove those of previews that were killed."""
    _sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
    alive = (folder / _ALIVE).open("wb")
    _lock(alive)
    try:
        yield folder
    finally:
        alive.close()
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(place: Path) -> None:
    """Remove the folders whose preview lives no more."""
    for folder in place.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            with (folder / _ALIVE).open("r+b") as alive:
                _lock(alive)
            shutil.rmtree(folder)


def _lock(file: IO[bytes]) -> None:
    """Lock a file until it is closed. Raises OSError when somebody else holds it."""
    if sys.platform == "win32":
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
