"""Compare the extracts with other extractive summarisers on multi-document news, 100 words each.

    python -m benchmarks.summaries [--sumy PYTHON]

Reads ``../shared/bench/ecb-dev-summaries``: for each story some articles to summarise, and as references the
first 100 words of four other articles of the story. Prints ROUGE-2 recall as a Markdown table. With
``--sumy`` (an interpreter that has sumy and numpy) LexRank, TextRank and LSA are measured on the same
sentences. Times are seconds for ten articles, process time.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from math import log, sqrt
from pathlib import Path
from time import process_time
from types import ModuleType

from generator.config import ReadSettings, SummarySettings
from generator.language.background import background
from generator.language.words import is_stop, stem
from generator.model import Article
from generator.reading.read import read
from generator.stories import selection
from generator.stories.material import Material
from generator.stories.summary import summarise

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
WORDS = 100
Story = tuple[Article, ...]

SUMY = r"""
import json, re, sys
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

class Words:
    def to_words(self, sentence): return re.findall(r"[A-Za-z]+(?:'[a-z]+)?|\d[\d,.]*", sentence)
    def to_sentences(self, paragraph): return [paragraph]

stories, told = json.load(sys.stdin), {}
for name, kind in (("LexRank", LexRankSummarizer), ("TextRank", TextRankSummarizer), ("LSA", LsaSummarizer)):
    summarizer = kind(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    told[name] = {}
    for story, articles in stories.items():
        paragraphs = [Paragraph([Sentence(s, Words()) for s in article]) for article in articles]
        document, chosen = ObjectDocumentModel(paragraphs), []
        for count in range(1, 60):
            chosen = [str(sentence) for sentence in summarizer(document, count)]
            if sum(len(sentence.split()) for sentence in chosen) >= 100:
                break
        told[name][story] = " ".join(chosen)
json.dump(told, sys.stdout)
"""


def stories(bench: Path = BENCH) -> dict[str, Story]:
    """Return the articles of each story, in the order that a build gives them."""
    inputs = json.loads((bench / "ecb-dev-summaries" / "inputs.json").read_text(encoding="utf-8"))
    return {name: tuple(sorted(map(_article, stems), key=_order)) for name, stems in sorted(inputs.items())}


def _article(name: str) -> Article:
    file = BENCH / "ecb-dev" / "articles" / f"{name}.md"
    return read(file.name, file.read_bytes(), ReadSettings()).articles[0]


def _order(article: Article) -> tuple[bool, str, str]:
    date = article.meta.date
    return date is None, date.day.isoformat() if date else "", article.path


def scorer(bench: Path = BENCH) -> ModuleType:
    """Return the scorer that stands beside the data."""
    spec = spec_from_file_location("score_summaries", bench / "score_summaries.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rouge(told: dict[str, str], bench: Path = BENCH) -> float:
    """Return the mean ROUGE-2 recall of summaries, in per cent."""
    score = scorer(bench)
    references = score.load_references(str(bench / "ecb-dev-summaries" / "references"))
    recalls = [score.topic_scores(score.counts(told[name]), refs)[2][0] for name, refs in references.items()]
    return 100 * float(sum(recalls)) / len(recalls)


# ---------------------------------------------------------------- systems


def extracts(articles: Story) -> str:
    """Return what the product tells in brief within 100 words."""
    material = Material(articles)
    places = summarise(material, SummarySettings(max_words=WORDS))
    return " ".join(material.statements[place][at].text for place, at in places)


def greedy(articles: Story) -> str:
    """Return the same by the way that large stories are told."""
    limit, selection.EXACT_ARTICLES = selection.EXACT_ARTICLES, 0
    try:
        return extracts(articles)
    finally:
        selection.EXACT_ARTICLES = limit


def lead(articles: Story) -> str:
    """Return the first 100 words of the first article."""
    return " ".join(list(_sentences(articles[:1]))[:WORDS])


def centroid(articles: Story) -> str:
    """Return the sentences nearest to the TF-IDF centroid of the story (Radev et al. 2004), without more."""
    sentences = list(_sentences(articles))
    bags = [_tfidf(sentence) for sentence in sentences]
    middle = Counter[str]()
    for bag in bags:
        middle.update(bag)
    nearness = [sum(w * middle[t] for t, w in bag.items()) / (_length(bag) or 1.0) for bag in bags]
    chosen, words = [], 0
    for at in sorted(range(len(sentences)), key=lambda at: (-nearness[at], at)):
        if words < WORDS and len(sentences[at].split()) >= 8:
            chosen.append(at)
            words += len(sentences[at].split())
    return " ".join(sentences[at] for at in chosen)


def _sentences(articles: Story) -> Iterator[str]:
    return (article.shown(span) for article in articles for span in article.sentences)


def _tfidf(sentence: str) -> dict[str, float]:
    words = [word.strip(".,;:!?\"'()").lower() for word in sentence.split()]
    counts = Counter(stem(word, "en") for word in words if word and not is_stop(word, "en"))
    return {root: (1 + log(times)) * background().stem_idf(root) for root, times in counts.items()}


def _length(bag: dict[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in bag.values()))


def sumy(python: str, data: dict[str, Story]) -> dict[str, dict[str, str]]:
    """Return the summaries of sumy's systems, made by another interpreter from the same sentences."""
    given = {name: [[a.shown(s) for s in a.sentences] for a in articles] for name, articles in data.items()}
    command = [python, "-c", SUMY]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, check=True, text=True)
    told: dict[str, dict[str, str]] = json.loads(done.stdout)
    return told


# ---------------------------------------------------------------- table


def timed(system: Callable[[Story], str], data: dict[str, Story]) -> tuple[dict[str, str], float]:
    """Return a system's summaries and its seconds for ten articles."""
    system(next(iter(data.values())))  # tables and the solver are loaded once
    start = process_time()
    told = {name: system(articles) for name, articles in data.items()}
    return told, 10 * (process_time() - start) / sum(map(len, data.values()))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sumy", metavar="PYTHON", help="interpreter that has sumy and numpy")
    arguments = parser.parse_args()
    data = stories()
    rows: list[tuple[str, float, str]] = []
    for name, system in (
        ("**Crosscite, exact**", extracts),
        ("**Crosscite, greedy**", greedy),
        ("TF-IDF centroid", centroid),
        ("Lead of the first article", lead),
    ):
        told, seconds = timed(system, data)
        rows.append((name, rouge(told), f"{seconds:.3f}"))
    if arguments.sumy:
        rows += [(f"sumy {name}", rouge(told), "") for name, told in sumy(arguments.sumy, data).items()]
    articles = sum(map(len, data.values()))
    sys.stdout.write(f"{len(data)} stories, {articles} articles, {WORDS} words\n\n")
    sys.stdout.write("| system | ROUGE-2 recall | s / 10 articles |\n|---|---:|---:|\n")
    for name, value, seconds_ in sorted(rows, key=lambda row: -row[1]):
        sys.stdout.write(f"| {name} | {value:.2f} | {seconds_} |\n")


if __name__ == "__main__":
    main()
