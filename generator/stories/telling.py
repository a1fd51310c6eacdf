"""From a group of articles to the story that is published of them.

Pure, and of the group alone: what is told of a story depends on nothing but its articles and the settings,
so that it can be remembered under the group's key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.config import SummarySettings
from generator.model import Difference, Extract, Group, Story
from generator.stories.claims import Finder, Row, choose_claims, choose_only, extract, further_rows
from generator.stories.differences import differing_figures, differing_matter, differing_wordings
from generator.stories.headline import choose_headline
from generator.stories.material import Material
from generator.stories.people import merge_names
from generator.stories.quoting import choose_quotes
from generator.stories.summary import summarise
from generator.stories.timeline import find_events
from generator.stories.variants import align, find_said
from generator.stories.witnesses import find_witnesses


def tell_story(group: Group, settings: SummarySettings) -> Story:
    """Return the story of a group: its headline, what is said in brief, by whom, and where sources differ."""
    material = Material(group.articles)
    places = summarise(material, settings)
    said = find_said(material)
    story = _outline(group, material)
    if story.single:
        brief = [material.statements[place][sentence] for place, sentence in places]
        return replace(
            story,
            extracts=tuple(Extract(statement.passage) for statement in brief),
            quotes=choose_quotes(said, (), brief, settings.quotes),
        )
    pairs = align(said)
    figures = differing_figures(material)
    finder = Finder(material, pairs, figures)
    told = [finder.row(place) for place in places]
    further = list(further_rows(finder, told))
    return replace(
        story,
        extracts=tuple(map(extract, told)),
        quotes=choose_quotes(said, pairs, [row.statement for row in told], settings.quotes),
        differences=(*figures, *_differing_matters([*told, *further]), *differing_wordings(pairs)),
        claims=choose_claims(material, told, further),
        only=choose_only(material, further),
    )


def _outline(group: Group, material: Material) -> Story:
    """Return the story without what its sentences are compared for."""
    days = [article.meta.date for article in group.articles if article.meta.date]
    return Story(
        id=group.articles[0].id,
        articles=group.articles,
        headline=choose_headline(group, material),
        first=min(days, default=None),
        last=max(days, default=None),
        timeline=find_events(material),
        names=merge_names(group.articles),
        witnesses=find_witnesses(group.articles, material.wording.lines),
        pinned=group.pinned,
        hidden=group.hidden,
    )


def _differing_matters(rows: Sequence[Row]) -> Iterator[Difference]:
    """Yield names and days on which sources differ, each pair of sentences once."""
    seen: set[frozenset[tuple[str, int]]] = set()
    for row in rows:
        for _, (other, relation) in sorted(row.found.items()):
            pair = frozenset(
                ((row.statement.article.id, row.statement.first), (other.article.id, other.first))
            )
            if pair not in seen and (difference := differing_matter(row.statement, other, relation)):
                seen.add(pair)
                yield difference
