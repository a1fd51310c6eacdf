"""Fetching: polite, limited, honest about what went wrong; and never from inside."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread

import httpx
import pytest

from generator.collecting.fetch import Fetched, Fetcher
from generator.collecting.guard import GuardedTransport, RefusedAddressError, checked_address
from generator.config import CollectSettings
from generator.errors import FetchError
from tests.web import Answer, Web, serve

SETTINGS = CollectSettings(allow_private=True, delay_s=0.0, timeout_s=0.5, retries=1, max_bytes=100_000)


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as running:
        yield running


def get(web: Web, path: str = "/", settings: CollectSettings = SETTINGS, **conditions: str) -> Fetched:
    with Fetcher(settings, pause=lambda _: None) as fetcher:
        return fetcher.get(web.url + path, **conditions)


def reason(web: Web, path: str = "/", settings: CollectSettings = SETTINGS) -> str:
    with pytest.raises(FetchError) as caught:
        get(web, path, settings)
    return caught.value.problems[0].message


def test_an_answer_comes_with_what_makes_the_next_one_short(web):
    web.routes["/"] = Answer(b"hello", headers={"ETag": '"1"', "Content-Type": "text/plain"})
    assert get(web) == Fetched(f"{web.url}/", b"hello", "text/plain", '"1"', "")


def test_nothing_new_is_nothing_fetched(web):
    web.routes["/"] = lambda request: Answer(status=304 if request.headers["If-None-Match"] == '"1"' else 200)
    assert get(web, etag='"1"').unchanged
    assert not get(web).unchanged


def test_compressed_answers_are_opened(web):
    web.routes["/"] = Answer(gzip.compress(b"hello"), headers={"Content-Encoding": "gzip"})
    assert get(web).data == b"hello"


def test_redirects_are_followed_to_a_limit(web):
    web.routes["/a"] = Answer(status=301, headers={"Location": "b"})
    web.routes["/b"] = Answer(b"here")
    assert get(web, "/a").url == f"{web.url}/b"
    web.routes["/loop"] = Answer(status=302, headers={"Location": "/loop"})
    assert reason(web, "/loop") == "not fetched: more than 5 redirects"


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)"])
def test_redirects_to_other_schemes_are_refused(web, place):
    web.routes["/"] = Answer(status=302, headers={"Location": place})
    assert reason(web).startswith("not fetched: no http or https address")


def test_a_passing_fault_is_tried_again_and_a_lasting_one_told(web):
    web.routes["/"] = [Answer(status=500), Answer(b"hello")]
    assert get(web).data == b"hello"
    web.routes["/down"] = Answer(status=503)
    assert reason(web, "/down") == "not fetched: the server answered 503"
    assert web.asked["/down"] == 2


def test_a_missing_page_is_not_asked_twice(web):
    assert reason(web, "/none") == "not fetched: the server answered 404"
    assert web.asked["/none"] == 1


def test_the_pause_that_a_server_wants_is_kept(web):
    web.routes["/"] = [Answer(status=429, headers={"Retry-After": "7"}), Answer(b"hello")]
    pauses: list[float] = []
    with Fetcher(SETTINGS, pause=pauses.append) as fetcher:
        fetcher.get(web.url + "/")
    assert pauses == [7.0]


def test_silent_endless_and_large_answers_are_given_up(web):
    web.routes["/silent"] = Answer(silent=True)
    assert reason(web, "/silent") == "not fetched: no answer within 0.5 s"
    web.routes["/endless"] = Answer(b"x" * 1000, endless=True)
    assert reason(web, "/endless") == "not fetched: larger than 100,000 bytes"
    web.routes["/bomb"] = Answer(gzip.compress(b"0" * 50_000_000), headers={"Content-Encoding": "gzip"})
    assert reason(web, "/bomb") == "not fetched: larger than 100,000 bytes"


@pytest.mark.parametrize("packed", ["gzip, gzip", "br", "zstd", "deflate", ", ".join(["deflate"] * 500)])
def test_an_answer_is_unpacked_once_and_as_was_asked_for(web, packed):
    bomb = gzip.compress(gzip.compress(bytes(50_000_000)))
    web.routes["/"] = Answer(bomb, headers={"Content-Encoding": packed})
    assert reason(web).startswith("not fetched: packed in a way that was not asked for")


def test_a_broken_answer_is_told(web):
    web.routes["/"] = Answer(b"no gzip", headers={"Content-Encoding": "gzip"})
    assert reason(web).startswith("not fetched: broken answer")


@pytest.mark.parametrize("end", [9, 20, -9, -1])
def test_an_answer_that_broke_off_is_not_taken_for_a_whole_one(web, end):
    packed = gzip.compress(b"The first half, and the second half which says that it was not so.")
    web.routes["/"] = Answer(packed[:end], headers={"Content-Encoding": "gzip"})
    assert reason(web) == "not fetched: broken off before its end"


def test_all_members_of_a_packed_answer_are_read(web):
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + bytes(8)
    web.routes["/"] = Answer(packed, headers={"Content-Encoding": "gzip"})
    assert get(web).data == b"one two"


@pytest.mark.parametrize(
    "place",
    ["http://[x", f"http://{'a' * 70}.example/", "http://a..b/", "http://xn--a/", "//["],
)
def test_what_is_no_address_is_refused_wherever_it_stands(web, place):
    web.routes["/"] = Answer(status=302, headers={"Location": place})
    assert reason(web).startswith("not fetched: no http or https address")
    with Fetcher(SETTINGS) as fetcher:
        for ask in (fetcher.get, fetcher.probe):
            for url in (web.url, place):
                with pytest.raises(FetchError):
                    ask(url)


def test_headers_that_are_no_text_do_no_harm(web):
    web.routes["/"] = [Answer(status=503, headers={"Retry-After": "²"}), Answer(b"x", headers={"ETag": "é"})]
    answer = get(web)
    assert get(web, etag=answer.etag).data == b"x"


def test_an_answer_in_crumbs_is_given_up():
    asked, stop = Event(), Event()

    def answer(listener: socket.socket) -> None:
        with listener.accept()[0] as connection, suppress(OSError):
            connection.recv(65_536)
            asked.set()
            while not stop.wait(0.01):
                connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=answer, args=[listener])
        thread.start()
        transport = GuardedTransport(allow_private=True, total_s=0.2)
        request = httpx.Request("GET", f"http://127.0.0.1:{listener.getsockname()[1]}/")
        with pytest.raises(httpx.ReadTimeout):
            transport.handle_request(request)
        transport.close()
        stop.set()
        thread.join()
    assert asked.is_set()


def test_robots_are_respected_and_asked_for_once(web):
    web.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private/\nCrawl-delay: 3\n")
    web.routes["/a"] = web.routes["/private/b"] = Answer(b"x")
    pauses: list[float] = []
    with Fetcher(SETTINGS, pause=pauses.append) as fetcher:
        fetcher.get(f"{web.url}/a")
        with pytest.raises(FetchError, match=r"robots\.txt does not allow it"):
            fetcher.get(f"{web.url}/private/b")
        fetcher.get(f"{web.url}/a")
    assert web.asked == {"/robots.txt": 1, "/a": 2}
    assert [2 < pause <= 3 for pause in pauses] == [True, True]


def test_this_machine_and_private_networks_are_refused(web):
    settings = CollectSettings(delay_s=0.0, retries=0)
    assert "is an address of this machine or a private network" in reason(web, "/", settings)
    assert web.asked == {}


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "::1",
     "fe80::1", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "::127.0.0.1", "::ffff:0:10.0.0.1", "64:ff9b::7f00:1",
     "64:ff9b:1::a00:1", "fec0::1", "100.64.0.1", "224.0.0.1", "2130706433", "0x7f.1"],
)  # fmt: skip
def test_no_spelling_of_a_private_address_is_asked(host):
    with pytest.raises((RefusedAddressError, httpx.ConnectError)):
        checked_address(host, 80)


def test_a_public_address_is_asked():
    assert checked_address("93.184.215.14", 443) == "93.184.215.14"
