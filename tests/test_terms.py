"""Names, numbers and time expressions for clustering."""

from generator.language.words import tokens
from generator.reading.terms import Wording, find_terms


def terms(*sentences, title="", lang="en"):
    return find_terms([Wording(text, tokens(text, lang)) for text in (title, *sentences)], lang)


def test_capitalised_words_and_runs_are_entities():
    found = terms("On a cold night, Mara Lind quietly met Joon Park’s whole team near Port Arden.")
    assert {"mara", "lind", "mara_lind", "joon", "park", "joon_park", "port_arden"} <= set(found.entities)


def test_a_word_that_opens_a_sentence_is_set_apart_until_it_is_seen_elsewhere():
    assert terms("Ferries stopped.").initial == ("ferries",)
    found = terms("Arden waited.", "Nobody in Arden slept.")
    assert "arden" not in found.initial
    assert found.entities.count("arden") == 2


def test_a_title_in_title_case_proves_no_names():
    assert terms("Nothing here.", title="Big Ferry Strike Hits Northern Ports").entities == ()


def test_german_nouns_count_although_all_are_capitalised():
    assert "hafen" in terms("Am Montag blieb die Fähre im Hafen von Bremen.", lang="de").entities


def test_numbers_lose_their_separators():
    assert terms("Some 1,300 of 12 ships, 3.5 tonnes.").numbers == ("1300", "12", "3.5")


def test_times_are_normalised():
    found = terms("On Aug. 15, 2025 they kept the 79th anniversary, as on 3 May 1998.")
    assert set(found.times) == {"y2025", "y1998", "o79", "08-15", "05-03"}
    assert set(terms("El 15 de agosto de 2025", lang="es").times) == {"y2025", "08-15"}
    assert set(terms("Am 3.10.2024 in Köln", lang="de").times) == {"y2024", "10-03"}


def test_amounts_are_no_years_and_a_verb_no_month():
    assert terms("They paid $2000 to 1,900 people and may march.").times == ()


def test_hostile_text_is_read_in_linear_time():
    for unit in ("A ", "A-", "1st", "1.", "15 August ", "A'"):
        terms(unit * 50_000)
