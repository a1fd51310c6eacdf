"""Who reports what, and what one source alone reports."""

from __future__ import annotations

from generator.config import SummarySettings
from generator.model import Group, Story
from generator.stories.claims import MOST_CLAIMS
from generator.stories.telling import tell_story
from tests.builders import article

POST = (
    "The dam above Neth broke at dawn on Monday and flooded 340 houses, the district said.\n\n"
    "Soldiers brought 1,200 people from the lower town to the school in Callow.\n\n"
    "Engineers had warned of cracks in the dam in a report of May 2023, said Mayor Ruth Amory.\n\n"
    "The bakery of Tom Hale gave away 900 loaves to the families in the school.\n\n"
    "Mayor Ruth Amory ordered the evacuation of the lower town at 4 a.m. on Monday."
)
HERALD = (
    "At dawn on Monday the dam above Neth broke and 410 houses were flooded, firefighters said.\n\n"
    "Some 1,200 people from the lower town were brought by soldiers to the school in Callow.\n\n"
    "The evacuation of the lower town was ordered at 4 a.m. on Monday by Mayor Ruth Amory.\n\n"
    "Prime Minister Clara Nye promised 12 million crowns in aid when she visited Callow."
)
ECHO = (
    "Firefighters in Callow pumped 90 cellars dry on Tuesday.\n\n"
    "The cost of a new dam above Neth was put at 55 million crowns by the State Hydraulic Institute.\n\n"
    "Prime Minister Clara Nye, who visited Callow, promised aid of 12 million crowns."
)


def story(*texts: str, **summary: int) -> Story:
    """Return the story of reports with these texts."""
    articles = [article(t, f"{n}.md", lang="en", outlet=f"Outlet {n}") for n, t in enumerate(texts)]
    return tell_story(Group(tuple(articles)), SummarySettings(**summary))


def matrix(told: Story) -> dict[str, list[str]]:
    """Return the states of each claim by its first words."""
    return {told.shown(c.passage)[:30]: [cell.state for cell in c.cells] for c in told.claims}


def states(told: Story, words: str) -> list[str]:
    """Return the states of the claim that holds these words."""
    (found,) = [states for claim, states in matrix_long(told).items() if words in claim]
    return found


def matrix_long(told: Story) -> dict[str, list[str]]:
    """Return the states of each claim by its words."""
    return {told.shown(c.passage): [cell.state for cell in c.cells] for c in told.claims}


def test_each_claim_has_a_cell_for_each_article() -> None:
    told = story(POST, HERALD, ECHO)
    assert all([cell.article for cell in c.cells] == [a.id for a in told.articles] for c in told.claims)


def test_extracts_are_the_first_claims() -> None:
    told = story(POST, HERALD, ECHO)
    assert [c.passage for c in told.claims][: len(told.extracts)] == [e.passage for e in told.extracts]


def test_sources_that_say_the_same_are_found() -> None:
    told = story(POST, HERALD, ECHO)
    assert states(told, "1,200 people") == ["says so", "says so", "silent"]
    assert states(told, "12 million crowns") == ["silent", "says so", "says so"]


def test_another_figure_of_one_quantity_differs() -> None:
    told = story(POST, HERALD, ECHO)
    assert states(
        told, "flooded 340 houses" if "flooded 340 houses" in str(matrix_long(told)) else "410 houses"
    ) in (
        ["says so", "differs", "silent"],
        ["differs", "says so", "silent"],
    )


def test_each_cell_that_is_not_silent_has_a_passage_of_its_article() -> None:
    told = story(POST, HERALD, ECHO)
    for claim in told.claims:
        for cell in claim.cells:
            assert (cell.passage is None) == (cell.state == "silent")
            assert cell.passage is None or cell.passage.article == cell.article


def test_what_a_source_in_another_language_says_is_not_known() -> None:
    german = "In Neth brach am Montag ein Damm. Die Feuerwehr pumpte am Dienstag viele Keller leer."
    langs = {POST: "en", HERALD: "en", german: "de", ECHO: ""}
    members = [article(text, f"{n}.md", lang=lang) for n, (text, lang) in enumerate(langs.items())]
    told = tell_story(Group(tuple(members)), SummarySettings())
    assert states(told, "1,200 people") == ["says so", "says so", "not compared", "silent"]


def test_no_claim_is_stated_twice() -> None:
    told = story(POST, HERALD, ECHO)
    passages = [c.passage for c in told.claims]
    assert len(passages) == len(set(passages)) <= MOST_CLAIMS
    assert sum("1,200 people" in claim for claim in matrix_long(told)) == 1


def test_only_in_one_source_holds_what_nobody_else_says() -> None:
    only = {
        (p.article, told_words)
        for told in [story(POST, HERALD, ECHO, max_words=40)]
        for p in told.only
        for told_words in [told.shown(p)]
    }
    words = " ".join(text for _, text in only)
    assert "900 loaves" in words
    assert "1,200 people" not in words
    assert "340 houses" not in words


def test_a_single_report_has_no_matrix() -> None:
    told = story(POST)
    assert (told.claims, told.only, told.differences) == ((), (), ())


def test_a_report_in_another_language_is_not_taken_for_the_only_source() -> None:
    other = article(
        "Der Damm oberhalb von Neth brach am Montag, 340 Häuser standen nach Angaben des Bezirks unter Wasser.",
        "c.md",
        lang="de",
    )
    english = [article(t, f"{n}.md", lang="en") for n, t in enumerate((POST, HERALD))]
    told = tell_story(Group((*english, other)), SummarySettings())
    assert other.id not in {p.article for p in told.only}
