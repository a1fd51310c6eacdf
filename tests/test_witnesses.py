"""How many independent witnesses a story has."""

from __future__ import annotations

from generator.model import Article
from generator.stories.witnesses import find_witnesses
from tests.builders import article

STORM = (
    "A storm tore the roof off the covered market in Pell on Saturday night. Mayor Ines Vidal said that the "
    "market would stay closed until the end of the year. Gusts reached 140 kilometres an hour at the lighthouse. "
    "Two hundred homes in the old town were without electricity on Sunday morning."
)
OWN = (
    "Shortly after eleven the old beams gave way, and by dawn the traders stood before a heap of slate. Our "
    "reporter counted nineteen stalls that nobody will open again. Helga Marr has sold cheese here since 1988."
)


def places(*articles: Article) -> list[tuple[str, list[int], bool]]:
    """Return origin, places of the articles and whether they are copies, for each witness."""
    ids, found = [a.id for a in articles], find_witnesses(articles, [a.words for a in articles])
    return [(w.origin, [ids.index(id_) for id_ in w.articles], w.copies) for w in found]


def test_each_outlet_that_reports_itself_is_a_witness() -> None:
    found = places(article(STORM, "a.md", outlet="Pell Post"), article(OWN, "b.md", outlet="Lunde Times"))
    assert found == [("Pell Post", [0], False), ("Lunde Times", [1], False)]


def test_near_copies_are_one_witness() -> None:
    copy = STORM.replace("on Saturday night", "late on Saturday") + " Traders met on Sunday."
    found = places(
        article(STORM, "a.md", outlet="Pell Post"),
        article(OWN, "b.md", outlet="Lunde Times"),
        article(copy, "c.md", outlet="Daily Echo"),
    )
    assert found == [("", [0, 2], True), ("Lunde Times", [1], False)]  # whose text it is nobody says


def test_copies_that_name_their_origin_are_of_it() -> None:
    told = [article(f"{STORM} Page {n}.", f"{n}.md", outlet=f"Paper {n}", origin="KCNA") for n in range(3)]
    assert places(*told) == [("KCNA", [0, 1, 2], True)]


def test_articles_of_one_origin_are_one_witness() -> None:
    found = places(
        article(STORM, "a.md", outlet="Pell Post", origin="Reuters"),
        article(
            f"{OWN}\n\nTraders told Reuters so. Nobody would pay, Vidal told Reuters.",
            "b.md",
            outlet="Lunde Times",
        ),
    )
    assert found == [("Reuters", [0, 1], False)]


def test_a_lead_that_cites_an_agency_names_its_origin() -> None:
    text = "Three ships collided in the straits on Monday, according to state news agency KCNA. " + OWN
    assert places(article(text, "a.md", outlet="Pell Post")) == [("KCNA", [0], False)]


def test_one_agency_named_in_passing_is_no_origin() -> None:
    text = f"{OWN} {STORM} A trader told Reuters that he would go on."
    assert places(article(text, "a.md", outlet="Pell Post")) == [("Pell Post", [0], False)]


def test_an_agencys_own_article_is_of_its_origin() -> None:
    found = places(
        article(OWN, "a.md", outlet="Reuters"), article(STORM, "b.md", origin="Reuters", outlet="Pell Post")
    )
    assert found == [("Reuters", [0, 1], False)]


def test_an_agency_named_in_the_dateline_of_another_paper_is_known() -> None:
    found = places(
        article(STORM, "a.md", outlet="Pell Post", origin="CPA"),
        article(f"LUNDE (CPA) - {OWN}", "b.md", outlet="Lunde Times"),
    )
    assert [witness[1] for witness in found] == [[0, 1]]


def test_every_article_stands_in_one_witness_in_large_stories_too() -> None:
    articles = [article(f"{OWN} Number {n} of them spoke of it at length.", f"{n:02}.md") for n in range(70)]
    found = places(*articles)
    assert sorted(place for _, members, _ in found for place in members) == list(range(70))
    assert len(found) == 1


def test_short_reports_are_not_taken_for_copies() -> None:
    found = places(
        article("The market in Pell burned.", "a.md"), article("The market in Pell burned.", "b.md")
    )
    assert len(found) == 2
