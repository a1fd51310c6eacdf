"""Sentences with something exchanged, and the same sentences in other words: made by rule from the sample articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from generator.config import ReadSettings
from generator.model import Article
from generator.reading.read import read
from generator.stories.candidates import stands_alone

CONTENT = Path(__file__).resolve().parents[1] / "content"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OTHERS = {"person": "Joan Pettle", "place": "Merrick", "organisation": "Callow Council"}
VERBS = ("was", "is", "were", "will", "had", "has", "have", "would", "are", "could", "can", "must")
SYNONYMS = {
    "wounded": "injured", "announced": "declared", "accepted": "approved", "banned": "barred", "ship": "vessel",
    "began": "started", "rescued": "saved", "broke": "burst", "large": "big", "agreement": "deal",
    "deal": "agreement", "settlement": "agreement", "fire": "blaze", "homes": "houses", "forbidden": "barred",
    "residents": "people", "workers": "staff", "company": "firm", "inquiry": "investigation",
}  # fmt: skip
LIGHT = ("very", "also", "late", "just", "then", "already", "about", "new", "old", "whole")
_NUMBER = re.compile(r"(?<![\w.,:])\d(?:[\d,.]*\d)?")


@cache
def sentences() -> tuple[tuple[Article, str], ...]:
    """Return the English sentences of the sample that stand alone, with their articles."""
    files = sorted(path for path in CONTENT.rglob("*") if path.suffix in {".md", ".txt", ".html"})
    articles = [
        article
        for path in files
        for article in read(path.relative_to(CONTENT).as_posix(), path.read_bytes(), ReadSettings()).articles
    ]
    return tuple(
        (article, article.shown(span))
        for article in articles
        if article.meta.lang == "en"
        for at, span in enumerate(article.sentences)
        if stands_alone(article, at)
    )


def contradictions() -> Iterator[tuple[str, str, str]]:
    """Yield what is exchanged, a sentence, and the sentence with it exchanged."""
    for article, text in sentences():
        for match in _NUMBER.finditer(text):
            yield "number", text, text[: match.start()] + _another(match[0]) + text[match.end() :]
        for match in re.finditer("|".join(DAYS), text):
            other = DAYS[(DAYS.index(match[0]) + 2) % 7]
            yield "weekday", text, text[: match.start()] + other + text[match.end() :]
        for name in article.names:
            if name.kind in OTHERS and name.text in text:
                yield "name", text, text.replace(name.text, OTHERS[name.kind])
        verb = next((found for verb in VERBS if (found := re.search(rf" {verb} (?!not\b)", text))), None)
        if verb:
            yield "negation", text, f"{text[: verb.end()]}not {text[verb.end() :]}"


def paraphrases() -> Iterator[tuple[str, str, str]]:
    """Yield how it was reworded, a sentence, and what says the same."""
    for _, text in sentences():
        body, parts, words = text[:-1], text[:-1].split(", "), text.split()
        if set('“”"') & set(text):
            continue
        if len(parts) == 2 and min(len(part.split()) for part in parts) >= 3:
            yield "swapped", text, f"{_upper(parts[1])}, {_lower(parts[0])}{text[-1]}"
        if light := [at for at, word in enumerate(words) if word in LIGHT]:
            yield "dropped", text, " ".join(words[: light[0]] + words[light[0] + 1 :])
        if (match := re.search(r", and | and (?=was|were|had|will)", body)) and match.start() > 30:
            rest = body[match.end() :]
            yield (
                "split",
                text,
                f"{body[: match.start()]}. {_upper(rest if match[0][0] == ',' else f'it {rest}')}.",
            )
        for word, other in SYNONYMS.items():
            if re.search(rf"\b{word}\b", text):
                yield "synonym", text, re.sub(rf"\b{word}\b", other, text)


def _another(number: str) -> str:
    """Return a number of the same form and about the same size."""
    digits = [at for at, character in enumerate(number) if character.isdigit()]
    at = digits[0] if len(digits) < 3 else digits[1]
    return number[:at] + str((int(number[at]) + 3) % 9 + 1) + number[at + 1 :]


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[0].lower() + text[1:]
