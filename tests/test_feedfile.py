"""Feed files: RSS, Atom and JSON Feed become articles with permanent places."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import ReadSettings
from generator.errors import ContentError
from generator.model import Article, Reading
from generator.reading.feedfile import Feed, Item, parse_feed
from generator.reading.read import read
from tests.growth import assert_linear

ITEM = """<item><title>Wall &amp; quay</title><link>https://northport.example/wall?utm_source=rss</link><guid>tag:1</guid>
<pubDate>Fri, 15 Aug 2025 09:30:00 GMT</pubDate><dc:creator>Ana Lind</dc:creator><category>harbour</category>
<description>Short.</description>
<content:encoded><![CDATA[<h2>Costs</h2><p>The wall &amp; the quay were rebuilt.</p><script>x()</script>]]></content:encoded></item>"""
OTHER = "<item><title>Pier</title><link>/pier</link><description>The pier stands.</description></item>"


def rss(*items: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Northport Gazette</title>'
        f"<link>https://northport.example/</link><language>en-gb</language>{''.join(items)}</channel></rss>"
    ).encode()


def reading(data: bytes, path: str = "feed.xml") -> Reading:
    return read(path, data, ReadSettings())


def only(data: bytes, path: str = "feed.xml") -> Article:
    found = reading(data, path)
    assert not found.skipped
    (article,) = found.articles
    return article


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Northport Gazette", "Northport Gazette"),
        ("Northport Gazette - All Stories", "Northport Gazette"),
        ("World news | Northport Gazette", "Northport Gazette"),
        ("Northport Gazette &#187; Politics &gt; RSS Feed", "Northport Gazette"),
        ("Gazette: The Northport Daily", "Gazette: The Northport Daily"),
        ("News", "News"),
    ],
)
def test_sections_in_the_title_of_a_feed_are_no_part_of_the_outlet(title: str, outlet: str) -> None:
    data = rss(ITEM).replace(b"<title>Northport Gazette</title>", f"<title>{title}</title>".encode())
    assert only(data).meta.outlet == outlet


def test_an_rss_item_is_an_article() -> None:
    found = only(rss(ITEM))
    assert (found.meta.title, found.meta.outlet, found.meta.lang) == (
        "Wall & quay",
        "Northport Gazette",
        "en",
    )
    assert (found.meta.url, found.meta.authors, found.meta.tags) == (
        "https://northport.example/wall",
        ("Ana Lind",),
        ("harbour",),
    )
    assert found.meta.date
    assert found.meta.date.iso == "2025-08-15T09:30:00+00:00"
    assert found.text == "Costs\n\nThe wall & the quay were rebuilt."
    assert [cut.reason for cut in found.cut] == ["subhead"]


def test_an_atom_entry_is_an_article() -> None:
    feed = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title><link rel="next" href="https://n.example/2"/>'
        b'<entry><title type="html">Wall &amp;amp; quay</title><id>urn:1</id><link href="https://n.example/1"/>'
        b"<published>2025-08-15T09:30:00Z</published><updated>2025-08-16T09:30:00Z</updated><author><name>Ana</name></author>"
        b'<content type="html">&lt;p>The wall is up.&lt;/p></content></entry></feed>'
    )
    found = only(feed, "a.atom")
    assert (found.meta.title, found.meta.authors, found.text) == ("Wall & quay", ("Ana",), "The wall is up.")
    assert found.meta.updated
    assert found.meta.updated.day.isoformat() == "2025-08-16"
    assert parse_feed(feed, "https://n.example/feed").next_url == "https://n.example/2"


def test_a_json_feed_entry_is_an_article() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Gazette",
        "items": [
            {
                "id": "wall-1",
                "url": "https://n.example/1",
                "title": "Wall",
                "content_html": "<p>The wall is up.</p>",
                "date_published": "2025-08-15T09:30:00Z",
                "authors": [{"name": "Ana"}],
            }
        ],
    }
    found = only(json.dumps(feed).encode(), "feed.json")
    assert (found.path, found.meta.outlet, found.text) == ("feed.json#wall-1", "Gazette", "The wall is up.")


def test_an_article_keeps_its_place_when_the_feed_moves_on() -> None:
    both, later = reading(rss(OTHER, ITEM)), reading(rss(ITEM))
    assert both.articles[1].id == later.articles[0].id
    assert both.articles[0].id != both.articles[1].id


def test_items_without_a_name_are_counted_and_names_that_come_twice_too() -> None:
    bare = "<item><title>A</title><description>The wall stands.</description></item>"
    named = "<item><guid>g1</guid><title>A</title><description>The wall stands.</description></item>"
    paths = [article.path for article in reading(rss(bare, named, bare, named)).articles]
    assert paths == ["feed.xml#1", "feed.xml#g1", "feed.xml#3", "feed.xml#g1-2"]


def test_a_feed_of_nothing_but_tags_is_named_before_it_is_parsed() -> None:
    with pytest.raises(ContentError) as raised:
        parse_feed(rss(OTHER, "<b>" * 2_000), "a.xml")
    assert "made of tags" in raised.value.problems[0].message
    assert len(parse_feed(rss(*[OTHER] * 400), "a.xml").items) == 400


def test_an_item_with_nothing_is_named_and_the_others_read() -> None:
    found = reading(rss("<item></item>", OTHER))
    assert [article.meta.title for article in found.articles] == ["Pier"]
    assert [(problem.path, problem.message) for problem in found.skipped] == [("feed.xml#1", "no text")]


def test_a_date_that_is_none_is_noted() -> None:
    found = only(rss(OTHER.replace("</item>", "<pubDate>soon</pubDate></item>")))
    assert found.meta.date is None
    assert [note.message for note in found.notes] == ["no date: soon"]


def test_links_are_resolved_against_the_address_of_the_feed() -> None:
    feed = parse_feed(rss(OTHER), "https://northport.example/feeds/rss.xml")
    assert feed.items == (
        Item(
            key="https://northport.example/pier",
            url="https://northport.example/pier",
            title="Pier",
            summary="The pier stands.",
        ),
    )


def test_the_declared_charset_of_a_feed_is_honoured() -> None:
    feed = rss(OTHER.replace("Pier", "Стена")).decode().replace('encoding="utf-8"', 'encoding="koi8-r"')
    assert parse_feed(feed.encode("koi8-r"), "a.xml").items[0].title == "Стена"


def test_references_to_no_character_are_blanks() -> None:
    found = only(rss(OTHER.replace("Pier", "Pi&#55296;er&#x110000; &#8211; &#65;")))
    assert found.meta.title == "Pi er – A"


def test_an_empty_feed_is_a_feed_without_items() -> None:
    assert parse_feed(rss(), "a.xml") == Feed(
        title="Northport Gazette", url="https://northport.example/", lang="en-gb"
    )
    assert reading(rss()) == Reading((), reading(rss()).skipped)


@pytest.mark.parametrize(
    ("path", "data", "message"),
    [
        ("a.xml", b"<a>no feed</a>", "not a feed"),
        ("a.xml", b"just words", "not a feed"),
        ("a.rss", b"/etc/hostname", "not a feed"),
        ("a.rss", b"https://northport.example/feed", "not a feed"),
        ("a.json", b'{"a": ', "no JSON: expecting value"),
        ("a.json", b"[" * 1_000_000, "nested too deeply"),
        ("a.xml", b"{" + b'"a":{' * 800_000, "nested too deeply"),
        ("a.xml", b'<!DOCTYPE x [<!ENTITY a "b">]>' + rss(OTHER), "feed declares entities of its own"),
        ("a.xml", ("<!DOCTYPE x [<!EnTiTy % a SYSTEM 'file:///etc/passwd'>]><rss/>").encode("utf-16"), "feed declares entities of its own"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_named(path: str, data: bytes, message: str) -> None:
    found = reading(data, path)
    assert not found.articles
    assert [problem.message for problem in found.skipped] == [message]


@pytest.mark.parametrize(
    "unit",
    ["<item>", "<title>x", "&lt;", "<![CDATA[", "<a:b>", "&amp;", "<p>a", "<item><title>x</title></item>"],
)
def test_a_hostile_feed_is_read_in_linear_time(unit: str) -> None:
    assert_linear(lambda text: parse_feed(rss(text), "a.xml"), unit, 6_000)


@pytest.mark.parametrize("mark", ["<category>c{}</category>", "<media:tag a{}='b'/>"])
def test_thousands_of_keywords_are_read_in_linear_time(mark: str) -> None:
    def run(text: str) -> None:
        item = "".join(mark.format(number) for number in range(len(text)))
        assert parse_feed(rss(f"<item><title>Wall</title>{item}</item>"), "a.xml").items[0].title == "Wall"

    assert_linear(run, "c", 1_500)


def test_a_feed_of_thousands_of_attributes_is_read_in_linear_time() -> None:
    def run(text: str) -> None:
        marks = " ".join(f"a{number}='b'" for number in range(len(text)))
        assert parse_feed(rss(f"<item {marks}><title>Wall</title></item>"), "a.xml").items[0].title == "Wall"

    assert_linear(run, "a", 2_000)


_PARTS = st.sampled_from(
    ["<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "Wall", "<guid>", "<pubDate>", "<![CDATA[", "]]>", "&",
     "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<content type='xhtml'>", "<link href='http://['/>", "\x00", "é",
     "<?xml version='1.0' encoding='x'?>", "<!DOCTYPE", "{", '"items": [', "{}", "]", "}", '"version": "jsonfeed"']
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PARTS, max_size=20).map("".join))
def test_any_feed_is_parsed_or_named(text: str) -> None:
    with suppress(ContentError):
        assert isinstance(parse_feed(text.encode(), "https://n.example/feed"), Feed)
