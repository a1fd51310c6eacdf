"""Plain text: Article.text is the decoded file itself, all that is found are spans of it.

The header lines, the title and its repeats are cut, not removed. A title is looked for among the short
lines above the first sentence of the report; a text that opens with a sentence has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from generator.config import ReadSettings
from generator.language.detect import detect
from generator.model import Cut, CutReason, Meta, Span
from generator.reading.draft import Draft, amended, first_notes
from generator.reading.evidence import weigh
from generator.reading.furniture import Lexicon, lexicon
from generator.reading.lines import Line, line_of
from generator.reading.marginalia import kind_at_sight
from generator.reading.paragraphs import find_paragraphs, find_repairs

_LEAD_LINES = 400
"""A title stands among the first so many paragraphs, or there is none."""
_TITLE_CHARS = 250
_HEADLINE_WORDS = 4
_SHORT_LEAD = 8
_ABOVE_TITLES = ("navigation", "newsletter", "cookie notice", "related", "about the outlet")
_SITE = re.compile(r"(?<!\s)\s+(?:[|–—-]\s+|[|»]\s*)")
_NO_TITLE = re.compile(r"https?:|www\.|@|©|\d{1,2}:\d\d|^[\W\d_]+$|:$|\|.*\||(?:[^\W\d_][A-Z]\w{1,20}){3}")


def draft_plain(  # noqa: PLR0913 - one more than the other formats: where the header ends
    path: str, digest: str, text: str, meta: Meta, settings: ReadSettings, *, body: int = 0
) -> Draft:
    r"""Return the draft of a plain-text file.

    ``text`` is the decoded file with line ends ``\\n``; ``meta`` is what its header lines say, ``body`` the
    offset of the first character below them.
    """
    header = find_paragraphs(text[:body])
    paragraphs = tuple(Span(start + body, end + body) for start, end in find_paragraphs(text[body:]))
    lang = meta.lang or settings.language or detect(text)
    known = lexicon(lang)
    lead = _lead(text, paragraphs, known)
    title = meta.title or _title(lead, known)
    repairs = find_repairs(text, paragraphs)
    return Draft(
        path=path,
        digest=digest,
        meta=amended(meta, title=title, lang=lang),
        text=text,
        paragraphs=(*header, *paragraphs),
        cut=(*_cuts(header, "header"), *_cuts(_repeats(lead, title), "title")),
        repairs=repairs,
        notes=tuple(first_notes(path, text, repairs, _repaired, "words are broken over lines")),
    )


def _cuts(spans: Sequence[Span], reason: CutReason) -> tuple[Cut, ...]:
    """Return a cut for each span."""
    return tuple(Cut(span, reason) for span in spans)


def _lead(text: str, paragraphs: Sequence[Span], known: Lexicon) -> list[Line]:
    """Return the lines above the first of running text that is no furniture."""
    lines = (line_of(text, span) for span in paragraphs[:_LEAD_LINES])
    return list(
        takewhile(
            lambda line: line.headline or not line.prose or weigh(line, known, page=False).weight > 0, lines
        )
    )


def _title(lead: Sequence[Line], known: Lexicon) -> str:
    """Return the title among the lines above the report; empty when there is none.

    A line that stands there twice is the title, or one that stands there again with the name of the site
    behind it; else the first long enough for a headline below the last entry of a menu; else the last
    such; else the last short line that is no name of a section.
    """
    lines = [line for at, line in enumerate(lead) if _could_be_title(lead, at, known)]
    headlines = [line for line in lines if line.count >= _HEADLINE_WORDS]
    texts = [line.words for line in headlines]
    heads = {_SITE.split(line.text)[0] for line in headlines if _SITE.search(line.text)}
    menus = [line.span.end for line in lead if _is_menu(line, known)]
    below = [line for line in headlines if line.span.start >= max(menus, default=0)]
    again = [line for line in headlines if texts.count(line.words) > 1 or line.text in heads]
    short = [line for line in lines if len(lead) <= _SHORT_LEAD and line.words not in known.sections]
    for found in (again[:1], below[:1], headlines[-1:], short[-1:]):
        if found:
            return _clean(found[0].text)
    return ""


def _could_be_title(lead: Sequence[Line], at: int, known: Lexicon) -> bool:
    """Tell whether a line has the form of a title and not the words of furniture."""
    line = lead[at]
    if len(line.text) > _TITLE_CHARS or not line.headline or _NO_TITLE.search(line.text):
        return False
    if line.words in known.lines or kind_at_sight(lead, at, known):
        return False
    return not any(phrase.opening for phrase in known.found_in(line.words))


def _is_menu(line: Line, known: Lexicon) -> bool:
    """Tell an entry of what stands above a title on a page."""
    return line.words in known.sections or known.lines.get(line.words) in _ABOVE_TITLES


def _clean(text: str) -> str:
    """Return a title with its white space folded."""
    return " ".join(text.split())


def _repeats(lead: Sequence[Line], title: str) -> list[Span]:
    """Return where the title stands above the report."""
    wanted = _clean(title).casefold()
    return [line.span for line in lead if wanted and _clean(line.text).casefold() == wanted]


def _repaired(text: str, repair: Span) -> str:
    """Return what a careful editor should know of a repaired word."""
    left = re.split(r"\W", text[max(0, repair.start - 40) : repair.start])[-1]
    after = re.match(r"\w*", text[repair.end : repair.end + 40])
    right = after[0] if after else ""
    return f"word broken over a line: “{left}/{right}” is read as “{left}{right}”"
