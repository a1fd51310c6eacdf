"""Addresses: readable, safe, permanent, unique."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Meta
from generator.publishing import urls
from tests import digests


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fire destroys fish market hall", "fire-destroys-fish-market-hall"),
        ("Çelik: “12 hurt” — again!", "celik-12-hurt-again"),
        ("Großbrand in Łódź, Ørsted & Æther", "grossbrand-in-lodz-orsted-aether"),
        ("Korea’s ‘heroes’", "koreas-heroes"),
        ("حريق في الميناء", "story"),
        ("", "story"),
        ("CON", "con-page"),
        ("lpt1", "lpt1-page"),
        ("../../etc/passwd\0", "etc-passwd"),
    ],
)
def test_slugs_are_plain(text: str, expected: str) -> None:
    assert urls.slug(text, "story") == expected


def test_long_slugs_end_with_a_whole_word() -> None:
    assert urls.slug("alpha " * 20, "story") == "-".join(["alpha"] * 10)
    assert urls.slug("a" * 100, "story") == "a" * 60


@given(st.text(max_size=300))
def test_any_text_makes_a_safe_slug(text: str) -> None:
    slug = urls.slug(text, "story")
    assert 0 < len(slug) <= 65
    assert slug == slug.lower().strip("-")
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=80))
def test_names_that_share_an_address_are_spelt_alike(first: str, second: str) -> None:
    def letters(name: str) -> str:
        return urls.slug(name, "x").replace("-", "")

    if urls.named_slug(first, "outlet") == urls.named_slug(second, "outlet"):
        assert letters(first) == letters(second)


def test_spellings_of_one_outlet_share_a_page_and_other_scripts_do_not() -> None:
    assert urls.outlet_path("The  Post.") == urls.outlet_path("the post")
    assert urls.outlet_path("صوت الميناء") != urls.outlet_path("صوت البحر")
    assert urls.outlet_path("Рассвет 24") != urls.outlet_path("24")


def test_a_story_stands_under_the_slug_and_id_of_its_earliest_article() -> None:
    story = digests.fire()
    first = digests.GAZETTE
    assert (
        urls.story_path(story)
        == f"stories/fire-destroys-fish-market-hall-in-saltmere-harbour-{first.id}/index.html"
    )
    assert urls.story_path(story) == urls.member_path(first)


def test_a_wanted_slug_wins_and_a_new_headline_moves_nothing() -> None:
    first = replace(digests.GAZETTE, meta=replace(digests.GAZETTE.meta, slug="market-fire"))
    assert urls.article_path(first) == f"articles/market-fire-{first.id}/index.html"
    story = digests.fire()
    other = replace(story, headline=replace(story.headline, text="Another headline"))
    assert urls.story_path(other) == urls.story_path(story)


def test_untitled_articles_have_addresses_too() -> None:
    nameless = replace(digests.GAZETTE, meta=Meta())
    assert urls.article_path(nameless) == f"articles/article-{nameless.id}/index.html"
    assert urls.member_path(nameless) == f"stories/story-{nameless.id}/index.html"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?y=1&z=2#part", "https://a.example/x?y=1&z=2#part"),
        ("HTTP://a.example/", "HTTP://a.example/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example/x", ""),
        ("https:///x", ""),
        ("https://a.example/a b", ""),
        ('https://a.example/"onload=', ""),
        ("https://[::1", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_lead_outside(url: str, expected: str) -> None:
    assert urls.outside(url) == expected


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("The hall was built long ago.", "The%20hall%20was%20built%20long%20ago."),
        (
            "One two three four, five six seven eight nine & ten, eleven.",
            "One%20two%20three%20four%2C%20five%20six,seven%20eight%20nine%20%26%20ten%2C%20eleven.",
        ),
        (
            "A well-known man of the town said “no” to every one of us",
            "A%20well%2Dknown%20man%20of%20the%20town,to%20every%20one%20of%20us",
        ),
        ("He “said — it” so", ""),
    ],
)
def test_text_fragments_take_clean_words_of_both_ends(words: str, fragment: str) -> None:
    expected = f"https://a.example/#:~:text={fragment}" if fragment else "https://a.example/"
    assert urls.text_fragment("https://a.example/", words) == expected


def test_text_fragments_follow_a_fragment_and_need_an_address() -> None:
    words = "Four clean words here"
    assert urls.text_fragment("https://a.example/#p", words).startswith("https://a.example/#p:~:text=Four")
    assert urls.text_fragment("", words) == ""


@pytest.mark.parametrize(
    ("base", "path"), [("", "/"), ("https://a.example", "/"), ("https://a.example/b/c/", "/b/c/")]
)
def test_the_base_path_has_slashes_at_both_ends(base: str, path: str) -> None:
    assert urls.base_path(base) == path


def test_absolute_addresses_are_short_and_need_a_base() -> None:
    assert urls.absolute("https://a.example/b", "x/index.html") == "https://a.example/b/x/"
    assert urls.absolute("", "x/index.html") == ""
