"""The headline of a story: the member's that says it best, never a label, a file name or a doubled line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.model import Group, Headline
from generator.stories.headline import choose_headline, is_headline
from generator.stories.material import Material
from tests.builders import article

BODY = "A storm tore the roof off the covered market in Pell on Saturday night, the fire service said."


def chosen(*titles: str, **group: str) -> Headline:
    """Return the headline of articles with these titles and one body."""
    articles = tuple(article(BODY, f"{n}.md", title=title, lang="en") for n, title in enumerate(titles))
    return choose_headline(Group(articles, title=group.get("title", "")), Material(articles))


@pytest.mark.parametrize(
    ("best", "others"),
    [
        ("Storm tears roof off covered market in Pell", ["A night to forget"]),
        ("Storm tears roof off covered market in Pell", ["Can the market in Pell be saved?"]),
        ("Storm tears roof off covered market in Pell", ["Live: storm hits covered market in Pell"]),
        ("Storm tears roof off market in Pell", ["Storm"]),
        (
            "Storm tears roof off market in Pell",
            [
                "Storm tears the roof off the covered market in Pell on a Saturday night that nobody who was there to see it will forget soon"
            ],
        ),
    ],
)
def test_the_headline_that_says_the_story_best_is_chosen(best: str, others: list[str]) -> None:
    assert chosen(*others, best).text == best
    assert chosen(best, *others).text == best


def test_of_headlines_alike_the_one_whose_outlet_is_known_is_chosen() -> None:
    titles = {
        "": "Storm tears roof off covered market in Pell",
        "Pell Post": "Storm tears roof off market in Pell",
    }
    articles = tuple(
        article(BODY, f"{n}.md", title=title, lang="en", **({"outlet": outlet} if outlet else {}))
        for n, (outlet, title) in enumerate(titles.items())
    )
    assert choose_headline(Group(articles), Material(articles)).article == articles[1].id


def test_a_headline_whose_number_a_later_report_replaces_gives_way() -> None:
    titles = {
        "2026-03-02": "Storm in Pell: Five dead under market roof",
        "2026-03-03": "Six dead in Pell storm",
    }
    articles = tuple(
        article(
            BODY,
            f"{day}.md",
            title=title,
            lang="en",
            date=day,
            outlet="Pell Post",
        )
        for day, title in titles.items()
    )
    assert choose_headline(Group(articles), Material(articles)).text == "Six dead in Pell storm"
    undated = tuple(replace(one, meta=replace(one.meta, date=None)) for one in articles)
    assert choose_headline(Group(undated), Material(undated)).text == titles["2026-03-02"]


def test_a_headline_is_quoted_with_its_article() -> None:
    articles = tuple(
        article(BODY, f"{n}.md", title=title, lang="en")
        for n, title in enumerate(["A night to forget", "Storm tears roof off market in Pell"])
    )
    assert choose_headline(Group(articles), Material(articles)) == Headline(
        "Storm tears roof off market in Pell", articles[1].id, "headline"
    )


@pytest.mark.parametrize(
    "title",
    [
        "General",
        "News",
        "BREAKING NEWS",
        "001_d35bf5cef714aa24.txt",
        "storm_in_pell_final",
        "4f95f9a0b5d53731",
        "",
    ],
)
def test_labels_and_file_names_are_no_headlines(title: str) -> None:
    assert not is_headline(title, "en")


def test_a_doubled_title_is_no_headline() -> None:
    assert not is_headline("Storm hits Pell hard Storm hits Pell hard", "en")
    assert is_headline("Storm hits Pell hard", "en")


def test_an_override_is_marked_as_the_users_own_words() -> None:
    headline = chosen("Storm tears roof off market in Pell", title="Pell after the storm")
    assert (headline.text, headline.kind) == ("Pell after the storm", "override")


def test_without_a_headline_the_first_sentence_that_stands_alone_heads_the_story() -> None:
    text = "He had warned them. " + BODY
    held = article(text, "a.txt", lang="en")
    assert choose_headline(Group((held,)), Material((held,))) == Headline(BODY, held.id, "first sentence")


def test_a_short_title_of_a_single_report_is_kept() -> None:
    assert chosen("Storm Hedda").text == "Storm Hedda"
