"""What is found of the sentences of an article, whatever story it is told in.

Who writes an article has its story told again and again, beside reports that stay as they are. So what hangs on
an article alone is kept for the story told last; nothing depends on that but time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any, TypeVar

from generator.language.remembered import once
from generator.model import Article, Span
from generator.stories.coverage import Stems, stems
from generator.stories.name_runs import KnownNames

_Answer_co = TypeVar("_Answer_co", covariant=True)


class Facts:
    """What is known of an article and its sentences; found when first asked for."""

    def __init__(self, article: Article) -> None:
        self.article, self.names = article, KnownNames(article)
        self.alone: dict[int, bool] = {}
        """Whether a sentence may be published on its own."""
        self._of: dict[tuple[int, int, Span | None], dict[str, Any]] = {}

    @once
    def roots(self) -> Stems:
        """The stems of each sentence."""
        return stems(self.article)

    def of(self, first: int, last: int, span: Span | None) -> dict[str, Any]:
        """Return the properties known of some sentences, or of a span in one, by name."""
        return self._of.setdefault((first, last, span), {})


def facts(articles: Sequence[Article]) -> list[Facts]:
    """Return what is known of each article of a story: of those told last, if they are the very same, what was found."""
    last = _TOLD[-1]
    found = [
        known if (known := last.get(article.id)) and known.article is article else Facts(article)
        for article in articles
    ]
    _TOLD.append({one.article.id: one for one in found})
    return found


_TOLD: deque[dict[str, Facts]] = deque([{}], maxlen=1)
"""Of the story told last, by the article's id. No more: who tells hundreds of stories has no room in the processor's
memory for what is not asked for again, and takes a tenth longer."""


class lasting(once[_Answer_co]):  # noqa: N801 - read as a decorator
    """A property ``once`` found for an owner and for all others with the same ``kept``."""

    def __get__(self, owner: Any, kind: type | None = None) -> _Answer_co:
        """Find the value, or take what was found before."""
        name, kept = self._name, owner.kept
        found: _Answer_co | None = kept.get(name)
        if found is None:
            found = kept[name] = self._find(owner)
        owner.__dict__[name] = found
        return found
