"""Collecting against a real server: every kind of feed, every fault, nothing lost, nothing twice."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from generator.collecting.collect import Collected, collect, feeds_of_opml
from generator.collecting.markdown import front_matter, to_markdown
from generator.config import CollectSettings, Config, ReadSettings
from generator.errors import FetchError
from generator.reading.read import read
from tests.builders import write_files
from tests.web import Answer, Web, serve

BODY = " ".join(
    f"The port office of Orlen said on Monday that berth number {n} had been closed after the storm."
    for n in range(20)
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Storm closes berths | The Orlen Post</title>
<meta property="og:site_name" content="The Orlen Post"><meta property="article:published_time" content="2026-03-02T08:00:00Z">
</head><body><nav><a href="/">Home</a></nav><article><h1>Storm closes berths</h1><p>{BODY}</p><p>{BODY}</p></article></body></html>"""


def rss(web: Web, *items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Orlen Post</title><link>{web.url}</link>{"".join(items)}</channel></rss>'.encode()


def item(link: str, title: str = "Storm closes berths", text: str = f"{BODY} {BODY}", guid: str = "") -> str:
    key = f"<guid>{guid}</guid>" if guid else ""
    return f"<item><title>{title}</title><link>{link}</link>{key}<pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate><description>{text}</description></item>"


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as running:
        yield running


@pytest.fixture
def config(tmp_path) -> Config:
    settings = CollectSettings(allow_private=True, delay_s=0.0, timeout_s=1.0, retries=1, max_bytes=2_000_000)
    return Config(root=tmp_path, content=tmp_path / "content", output=tmp_path / "site", collect=settings)


def files(config: Config) -> list[str]:
    return sorted(path.name for path in config.content.iterdir() if not path.name.startswith("."))


def run(config: Config, *sources: str) -> Collected:
    return collect(sources, config)


def test_a_feed_becomes_files_that_read_back(web, config):
    web.routes["/feed"] = Answer(rss(web, item(f"{web.url}/a?utm_source=x")))
    done = run(config, f"{web.url}/feed")
    assert (done.new, done.known, done.failed) == (["2026-03-02-storm-closes-berths.md"], 0, [])
    (article,) = read(done.new[0], (config.content / done.new[0]).read_bytes(), ReadSettings()).articles
    assert article.meta.title == "Storm closes berths"
    assert article.meta.outlet == "The Orlen Post"
    assert article.meta.url == f"{web.url}/a"
    assert article.meta.retrieved is not None
    assert len(article.sentences) == 40


def test_run_twice_is_nothing_new(web, config):
    web.routes["/feed"] = Answer(rss(web, item(f"{web.url}/a"), item(f"{web.url}/b", "Second")))
    run(config, f"{web.url}/feed")
    again = run(config, f"{web.url}/feed")
    assert (again.new, again.known) == ([], 2)
    assert len(files(config)) == 2


def test_a_feed_that_has_not_changed_is_not_sent(web, config):
    body = rss(web, item(f"{web.url}/a"))
    web.routes["/feed"] = lambda request: (
        Answer(status=304)
        if request.headers["If-None-Match"] == '"1"'
        else Answer(body, headers={"ETag": '"1"'})
    )
    run(config, f"{web.url}/feed")
    assert run(config, f"{web.url}/feed") == Collected()


def test_what_was_deleted_or_edited_is_left_alone(web, config):
    web.routes["/feed"] = Answer(rss(web, item(f"{web.url}/a"), item(f"{web.url}/b", "Second")))
    first, second = run(config, f"{web.url}/feed").new
    (config.content / first).unlink()
    (config.content / second).write_text("mine", encoding="utf-8")
    assert run(config, f"{web.url}/feed").new == []
    assert (config.content / second).read_text(encoding="utf-8") == "mine"


def test_a_lost_ledger_is_made_anew_from_the_articles(web, config):
    web.routes["/feed"] = Answer(rss(web, item(f"{web.url}/a")))
    run(config, f"{web.url}/feed")
    (config.content / ".collected.json").write_text("broken", encoding="utf-8")
    assert run(config, f"{web.url}/feed").new == []


def test_a_stub_is_filled_from_its_page(web, config):
    web.routes["/feed"] = Answer(rss(web, item(f"{web.url}/a", text="Berths are closed.")))
    web.routes["/a"] = Answer(PAGE.encode(), headers={"Content-Type": "text/html"})
    (name,) = run(config, f"{web.url}/feed").new
    assert "berth number 19" in (config.content / name).read_text(encoding="utf-8")


def test_a_stub_whose_page_is_gone_is_kept_as_it_is(web, config):
    web.routes["/feed"] = Answer(rss(web, item(f"{web.url}/a", text="Berths are closed for the day.")))
    (name,) = run(config, f"{web.url}/feed").new
    assert "Berths are closed for the day." in (config.content / name).read_text(encoding="utf-8")


def test_every_kind_of_source_is_known_by_its_bytes(web, config):
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>One</title><id>1</id><link href="/one"/><updated>2026-03-02T08:00:00Z</updated><content type="html">&lt;p&gt;{f"{BODY} {BODY}"}&lt;/p&gt;</content></entry></feed>'
    jsonf = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "items": [{"id": "1", "url": f"{web.url}/two", "title": "Two", "content_text": f"{BODY} {BODY}"}],
    }
    opml = f'<opml version="2.0"><body><outline><outline xmlUrl="{web.url}/atom"/><outline xmlUrl="{web.url}/json"/></outline></body></opml>'
    web.routes |= {
        "/atom": Answer(gzip.compress(atom.encode()), headers={"Content-Encoding": "gzip"}),
        "/json": Answer(json.dumps(jsonf).encode()),
        "/page": Answer(PAGE.encode()),
    }
    write_files(config.root, {"list.opml": opml})
    done = run(config, str(config.root / "list.opml"), f"{web.url}/page")
    assert [name.rpartition("-")[2] for name in done.new] == ["one.md", "two.md", "berths.md"]
    assert "/one" in (config.content / done.new[0]).read_text(encoding="utf-8")


def test_a_list_of_feeds_that_names_itself_ends(web, config):
    opml = f'<opml version="2.0"><body><outline xmlUrl="{web.url}/list"/></body></opml>'
    web.routes["/list"] = Answer(opml.encode())
    done = run(config, f"{web.url}/list")
    assert [problem.message for problem in done.failed] == ["a list of feeds in a list of feeds"]
    assert web.asked["/list"] == 2


def test_a_run_that_was_killed_is_taken_up_again(web, config):
    items = "".join(
        f"<item><title>Ferry {n}</title><guid isPermaLink='false'>g{n}</guid><description>The ferry {n} was late.</description></item>"
        for n in range(3)
    )
    web.routes["/feed"] = Answer(
        f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>".encode()
    )
    run(config, f"{web.url}/feed")
    stored = {path.name: path.read_bytes() for path in config.content.glob("*.md")}
    (config.content / ".collected.json").unlink()  # killed before it was written
    (config.content / "ferry-2.md").unlink()
    (config.content / ".ferry-2.md.new").write_bytes(b"half")
    run(config, f"{web.url}/feed")
    assert {path.name for path in config.content.glob("*")} == {*stored, ".collected.json"}


def test_a_folder_that_cannot_be_written_is_a_problem(web, config):
    write_files(config.content.parent, {config.content.name: "a file"})
    with pytest.raises(FetchError, match="cannot be written"):
        collect([f"{web.url}/rss"], config)


def test_links_of_a_feed_are_relative_to_it(web, config):
    web.routes["/feeds/rss"] = Answer(rss(web, item("../storm")))
    done = run(config, f"{web.url}/feeds/rss")
    (article,) = read("a.md", (config.content / done.new[0]).read_bytes(), ReadSettings()).articles
    assert f"{web.url}/storm" == article.meta.url


@pytest.mark.parametrize(
    ("encoding", "told", "within"),
    [
        ("koi8-r", "text/html; charset=koi8-r", ""),
        ("windows-1251", "text/html", '<meta charset="windows-1251">'),
        ("windows-1251", 'text/html; charset="utf-8"', '<meta charset="windows-1251">'),
        ("utf-8", "text/html; charset=iso-8859-1", ""),
        ("windows-1251", "text/html; charset=none-such", ""),
    ],
)
def test_a_charset_is_told_by_the_server_or_the_page_and_may_be_wrong(web, config, encoding, told, within):
    text = "В понедельник портовое управление сообщило, что после шторма закрыты четыре причала. " * 8
    page = f"<!doctype html><html lang=ru><head>{within}<title>Шторм</title></head><body><article><h1>Шторм закрыл причалы</h1><p>{text}</p></article></body></html>"
    web.routes["/a"] = Answer(page.encode(encoding), headers={"Content-Type": told})
    done = run(config, f"{web.url}/a")
    assert done.failed == []
    assert "портовое управление сообщило" in (config.content / done.new[0]).read_text(encoding="utf-8")


def test_a_page_of_fifty_megabytes_and_a_ring_of_redirects_are_named(web, config):
    web.routes["/large"] = Answer(b"<html><p>" + b"x" * 50_000_000)
    web.routes["/ring"] = Answer(status=302, headers={"Location": "/gnir"})
    web.routes["/gnir"] = Answer(status=302, headers={"Location": "/ring"})
    web.routes["/rss"] = Answer(rss(web, item(f"{web.url}/storm")))
    done = run(config, f"{web.url}/large", f"{web.url}/ring", f"{web.url}/rss")
    assert [problem.message for problem in done.failed] == [
        "not fetched: larger than 2,000,000 bytes",
        "not fetched: more than 5 redirects",
    ]
    assert len(done.new) == 1


def test_one_failing_source_stops_no_other(web, config):
    web.routes["/good"] = Answer(rss(web, item(f"{web.url}/a")))
    web.routes["/broken"] = Answer(b"<rss><channel><item>")
    done = run(config, f"{web.url}/none", f"{web.url}/broken", "no-such-file.xml", f"{web.url}/good")
    assert len(done.new) == 1
    places = [problem.path for problem in done.failed]
    assert f"{web.url}/none" in places
    assert "no-such-file.xml" in places


def test_two_items_with_one_address_or_one_guid_are_one(web, config):
    web.routes["/feed"] = Answer(
        rss(
            web,
            item(f"{web.url}/a", guid="x"),
            item(f"{web.url}/b", guid="x"),
            item(f"{web.url}/a", guid="y"),
        )
    )
    done = run(config, f"{web.url}/feed")
    assert (len(done.new), done.known) == (1, 2)


def test_two_articles_with_one_title_are_two_files(web, config):
    web.routes["/feed"] = Answer(rss(web, item(f"{web.url}/a"), item(f"{web.url}/b")))
    assert run(config, f"{web.url}/feed").new == [
        "2026-03-02-storm-closes-berths.md",
        "2026-03-02-storm-closes-berths-2.md",
    ]


def test_a_title_cannot_leave_the_folder(web, config):
    web.routes["/feed"] = Answer(rss(web, item(f"{web.url}/a", title="../../../etc/passwd")))
    assert run(config, f"{web.url}/feed").new == ["2026-03-02-etc-passwd.md"]


def test_nothing_to_collect_is_a_problem_unless_it_may_be(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["collect"]) == 1
    assert "no feed to collect" in capsys.readouterr().err
    assert main(["collect", "--if-any"]) == 0
    with pytest.raises(FetchError):
        collect((), Config(root=tmp_path, content=tmp_path / "c", output=tmp_path / "s"))


def test_the_end_line_counts(web, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_files(
        tmp_path,
        {"crosscite.toml": f'[collect]\nallow_private = true\ndelay_s = 0.0\nfeeds = ["{web.url}/feed"]\n'},
    )
    web.routes["/feed"] = Answer(rss(web, item(f"{web.url}/a")))
    assert main(["collect"]) == 0
    assert capsys.readouterr().out == "1 new, 0 known, 0 failed\n"


def test_opml_that_is_none_lists_nothing():
    assert feeds_of_opml(b"<html></html>") == []
    assert feeds_of_opml(b"<opml><body>") == []


def test_text_from_the_web_is_never_markup():
    paragraphs = ["# Not a title", "1. not a list", "---", "*a* [b](c) <d> `e` &amp; ~~f~~", "- x"]
    source = front_matter({"title": 'A "quoted": title'}) + "\n" + to_markdown(paragraphs) + "\n"
    (article,) = read("a.md", source.encode(), ReadSettings()).articles
    assert [article.shown(span) for span in article.paragraphs] == paragraphs
    assert article.meta.title == 'A "quoted": title'


def test_the_ledger_is_hidden_from_the_build(web, config):
    web.routes["/feed"] = Answer(rss(web, item(f"{web.url}/a")))
    run(config, f"{web.url}/feed")
    assert (Path(config.content) / ".collected.json").is_file()


@pytest.mark.parametrize("field", ["title", "url", "id", "content_text", "date_published", "tags", "authors"])
def test_half_a_character_in_a_feed_does_no_harm(web, config, field):
    half = "https://a.example/\ud800 x"
    odd = {"tags": [half], "authors": [{"name": half}]}.get(field, half)
    item = {"id": "1", "content_text": "Rain fell on the town. " * 60, field: odd}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "The \udfff Post", "items": [item]}
    web.routes["/feed"] = Answer(json.dumps(feed).encode(), headers={"ETag": "é"})
    for new in (1, 0):
        done = collect([f"{web.url}/feed"], config)
        assert (len(done.new), done.failed) == (new, [])


def test_a_list_with_addresses_that_are_none_stops_no_other(web, config):
    web.routes["/list"] = Answer(
        b"<opml><body><outline xmlUrl='http://[x'/><outline xmlUrl='http://a..b/'/></body></opml>"
    )
    done = collect([f"{web.url}/list"], config)
    assert [problem.path for problem in done.failed] == ["http://[x", "http://a..b/"]
