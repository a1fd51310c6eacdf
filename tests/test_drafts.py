"""Pages that nothing has changed are not made again, and an edition made so equals one made from nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Digest, Headline, Page, Story
from generator.publishing.contexts import Context
from generator.publishing.drafts import Plates
from generator.publishing.render import Press, render_pages
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


def test_pages_of_many_stories_are_printed_only_where_they_show_the_difference(monkeypatch):
    printed: list[str] = []
    whole = Press.page

    def page(press: Press, context: Context) -> Page:
        printed.append(context.page.path)
        return whole(press, context)

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
