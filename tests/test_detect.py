"""The language of a text, and how common words are."""

import pytest

from generator.language.background import background
from generator.language.detect import detect
from generator.language.words import stem


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The ferry stayed in the harbour because of the storm."),
        ("de", "Die Fähre blieb wegen des Sturms im Hafen."),
        ("fr", "Le ferry est resté au port à cause de la tempête."),
        ("es", "El transbordador se quedó en el puerto por la tormenta."),
        ("it", "Il traghetto è rimasto in porto a causa della tempesta."),
        ("pt", "A balsa ficou no porto por causa da tempestade."),
        ("nl", "De veerboot bleef vanwege de storm in de haven."),
        ("ru", "Паром остался в порту из-за шторма, сообщили власти."),
        ("uk", "Пором залишився в порту через шторм, повідомила влада міста."),
        ("ja", "嵐のため、フェリーは港にとどまりました。"),
    ],
)
def test_a_sentence_tells_its_language(lang, text):
    assert lang == detect(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "ok", "12 34 55", "https://example.org/der/die/das/ist/ein/pfad"]
)
def test_too_little_text_tells_nothing(text):
    assert detect(text) == ""


def test_the_background_knows_common_words_from_rare_ones():
    known = background()
    assert known.documents == 1405
    assert known.df("the") > known.df("ferry") > known.df("zzyzx") == 0
    assert known.idf("the") < known.idf("ferry") < known.idf("zzyzx")


def test_the_stems_that_ship_are_those_that_stem_gives():
    known = background()
    for word, count in list(known.words.items())[::500]:
        assert known.stem_df(stem(word, "en")) >= count


def test_where_the_parts_looked_at_are_full_of_names_the_rest_of_a_text_tells_its_language(monkeypatch):
    monkeypatch.setattr(
        "generator.language.detect._identifier", lambda: pytest.fail("the classifier is asked")
    )
    names = "Orlen Karsk Varn Teller Brandt Mora " * 12
    prose = (
        "The wall that they had been told of was there, and it did not fall when the others would have. " * 6
    )
    assert detect(f"{names}\n{prose}\n{names}\n{prose}\n{names}\n{prose}") == "en"
