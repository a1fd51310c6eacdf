"""The words of a story's articles, and what is found of all of them together when it is first asked for.

Statements hold on to this and not to the story, which holds them: no ring is left behind that only a search for
garbage could give back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from generator.language.remembered import once
from generator.model import Article

if TYPE_CHECKING:
    from generator.stories.coverage import Concepts
    from generator.stories.senses import Senses
    from generator.stories.stream import Stream


class Wording:
    """The words of a story."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        self.several = len(articles) > 1
        """Whether sentences are compared with those of other articles."""
        self.lines = [tuple(map(tuple, map(str.split, article.tokens))) for article in articles]
        """The words of each sentence of each article."""
        self.first = list(accumulate(map(len, self.lines), initial=0))
        """How many sentences come before each article."""

    @once
    def stream(self) -> Stream:
        """The words of all sentences as numbers."""
        from generator.stories.stream import Stream  # noqa: PLC0415 - a single report is told without numpy

        return Stream(self._articles, self.lines)

    @once
    def concepts(self) -> Concepts:
        """The pairs of neighbouring stems."""
        from generator.stories.coverage import Concepts  # noqa: PLC0415

        return Concepts(self.stream)

    @once
    def senses(self) -> Senses:
        """What all sentences mean."""
        from generator.stories.senses import Senses  # noqa: PLC0415

        return Senses(self.stream)

    @property
    def rarity(self) -> Mapping[str, float]:
        """The weight of each meaning and number: rare in general, and rare in this story."""
        return self.senses.rarity
