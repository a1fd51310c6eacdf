"""What leans, denies and dates in the other languages of the product."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from generator.language.months import weekdays
from generator.stories.candidates import stands_alone
from generator.stories.equivalents import DAY_SETS, exclusive
from generator.stories.material import Material
from generator.stories.phrases import lexicon, numerals
from tests.builders import article

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk")

ALONE = {
    "de": "Die Stadt Ulmen sperrt die alte Brücke ab Montag für Lastwagen, teilte das Rathaus mit.",
    "fr": "En 2024, la ville de Brécy a fermé le vieux pont aux camions, selon la mairie.",
    "es": "La ciudad de Luna cerrará el viejo puente a los camiones desde el lunes, dijo el alcalde.",
    "it": "La città di Luna chiuderà il vecchio ponte ai camion da lunedì, ha detto il sindaco.",
    "pt": "A cidade de Luna fechará a velha ponte aos camiões a partir de segunda, disse o prefeito.",
    "nl": "De stad Lunde sluit de oude brug vanaf maandag voor vrachtwagens, zei de burgemeester.",
    "ru": "Как сообщил мэр, город Луна с понедельника закрывает старый мост для грузовиков.",
    "uk": "Місто Луна з понеділка закриває старий міст для вантажівок, повідомив мер Бондар.",
}
LEANS = {
    "de": "Er kündigte außerdem an, dass die alte Brücke ab Montag für Lastwagen gesperrt werde.",
    "fr": "Il a également annoncé que le vieux pont serait fermé aux camions dès lundi matin.",
    "es": "Sin embargo, el viejo puente se cerrará a los camiones desde el lunes, dijo el alcalde.",
    "it": "Inoltre il vecchio ponte sarà chiuso ai camion da lunedì, ha detto il sindaco Rossi.",
    "pt": "No entanto, a velha ponte será fechada aos camiões a partir de segunda, disse o prefeito.",
    "nl": "Bovendien gaat de oude brug vanaf maandag dicht voor vrachtwagens, zei de burgemeester.",
    "ru": "Кроме того, старый мост с понедельника будет закрыт для грузовиков, сообщил мэр.",
    "uk": "Крім того, старий міст з понеділка буде закритий для вантажівок, повідомив мер.",
}
CONTRADICTIONS = [
    ("de", "Die Brücke in Ulmen wird am Montag gesperrt, sagte Anna Berg.", "Die Brücke in Ulmen wird am Freitag gesperrt, sagte Anna Berg."),
    ("de", "Der Stadtrat von Ulmen stimmte dem Umbau der Brücke zu.", "Der Stadtrat von Ulmen stimmte dem Umbau der Brücke nicht zu."),
    ("fr", "Le pont de Brécy sera fermé en mars aux camions lourds.", "Le pont de Brécy sera fermé en avril aux camions lourds."),
    ("fr", "Le maire de Brécy a signé la convention sur le pont.", "Le maire de Brécy n’a pas signé la convention sur le pont."),
    ("es", "El puente de Luna se cerrará el lunes a los camiones.", "El puente de Luna se cerrará el jueves a los camiones."),
    ("ru", "Мост в городе Луна закроют в понедельник для грузовиков.", "Мост в городе Луна закроют в четверг для грузовиков."),
]  # fmt: skip


@pytest.mark.parametrize("lang", ALONE)
def test_a_sentence_that_stands_alone_may_be_chosen(lang: str) -> None:
    assert stands_alone(article(ALONE[lang], "a.txt", lang=lang), 0)


@pytest.mark.parametrize("lang", LEANS)
def test_a_sentence_that_leans_on_another_is_not_chosen(lang: str) -> None:
    assert not stands_alone(article(LEANS[lang], "a.txt", lang=lang), 0)


@pytest.mark.parametrize(("lang", "one", "other"), CONTRADICTIONS)
def test_a_contradiction_is_never_support(lang: str, one: str, other: str) -> None:
    material = Material([article(text, f"{n}.txt", lang=lang) for n, text in enumerate((one, other))])
    found = material.related(material.statements[0][0]).get(1)
    assert found is None or found[1].kind == "differs"


def test_equal_sentences_support_each_other_in_any_language() -> None:
    for lang, text in {
        **ALONE,
        "zh": "中国国家主席星期五在北京会见了来访的法国总统，双方就贸易问题举行了会谈。",
    }.items():
        material = Material([article(text, f"{n}.txt", lang=lang) for n in range(2)])
        found = material.related(material.statements[0][0]).get(1)
        assert found is not None, lang
        assert found[1].kind == "same", lang


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_list_of_a_language_is_known(lang: str) -> None:
    lists = tomllib.loads(
        files("generator.data").joinpath("summary", f"{lang}.toml").read_text(encoding="utf-8")
    )
    assert not [text for text in lists.values() if text != text.lower()]
    assert len(weekdays(lang)) == 7
    assert lexicon(lang).openings.words
    assert numerals(lang).multipliers


@pytest.mark.parametrize("lang", LANGUAGES)
def test_weekdays_and_months_are_the_first_sets_that_exclude(lang: str) -> None:
    sets = [
        {usual for word, kept in exclusive(lang).items() for number, usual in kept if number == n}
        for n in range(DAY_SETS)
    ]
    assert [len(words) for words in sets] == [7, 12]


def test_a_language_without_lists_is_told_by_marks_and_lengths() -> None:
    assert lexicon("xx").openings.words == frozenset()
    assert stands_alone(
        article(
            "Gamla bron i Lunde stängs för lastbilar från och med måndag, säger kommunen.", "a.txt", lang="sv"
        ),
        0,
    )
