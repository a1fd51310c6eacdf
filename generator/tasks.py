"""What is done to one item of a build, here or in a process of its own.

Whoever does a task imports what it needs: a process that has all its reading done by others never loads what
takes apart Markdown, pages and sentences.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from generator.config import Config, ReadSettings, SummarySettings
from generator.errors import ContentError
from generator.model import Article, Cut, Digest, Group, Reading, Source, Story
from generator.system.files import load

if TYPE_CHECKING:
    from generator.publishing.edition import Edition
    from generator.publishing.made import Place, Share

_DRAFTS = 24
"""Drafts that a process is given at a time: some tens of pages."""
_NICE = 6
"""How much less urgent pages are, of which two processes make some, than the index of those that are there."""
_PIECES, _PACKS = "pieces", "packs"
"""Files of what pages are made of: records, and what is packed in them."""


def read_source(source: Source, settings: ReadSettings) -> Reading:
    """Read one file, its articles packed; one that is gone or has just changed is skipped."""
    from generator.reading.read import dated, read  # noqa: PLC0415

    try:
        reading = dated(read(source.path, load(source), settings), source.committed, settings)
        return replace(reading, articles=tuple(article.packed() for article in reading.articles))
    except ContentError as error:
        return Reading(skipped=error.problems)


def tell(group: Group, settings: SummarySettings) -> Story:
    """Return the story of a group without its articles: ``with_articles`` gives it those that are at hand."""
    from generator.stories.telling import tell_story  # noqa: PLC0415

    opened = replace(group, articles=tuple(article.opened() for article in group.articles))
    return tell_story(opened, settings).having(articles=())


def with_articles(group: Group, story: Story) -> Story:
    """Return the story with the articles of its group."""
    return story.having(articles=group.articles)


@dataclass(frozen=True, slots=True)
class Outlet:
    """The articles of one outlet."""

    articles: tuple[Article, ...]

    @property
    def key(self) -> str:
        """Digest of all that looking for what recurs reads."""
        return "\0".join(f"{article.key} {article.meta!r}" for article in self.articles)


def find_recurring(outlet: Outlet) -> tuple[tuple[str, tuple[Cut, ...]], ...]:
    """Return what recurs over the articles of an outlet, by id."""
    from generator.stories.recurring import cuts_of  # noqa: PLC0415

    return cuts_of(outlet.articles)


@dataclass(frozen=True, slots=True)
class Recurring:
    """What an outlet prints under many of its articles, in one of them."""

    article: Article
    cuts: tuple[Cut, ...]

    @property
    def key(self) -> str:
        """Digest of all that cutting reads."""
        return f"{self.article.key} {self.article.meta!r} {self.cuts!r}"


def cut_recurring(item: Recurring) -> Article:
    """Return the article without what recurs."""
    from generator.reading.read import recut  # noqa: PLC0415

    return recut(item.article, item.cuts).packed()


class Printing(NamedTuple):
    """Drafts whose pages are to be made and laid."""

    edition: str
    """The folder of all that they are made of."""
    folder: str
    """Where they are laid."""
    places: tuple[Place, ...]


_Basis: TypeAlias = tuple[Digest, Config, str, Mapping[str, bytes]]


@contextmanager
def print_elsewhere(
    places: Sequence[Place], basis: _Basis, folder: Path, jobs: int
) -> Iterator[Iterator[Share]]:
    """Give, in order, what other processes make of the drafts of these places and lay in a folder: they begin at once.

    ``basis`` is what an ``Edition`` is made of.
    """
    from generator.system.engines import spread  # noqa: PLC0415
    from generator.system.scratch import PAGES, scratch_folder  # noqa: PLC0415

    with scratch_folder(PAGES) as scratch:
        _put(basis, scratch)
        runs = (tuple(places[start : start + _DRAFTS]) for start in range(0, len(places), _DRAFTS))
        parts = [Printing(str(scratch), str(folder), run) for run in runs]
        with closing(spread(print_part, parts, jobs, "local")) as shares:
            yield iter(shares)


def print_part(part: Printing) -> Share:
    """Make and lay the pages of some drafts."""
    return _edition(part.edition, part.folder).make(part.places)


def _put(basis: _Basis, folder: Path) -> None:
    """Write what an edition is made of, piece by piece: a pickle holds on to all that went into it."""
    from generator.system.mapped import put  # noqa: PLC0415

    digest, *rest = basis
    frame = replace(digest, articles=(), stories=())
    stories = ((one.having(articles=()), [article.id for article in one.articles]) for one in digest.stories)
    with (folder / _PIECES).open("wb") as stream, (folder / _PACKS).open("wb") as packs:
        first = frame, rest, len(digest.articles), len(digest.stories)
        put(chain([first], digest.articles, stories), stream, packs)


def _taken(folder: Path) -> _Basis:
    """Return what was written."""
    from generator.system.mapped import taken  # noqa: PLC0415

    with (folder / _PIECES).open("rb") as stream:
        pieces = taken(stream, folder / _PACKS)
        frame, rest, articles, stories = next(pieces)
        known: dict[str, Article] = {one.id: one for one in islice(pieces, articles)}
        told: list[tuple[Story, list[str]]] = list(islice(pieces, stories))
    whole = (story.having(articles=tuple(map(known.__getitem__, ids))) for story, ids in told)
    return replace(frame, articles=tuple(known.values()), stories=tuple(whole)), *rest


def _give_way() -> None:
    """Let the indexer, which is one process and takes as long as all pages do, have a processor to itself."""
    if hasattr(os, "nice"):
        os.nice(_NICE)


@lru_cache(1)
def _edition(scratch: str, folder: str) -> Edition:
    """Return the edition that a scratch folder holds all of."""
    from generator.publishing.edition import Edition  # noqa: PLC0415
    from generator.system.tree import Corner  # noqa: PLC0415

    _give_way()
    digest, config, code, templates = _taken(Path(scratch))
    return Edition(digest, config, Corner(Path(folder)), code, templates)
