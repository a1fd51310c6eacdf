"""News agencies and outlets: their names, their hosts, and where a text says that it has its news from one.

The tables in ``data/outlets`` are facts that anyone may extend. A name in a text counts only beside a word
that makes it the source ("according to KCNA", "told Reuters", "dpa zufolge"): an article about an agency
is not taken from it. Nameless sources ("state media") are not found.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_WORD = re.compile(r"[^\W_][\w]*")
_CLAUSE = re.compile(r"[.!?;:\n。！？](?=\s|$)|\n")
_REACH = 80
"""Characters on either side of a name in which its cue is looked for."""
_MOST_MENTIONS = 40
"""A name that comes more often without a cue is no source but the subject."""
_MAX_LINE = 200
_EDGES = " \t\n.,;:*_()[]\"'“”‘’"
_GENERIC = re.compile(
    r" (?:news agency|news|agency|newspaper|online|staff|wire|international)$", re.IGNORECASE
)
_DATELINE = re.compile(
    r"\s{0,4}(?:[A-ZÀ-ÝА-ЯЁІЇЄҐ][^\n()/]{0,60}?)?"
    r"(?:\(\s?(?P<name>[^()\n]{2,40}?)\s?\)\s{0,2}(?:[-–—−:]{1,2}|\.\s)|/(?P<slashed>[^()/\n]{2,40})/\s?[.:–—-])"
)
_CAPITALS = re.compile(r"\s{0,4}[^\W\d_a-zß-ÿ]{3}")
_INITIALS = re.compile(r"[A-ZÄÖÜÀ-ÝА-ЯЁІЇЄҐ]{2,6}")
_CALLED_AGENCY = re.compile(
    r"\b(?:agency|agence|agencia|agência|agenzia|agentur|newswires?|news service)\b", re.IGNORECASE
)
"""What tells an agency that is not in the tables."""
_NO_AGENCIES = frozenset({"UPDATE", "VIDEO", "PHOTOS", "LEAD", "LIVE", "WATCH", "UK", "US", "USA", "EU"})
_BYLINE = re.compile(
    r"\s{0,4}(?:by|via|von|par|por|di|—|–|--?|©)\s{1,2}(?P<name>[^\n]{2,60})\s*", re.IGNORECASE
)
_SIGNED = re.compile(r"\s{0,4}[(\[/]\s?(?:by |with )?(?P<name>[^()\[\]\n]{2,60}?)\s?[)\]/]\s*", re.IGNORECASE)


class Outlet(NamedTuple):
    """A publisher as readers know it."""

    kind: str
    """``agency``, ``outlet`` or ``host`` (its name is not looked for in texts)."""
    name: str
    hosts: tuple[str, ...]
    aliases: tuple[str, ...]


class _Cues(NamedTuple):
    """Words that make a name a source."""

    before: re.Pattern[str]
    """Matches up to a name."""
    after: re.Pattern[str]
    """Matches from a name's end."""
    source: re.Pattern[str]
    """Matches the head of a line, with its colon."""
    taken: re.Pattern[str]
    """Matches the head of a line, with or without a colon."""
    never: frozenset[str]
    """No sources of news."""


@cache
def outlets() -> tuple[Outlet, ...]:
    """Return all known agencies and outlets."""
    table = (files("generator.data") / "outlets" / "outlets.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple(
        Outlet(
            kind, name, tuple(rest[0].split()) if rest else (), tuple(rest[1].split("|")) if rest[1:] else ()
        )
        for kind, name, *rest in rows
    )


@cache
def hosts() -> dict[str, str]:
    """Return the outlet of each known host (without ``www.``)."""
    return {host: outlet.name for outlet in outlets() for host in outlet.hosts}


@lru_cache(maxsize=1 << 10)
def known_name(name: str) -> str:
    """Return an agency's or outlet's usual name: "KCNA" for "Korean Central News Agency"; empty if unknown."""
    return _by_name().get(_folded(name), "")


def is_agency(name: str) -> bool:
    """Tell whether a name, in any known form, is a news agency's."""
    return known_name(name) in _agencies()


def source_line(line: str) -> str:
    """Return whom a line names that only says whence the report is ("Source: Yonhap"); else empty.

    A name that is not in the tables is returned as it stands.
    """
    line = line.strip(_EDGES)
    cues = _cues()
    if len(line) > _MAX_LINE or not (match := cues.source.match(line) or cues.taken.match(line)):
        return ""
    name = line[match.end() :].strip(_EDGES)
    if not name or name.casefold() in cues.never or len(name.split()) > 8 or re.search(r"[.!?]\s", name):
        return ""
    if usual := _of_address(name) or known_name(name) or _nearly(name) or _first_known(name):
        return usual
    return name if match.re is cues.source or name[0].isupper() else ""


def credited(text: str) -> str:
    """Return the agency that a byline, a signature or a dateline credits; else empty.

    Read are "By Reuters", "(AFP)", "/TASS/", "© dpa", "SEOUL, Aug 15 (Yonhap) --" at the start of ``text``;
    behind a place in capitals also initials that are not in the tables.
    """
    line = text[:_MAX_LINE].partition("\n")[0]
    dateline = _DATELINE.match(line)
    if dateline:
        name = dateline["name"] or dateline["slashed"]
        short = _CAPITALS.match(line) and _INITIALS.fullmatch(name) and name not in _NO_AGENCIES
        return _agency_in(name) or (name if short or _CALLED_AGENCY.search(name) else "")
    for pattern in (_BYLINE, _SIGNED):
        if len(text.strip()) <= _MAX_LINE and (match := pattern.fullmatch(text.strip("\n"))):
            return _agency_in(match["name"])
    return _agency_in(line) if text.strip() == line.strip() and len(line) <= 40 else ""


def find_origin(text: str) -> str:
    """Return the agency or outlet that a source line, byline or dateline names as the report's own source."""
    return source_line(text) or credited(text)


def origins_named(text: str) -> tuple[str, ...]:
    """Return the agencies and outlets that a text names as its sources, by usual name, in order of place."""
    text = text.replace("’", "'")
    mentions: Counter[str] = Counter()
    found: dict[str, None] = {}
    for name, start, end in _mentions(text):
        mentions[name] += 1
        if name not in found and mentions[name] <= _MOST_MENTIONS and _is_source(text, start, end):
            found[name] = None
    return tuple(found)


def _mentions(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the names in a text with their places, longest first, not overlapping."""
    heads, at = _heads(), 0
    if heads.keys().isdisjoint(_WORD.findall(text)):
        return
    for match in _WORD.finditer(text):
        if match.start() < at or match[0] not in heads:
            continue
        for form, name in heads[match[0]]:
            end = match.start() + len(form)
            if text.startswith(form, match.start()) and not text[end : end + 1].isalnum():
                yield name, match.start(), end
                at = end
                break


def _is_source(text: str, start: int, end: int) -> bool:
    """Tell whether the words beside a name make it a source."""
    before = text[max(0, start - _REACH) : start]
    clause = [match.end() for match in _CLAUSE.finditer(before)]
    if _cues().before.search(before[clause[-1] if clause else 0 :]):
        return True
    return bool(_cues().after.match(text[end : end + _REACH]))


def _of_address(text: str) -> str:
    """Return the outlet of an address or a bare host; a host that is not known is its own name."""
    match = re.match(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?:/|$)", text.lower())
    return hosts().get(match[1], known_name(text) or match[1]) if match else ""


def _agency_in(name: str) -> str:
    """Return the agency that a credit names, whole or as the first of several ("AFP/Reuters")."""
    for part in (name, *re.split(r"[/,;&+|]| and | und | with ", name)):
        usual = known_name(part)
        if usual in _agencies():
            return usual
    return ""


def _first_known(name: str) -> str:
    """Return the first known name of several."""
    return next(
        (usual for part in re.split(r"[/,;&+|]| and | und ", name) if (usual := known_name(part))), ""
    )


def _nearly(name: str) -> str:
    """Return the known name that a misspelt one must mean."""
    folded = _folded(name)
    if len(folded) < 6:
        return ""
    close = get_close_matches(folded, _by_name(), n=1, cutoff=0.9)
    return _by_name()[close[0]] if close else ""


def _folded(name: str) -> str:
    """Return a name without what does not tell outlets apart."""
    name = " ".join(name.strip(" .,;:*_()[]\"'“”‘’").split())
    for _ in range(2):
        name = _GENERIC.sub("", name)
    return re.sub(r"^the |[\s\-–]", "", name.casefold().removeprefix("the "))


@cache
def _by_name() -> dict[str, str]:
    """Return the usual name of each folded name and alias."""
    found: dict[str, str] = {}
    for outlet in outlets():
        for form in (outlet.name, *outlet.aliases):
            found.setdefault(_folded(form), outlet.name)
    return found


@cache
def _agencies() -> frozenset[str]:
    """Return the usual names of all agencies."""
    return frozenset(outlet.name for outlet in outlets() if outlet.kind == "agency")


@cache
def _heads() -> dict[str, list[tuple[str, str]]]:
    """Return, for each first word, the forms that begin with it, longest first, with their usual names."""
    heads: dict[str, list[tuple[str, str]]] = {}
    for outlet in outlets():
        if outlet.kind != "host":
            for form in (outlet.name, *outlet.aliases):
                if word := _WORD.match(form):
                    heads.setdefault(word[0], []).append((form, outlet.name))
    return {word: sorted(forms, key=lambda form: (-len(form[0]), form)) for word, forms in heads.items()}


@cache
def _cues() -> _Cues:
    """Return the patterns of the words in ``data/outlets/cues.toml``."""
    lists = tomllib.loads((files("generator.data") / "outlets" / "cues.toml").read_text(encoding="utf-8"))
    before, after, between, source, taken = (
        "|".join(re.escape(word) for word in sorted(lists[key], key=lambda word: (-len(word), word)))
        for key in ("before", "after", "between", "source", "taken")
    )
    gap = r"[\s,“\"«„(]{1,3}"
    title = r"(?:'s)?[”\"»“]?(?:\s\([^)\n]{1,30}\))?"
    return _Cues(
        re.compile(rf"(?<!\w)(?:{before})(?:{gap}[^\s,]{{1,24}}){{0,5}}{gap}(?:[ldn]')?$", re.IGNORECASE),
        re.compile(rf"{title}(?:,?\s(?:{between})\b){{0,4}},?\s(?:{after})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:{source})\s?(?:[:：]\s{{0,3}}|[-–—]\s)", re.IGNORECASE),
        re.compile(rf"(?:{taken})(?:\s?[:：]\s{{0,3}}|\s)", re.IGNORECASE),
        frozenset(lists["never"]),
    )
