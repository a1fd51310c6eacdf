"""What is found of the sentences of an article, whatever story it is told in.

Who writes an article has its story told again and again, beside reports that stay as they are. So what hangs on
an article alone is kept for the story told last, once it is told again; nothing depends on that but time.
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

    def __init__(self, article: Article, *, keeps: bool) -> None:
        self.article, self.names, self._keeps = article, KnownNames(article), keeps
        self.alone: dict[int, bool] = {}
        """Whether a sentence may be published on its own."""
        self._of: dict[tuple[int, int, Span | None], dict[str, Any]] = {}

    @once
    def roots(self) -> Stems:
        """The stems of each sentence."""
        return stems(self.article)

    def of(self, first: int, last: int, span: Span | None) -> dict[str, Any] | None:
        """Return the properties known of some sentences, or of a span in one, by name; None when none is kept."""
        return self._of.setdefault((first, last, span), {}) if self._keeps else None


def facts(articles: Sequence[Article]) -> list[Facts]:
    """Return what is known of each article of a story: what was found before of those told a second time in a row."""
    last = _TOLD[-1]
    known = [one if (one := last.get(a.id)) and one.article is a else None for a in articles]
    held = zip(articles, known, strict=True)
    _TOLD.append({article.id: one or Facts(article, keeps=True) for article, one in held})
    return [one or Facts(article, keeps=False) for article, one in zip(articles, known, strict=True)]


_TOLD: deque[dict[str, Facts]] = deque([{}], maxlen=1)
"""Of the story told last, by the article's id; at first nothing is found. Who tells hundreds of stories has no room in
the processor's memory for what is not asked for again, and takes a twentieth longer."""


class lasting(once[_Answer_co]):  # noqa: N801 - read as a decorator
    """A property ``once`` found for an owner and for all others with the same ``kept``."""

    def __get__(self, owner: Any, kind: type | None = None) -> _Answer_co:
        """Find the value, or take what was found before."""
        name, kept = self._name, owner.kept
        found: _Answer_co | None = kept.get(name) if kept is not None else None
        if found is None:
            found = self._find(owner)
            if kept is not None:
                kept[name] = found
        owner.__dict__[name] = found
        return found
