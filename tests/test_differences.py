"""Where sources differ: figures of one quantity, told apart from all other figures."""

from __future__ import annotations

import pytest

from generator.config import SummarySettings
from generator.model import Difference, Group
from generator.stories.differences import differing_figures, differing_wordings
from generator.stories.material import Material
from generator.stories.telling import tell_story
from generator.stories.variants import align, find_said
from tests.builders import article


def figures(one: str, other: str, **front: str) -> list[list[float]]:
    """Return the values of each difference between two reports."""
    found = compare(one, other, **front)
    return [[given.value for given in difference.given] for difference in found]


def compare(one: str, other: str, **front: str) -> tuple[Difference, ...]:
    """Return the differing figures of two reports of two outlets."""
    first = article(one, "a.md", lang="en", outlet="Pell Post", **front)
    second = article(other, "b.md", lang="en", outlet=front.pop("outlet2", "Lunde Times"), **front)
    return differing_figures(Material((first, second)))


def test_two_figures_of_one_quantity_differ() -> None:
    (difference,) = compare(
        "The army sent over 10,000 troops to the border in the autumn.",
        "In a letter the king spoke of the sending of over 12,000 northern soldiers.",
    )
    assert difference.kind == "figure"
    assert difference.label == "troops"
    assert [given.value for given in difference.given] == [10_000, 12_000]


def test_what_two_sources_give_as_more_than_so_much_differs() -> None:
    one, other = "Over 10,000 ships lay off Pell.", "Over 12,000 ships lay off Pell."
    assert figures(one, other) == [[10_000, 12_000]]
    assert figures(one, other.replace("Over ", "Some ")) == []


def test_the_first_hundred_figures_of_one_quantity_are_compared() -> None:
    line = "The flood drove {} people from their homes in Pell. "
    other = "The flood drove 9,500 residents of Pell from their homes."
    table = "".join(map(line.format, range(1_000, 1_099)))
    assert figures(table + line.format(9_000), other) == [[9_000, 9_500]]
    assert figures(table + line.format(1_099) + line.format(9_000), other) == []


def test_both_sentences_and_both_figures_are_cited() -> None:
    one = article("The flood drove 1,200 people from their homes in Pell.", "a.md", lang="en")
    other = article("The flood drove 1,500 residents of Pell from their homes.", "b.md", lang="en")
    (difference,) = differing_figures(Material((one, other)))
    shown = [(a, given) for a, given in zip((one, other), difference.given, strict=True)]
    assert [a.shown(given.span) for a, given in shown] == ["1,200", "1,500"]
    assert [a.shown(given.passage.span)[:9] for a, given in shown] == ["The flood", "The flood"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The flood drove 1,200 people from their homes.",
            "The flood drove 1,200 residents from their homes.",
        ),
        (
            "The flood drove 1,200 people from their homes.",
            "Another 1,500 people left their homes after the flood.",
        ),
        (
            "The flood drove 1,200 people from their homes.",
            "The flood may drive 1,500 people from their homes.",
        ),
        ("The flood drove 1,200 people from their homes.", "The flood killed 1,500 people in their homes."),
        ("The flood drove 1,200 people from their homes.", "The flood drove 4,500 people from their homes."),
        ("The flood drove 1,200 people from their homes.", "The flood destroyed 1,500 homes of the people."),
        ("The flood killed nine people in their homes.", "The flood killed six people in their homes."),
        ("The town had a flood in 1953 with dead people.", "The town had a flood in 1974 with dead people."),
        ("The 75th anniversary of the flood was kept.", "The 79th anniversary of the flood was kept."),
        ("The keeper faces more than 50 charges in Pell.", "The keeper of Pell is tried on 54 charges."),
        (
            "The coach of Pell earns $4 million a year.",
            "The coach of Pell still has a contract for $8 million.",
        ),
        (
            "The poll gave Hale 24 percent of the voters.",
            "The poll on Lund gave the voters of Amory 45 percent.",
        ),
        (
            "When the count of the southern wards began late in the evening, Hale had 36 votes in the hall.",
            "Far from there, as a storm rose, the islands of Lund cast 66 votes for a bridge and a new hall.",
        ),
        ("The repair cost 18 million crowns.", "The minister promised 40 million crowns in aid."),
        ("More than 21,000 ships passed the straits.", "Some 21,400 ships passed the straits in a year."),
        (
            "The coastguard counted 431 passengers on the ferry; the company had spoken of 437 passengers.",
            "The ferry was carrying 437 passengers, the company said.",
        ),
        (
            "The ferry carried 437 passengers on the day.",
            "The ferry carried 612 passengers on the day, after 437 on the day before.",
        ),
        (
            "The poll of voters in Pell showed Amory ahead of Hale, with 46 percent to 44 percent.",
            "The poll of voters in Pell showed that 55 percent of them want to see Hale and Amory debate.",
        ),
        (
            "The council gave 320 seats to Amory and 280 seats to Hale.",
            "The council has given 350 seats to Hale.",
        ),
        (
            "Guards held 23 sailors on the ferry at night.",
            "Guards held 11 Lund sailors on the ferry at night, of 23 in all.",
        ),
    ],
)
def test_other_figures_are_never_set_against_each_other(one: str, other: str) -> None:
    assert figures(one, other) == []


def test_one_outlet_does_not_differ_from_itself() -> None:
    one, other = "The flood drove 1,200 people from home.", "The flood drove 1,500 people from home."
    assert figures(one, other) == [[1200, 1500]]
    assert figures(one, other, outlet2="Pell Post") == []


def test_figures_weeks_apart_are_not_compared() -> None:
    texts = "The flood drove 1,200 people from home.", "The flood drove 1,500 people from home."
    near = [
        article(t, f"{d}.md", lang="en", date=f"2026-03-0{d}") for t, d in zip(texts, (1, 8), strict=True)
    ]
    far = [
        article(t, f"{d}.md", lang="en", date=f"2026-03-{d}") for t, d in zip(texts, (10, 18), strict=True)
    ]
    assert len(differing_figures(Material(near))) == 1
    assert differing_figures(Material(far)) == ()


def test_a_chain_of_neighbours_is_no_quantity() -> None:
    texts = [f"Voters in Pell gave {n} seats to the party of Hale." for n in (12, 25, 55, 120)]
    reports = [article(t, f"{n}.md", lang="en") for n, t in enumerate(texts)]
    assert differing_figures(Material(reports)) == ()
    (difference,) = differing_figures(Material(reports[:2]))
    assert [given.value for given in difference.given] == [12, 25]


def test_each_source_is_named_once_by_ascending_value() -> None:
    texts = [f"The flood drove {n} people from their homes." for n in ("1,500", "1,200", "1,500")]
    (difference,) = differing_figures(
        Material([article(t, f"{n}.md", lang="en") for n, t in enumerate(texts)])
    )
    assert [given.value for given in difference.given] == [1200, 1500, 1500]


WORDS = (
    "“The bridge is safe, and whoever says otherwise wants to frighten people,” Mayor Ruth Amory told reporters.",
    "Mayor Ruth Amory told the radio: “The bridge is secure, and anybody who says otherwise wants to scare people.”",
)


def test_wordings_of_one_sentence_differ() -> None:
    material = Material([article(t, f"{n}.md", lang="en") for n, t in enumerate(WORDS)])
    (difference,) = differing_wordings(align(find_said(material)))
    assert (difference.kind, difference.label) == ("wording", "Ruth Amory")
    assert [material.articles[n].shown(g.span)[:13] for n, g in enumerate(difference.given)] == [
        "The bridge is"
    ] * 2


def test_a_longer_quotation_is_no_other_wording() -> None:
    longer = WORDS[0].replace("people,”", "people. It was inspected in spring,”")
    material = Material([article(t, f"{n}.md", lang="en") for n, t in enumerate((WORDS[0], longer))])
    assert differing_wordings(align(find_said(material))) == ()


def test_another_dash_is_no_other_wording() -> None:
    one = "“The bridge is safe — it was tested in spring — and whoever doubts it is wrong,” Mayor Ruth Amory said."
    material = Material(
        [
            article(t, f"{n}.md", lang="en")
            for n, t in enumerate((one, one.replace(" — ", "—"), one.replace("—", "--")))
        ]
    )
    assert differing_wordings(align(find_said(material))) == ()


def names(one: str, other: str) -> list[str]:
    """Return the labels of the names on which two reports of two outlets differ."""
    articles = [
        article(text, f"{n}.md", lang="en", outlet=f"Outlet {n}") for n, text in enumerate((one, other))
    ]
    told = tell_story(Group(tuple(articles)), SummarySettings())
    return [difference.label for difference in told.differences if difference.kind == "name"]


def test_a_name_that_both_articles_give_is_no_difference() -> None:
    flood = "The flood took the old bridge at dawn, and {} closed the harbour until Monday, the council said."
    ruiz, weber = flood.format("Mayor Anna Ruiz"), flood.format("Mayor Tom Weber")
    assert names(ruiz, weber) == ["Anna Ruiz"]
    assert names(f"{ruiz} The pilot Tom Weber was asleep.", weber) == []
    assert names(ruiz, f"{weber} The pilot Anna Ruiz was asleep.") == []


def test_a_name_and_its_initials_are_no_difference() -> None:
    show = (
        "The harbour watch of Pell tells of the tides on the wireless at 6 a.m. {} each morning of the week."
    )
    assert names(show.format("EST"), show.format("Eastern")) == []
