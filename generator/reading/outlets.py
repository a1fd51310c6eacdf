"""Who publishes an article: as it says itself, else as the host of its address is known."""

from __future__ import annotations

from urllib.parse import urlsplit

from generator.config import ReadSettings


def outlet_of(url: str, settings: ReadSettings) -> str:
    """Return the outlet that an address belongs to; empty without an address."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return settings.outlets.get(host, host)
