"""Who reports what: claims against sources, and what one source alone reports.

The extracts are the first claims; further facts follow that several sources bear on, most first. A source
"says so" or "differs" as ``support`` finds, or where it gives another figure of the same quantity; otherwise
it is silent. Sentences of which nobody else says anything are told apart as "only in one source".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model import Article, Cell, Claim, Difference, Extract, Passage, Support
from generator.stories.candidates import is_sourced
from generator.stories.material import Material
from generator.stories.phrases import lexicon
from generator.stories.statements import Statement
from generator.stories.summary import Place
from generator.stories.support import Relation, agree
from generator.stories.variants import Pair, Said

MOST_CLAIMS = 10
_MOST_TRIED = 120
"""Sentences, the earliest of each article first, among which further facts are looked for."""
_MOST_ONLY, _ONLY_EACH = 6, 2
"""Sentences of *Only in one source*, in all and of each article."""


@dataclass(frozen=True, slots=True)
class Row:
    """A statement, and what each other article says of it."""

    statement: Statement
    place: int
    found: Mapping[int, tuple[Statement, Relation]]
    """By the article's place in the group."""

    @property
    def carriers(self) -> int:
        """How many other articles bear on it."""
        return len(self.found)


class Finder:
    """Finds rows among the statements of a story and the utterances that its articles share."""

    def __init__(self, material: Material, pairs: Sequence[Pair]) -> None:
        self.material = material
        self._shared: dict[tuple[int, int], list[tuple[Said, float]]] = {}
        for pair in pairs:
            for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
                self._shared.setdefault((one.place, one.carrier.first), []).append((other, pair.likeness))

    def row(self, place: Place) -> Row:
        """Return a sentence with what each other article says of it."""
        article, sentence = place
        statement = self.material.statements[article][sentence]
        found: dict[int, tuple[Statement, Relation]] = {}
        for other in range(len(self.material.articles)):
            if other != article and (best := self.material.related(statement, other)):
                found[other] = best
        for said, likeness in self._shared.get(place, ()):
            if said.place not in found and agree(statement, said.carrier):
                found[said.place] = said.carrier, Relation("same", likeness)
        return Row(statement, article, found)


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


def choose_claims(
    material: Material, told: Sequence[Row], further: Sequence[Row], figures: Sequence[Difference]
) -> tuple[Claim, ...]:
    """Return the claims of a story: its extracts, then the facts that most sources bear on."""
    disputed = _disputed(figures)
    shared = [row for row in further if row.found or row.statement.passage in disputed]
    shared.sort(key=lambda row: -row.carriers)
    return tuple(_claim(material, row, figures) for row in [*told, *shared][:MOST_CLAIMS])


def choose_only(
    material: Material, further: Sequence[Row], figures: Sequence[Difference]
) -> tuple[Passage, ...]:
    """Return sentences of which no other article says anything: those with a source or a figure, early ones."""
    given: dict[int, int] = {}
    chosen: list[tuple[int, Passage]] = []
    disputed = _disputed(figures)
    for row in further:
        statement = row.statement
        if row.found or given.get(row.place, 0) == _ONLY_EACH or statement.passage in disputed:
            continue
        if len(chosen) == _MOST_ONLY:
            break
        sourced = is_sourced(statement.words, statement.text, lexicon(statement.lang))
        if sourced and not material.echoed(statement):
            given[row.place] = given.get(row.place, 0) + 1
            chosen.append((row.place, statement.passage))
    return tuple(passage for _, passage in sorted(chosen, key=lambda one: (one[0], one[1].sentence)))


def _disputed(figures: Sequence[Difference]) -> frozenset[Passage]:
    """Return the sentences that give a figure on which sources differ."""
    return frozenset(given.passage for difference in figures for given in difference.given)


def _claim(material: Material, row: Row, figures: Sequence[Difference]) -> Claim:
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
            other = _other_figure(row.statement, article, figures)
            cells.append(Cell(article.id, "differs" if other else "silent", other))
    return Claim(row.statement.passage, tuple(cells))


def _other_figure(statement: Statement, article: Article, figures: Sequence[Difference]) -> Passage | None:
    """Return where an article gives another figure for a quantity that the statement gives."""
    for difference in figures:
        given = {one.passage.article: one for one in difference.given}
        mine, theirs = given.get(statement.article.id), given.get(article.id)
        if mine and theirs and mine.passage == statement.passage and mine.value != theirs.value:
            return theirs.passage
    return None
