"""Tokens, stems and stop words by language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.remembered import remembered
from generator.language.words import is_stop, stem, tokens

CASES = [
    ("en", "Kim’s 1,300 troops", ("kim", "1300", "troops")),
    ("en", "the 79th, at $3.5bn", ("the", "79th", "at", "3.5", "bn")),
    ("en", "O’Brien didn't 'go'", ("o'brien", "didn't", "go")),
    ("de", "1.300 Euro, 3,5 Prozent", ("1300", "euro", "3.5", "prozent")),
    ("de", "am 15.08.2025", ("am", "15", "08", "2025")),
    ("fr", "L’homme d’hier, aujourd’hui 1 300", ("l", "homme", "d", "hier", "aujourd'hui", "1300")),
    ("uk", "п’ятниця, 10 000", ("п'ятниця", "10000")),
    ("zh", "北京大学2024年", ("北京", "京大", "大学", "2024", "年")),
    ("ja", "東京で", ("東京", "京で")),
    ("hi", "हिन्दी में", ("हिन्दी", "में")),
    ("ar", "عام ١٢٣", ("عام", "123")),
    ("", "soft\u00adhyphen", ("softhyphen",)),
]


@pytest.mark.parametrize(("lang", "text", "expected"), CASES)
def test_text_is_parted_by_the_rules_of_its_language(lang, text, expected):
    assert expected == tokens(text, lang)


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "soldier", "soldiers"),
        ("de", "zeitung", "zeitungen"),
        ("fr", "journal", "journaux"),
        ("es", "noticia", "noticias"),
        ("it", "giornale", "giornali"),
        ("pt", "notícia", "notícias"),
        ("nl", "krant", "kranten"),
        ("ru", "газета", "газеты"),
        ("uk", "газета", "газети"),
    ],
)
def test_forms_of_one_word_share_a_stem(lang, one, other):
    assert stem(one, lang) == stem(other, lang)


def test_a_language_without_a_stemmer_keeps_its_words():
    assert stem("soldiers", "xx") == "soldiers"
    assert stem("2025", "en") == "2025"


@pytest.mark.parametrize(
    "case",
    [
        "en the",
        "de nicht",
        "fr avec",
        "es para",
        "it della",
        "pt não",
        "nl niet",
        "ru который",
        "uk який",
        "en x",
    ],
)
def test_function_words_and_lone_letters_stop(case):
    lang, word = case.split()
    assert is_stop(word, lang)


def test_content_words_and_lone_ideographs_do_not_stop():
    assert not is_stop("storm", "en")
    assert not is_stop("the", "de")
    assert not is_stop("火", "zh")


@given(st.text(max_size=200), st.sampled_from(["", "en", "de", "fr", "ru", "zh", "hi"]))
def test_tokens_are_words_without_blanks(text, lang):
    for token in tokens(text, lang):
        assert token
        assert not any(character.isspace() for character in token)


_TYPED = st.text(alphabet="abZ '’-–“&@_é7.,ſK\t\x1c", max_size=20)


@given(_TYPED, st.sampled_from(["", "en"]))
def test_words_are_the_same_beside_a_number_where_they_are_read_another_way(text, lang):
    assert tokens(f"{text} x 4.4", lang) == (*tokens(f"{text} x", lang), "4.4")


@pytest.mark.timeout(20)
@pytest.mark.parametrize("unit", ["1", "1,", "'", "a'", "1 ", "\u0301", "中"])
def test_hostile_text_takes_linear_time(unit):
    tokens(unit * 300_000, "fr")


def test_a_memory_answers_as_the_function_does_is_bounded_and_keeps_no_long_text(monkeypatch):
    monkeypatch.setattr("generator.language.remembered.MOST", 2)
    asked: list[str] = []

    def shout(word: str) -> str:
        asked.append(word)
        return word.upper()

    upper = remembered(shout)
    words = ["a", "b", "c", "a", "b", "c", "x" * 65, "x" * 65]
    assert list(map(upper, words)) == [word.upper() for word in words]
    assert asked == ["a", "b", "c", "c", "x" * 65, "x" * 65]
