"""Boilerplate: what goes, and above all what stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import ReadSettings
from generator.model import Meta, Span
from generator.reading.boilerplate import find_boilerplate
from generator.reading.draft import Draft
from generator.reading.furniture import words_of
from generator.reading.plain import draft_plain

PAGES = Path(__file__).parent / "cases" / "boilerplate_pages.md"
REPORT = (
    "The harbour board said on Monday that the bridge will close to all traffic for eleven months.",
    "Engineers found cracks in four of the twelve bearings during an inspection in January, it added.",
    "Shopkeepers on the east bank said that they feared for their trade while the work goes on.",
)


def _pages() -> Iterator[object]:
    for page in re.split(r"^=== ", PAGES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, body = page.partition("\n")
        yield pytest.param(head[:2], body.rstrip().split("\n"), id=head)


def _draft(paragraphs: Sequence[str], lang: str = "en") -> Draft:
    """Return paragraphs as a draft, a blank line between two."""
    text = "\n\n".join(paragraphs)
    starts = accumulate((len(paragraph) + 2 for paragraph in paragraphs), initial=0)
    spans = tuple(Span(start, start + len(p)) for start, p in zip(starts, paragraphs, strict=False))
    return Draft(path="a.md", digest="0", meta=Meta(lang=lang), text=text, paragraphs=spans)


def _cuts(*paragraphs: str, lang: str = "en") -> list[tuple[str, str]]:
    draft = _draft(paragraphs, lang)
    return [(draft.text[slice(*cut.span)], cut.reason) for cut in find_boilerplate(draft, lang).cuts]


@pytest.mark.parametrize(("lang", "rows"), list(_pages()))
def test_a_flattened_page_keeps_its_report_and_nothing_else(lang: str, rows: list[str]) -> None:
    text = "\n".join(row[2:] for row in rows)
    draft = draft_plain("a.txt", "0", text, Meta(lang=lang), ReadSettings())
    cuts = [cut.span for cut in (*draft.cut, *find_boilerplate(draft, lang).cuts)]
    kept: dict[str, list[str]] = {"+": [], "-": [], "?": [], "": []}
    start = 0
    for row in rows:
        cut = any(span.start <= start < span.end for span in cuts)
        kept[row[:1]].extend([] if cut or not row[2:] else [row[2:]])
        start += len(row[2:]) + 1
    assert kept["+"] == [row[2:] for row in rows if row.startswith("+")]
    assert kept["-"] == []


def test_an_appeal_at_the_end_goes_as_a_whole() -> None:
    appeal = (
        "Support The Alder Courier, support independent journalism",
        "Careful reporting from the quay costs more every year.",
        "If you value our work, please consider making a donation.",
        "Donate now",
    )
    assert [text for text, _ in _cuts(*REPORT, *appeal)] == list(appeal)


@pytest.mark.parametrize(
    "paragraphs",
    [
        (
            "The charity asked its readers to donate to the flood fund, and donations passed two million crowns.",
            "“Please donate what you can, we need your support,” said its director, Ruth Okafor.",
            "Supporters of the newsletter said that subscribers had sent in most of the money by email.",
        ),
        (
            "Newsletters are back, and publishers hope that subscribers will pay for journalism in their inbox.",
            "You can read about cookies, privacy and consent on any website, the report found.",
            "The study of 400 newsletters was published by the University of Karsk on Tuesday.",
        ),
        (
            "WEBER: We will not close the bridge, and I want you to know it.",
            "ORSIC: You said the same last year, and our members remember that.",
            "WEBER: Then join us on the quay on Monday and see for yourself.",
        ),
        (
            "The board named the works that will be done before the spring:",
            "- new bearings",
            "- a second crane",
            "- lights on both banks",
            "It expects to spend four million crowns on them, of which half is borrowed.",
        ),
    ],
    ids=["about donations", "about newsletters", "a transcript", "a list"],
)
def test_articles_about_such_things_keep_their_text(paragraphs: tuple[str, ...]) -> None:
    assert _cuts(*paragraphs) == []


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Sources said that the talks had failed."),
        ("en", "Updated figures for the ferry are due on Monday morning."),
        ("en", "The last ferry left the quay nine days ago."),
        ("en", "Related companies on both banks were fined as well."),
        ("de", "Anzeige gegen Unbekannt hat die Gemeinde am Montag erstattet."),
        ("de", "Stand der Arbeiten ist seit Montag unbekannt."),
        ("fr", "Photos du pont seront montrées lundi matin."),
    ],
)
def test_a_sentence_that_opens_with_the_word_of_a_label_is_kept(lang: str, line: str) -> None:
    assert _cuts(*REPORT, line, lang=lang) == []


def test_a_report_in_one_paragraph_is_kept_whatever_it_mentions() -> None:
    paragraph = (
        "The harbour board closed the swing bridge at Alder Ferry three hours ago. You can follow the boats from "
        "the quay, its chief engineer said in a talk on the radio, but nobody can walk across. "
        + " ".join(REPORT)
    )
    menu = ("Menu", "Home", "News", "Sport", "Business", "Opinion", "Jobs", "Log in", "Subscribe", "Search")
    teasers = (
        "More on this",
        "Residents near the tip say that the smell has come back since the council moved the bins to Lowmarsh.",
        "Join the conversation",
    )
    page = (
        *menu,
        "3 hours ago",
        paragraph,
        "Share this article",
        "Most read",
        *teasers,
        "About us",
        "Privacy policy",
    )
    assert paragraph not in [text for text, _ in _cuts(*page)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Read more: Alder Ferry swimmers win their fight", "read more"),
        ("Advertisement", "advertisement"),
        ("Share this article", "share"),
        ("Sign up for our free daily newsletter", "newsletter"),
        ("Water and power", "subhead"),
        ("The bridge seen from the quay. (Marta Lind/Getty Images)", "caption"),
        ("At Corn Hall in Alder Ferry, Ostmark, members of the board take part in a vote.", "caption"),
        ("Source: Lenn News Agency", "source line"),
        ("See also: Who pays for the bridge, and who does not?", "read more"),
        ("WATCH: The moment the crane let go", "read more"),
        ("More on football: https://alder.example/sport and https://alder.example/cup", "read more"),
        ("CORRECTION: An earlier version of this story gave the wrong year of the inspection.", "correction"),
        ("Editor's note: The bridge is owned by the publisher of this paper and two others.", "correction"),
        ("###", "navigation"),
        (
            "Mayor Ann Ruiz signs the bridge book for pupils at the quay on March 2, 2026 in Alder Ferry, Ostmark.",
            "caption",
        ),
        (
            "Divers search the river below the crane at Alder Ferry, Ostmark, Monday, March 2, 2026.",
            "caption",
        ),
        ("Watch the video above for a first look at the crane that will lift the deck.", "read more"),
    ],
)
def test_a_line_between_paragraphs_is_cut_for_its_reason(line: str, reason: str) -> None:
    assert _cuts(REPORT[0], REPORT[1], line, REPORT[2]) == [(line, reason)]


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("de", "Abonnieren Sie unseren Newsletter"),
        ("fr", "Abonnez-vous à notre newsletter"),
        ("es", "Suscríbete a nuestro boletín"),
        ("it", "Iscriviti alla nostra newsletter"),
        ("pt", "Assine nossa newsletter"),
        ("nl", "Schrijf je in voor onze nieuwsbrief"),
        ("ru", "Подпишитесь на нашу рассылку"),
        ("uk", "Підпишіться на нашу розсилку"),
        ("de", "Lesen Sie auch: Wie sicher sind unsere Brücken?"),
        ("de", "Berichtigung: In einer früheren Fassung stand ein falsches Jahr."),
        ("fr", "À lire aussi : qui paiera le pont ?"),
        ("es", "Fe de errores: el puente se cerró en enero y no en marzo."),
        ("zh", "责任编辑:王芳"),
        ("ja", "【関連記事】世界の橋"),
        ("ar", "اقرأ أيضا: جسور العالم"),
        ("en", "The post Bridge to close for eleven months appeared first on The Alder Courier."),
        ("es", "La entrada El puente cierra once meses se publicó primero en El Correo de Alder."),
    ],
)
def test_furniture_is_known_in_every_language(lang: str, line: str) -> None:
    assert [text for text, _ in _cuts(*REPORT, line, lang=lang)] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The post office on the quay closed first, and the bank beside it a year later.",
        "Corrections to the timetable will be printed on Monday, the harbour board said.",
        "The board met the divers on the quay and closed the bridge on March 2, 2026 in Alder Ferry, Ostmark.",
        "Watch towers on both banks were built in 1911 and have stood empty since.",
        "The plans can be seen at https://alder.example/plans until Friday, the board said on Monday.",
    ],
)
def test_a_sentence_that_is_like_furniture_is_kept(line: str) -> None:
    assert _cuts(REPORT[0], REPORT[1], line, REPORT[2]) == []
    assert _cuts(*REPORT, line) == []


@pytest.mark.parametrize("place", [0, 3])
def test_what_authors_say_of_themselves_is_no_part_of_what_they_wrote(place: int) -> None:
    blurb = "Greta Solm teaches the building of bridges at the University of Alder."
    paragraphs = [*REPORT[:place], blurb, *REPORT[place:]]
    draft = _draft(paragraphs)
    by_her = replace(draft, meta=replace(draft.meta, authors=("Greta Solm",)))
    assert [draft.text[slice(*cut.span)] for cut in find_boilerplate(by_her, "en").cuts] == [blurb]
    assert find_boilerplate(draft, "en").cuts == ()


@pytest.mark.parametrize("sign_off", ["RTL/jm/afd", "(mk/tz)"])
def test_the_letters_that_close_an_agencys_copy_are_cut(sign_off: str) -> None:
    assert _cuts(*REPORT, sign_off, lang="fr") == [(sign_off, "byline")]


def test_a_line_of_outlet_and_day_is_a_dateline() -> None:
    line = "The Alder Courier | Aug. 3, 2026"
    assert _cuts(line, *REPORT) == [(line, "dateline")]


def test_a_source_line_at_the_end_gives_the_origin() -> None:
    found = find_boilerplate(
        _draft(
            (*REPORT, "Source: Lenn News Agency", "Alder Radio", "Alder Radio is the coast's radio station.")
        ),
        "en",
    )
    assert found.origin == "Lenn News Agency"
    assert [cut.reason for cut in found.cuts] == ["source line", "about the outlet", "about the outlet"]


def test_a_page_in_a_language_without_words_of_furniture_is_known_by_its_frame() -> None:
    menu = ["Etusivu", "Kaupunki", "Satama", "Meri", "Talous", "Urheilu", "Hakemisto"]
    below = ["Lisää aiheesta", "Luetuimmat", "Yhteystiedot", "Ilmoita", "Tilaa", "Evästeet", "Ylös"]
    assert [text for text, _ in _cuts(*menu, *REPORT, *below, lang="fi")] == [*menu, *below]
    assert not {text for text, _ in _cuts(*menu, *REPORT, lang="fi")} & set(REPORT)


def test_a_list_below_a_report_is_no_frame_of_a_page() -> None:
    results = [
        "Arden 3 Ellery 1",
        "Karsk 2 Lenn 2",
        "Orra 0 Brecy 1",
        "Ulmen 4 Skerra 0",
        "Marn 1 Tall 1",
        "Wenn 2 Loch 0",
    ]
    assert _cuts("Results of the day", *REPORT, "The results in full", *results) == []


def test_an_invitation_to_write_is_furniture_at_the_end_only() -> None:
    asks = "Tips on this matter go to harbour.desk@courier.example."
    assert _cuts(*REPORT, asks, "Donate now")[0][0] == asks
    assert _cuts(REPORT[0], asks, *REPORT[1:]) == []


@pytest.mark.parametrize(
    "line",
    ["The quay on Monday. Photograph: Ann Lee/The Courier", "Der Kai. Foto: Ann Lee", "Bild: Hafenbehörde"],
)
def test_a_picture_is_credited_at_the_end_of_its_caption(line: str) -> None:
    assert _cuts(REPORT[0], line, *REPORT[1:]) == [(line, "caption")]


def test_reporters_in_brackets_go_without_their_sentence() -> None:
    last = "Two suits are due to be heard in January. (Reporting by Lena Hroz; Editing by Karl Dresen)"
    assert _cuts(*REPORT, last) == [("(Reporting by Lena Hroz; Editing by Karl Dresen)", "byline")]


def test_a_paragraph_that_stands_twice_is_cut_once() -> None:
    assert _cuts(*REPORT, REPORT[0]) == [(REPORT[0], "repeated")]


def test_an_article_is_never_cut_to_nothing() -> None:
    assert _cuts("Please donate to our newsroom to keep our journalism free for everyone.") == []


@given(
    st.lists(
        st.sampled_from((*REPORT, "Donate now", "Home", "Share", "Opinions", "Karsk", "12", "“No.”")),
        max_size=12,
    )
)
def test_cuts_are_in_order_and_leave_some_running_text(paragraphs: list[str]) -> None:
    draft = _draft(paragraphs)
    cuts = [cut.span for cut in find_boilerplate(draft, "en").cuts]
    assert cuts == sorted(set(cuts))
    kept = [draft.text[slice(*span)] for span in draft.paragraphs if span not in cuts]
    assert not set(REPORT) & set(paragraphs) or set(REPORT) & set(kept)


LETTER = "\n\n".join(REPORT) + "\n\nThe next letter comes on Friday.\n\n"


@pytest.mark.parametrize("mark", ["--", "-- "])
def test_the_signature_of_a_letter_goes_with_the_line_above_it(mark: str) -> None:
    """RFC 3676, section 4.3."""
    text = f"{LETTER}{mark}\nThe Ford Letter has 900 readers. It is\nmade by two people.\n\nFord Lane 3\n"
    draft = draft_plain("a.txt", "0", text, Meta(lang="en"), ReadSettings())
    cut = [text[slice(*one.span)] for one in find_boilerplate(draft, "en").cuts]
    assert cut == ["--", "The Ford Letter has 900 readers. It is\nmade by two people.", "Ford Lane 3"]


def test_two_dashes_within_a_report_are_no_signature() -> None:
    text = f"--\nA short note.\n\n{LETTER}"
    draft = draft_plain("a.txt", "0", text, Meta(lang="en"), ReadSettings())
    assert not any(cut.reason == "about the outlet" for cut in find_boilerplate(draft, "en").cuts)


@given(st.text(alphabet="abZ '’-–“&@#_é.,ſK\t\x1c", max_size=20))
def test_words_of_a_line_are_the_same_beside_a_number_where_they_are_read_another_way(line):
    assert words_of(f"{line} 7 x") == (*words_of(line), "#", "x")
