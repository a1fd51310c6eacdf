"""The preview over HTTP: types, ranges, tags, the 404 page; nothing outside the folder, no foreign names."""

from __future__ import annotations

import html
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import Config
from generator.preview.hosts import host_to_visit
from generator.preview.inject import OWN, inject, mark, widen
from generator.preview.serve import Built
from generator.system.live import Live
from tests.preview_fake import Running, build, project, running

EXTRA = {
    "pic.svg": (b"<svg/>", "image/svg+xml"),
    "pic.webp": (b"RIFF", "image/webp"),
    "search.js": (b"let a", "text/javascript; charset=utf-8"),
    "feed.xml": (b"<feed/>", "application/xml"),
    "feed.json": (b"{}", "application/json"),
    "story.md": (b"# A", "text/markdown; charset=utf-8"),
    "search.wasm": (b"\0asm", "application/wasm"),
    "index.pf_meta": (b"\x1f\x8b", "application/octet-stream"),
    "CNAME": (b"example.org", "application/octet-stream"),
    "words.txt": (b"0123456789", "text/plain; charset=utf-8"),
}


def build_more(config: Config, _live: Live) -> Built:
    built = build(config)
    for name, (data, _) in EXTRA.items():
        (config.output / name).write_bytes(data)
    return built


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root = project(tmp_path_factory.mktemp("server") / "project")
    (root / "secret.txt").write_text("secret")
    (root / "content" / "naïve café.md").write_text("Coffee.")
    with running(root, build_more, watch=False) as run:
        yield run


def raw(site: Running, target: str, host: str | None = None) -> tuple[int, bytes]:
    """Ask for exactly this target; return status and body."""
    where = urlsplit(site.url)
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=20) as connection:
        field = "" if host == "" else f"Host: {host or where.netloc}\r\n"
        connection.sendall(f"GET {target} HTTP/1.1\r\n{field}Connection: close\r\n\r\n".encode("latin-1"))
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("name", EXTRA)
def test_files_have_their_type_on_every_machine(site: Running, name: str) -> None:
    answer = httpx.get(site.url + name)
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, *EXTRA[name])


def test_a_page_is_the_built_one_but_for_the_script_and_its_leave(site: Running) -> None:
    built = (site.preview.folder / "storm" / "index.html").read_text(encoding="utf-8")
    served = httpx.get(site.url + "storm/").text
    origin = site.url.removesuffix("/repo/")
    tag = r'<script src="/__crosscite/preview.js" data-content="\w{32}" data-style="\w{32}" defer></script>'
    assert len(re.findall(tag, served)) == 1
    plain = html.unescape(re.sub(tag, "", served))
    added = f"; script-src {origin}{OWN}; connect-src {origin}{OWN}"
    assert plain.replace(f" {origin}{OWN}; img-src", "; img-src").replace(added, "") == html.unescape(built)


def test_nothing_of_the_preview_stands_in_a_file(site: Running) -> None:
    httpx.get(site.url)
    files = [path for path in site.preview.folder.rglob("*") if path.is_file()]
    assert len(files) > len(EXTRA)
    assert [
        path for path in files if b"__crosscite" in path.read_bytes() or b"127.0.0.1" in path.read_bytes()
    ] == []


@pytest.mark.parametrize("path", ["words.txt", "storm/"])
def test_entity_tags_save_sending_again(site: Running, path: str) -> None:
    first = httpx.get(site.url + path)
    assert first.headers["cache-control"] == "no-cache"
    again = httpx.get(site.url + path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = httpx.get(site.url + path, headers={"if-none-match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)


@pytest.mark.parametrize(
    ("wanted", "status", "body", "place"),
    [
        ("bytes=0-2", 206, b"012", "bytes 0-2/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=20-", 416, b"", "bytes */10"),
    ],
)
def test_ranges(site: Running, wanted: str, status: int, body: bytes, place: str) -> None:
    answer = httpx.get(site.url + "words.txt", headers={"range": wanted})
    assert (answer.status_code, answer.headers["content-range"]) == (status, place)
    assert answer.content == body or status == 416


def test_head_sends_no_body(site: Running) -> None:
    for path in ("storm/", "words.txt"):
        answer = httpx.head(site.url + path)
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["content-length"] == str(len(httpx.get(site.url + path).content))


def test_other_methods_are_refused(site: Running) -> None:
    assert httpx.post(site.url).status_code == 405
    assert httpx.delete(site.url + "storm/").status_code == 405


def test_addresses_with_letters_beyond_ascii(site: Running) -> None:
    assert "Coffee." in httpx.get(site.url + "naïve café/").text


def test_a_missing_page_is_the_sites_own_404_page(site: Running) -> None:
    for path in ("nothing/", "deep/er/nothing", "storm/x", "a" * 3000):
        answer = httpx.get(site.url + path)
        assert answer.status_code == 404
        assert "<h1>No such page</h1>" in answer.text
        assert OWN + "preview.js" in answer.text


def test_the_root_and_the_bare_base_lead_to_the_site(site: Running) -> None:
    origin = site.url.removesuffix("/repo/")
    for start in (origin, f"{origin}/", f"{origin}/repo"):
        answer = httpx.get(start, follow_redirects=True)
        assert (str(answer.url), answer.status_code) == (site.url, 200)
    assert str(httpx.get(f"{origin}/repo/storm", follow_redirects=True).url) == f"{origin}/repo/storm/"


def test_outside_of_the_base_path_there_is_nothing(site: Running) -> None:
    answer = httpx.get(site.url.replace("/repo/", "/storm/"))
    assert answer.status_code == 404
    assert '<a href="/repo/">' in answer.text


# ---------------------------------------------------------------- nothing outside


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "../../secret.txt",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "..%5csecret.txt",
        "storm/../../secret.txt",
        "//etc/passwd",
        "%2fetc/passwd",
        "/etc/passwd",
        "C:/Windows/win.ini",
        "..\\secret.txt",
        "%00",
        "alive",
        "../alive",
    ],
)
def test_no_path_leads_out_of_the_folder(site: Running, path: str) -> None:
    status, body = raw(site, f"/repo/{path}")
    assert status in {307, 400, 404}
    assert b"secret" not in body.replace(b"secret.txt", b"")
    assert b"root:" not in body


def test_no_link_leads_out_of_the_folder(site: Running) -> None:
    link = site.preview.folder / "way-out.txt"
    try:
        link.symlink_to(site.root / "secret.txt")
    except OSError:
        pytest.skip("links cannot be made here")
    assert httpx.get(site.url + "way-out.txt").status_code == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("LocalHost", 200),
        ("[::1]:{port}", 200),
        ("evil.example:{port}", 400),
        ("127.0.0.1.evil.example", 400),
        ("evil.example:127.0.0.1", 400),
        ("127.0.0.1@evil.example", 400),
        ("192.168.0.7", 400),
        ("[::1", 400),
        ("", 400),
    ],
)
def test_only_names_of_this_machine_are_answered(site: Running, host: str, status: int) -> None:
    name = host.format(port=urlsplit(site.url).port)
    assert raw(site, "/repo/", name)[0] == status
    assert raw(site, OWN + "preview.js", name)[0] == status
    assert status == 200 or raw(site, OWN + "events", name)[0] == status


def test_on_all_interfaces_figures_are_answered_and_names_are_not(tmp_path: Path) -> None:
    with running(project(tmp_path / "p"), watch=False, host="0.0.0.0") as run:
        assert run.url.startswith("http://127.0.0.1:")
        assert raw(run, "/repo/", "192.168.0.7:80")[0] == 200
        assert raw(run, "/repo/", "[fe80::1]")[0] == 200
        assert raw(run, "/repo/", socket.gethostname())[0] == 200
        assert raw(run, "/repo/", "evil.example")[0] == 400


def test_hosts_as_browsers_write_them() -> None:
    assert [host_to_visit(host) for host in ("::1", "::", "0.0.0.0", "localhost")] == [
        "[::1]",
        "[::1]",
        "127.0.0.1",
        "localhost",
    ]


def test_only_its_own_two_files_stand_below_the_servers_own_path(site: Running) -> None:
    origin = site.url.removesuffix("/repo/")
    assert httpx.get(f"{origin}{OWN}preview.js").headers["content-type"].startswith("text/javascript")
    assert httpx.get(f"{origin}{OWN}preview.css").headers["content-type"].startswith("text/css")
    assert httpx.get(f"{origin}{OWN}server.py").status_code == 404
    assert raw(site, f"{OWN}..%2fserver.py")[0] == 404


# ---------------------------------------------------------------- what is added to a page

ORIGIN = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("policy", "widened"),
    [
        (
            "default-src 'none'; style-src 'self'",
            "default-src 'none'; style-src 'self' {0}; script-src {0}; connect-src {0}",
        ),
        ("script-src 'none'", "script-src {0}"),
        (
            "script-src 'self' 'sha256-abc='; object-src 'none'",
            "script-src 'self' 'sha256-abc=' {0}; object-src 'none'",
        ),
        ("Script-Src 'NONE'", "script-src {0}"),
        (
            "script-src-elem 'self'; default-src *",
            "script-src-elem 'self' {0}; default-src *; script-src * {0}; style-src * {0}; connect-src * {0}",
        ),
        ("img-src 'self'", "img-src 'self'"),
        ("script-src 'self'; script-src 'none'", "script-src 'self' {0}"),
        ("", ""),
    ],
)
def test_a_policy_is_widened_by_the_previews_addresses_and_nothing_else(policy: str, widened: str) -> None:
    assert widen(policy, ORIGIN) == widened.format(ORIGIN + OWN)


def test_a_policy_cannot_name_an_ipv6_address() -> None:
    assert widen("script-src 'none'", "http://[::1]:8000") == "script-src 'self'"


def test_the_script_stands_before_the_end_of_the_body() -> None:
    page = b"<head></head><body><pre>&lt;/body></pre></BODY></html>"
    assert inject(page, "TAG", ORIGIN) == b"<head></head><body><pre>&lt;/body></pre>TAG</BODY></html>"
    assert inject(b"<p>no body", "TAG", ORIGIN) == b"<p>no bodyTAG"
    assert inject(b"", "TAG", ORIGIN) == b"TAG"


def test_only_a_policy_in_the_head_is_touched() -> None:
    meta = "<meta content='script-src &apos;none&apos;' http-equiv=Content-Security-Policy>"
    other = '<meta name="x" content="script-src \'none\'">'
    page = f"<head>{other}{meta}</head><body>{meta}</body>".encode()
    new = f'<meta content="script-src {ORIGIN}{OWN}" http-equiv=Content-Security-Policy>'
    assert inject(page, "", ORIGIN).decode() == f"<head>{other}{new}</head><body>{meta}</body>"


@given(st.binary(max_size=300), st.binary(max_size=100))
def test_a_page_without_a_policy_only_gains_the_script(head: bytes, body: bytes) -> None:
    page = head + b"</head>" + body
    if b"<meta" not in page.lower():
        new = inject(page, "TAG", ORIGIN)
        assert new.replace(b"TAG", b"", 1) == page or b"TAG" in page


def test_hostile_pages_take_no_longer() -> None:
    for part in (
        b"<meta ",
        b"<link ",
        b"<meta http-equiv=content-security-policy content='",
        b"</head",
        b"</body",
    ):
        page = part * (1_000_000 // len(part))
        assert inject(page, "TAG", ORIGIN)
        assert mark(page, "/", lambda _: b"").content


def test_a_mark_tells_style_from_content() -> None:
    sheets = {"/repo/assets/a.css": b"one", "/repo/assets/b.css": b"two"}
    page = b'<head><link rel="stylesheet" href="../assets/a.css"></head><body>text</body>'

    def read(path: str) -> bytes:
        return sheets.get(path, b"")

    first = mark(page, "/repo/storm/", read)
    renamed = mark(page.replace(b"a.css", b"b.css"), "/repo/storm/", read)
    assert (renamed.content, renamed.style != first.style) == (first.content, True)
    assert mark(page.replace(b"text", b"test"), "/repo/storm/", read).content != first.content
    sheets["/repo/assets/a.css"] = b"new"
    restyled = mark(page, "/repo/storm/", read)
    assert (restyled.content, restyled.style != first.style) == (first.content, True)
    (sheet,) = restyled.sheets
    assert re.fullmatch(r"\.\./assets/a\.css\?crosscite=\w{16}", sheet)


def test_a_mark_leaves_foreign_and_missing_sheets_alone() -> None:
    page = b'<link rel=stylesheet href="https://[x.css"><link href=\'gone.css\' rel="stylesheet"><link rel=icon href=i>'
    assert mark(page, "/", lambda _: b"").sheets == ("https://[x.css", "gone.css")
