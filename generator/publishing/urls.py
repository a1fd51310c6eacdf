"""Addresses: permanent, readable, safe on every file system and in every browser.

A path is a place below the site folder (``stories/storm-abc/index.html``). Links are relative and
name ``index.html``, so that they work at ``/``, under ``/repo/`` and from disk alike; only canonical
links, feeds and the sitemap use the short form (``…/stories/storm-abc/``).

Slugs are ASCII by Unicode decomposition: "Çelik: 12 hurt" is ``celik-12-hurt``. Scripts that do not
decompose (Arabic, Chinese) are not transliterated; the id beside the slug tells those pages apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from urllib.parse import quote, urlsplit

from generator.model import Article, Story

MAX_SLUG = 60
"""Characters of a slug; paths stay far below the 260 of Windows."""
_ARTICLE_SLUG = 32
"""Characters of an article's: a story page links to its articles hundreds of times."""

_FOLD = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
    | {"ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i"}
    | dict.fromkeys("'’‘ʼ\u00ad\u200b\u2060\ufeff", "")
)
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)
_MARK = re.compile(r"""["'“”„‟«»‹›‘’‚‛`´–—―…\[\]()]|--""")
"""What sites change: no word with it is looked for."""
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\<>\"{}|^`]")


# ---------------------------------------------------------------- slugs


@lru_cache(maxsize=1 << 16)
def slug(text: str, fallback: str, limit: int = MAX_SLUG) -> str:
    """Return ``text`` as at most ``limit`` characters a-z, 0-9, hyphens; ``fallback`` when none is left."""
    plain = unicodedata.normalize("NFKD", text[:400].translate(_FOLD)).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
    if len(words) > limit:
        whole, _, _ = words[: limit + 1].rpartition("-")
        words = whole or words[:limit]
    words = words or fallback
    return f"{words}-page" if words in _RESERVED else words


def named_slug(name: str, fallback: str) -> str:
    """Return the slug of an outlet or person, told apart by the name alone.

    Spellings that differ in case, accents and punctuation share it. A name that loses letters or
    digits on the way to ASCII gains six characters of its own, so that no two of them meet.
    """
    text = name.translate(_FOLD)
    letters = sum(map(str.isalnum, unicodedata.normalize("NFKD", text)))
    made = slug(name, fallback)
    if made != fallback and sum(map(str.isalnum, made)) == letters:
        return made
    own = sha256(unicodedata.normalize("NFC", name).casefold().encode()).hexdigest()[:6]
    return f"{made[: MAX_SLUG - 7]}-{own}"


def _article_slug(article: Article, fallback: str, limit: int = MAX_SLUG) -> str:
    return slug(article.meta.slug or article.meta.title, fallback, limit)


# ---------------------------------------------------------------- paths


def article_path(article: Article) -> str:
    """Return where the page of an article stands."""
    return f"articles/{_article_slug(article, 'article', _ARTICLE_SLUG)}-{article.id}/index.html"


def member_path(article: Article) -> str:
    """Return the story address that hangs on one member: the story's own, or a redirect to it."""
    return f"stories/{_article_slug(article, 'story')}-{article.id}/index.html"


def story_path(story: Story) -> str:
    """Return where the page of a story stands: it hangs on the story's earliest article."""
    return member_path(story.article(story.id))


def story_slug(story: Story) -> str:
    """Return the readable part of a story's address."""
    return _article_slug(story.article(story.id), "story")


def thread_path(story: Story) -> str:
    """Return the address of a thread, which hangs on its first story alone: its title may change as it grows."""
    return member_thread_path(story.article(story.id))


def member_thread_path(article: Article) -> str:
    """Return the thread address that hangs on one member: the thread's own, or one that leads on."""
    return f"threads/{_article_slug(article, 'story')}-{article.id}/index.html"


def outlet_path(name: str) -> str:
    """Return where the page of an outlet stands."""
    return f"outlets/{named_slug(name, 'outlet')}/index.html"


def person_path(slug_: str) -> str:
    """Return where the page of a person stands."""
    return f"people/{slug(slug_, 'person')}/index.html"


def folder(path: str) -> str:
    """Return a path without its ``index.html``: ``stories/storm-abc/``."""
    return path.removesuffix("index.html")


def root(path: str) -> str:
    """Return the way from a page up to the site folder: ``../../``."""
    return "../" * path.count("/")


def anchor(sentence: int) -> str:
    """Return the id of a sentence on its article's page; readers count from 1."""
    return f"s{sentence + 1}"


# ---------------------------------------------------------------- addresses


def base_path(base_url: str) -> str:
    """Return the path that the site is published under, ``/`` at both ends."""
    path = urlsplit(base_url).path.strip("/")
    return f"/{path}/" if path else "/"


def absolute(base_url: str, path: str) -> str:
    """Return the public address of a path; empty when the site has no ``base_url``."""
    return f"{base_url.rstrip('/')}/{folder(path)}" if base_url else ""


@lru_cache(maxsize=1 << 14)
def outside(url: str) -> str:
    """Return a link to another site as it may be published: http and https only, else nothing."""
    if _UNSAFE.search(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def text_fragment(url: str, words: str) -> str:
    """Return ``url`` with a text fragment that opens it at a sentence; the url alone if none can be made.

    Takes four to six words from each end, none with quotation marks, brackets or dashes, which sites
    change. After the WICG draft "URL Fragment Text Directives".
    """
    runs = _clean_runs(words)
    if not url or not runs:
        return url
    first, last = runs[0], runs[-1]
    if first is not last:
        parts = [first[:6], last[-6:]]
    elif len(first) <= 8:
        parts = [first]
    else:
        size = min(6, len(first) // 2)
        parts = [first[:size], first[-size:]]
    text = ",".join("%20".join(map(_quoted, part)) for part in parts)
    return f"{url}{'' if '#' in url else '#'}:~:text={text}"


@lru_cache(maxsize=1 << 15)
def _quoted(word: str) -> str:
    """Return a word as it may stand in a text fragment."""
    return quote(word, safe="").replace("-", "%2D")


def _clean_runs(words: str) -> list[list[str]]:
    """Return runs of at least four neighbouring words that sites do not change."""
    if not _MARK.search(words):  # most sentences
        return [run] if len(run := words.split()) >= 4 else []
    runs = groupby(words.split(), lambda word: bool(_MARK.search(word)))
    return [run for marked, some in runs if not marked and len(run := list(some)) >= 4]
