"""The search index: made of the pages' bytes, the same each time, only of pages that are to be found."""

from generator.model import Page
from generator.system.search import index_pages, searchable

STORM = Page("a/index.html", b"<html lang=en><body><main data-pagefind-body><h1>Storm</h1><p>Waves rose.</p></main></body></html>")
ABOUT = Page("about/index.html", b"<html lang=en><body><main><h1>About</h1></main></body></html>")


def test_only_pages_with_a_marked_body_are_found():
    assert searchable([STORM, ABOUT]).pages == (STORM,)


def test_the_index_is_the_same_for_the_same_pages():
    one, other = index_pages(searchable([STORM])), index_pages(searchable([STORM]))
    assert one == other
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json"} <= {page.path for page in one}
    assert searchable([STORM]).key != searchable([Page("b/index.html", STORM.data)]).key


def test_no_pages_give_no_index():
    assert index_pages(searchable([ABOUT])) == ()
