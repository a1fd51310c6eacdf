"""How many independent witnesses a story has: near-copies and one origin count once.

An article is taken from the agency or outlet that its source line, byline or dateline names, that its lead
cites, or that it cites more than once; an agency's own article has itself. Near-copies share four fifths of
the shorter text's word pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, combinations, pairwise
from zlib import crc32

from generator.language.agencies import is_agency, known_name, origins_named, outlets
from generator.language.words import tokens
from generator.model import Article, Witness

Lines = Sequence[tuple[str, ...]]
"""The words of each sentence of an article."""

_COPIED = 0.8
"""Share of the shorter text's word pairs that near-copies have in common."""
_FEWEST_PAIRS = 20
"""Shorter texts are alike too easily."""
_LEAD_SENTENCES = 3
_ALL_PAIRS = 60
"""Articles up to which all pairs are compared; beyond, those that share a sampled word pair."""
_SAMPLE = 16
"""Word pairs, the lowest by checksum, by which near-copies are looked for in large stories."""


def find_witnesses(articles: Sequence[Article], lines: Sequence[Lines]) -> tuple[Witness, ...]:
    """Return the witnesses in order of their first article; together they hold each article once.

    ``lines`` are the words of the articles' sentences.

    Copies that name no origin have none: whose text it is cannot be told.
    """
    origins = _origins(articles, lines)
    leader = list(range(len(articles)))
    copies: set[int] = set()
    for one, other in _copied(lines):
        copies.update((one, other))
        _join(leader, one, other)
    named: dict[str, int] = {}
    for place, origin in enumerate(origins):
        if origin:
            _join(leader, named.setdefault(origin.casefold(), place), place)
    members: dict[int, list[int]] = defaultdict(list)
    for place in range(len(articles)):
        members[_find(leader, place)].append(place)
    return tuple(
        Witness(
            next((origins[place] for place in places if origins[place]), "")
            or ("" if len(places) > 1 else articles[places[0]].meta.outlet),
            tuple(articles[place].id for place in places),
            copies=len(places) > 1 and copies.issuperset(places),
        )
        for places in members.values()
    )


def _origins(articles: Sequence[Article], lines: Sequence[Lines]) -> list[str]:
    """Return the origin of each article; empty for one that reports on its own.

    An origin that one article of the story names is known in the others too, when their opening names it in
    brackets: "(CPA)".
    """
    origins = list(map(_origin, articles, lines))
    known = sorted({origin for origin in origins if origin})
    for place, article in enumerate(articles):
        if not origins[place]:
            opening = article.text[: article.sentences[0].end] if article.sentences else ""
            origins[place] = next((origin for origin in known if f"({origin})" in opening), "")
    return origins


def _origin(article: Article, lines: Lines) -> str:
    """Return the origin that an article names itself."""
    meta = article.meta
    if meta.origin:
        return known_name(meta.origin) or meta.origin
    if is_agency(meta.outlet):
        return known_name(meta.outlet)
    if not article.sentences:
        return ""
    if _agency_words().isdisjoint(article.terms.entities):
        return ""
    naming = [at for at, words in enumerate(lines) if not _agency_words().isdisjoint(words)]
    own = known_name(meta.outlet) or meta.outlet
    named = {at: origins_named(article.shown(article.sentences[at])) for at in naming}
    lead = (o for at, origins in named.items() if at < _LEAD_SENTENCES for o in origins if o != own)
    cited = Counter(o for origins in named.values() for o in origins if o != own)
    often = [origin for origin, times in cited.most_common(1) if times > 1]
    return next(lead, "") or next(iter(often), "")


@cache
def _agency_words() -> frozenset[str]:
    """Return the lower-case first words of all names of agencies and outlets, as they are found in texts."""
    names = (form for outlet in outlets() for form in (outlet.name, *outlet.aliases))
    return frozenset(found[0] for name in names if (found := tokens(name)))


def _copied(lines: Sequence[Lines]) -> Iterator[tuple[int, int]]:
    """Yield the places of near-copies."""
    if len(lines) < 2:
        return
    pairs = [frozenset(chain.from_iterable(map(pairwise, words))) for words in lines]
    for one, other in _comparable(pairs):
        fewest = min(len(pairs[one]), len(pairs[other]))
        if fewest >= _FEWEST_PAIRS and len(pairs[one] & pairs[other]) >= _COPIED * fewest:
            yield one, other


def _comparable(pairs: Sequence[frozenset[tuple[str, str]]]) -> Iterator[tuple[int, int]]:
    """Yield the places of articles that may be near-copies."""
    if len(pairs) <= _ALL_PAIRS:
        yield from combinations(range(len(pairs)), 2)
        return
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, held in enumerate(pairs):
        for pair in sorted(held, key=lambda pair: (crc32(" ".join(pair).encode()), pair))[:_SAMPLE]:
            holders[pair].append(place)
    found = {couple for places in holders.values() for couple in combinations(places, 2)}
    yield from sorted(found)


def _find(leader: list[int], place: int) -> int:
    """Return the first of the places that are joined with this one."""
    while leader[place] != place:
        place = leader[place]
    return place


def _join(leader: list[int], one: int, other: int) -> None:
    """Join two places under the earlier of their leaders."""
    first, second = sorted((_find(leader, one), _find(leader, other)))
    leader[second] = first
