"""Measure quotes on annotated news: with the marks as printed, rewritten and lost, and how fast they are found.

    python -m benchmarks.quotes [--every N]

Reads ``../shared/bench/polnear-dev`` and prints two Markdown tables. The first gives the figures of the
corpus's own scorer, with the weights that ship: what they say of speakers is too good, for they were trained
on these articles (``scripts/train_speakers.py --cross-validate`` tells the truth of that); what marks are
found does not depend on them. The second gives characters a second of CPU time, beside a regular expression
with the nearest name in the same run. ``--every`` takes one article in so many.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from generator.config import ReadSettings
from generator.model import Article, Quote
from generator.reading.analyse import uncut
from generator.reading.quotes import find_quotes
from generator.reading.read import read
from generator.system.garbage import begin_worker

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "bench" / "polnear-dev"
STYLES = {
    "straight": ('"', '"'),
    "single": ("‘", "’"),
    "guillemets": ("«", "»"),
    "guillemets, turned": ("»", "«"),
    "German": ("„", "“"),
}
"""Marks that the printed ones are exchanged for."""
LOST = 0.05
"""Share of the closing marks that are taken out."""
STRAYED = 0.2
"""Share of the closing marks that change places with the space after them, as where markup was taken out."""
ROUNDS = 5
_STRAIGHT = re.compile('"')
_CLOSING = re.compile(r'(?<=[,.?!])" (?=\w)')
_NAME = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)*")
_CURLY = re.compile("“([^”]+)”")

Items = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Printed:
    """An article of the corpus with its annotated quotations, as the scorer takes them."""

    name: str
    text: str
    gold: Items


def load(corpus: Path = CORPUS, every: int = 1) -> list[Printed]:
    """Return one article in ``every``, in the order of the annotations."""
    annotated: dict[str, Items] = json.loads((corpus / "gold.json").read_text(encoding="utf-8"))
    names = list(annotated)[::every]
    texts = ((corpus / "text" / f"{name}.txt").read_text(encoding="utf-8") for name in names)
    return [Printed(name, text, annotated[name]) for name, text in zip(names, texts, strict=True)]


# ---------------------------------------------------------------- marks


def curled(text: str) -> str:
    """Return the text with curly double marks for straight ones; no character moves."""
    return _STRAIGHT.sub(
        lambda mark: "“" if mark.start() + 1 < len(text) and _opens(text, mark) else "”", text
    )


def _opens(text: str, mark: re.Match[str]) -> bool:
    before, after = text[max(0, mark.start() - 1) : mark.start()], text[mark.end() : mark.end() + 1]
    return (before.isspace() or before in "([—–-=") and after.strip() != ""


def restyled(printed: Printed, style: str) -> Printed:
    """Return the article with other double marks; no character moves."""
    opening, closing = STYLES[style]
    text = curled(printed.text).replace("“", "\0").replace("”", closing).replace("\0", opening)
    return Printed(printed.name, text, printed.gold)


def damaged(printed: Printed, share: float = LOST) -> Printed:
    """Return the article without some of its closing marks, always the same ones."""
    text = curled(printed.text)
    chance = random.Random(printed.name)
    lost = [place for place, sign in enumerate(text) if sign == "”" and chance.random() < share]

    def moved(place: int) -> int:
        return place - sum(one < place for one in lost)

    kept = "".join(sign for place, sign in enumerate(text) if place not in set(lost))
    places = ("start", "end", "speaker_start", "speaker_end")
    gold = [
        item | {key: moved(item[key]) for key in places if item[key] is not None} for item in printed.gold
    ]
    return Printed(printed.name, kept, gold)


# ---------------------------------------------------------------- finding


def article_of(printed: Printed) -> Article:
    """Return the article as a build reads it."""
    (article,) = read(f"{printed.name}.txt", printed.text.encode(), ReadSettings()).articles
    return article


def strayed(printed: Printed, share: float = STRAYED) -> Printed:
    """Return the article with straight marks, some closing ones behind a space; no character moves."""
    chance = random.Random(printed.name)

    def swapped(match: re.Match[str]) -> str:
        return ' "' if chance.random() < share else match[0]

    text = _CLOSING.sub(swapped, restyled(printed, "straight").text)
    return Printed(printed.name, text, printed.gold)


def found_in(printed: Printed) -> Items:
    """Return the quotes of an article, as the scorer takes them."""
    article = article_of(printed)
    return [_item(article.text, quote) for quote in article.quotes if quote.kind != "title"]


def _item(text: str, quote: Quote) -> dict[str, Any]:
    start, end = quote.span
    item: dict[str, Any] = {"start": start, "end": end, "text": text[start:end], "speaker": quote.speaker}
    if quote.mention:
        item |= {"mention_start": quote.mention.start, "mention_end": quote.mention.end}
        item["mention"] = text[slice(*quote.mention)]
    return item | {"confidence": quote.confidence}


def naive(text: str) -> Items:
    """Return what a regular expression finds: text between curly marks, the name nearest to it."""
    names = [(match.start(), match[0]) for match in _NAME.finditer(text)]
    found: Items = []
    for match in _CURLY.finditer(text):
        start, end = match.span()
        outside = [name for name in names if not start <= name[0] < end]
        nearest = min(
            outside, key=lambda name: min(abs(name[0] - start), abs(name[0] - end)), default=(0, "")
        )
        found.append({"start": match.start(1), "end": match.end(1), "text": match[1], "speaker": nearest[1]})
    return found


# ---------------------------------------------------------------- measuring


def score(articles: Sequence[Printed], found: Mapping[str, Items], corpus: Path = CORPUS) -> dict[str, float]:
    """Return the figures of the corpus's own scorer, each 0 to 1."""
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "found.json", Path(folder) / "gold.json"
        files[0].write_text(json.dumps(found), encoding="utf-8")
        files[1].write_text(json.dumps({one.name: one.gold for one in articles}), encoding="utf-8")
        command = [sys.executable, str(corpus.parent / "score_quotes.py"), *map(str, files)]
        result = subprocess.run(command, capture_output=True, check=True, text=True)
    figures: dict[str, float] = json.loads(result.stdout)
    return figures


def figures_of(articles: Sequence[Printed], corpus: Path = CORPUS) -> dict[str, float]:
    """Return the figures of the product."""
    return score(articles, {one.name: found_in(one) for one in articles}, corpus)


def conditions(articles: Sequence[Printed]) -> dict[str, list[Printed]]:
    """Return the articles as printed, in every other style, and with marks lost."""
    told = {"as printed": list(articles)}
    told |= {style: [restyled(one, style) for one in articles] for style in STYLES}
    told[f"{LOST:.0%} of the closing marks lost"] = [damaged(one) for one in articles]
    straight = [restyled(damaged(one), "straight") for one in articles]
    told[f"straight, {LOST:.0%} of the closing marks lost"] = straight
    told[f"straight, {STRAYED:.0%} of the closing marks behind a space"] = [strayed(one) for one in articles]
    return told


def speed(texts: Sequence[str], run: Callable[[int], object]) -> float:
    """Return characters a second of CPU time: for each article the best of some rounds counts."""
    best = [float("inf")] * len(texts)
    for _ in range(ROUNDS):
        for number in range(len(texts)):
            start = process_time()
            run(number)
            best[number] = min(best[number], process_time() - start)
    return sum(map(len, texts)) / sum(best)


def speeds(articles: Sequence[Printed]) -> dict[str, float]:
    """Return the characters a second of the quote step and of the regular expression, in a process set up as a build's."""
    held = [article_of(one) for one in articles]
    texts = [article.text for article in held]
    begin_worker()
    parts = [tuple(uncut(article.paragraphs, article.cut, article.text)) for article in held]
    return {
        "Crosscite": speed(texts, lambda n: find_quotes(texts[n], parts[n], held[n].sentences, "en")),
        "`“([^”]+)”` and the nearest name": speed(texts, lambda n: naive(curled(texts[n]))),
    }


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--every", type=int, default=1)
    articles = load(every=parser.parse_args().every)
    print("| marks | span F1 | speaker | end to end |\n|---|---|---|---|")
    for name, changed in conditions(articles).items():
        figures = figures_of(changed)
        keys = ("F1", "speaker_lenient", "e2e_F1_lenient")
        print(f"| {name} | " + " | ".join(f"{100 * figures[key]:.1f}" for key in keys) + " |", flush=True)
    mean = sum(len(one.text) for one in articles) / len(articles)
    print(f"\n| {mean:,.0f} characters an article | characters a second |\n|---|---|")
    for name, value in speeds(articles).items():
        print(f"| {name} | {value:,.0f} |")


if __name__ == "__main__":
    main()
