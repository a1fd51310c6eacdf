"""One article stored twice: the same text from the same address, however it was tracked.

Only that is folded. The same text under other addresses stays: outlets that print one agency report
are each named, and counted as one witness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

from generator.errors import Problem
from generator.language.addresses import canonical_url
from generator.model import Article
from generator.stories.remembered import Remembered
from generator.turned import Last


class Marks:
    """What made each article of the last build a copy or none."""

    def __init__(self) -> None:
        self.addresses = Last(_address)
        self.texts = Remembered[bytes]()
        """Of those alone that share their address."""


def fold_duplicates(
    articles: Sequence[Article], known: Marks | None = None
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return the articles without second copies, in their order, and what was left out.

    Of several copies the first by path is kept. An article without a url is nobody's copy. ``known`` saves
    looking at the same texts again.
    """
    marks = _marks(articles, known or Marks())
    if not marks:
        return tuple(articles), ()
    first: dict[tuple[str, bytes], Article] = {}
    kept, folded = [], []
    for article in articles:
        mark = marks.get(article.id)
        original = first.setdefault(mark, article) if mark else article
        if original is article:
            kept.append(article)
        else:
            message = f"the same article as {original.path} (same address, same text)"
            folded.append(Problem(article.path, 0, message, "delete one of the two files"))
    return tuple(kept), tuple(folded)


def _marks(articles: Sequence[Article], known: Marks) -> dict[str, tuple[str, bytes]]:
    """Return, by id, what is equal for copies of one text from one address, of articles that may be or have such."""
    addresses = known.addresses.of(articles)
    many = {url for url, count in Counter(addresses).items() if count > 1 and url}
    shared = [(one, url) for one, url in zip(articles, addresses, strict=True) if url in many] if many else []
    texts = known.texts.each([article for article, _ in shared], None, lambda some: list(map(_text, some)))
    return {article.id: (url, text) for (article, url), text in zip(shared, texts, strict=True)}


def _address(article: Article) -> str:
    """Return the address of an article, however it was tracked; empty where it has none."""
    return canonical_url(article.meta.url) if article.meta.url else ""


def _text(article: Article) -> bytes:
    """Return the digest of the words of an article."""
    return blake2b(" ".join(article.text.split()).encode(), digest_size=16).digest()
