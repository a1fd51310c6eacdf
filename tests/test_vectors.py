"""Texts as rows, and what two texts have in common."""

from math import log, sqrt

import numpy as np
import pytest

from generator.language.background import background
from generator.stories.neighbours import nearest_pairs
from generator.stories.vectors import vectorise
from tests.builders import article
from tests.stories import FERRY, corpus, reports


def test_rows_have_length_one_before_lone_terms_go():
    views = vectorise([article("zorv zorv quem", "a.md"), article("zorv quem zorv", "b.md")]).views
    known = background()
    idf = log((1 + 2 + known.documents) / (1 + 2)) + 1
    zorv, quem = (1 + log(2)) * idf, idf
    length = sqrt(zorv**2 + quem**2)
    by_stem = dict(zip(views.stems, views.words[0].toarray()[0].tolist(), strict=True))
    assert by_stem == {"zorv": pytest.approx(zorv / length), "quem": pytest.approx(quem / length)}


def test_terms_of_a_single_text_count_in_its_length_alone():
    views = vectorise([article("zorv quem", "a.md"), article("zorv blick", "b.md")]).views
    assert views.stems == ("zorv",)
    assert 0 < views.words[0, 0] < 1


def test_copies_of_one_text_share_a_row():
    views = vectorise(reports([FERRY[0]] * 3 + [FERRY[1]])).views
    assert sorted(views.rows.values()) == [0, 0, 0, 1] or sorted(views.rows.values()) == [0, 1, 1, 1]


def test_the_order_of_articles_changes_no_number():
    articles = corpus()
    one, other = vectorise(articles), vectorise(articles[::-1])
    assert one.views.rows == other.views.rows
    assert np.array_equal(one.views.words.toarray(), other.views.words.toarray())
    assert np.array_equal(one.near.names, other.near.names)


def test_names_and_other_words_are_seen_apart():
    articles = [
        article("Mara Lind opened a bakery near the quiet river", "a.md"),
        article("Critics say Mara Lind sued a distant newspaper", "b.md"),
    ]
    near = vectorise(articles).near
    assert near.names[0] > 0.4
    assert near.content[0] == 0.0


def test_no_and_wordless_articles_have_rows():
    assert len(vectorise([]).best) == 0
    assert len(vectorise([article("…", "a.md"), article("!!!", "b.md")]).best) == 2


def test_the_nearest_pairs_are_those_of_a_full_search():
    views = vectorise(corpus()).views
    full = (views.words @ views.words.T).toarray()
    left, right = nearest_pairs(views.words)
    expected = {(a, b) for a in range(6) for b in range(a + 1, 6) if full[a, b] > 0}
    assert expected == set(zip(left.tolist(), right.tolist(), strict=True))
