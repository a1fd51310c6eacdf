"""A story as a whole: pure, verbatim, whatever the articles are."""

from __future__ import annotations

import gc
import sys
from pickle import dumps
from subprocess import run

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import SummarySettings
from generator.model import Article, Group, Passage, Story
from generator.stories.telling import tell_story
from tests.builders import article
from tests.growth import assert_linear
from tests.test_claims import ECHO, HERALD, POST


def reports(*texts: str) -> tuple[Article, ...]:
    return tuple(article(text, f"{n}.md", lang="en", outlet=f"Outlet {n}") for n, text in enumerate(texts))


def passages(story: Story) -> list[Passage]:
    """Return every place that a story cites."""
    return [
        *(e.passage for e in story.extracts),
        *(s.passage for e in story.extracts for s in e.support),
        *(q.passage for q in story.quotes),
        *(v.passage for q in story.quotes for v in q.variants),
        *(g.passage for d in story.differences for g in d.given),
        *(cell.passage for c in story.claims for cell in c.cells if cell.passage),
        *story.only,
        *(e.passage for e in story.timeline),
    ]


def check(story: Story) -> None:
    """Assert what holds of every story."""
    for passage in passages(story):
        held = story.article(passage.article)
        assert 0 <= passage.span.start < passage.span.end <= len(held.text)
        assert (
            held.sentences[passage.sentence].start
            <= passage.span.start
            < held.sentences[passage.sentence].end
        )
    for quote in story.quotes:
        for pieces, passage in [
            (quote.pieces, quote.passage),
            *((v.pieces, v.passage) for v in quote.variants),
        ]:
            assert not pieces or " ".join(piece.text for piece in pieces) == story.shown(passage)
    for extract in story.extracts:
        others = [support.passage.article for support in extract.support]
        assert extract.passage.article not in others
        assert len(others) == len(set(others))
        assert others == [a.id for a in story.articles if a.id in others]
    held_once = [id_ for witness in story.witnesses for id_ in witness.articles]
    assert sorted(held_once) == sorted(a.id for a in story.articles)
    assert story.id == story.articles[0].id


def test_a_story_cites_places_that_exist() -> None:
    check(tell_story(Group(reports(POST, HERALD, ECHO)), SummarySettings()))
    check(tell_story(Group(reports(POST)), SummarySettings()))


def test_the_same_group_gives_the_same_story() -> None:
    group = Group(reports(POST, HERALD, ECHO))
    assert dumps(tell_story(group, SummarySettings())) == dumps(tell_story(group, SummarySettings()))


def test_the_story_does_not_depend_on_the_seed_of_hashes() -> None:
    code = (
        "from tests.test_telling import *\n"
        "print(repr(tell_story(Group(reports(POST, HERALD, ECHO)), SummarySettings())))"
    )
    told = [
        run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1] != b""


def test_what_the_group_says_is_kept() -> None:
    story = tell_story(
        Group(reports(POST, HERALD), title="After the dam", pinned=True, hidden=True), SummarySettings()
    )
    assert (story.headline.text, story.headline.kind) == ("After the dam", "override")
    assert story.pinned
    assert story.hidden
    assert not story.single


def test_a_story_lasts_from_its_first_to_its_last_day() -> None:
    early, late = article(POST, "a.md", date="2026-03-01"), article(HERALD, "b.md", date="2026-03-04")
    story = tell_story(Group((early, late, article(ECHO, "c.md"))), SummarySettings())
    assert story.first == early.meta.date
    assert story.last == late.meta.date


def test_names_are_added_up_over_the_articles() -> None:
    story = tell_story(Group(reports(POST, HERALD)), SummarySettings())
    counts = {name.text: name.count for name in story.names}
    assert counts["Ruth Amory"] == 3


def test_who_is_quoted_is_a_person_and_who_publishes_an_organisation() -> None:
    text = (
        "Dagny Holm ran. “We heard the wall go before we saw it,” Dagny Holm said. "
        "The Quill Post had warned of the wall in May, and the Quill Post was right."
    )
    for papers in (1, 2):
        story = tell_story(Group(reports(*[text] * papers)), SummarySettings())
        kinds = {name.text: name.kind for name in story.names}
        assert (kinds["Dagny Holm"], kinds["Quill Post"]) == ("person", "organisation")


def test_telling_single_reports_loads_neither_solver_nor_clusterer() -> None:
    code = (
        "import sys\nfrom tests.test_telling import *\n"
        "tell_story(Group(reports(POST)), SummarySettings())\n"
        "print({'scipy', 'sklearn', 'numpy'} & set(sys.modules))"
    )
    done = run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "set()"


def test_stories_of_more_articles_take_time_that_grows_with_them() -> None:
    def tell(text: str) -> Story:
        texts = [POST.replace("Monday", f"Monday number {n}") for n in range(text.count("."))]
        return tell_story(Group(reports(*texts)), SummarySettings())

    assert_linear(tell, ".", 15)


WORDS = [
    "Pell",
    "Ada Brent",
    "dam",
    "broke",
    "said",
    "not",
    "12",
    "1,200",
    "Monday",
    "“safe",
    "safe”",
    "\n\n",
    ". The",
    ", he said.",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60), min_size=1, max_size=4))
def test_any_text_makes_a_story(texts: list[list[str]]) -> None:
    articles = [
        article(f"The town of Pell. {' '.join(words)}.", f"{n}.txt", lang="en")
        for n, words in enumerate(texts)
    ]
    check(tell_story(Group(tuple(articles)), SummarySettings()))


def test_a_story_that_was_told_leaves_nothing_that_only_a_search_for_garbage_gives_back() -> None:
    group = Group(reports(POST, HERALD))
    tell_story(group, SummarySettings())  # what is read and remembered once
    gc.collect()
    gc.disable()
    try:
        tell_story(group, SummarySettings())
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_articles_that_say_one_thing_again_and_again_take_time_that_grows_with_them() -> None:
    def tell(text: str) -> Story:
        line = "The market in Pell burned on Monday and 140 traders lost their stalls, the mayor Ruth Amory said. "
        return tell_story(Group(reports(*[line * text.count(".")] * 2)), SummarySettings())

    assert_linear(tell, ".", 15)


@pytest.mark.parametrize(
    "unit",
    [
        "“The wall № will hold,” said Anna Lee№ on Monday. ",
        "“the wall № holds” and ",
        "Wall №000 lost 1№ men. ",
        "On Monday Anna Lee№ met Tom Hale№ of the board, who said nothing. ",
    ],
    ids=["quotes", "run of quotes", "figures", "names"],
)
def test_two_reports_made_to_hurt_take_time_that_grows_with_them(unit: str) -> None:
    def tell(text: str) -> Story:
        return tell_story(Group(reports(text, text.replace("l", "ll"))), SummarySettings())

    assert_linear(tell, unit, 10_000)


def test_a_story_does_not_depend_on_the_words_that_the_process_has_met(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    group = Group(reports(POST, HERALD, ECHO))
    known = tell_story(group, SummarySettings())
    monkeypatch.setattr("generator.stories.lexis.MOST", 0)  # so that each story begins with none
    assert tell_story(group, SummarySettings()) == known
    tell_story(Group(reports(*(f"{HERALD} Zymurgy {n} began." for n in range(3)))), SummarySettings())
    assert tell_story(group, SummarySettings()) == known
