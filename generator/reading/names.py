"""People, places and organisations named in a text."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Name, Span


def find_names(text: str, sentences: Sequence[Span], lang: str) -> tuple[Name, ...]:
    """Return the names of the sentences, by descending count, then place."""
    return ()
