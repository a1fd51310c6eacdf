"""The search index: made of the pages' bytes, the same each time, only of pages that are to be found."""

import tempfile
from pathlib import Path

from generator.model import Page
from generator.system.search import index_pages, searchable

STORM = Page(
    "a/index.html",
    b"<html lang=en><body><main data-pagefind-body><h1>Storm</h1><p>Waves rose.</p></main></body></html>",
)
ABOUT = Page("about/index.html", b"<html lang=en><body><main><h1>About</h1></main></body></html>")


def filtered(number: int) -> Page:
    """Return a page with filters, whose order Pagefind leaves to chance."""
    spans = "".join(
        f'<span data-pagefind-filter="{name}">{name} {number % 7}</span>'
        for name in ("outlet", "person", "date")
    )
    html = f"<html lang=en><body><main data-pagefind-body><h1>Storm {number}</h1>{spans}</main></body></html>"
    return Page(f"stories/{number}/index.html", html.encode())


def test_only_pages_with_a_marked_body_are_found():
    assert searchable([STORM, ABOUT]).pages == (STORM,)


def test_the_index_is_the_same_for_the_same_pages():
    pages = [filtered(number) for number in range(30)]
    indexes = [index_pages(searchable(pages)) for _ in range(3)]
    assert indexes[0] == indexes[1] == indexes[2]
    one = index_pages(searchable([STORM]))
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json"} <= {page.path for page in one}
    filters = [page.data for page in indexes[0] if page.path.endswith((".pf_filter", ".pf_meta"))]
    assert {data[9] for data in filters} == {255}  # the system is not named: versions of Python differ in it
    assert searchable([STORM]).key != searchable([Page("b/index.html", STORM.data)]).key


def test_what_a_killed_build_left_of_its_pages_goes(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / "crosscite-search-killed"
    Path(left / "site").mkdir(parents=True)
    (left / "alive").touch()
    index_pages(searchable([STORM]))
    assert list(tmp_path.iterdir()) == []


def test_no_pages_give_no_index():
    assert index_pages(searchable([ABOUT])) == ()
