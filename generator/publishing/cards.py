"""Preview pictures for whoever shares a page: a headline set in type, as PNG. Pillow's and fontpkg's one door.

Only sites with an address have them: a preview is fetched by its full address. The leading stories have one
each, all other pages share the site's. PT Serif has the letters of Latin and Cyrillic; what is written in other
scripts is pictured by its numbers alone, for a headline with boxes in place of letters is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from generator.model import Page, Story
from generator.publishing import urls
from generator.publishing.drafts import Draft
from generator.publishing.pages.frame import CARD, Desk
from generator.publishing.pages.front import counts

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
"""Pixels."""
_MARGIN, _RULE = 80, 4
_HEAD_SIZES, _HEAD_LINES, _LABEL = (84, 72, 60, 50), 4, 32
_INK, _SOFT, _ACCENT = 200, 150, 255
"""Shades from paper, 0, to ink, 200; the accent stands apart from them."""
_PAPER_RGB, _INK_RGB, _ACCENT_RGB = (253, 252, 248), (28, 27, 25), (140, 47, 27)


@dataclass(frozen=True, slots=True)
class Card:
    """The words of one picture."""

    kicker: str
    """The site."""
    headline: str
    facts: str
    """Below it: "6 articles, 5 origins"."""


def cards(desk: Desk) -> Iterator[Draft[Card] | Draft[Story]]:
    """Yield the site's picture and those of its leading stories; none for a site without an address."""
    if desk.settings.base_url:
        yield Draft(_site_card, CARD, Card("", desk.settings.title, desk.totals()))
        yield from (Draft(_story_card, id_, desk.stories[id_]) for id_ in sorted(desk.pictured))


def _site_card(_: Desk, card: Card) -> Iterator[Page]:
    """Yield the picture of the site."""
    yield Page(CARD, draw(card))


def _story_card(desk: Desk, story: Story) -> Iterator[Page]:
    """Yield the picture of a story."""
    facts = f"{counts(desk, story)} · {desk.days(story).text}"
    card = Card(desk.settings.title, story.headline.text, facts)
    yield Page(urls.folder(urls.story_path(story)) + CARD, draw(card))


def draw(card: Card) -> bytes:
    """Return a picture as PNG: the same words, the same bytes."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only sites with an address have pictures

    image = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(image)
    pen.rectangle((_MARGIN, _MARGIN, _MARGIN + 120, _MARGIN + 2 * _RULE), fill=_ACCENT)
    _write(pen, _MARGIN + 30, [card.kicker], _LABEL, _SOFT)
    size, lines = _fitted(card.headline)
    _write(pen, 190, lines, size, _INK)
    pen.rectangle((_MARGIN, HEIGHT - 136, WIDTH - _MARGIN, HEIGHT - 136 + _RULE), fill=_INK)
    _write(pen, HEIGHT - 112, [card.facts], _LABEL, _SOFT)
    image.putpalette(_palette())
    file = BytesIO()
    image.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _write(pen: ImageDraw, top: int, lines: Sequence[str], size: int, shade: int) -> None:
    """Write lines of text below each other, cut where they would leave the picture."""
    font = _font(size)
    for number, line in enumerate(lines):
        if _written(line):
            pen.text((_MARGIN, top + round(1.2 * size * number)), _cut(line, font), fill=shade, font=font)


def _fitted(headline: str) -> tuple[int, list[str]]:
    """Return the largest size at which a headline fits, and its lines."""
    for size in _HEAD_SIZES:
        lines = _lines(headline, _font(size))
        if len(lines) * size * 1.2 <= HEIGHT - 190 - 150:
            return size, lines
    return size, [*lines[: _HEAD_LINES - 1], f"{lines[_HEAD_LINES - 1]} …"]


def _lines(text: str, font: FreeTypeFont) -> list[str]:
    """Return text in lines that fit the picture."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= WIDTH - 2 * _MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def _cut(line: str, font: FreeTypeFont) -> str:
    """Return as much of a line as fits."""
    while font.getlength(line) > WIDTH - 2 * _MARGIN:
        line = line[: -2 if line.endswith("…") else -1].rstrip() + "…"
    return line


def _written(text: str) -> bool:
    """Return whether the font has every letter of a text."""
    return all(map(_has, set(text)))


@cache
def _has(letter: str) -> bool:
    """Return whether the font has a letter: what it lacks all looks alike."""
    font = _font(_LABEL)
    return letter.isspace() or bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


@cache
def _font(size: int) -> FreeTypeFont:
    """Return the type at one size, set without regard to what the machine has installed."""
    import fontpkg  # noqa: PLC0415 - as above
    from PIL import ImageFont  # noqa: PLC0415

    return ImageFont.truetype(fontpkg.path("PT Serif", 700), size, layout_engine=ImageFont.Layout.BASIC)


def _palette() -> list[int]:
    """Return the colours of the shades, three numbers each."""
    steps = (
        round(paper + (ink - paper) * min(shade, _INK) / _INK)
        for shade in range(255)
        for paper, ink in zip(_PAPER_RGB, _INK_RGB, strict=True)
    )
    return [*steps, *_ACCENT_RGB]
