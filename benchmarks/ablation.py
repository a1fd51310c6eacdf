"""Leave out each ingredient of grouping in turn; print a Markdown table of the scores.

    python -m benchmarks.ablation

Reads ``../shared/bench``: the development corpus with its siblings, and the mean of three skewed draws; each
with the dates as given and without any.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.scoring import b_cubed, sibling_rate
from generator.config import GroupSettings, ReadSettings
from generator.model import Article
from generator.reading.read import read
from generator.stories.likeness import BLEND, Blend, likeness, match
from generator.stories.linkage import FEW, FIRST, RATIO, SEVERAL, AverageLinkage, Rule
from generator.stories.vectors import Vectors, vectorise

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
CORPORA = ("ecb-dev", "ecb-dev-skew0", "ecb-dev-skew1", "ecb-dev-skew2")
SETTINGS = GroupSettings()
RULE = Rule(SETTINGS.threshold, FEW, FIRST, SEVERAL, RATIO)


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of grouping."""

    name: str
    blend: Blend = BLEND
    rule: Rule = RULE
    guard: bool = True
    """Whether names must be matched by the rest."""
    dates: bool = True


def _without(name: str, **parts: object) -> Variant:
    """Return a variant whose other weights keep their sum, so that the threshold means the same."""
    blend = replace(BLEND, **parts)  # type: ignore[arg-type]
    whole, rest = _weight(BLEND), _weight(blend)
    scale = whole / rest
    return Variant(
        name,
        replace(
            blend,
            names=(blend.names[0] * scale, blend.names[1]),
            phrases=(blend.phrases[0] * scale, blend.phrases[1]),
            numbers=(blend.numbers[0] * scale, blend.numbers[1]),
            title=(blend.title[0] * scale, blend.title[1]),
            near_both=blend.near_both * scale,
            near_one=blend.near_one * scale,
        ),
    )


def _weight(blend: Blend) -> float:
    """Return the sum of all weights."""
    parts = (blend.names, blend.phrases, blend.numbers, blend.title)
    return sum(weight for weight, _ in parts) + blend.near_both + blend.near_one


VARIANTS = (
    Variant("all"),
    _without("without names", names=(0.0, 1.0)),
    _without("without phrases", phrases=(0.0, 1.0)),
    _without("without numbers", numbers=(0.0, 1.0)),
    _without("without titles", title=(0.0, 1.0)),
    _without("without likeness relative to the nearest", near_both=0.0, near_one=0.0),
    Variant("relative likeness without support", replace(BLEND, supported=1e-6)),
    Variant("without other ordinals, days and years", replace(BLEND, other_times=(1.0, 1.0, 1.0))),
    Variant("with other ordinals alone", replace(BLEND, other_times=(0.7, 1.0, 1.0))),
    Variant("without the match of names and the rest", guard=False),
    Variant("without more for a first pair", rule=replace(RULE, few=0)),
    Variant("without likeness within clusters", rule=replace(RULE, ratio=0.0)),
    Variant("without dates", dates=False),
)


def main() -> None:
    """Print the table."""
    corpora = {}
    for name in CORPORA:
        files = sorted((BENCH / name / "articles").iterdir())
        articles = [a for file in files for a in read(file.name, file.read_bytes(), ReadSettings()).articles]
        gold = json.loads((BENCH / name / "gold.json").read_text(encoding="utf-8"))
        corpora[name] = (articles, vectorise(articles), gold)
    print("| ingredients | ecb-dev B-cubed F1 | mean of three skewed draws | sibling pairs joined |")
    print("| --- | --- | --- | --- |")
    for variant in VARIANTS:
        found = {name: (_labels(a, v, variant), gold) for name, (a, v, gold) in corpora.items()}
        scores = [b_cubed(labels, gold) for labels, gold in found.values()]
        siblings = sibling_rate(*found["ecb-dev"], "plus")
        print(
            f"| {variant.name} | {scores[0]:.3f} | {sum(scores[1:]) / 3:.3f} | {siblings:.3f} |", flush=True
        )


def _labels(articles: Sequence[Article], vectors: Vectors, variant: Variant) -> dict[str, str]:
    """Return the story of each article, by the stem of its path."""
    near = vectors.near
    if not variant.dates:
        near = replace(near, days=np.full(len(near.days), np.nan))
    values = likeness(near, SETTINGS, variant.blend)
    matches = match(near, variant.blend) if variant.guard else np.zeros(len(values))
    linkage = AverageLinkage(len(vectors.best), variant.rule)
    links = zip(values.tolist(), matches.tolist(), strict=True)
    linkage.connect(near.left.tolist(), near.right.tolist(), links)
    linkage.grow()
    rows = vectors.views.rows
    return {Path(article.path).stem: str(linkage.cluster[rows[article.id]]) for article in articles}


if __name__ == "__main__":
    main()
