"""Rules on articles: what is missing, doubled, contradicts itself, or is not what it says."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from generator.collecting.checks.material import Material, Rule
from generator.errors import Problem, nearest
from generator.language.addresses import canonical_url
from generator.language.detect import LANGUAGES, detect
from generator.model import Article
from generator.publishing.locale import is_language
from generator.reading.fields import field_of, known_names

_CLOSE_TO = 0.8
"""Likeness (difflib's ratio) from which an unknown field is taken for a known one, mistyped."""
_ALIKE = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"bs", "hr", "sr"}),
    frozenset({"ms", "id"}),
    frozenset({"cs", "sk"}),
    frozenset({"gl", "pt"}),
)
"""Languages that a short text cannot be told apart by."""


def skipped(material: Material) -> Iterator[Problem]:
    """Yield files that are no articles."""
    yield from material.digest.skipped


def missing(field: str, name: str) -> Rule:
    """Return the rule that every article has a field, which authors know by ``name``."""

    def rule(material: Material) -> Iterator[Problem]:
        for article in material.digest.articles:
            if not getattr(article.meta, field):
                yield Problem(article.path, 1, f"{name} not given", f"add {name}: to its front matter")

    return rule


def no_words(material: Material) -> Iterator[Problem]:
    """Yield articles of which nothing is left to cite but the headline."""
    for article in material.digest.articles:
        said = [article.shown(span) for span in article.sentences]
        if said in ([], [article.meta.title]) and "#" not in article.path:
            hint = "crosscite inspect shows what was cut"
            yield Problem(article.path, 0, "nothing is left of it but its headline", hint)


def notes(material: Material) -> Iterator[Problem]:
    """Yield what reading noted: unclosed quotes, ambiguous dates, repairs, addresses that are none."""
    for article in material.digest.articles:
        for note in article.notes:
            yield _placed(note, material)


def _placed(note: Problem, material: Material) -> Problem:
    """Return a note with the line of the file on which its quoted words stand."""
    words = note.message.partition("“")[2].rpartition(" …")[0].split()
    file = material.config.content / note.path
    if not words or not file.is_file():
        return note
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return replace(note, line=text.count("\n", 0, found.start()) + 1) if found else note


def same_headline(material: Material) -> Iterator[Problem]:
    """Yield articles with the title, outlet and day of another."""
    first: dict[tuple[object, ...], Article] = {}
    for article in material.digest.articles:
        meta = article.meta
        if meta.title:
            key = (meta.title.casefold(), meta.outlet.casefold(), meta.date)
            if (other := first.setdefault(key, article)) is not article:
                line = material.line(article, "title")
                message = f"title, outlet and date of {other.path}"
                yield Problem(article.path, line, message, "delete one of the two")


def same_address(material: Material) -> Iterator[Problem]:
    """Yield articles whose address another one has, with other text."""
    first: dict[str, Article] = {}
    for article in material.digest.articles:
        address = canonical_url(article.meta.url)
        if address and (other := first.setdefault(address, article)) is not article:
            line = material.line(article, "url", "outlet")
            yield Problem(article.path, line, f"address of {other.path}", "keep one version of the article")


def dates(material: Material) -> Iterator[Problem]:
    """Yield articles that were changed before they appeared, or are dated in the future.

    One day ahead is let pass: it is tomorrow somewhere already.
    """
    for article in material.digest.articles:
        date, updated = article.meta.date, article.meta.updated
        if date and updated and updated < date:
            line = material.line(article, "updated")
            yield Problem(article.path, line, f"updated ({updated.iso}) before its date ({date.iso})")
        for field, moment in (("date", date), ("updated", updated)):
            if moment and moment.day > material.today + dt.timedelta(days=1):
                line = material.line(article, field)
                hint = "the front page would call that day the latest"
                yield Problem(article.path, line, f"dated in the future: {moment.day.isoformat()}", hint)


def languages(material: Material) -> Iterator[Problem]:
    """Yield articles that are said to be in a language that there is not, or that they are not in."""
    for article in material.digest.articles:
        given = article.meta.lang
        if not given or "lang" not in {key.field for key in material.keys(article)}:
            continue
        line = material.line(article, "lang")
        if not is_language(given):
            yield Problem(article.path, line, f"no known language: {given}", "write one such as en or pt-BR")
            continue
        found = detect(article.text) if given in LANGUAGES else ""
        if found and found != given and not any({found, given} <= group for group in _ALIKE):
            yield Problem(article.path, line, f"said to be in “{given}”, but reads like “{found}”")


def fields(material: Material) -> Iterator[Problem]:
    """Yield front matter that is read as nothing, where a known field is close and not given."""
    names = known_names()
    for article in material.digest.articles:
        keys = material.keys(article)
        given = {key.field for key in keys}
        for key in keys:
            close = [] if key.field else get_close_matches(key.name.casefold(), names, 1, _CLOSE_TO)
            if close and field_of(close[0]) not in given:
                hint = f"did you mean “{close[0]}”?"
                yield Problem(article.path, key.line, f"field that is not read: {key.name}", hint)


def story_names(material: Material) -> Iterator[Problem]:
    """Yield articles that name a story which no other article names."""
    named = [a for a in material.digest.articles if a.meta.story and a.meta.story.casefold() != "none"]
    counts = Counter(article.meta.story for article in named)
    for article in named:
        name = article.meta.story
        if counts[name] == 1:
            line = material.line(article, "story")
            message = f"no other article names the story “{name}”"
            yield Problem(article.path, line, message, nearest(name, counts.keys() - {name}))


def outlet_spellings(material: Material) -> Iterator[Problem]:
    """Yield outlets that are written in two ways."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    example: dict[str, Article] = {}
    for article in material.digest.articles:
        if outlet := article.meta.outlet:
            spellings[outlet.casefold().removeprefix("the ").replace(".", "").strip()][outlet] += 1
            example.setdefault(outlet, article)
    for names in spellings.values():
        usual, *others = sorted(names, key=lambda name: (-names[name], name))
        for other in others:
            article, message = example[other], f"outlet “{other}” is “{usual}” elsewhere"
            yield Problem(article.path, material.line(article, "outlet"), message, "use one spelling")


def full_text(material: Material) -> Iterator[Problem]:
    """Yield articles whose whole text would be published without a licence that is named."""
    if material.config.site.text == "full":
        for article in material.digest.articles:
            if not article.meta.license:
                message = "the full text would be published, and no license is named"
                hint = 'add license:, or set text = "excerpt" under [site]'
                yield Problem(article.path, 1, message, hint)
