"""The five real articles: the quotes a careful editor would take from them, and whose they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.config import ReadSettings
from generator.model import SPEAKER_CUT, Article, Quote
from generator.reading.read import read
from tests.conftest import need

pytestmark = pytest.mark.bench


def _article(seeds: Path, number: str) -> Article:
    (path,) = seeds.glob(f"{number}_*.txt")
    (article,) = read(path.name, path.read_bytes(), ReadSettings()).articles
    return article


def _quote(article: Article, opening: str) -> Quote:
    """Return the quote that begins with these words."""
    (quote,) = (q for q in article.quotes if article.text.startswith(opening, q.span.start))
    return quote


@pytest.mark.parametrize(
    ("number", "opening", "speaker", "role", "via"),
    [
        ("000", "We highly", "Vladimir Putin", "Russian President", "RIA"),
        ("000", "Putin said", "Russian media", "", ""),
        ("000", "engine", "KCNA", "", ""),
        ("000", "U.S.", "Vladimir Putin", "Russian President", ""),
        ("001", "precious", "Kim Jong Un", "leader of North Korea", ""),
        ("001", "Now no", "Kim Jong Un", "leader of North Korea", "Yonhap news agency"),
        ("002", "The bonds", "Vladimir Putin", "Russian President", ""),
        ("002", "This was", "Vladimir Putin", "Russian President", "KCNA news agency"),
        ("002", "The Russian", "Vladimir Putin", "Russian President", ""),
        ("002", "collaborate", "Vladimir Putin", "Russian President", ""),
        ("002", "outstanding", "Vyacheslav Volodin", "State Duma Speaker", "KCNA"),
        ("002", "a new", "Kim Jong Un", "", ""),
        ("002", "closer", "Kim Jong Un", "", ""),
        ("003", "The bonds", "Vladimir Putin", "Russian President", ""),
        ("003", "The Russian", "Vladimir Putin", "Russian President", ""),
        ("003", "act", "Vladimir Putin", "Russian President", ""),
        ("003", "just", "Vladimir Putin", "Russian President", ""),
        ("004", "forged", "Kim Jong-un", "North Korean leader", ""),
        ("004", "invincible", "Kim Jong-un", "North Korean leader", "KCNA"),
    ],
)
def test_quotes_are_their_speakers(  # noqa: PLR0917 - the columns of the table
    seeds: Path, number: str, opening: str, speaker: str, role: str, via: str
) -> None:
    quote = _quote(_article(seeds, number), opening)
    assert (quote.speaker, quote.role, quote.via) == (speaker, role, via)
    assert quote.confidence >= SPEAKER_CUT


@pytest.mark.parametrize(
    ("number", "opening"),
    [("000", "special"), ("001", "heroic"), ("002", "heroic"), ("003", "heroic")],
)
def test_distancing_marks_are_no_quotes(seeds: Path, number: str, opening: str) -> None:
    assert _quote(_article(seeds, number), opening).kind == "scare"


def test_a_line_that_is_only_a_quote_carries_its_speaker_over(seeds: Path) -> None:
    article = _article(seeds, "002")
    assert [q for q in article.quotes if q.inferred] == [_quote(article, "The Russian")]


def test_the_unclosed_quote_ends_with_its_sentence_and_the_next_is_whole(seeds: Path) -> None:
    article = _article(seeds, "001")
    assert [q for q in article.quotes if not q.closed] == [_quote(article, "precious")]
    assert article.text[: _quote(article, "precious").span.end].endswith("on Saturday.")
    assert article.text[: _quote(article, "Now no").span.end].endswith("their unity.")


def test_every_passage_of_the_report_is_found_where_it_stands(seeds: Path) -> None:
    file = seeds.parent / "quotes.gold.json"
    need(file.is_file(), "the seeds' gold is not there")
    gold: dict[str, list[dict[str, Any]]] = json.loads(file.read_text(encoding="utf-8"))
    for name, items in gold.items():
        article = _article(seeds, name[:3])
        found = {quote.span for quote in article.quotes if quote.closed}
        wanted = {
            (item["start"], item["end"])
            for item in items
            if not item["text"].startswith("precious")
            and not any(cut.span.start <= item["start"] < cut.span.end for cut in article.cut)
        }
        assert found == wanted
