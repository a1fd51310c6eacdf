"""When it happened: dates that are given, and those that an article's own day makes safe."""

from __future__ import annotations

import pytest

from generator.stories.material import Material
from generator.stories.timeline import find_events
from tests.builders import article

PUBLISHED = "2025-08-15"  # a Friday


def dates(sentence: str, date: str = PUBLISHED, lang: str = "en") -> list[str]:
    """Return the days of the events of one sentence; months and years as a span."""
    front = {"date": date} if date else {}
    events = find_events(Material((article(sentence, lang=lang, **front),)))
    return [f"{e.day}/{e.end}" if e.end else str(e.day) for e in events]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The treaty was signed in Karsovin on August 15, 1945 after long talks.", "1945-08-15"),
        ("The treaty was signed in Karsovin on 15 August 1945 after long talks.", "1945-08-15"),
        ("The treaty was signed in Karsovin on Aug. 15, 1945 after long talks.", "1945-08-15"),
        ("The treaty was signed in Karsovin on the 3rd of May 1945 after talks.", "1945-05-03"),
        ("The treaty was signed in Karsovin on 1945-08-15 after long talks there.", "1945-08-15"),
        ("The treaty was signed in Karsovin in August 1945 after long talks there.", "1945-08-01/1945-08-31"),
        ("The treaty was signed in Karsovin in 1945 after long talks by the river.", "1945-01-01/1945-12-31"),
        (
            "The treaty was signed in Karsovin in February 2024 after long talks there.",
            "2024-02-01/2024-02-29",
        ),
    ],
)
def test_dates_with_a_year_stand_for_themselves(sentence: str, day: str) -> None:
    assert dates(sentence) == [day]
    assert dates(sentence, date="") == [day]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The bridge in Mill Road was closed on Wednesday after cracks were found.", "2025-08-13"),
        ("The bridge in Mill Road was closed on Friday after cracks were found.", "2025-08-15"),
        ("The bridge in Mill Road was closed last Friday after cracks were found.", "2025-08-08"),
        ("The bridge in Mill Road was closed yesterday after cracks were found.", "2025-08-14"),
        ("The bridge in Mill Road will be closed on Monday for three whole weeks.", "2025-08-18"),
        ("The bridge in Mill Road will be closed next Friday for three whole weeks.", "2025-08-22"),
        ("The bridge in Mill Road will be closed tomorrow for three whole weeks.", "2025-08-16"),
        ("On Monday the bridge in Mill Road is to be closed for three whole weeks.", "2025-08-18"),
        ("The bridge in Mill Road had to be closed on Monday after cracks were found.", "2025-08-11"),
        ("The minister said on Tuesday that the bridge will be closed in the autumn.", "2025-08-12"),
        ("The bridge, which the council built in 1931, was closed on Wednesday for repairs.", "2025-08-13"),
        ("A man who fell from the bridge in Mill Road died in hospital on Wednesday.", "2025-08-13"),
        ("The bridge will be closed in the autumn, the minister said on Tuesday.", "2025-08-12"),
        ("The bridge in Mill Road was closed on December 18 after cracks were found.", "2024-12-18"),
        (
            "The bridge in Mill Road was closed in April after cracks were found in it.",
            "2025-04-01/2025-04-30",
        ),
        (
            "The bridge in Mill Road is to be closed in October for three whole weeks.",
            "2025-10-01/2025-10-31",
        ),
    ],
)
def test_other_dates_are_told_from_the_articles_own_day(sentence: str, day: str) -> None:
    assert dates(sentence) == [day]


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge in Mill Road was closed on Wednesday after cracks were found.",
        "The bridge in Mill Road was closed yesterday after cracks were found.",
        "The bridge in Mill Road was closed on December 18 after cracks were found.",
        "The bridge in Mill Road was closed in April after cracks were found in it.",
    ],
)
def test_an_undated_article_dates_nothing_without_a_year(sentence: str) -> None:
    assert dates(sentence, date="") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge in Mill Road stays closed until Thursday, the town hall announced.",
        "The ship has lain in the roads since 11 March and was never unloaded there.",
        "Every docker receives a single payment of 1,100 crowns in July as a thank-you.",
        "The report covers the 1950-53 war and was written by two officers of the army.",
        "Prices doubled in the 1970s and the mine at Brandt was closed by its owners.",
        "The bridge was closed after a report in the newspaper USA Today on its cracks.",
        "May Amory, the mayor of Hollin, was asked about the march of 400 nurses there.",
    ],
)
def test_what_is_not_safe_is_left_out(sentence: str) -> None:
    assert dates(sentence) == []


def test_words_in_quotation_marks_date_nothing() -> None:
    assert dates("Mayor Ruth Amory told the council: “We closed the bridge on Wednesday for good.”") == []


def test_sentences_that_lean_on_others_date_nothing() -> None:
    assert dates("The dam broke at night. He also closed the bridge on Wednesday with two of his men.") == []


@pytest.mark.parametrize(
    ("sentence", "lang", "day"),
    [
        ("Der Vertrag wurde am 3. Oktober 1990 in Ulmen von allen unterzeichnet.", "de", "1990-10-03"),
        ("Le traité a été signé le 14 juillet 1990 à Brécy par les deux pays.", "fr", "1990-07-14"),
        (
            "Le train de nuit reliera Brécy à la capitale à partir du 13 décembre, ont-ils annoncé lundi.",
            "fr",
            "2025-12-13",
        ),
        (
            "Le ministre Rivera a été arrêté à la gare de Brécy lundi avec deux autres hommes.",
            "fr",
            "2025-08-11",
        ),
        (
            "Die Brücke soll morgen für alle Fahrzeuge gesperrt werden, teilte die Stadt mit.",
            "de",
            "2025-08-16",
        ),
        ("El tratado se firmó el 2 de mayo de 1990 en la ciudad de Luna por todos.", "es", "1990-05-02"),
        ("Договор был подписан 9 мая 1990 года в городе Луна всеми сторонами.", "ru", "1990-05-09"),
    ],
)
def test_dates_of_other_languages(sentence: str, lang: str, day: str) -> None:
    assert dates(sentence, lang=lang) == [day]


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        ("Die Brücke wurde am frühen Morgen für alle Fahrzeuge gesperrt, teilte die Stadt mit.", "de"),
        ("Divers have found the wreck of the mail steamer that vanished off Orra in November 1908.", "en"),
        ("The council thanked the engineer, who built the bridge in Mill Road in 1931.", "en"),
        ("Police praised the two nurses who were first at the bridge in Mill Road on Monday.", "en"),
        ("La mairie a remercié les deux plongeurs qui étaient descendus dans le port lundi.", "fr"),
    ],
)
def test_what_is_told_in_passing_and_words_that_look_like_days_date_nothing(sentence: str, lang: str) -> None:
    assert dates(sentence, lang=lang) == []


def test_the_words_that_give_a_date_are_cited() -> None:
    held = article("The bridge in Mill Road was closed on Wednesday after cracks were found.", date=PUBLISHED)
    (event,) = find_events(Material((held,)))
    assert held.shown(event.said) == "Wednesday"
    assert event.resolved
    assert held.shown(event.passage.span).startswith("The bridge")


def test_events_stand_in_order_and_each_fact_once() -> None:
    one = article(
        "The bridge was closed on Friday after cracks were found, the town hall said.\n\n"
        "The bridge over the Tolle was built in 1931 by the firm of Anton Bell.",
        "a.md",
        date=PUBLISHED,
    )
    other = article(
        "The bridge was closed on Friday, the town hall said, after cracks were found.",
        "b.md",
        date=PUBLISHED,
    )
    events = find_events(Material((one, other)))
    assert [str(e.day) for e in events] == ["1931-01-01", "2025-08-15"]
    assert {e.passage.article for e in events} == {one.id}


def test_a_timeline_is_short() -> None:
    text = "\n\n".join(
        f"The mill at Brandt number {n} was built in {1900 + n} by the firm of Bell." for n in range(40)
    )
    assert len(find_events(Material((article(text),)))) == 12
