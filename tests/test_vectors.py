"""Texts as rows, and what two texts have in common."""

import pickle
import subprocess
import sys
from dataclasses import replace
from math import log, sqrt

import numpy as np
import pytest

from generator.config import GroupSettings
from generator.language.background import background
from generator.language.hashing import stem_hasher
from generator.stories.likeness import likeness
from generator.stories.neighbours import nearest_pairs
from generator.stories.vectors import vectorise
from generator.stories.views import Views
from tests.builders import article
from tests.stories import FERRY, Memory, corpus, reports


def column(word: str, views: Views) -> int:
    return int(views.words.terms.columns(np.array([stem_hasher("en")(word)], np.uint32))[0])


def test_weights_are_whole_numbers_by_frequency_and_rarity():
    views = vectorise([article("zorv zorv quem", "a.md"), article("zorv quem zorv", "b.md")]).views
    documents = round(4 * log(1 + 2 + background().documents)) / 4
    idf = round(64 * (documents - log(1 + 2) + 1))  # in steps of 1/64; a count of one in quarters
    zorv, quem = round(4 * (1 + log(2))) * idf, 4 * idf
    row = views.words.matrix[0].toarray()[0]
    assert {zorv, quem} == set(row[row > 0])
    assert row[column("zorv", views)] == zorv
    assert views.words.lengths[0] == pytest.approx(sqrt(zorv**2 + quem**2))


def test_terms_of_a_single_text_count_in_its_length_alone():
    views = vectorise([article("zorv quem", "a.md"), article("zorv blick", "b.md")]).views
    assert np.flatnonzero(views.words.matrix[0].toarray()[0]).tolist() == [column("zorv", views)]
    assert views.words.lengths[0] > views.words.matrix[0, column("zorv", views)]


def test_copies_of_one_text_share_a_row():
    views = vectorise(reports([FERRY[0]] * 3 + [FERRY[1]])).views
    assert sorted(views.rows.values()) == [0, 0, 0, 1] or sorted(views.rows.values()) == [0, 1, 1, 1]


def test_the_order_of_articles_changes_no_number():
    articles = corpus()
    one, other = vectorise(articles), vectorise(articles[::-1])
    assert one.views.rows == other.views.rows
    assert np.array_equal(one.views.words.matrix.toarray(), other.views.words.matrix.toarray())
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
    lengths = views.words.lengths
    full = (views.words.matrix @ views.words.matrix.T).toarray() / np.outer(lengths, lengths)
    left, right = nearest_pairs(views.words, 0.01)
    expected = {(a, b) for a in range(6) for b in range(a + 1, 6) if full[a, b] >= 0.01}
    assert expected == set(zip(left.tolist(), right.tolist(), strict=True))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("the 79th anniversary", "the 80th anniversary", [True, False, False]),
        ("on 15 August they met", "on August 16 they met", [False, True, False]),
        ("the flood of 2024 came", "the flood of 2025 came", [False, False, True]),
        ("the flood of 2024 came", "the floods of 2024 and 2025 came", [False, False, False]),
        ("the flood of 2024 came", "the flood of spring came", [False, False, False]),
        ("in August they met", "in September they met", [False, False, False]),
    ],
)
def test_other_ordinals_days_and_years_are_told_apart(one: str, other: str, expected: list[bool]) -> None:
    texts = [f"In Norvik {words} again, said mayor Ilse Brandt." for words in (one, other)]
    near = vectorise([article(text, f"{place}.md") for place, text in enumerate(texts)]).near
    assert near.other_times[:, 0].tolist() == expected


def test_other_times_make_two_texts_less_alike() -> None:
    """79th and 80th leave 0.7, other years 0.94 of a likeness."""
    same, apart = (
        vectorise(
            [
                article(f"The 79th feast of Norvik was kept in {first}.", "a.md"),
                article(f"The {ordinal} feast of Norvik was kept in {second}.", "b.md"),
            ]
        ).near
        for first, ordinal, second in (("2024", "79th", "2024"), ("2024", "80th", "2025"))
    )
    alike = likeness(replace(apart, other_times=same.other_times), GroupSettings())
    assert likeness(apart, GroupSettings()) == pytest.approx(0.7 * 0.94 * alike)


def test_what_nothing_here_uses_is_not_loaded_for_weighing_and_still_there_for_others() -> None:
    """It takes longer to import than all the rest of numpy, scipy and scikit-learn."""
    script = (
        "import sys; from generator.stories.weighing import prepare; prepare(); assert 'sklearn' in sys.modules; "
        "unused = ('scipy.stats', 'scipy.interpolate', 'scipy.special', 'scipy.linalg', 'scipy.sparse.linalg', "
        "'joblib.memory', 'numpy.ctypeslib', 'numpy.f2py', 'numpy.fft', 'numpy.testing', 'narwhals'); "
        "assert not [name for name in sys.modules if name.startswith(unused)]; "
        "from sklearn.utils.fixes import _mode; assert _mode([1, 1, 2]).mode.item() == 1; "
        "from scipy.interpolate import BSpline; assert BSpline([0, 1, 2, 3], [5, 5], 1)(1.5) == 5; "
        "import numpy; numpy.testing.assert_equal(1, 1); assert numpy.polynomial.Polynomial([1, 2])(3) == 7; "
        "assert numpy.fft.fft([1.0])[0] == 1; assert numpy.ctypeslib.ndpointer; "
        "from scipy.sparse.linalg import norm; from scipy.sparse import eye; assert norm(eye(4)) == 2; "
        "from scipy.optimize import milp; assert milp([1]).x[0] == 0"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_release_that_needs_what_is_left_out_is_imported_whole() -> None:
    script = (
        "import sys; import numpy as np; from generator.stories import absent, weighing; "
        "absent.Mute.__call__ = lambda *_, **__: True; weighing.prepare(); "
        "assert 'sklearn' not in sys.modules; one = np.ones(1, np.float32); "
        "assert weighing._weighed(one, np.zeros(1, np.int32), np.arange(2), 3 * one).tolist() == [3]"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_what_was_counted_is_remembered_for_as_long_as_an_article_and_its_language_stay() -> None:
    memory, first = Memory(), reports(FERRY)
    vectorise(first, memory=memory)
    counted = pickle.dumps(list(memory.values()))
    assert len(memory) == len(first)
    unknown = [replace(one, meta=replace(one.meta, lang="")) for one in first]
    for articles in (
        [*first[1:], article("A ferry sank.", "new.md")],
        unknown,
        [*unknown, article("Ein Haus steht leer.", "neu.md", lang="de")],
    ):
        assert vectorise(articles, memory=memory).best.tolist() == vectorise(articles).best.tolist()
        assert len(memory) == len(articles)
    vectorise(first, memory=memory)
    assert pickle.dumps(list(memory.values())) == counted
