"""Who said it: by cases in every language of the product."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from generator.model import SPEAKER_CUT, Quote, Span
from generator.reading.cues import CUE_GROUPS
from generator.reading.features import VARIABLES
from generator.reading.lexicons import lexicon
from generator.reading.quotes import find_quotes
from generator.reading.ranking import TEMPLATES, Ranker
from generator.reading.sentences import split
from tests.builders import write_files
from tests.test_quotes import LANGUAGES, quotes_of

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases" / "quotes" / "speakers.md"


def _cases() -> Iterator[object]:
    for part in CASES.read_text(encoding="utf-8").split("\n=== ")[1:]:
        lang, _, rest = part.partition("\n")
        for case in rest.strip().split("\n\n"):
            text, *expected = case.split("\n")
            yield pytest.param(lang, text, expected, id=f"{lang}: {text[:50]}")


def _quotes(text: str, lang: str) -> tuple[Quote, ...]:
    """Return the quotes of a text whose paragraphs are its lines, however short."""
    paragraphs, place = [], 0
    for line in text.split("\n"):
        paragraphs.append(Span(place, place + len(line)))
        place += len(line) + 1
    return find_quotes(text, paragraphs, split(text, paragraphs, lang), lang)


@pytest.mark.parametrize(("lang", "text", "expected"), list(_cases()))
def test_quotations_have_the_speakers_that_a_reader_gives_them(
    lang: str, text: str, expected: list[str]
) -> None:
    text = text.replace("¶", "\n")
    found = []
    for quote in _quotes(text, lang):
        speaker = f"{quote.speaker} (inferred)" if quote.inferred else quote.speaker
        cue = text[slice(*quote.cue)] if quote.cue else ""
        found.append(f"{speaker} | {quote.role} | {quote.via} | {cue}")
    assert [" ".join(line.removeprefix(">").split()) for line in expected] == [
        " ".join(line.split()) for line in found
    ]


def test_a_mention_is_where_it_says() -> None:
    text = "“We will wait,” Mayor Ann Ruiz said."
    (quote,) = quotes_of(text)
    assert quote.mention is not None
    assert text[slice(*quote.mention)] == "Mayor Ann Ruiz"


def test_a_clear_speaker_is_sure_and_a_missing_one_is_not() -> None:
    (clear,) = quotes_of("“We will wait until spring,” Ann Ruiz said.")
    assert clear.confidence > 0.95
    (missing,) = quotes_of("“We will wait until spring.”")
    assert (missing.speaker, missing.confidence) == ("", 0.0)


def test_unclosed_quotations_are_flagged_and_the_next_is_whole() -> None:
    text = "Ruiz called it a “common treasure of ours in her letter. Weber said: “We stay here.”"
    first, second = quotes_of(text)
    assert not first.closed
    assert text[slice(*first.span)] == "common treasure of ours in her letter."
    assert second.closed
    assert text[slice(*second.span)] == "We stay here."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_its_words(lang: str) -> None:
    known = lexicon(lang)
    assert known is not None
    assert known.titles
    assert known.roles
    assert known.small
    assert known.media
    assert len(CUE_GROUPS) == 10
    assert sum(code >= 21 for code in known.codes.values()) > 150


def test_weights_are_of_known_numbers_only_and_say_whence_they_are() -> None:
    file = files("generator.data") / "quotes" / "speakers.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    assert "PolNeAR" in data["origin"]
    assert {" ".join(template) for template in TEMPLATES} == set(data["weights"])
    for template, table in data["weights"].items():
        assert set(template.split()) <= set(VARIABLES)
        assert all(number.isdigit() for key in table for number in key.split())


def test_a_ranker_turns_weights_into_probabilities() -> None:
    """By hand: exp(ln 3) to exp(0) is three to one."""
    ranker = Ranker({("kind", "named"): {(1, 0): 1.0986122886681098}})
    kind = VARIABLES.index("kind")
    right, wrong = [0] * len(VARIABLES), [0] * len(VARIABLES)
    right[kind] = 1
    chances = ranker.probabilities([tuple(right), tuple(wrong)])
    assert [round(chance, 9) for chance in chances] == [0.75, 0.25]
    assert ranker.probabilities([]) == []


def test_training_gives_the_same_bytes_whatever_the_order_of_sets(bench: Path, tmp_path: Path) -> None:
    gold = json.loads((bench / "polnear-dev/gold.json").read_text(encoding="utf-8"))
    few = {name: gold[name] for name in list(gold)[::40]}
    for name in few:
        text = (bench / f"polnear-dev/text/{name}.txt").read_bytes()
        write_files(tmp_path, {f"corpus/text/{name}.txt": text})
    (tmp_path / "corpus/gold.json").write_text(json.dumps(few), encoding="utf-8")
    program = (
        "import sys, pathlib, scripts.train_speakers as t; t.OUT = pathlib.Path(sys.argv.pop()); t.main()"
    )
    made = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.json"
        command = [sys.executable, "-c", program, str(tmp_path / "corpus"), str(out)]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run(command, check=True, env=environment, cwd=ROOT, capture_output=True)
        made.append(out.read_bytes())
    assert made[0] == made[1]
    assert len(json.loads(made[0])["weights"]) > 10


def test_who_is_merely_near_is_no_speaker() -> None:
    near = "Tom Weber and his crew came on Monday. “We found ropes and ladders in the boat.”"
    led = "Tom Weber: “We found ropes and ladders in the boat.”"
    signed = "“We found ropes and ladders in the boat.” — Tom Weber"
    (quote,) = _quotes(near, "en")
    assert quote.confidence < SPEAKER_CUT
    for text in (led, signed):
        (quote,) = _quotes(text, "en")
        assert quote.speaker == "Tom Weber"
        assert quote.confidence >= SPEAKER_CUT


def test_words_that_somebody_passes_on_are_not_given_to_whoever_passes_them_on() -> None:
    (passed_on,) = _quotes("“The bridge is safe in all weathers,” Ann Lee said, according to the memo.", "en")
    assert passed_on.speaker == "Ann Lee"
    assert passed_on.confidence < SPEAKER_CUT  # readers differ on it
    (own,) = _quotes("“The bridge is safe in all weathers,” according to the memo.", "en")
    assert (own.speaker, own.confidence >= SPEAKER_CUT) == ("the memo", True)


def test_dashes_set_speech_off_only_where_a_verb_reports() -> None:
    assert _quotes("— первый пункт списка\n— второй — главный", "ru") == ()
    assert _quotes("— We hold the wall, — said Ann Lee.", "en") == ()
    text = "— Мост выдержит всю зиму, — сказала Елена Орлова."
    (quote,) = _quotes(text, "ru")
    assert text[slice(*quote.span)] == "Мост выдержит всю зиму"


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee: 547 votes in all.\nTom Hale: 46 votes in all.\nAnn Lee: 12 votes by post.\nTom Hale: 3 votes by post.",
        "Question: Is the bridge safe?\nAnswer: It is safe.\nQuestion: Who pays?\nAnswer: The town does.",
        "Ann Lee: the mayor of the town.\nTom Hale: the man who built the bridge.",
    ],
)
def test_lists_are_no_interviews(text: str) -> None:
    assert _quotes(text, "en") == ()
