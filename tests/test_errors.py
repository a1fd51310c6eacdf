"""Problems print, sort and pickle; hints name the nearest known word."""

import pickle

from generator.errors import ConfigError, Problem, UserError, nearest


def test_a_problem_prints_its_place_and_its_hint():
    assert str(Problem("a.md", 3, "no such date", "write YYYY-MM-DD")) == (
        "a.md:3: no such date\n  hint: write YYYY-MM-DD"
    )
    assert str(Problem("a.md", 0, "is empty")) == "a.md: is empty"
    assert str(Problem("", 0, "no articles")) == "no articles"


def test_problems_are_sorted_and_told_once():
    late, early = Problem("b.md", 1, "x"), Problem("a.md", 9, "y")
    assert UserError([late, early, late]).problems == (early, late)


def test_errors_cross_processes():
    error = ConfigError([Problem("a.md", 3, "no such date")])
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.problems) == (ConfigError, error.problems)


def test_nearest_names_one_word_or_a_few_or_none():
    assert nearest("treshold", ["threshold", "window_days"]) == "did you mean “threshold”?"
    assert nearest("zzz", ["b", "a"]) == "known: a, b"
    assert nearest("zzz", []) == ""
