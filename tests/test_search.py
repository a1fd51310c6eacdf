"""The search index: made of the pages' bytes, the same each time, only of pages that are to be found."""

import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Page
from generator.system import search
from generator.system.search import Indexed, Searchable, index_pages, joined, parted, searchable

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
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json"} <= {page.path for page in one.files}
    filters = [page.data for page in indexes[0].files if page.path.endswith((".pf_filter", ".pf_meta"))]
    assert {data[9] for data in filters} == {255}  # the system is not named: versions of Python differ in it


def test_the_index_is_the_same_in_whatever_order_a_file_system_lists_the_pages(tmp_path, monkeypatch):
    """Pagefind numbers pages in that order: where files are held in memory it is often the reverse of laying them."""
    pages = tuple(filtered(number) for number in range(30))
    indexes = []
    for folder in filter(os.path.isdir, (tmp_path, "/dev/shm")):
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        indexes += [index_pages(Searchable(pages)), index_pages(Searchable(pages[::-1]))]
    assert indexes == indexes[:1] * len(indexes)


def test_what_a_killed_build_left_of_its_pages_goes(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / "crosscite-search-killed"
    Path(left / "site").mkdir(parents=True)
    (left / "alive").touch()
    index_pages(searchable([STORM]))
    assert list(tmp_path.iterdir()) == []


def test_no_pages_give_no_index():
    assert index_pages(searchable([ABOUT])).files == ()


def test_a_large_index_is_made_in_parts_that_only_their_own_pages_change(monkeypatch):
    monkeypatch.setattr(search, "_PART", 10)
    pages = [filtered(number) for number in range(30)]
    parts = parted(searchable(pages))
    assert len(parts) == 3
    assert sorted(page for part in parts for page in part.pages) == sorted(pages)
    changed = replace(pages[7], data=pages[7].data.replace(b"Storm", b"Frost"))
    others = parted(searchable([*pages[:7], changed, *pages[8:]]))
    assert [part.digests == other.digests for part, other in zip(parts, others, strict=True)].count(
        False
    ) == 1


def test_parts_lie_beside_each_other_with_one_program_for_all():
    bare = ("pagefind-entry.json", "fragment/en_1.pf_fragment", "pagefind.js")
    part = tuple(Page(f"pagefind/{name}", name.encode()) for name in bare)
    index = {page.path: page.data for page in joined([Indexed({}, part)] * 2)}
    assert [path for path in index if path.endswith(".js")] == [
        "pagefind/1/pagefind.js",
        "pagefind/pagefind.js",
    ]
    assert {"pagefind/1/fragment/en_1.pf_fragment", "pagefind/2/pagefind-entry.json"} <= index.keys()
    assert joined([Indexed({}, part)]) == part
    assert joined([]) == ()


def told(number: int, words: str, lang: str = "en") -> Page:
    """Return a page with these words, some of them in forms that differ in accents."""
    page = filtered(number)
    html = page.data.decode().replace("lang=en", f"lang={lang}")
    return replace(page, data=html.replace("</main>", f"<p>{words}</p></main>").encode())


WORDS = st.lists(
    st.sampled_from(
        ["café", "cafe", "Cafés", "naïve", "naive", "storms", "storm", "über", "water-gate", "1,400", "“we"]
    )
)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=8, max_size=8), st.integers(0, 2), st.booleans())
def test_an_index_with_pages_exchanged_is_the_one_that_is_made_anew(words, gone, foreign):
    before = [told(number, " ".join(some)) for number, (some, _) in enumerate(words)]
    after = [
        told(number, " ".join(more)) if number < 2 else before[number]
        for number, (_, more) in enumerate(words)
    ]
    after = after[: len(after) - gone] + [told(90, "A new harbour", "de" if foreign else "en")] * (gone > 0)
    last = index_pages(searchable(before))
    carried, anew = index_pages(searchable(after), last), index_pages(searchable(after))
    assert sorted({*carried.files} ^ {*anew.files}) == []


def test_languages_are_listed_in_one_order():
    pages = [told(number, "Storm", lang) for number, lang in enumerate(("nl", "en", "fr", "de", "es"))]
    for _ in range(2):
        (entry,) = (
            file.data for file in index_pages(searchable(pages)).files if file.path.endswith("entry.json")
        )
        assert list(json.loads(entry)["languages"]) == ["de", "en", "es", "fr", "nl"]


def test_what_has_not_changed_is_not_indexed_again(monkeypatch):
    pages = [filtered(number) for number in range(20)]
    last = index_pages(searchable(pages))
    laid: list[int] = []
    lay = Searchable.lay

    def counted(wanted: Searchable, folder: Path) -> None:
        laid.append(len(wanted.pages))
        lay(wanted, folder)

    monkeypatch.setattr(Searchable, "lay", counted)
    assert index_pages(searchable(pages), last) is last
    pages[4] = told(4, "Frost")
    index_pages(searchable(pages), last)
    index_pages(searchable(pages[:-1]), last)
    assert laid == [1, 1]
    index_pages(searchable([told(number, "Frost") for number in range(20)]), last)
    assert laid == [1, 1, 20]


def test_an_index_that_another_version_made_is_made_anew():
    pages = [filtered(number) for number in range(8)]
    last = index_pages(searchable(pages))
    other = tuple(
        replace(page, data=page.data.replace(b'"version":"', b'"version":"9')) for page in last.files
    )
    pages[0] = told(0, "Frost")
    assert index_pages(searchable(pages), Indexed(last.digests, other)) == index_pages(searchable(pages))
