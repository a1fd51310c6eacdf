"""Which articles tell one event."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import GroupSettings
from generator.model import Article
from generator.stories.groups import group_articles
from generator.stories.linkage import AverageLinkage, Rule
from generator.stories.overrides import Overrides, parse_overrides
from generator.stories.vectors import vectorise
from tests.builders import article
from tests.stories import BANK, FERRY, LANGUAGES, OTHER_FERRY, corpus, reports

DEFAULTS = GroupSettings()


def grouped(
    articles: list[Article], options: GroupSettings = DEFAULTS, overrides: str = ""
) -> list[tuple[str, ...]]:
    word = parse_overrides(overrides, "stories.toml") if overrides else Overrides()
    groups = group_articles(articles, vectorise(articles), options, word)
    return [tuple(a.path for a in group.articles) for group in groups]


EVENTS = [("aurelia0.md", "aurelia1.md", "aurelia2.md"), ("bank.md",), ("solveig0.md", "solveig1.md")]


def test_reports_of_one_event_stand_together_and_another_of_its_kind_apart():
    assert grouped(corpus()) == EVENTS


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_files_changes_nothing(order):
    articles = corpus()
    assert grouped([articles[place] for place in order]) == EVENTS


def test_no_article_and_one_article_are_grouped():
    assert grouped([]) == []
    assert grouped([article(BANK)]) == [("a.md",)]


def test_members_stand_by_date_undated_last_then_path():
    late, early = reports(FERRY[:2], date="2025-03-02")
    early = article(FERRY[1], path="z.md", date="2025-03-01")
    undated = article(FERRY[2], path="a.md")
    assert grouped([undated, late, early]) == [("z.md", "r0.md", "a.md")]


def test_reports_a_year_apart_make_no_story():
    days = [str(date(2024, 8, 15) + timedelta(days=gap)) for gap in (0, 365)]
    articles = [
        article(text, path=f"{i}.md", date=day)
        for i, (text, day) in enumerate(zip(FERRY, days, strict=False))
    ]
    assert grouped(articles) == [("0.md",), ("1.md",)]
    same_week = [article(FERRY[i], path=f"{i}.md", date=f"2024-08-1{i}") for i in range(2)]
    assert grouped(same_week) == [("0.md", "1.md")]


def test_copies_of_one_text_make_one_story_however_many():
    assert grouped(reports([FERRY[0]] * 200)) == [tuple(sorted(f"r{i}.md" for i in range(200)))]


def test_near_copies_make_one_story_however_many():
    texts = [f"{FERRY[0]} Reported for edition {i} by desk{i}." for i in range(80)]
    assert len(grouped(reports(texts))) == 1


def test_texts_in_two_languages_are_not_merged_and_not_dropped():
    german = (
        "Die Fähre Aurelia lief am Montag vor Port Arden mit 214 Menschen an Bord auf Grund. "
        "Rettungsboote aus Selby brachten alle in drei Stunden an Land, sagte Kapitänin Mara Lind."
    )
    articles = [*reports(FERRY[:2]), article(german, path="de.md")]
    assert [a.meta.lang for a in articles] == ["en", "en", "de"]
    assert grouped(articles) == [("de.md",), ("r0.md", "r1.md")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_other_languages_are_grouped_too(lang):
    articles = reports(LANGUAGES[lang])
    assert {article.meta.lang for article in articles} == {lang}
    lone = [(article.path,) for article in articles[2:]]
    assert grouped(articles) == [("r0.md", "r1.md"), *lone]


def test_scripts_without_spaces_or_capitals_are_grouped():
    texts = [
        "周一晚上，渡轮极光号在阿登港附近搁浅，船上有二百一十四名乘客。海岸警卫队说，救生艇三小时内把所有人送上岸。",
        "渡轮极光号周一晚上在阿登港附近搁浅。海岸警卫队说，船上二百一十四名乘客三小时内被救生艇送上岸。",
        "中央银行宣布提高利率，因为租金和面包价格上涨过快。行长说通货膨胀高于预期，今年不会再降息。",
    ]
    assert grouped(reports(texts)) == [("r0.md", "r1.md"), ("r2.md",)]


def test_a_higher_threshold_splits_and_a_lower_one_joins():
    assert len(grouped(corpus(), GroupSettings(threshold=1.0))) == 6
    assert len(grouped(corpus(), GroupSettings(threshold=0.02))) < 3


def test_a_longer_window_lets_late_reports_join():
    articles = [
        article(FERRY[0], path="a.md", date="2025-01-01"),
        article(FERRY[1], path="b.md", date="2025-05-01"),
    ]
    assert len(grouped(articles)) == 2
    assert len(grouped(articles, GroupSettings(window_days=200.0))) == 1


def test_front_matter_forces_a_story_together_and_alone():
    forced = [article(BANK, path="bank.md", story="x"), article(FERRY[0], path="ferry.md", story="x")]
    lone = article(FERRY[1], path="lone.md", story="none")
    assert grouped([*forced, lone]) == [("bank.md", "ferry.md"), ("lone.md",)]
    apart = [article(FERRY[0], path="a.md", story="x"), article(FERRY[1], path="b.md", story="y")]
    assert grouped(apart) == [("a.md",), ("b.md",)]


def test_overrides_merge_split_and_keep_apart():
    merged = '[[merge]]\narticles = ["bank.md", "solveig0.md"]'
    assert ("bank.md", "solveig0.md", "solveig1.md") in grouped(corpus(), overrides=merged)
    alone = '[[split]]\narticle = "aurelia1.md"'
    assert ("aurelia1.md",) in grouped(corpus(), overrides=alone)
    apart = '[[split]]\narticles = ["solveig0.md", "solveig1.md"]'
    assert {("solveig0.md",), ("solveig1.md",)} <= set(grouped(corpus(), overrides=apart))


def test_overrides_come_before_front_matter():
    articles = [article(FERRY[0], path="a.md", story="none"), article(BANK, path="b.md")]
    assert grouped(articles, overrides='[[merge]]\narticles = ["a.md", "b.md"]') == [("a.md", "b.md")]


def test_overrides_set_title_pin_and_hide():
    text = 'pin = ["bank.md"]\nhide = ["solveig1.md"]\n[[retitle]]\nstory = "aurelia2.md"\ntitle = "Aground"'
    articles = corpus()
    groups = group_articles(articles, vectorise(articles), DEFAULTS, parse_overrides(text, "stories.toml"))
    found = [(group.title, group.pinned, group.hidden) for group in groups]
    assert found == [("Aground", False, False), ("", True, False), ("", False, True)]


def test_linkage_agrees_with_scipy_on_any_graph():
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    random = np.random.default_rng(7)
    for _ in range(10):
        upper = np.triu(random.random((40, 40)) * (random.random((40, 40)) < 0.3), 1)
        likeness = upper + upper.T
        distance = squareform(np.where(np.eye(40) > 0, 0, 1 - likeness), checks=False)
        labels = fcluster(linkage(distance, "average"), 1 - 0.15, "distance")
        left, right = np.nonzero(upper)
        ours = AverageLinkage(40, Rule(0.15))
        ours.connect(left.tolist(), right.tolist(), ((v, 0.0) for v in upper[left, right].tolist()))
        ours.grow()
        assert sorted(np.flatnonzero(labels == label).tolist() for label in set(labels)) == ours.clusters()


@pytest.mark.parametrize(("match", "expected"), [(0.1, [[0, 1]]), (-0.1, [[0], [1]])])
def test_clusters_whose_names_outweigh_the_rest_do_not_merge(match, expected):
    linkage = AverageLinkage(2, Rule(0.5))
    linkage.connect([0], [1], [(0.9, match)])
    linkage.grow()
    assert expected == linkage.clusters()


def test_a_first_pair_needs_more_than_a_third_member():
    rule = Rule(0.4, few=2, first=1.5)
    linkage = AverageLinkage(3, rule)
    linkage.connect([0, 0, 1], [1, 2, 2], [(0.7, 0.0), (0.5, 0.0), (0.5, 0.0)])
    linkage.grow()
    assert linkage.clusters() == [[0, 1, 2]]
    pair = AverageLinkage(2, rule)
    pair.connect([0], [1], [(0.5, 0.0)])
    pair.grow()
    assert pair.clusters() == [[0], [1]]


def test_two_clusters_less_alike_than_each_within_stay_apart():
    links = [(0, 1, 0.9), (0, 2, 0.9), (1, 2, 0.9), (3, 4, 0.9), (3, 5, 0.9), (4, 5, 0.9)]
    links += [(a, b, 0.5) for a in range(3) for b in range(3, 6)]
    for ratio, expected in ((0.7, [[0, 1, 2], [3, 4, 5]]), (0.5, [[0, 1, 2, 3, 4, 5]])):
        linkage = AverageLinkage(6, Rule(0.4, ratio=ratio))
        linkage.connect([a for a, _, _ in links], [b for _, b, _ in links], [(v, 0.0) for _, _, v in links])
        linkage.grow()
        assert expected == linkage.clusters()


def test_two_ferries_are_told_apart_by_their_names():
    articles = reports((FERRY[0], OTHER_FERRY[0]))
    near = vectorise(articles).near
    assert near.names.tolist() == [] or near.names[0] < 0.2
