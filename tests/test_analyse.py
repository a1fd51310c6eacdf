"""From a draft to an article: cuts, sentences, words, notes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from generator.config import ReadSettings
from generator.model import Article, Cut, Meta, Span
from generator.reading.analyse import analyse, article_id, merge_cuts, uncut
from generator.reading.plain import draft_plain
from tests.growth import assert_linear

REPORT = "The board said on Monday that the bridge will close. It gave no reason for it."
SPANS = st.tuples(st.integers(0, 40), st.integers(1, 8)).map(lambda pair: Span(pair[0], sum(pair)))


def _analyse(text: str, **meta: str) -> Article:
    settings = ReadSettings()
    return analyse(draft_plain("a.txt", "0", text, Meta(**meta), settings), settings)  # type: ignore[arg-type]


def test_an_article_has_its_sentences_and_their_words() -> None:
    article = _analyse(REPORT, lang="en")
    assert [article.shown(span) for span in article.sentences] == [
        "The board said on Monday that the bridge will close.",
        "It gave no reason for it.",
    ]
    assert article.words[1] == ("it", "gave", "no", "reason", "for", "it")


def test_what_is_said_for_more_than_the_hundredth_time_is_cut() -> None:
    for gap in (" ", "\n\n"):
        said = [f"Wall {number} of the old town fell.{gap}It fell." for number in range(102)]
        article = _analyse(gap.join(said), lang="en")
        assert len(article.sentences) == 102 + 100
        assert [(article.text[slice(*cut.span)], cut.reason) for cut in article.cut] == [
            ("It fell.", "repeated")
        ] * 2
        assert not _analyse(gap.join(said[:100]), lang="en").cut


def test_nothing_is_found_in_what_is_cut() -> None:
    article = _analyse(
        f"Old bridge to close now\n\n{REPORT}\n\nDonate now\n\nSource: Lenn News Agency", lang="en"
    )
    assert article.meta.title == "Old bridge to close now"
    assert article.title_words == ("old", "bridge", "to", "close", "now")
    assert article.meta.origin == "Lenn News Agency"
    assert {article.text[slice(*cut.span)] for cut in article.cut} == {
        "Old bridge to close now",
        "Donate now",
        "Source: Lenn News Agency",
    }
    assert len(article.sentences) == 2
    assert len(article.paragraphs) == 4


def test_a_given_origin_is_kept() -> None:
    assert _analyse(f"{REPORT}\n\nSource: Lenn News Agency", lang="en", origin="LNA").meta.origin == "LNA"


def test_broken_words_are_read_whole() -> None:
    article = _analyse(
        "Old bridge to close\n\nThe board said that the bui\nlding of a bridge is over.", lang="en"
    )
    assert "building" in article.words[0]
    assert "building" in article.shown(article.sentences[0])
    assert [note.line for note in article.notes] == [3]


def test_an_unclosed_quotation_mark_is_noted_with_its_line() -> None:
    article = _analyse(
        f"{REPORT}\n\nWeber called it “a common asset that nobody wants to lose. He left.", lang="en"
    )
    assert [(note.path, note.line) for note in article.notes] == [("a.txt", 3)]
    assert "never closed" in article.notes[0].message


def test_of_many_unclosed_quotation_marks_the_first_are_noted() -> None:
    article = _analyse(
        "\n\n".join(f"Weber called it “a wall {at} that stands." for at in range(25)), lang="en"
    )
    assert [note.line for note in article.notes[:-1]] == list(range(1, 41, 2))
    assert article.notes[-1].message == "5 more quotation marks are never closed"


def test_a_given_language_is_kept_and_one_that_is_not_is_detected() -> None:
    german = "Der Vorstand sagte am Montag, dass die Brücke geschlossen wird. Er nannte dafür keinen Grund."
    assert _analyse(german, lang="nl").meta.lang == "nl"
    assert _analyse(german).meta.lang == "de"


def test_an_id_hangs_on_the_path_alone() -> None:
    assert article_id("a.txt") == article_id("a.txt") != article_id("b.txt")
    assert len(article_id("a.txt")) == 10
    assert set(article_id("a.txt")) <= set("abcdefghijklmnopqrstuvwxyz234567")


@given(st.lists(SPANS, max_size=8), st.lists(SPANS, max_size=8))
def test_merged_cuts_are_in_order_and_do_not_overlap(first: list[Span], second: list[Span]) -> None:
    cuts = merge_cuts([Cut(span, "share") for span in first], [Cut(span, "appeal") for span in second])
    assert all(a.span.end <= b.span.start for a, b in pairwise(cuts))
    if first:
        assert Cut(first[0], "share") in cuts


@given(st.lists(SPANS, max_size=6))
def test_what_cuts_leave_is_what_they_do_not_touch(spans: list[Span]) -> None:
    text = "abcdefghij" * 5
    cuts = merge_cuts(Cut(span, "share") for span in spans)
    left = {at for start, end in uncut([Span(0, 20), Span(20, 50)], cuts, text) for at in range(start, end)}
    assert left == set(range(50)) - {at for cut in cuts for at in range(*cut.span)}


def test_what_is_left_of_thousands_of_cut_paragraphs_takes_linear_time() -> None:
    def run(text: str) -> None:
        spans = [Span(at, at + 1) for at in range(len(text))]
        assert list(uncut(spans, [Cut(span, "caption") for span in spans[::2]], text)) == spans[1::2]

    assert_linear(run, "a", 10_000)
