"""One article stored twice: the same text from the same address, however it was tracked.

Only that is folded. The same text under other addresses stays: outlets that print one agency report
are each named, and counted as one witness.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from generator.errors import Problem
from generator.language.addresses import canonical_url
from generator.model import Article
from generator.stories.remembered import Remembered


class Marks(Remembered[bytes]):
    """What made each article of the last build a copy or none."""


def fold_duplicates(
    articles: Sequence[Article], known: Marks | None = None
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return the articles without second copies, in their order, and what was left out.

    Of several copies the first by path is kept. An article without a url is nobody's copy. ``known`` saves
    looking at the same texts again.
    """
    first: dict[bytes, Article] = {}
    kept, folded = [], []
    marks = (known or Marks()).each(articles, None, lambda some: list(map(_mark, some)))
    for article, mark in zip(articles, marks, strict=True):
        original = first.setdefault(mark, article) if mark else article
        if original is article:
            kept.append(article)
        else:
            message = f"the same article as {original.path} (same address, same text)"
            folded.append(Problem(article.path, 0, message, "delete one of the two files"))
    return tuple(kept), tuple(folded)


def _mark(article: Article) -> bytes:
    """Return what is equal for copies of one text from one address; empty for an article without a url."""
    if not article.meta.url:
        return b""
    held = f"{canonical_url(article.meta.url)}\n{' '.join(article.text.split())}"
    return blake2b(held.encode(), digest_size=16).digest()
