"""Five real articles as they arrived: what is told of them, as a journalist reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.config import ReadSettings, SummarySettings
from generator.model import Group, Story
from generator.reading.read import read
from generator.stories.candidates import stands_alone
from generator.stories.telling import tell_story

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def stories(seeds: Path) -> dict[str, Story]:
    """Return the letter's two reports told as one story, the others alone; by the numbers of the files."""
    articles = {
        file.name[:3]: read(file.name, file.read_bytes(), ReadSettings()).articles[0]
        for file in sorted(seeds.iterdir())
    }
    groups = [("002", "003"), ("000",), ("001",), ("004",)]
    return {
        " ".join(group): tell_story(Group(tuple(articles[name] for name in group)), SummarySettings())
        for group in groups
    }


@pytest.fixture(scope="module")
def letter(stories: dict[str, Story]) -> Story:
    """Return the story of the letter."""
    return stories["002 003"]


def test_exactly_one_figure_differs(letter: Story) -> None:
    (figures,) = [d for d in letter.differences if d.kind == "figure"]
    assert [given.value for given in figures.given] == [10_000, 12_000]
    assert figures.label == "troops"


def test_two_articles_have_one_origin(letter: Story) -> None:
    (witness,) = letter.witnesses
    assert witness.origin == "KCNA"
    assert len(witness.articles) == 2
    assert not witness.copies


def test_all_wordings_are_found_and_none_is_false(letter: Story) -> None:
    pairs = {
        frozenset(
            (
                letter.shown(q.passage).split()[0],
                letter.shown(v.passage).split()[0],
                letter.shown(v.passage).split()[1],
            )
        )
        for q in letter.quotes
        for v in q.variants
    }
    first_words = {word for pair in pairs for word in pair}
    assert {"outstanding", "excellent"} <= first_words
    assert {"collaborate", "act", "just"} <= first_words
    assert sum(len(q.variants) for q in letter.quotes) == 5


def test_wordings_of_one_sentence_stand_side_by_side(letter: Story) -> None:
    shown = {
        letter.shown(q.passage): [letter.shown(v.passage) for v in q.variants]
        for q in letter.quotes
        if q.variants
    }
    sides = [" | ".join([quote, *others]) for quote, others in shown.items()]
    for one, other in (
        ("camaraderie", "friendship"),
        ("courage and sacrifice", "bravery and self-sacrifice"),
    ):
        assert any(one in side and other in side for side in sides)


def test_every_extract_stands_alone_and_is_no_comment(stories: dict[str, Story]) -> None:
    for story in stories.values():
        assert story.extracts
        for extract in story.extracts:
            held = story.article(extract.passage.article)
            assert stands_alone(held, extract.passage.sentence)


def test_the_closing_comment_is_in_no_summary(letter: Story) -> None:
    text = letter.articles[1].text
    comment = text.rindex("The mutual defense pact")
    for passage in [e.passage for e in letter.extracts] + list(letter.only):
        assert passage.article != letter.articles[1].id or passage.span.start < comment


def test_no_extract_is_boilerplate(stories: dict[str, Story]) -> None:
    words = "Donate", "Ripples Nigeria", "234Radio", "itemsend", "Recommended", "Kim Il Sung Square"
    shown = [story.shown(e.passage) for story in stories.values() for e in story.extracts]
    assert not [text for text in shown if any(word in text for word in words)]


def test_the_two_leads_are_one_sentence_and_its_support(letter: Story) -> None:
    lead = letter.extracts[0]
    assert "heroic" in letter.shown(lead.passage)
    (support,) = lead.support
    assert support.relation == "same"
    assert "heroic" in letter.shown(support.passage)
    assert sum("heroic" in letter.shown(e.passage) for e in letter.extracts) == 1


def test_the_headline_is_a_headline_where_there_is_one(stories: dict[str, Story]) -> None:
    kinds = {name: story.headline.kind for name, story in stories.items()}
    assert kinds["002 003"] == "headline"
    assert kinds["000"] == "first sentence"
    assert stories["004"].headline.text.startswith("N. Korean leader")


def test_nothing_undated_is_dated_by_a_weekday(stories: dict[str, Story]) -> None:
    for story in stories.values():
        assert story.first is None
        assert not [event for event in story.timeline if event.resolved]


def test_a_quote_that_is_never_closed_is_not_shown(stories: dict[str, Story]) -> None:
    assert not [
        q for q in stories["001"].quotes if "precious common asset" in stories["001"].shown(q.passage)
    ]


def test_scare_quotes_are_no_quotes(stories: dict[str, Story]) -> None:
    shown = {story.shown(q.passage).strip(".,") for story in stories.values() for q in story.quotes}
    assert not shown & {"heroic", "special military operation", "blood", "unwavering support"}
