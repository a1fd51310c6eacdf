"""Charts by hand: where dots, cells and labels stand."""

from __future__ import annotations

import datetime as dt

from generator.publishing import charts
from generator.publishing.catalogue import Words

WORDS = Words("en")


def day(number: int) -> dt.date:
    return dt.date(2026, 3, number)


def test_coverage_has_a_row_for_each_outlet_in_the_order_of_their_first_reports() -> None:
    chart = charts.coverage(WORDS, [("B", day(12)), ("A", day(10)), ("B", day(14)), ("A", day(10))])
    assert chart is not None
    assert [row.label for row in chart.rows] == ["A", "B"]
    # days 10 to 14 lie on 126 to 276: a day is 37.5 units
    assert [[dot.x for dot in row.dots] for row in chart.rows] == [[126, 126], [201, 276]]
    assert [tick.text for tick in chart.axis.ticks] == ["10 Mar", "12 Mar", "14 Mar"]
    assert "A was first" in chart.summary


def test_coverage_needs_two_outlets_and_two_days() -> None:
    assert charts.coverage(WORDS, [("A", day(1)), ("A", day(2))]) is None
    assert charts.coverage(WORDS, [("A", day(1)), ("B", day(1))]) is None


def test_long_outlet_names_are_shortened() -> None:
    chart = charts.coverage(WORDS, [("A very long outlet name indeed", day(1)), ("B", day(2))])
    assert chart is not None
    assert chart.rows[0].label == "A very long outle…"


def test_events_of_one_day_stand_above_each_other() -> None:
    chart = charts.strip(WORDS, [day(1), day(1), day(31)])
    assert chart is not None
    assert [(dot.x, dot.label) for dot in chart.dots] == [(12, "1"), (12, "2"), (276, "3")]
    assert chart.dots[0].y - chart.dots[1].y == 16
    assert chart.dots[0].y == chart.dots[2].y
    assert chart.summary.startswith("3 dated facts")


def test_a_line_needs_two_days() -> None:
    assert charts.strip(WORDS, [day(1), day(1)]) is None
    assert charts.strip(WORDS, []) is None


def test_the_axis_names_days_months_or_years_by_its_length() -> None:
    def names(*days: dt.date) -> list[str]:
        chart = charts.strip(WORDS, days)
        assert chart is not None
        return [tick.text for tick in chart.axis.ticks]

    assert names(day(1), day(2)) == ["1 Mar", "2 Mar"]
    assert names(day(1), day(9), day(10), day(30), day(31)) == [
        "1 Mar",
        "9 Mar",
        "31 Mar",
    ]  # where there is room
    assert names(dt.date(2025, 3, 1), day(1)) == ["March 2025", "March 2026"]
    assert names(dt.date(1945, 8, 15), day(1)) == ["1945", "2026"]


def test_the_heat_map_lies_below_the_diagonal() -> None:
    chart = charts.heat(WORDS, [(1.0, 0.9, 0.1), (0.9, 1.0, 0.5), (0.1, 0.5, 1.0)], ("en", "", "en"))
    assert chart is not None
    assert chart.cell == 32
    assert chart.shades == ("M0 1.5h1", "", "M1 1.5h1", "", "M0 0.5h1")
    assert [(cell.text, cell.dark) for cell in chart.cells] == [("90", True), ("10", False), ("50", False)]
    assert [label.label for label in chart.labels] == ["2", "3", "1", "2"]
    assert chart.summary == "Most alike: 1 and 2 (90%); least alike: 1 and 3 (10%)."


def test_large_heat_maps_have_no_numbers_and_stay_narrow() -> None:
    chart = charts.heat(WORDS, [[0.5] * 20] * 20, [""] * 20)
    assert chart is not None
    assert chart.cells == ()
    assert chart.width <= charts.WIDTH


def test_two_sources_have_no_heat_map() -> None:
    assert charts.heat(WORDS, [(1.0, 0.5), (0.5, 1.0)], ("", "")) is None
    assert charts.heat(WORDS, (), ()) is None


def test_sources_in_two_languages_have_a_dash_and_are_no_least_like_pair() -> None:
    likeness = [(1.0, 0.9, 0.0, 0.7), (0.9, 1.0, 0.0, 0.8), (0.0, 0.0, 1.0, 0.0), (0.7, 0.8, 0.0, 1.0)]
    chart = charts.heat(WORDS, likeness, ("en", "en", "de", "en"))
    assert chart is not None
    assert [cell.text for cell in chart.cells] == ["90", "–", "–", "70", "80", "–"]
    assert chart.summary == "Most alike: 1 and 2 (90%); least alike: 1 and 4 (70%)."
    assert chart.shades == ("", "", "", "M0 2.5h1", "M0 0.5h1M1 2.5h1")


def test_sources_each_in_a_language_of_its_own_have_no_heat_map() -> None:
    assert charts.heat(WORDS, [[0.0] * 3] * 3, ("en", "de", "fr")) is None
