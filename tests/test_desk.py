"""What an analysis keeps for the next: whatever changed between them, all comes out as if nothing had been kept."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import GroupSettings, SummarySettings
from generator.model import Article, Digest, Group, Story
from generator.stories.desk import Desk, Kept
from generator.stories.digest import edit_digest
from generator.stories.groups import group_articles
from generator.stories.overrides import Overrides, parse_overrides
from generator.stories.telling import tell_story
from generator.stories.threads import find_threads
from generator.stories.vectors import vectorise
from generator.stories.why import explain_groups
from tests.builders import article
from tests.stories import BANK, FERRY, OTHER_FERRY

TEXTS = (*FERRY, *OTHER_FERRY, BANK)
NAMES = [f"{letter}.md" for letter in "abcdefghij"]
DATES = ("2025-03-01", "2025-03-04", "2026-03-01")
VERSIONS = st.tuples(st.integers(0, len(TEXTS) - 1), st.integers(0, 2), st.sampled_from(DATES)) | st.none()
OPTIONS = st.sampled_from(
    [GroupSettings(), GroupSettings(), GroupSettings(threshold=0.2, thread_threshold=0.1)]
)
WORDS = ["", "", '[[merge]]\narticles = ["a.md", "b.md"]', 'pin = ["a.md"]\n[[split]]\narticle = "b.md"']
EDITS = st.tuples(
    st.dictionaries(st.sampled_from(NAMES[2:]), VERSIONS, max_size=3), OPTIONS, st.sampled_from(WORDS)
)
Edit = tuple[dict[str, tuple[int, int, str] | None], GroupSettings, str]
TOLD: dict[str, Story] = {}
ADDED = ("", "Divers went down.", "The mayor, Ilse Quist, praised the 79th crew on Friday.")


@cache
def written(name: str, text: int, added: int, date: str) -> Article:
    """Return a version of an article, the same object each time."""
    return article(f"{TEXTS[text]} {ADDED[added]}", name, date=date)


def told(group: Group) -> Story:
    """Return the story of a group, the same object each time."""
    if group.key not in TOLD:
        TOLD[group.key] = tell_story(group, SummarySettings())
    return TOLD[group.key]


def analysed(articles: list[Article], options: GroupSettings, word: Overrides, kept: Kept) -> Digest:
    """Do what a build does between reading and rendering."""
    vectors = vectorise(articles, kept.counts)
    groups = group_articles(articles, vectors, options, word, kept.grouping)
    stories = [told(group) for group in groups]
    threads = find_threads(stories, vectors, options, word, kept.threading)
    reasons = explain_groups(groups, vectors, options, word, kept.reasons)
    digest = edit_digest(articles, kept.told.each(stories, threads), threads, (), kept.editing)
    return replace(digest, reasons=kept.told.why(reasons))


@settings(max_examples=12)
@given(st.lists(EDITS, min_size=1, max_size=4))
def test_an_analysis_equals_one_that_knows_of_no_other(edits: list[Edit]) -> None:
    kept = Kept()
    versions: dict[str, tuple[int, int, str] | None] = {
        name: (at % len(TEXTS), 0, DATES[0]) for at, name in enumerate(NAMES[:8])
    }
    builds: list[Edit] = [({}, GroupSettings(), ""), *edits]
    for changes, options, text in builds:
        versions |= changes
        articles = [written(name, *version) for name, version in versions.items() if version]
        word = parse_overrides(text, "stories.toml") if text else Overrides()
        expected = analysed(articles, options, word, Kept())
        assert repr(expected) == repr(analysed(articles, options, word, kept))


def test_what_did_not_change_is_the_very_same() -> None:
    kept = Kept()
    articles = [written(name, at % len(TEXTS), 0, DATES[0]) for at, name in enumerate(NAMES)]
    first = analysed(articles, GroupSettings(), Overrides(), kept)
    again = analysed(articles, GroupSettings(), Overrides(), kept)
    assert len(first.stories) > 1
    assert all(one is other for one, other in zip(first.stories, again.stories, strict=True))


def test_a_desk_is_empty_after_a_build_that_was_broken_off() -> None:
    desk = Desk()
    kept = desk.take()
    desk.put(kept)
    assert desk.take() is kept
    assert desk.take() is not kept
