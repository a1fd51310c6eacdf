"""Preview pictures: right size, same bytes, no boxes for letters that the type has not."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from generator.publishing.cards import HEIGHT, WIDTH, Card, draw
from generator.publishing.render import render_pages
from tests import digests, sites

BASE = "https://news.example/brief"


def shown(headline: str) -> Image.Image:
    """Return the part of a picture that holds the headline."""
    image = Image.open(BytesIO(draw(Card("The Brief", headline, "2 articles"))))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    return image.convert("L").crop((0, 180, WIDTH, HEIGHT - 140))


def blank(image: Image.Image) -> bool:
    low, high = image.getextrema()
    return low == high


def test_a_headline_is_set_within_the_picture() -> None:
    for headline in ("Łódź’s harbour burns", "Пожар в порту", "word " * 80, "W" * 300):
        image = shown(headline)
        assert not blank(image)
        assert blank(image.crop((WIDTH - 60, 0, WIDTH, image.height)))


def test_a_headline_in_letters_that_the_type_has_not_is_left_out() -> None:
    assert blank(shown("حريق في الميناء"))
    assert blank(shown("港口火灾"))


def test_the_same_words_give_the_same_bytes() -> None:
    card = Card("The Brief", "Harbour burns", "2 articles")
    assert draw(card) == draw(card)
    assert len(draw(card)) < 40_000


def test_leading_stories_have_their_own_picture_and_other_pages_the_sites() -> None:
    pages = {page.path: page.data for page in render_pages(digests.harbour(), sites.config(BASE))}
    own = sites.STORY.replace("index.html", "card.png")
    assert f'<meta property="og:image" content="{BASE}/{own}">' in pages[sites.STORY].decode()
    assert pages[own].startswith(b"\x89PNG")
    assert f'<meta property="og:image" content="{BASE}/card.png">' in pages["index.html"].decode()
    assert pages["card.png"].startswith(b"\x89PNG")


def test_a_site_without_an_address_has_no_pictures() -> None:
    assert not [path for path in sites.harbour() if path.endswith(".png")]
    assert "og:image" not in sites.harbour()["index.html"]
