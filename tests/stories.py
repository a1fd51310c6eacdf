"""Invented reports for tests of grouping: three events, two of one kind, and lone ones."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model import Article
from tests.builders import article

FERRY = (
    (
        "The ferry Aurelia ran aground off Port Arden on Monday with 214 people aboard, the coast guard said. "
        "Lifeboats from Port Arden and Selby took all passengers ashore within three hours. "
        "Captain Mara Lind said the steering of the Aurelia failed in heavy swell. "
        "Inspectors of the Maritime Board will examine the rudder of the ferry on Tuesday."
    ),
    (
        "All 214 people aboard the ferry Aurelia were brought ashore after it ran aground off Port Arden. "
        "The coast guard said lifeboats from Selby and Port Arden needed three hours. "
        "The steering had failed in heavy swell, Captain Mara Lind said. "
        "The Maritime Board has sent inspectors to examine the rudder of the Aurelia."
    ),
    (
        "Inspectors of the Maritime Board boarded the Aurelia, the ferry that ran aground off Port Arden. "
        "Its captain, Mara Lind, blamed the steering, which failed in heavy swell. "
        "Lifeboats from Selby had taken the 214 passengers ashore in three hours, the coast guard said."
    ),
)
OTHER_FERRY = (
    (
        "The ferry Solveig lost power near Kestrel Sound on Thursday with 96 people aboard, the coast guard said. "
        "A tug from Brennick towed the Solveig into harbour after a night adrift. "
        "Owner Talbot Lines said sea water had reached an engine of the ship. "
        "No passengers were hurt."
    ),
    (
        "After a night adrift near Kestrel Sound the ferry Solveig was towed into harbour by a tug from Brennick. "
        "None of the 96 people aboard was hurt, the coast guard said. "
        "Sea water had reached an engine, its owner Talbot Lines said."
    ),
)
BANK = (
    "The central bank of Lorvia raised its key rate to 4.25 percent, Governor Ines Havel said. "
    "Prices in Lorvia had climbed faster than forecast, driven by rents and bread."
)


def reports(texts: Iterable[str], stem: str = "r", **front: str) -> list[Article]:
    """Read each text as an article of its own."""
    return [article(text, f"{stem}{number}.md", **front) for number, text in enumerate(texts)]


def corpus() -> list[Article]:
    """All reports: three of one ferry, two of the other, one of the bank."""
    return [*reports(FERRY, "aurelia"), *reports(OTHER_FERRY, "solveig"), article(BANK, path="bank.md")]
