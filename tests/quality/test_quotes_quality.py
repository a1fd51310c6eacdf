"""Floors under quotes and speakers: what was measured once may not be lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.model import SPEAKER_CUT, Span
from generator.reading.marks import find_passages
from generator.reading.quotes import find_quotes
from generator.reading.sentences import split
from scripts import train_speakers
from tests.conftest import need

pytestmark = pytest.mark.bench
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["quotes"]
STYLES = {
    "straight": ('"', '"'),
    "single": ("‘", "’"),
    "guillemets": ("«", "»"),
    "German": ("„", "“"),
    "German guillemets": ("»", "«"),
}
LOST = 20
"""Every twentieth closing mark is taken away."""
_MARK = re.compile("''|``|[\"“”]")


@dataclass(frozen=True)
class Edit:
    """A mark replaced by another."""

    start: int
    end: int
    mark: str


@pytest.fixture(scope="module")
def corpus(bench: Path) -> Path:
    need((bench / "polnear-dev").is_dir(), "the annotated articles are not there")
    return bench / "polnear-dev"


@pytest.fixture(scope="module")
def texts(corpus: Path) -> dict[str, str]:
    gold = json.loads((corpus / "gold.json").read_text(encoding="utf-8"))
    return {name: (corpus / "text" / f"{name}.txt").read_text(encoding="utf-8") for name in gold}


@pytest.mark.timeout(900)
def test_speakers_are_found_in_articles_that_were_not_trained_on(corpus: Path) -> None:
    documents = list(train_speakers.load(corpus))
    found = train_speakers.cross_validated(documents)
    figures = train_speakers.score(corpus, found)
    assert 100 * figures["F1"] >= FLOORS["span F1"]
    assert 100 * figures["speaker_lenient"] >= FLOORS["speaker"]
    assert 100 * figures["e2e_F1_lenient"] >= FLOORS["end to end"]
    sure = train_speakers.surest(found, SPEAKER_CUT)
    kept = train_speakers.score(corpus, sure)
    assert kept["judged"] >= train_speakers.COVERAGE * figures["judged"]
    assert 100 * kept["speaker_lenient"] >= FLOORS["right above the cut"]


def _edits(text: str, style: tuple[str, str] | None, *, lost: int) -> Iterator[Edit]:
    """Yield how the double marks of a text are rewritten; every ``lost``-th closing mark goes."""
    closing = 0
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    for passage in find_passages(text, lines, ()):
        before = _MARK.match(text, passage.start - 2) or _MARK.match(text, passage.start - 1)
        if before is None or before.end() != passage.start or not passage.closed:
            continue
        if style:
            yield Edit(before.start(), before.end(), style[0])
        after = _MARK.match(text, passage.end)
        if after and not passage.continues:
            closing += 1
            mark = "" if lost and closing % lost == 0 else style[1] if style else after[0]
            yield Edit(after.start(), after.end(), mark)


def _rewritten(text: str, gold: list[dict[str, Any]], edits: list[Edit]) -> tuple[str, list[dict[str, Any]]]:
    """Return the text with its marks replaced, and the annotations where they then stand."""
    parts, places, done, length = [], [0] * (len(text) + 1), 0, 0
    for edit in (*edits, Edit(len(text), len(text), "")):
        for place in range(done, edit.start + 1):
            places[place] = length + place - done
        parts += [text[done : edit.start], edit.mark]
        length += edit.start - done + len(edit.mark)
        done = edit.end
    moved = [item | {"start": places[item["start"]], "end": places[item["end"]]} for item in gold]
    return "".join(parts), moved


def _span_f1(
    corpus: Path, texts: dict[str, str], style: tuple[str, str] | None, folder: Path, *, lost: int
) -> float:
    """Return the span F1 of the corpus with its marks rewritten."""
    gold = json.loads((corpus / "gold.json").read_text(encoding="utf-8"))
    found: dict[str, list[dict[str, Any]]] = {}
    moved = {}
    for name, text in texts.items():
        new, moved[name] = _rewritten(text, gold[name], list(_edits(text, style, lost=lost)))
        lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", new)]
        sentences = split(new, lines, "en") if lost else ()
        found[name] = [
            train_speakers.shown(new, quote)
            for quote in find_quotes(new, lines, sentences, "en")
            if quote.kind != "title"
        ]
    (folder / "polnear").mkdir()
    (folder / "score_quotes.py").write_bytes((corpus.parent / "score_quotes.py").read_bytes())
    (folder / "polnear" / "gold.json").write_text(json.dumps(moved), encoding="utf-8")
    return 100 * train_speakers.score(folder / "polnear", found)["F1"]


@pytest.mark.parametrize("style", list(STYLES))
def test_the_style_of_the_marks_changes_little(
    corpus: Path, texts: dict[str, str], tmp_path: Path, style: str
) -> None:
    assert _span_f1(corpus, texts, STYLES[style], tmp_path, lost=0) >= FLOORS["span F1, other marks"]


def test_lost_closing_marks_swallow_no_text(corpus: Path, texts: dict[str, str], tmp_path: Path) -> None:
    assert _span_f1(corpus, texts, None, tmp_path, lost=LOST) >= FLOORS["span F1, 5 % of closing marks lost"]
