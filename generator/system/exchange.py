"""Exchange two folders in one step that no kill can fall into, where the system has it.

Linux: ``renameat2`` with ``RENAME_EXCHANGE`` (Linux 3.15, glibc 2.28); macOS: ``renamex_np`` with
``RENAME_SWAP`` (10.12). Python offers neither, so both are called through ``ctypes``.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = _RENAME_SWAP = 2

NOT_HERE = frozenset(
    {errno.EBUSY, errno.EINVAL, errno.EMLINK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
    | {errno.EPERM, errno.EXDEV}
)
"""What a system answers that cannot link or exchange in a place; any other fault is one of the disk."""


def exchange(one: Path, other: Path) -> bool:
    """Exchange two existing folders of one file system; return False where that cannot be had.

    Raises OSError when the system can, but fails.
    """
    system: str = sys.platform
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if system == "linux":
            failed: int = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
        elif system == "darwin":
            failed = library.renamex_np(first, second, _RENAME_SWAP)
        else:
            return False
    except (AttributeError, OSError, TypeError):  # a C library without the call, or none
        return False
    fault = ctypes.get_errno()
    if failed and fault not in NOT_HERE:
        raise OSError(fault, os.strerror(fault), str(other))
    return not failed
