"""One utterance in different words, and which quotes a story shows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import SummarySettings
from generator.model import Article, Group, StoryQuote
from generator.stories.material import Material
from generator.stories.telling import tell_story
from generator.stories.variants import align, find_said, pieces
from tests.builders import article

SAFE = "“The bridge is safe, and whoever says otherwise wants to frighten people,” Mayor Ruth Amory told reporters."
SECURE = "Mayor Ruth Amory told the radio: “The bridge is secure, and anybody who says otherwise wants to scare people.”"
OTHER = "“Nobody asked us before they put up the fence,” said Tom Hale, the owner of the mill."
LEAD = (
    "The mill at Brandt burned down on Monday night, the fire service said.\n\n"
    "Forty men fought the flames with water from the Tolle until dawn.\n\n"
    "Insurers put the loss at 3 million crowns in a first estimate."
)
FILLER = "The bridge over the Tolle was built in 1931. Lorries must take the road by Callow."


def aligned(*texts: str) -> list[tuple[str, str]]:
    """Return the first words of the quotes that are taken for one utterance."""
    material = Material([article(f"{t}\n\n{FILLER}", f"{n}.md", lang="en") for n, t in enumerate(texts)])
    return [(p.one.words.text[:20], p.other.words.text[:20]) for p in align(find_said(material))]


def quotes(articles: Sequence[Article], most: int = 6) -> tuple[StoryQuote, ...]:
    """Return the quotes of a story of these articles."""
    return tell_story(Group(tuple(articles)), SummarySettings(quotes=most)).quotes


# ---------------------------------------------------------------- alignment


def test_two_wordings_of_one_speaker_are_aligned() -> None:
    assert aligned(SAFE, SECURE) == [("The bridge is safe, ", "The bridge is secure")]


def test_another_speakers_words_are_not() -> None:
    assert aligned(SAFE, SECURE.replace("Ruth Amory", "Tom Hale").replace("Mayor ", "")) == []
    assert aligned(SAFE, OTHER) == []


def test_one_speaker_may_say_two_things() -> None:
    other = "Mayor Ruth Amory said of the school: “Children will have lessons in the town hall from Monday.”"
    assert aligned(SAFE, other) == []


def test_nor_is_what_a_speaker_says_of_one_thing_twice_one_utterance() -> None:
    one = "Mayor Ruth Amory told the radio: “I think Judge Pell should be ashamed, this ruling of hers is a disgrace.”"
    other = (
        "Mayor Ruth Amory told reporters: “They ought to look into Judge Pell, because what Judge Pell is doing to "
        "this town is a total disgrace. But we will come back in the autumn, and then we shall see.”"
    )
    assert aligned(one, other) == []


def test_two_quotes_of_one_sentence_are_each_aligned_with_their_like() -> None:
    here = "Mayor Ruth Amory said the evening was “a sorry affair for the town” and the guests had “paid far too little.”"
    there = "Mayor Ruth Amory said the evening was “a sad affair for us all” and the guests had “given miserly sums.”"
    assert aligned(here, there) == [
        ("a sorry affair for t", "a sad affair for us "),
        ("paid far too little.", "given miserly sums."),
    ]
    assert aligned(here, here) == [("a sorry affair for t",) * 2, ("paid far too little.",) * 2]


def test_spellings_of_a_name_are_one_speaker() -> None:
    one = "“The border stays open to every friend of peace,” leader Kim Jong Un said in a speech."
    other = "Kim Jong-un said in his speech: “The frontier remains open to all friends of peace.”"
    assert len(aligned(one, other)) == 1


@pytest.mark.parametrize(
    "other",
    [
        "“The frontier remains open to all friends of peace,” the North Korean leader, Kim Jong-un, said.",
        "In his speech Kim Jong-un declared that “the frontier remains open to all friends of peace”.",
        "“The frontier remains open to all friends of peace,” North Korea's leader Kim Jong-un told them.",
        "Speaking in the capital, Kim Jong-un vowed: “The frontier remains open to all friends of peace.”",
        "The frontier “remains open to all friends of peace,” according to Kim Jong-un, who spoke at noon.",
    ],
)
def test_how_a_quote_is_attributed_does_not_matter(other: str) -> None:
    one = "“The border stays open to every friend of peace,” leader Kim Jong Un said in a speech."
    assert len(aligned(one, other)) == 1


def test_a_sentence_may_be_quoted_whole_here_and_in_parts_there() -> None:
    whole = "Mayor Ruth Amory said the towns would “work together to guard their river and build a fair and lasting order.”"
    parts = "Mayor Ruth Amory said that both towns would “act jointly” to guard their river and build a “just and lasting order.”"
    assert len(aligned(whole, parts)) == 2


def test_a_quotation_that_is_never_closed_is_never_aligned() -> None:
    assert aligned(SAFE, SECURE.replace("people.”", "people.")) == []


def test_equal_words_are_one_utterance_whoever_is_named() -> None:
    one = "“We will not leave this square before they listen,” said Dana Wolf, a nurse from Lunde."
    other = "“We will not leave this square before they listen,” one of the protesters said."
    assert len(aligned(one, other)) == 1


# ---------------------------------------------------------------- words that differ


def test_words_that_the_other_lacks_are_marked() -> None:
    shown = pieces("strong and safe bonds", "strong and secure bonds,")
    assert [(p.text, p.differs) for p in shown] == [("strong and", False), ("safe", True), ("bonds", False)]


def test_case_commas_and_hyphens_make_no_difference() -> None:
    assert [p.differs for p in pieces("A multi-polar world.", "a multipolar world,")] == [False]


@given(st.text(max_size=60), st.text(max_size=60))
def test_pieces_joined_are_the_words(one: str, other: str) -> None:
    assert " ".join(piece.text for piece in pieces(one, other)).split() == one.split()


# ---------------------------------------------------------------- choice


def test_wordings_are_shown_side_by_side_once() -> None:
    one, other = (
        article(f"{SAFE}\n\n{FILLER}", "a.md", lang="en"),
        article(f"{SECURE}\n\n{OTHER}", "b.md", lang="en"),
    )
    first, *rest = [q for q in quotes((one, other)) if q.speaker == "Ruth Amory"]
    assert rest == []
    assert len(first.variants) == 1
    assert any(piece.differs for piece in first.pieces)
    assert any(piece.differs for piece in first.variants[0].pieces)


def test_quotes_are_spread_over_speakers() -> None:
    many = "\n\n".join(
        f"“The {thing} of the mill will be rebuilt in spring,” Ruth Amory said."
        for thing in ("roof", "wall", "wheel")
    )
    held = article(f"{LEAD}\n\n{many}\n\n{OTHER}", lang="en")
    assert {q.speaker for q in quotes((held,), most=2)} == {"Ruth Amory", "Tom Hale"}


def test_what_an_extract_quotes_is_not_shown_again() -> None:
    sentence = "Mayor Ruth Amory said that “the bridge is safe and was inspected in the spring of last year.”"
    held = article(f"{sentence}\n\n{LEAD}\n\n{OTHER}", lang="en")
    story = tell_story(Group((held,)), SummarySettings())
    assert sentence in [story.shown(e.passage) for e in story.extracts]
    assert [q.speaker for q in story.quotes] == ["Tom Hale"]


def test_quotes_are_word_for_word_and_cited() -> None:
    held = article(f"{FILLER}\n\n{SAFE}\n\n{OTHER}", lang="en")
    for quote in quotes((held,)):
        assert held.shown(quote.passage.span) in held.text
        assert held.sentences[quote.passage.sentence].start <= quote.passage.span.start


def test_no_more_quotes_than_wanted() -> None:
    one, other = article(f"{SAFE}\n\n{OTHER}", "a.md", lang="en"), article(SECURE, "b.md", lang="en")
    assert quotes((one, other), most=0) == ()
    assert len(quotes((one, other), most=1)) == 1


def test_quotes_behind_the_first_hundreds_of_an_article_are_not_compared() -> None:
    many = "".join(f"“It will hold for {n} more years,” said Tom Hale. " for n in range(199))
    assert aligned(f"{many}{SAFE}", SECURE) == [("The bridge is safe, ", "The bridge is secure")]
    assert aligned(f"{many}“It holds well,” said Tom Hale. {SAFE}", SECURE) == []
