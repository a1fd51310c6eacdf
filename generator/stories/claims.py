"""Who reports what: claims against sources, and what one source alone reports.

The extracts are the first claims; further facts follow that several sources bear on, most first. A source
"says so" or "differs" as ``support`` finds, or where it gives another figure of the same quantity; otherwise
it is silent, or, when it is in another language, was not compared. Sentences of which nobody else says anything are told apart as "only in one source".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model import Cell, Claim, Difference, Extract, Given, Passage, Support
from generator.stories.candidates import is_sourced
from generator.stories.material import Material, Sentence
from generator.stories.phrases import lexicon
from generator.stories.statements import Statement
from generator.stories.summary import Place
from generator.stories.support import Relation, agree
from generator.stories.unit import cosine
from generator.stories.variants import Pair, Said

MOST_CLAIMS = 10
_MOST_TRIED = 120
"""Sentences, the earliest of each article first, among which further facts are looked for."""
_MOST_ONLY, _ONLY_EACH = 6, 2
"""Sentences of *Only in one source*, in all and of each article."""


@dataclass(frozen=True, slots=True)
class Row:
    """A statement, and what each other article says of it."""

    statement: Sentence
    place: int
    found: Mapping[int, tuple[Statement, Relation]]
    """By the article's place in the group."""

    @property
    def carriers(self) -> int:
        """How many other articles bear on it."""
        return len(self.found)


class Finder:
    """Finds rows among a story's statements, the utterances its articles share, and the figures they dispute."""

    def __init__(self, material: Material, pairs: Sequence[Pair], figures: Sequence[Difference]) -> None:
        self.material = material
        self._places = {article.id: place for place, article in enumerate(material.articles)}
        self._figures: dict[Passage, list[tuple[Given, Difference]]] = {}
        for difference in figures:
            for given in difference.given:
                self._figures.setdefault(given.passage, []).append((given, difference))
        self._shared: dict[tuple[int, int], list[tuple[Said, float]]] = {}
        for pair in pairs:
            for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
                self._shared.setdefault((one.place, one.carrier.first), []).append((other, pair.likeness))

    def row(self, place: Place) -> Row:
        """Return a sentence with what each other article says of it; another figure counts before all else."""
        article, sentence = place
        statement = self.material.statements[article][sentence]
        found = {**self.material.related(statement), **self._other_figures(statement)}
        for said, likeness in self._shared.get(place, ()):
            if said.place not in found and agree(statement, said.carrier):
                found[said.place] = said.carrier, Relation("same", likeness)
        return Row(statement, article, found)

    def _other_figures(self, statement: Statement) -> dict[int, tuple[Statement, Relation]]:
        """Return the articles that give another figure for a quantity that a statement gives, by place."""
        found: dict[int, tuple[Statement, Relation]] = {}
        for mine, difference in self._figures.get(statement.passage, ()) if self._figures else ():
            for theirs in difference.given:
                if mine.value != theirs.value:
                    place = self._places[theirs.passage.article]
                    other = self.material.carrier(place, theirs.span.start)
                    likeness = cosine(statement.vector, other.vector)
                    found[place] = other, Relation("differs", likeness, "number")
        return found


def further_rows(finder: Finder, taken: Sequence[Row]) -> Iterator[Row]:
    """Yield rows for the other sentences that stand alone, the earliest of each article first.

    What an earlier row states, or a source says of one, is not stated again.
    """
    used = {(row.place, row.statement.first) for row in taken}
    for row in taken:
        used |= {(o, s) for o, (st, _) in row.found.items() for s in range(st.first, st.last + 1)}
    tried, articles = 0, finder.material.articles
    for at in range(max(len(article.sentences) for article in articles)):
        for place, article in enumerate(articles):
            if (
                at < len(article.sentences)
                and (place, at) not in used
                and finder.material.stands_alone(place, at)
            ):
                row = finder.row((place, at))
                used |= {(o, s) for o, (st, _) in row.found.items() for s in range(st.first, st.last + 1)}
                yield row
                tried += 1
                if tried == _MOST_TRIED:
                    return


def extract(row: Row) -> Extract:
    """Return a row as a chosen sentence with its support."""
    support = tuple(
        Support(statement.passage, relation.kind, round(relation.likeness, 3))
        for _, (statement, relation) in sorted(row.found.items())
    )
    return Extract(row.statement.passage, support)


def choose_claims(material: Material, told: Sequence[Row], further: Sequence[Row]) -> tuple[Claim, ...]:
    """Return the claims of a story: its extracts, then the facts that most sources bear on."""
    shared = sorted((row for row in further if row.found), key=lambda row: -row.carriers)
    return tuple(_claim(material, row) for row in [*told, *shared][:MOST_CLAIMS])


def choose_only(material: Material, further: Sequence[Row]) -> tuple[Passage, ...]:
    """Return sentences of which no other article says anything: those with a source or a figure, early ones."""
    given: dict[int, int] = {}
    chosen: list[tuple[int, Passage]] = []
    for row in further:
        statement = row.statement
        if row.found or given.get(row.place, 0) == _ONLY_EACH:
            continue
        if len(chosen) == _MOST_ONLY:
            break
        sourced = is_sourced(statement.words, statement.text, lexicon(statement.lang))
        if sourced and not material.echoed(statement):
            given[row.place] = given.get(row.place, 0) + 1
            chosen.append((row.place, statement.passage))
    return tuple(passage for _, passage in sorted(chosen, key=lambda one: (one[0], one[1].sentence)))


def _claim(material: Material, row: Row) -> Claim:
    """Return a row as a claim with a cell for each article."""
    cells = []
    for place, article in enumerate(material.articles):
        if place == row.place:
            cells.append(Cell(article.id, "says so", row.statement.passage))
        elif place in row.found:
            statement, relation = row.found[place]
            says = relation.kind == "same"
            cells.append(Cell(article.id, "says so" if says else "differs", statement.passage))
        else:
            foreign = article.meta.lang and row.statement.lang and article.meta.lang != row.statement.lang
            cells.append(Cell(article.id, "not compared" if foreign else "silent", None))
    return Claim(row.statement.passage, tuple(cells))
