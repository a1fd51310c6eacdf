"""Pages that nothing has changed are not made again, and an edition made so equals one made from nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import SiteError
from generator.model import Digest, Headline, Page, Story
from generator.preview.audience import BrokenOff
from generator.publishing import urls
from generator.publishing.contexts import Context
from generator.publishing.plates import Plates
from generator.publishing.press import Press
from generator.publishing.quires import Printed
from generator.publishing.render import render_pages
from tests import digests, sites
from tests.sites import moved

CONFIG = sites.config("https://brief.example/")


def told(stories: tuple[Story, ...], digest: Digest) -> Digest:
    """Return a digest of fewer or other stories, with all that depends on them."""
    ids = {story.id for story in stories}
    threads = (replace(one, stories=tuple(i for i in one.stories if i in ids)) for one in digest.threads)
    return replace(
        digest,
        articles=tuple(sorted((a for s in stories for a in s.articles), key=lambda article: article.path)),
        stories=stories,
        threads=tuple(thread for thread in threads if thread.stories),
        people=digests.people(stories),
        edition=replace(digest.edition, new_stories=(), grown_stories=(), new_facts=()),
    )


def changed(digest: Digest, headlines: dict[int, str], hidden: set[int], gone: set[int]) -> Digest:
    """Return a digest after an editor's day."""
    stories = []
    for number, story in enumerate(digest.stories):
        if number in gone:
            continue
        if number in headlines:
            headline = Headline(headlines[number], story.headline.article, "override")
            story = replace(story, headline=headline)  # noqa: PLW2901
        stories.append(replace(story, hidden=number in hidden))
    return told(tuple(stories), digest)


NUMBERS = st.sets(st.integers(0, len(digests.harbour().stories) - 1), max_size=2)
DAYS = st.tuples(
    st.dictionaries(st.integers(0, 5), st.sampled_from(["Quay burns", "Ferries stop"]), max_size=2),
    NUMBERS,
    NUMBERS,
)


@settings(max_examples=15)
@given(st.lists(DAYS, min_size=1, max_size=3))
def test_an_edition_made_of_the_last_one_equals_one_made_from_nothing(days):
    plates = Plates()
    before: tuple[Page, ...] = ()
    for day in days:
        digest = changed(digests.harbour(), *day)
        pages = render_pages(digest, CONFIG, plates)
        assert pages == render_pages(digest, CONFIG)
        assert plates.moved == moved(before, pages)
        assert plates.moved.before is before
        before = pages


def held(plates: Plates) -> int:
    """Return how many pages some plates hold."""
    pending: list[object] = [vars(plates)]
    known: dict[int, object] = {}
    while pending:
        one = pending.pop()
        if id(one) not in known and isinstance(one, dict | list | tuple | Printed | Page):
            known[id(one)] = one
            pending += gc.get_referents(one)
    return sum(isinstance(one, Page) for one in known.values())


def test_pages_that_are_made_anew_as_they_were_are_not_held_twice():
    plates, numbers = Plates(), []
    for number in [*range(6), *range(6)]:
        for digest in (changed(digests.harbour(), {number: "Quay burns"}, set(), set()), digests.harbour()):
            render_pages(digest, CONFIG, plates)
        numbers.append(held(plates))
    assert numbers[:6] == numbers[6:]


def test_what_nothing_has_changed_is_not_made_again():
    plates = Plates()
    first, digest = (changed(digests.harbour(), titles, set(), set()) for titles in ({}, {0: "Quay burns"}))
    before = {page.path: page for page in render_pages(first, CONFIG, plates)}
    after = {page.path: page for page in render_pages(digest, CONFIG, plates)}
    made = {path for path, page in after.items() if page is not before.get(path)}
    other = {path for path in made if path in before and after[path] != before[path]}
    story = digest.stories[0]
    assert any(story.id in path for path in other)
    untouched = digest.stories[-1]
    assert not any(untouched.id in path for path in made)


@pytest.mark.parametrize(
    "config", [sites.config(), sites.config(accent="#aa0000"), sites.config(language="de")]
)
def test_other_settings_make_everything_anew(config):
    plates = Plates()
    render_pages(digests.harbour(), CONFIG, plates)
    assert render_pages(digests.harbour(), config, plates) == render_pages(digests.harbour(), config)


class Reader:
    """Has pages open, and breaks an edition off after so many sheets."""

    def __init__(self, *paths: str, patience: int = 10**6) -> None:
        self._paths, self._patience = frozenset(paths), patience
        self.shown: dict[str, Page] = {}

    def heed(self) -> None:
        self._patience -= 1
        if self._patience < 0:
            raise BrokenOff

    def asks(self) -> frozenset[str]:
        asked, self._paths = self._paths, frozenset()
        return asked

    def show(self, pages: Iterable[Page]) -> None:
        self.shown |= {page.path: page for page in pages}


def recording() -> tuple[list[str], Callable[[Press, Context], Page]]:
    """Return the paths of what is printed, and what to print with in place of ``Press.page``."""
    printed: list[str] = []
    whole = Press.page

    def page(press: Press, context: Context) -> Page:
        printed.append(context.page.path)
        return whole(press, context)

    return printed, page


def test_what_is_open_is_shown_first_as_the_whole_edition_has_it(monkeypatch):
    printed, page = recording()
    plates, config = Plates(), sites.config(accent="#aa0000")
    render_pages(digests.harbour(), CONFIG, plates)
    monkeypatch.setattr(Press, "page", page)
    story = urls.story_path(digests.harbour().stories[-1])
    reader = Reader(story, "index.html", "people/index.html", "nowhere/index.html")
    pages = render_pages(digests.harbour(), config, plates, reader)
    assert set(printed[:3]) == {story, "index.html", "people/index.html"}
    assert len(printed) == len(set(printed))
    assert pages == render_pages(digests.harbour(), config)
    assert {story, "index.html", "people/index.html"} < reader.shown.keys()
    assert any(path.endswith(".css") for path in reader.shown)
    assert set(reader.shown.values()) < set(pages)


def test_where_little_is_made_anew_what_is_open_and_differs_is_shown_first_too(monkeypatch):
    printed, page = recording()
    digest = changed(digests.harbour(), {0: "Quay burns"}, set(), set())
    story, other = (urls.story_path(digest.stories[place]) for place in (0, -1))
    for opened in ({"index.html", story}, {story, other}, {"archive/index.html"}):
        plates, reader = Plates(), Reader(*opened, patience=0)
        before = render_pages(digests.harbour(), CONFIG, plates)
        monkeypatch.setattr(Press, "page", page)
        after = render_pages(digest, CONFIG, plates, reader)
        monkeypatch.undo()
        assert after == render_pages(digest, CONFIG)
        assert reader.shown == {one.path: one for one in set(after) - set(before) if one.path in opened}
        assert set(printed[: len(reader.shown)]) >= reader.shown.keys()
        assert len(printed) == len(set(printed))
        printed.clear()


@settings(max_examples=8)
@given(
    st.lists(DAYS, min_size=2, max_size=3),
    st.sampled_from(["index.html", "archive/index.html", "people/index.html"]),
)
def test_editions_that_somebody_looks_at_equal_those_made_from_nothing(days, path):
    plates = Plates()
    for day in days:
        digest = changed(digests.harbour(), *day)
        assert render_pages(digest, CONFIG, plates, Reader(path)) == render_pages(digest, CONFIG)


@settings(max_examples=8)
@given(st.integers(0, 60), DAYS)
def test_an_edition_that_follows_one_that_was_broken_off_equals_one_made_from_nothing(patience, day):
    plates, config = Plates(), sites.config(accent="#aa0000")
    render_pages(digests.harbour(), CONFIG, plates)
    with suppress(BrokenOff):
        render_pages(digests.harbour(), config, plates, Reader("index.html", patience=patience))
    digest = changed(digests.harbour(), *day)
    assert render_pages(digest, config, plates, Reader("index.html")) == render_pages(digest, config)


def test_words_that_are_not_their_sources_are_never_shown(tmp_path):
    plates, reader = Plates(), Reader("index.html")
    render_pages(digests.harbour(), CONFIG, plates)
    story = next(story for story in digests.harbour().stories if story.extracts)
    passage = story.extracts[0].passage
    cite = f"{passage.article}:{passage.span.start}-{passage.span.end}"
    (tmp_path / "index.html").write_text(f'<p data-cite="{cite}">Invented.</p>', encoding="utf-8")
    with pytest.raises(SiteError, match="Invented"):
        render_pages(digests.harbour(), replace(CONFIG, templates=tmp_path), plates, reader)
    assert reader.shown == {}


def test_pages_of_many_stories_are_printed_only_where_they_show_the_difference(monkeypatch):
    printed, page = recording()
    plates, digest = Plates(), told(digests.harbour().stories, digests.harbour())
    story = next(one for one in digest.stories if not one.single)
    render_pages(digest, CONFIG, plates)
    first, *others = story.articles
    other = replace(story, articles=(replace(first, digest="other bytes"), *others))
    monkeypatch.setattr(Press, "page", page)
    render_pages(
        told(tuple(other if one is story else one for one in digest.stories), digest), CONFIG, plates
    )
    members = {article.id for article in story.articles}
    assert printed
    assert not [path for path in printed if not any(id_ in path for id_ in members)]
