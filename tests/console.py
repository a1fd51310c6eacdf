"""What readers of the documentation are told to type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

BLOCK = re.compile(r"```(console|toml)\n(.*?)```", re.DOTALL)


def blocks(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the blocks of commands and of settings of a page, with their kinds, in order."""
    for match in BLOCK.finditer(file.read_text(encoding="utf-8")):
        yield match[1], match[2]


def commands(block: str) -> Iterator[str]:
    """Yield the commands of a block."""
    yield from (line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ "))


def typed(file: Path) -> Iterator[str]:
    """Yield every command of a page."""
    for kind, block in blocks(file):
        if kind == "console":
            yield from commands(block)
