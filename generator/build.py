"""The pipeline: articles in, site out. Read this first.

    list → read → clean → vectorise → group → explain → tell → thread → edit → render → verify → index → write

``reading``, ``stories`` and ``publishing`` do not know each other; they meet here. ``seal.py`` stands before
all this: it sees to it that nothing is done, nor imported, when nothing has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from threading import Thread
from typing import cast

from generator.config import Config
from generator.errors import ConfigError, ContentError, Problem
from generator.model import WORDING, Article, Cut, Digest, Group, Moved, Page, Reading
from generator.publishing.edition import Edition, Spread
from generator.publishing.passed import Passed
from generator.publishing.plates import Plates
from generator.publishing.printer import Audience
from generator.publishing.render import render_pages
from generator.publishing.verify import verify
from generator.stories.desk import Desk, Kept, nothing
from generator.stories.digest import edit_digest
from generator.stories.duplicates import Marks, fold_duplicates
from generator.stories.groups import group_articles
from generator.stories.overrides import Overrides, check_overrides, parse_overrides
from generator.stories.recurring import Sheets, by_outlet, recurring
from generator.stories.threads import find_threads
from generator.stories.vectors import Vectors, vectorise
from generator.stories.weighing import prepare
from generator.stories.why import Reasons, explain_groups
from generator.system.code import code_digest
from generator.system.files import Listed
from generator.system.finder import Finder
from generator.system.history import list_articles
from generator.system.laps import Laps
from generator.system.live import Live
from generator.system.memory import Rows
from generator.system.output import Written
from generator.system.report import BuildReport
from generator.system.search import Indexed, Laid, Searchable, index_pages, joined, laid, parted, searchable
from generator.system.shelf import Shelf
from generator.system.stage import Stage, States, staged
from generator.system.work import Work
from generator.tasks import (
    Outlet,
    Recurring,
    cut_recurring,
    find_recurring,
    print_elsewhere,
    read_source,
    tell,
    with_articles,
)


@dataclass(frozen=True, slots=True)
class Grouped:
    """Articles, and which of them tell one event."""

    articles: tuple[Article, ...]
    """By path, drafts and second copies left out."""
    vectors: Vectors
    groups: tuple[Group, ...]
    overrides: Overrides
    skipped: tuple[Problem, ...]
    """What is no article, with the reason."""
    kept: Kept
    """What the steps keep for the next build."""


def build_site(config: Config, work: Work, lap: Laps, listed: Listed, live: Live | None) -> BuildReport:
    """Read the articles, tell the stories, write the site. Raises UserError; site/ is then as it was."""
    if live and (finder := work.standing(Finder)):
        finder.leave_off()
    digest = digest_articles(config, work, lap, listed)
    if live and (shelf := work.standing(Shelf)):
        pages, moved = verified(digest, config, work, lap, live.audience)
        number, written = len(pages), lap("write", shelf.write(pages, config.output, moved))
        _index_later(pages, config, work, shelf)
    else:
        digest = _unworded(digest)
        number, written = publish(digest, config, work, lap)
    single = sum(story.single for story in digest.stories)
    counts = (len(digest.articles), len(digest.stories) - single, single)
    return BuildReport(*counts, digest.skipped, number, written, lap.seconds)


def _unworded(digest: Digest) -> Digest:
    """Return a digest without what grouping and telling alone look at: more than half of what an article weighs."""
    articles = {article.id: article.without(WORDING) for article in digest.articles}
    stories = (s.having(articles=tuple(articles[a.id] for a in s.articles)) for s in digest.stories)
    return replace(digest, articles=tuple(articles.values()), stories=tuple(stories))


def publish(digest: Digest, config: Config, work: Work, lap: Laps) -> tuple[int, Written]:
    """Bring every file of the site in place, verified; return how many there are. Raises UserError."""
    where = str(config.output.resolve())
    rows, left = work.rows("pages"), cast("States | None", work.recall("left", where))
    with (
        staged(config.output, clean=config.clean, left=left, hand=work.beside) as stage,
        ThreadPoolExecutor(1) as beside,  # the indexer is a program of its own
    ):
        index = _Beside(beside, lambda wanted: _index(wanted, config, work))
        edition = Edition(digest, config, stage, code_digest())
        notes = edition.notes
        edition.lay(
            rows,
            _spread(digest, config, work, stage),
            lambda: index.begin(laid(notes.values(), stage.file)),
        )
        lap("render", notes)
        edition.judge(lambda path: Path(stage.file(path)).read_bytes())
        keys = edition.keys
        del edition  # what follows takes the room of all that pages are made of
        stage.link()
        lap("verify", notes)
        for page in lap("index", index.done(laid(notes.values(), stage.file))):
            stage.put(page)
        written = stage.finish()
        rows.forget(but=keys)
        work.keep("left", where, stage.states)
    return stage.number, lap("write", written)


class _Beside:
    """An index that is made while the rest of the site is."""

    def __init__(self, pool: Executor, make: Callable[[Laid], tuple[Page, ...]]) -> None:
        self._pool, self._make = pool, make
        self._begun: tuple[Mapping[str, bytes], Future[tuple[Page, ...]]] | None = None

    def begin(self, wanted: Laid) -> None:
        """Begin an index of these pages."""
        self._begun = wanted.digests, self._pool.submit(self._make, wanted)

    def done(self, wanted: Laid) -> tuple[Page, ...]:
        """Return the index of these pages, and hold it no more: the one that was begun unless others are to be found, too."""
        if not self._begun or self._begun[0] != wanted.digests:
            self.begin(wanted)
        assert self._begun
        (_, begun), self._begun = self._begun, None
        return begun.result()


def _spread(digest: Digest, config: Config, work: Work, stage: Stage) -> Spread | None:
    """Return what has pages made by other processes; None where there is but one."""
    if work.jobs == 1:
        return None
    basis = digest, config, code_digest()
    return lambda places, templates: print_elsewhere(places, (*basis, templates), stage.folder, work.jobs)


def published(digest: Digest, config: Config, work: Work) -> tuple[Page, ...]:
    """Return every file of the site, verified, all held at once. Raises UserError."""
    pages = render_pages(digest, config)
    verify(pages, digest, config.site.base_url)
    return pages + _index(searchable(pages), config, work)


def verified(
    digest: Digest, config: Config, work: Work, lap: Laps, audience: Audience | None = None
) -> tuple[tuple[Page, ...], Moved]:
    """Return every file of a preview but the search index, and how they differ from the last ones. Raises UserError."""
    plates = work.standing(Plates) or Plates()
    digest = plates.settled(digest)
    pages = lap("render", render_pages(digest, config, plates, audience))
    verify(pages, digest, config.site.base_url, work.standing(Passed), plates.moved)
    return lap("verify", pages), plates.moved


def digest_articles(config: Config, work: Work, lap: Laps, listed: Listed | None = None) -> Digest:
    """Do all of a build but its pages. Raises UserError."""
    desk = work.standing(Desk)
    found = group_articles_of(config, work, lap, listed, desk)
    telling = partial(tell, settings=config.summary)
    work.begin("tell", telling, found.groups)
    options, overrides, vectors, kept = config.stories, found.overrides, found.vectors, found.kept
    said = kept.reasons or Reasons(work.rows("words", config.reading))
    reasons = lap("explain", explain_groups(found.groups, vectors, options, overrides, said))
    stories = lap("tell", work.map("tell", telling, found.groups, with_articles))
    threads = lap("thread", find_threads(stories, vectors, options, overrides, kept.threading))
    told = kept.told.each(stories, threads)
    digest = edit_digest(found.articles, told, threads, found.skipped, kept.editing)
    digest = lap("edit", replace(digest, reasons=kept.told.why(reasons)))
    if desk:
        desk.put(kept)
    return digest


def read_ahead(config: Config, work: Work, touched: AbstractSet[Path] | None = None) -> None:
    """Read what has changed, so that the next build finds it read. Raises UserError as that build will.

    Only what was ``touched`` has, unless any file may have.
    """
    sources, _ = list_articles(config, work.seen, touched)
    work.map("read", partial(read_source, settings=config.reading), sources)


def group_articles_of(
    config: Config, work: Work, lap: Laps, listed: Listed | None = None, desk: Desk | None = None
) -> Grouped:
    """Read the articles and decide which tell one event. Raises UserError."""
    sources, unread = listed or list_articles(config)
    if not listed:
        lap("list", sources)
    Thread(target=prepare).start()
    readings = work.map("read", partial(read_source, settings=config.reading), sources)
    articles, skipped = _admit(readings, unread, config, work)
    articles = lap("clean", _cut_recurring(lap("read", articles), work))
    overrides = _overrides(config, articles)
    kept = desk.take() if desk else nothing()
    vectors = lap("vectorise", vectorise(articles, kept.counts, work.rows("counts", config.reading)))
    groups = lap("group", group_articles(articles, vectors, config.stories, overrides, kept.grouping))
    return Grouped(articles, vectors, groups, overrides, skipped, kept)


def _admit(
    readings: Sequence[Reading], unread: Sequence[Problem], config: Config, work: Work
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return the articles to publish, and all that is not; with ``strict`` the latter is an error."""
    read_ones = list(chain.from_iterable(map(attrgetter("articles"), readings)))
    wanted = [article for article in read_ones if config.drafts or not article.meta.draft]
    articles, folded = fold_duplicates(wanted, work.standing(Marks))
    skipped = sorted({*unread, *folded, *chain.from_iterable(map(attrgetter("skipped"), readings))})
    if config.strict and skipped:
        raise ContentError(skipped)
    return articles, tuple(skipped)


def _cut_recurring(articles: Sequence[Article], work: Work) -> tuple[Article, ...]:
    """Cut the paragraphs that an outlet prints under many of its articles."""
    cuts = _recurring(articles, work)
    if not cuts:
        return tuple(articles)
    items = [Recurring(article, cuts[article.id]) for article in articles if article.id in cuts]
    again = {article.id: article for article in work.map("clean", cut_recurring, items)}
    return tuple(again.get(article.id, article) for article in articles)


def _recurring(articles: Sequence[Article], work: Work) -> Mapping[str, tuple[Cut, ...]]:
    """Return what to cut of each article, by its id: looked for where an article of the outlet is new or other."""
    if sheets := work.standing(Sheets):
        return recurring(articles, sheets)
    outlets = [Outlet(some) for some in by_outlet(articles).values()]
    return dict(chain.from_iterable(work.map("recurring", find_recurring, outlets)))


def _overrides(config: Config, articles: Sequence[Article]) -> Overrides:
    """Read ``stories.toml``. Raises ConfigError when it names nothing that is there."""
    if config.overrides is None:
        return Overrides()
    try:
        text = config.overrides.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(config.overrides.name, 0, f"cannot be read: {error}", "save it as UTF-8")
        raise ConfigError([problem]) from None
    overrides = parse_overrides(text, config.overrides.name)
    check_overrides(overrides, articles)
    return overrides


def _index_later(pages: Sequence[Page], config: Config, work: Work, shelf: Shelf) -> None:
    """Let the search index of a preview follow its pages, while nobody waits. Raises SiteError."""
    finder = work.standing(Finder)
    if config.site.search and finder:
        finder.follow(pages, partial(shelf.put_aside, folder=config.output))
    else:
        shelf.put_aside((), config.output)


def _index(wanted: Laid | Searchable, config: Config, work: Work) -> tuple[Page, ...]:
    """Return the search index of pages, of which only those are indexed that are not as they were."""
    if not config.site.search:
        return ()
    rows, parts = work.rows("index"), parted(wanted)
    keys = [f"{number} of {len(parts)}" for number in range(len(parts))]
    index = joined([_indexed(part, key, rows) for part, key in zip(parts, keys, strict=True)])
    rows.forget(but=keys)
    return index


def _indexed(part: Laid | Searchable, key: str, rows: Rows) -> Indexed:
    """Return the index of a part of the pages, and remember it."""
    last = cast("Indexed | None", rows.recall([key]).get(key))
    index = index_pages(part, last)
    if index is not last:
        rows.add({key: index})
    return index
