"""Measure the grouping of articles beside scikit-learn's dense average linkage: time and peak memory.

    python -m benchmarks.grouping [ARTICLES ...] [--dense 20000]

Each measurement runs in a process of its own, on invented articles (no text from anywhere): stories of skewed
sizes, many of one article, with names, figures and words of their own amid a common vocabulary. Peak memory
is what the step adds to the process that already holds the articles. Dense: ``TfidfVectorizer``, cosine
distances, ``AgglomerativeClustering(linkage="average")``; left out above ``--dense`` articles, since the
matrix alone takes 8 n² bytes. Reading is no part of either.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import accumulate
from time import perf_counter

from benchmarks.scoring import b_cubed
from generator.config import GroupSettings
from generator.model import Article, Meta, Moment, Terms
from generator.stories.groups import group_articles
from generator.stories.overrides import Overrides
from generator.stories.vectors import vectorise

_SYLLABLES = "ba co de fi ga ho ju ka lo mi na po ra su te vo wy za che tra gru pel sko lin mar".split()  # noqa: SIM905
_WORDS = 250


class _Maker:
    """Makes words, stories and articles of them, always the same for one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.common = [self.word(3) for _ in range(12_000)]
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.common))))

    def word(self, syllables: int) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=syllables))

    def filler(self, count: int) -> list[str]:
        return self.random.choices(self.common, cum_weights=self.weights, k=count)

    def article(self, number: int, story: _Story) -> Article:
        pick = self.random.sample
        facts = pick(story.facts, self.random.randint(4, len(story.facts)))
        sentences = [(*self.filler(4), *fact, *self.filler(6), *pick(story.words, 3)) for fact in facts]
        while sum(map(len, sentences)) < _WORDS:
            sentences.append(tuple(self.filler(14)))
        names = [name for name in story.names for _ in range(self.random.randint(1, 4))]
        numbers = tuple(pick(story.numbers, 3))
        day = story.day + timedelta(days=self.random.randint(0, 2))
        return Article(
            id=f"{number:010d}",
            path=f"{number}.md",
            digest="",
            meta=Meta(date=Moment(day), lang="en"),
            text="",
            tokens=tuple(" ".join((*sentence, *pick(names, 2), numbers[0])) for sentence in sentences),
            title_words=(story.names[0], *pick(story.words, 2), *self.filler(3)),
            terms=Terms(entities=tuple(names), numbers=numbers),
        )


class _Story:
    """What its articles have in common."""

    def __init__(self, maker: _Maker) -> None:
        self.names = [maker.word(4) for _ in range(5)]
        self.words = [maker.word(4) for _ in range(12)]
        self.numbers = [str(maker.random.randint(12, 9_999)) for _ in range(5)]
        self.facts = [(maker.random.choice(self.names), *maker.filler(2), maker.word(3)) for _ in range(8)]
        self.day = date(2026, 1, 1) + timedelta(days=maker.random.randint(0, 90))


def invented(count: int, stories: int, seed: int = 1) -> tuple[list[Article], dict[str, str]]:
    """Return articles of so many stories, a few large and most small, and the story of each by path."""
    maker = _Maker(seed)
    told = [_Story(maker) for _ in range(stories)]
    weights = list(accumulate((rank + 5) ** -0.6 for rank in range(stories)))
    more = maker.random.choices(range(stories), cum_weights=weights, k=count - stories)
    places = [*range(stories), *more]
    articles = [maker.article(number, told[place]) for number, place in enumerate(places)]
    return articles, {f"{number}.md": str(place) for number, place in enumerate(places)}


def noise(count: int) -> list[Article]:
    """Return articles of which no two tell one event."""
    return invented(count, count, seed=2)[0]


def sparse(articles: Sequence[Article]) -> dict[str, str]:
    """Group as the product does; return the story of each article by path."""
    groups = group_articles(articles, vectorise(articles), GroupSettings(), Overrides())
    return {article.path: group.articles[0].id for group in groups for article in group.articles}


def dense(articles: Sequence[Article]) -> dict[str, str]:
    """Group by scikit-learn's average linkage over all pairs of distances."""
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_distances

    texts = [" ".join(" ".join(sentence) for sentence in a.words) for a in articles]
    distances = cosine_distances(TfidfVectorizer(sublinear_tf=True).fit_transform(texts))
    clustering = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=0.8
    )
    labels = clustering.fit_predict(distances)
    return {article.path: str(label) for article, label in zip(articles, labels, strict=True)}


STEPS: dict[str, Callable[[Sequence[Article]], dict[str, str]]] = {"crosscite": sparse, "dense": dense}


def measured(step: str, count: int) -> dict[str, float]:
    """Run a step in this process; return seconds, megabytes added at the peak, and B-cubed F1."""
    import sklearn.cluster  # noqa: F401 - loading the library is no part of the step

    articles, gold = invented(count, max(1, count // 4))
    STEPS[step](articles[:50])
    before = _peak_mb()
    start = perf_counter()
    found = STEPS[step](articles)
    seconds = perf_counter() - start
    return {"seconds": seconds, "mb": _peak_mb() - before, "f1": b_cubed(found, gold)}


def _peak_mb() -> float:
    """Return the most memory that this process has held, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", nargs="*", type=int, default=[2_000, 20_000])
    parser.add_argument("--dense", type=int, default=20_000, help="largest number for the dense way")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.step:
        print(json.dumps(measured(args.step, args.articles[0])))
        return
    print("| articles | way | seconds | peak MB | B-cubed F1 |\n| --- | --- | --- | --- | --- |")
    for count in args.articles:
        for step in STEPS if count <= args.dense else ("crosscite",):
            command = [sys.executable, "-m", "benchmarks.grouping", str(count), "--step", step]
            row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(
                f"| {count:,} | {step} | {row['seconds']:.1f} | {row['mb']:,.0f} | {row['f1']:.3f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
