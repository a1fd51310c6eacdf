"""Train the ranking of speakers, or measure it by cross-validation.

    python -m scripts.train_speakers CORPUS                    writes generator/data/quotes/speakers.json
    python -m scripts.train_speakers --cross-validate CORPUS   prints a table, writes nothing

CORPUS has ``text/*.txt`` and ``gold.json`` (``{name: [{start, end, text, speaker, speaker_start,
speaker_end}]}``, offsets in characters) and lies beside ``score_quotes.py``. Only weights of combinations of
closed-class numbers are written (``generator/reading/features.py``), no word of the corpus.

The weights maximise the likelihood of the annotated speakers (a softmax over the mentions round each
quotation) less a quadratic penalty, by L-BFGS. They are fitted twice: first with the annotated speaker of
the quotation before, then with the one that the first weights find, as it will be in use.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from generator.config import ReadSettings
from generator.model import SPEAKER_CUT, Meta, Quote, Span
from generator.reading.analyse import uncut
from generator.reading.features import Describer, Last
from generator.reading.lexicons import lexicon
from generator.reading.marks import find_passages
from generator.reading.plain import draft_plain
from generator.reading.quotes import Staged, attribute, stage
from generator.reading.ranking import TEMPLATES, Ranker, Template, Values, picker
from generator.reading.sentences import split
from generator.reading.speakers import choose
from generator.reading.transcripts import find_turns

OUT = Path(__file__).resolve().parents[1] / "generator" / "data" / "quotes" / "speakers.json"
ORIGIN = (
    "Weights of closed-class features, fitted by scripts/train_speakers.py to 724 news articles of PolNeAR "
    "(Newell, Margolin and Ruths 2018, 'An Attribution Relations Corpus for Political News', development "
    "part). Holds no text of the corpus."
)
PENALTY = 1.0
LEAST_COUNT = 2
"""Combinations met less often get no weight."""
LEAST_WEIGHT = 0.05
FOLDS = 5
OVERLAP = 0.8
COVERAGE = 0.85
_PRONOUNS = frozenset(["he", "she", "they", "it", "i", "we", "who", "him", "her", "them", "his"])

Weights = dict[Template, dict[Values, float]]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated quotation."""

    span: Span
    speaker: str
    """Empty when nobody is annotated."""
    source: Span
    """The words that stand for the speaker."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article of the corpus, read as the product reads it."""

    name: str
    text: str
    staged: Staged
    gold: Mapping[int, Gold]
    """Annotations by the number of the passage that matches."""


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one quotation."""

    pairs: Sequence[Values]
    right: Sequence[bool]


# ---------------------------------------------------------------- corpus


def load(corpus: Path) -> Iterator[Document]:
    """Yield the documents in the order of the annotations."""
    known = lexicon("en")
    assert known is not None
    annotated: dict[str, list[dict[str, Any]]] = json.loads(
        (corpus / "gold.json").read_text(encoding="utf-8")
    )
    for name, items in annotated.items():
        text = (corpus / "text" / f"{name}.txt").read_text(encoding="utf-8")
        draft = draft_plain(name, "", text, Meta(), ReadSettings())
        paragraphs = tuple(uncut(draft.paragraphs, draft.cut, text))
        passages = find_passages(text, paragraphs, split(text, paragraphs, "en"), known)
        staged = stage(text, paragraphs, passages, find_turns(text, paragraphs, known), known)
        gold = [
            Gold(
                Span(item["start"], item["end"]),
                item["speaker"] or "",
                Span(item["speaker_start"] or 0, item["speaker_end"] or 0),
            )
            for item in items
        ]
        yield Document(name, text, staged, matched(staged, gold))


def matched(staged: Staged, gold: Sequence[Gold]) -> dict[int, Gold]:
    """Return the annotation of each passage that covers it, by number."""
    found = {}
    for number, passage in enumerate(staged.passages):
        for item in gold:
            common = min(passage.end, item.span.end) - max(passage.start, item.span.start)
            whole = max(passage.end, item.span.end) - min(passage.start, item.span.start)
            if common >= OVERLAP * whole:
                found[number] = item
    return found


def head(words: str) -> str:
    """Return the last word before a comma, clause or preposition, without a plural s."""
    first = re.split(r",|;|\(|\b(?:who|which|that|of|for|with|in|at|from|on)\b", words.strip(), maxsplit=1)[0]
    found = re.findall(r"[^\W_][\w.&-]*", first or words)
    return re.sub(r"(?:[’']s|s)$", "", found[-1].lower()) if found else ""


def right(document: Document, number: int, gold: Gold) -> int:
    """Return 2 if a mention is part of the annotated one, 1 if it has the same head, else 0."""
    mention = document.staged.scene.mentions[number]
    if mention.start < gold.source.end and gold.source.start < mention.end:
        return 2
    words = document.text[mention.start : mention.end]
    if gold.speaker.lower() in _PRONOUNS:
        return int(words.lower() == gold.speaker.lower())
    return int(head(words) == head(gold.speaker))


def examples(document: Document, ranker: Ranker | None) -> Iterator[Example]:
    """Yield the quotations whose speaker is annotated and found among the candidates.

    The speaker of the quotation before is the annotated one, or, with a ranker, the one that it finds.
    """
    staged, last = document.staged, None
    describer = Describer(staged.scene, staged.known)
    for number, kind in enumerate(staged.kinds):
        if kind not in ("direct", "fragment") or number in staged.labels:
            continue
        gold = document.gold.get(number)
        quotation = describer.quotation(number)
        candidates = staged.scene.candidates(quotation.place, last.mention if last else -1)
        chosen = -1
        if gold and gold.speaker and candidates:
            grades = [right(document, candidate, gold) for candidate in candidates]
            if best := max(grades):
                good = [grade == best for grade in grades]
                yield Example(describer.pairs(quotation, candidates, last), good)
                chosen = max(c for c, is_good in zip(candidates, good, strict=True) if is_good)
        if ranker is not None:
            choice = choose(describer, number, last, ranker)
            chosen = choice.mention if choice else -1
        if gold or ranker is not None:
            last = Last(quotation, chosen, staged.passages[number].continues)


# ---------------------------------------------------------------- fitting


def fit(found: Sequence[Example]) -> Weights:
    """Return the weights that best tell the right candidates of the examples."""
    pickers = [picker(template) for template in TEMPLATES]
    counts = Counter(
        (number, pick(values))
        for example in found
        for values in example.pairs
        for number, pick in enumerate(pickers)
    )
    columns = {
        key: column for column, key in enumerate(sorted(k for k, n in counts.items() if n >= LEAST_COUNT))
    }
    indices: list[int] = []
    ends = [0]
    for example in found:
        for values in example.pairs:
            keys = ((number, pick(values)) for number, pick in enumerate(pickers))
            indices += [columns[key] for key in keys if key in columns]
            ends.append(len(indices))
    ones = np.ones(len(indices), dtype=np.float64)
    matrix = csr_matrix((ones, np.array(indices), np.array(ends)), shape=(len(ends) - 1, len(columns)))
    solution = solve(matrix, found)
    weights: Weights = {template: {} for template in TEMPLATES}
    for (number, numbers), column in columns.items():
        weights[TEMPLATES[number]][tuple(map(int, numbers))] = float(solution[column])
    return weights


def solve(matrix: csr_matrix, found: Sequence[Example]) -> Floats:
    """Return the minimum of the penalised negative log-likelihood, shape (columns,)."""
    sizes = np.array([len(example.pairs) for example in found])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    good = np.array([grade for example in found for grade in example.right], dtype=np.float64)
    transposed = matrix.T.tocsr()

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        total = np.add.reduceat(odds, starts)
        share = np.add.reduceat(odds * good, starts)
        slope = odds / np.repeat(total, sizes) - odds * good / np.repeat(share, sizes)
        value = -float(np.sum(np.log(share / total))) + PENALTY * float(weights @ weights)
        return value, transposed @ slope + 2 * PENALTY * weights

    start = np.zeros(matrix.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x)


def train(documents: Sequence[Document]) -> Weights:
    """Return the weights after both rounds."""
    first = fit([example for document in documents for example in examples(document, None)])
    ranker = Ranker(first)
    return fit([example for document in documents for example in examples(document, ranker)])


def write(weights: Weights, file: Path) -> int:
    """Write the weights that matter; return their number."""
    kept = {
        " ".join(template): {
            " ".join(map(str, numbers)): round(weight, 2)
            for numbers, weight in sorted(table.items())
            if abs(weight) >= LEAST_WEIGHT
        }
        for template, table in weights.items()
    }
    text = json.dumps({"origin": ORIGIN, "weights": kept}, ensure_ascii=False, indent=0)
    file.write_text(text + "\n", encoding="utf-8", newline="\n")
    return sum(map(len, kept.values()))


# ---------------------------------------------------------------- measuring

Predictions = dict[str, list[dict[str, Any]]]


def fold_of(name: str) -> int:
    """Return the fold of a document, from its name alone."""
    return int.from_bytes(sha256(name.encode()).digest()[:4]) % FOLDS


def cross_validated(documents: Sequence[Document]) -> Predictions:
    """Return what is found in each document by weights fitted to the other folds."""
    found: Predictions = {}
    for fold in range(FOLDS):
        ranker = Ranker(train([document for document in documents if fold_of(document.name) != fold]))
        for document in documents:
            if fold_of(document.name) == fold:
                quotes = attribute(document.staged, ranker)
                found[document.name] = [shown(document.text, q) for q in quotes if q.kind != "title"]
    return found


def shown(text: str, quote: Quote) -> dict[str, Any]:
    """Return a quote as the scorer reads it."""
    start, end = quote.span
    item: dict[str, Any] = {"start": start, "end": end, "text": text[start:end], "speaker": quote.speaker}
    if quote.mention:
        item |= {"mention_start": quote.mention.start, "mention_end": quote.mention.end}
        item["mention"] = text[slice(*quote.mention)]
    return item | {"confidence": quote.confidence}


def naive(document: Document) -> list[dict[str, Any]]:
    """Return what a regular expression finds: text between curly marks, the name nearest to it."""
    names = [(m.start(), m[0]) for m in re.finditer(r"[A-Z]\w+(?: [A-Z]\w+)*", document.text)]
    found = []
    for match in re.finditer("“([^”]+)”", document.text):
        outside = [name for name in names if not match.start() <= name[0] < match.end()]
        nearest = min(outside, key=lambda name: min(abs(name[0] - match.start()), abs(name[0] - match.end())))
        found.append({"start": match.start(1), "end": match.end(1), "text": match[1], "speaker": nearest[1]})
    return found


def score(corpus: Path, found: Predictions) -> dict[str, float]:
    """Return the figures of the corpus's own scorer."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "found.json"
        file.write_text(json.dumps(found), encoding="utf-8")
        command = [
            sys.executable,
            str(corpus.parent / "score_quotes.py"),
            str(file),
            str(corpus / "gold.json"),
        ]
        result = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - our own scorer
    figures: dict[str, float] = json.loads(result.stdout)
    return figures


def row(name: str, figures: Mapping[str, float]) -> str:
    """Return a line of the table."""
    keys = ("F1", "speaker_lenient", "e2e_F1_lenient")
    return f"| {name} | " + " | ".join(f"{100 * figures[key]:.1f}" for key in keys) + " |"


def surest(found: Predictions, cut: float) -> Predictions:
    """Return the quotes whose speaker is at least so sure."""
    return {name: [q for q in quotes if q["confidence"] >= cut] for name, quotes in found.items()}


def cut_for(corpus: Path, found: Predictions, share: float) -> float:
    """Return the confidence, in hundredths, that keeps at least this share of the judged speakers."""
    judged = score(corpus, found)["judged"]
    cuts = (hundredth / 100 for hundredth in range(99, -1, -1))
    return next(cut for cut in cuts if score(corpus, surest(found, cut))["judged"] >= share * judged)


def measure(corpus: Path, documents: Sequence[Document], say: Callable[[str], object]) -> None:
    """Say how the regular expression and the product do, the latter by cross-validation."""
    say("| system | span F1 | speaker | end to end |\n|---|---|---|---|")
    say(row("`“([^”]+)”`, nearest name", score(corpus, {d.name: naive(d) for d in documents})))
    found = cross_validated(documents)
    everything = score(corpus, found)
    say(row("Crosscite", everything))
    say("\n| confidence at least | speakers kept | of them right |\n|---|---|---|")
    for cut in (SPEAKER_CUT, cut_for(corpus, found, COVERAGE)):
        kept = score(corpus, surest(found, cut))
        share = 100 * kept["judged"] / everything["judged"]
        say(f"| {cut:.2f} | {share:.1f} % | {100 * kept['speaker_lenient']:.1f} % |")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    options = parser.parse_args()
    documents = list(load(options.corpus))
    if options.cross_validate:
        measure(options.corpus, documents, lambda line: sys.stdout.write(line + "\n"))
    else:
        sys.stdout.write(f"{write(train(documents), OUT)} weights in {OUT.name}\n")


if __name__ == "__main__":
    main()
