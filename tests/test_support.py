"""Who says the same: planted pairs are found, planted contradictions never pass."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.stories.material import Material
from generator.stories.support import Relation
from tests.builders import article
from tests.planted import contradictions, paraphrases

CASES = tomllib.loads((Path(__file__).parent / "cases" / "support.toml").read_text(encoding="utf-8"))
BEFORE = "The library in Upper Quill opened at nine as usual. Children played in the square."
AFTER = "A brass band practised behind the church. The bakery had sold out of rolls by noon."


def relation(one: str, other: str) -> Relation | None:
    """Return what a report that holds ``other`` says of the sentence ``one`` of another report."""
    first = article(f"{BEFORE}\n\n{one}\n\n{AFTER}", "a.md", lang="en", outlet="Quill Post")
    second = article(f"{AFTER}\n\n{other}\n\n{BEFORE}", "b.md", lang="en", outlet="Quill Herald")
    material = Material((first, second))
    (place,) = [at for at, s in enumerate(material.statements[0]) if s.text.startswith(one[:30])]
    found = material.related(material.statements[0][place]).get(1)
    return found[1] if found else None


def test_nine_of_ten_paraphrases_count_as_support() -> None:
    missed = [
        case
        for case in CASES["same"]
        if (r := relation(case["one"], case["other"])) is None or r.kind != "same"
    ]
    assert len(missed) <= len(CASES["same"]) // 10, missed


@pytest.mark.parametrize("case", CASES["contradicts"], ids=lambda case: f"{case['how']}: {case['one'][:30]}")
def test_a_contradiction_is_never_support(case: dict[str, str]) -> None:
    for one, other in ((case["one"], case["other"]), (case["other"], case["one"])):
        found = relation(one, other)
        assert found is None or found.kind == "differs", found


@pytest.mark.parametrize("case", CASES["apart"], ids=lambda case: case["how"])
def test_another_fact_about_the_same_people_says_nothing(case: dict[str, str]) -> None:
    assert relation(case["one"], case["other"]) is None


def test_most_contradictions_are_reported_as_differing() -> None:
    found = [relation(case["one"], case["other"]) for case in CASES["contradicts"]]
    assert sum(r is not None and r.kind == "differs" for r in found) >= 0.8 * len(found)


def _planted(pairs: Iterator[tuple[str, str, str]], every: int) -> Iterator[tuple[str, str, str]]:
    """Yield every so many of the planted pairs that are pairs, of each kind."""
    met = Counter[str]()
    for pair in pairs:
        if pair[1] != pair[2]:
            if met[pair[0]] % every == 0:
                yield pair
            met[pair[0]] += 1


def test_a_number_day_name_or_not_exchanged_in_the_sample_is_never_support() -> None:
    passed, kinds = [], Counter[str]()
    for kind, one, other in _planted(contradictions(), 4):
        kinds[kind] += 1
        if any(r and r.kind == "same" for r in (relation(one, other), relation(other, one))):
            passed.append((kind, one, other))
    assert passed == []
    assert min(kinds[kind] for kind in ("number", "weekday", "name", "negation")) >= 15


def test_nine_of_ten_rewordings_of_the_sample_are_support() -> None:
    tried, missed = 0, []
    for kind, one, other in _planted(paraphrases(), 2):
        tried += 1
        if (found := relation(one, other)) is None or found.kind != "same":
            missed.append((kind, one, other))
    assert tried >= 60
    assert len(missed) <= tried // 10, missed
