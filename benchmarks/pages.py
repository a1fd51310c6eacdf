"""Measure how well the report is found in web pages, saved as HTML and made flat to text.

    python -m benchmarks.pages [--reports FOLDER] [--pages N] [--foreign] [--show]

Made-up pages of many layouts are put round reports (those of ``content/``, or the articles of a folder).
Each is read as HTML and as text, made flat in three ways: a line for each block, with and without blank lines,
and a line for each piece of text, so that links break sentences. Printed are precision, recall and F1 of the
words of the report (runs of four words, as public benchmarks count), and the share of its sentences that are kept.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.config import ReadSettings
from generator.model import Article
from generator.reading.read import read

PARTS = Path(__file__).with_name("page_parts.toml")
REPORTS = Path(__file__).resolve().parents[1] / "content"
ENDINGS = {".md", ".txt"}
NAMES = ("Mara Lind", "Joon Park", "Ines Varga", "Tom Hallet", "Ruth Osei", "Pavel Orsic")
SITES = ("The Arden Post", "Coast Mirror", "Ulmen Anzeiger", "Le Phare", "Skerry Standard")
_INLINE = re.compile(r"<(?:a|em|strong)\b[^>]*>|</(?:a|em|strong)>")
Block = tuple[str, str]
"""A class and the text of an element; the class is "report" for what is to be found."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is to be found again."""

    lang: str
    title: str
    paragraphs: tuple[str, ...]
    sentences: tuple[str, ...]


def reports(folder: Path) -> list[Report]:
    """Return the reports of a folder: their text without what is cut."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.suffix in ENDINGS:
            for article in read(file.name, file.read_bytes(), ReadSettings()).articles:
                found += [_report(article)] if len(article.sentences) > 4 else []
    return found


def _report(article: Article) -> Report:
    cut = {c.span for c in article.cut}
    paragraphs = [" ".join(article.text[slice(*p)].split()) for p in article.paragraphs if p not in cut]
    sentences = [" ".join(article.text[slice(*s)].split()) for s in article.sentences]
    return Report(article.meta.lang, article.meta.title, tuple(paragraphs), tuple(sentences))


class Page:
    """A made-up page round a report."""

    def __init__(self, report: Report, others: Sequence[Report], parts: dict[str, str], seed: int) -> None:
        self.dice = random.Random(seed)
        self.report, self.others, self.parts = report, others, parts
        self.site = self.dice.choice(SITES)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of the page, in order."""
        dice = self.dice
        if dice.random() < 0.7:
            yield from self.group("cookie", 1, whole=True)
        yield from self.group("top", 2)
        menu = self.parts["menu"].replace("\n", "").split("|")
        yield from (("menu", item) for item in menu[: dice.randint(6, len(menu))])
        if dice.random() < 0.3:
            yield from (("menu", item) for item in menu)
        yield from self.group("above", 1)
        yield "title", self.report.title
        yield from self.group("below_title", 1)
        yield from self.group("caption", dice.randint(0, 2))
        for number, paragraph in enumerate(self.report.paragraphs):
            yield "report", paragraph
            if number % 4 == 2 and dice.random() < 0.5:
                yield from self.group("within", 1)
            if number % 7 == 5 and dice.random() < 0.3:
                yield from self.group("caption", 1)
        yield from self.group("after", dice.randint(1, 4))
        yield from self.group("related", dice.randint(1, 3))
        if dice.random() < 0.5:
            yield from self.group("comments", 2)
        yield from self.group("related", dice.randint(0, 1))
        yield from self.group("footer", 4)

    def group(self, key: str, most: int, *, whole: bool = False) -> Iterator[Block]:
        """Yield the entries of some lines of a part; of one variant of it when it is taken ``whole``."""
        variants = self.parts[key].split("---\n")
        lines = self.dice.choice(variants).strip().split("\n")
        chosen = lines if whole else self.dice.sample(lines, min(most, len(lines)))
        for line in chosen:
            for entry in line.split("|"):
                yield key, self.filled(entry)

    def filled(self, entry: str) -> str:
        """Return an entry with names, numbers and headlines of other reports."""
        other = self.dice.choice(self.others)
        return entry.format(
            title=other.title, lead=other.sentences[0], name=self.dice.choice(NAMES), site=self.site,
            n=self.dice.randint(10, 99),
        )  # fmt: skip

    def html(self) -> str:
        """Return the page, links set round some words."""
        tags = {"title": "h1", "report": "p", "menu": "li", "top": "li", "above": "span"}
        parts = [
            f"<!doctype html><html lang={self.report.lang}><head><title>{self.report.title} | {self.site}</title>"
        ]
        parts.append("</head><body>")
        inside = ""
        for kind, text in self.blocks():
            holder = {"report": "article", "within": "article", "caption": "article", "title": "article"}.get(
                kind, kind
            )
            if holder != inside:
                parts.append(("</div>" if inside else "") + f'<div class="{holder}">')
                inside = holder
            tag = tags.get(kind, "p" if text.endswith(".") else "div")
            parts.append(f"<{tag}>{self.linked(html.escape(text), kind)}</{tag}>")
        return "\n".join([*parts, "</div></body></html>"])

    def linked(self, text: str, kind: str) -> str:
        """Return the text with a link round some of its words."""
        words = text.split()
        if kind != "report":
            return f'<a href="/x">{text}</a>' if kind in ("menu", "related", "footer", "top") else text
        if len(words) > 12 and self.dice.random() < 0.35:
            at = self.dice.randint(2, len(words) - 5)
            words[at] = '<a href="/y">' + words[at]
            words[at + 2] += "</a>"
        return " ".join(words)


def flat(page: str, way: str) -> str:
    """Return the page as text: a line for each block, blank lines between them or not, or for each piece."""
    body = page.partition("<body>")[2]
    if way == "pieces":
        return "\n".join(html.unescape(p).strip() for p in re.split(r"<[^>]*>", body) if p.strip())
    lines = re.split(r"\s*<[^>]*>\s*", _INLINE.sub("", body))
    return ("\n\n" if way == "spaced" else "\n").join(html.unescape(line) for line in lines if line.strip())


def kept(name: str, page: str) -> str:
    """Return what Crosscite takes for the report; empty when it takes the file for no article."""
    found = read(name, page.encode(), ReadSettings())
    return " ".join(a.text[slice(*s)] for a in found.articles for s in a.sentences)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of a text."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


class Scores(NamedTuple):
    """How well a report was found."""

    precision: float
    recall: float
    sentences: float
    """Share of the report's sentences that are kept whole."""

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def score(found: str, report: Report) -> Scores:
    """Return how much of what was found is the report, and the other way round."""
    gold, got = shingles(" ".join(report.paragraphs)), shingles(found)
    common = sum((gold & got).values())
    squeezed = "".join(re.findall(r"\w+", found))
    whole = sum("".join(re.findall(r"\w+", sentence)) in squeezed for sentence in report.sentences)
    precision, recall = common / max(1, sum(got.values())), common / sum(gold.values())
    return Scores(precision, recall, whole / len(report.sentences))


def measure(folder: Path, count: int, *, foreign: bool = False, show: bool = False) -> dict[str, Scores]:
    """Return precision, recall and the share of kept sentences of ``count`` pages, by what was read, on average."""
    parts = tomllib.loads(PARTS.read_text(encoding="utf-8"))
    pool = [report for report in reports(folder) if report.lang in parts]
    rows: dict[str, list[Scores]] = {}
    for seed in range(count):
        report = pool[seed * 7919 % len(pool)]
        others = [other for other in pool if other.lang == report.lang and other is not report] or [report]
        lang = next(lang for lang in ("fr", "es") if lang != report.lang) if foreign else report.lang
        source = Page(report, others, parts[lang], seed).html()
        for name, found in _tries(source):
            rows.setdefault(name, []).append(score(found, report))
        if show:
            _show(seed, flat(source, "spaced"), report)
    return {
        name: Scores(*(sum(row) / len(row) for row in zip(*tries, strict=True)))
        for name, tries in rows.items()
    }


def _tries(source: str) -> Iterator[tuple[str, str]]:
    """Yield what is read of a page, as HTML and as text."""
    articles = read("page.html", source.encode(), ReadSettings()).articles
    yield "HTML, by trafilatura", " ".join(article.text for article in articles)
    yield "HTML, cleaned", kept("page.html", source)
    for way in ("spaced", "tight", "pieces"):
        text = flat(source, way)
        yield f"{way}, not cleaned", text
        yield f"{way}, cleaned", kept("page.txt", text)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=Path, default=REPORTS)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--foreign", action="store_true", help="furniture in another language, as if unknown")
    parser.add_argument("--show", action="store_true", help="print what is kept and lost wrongly")
    args = parser.parse_args()
    found = measure(args.reports, args.pages, foreign=args.foreign, show=args.show)
    print("| pages | precision | recall | F1 | sentences kept |\n|---|---|---|---|---|")
    for name, s in found.items():
        print(f"| {name} | {s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f} | {s.sentences:.3f} |")


def _show(seed: int, text: str, report: Report) -> None:
    """Print the lines that were kept or cut wrongly."""
    for article in read("page.txt", text.encode(), ReadSettings()).articles:
        cut = {c.span: c.reason for c in article.cut}
        for span in article.paragraphs:
            line = article.text[slice(*span)]
            if (line in report.paragraphs) == (span in cut):
                print(seed, cut.get(span, "KEPT"), "|", line[:110])


if __name__ == "__main__":
    main()
