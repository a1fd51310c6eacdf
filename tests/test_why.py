"""Why articles stand together, and what kept others out."""

import pytest

from generator.config import GroupSettings
from generator.model import Article, Evidence, Group, Nearest, Why
from generator.stories import shared
from generator.stories.groups import group_articles
from generator.stories.overrides import Overrides, parse_overrides
from generator.stories.vectors import Vectors, vectorise
from generator.stories.why import Reasons, compare, explain_groups, rounded
from tests.builders import article
from tests.stories import BANK, FERRY, Memory, corpus, reports

SETTINGS = GroupSettings()


def explained(
    articles: list[Article], overrides: str = ""
) -> tuple[tuple[Group, ...], dict[str, Why], Vectors]:
    word = parse_overrides(overrides, "stories.toml") if overrides else Overrides()
    vectors = vectorise(articles)
    groups = group_articles(articles, vectors, SETTINGS, word)
    return groups, explain_groups(groups, vectors, SETTINGS, word), vectors


def test_a_story_names_the_words_it_shares_with_their_weights():
    groups, reasons, _ = explained(corpus())
    why = reasons[groups[0].articles[0].id]
    words = [word for word, _ in why.shared]
    weights = [weight for _, weight in why.shared]
    assert "aurelia" in words
    assert len(words) <= 12
    assert weights == sorted(weights, reverse=True)
    assert 0 < sum(weights) <= 1.001


def test_an_article_elsewhere_that_makes_words_a_little_less_rare_puts_them_in_no_other_order():
    other = article(f"{BANK} Passengers took the ferry to Selby.", "bank.md")
    orders = []
    for articles in (reports(FERRY), [*reports(FERRY), other]):
        groups, reasons, _ = explained(articles)
        story = next(group for group in groups if len(group.articles) == len(FERRY))
        orders.append([word for word, _ in reasons[story.articles[0].id].shared])
    assert orders[0] == orders[1]


def test_how_words_are_written_is_remembered_for_as_long_as_a_group_stays(monkeypatch: pytest.MonkeyPatch):
    memory = Memory()

    def remembered(articles: list[Article]) -> dict[str, Why]:
        groups, reasons, vectors = explained(articles)
        assert explain_groups(groups, vectors, SETTINGS, known=Reasons(memory)) == reasons
        return reasons

    first, words = remembered(corpus()), dict(memory)
    remembered(reports(FERRY, "aurelia"))
    assert len(memory) == 1 < len(words)
    assert remembered(corpus()) == first
    assert memory == words
    groups, _, vectors = explained(corpus())
    monkeypatch.setattr(shared, "_as_written", None)
    assert explain_groups(groups, vectors, SETTINGS, known=Reasons(memory)) == first


def test_groups_are_explained_some_at_a_time(monkeypatch: pytest.MonkeyPatch):
    reasons = explained(corpus())[1]
    monkeypatch.setattr(shared, "_AT_ONCE", 1)
    assert explained(corpus())[1] == reasons


def test_the_matrix_is_symmetric_and_each_article_is_like_itself():
    groups, reasons, _ = explained(corpus())
    matrix = reasons[groups[0].articles[0].id].likeness
    assert [len(line) for line in matrix] == [3, 3, 3]
    assert all(matrix[i][i] == 1.0 for i in range(3))
    assert all(matrix[i][j] == matrix[j][i] for i in range(3) for j in range(3))


def test_the_nearest_other_article_is_named_with_what_was_measured():
    articles = [*reports(FERRY[:2]), article(FERRY[2], "split.md")]
    groups, reasons, _ = explained(articles, '[[split]]\narticle = "split.md"')
    together = next(group for group in groups if len(group.articles) == 2)
    nearest = reasons[together.articles[0].id].nearest
    assert nearest is not None
    assert nearest.article == articles[2].id
    assert nearest.to in {a.id for a in together.articles}
    assert {"shared names", "shared phrases"} <= {one.name for one in nearest.evidence}
    assert reasons[articles[2].id].forced == "stories.toml: split"


def test_a_lone_report_that_nothing_comes_near_has_nothing_to_explain():
    assert explained([article(BANK)])[1] == {article(BANK).id: Why()}


def test_front_matter_that_decided_is_named():
    articles = [article(BANK, "bank.md", story="x"), article(FERRY[0], "ferry.md", story="x")]
    groups, reasons, _ = explained(articles)
    assert reasons[groups[0].articles[0].id].forced == "front matter: story x"


def test_copies_and_very_large_stories_are_explained():
    groups, reasons, _ = explained(reports([FERRY[0]] * 41))
    why = reasons[groups[0].articles[0].id]
    assert why.likeness == ()
    assert why.shared


def test_two_articles_are_compared():
    articles = [
        article(FERRY[0], "a.md", date="2025-03-01"),
        article(FERRY[1], "b.md", date="2025-03-04"),
        article(BANK, "c.md"),
    ]
    vectors = vectorise(articles)
    alike, evidence = compare(articles[0].id, articles[1].id, vectors, SETTINGS)
    unlike, _ = compare(articles[0].id, articles[2].id, vectors, SETTINGS)
    assert alike > SETTINGS.threshold > unlike
    assert evidence[0].name == "days apart"
    assert evidence[0].value == 3.0
    assert compare(articles[0].id, articles[0].id, vectors, SETTINGS)[0] == 1.0
    with pytest.raises(KeyError):
        compare("nobody", articles[0].id, vectors, SETTINGS)


def test_measures_are_kept_in_hundredths():
    nearest = Nearest("c", "a", 0.1249, (Evidence("shared names", 0.333), Evidence("days apart", 12.0)))
    why = Why(shared=(("storm", 1.23456),), likeness=((1.0, 0.777), (0.777, 1.0)), nearest=nearest)
    assert rounded(why) == Why(
        shared=(("storm", 1.23),),
        likeness=((1.0, 0.78), (0.78, 1.0)),
        nearest=Nearest("c", "a", 0.12, (Evidence("shared names", 0.33), Evidence("days apart", 12.0))),
    )
    assert rounded(Why()) == Why()


def test_another_ordinal_and_another_year_in_the_text_are_named():
    articles = [
        article("Norvik kept the 79th Lantern Feast of 2024 with a parade of boats.", "a.md"),
        article("Norvik kept the 80th Lantern Feast of 2025 with a parade of boats.", "b.md"),
    ]
    _, evidence = compare(articles[0].id, articles[1].id, vectorise(articles), SETTINGS)
    assert [one.name for one in evidence[:2]] == ["other ordinals", "other years in the text"]
