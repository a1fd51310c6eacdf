"""Who publishes, who is taken from, and which addresses are one page."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import ReadSettings
from generator.language.addresses import canonical_url, host_of, is_address, without_tracking
from generator.language.agencies import (
    credited,
    find_origin,
    hosts,
    is_agency,
    known_name,
    origins_named,
    outlets,
    source_line,
)
from generator.model import Meta
from generator.reading.outlets import origin_of, outlet_of
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Source: Yonhap", "Yonhap"),
        ("Source:Yonhapi News Agency", "Yonhap"),
        ("Source: Aljazeera", "Al Jazeera"),
        ("SOURCE – AFP", "AFP"),
        ("(Source: Korean Central News Agency)", "KCNA"),
        ("Quelle: dpa", "dpa"),
        ("Fuente: Agencia EFE", "EFE"),
        ("Источник: ТАСС", "TASS"),
        ("Джерело: Укрінформ", "Ukrinform"),
        ("来源：新华社", "Xinhua"),
        ("Source: The Northport Gazette", "The Northport Gazette"),
        ("Source: https://www.reuters.com/world/x", "Reuters"),
        ("Source: northport.example", "northport.example"),
        ("Sources: AP, Reuters", "AP"),
        ("With inputs from AFP", "AFP"),
        ("*Originally published by The Guardian*", "The Guardian"),
        ("This article first appeared in the Northport Gazette.", ""),
        ("This article first appeared in Northport Gazette", "Northport Gazette"),
        ("Sources close to the mayor said so.", ""),
        ("Source: Getty Images", ""),
        ("Source: he said no. She said yes.", ""),
        ("The source: AFP", ""),
        ("", ""),
    ],
)
def test_a_source_line_names_the_origin(line: str, expected: str) -> None:
    assert source_line(line) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Reuters", "Reuters"),
        ("By Reuters Staff", "Reuters"),
        ("Reuters", "Reuters"),
        ("(AFP)", "AFP"),
        ("[dpa]", "dpa"),
        ("SEOUL, Aug. 15 (Yonhap) -- The council said it would rebuild the wall.", "Yonhap"),
        ("PARIS (Agence France-Presse) — The council said.", "AFP"),
        ("BERLIN (dpa/lby) - Der Stadtrat.", "dpa"),
        ("MOSCOW, August 15. /TASS/. The council said.", "TASS"),
        ("NORTHPORT, Aug. 15 (NPA) -- The council said.", "NPA"),
        ("NORTHPORT, Lund, Aug 15 (Nordic News Agency) - The council said.", "Nordic News Agency"),
        ("NORTHPORT (UPDATE) -- The council said.", ""),
        ("Northport council (NPC) - said so.", ""),
        ("By Ana Lind", ""),
        ("By Ana Lind, Northport Gazette", ""),
        ("The council (of Northport) - said so.", ""),
        ("NORTHPORT (Gazette) - The council.", ""),
        ("Reuters was founded in a year that everybody at the harbour knows.", ""),
    ],
)
def test_a_byline_or_dateline_credits_an_agency(text: str, expected: str) -> None:
    assert credited(text) == expected
    assert find_origin(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It stands,” he said, according to the KCNA news agency.", ("KCNA",)),
        ("The wall stands, as reported by KCNA.", ("KCNA",)),
        ("She told Reuters on Monday that it stands.", ("Reuters",)),
        ("Reuters, citing two officials, said it stands.", ("Reuters",)),
        ("According to South Korea’s Yonhap news agency, it stands.", ("Yonhap",)),
        ("It was released by the state-run Korean Central News Agency (KCNA) on Saturday.", ("KCNA",)),
        ("KCNA said it stands, and TASS reported the same.", ("KCNA", "TASS")),
        ("The letter was carried, as reported by North Korean state media on Friday.", ("KCNA",)),
        ("Wie die Deutsche Presse-Agentur berichtete, steht sie.", ("dpa",)),
        ("Sie steht, dpa zufolge, noch.", ("dpa",)),
        ("Il tient, selon l'AFP.", ("AFP",)),
        ("Стена стоит, сообщает ТАСС.", ("TASS",)),
        ("Reuters was bought by another firm. The AFP building is old.", ()),
        ("According to the mayor. AFP has an office there.", ()),
        ("According to state media it stands.", ()),
        ("THE APPLE FELL. He said AP.", ()),
        ("", ()),
    ],
)
def test_origins_named_in_a_text(text: str, expected: tuple[str, ...]) -> None:
    assert origins_named(text) == expected


@pytest.mark.parametrize(
    "unit", ["KCNA ", "according to ", "Reuters, ", "(", "told ", "A" * 50, "The New York "]
)
def test_naming_takes_linear_time(unit: str) -> None:
    for run in (origins_named, credited, source_line, lambda text: source_line("Source: " + text)):
        assert_linear(run, unit, 30_000)


def test_the_table_of_outlets_is_sound() -> None:
    names = [outlet.name for outlet in outlets()]
    assert len(names) == len(set(names))
    assert {outlet.kind for outlet in outlets()} == {"agency", "outlet", "host"}
    assert sum(len(outlet.hosts) for outlet in outlets()) == len(hosts())
    assert all(host == host_of(f"https://{host}/") for host in hosts())
    assert all(
        known_name(alias) == outlet.name for outlet in outlets() for alias in (outlet.name, *outlet.aliases)
    )


def test_names_in_every_form_are_one() -> None:
    assert (
        known_name("Agence France-Presse") == known_name("AFP") == known_name("the AFP news agency") == "AFP"
    )
    assert known_name("The Northport Gazette") == ""
    assert is_agency("Korean Central News Agency")
    assert not is_agency("The Guardian")


def test_an_outlet_is_known_by_its_host() -> None:
    assert outlet_of("https://www.aljazeera.com/news/x", ReadSettings()) == "Al Jazeera"
    assert outlet_of("https://amp.theguardian.com/x", ReadSettings()) == "The Guardian"
    assert outlet_of("https://www.northport.example/x", ReadSettings()) == "northport.example"
    assert outlet_of("", ReadSettings()) == ""


def test_the_users_table_goes_before_the_shipped_one() -> None:
    mine = ReadSettings(
        outlets=MappingProxyType({"www.Northport.example": "Gazette", "theguardian.com": "Graun"})
    )
    assert outlet_of("https://news.northport.example/x", mine) == "Gazette"
    assert outlet_of("https://www.theguardian.com/x", mine) == "Graun"


def test_an_agency_byline_is_the_origin_of_another_outlets_report() -> None:
    assert origin_of(Meta(outlet="Gazette", authors=("AFP",))) == "AFP"
    assert origin_of(Meta(outlet="Reuters", authors=("Reuters",))) == ""
    assert origin_of(Meta(outlet="Gazette", authors=("Ana Lind",))) == ""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://www.Example.org:80/a/?utm_source=x&b=2&a=1&fbclid=y#part", "https://example.org/a?a=1&b=2"),
        ("https://m.example.org/a/index.html", "https://example.org/a"),
        ("https://amp.example.org/a/amp/", "https://example.org/a"),
        ("https://example.org/a.amp.html", "https://example.org/a.html"),
        ("https://example.org:8443/a?id=5&ref=home", "https://example.org:8443/a?id=5"),
        ("https://example.org/a?id=5", "https://example.org/a?id=5"),
        ("https://example.org/ä", "https://example.org/%C3%A4"),
        ("javascript:alert(1)", ""),
        ("https://user:secret@example.org/", ""),
        ("ftp://example.org/", ""),
        ("//example.org/", ""),
        ("http://[::1", ""),
        ("http://example.org/<script>", ""),
        ("nonsense", ""),
    ],
)
def test_addresses_of_one_page_have_one_form(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


def test_only_what_surely_tracks_is_taken_from_a_shown_address() -> None:
    assert (
        without_tracking("https://e.org/a?utm_source=x&id=1&source=y#z") == "https://e.org/a?id=1&source=y#z"
    )
    assert without_tracking("https://e.org/a?b=%C3%A4+c") == "https://e.org/a?b=%C3%A4+c"


@given(st.text(max_size=100), st.sampled_from(["", "http://", "https://e.org/", "https://e.org/?"]))
def test_any_text_is_an_address_or_none(text: str, start: str) -> None:
    url = canonical_url(start + text)
    assert (url == "") == (not is_address(start + text))
    assert canonical_url(url) == url
    assert without_tracking(without_tracking(start + text)) == without_tracking(start + text)
