"""One article stored twice: the same text from the same address, however it was tracked.

Only that is folded. The same text under other addresses stays: outlets that print one agency report
are each named, and counted as one witness.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.errors import Problem
from generator.language.addresses import canonical_url
from generator.model import Article


def fold_duplicates(articles: Sequence[Article]) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return the articles without second copies, in their order, and what was left out.

    Of several copies the first by path is kept. An article without a url is nobody's copy.
    """
    first: dict[tuple[str, str], Article] = {}
    kept, folded = [], []
    for article in articles:
        if not article.meta.url:
            kept.append(article)
            continue
        key = (canonical_url(article.meta.url), " ".join(article.text.split()))
        original = first.setdefault(key, article)
        if original is article:
            kept.append(article)
        else:
            message = f"the same article as {original.path} (same address, same text)"
            folded.append(Problem(article.path, 0, message, "delete one of the two files"))
    return tuple(kept), tuple(folded)
