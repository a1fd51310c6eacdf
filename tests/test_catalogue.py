"""The words of the site in each language: nothing is missing, nothing is left unfilled."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from string import Formatter
from typing import get_args

import pytest

from generator.model import Measured
from generator.publishing.catalogue import Words
from tests import digests, sites

OTHERS = ("de", "fr", "es")
FORMS = {"one", "many", "other"}


def catalogue(lang: str) -> dict[str, str | Mapping[str, str]]:
    """Return texts and plural tables by dotted key."""
    data = tomllib.loads(files("generator.data").joinpath(f"ui/{lang}.toml").read_text(encoding="utf-8"))
    return {
        f"{section}.{name}": entry for section, entries in data.items() for name, entry in entries.items()
    }


def forms(entry: str | Mapping[str, str]) -> tuple[str, ...]:
    """Return all that an entry can say."""
    return (entry,) if isinstance(entry, str) else tuple(entry.values())


def places(text: str) -> list[str]:
    """Return the names in braces; each as often as it stands there."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


ENGLISH = catalogue("en")


@pytest.mark.parametrize("lang", OTHERS)
def test_every_language_has_the_keys_of_english(lang: str) -> None:
    assert sorted(catalogue(lang)) == sorted(ENGLISH)


def test_all_that_is_measured_has_words_for_readers() -> None:
    assert {f"evidence.{name.replace(' ', '_')}" for name in get_args(Measured)} <= ENGLISH.keys()


@pytest.mark.parametrize("lang", OTHERS)
def test_what_is_a_plural_in_english_is_one_everywhere(lang: str) -> None:
    other = catalogue(lang)
    assert [key for key in other if isinstance(other[key], str) != isinstance(ENGLISH[key], str)] == []


@pytest.mark.parametrize("lang", OTHERS)
def test_every_text_has_the_places_of_the_english_one(lang: str) -> None:
    for key, entry in catalogue(lang).items():
        expected = places(forms(ENGLISH[key])[-1])
        assert [places(text) for text in forms(entry)] == [expected] * len(forms(entry)), key


@pytest.mark.parametrize("lang", ["en", *OTHERS])
def test_plurals_have_a_form_for_every_count(lang: str) -> None:
    plurals = {key: entry for key, entry in catalogue(lang).items() if not isinstance(entry, str)}
    assert plurals
    for key, entry in plurals.items():
        assert "other" in entry, key
        assert set(entry) <= FORMS, key


@pytest.mark.parametrize("lang", ["en", *OTHERS])
def test_no_text_is_empty(lang: str) -> None:
    assert [key for key, entry in catalogue(lang).items() if not all(map(str.strip, forms(entry)))] == []


@pytest.mark.parametrize(
    ("lang", "one", "several"),
    [
        ("de", "1 Artikel", "1.300 Artikel"),
        ("fr", "1 article", "1\u202f300 articles"),
        ("es", "1 artículo", "13.000 artículos"),
    ],
)
def test_counts_read_as_in_a_newspaper_of_the_language(lang: str, one: str, several: str) -> None:
    words, count = Words(lang), int("".join(filter(str.isdigit, several)))
    assert words.count("count.articles", 1) == one
    assert words.count("count.articles", count) == several


@pytest.mark.parametrize("lang", OTHERS)
def test_a_site_is_built_in_each_language(lang: str) -> None:
    pages = sites.render(digests.harbour(), language=lang)
    for path, text in pages.items():
        if path.endswith(".html"):
            assert f'<html lang="{lang}"' in text, path
    assert set(sites.KINDS.values()) <= pages.keys()
    words = Words(lang)
    for key in ("story.matrix", "story.sources", "nav.front", "base.promise"):
        assert words.text(key) in pages[sites.STORY], key
    assert words.say("base.description", site="The Saltmere Brief") in pages["index.html"]
