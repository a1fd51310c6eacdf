"""A folder outside of the project that goes when its user ends.

It is for a preview's site, which so cannot be deployed by mistake, for the indexer's pages, and for what other
processes make pages of. Each folder holds a file that is locked while its process lives; the lock goes with the process however that ends, and the next one removes what is left.
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

PREVIEW, SEARCH, PAGES = "crosscite-preview-", "crosscite-search-", "crosscite-pages-"
"""How names of such folders begin, by what they are for."""
_ALIVE = "alive"


@contextmanager
def scratch_folder(prefix: str) -> Iterator[Path]:
    """Give a folder below the system's temporary one, empty but for its lock; remove those whose process was killed."""
    _sweep(Path(tempfile.gettempdir()), prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix)).resolve()
    alive = (folder / _ALIVE).open("wb")
    _lock(alive)
    try:
        yield folder
    finally:
        alive.close()
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(place: Path, prefix: str) -> None:
    """Remove the folders whose process lives no more."""
    for folder in place.glob(f"{prefix}*"):
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
