"""Who publishes an article, and whom it is taken from, where the article's own header is silent."""

from __future__ import annotations

from generator.config import ReadSettings
from generator.language.addresses import host_of
from generator.language.agencies import hosts, is_agency, known_name
from generator.model import Meta


def outlet_of(url: str, settings: ReadSettings) -> str:
    """Return the outlet that an address belongs to; empty without an address.

    The user's own table goes before the shipped one; both know a host's parent domains
    (``edition.cnn.com``). A host in neither is its own name.
    """
    host = host_of(url)
    mine = {name.lower().removeprefix("www."): outlet for name, outlet in settings.outlets.items()}
    labels = host.split(".")
    for table in (mine, hosts()):
        for first in range(len(labels) - 1):
            if name := table.get(".".join(labels[first:])):
                return name
    return host


def origin_of(meta: Meta) -> str:
    """Return the agency that signs an article of another outlet ("By Reuters"); else empty."""
    names = [known_name(author) for author in meta.authors if is_agency(author)]
    return names[0] if names and known_name(meta.outlet) != names[0] else ""
