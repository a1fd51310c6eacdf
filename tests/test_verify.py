"""The last gate: each way to publish what no source says, and each dead link, is caught and named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.errors import Problem, SiteError
from generator.model import Digest, Page
from generator.publishing.passed import Passed
from generator.publishing.render import render_pages
from generator.publishing.verify import verify
from tests import digests, sites
from tests.sites import moved

DIGEST = digests.harbour()


def problems(path: str, change: Callable[[str], str], base_url: str = "") -> tuple[Problem, ...]:
    """Return what the gate says of the harbour site with one page changed."""
    pages = []
    for page in sites.pages():
        changed = change(page.data.decode()) if page.path == path else None
        assert changed != page.data.decode(), "the change must hit"
        pages.append(page if changed is None else Page(page.path, changed.encode()))
    with pytest.raises(SiteError) as caught:
        verify(pages, DIGEST, base_url)
    return caught.value.problems


def replacing(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize("base_url", ["", "https://brief.example/", "https://brief.example/a/b"])
def test_a_good_site_passes(base_url: str) -> None:
    verify(render_pages(DIGEST, sites.config(base_url)), DIGEST, base_url)


@pytest.mark.parametrize("amount", ["full", "none"])
def test_full_and_bare_articles_pass(amount: str) -> None:
    verify(render_pages(DIGEST, sites.config(text=amount)), DIGEST)


@pytest.mark.parametrize(
    "make", [lambda: digests.crowd(20), lambda: digests.digest([]), lambda: digests.many(60)]
)
def test_large_small_and_empty_sites_pass(make: Callable[[], Digest]) -> None:
    digest = make()
    verify(render_pages(digest, sites.config()), digest)


@pytest.mark.parametrize("tag", ["<h1", "<p title='a<b'", "<p title='" + "x" * 2_000 + "'"])
def test_a_citation_that_cannot_be_checked_is_caught(tag: str) -> None:
    element = f'{tag} data-cite="{digests.GAZETTE.id}:0-9">Nobody said this.</p></main>'
    (problem,) = problems(sites.STORY, replacing("</main>", element))
    assert problem.message == "a passage is cited in a tag that cannot be read"


def test_a_changed_word_is_caught() -> None:
    (problem,) = problems(sites.STORY, replacing("hours of Thursday.</span>", "hours of Tuesday.</span>"))
    assert problem.path == sites.STORY
    assert problem.line > 1
    assert "words that are not those of 2026-03-12-saltmere-fire.md" in problem.message
    assert "Tuesday" in problem.message


def test_a_word_more_is_caught() -> None:
    found = problems(sites.STORY, replacing("Thursday.</span>", "Thursday. Nobody knew why.</span>"))
    assert "Nobody knew why" in found[0].message


def test_a_place_outside_of_the_article_is_caught() -> None:
    found = problems(
        sites.STORY, lambda text: re.sub(r'data-cite="(\w+):0-\d+"', r'data-cite="\1:0-99999"', text, count=1)
    )
    assert "outside of" in found[0].message


@pytest.mark.parametrize("cite", ["nobody", "aaaaaaaaaa:0-10", "x:1-", ""])
def test_a_citation_of_nothing_is_caught(cite: str) -> None:
    found = problems(
        sites.STORY, lambda text: re.sub(r'data-cite="[^"]*"', f'data-cite="{cite}"', text, count=1)
    )
    assert "a citation of no known article" in found[0].message


def test_words_that_were_cut_may_not_be_cited() -> None:
    cut = digests.GAZETTE.cut[1]
    words = digests.GAZETTE.shown(cut.span)
    element = f'<p data-cite="{digests.GAZETTE.id}:{cut.span.start}-{cut.span.end}">{words}</p></main>'
    (problem,) = problems("about/index.html", replacing("</main>", element))
    assert "words that were cut from 2026-03-12-saltmere-fire.md" in problem.message


def test_a_missing_extract_is_caught() -> None:
    place = digests.fire().extracts[4].passage
    cite = f' data-cite="{place.article}:{place.span.start}-{place.span.end}"'
    found = problems(sites.STORY, lambda text: text.replace(cite, ""))
    assert any("a passage of voice-after.md is missing" in problem.message for problem in found)


def test_a_missing_quote_is_caught() -> None:
    found = problems(
        sites.STORY,
        lambda text: re.sub(r'<figure class="quote" id="quote-2">.*?</figure>', "", text, flags=re.DOTALL),
    )
    assert any("This hall is the heart" in problem.message for problem in found)


def test_a_dead_link_is_caught() -> None:
    (problem,) = problems("about/index.html", replacing('href="../build.json"', 'href="../nowhere.json"'))
    assert problem.message == "a link to no page of the site: ../nowhere.json"


def test_a_link_to_a_folder_is_caught_for_it_would_not_open_from_disk() -> None:
    found = problems("about/index.html", replacing('href="../index.html"', 'href="../"'))
    assert found[0].message == "a link to no page of the site: ../"


def test_a_dead_fragment_is_caught() -> None:
    found = problems(sites.STORY, replacing('/index.html#s1"', '/index.html#s999"'))
    assert found[0].message.startswith("a link to no place on its page:")


def test_a_link_above_the_site_is_caught() -> None:
    found = problems("index.html", replacing('href="audit/index.html"', 'href="../audit/index.html"'))
    assert found[0].message == "a link to no page of the site: ../audit/index.html"


def test_marks_inside_a_passage_change_nothing() -> None:
    pages = [
        Page(page.path, page.data.replace(b"Thursday.</span>", b"<mark>Thursday</mark>.</span>"))
        for page in sites.pages()
    ]
    verify(pages, DIGEST)


def _without(path: str) -> tuple[Page, ...]:
    return tuple(page for page in sites.pages() if page.path != path)


@pytest.mark.parametrize("compared", [True, False])
@pytest.mark.parametrize("fault", ["words", "page", "place", "article", "missing"])
def test_what_has_passed_once_does_not_hide_a_fault(fault: str, *, compared: bool) -> None:
    passed = Passed()
    verify(sites.pages(), DIGEST, "", passed)
    verify(sites.pages(), DIGEST, "", passed)
    story = sites.KINDS["story"]
    pages, digest = sites.pages(), DIGEST
    if fault in {"words", "place", "missing"}:
        old, new = {
            "words": (b"harbour", b"hxrbour"),
            "place": (b' id="s1"', b""),
            "missing": (b"data-cite", b"x"),
        }[fault]
        pages = tuple(
            Page(page.path, page.data.replace(old, new))
            if page.path.startswith("articles/" if fault == "place" else story)
            else page
            for page in pages
        )
    elif fault == "page":
        pages = _without(sites.KINDS["about"])
    else:
        first, *others = DIGEST.articles
        digest = replace(DIGEST, articles=(replace(first, text=first.text[::-1]), *others))
    for before in (sites.pages(), pages):  # nothing is remembered of pages that were refused
        with pytest.raises(SiteError) as caught:
            verify(pages, digest, "", passed, moved(before, pages) if compared else None)
        with pytest.raises(SiteError) as cold:
            verify(pages, digest)
        assert set(cold.value.problems) == set(caught.value.problems)
    verify(sites.pages(), DIGEST, "", passed, moved(pages, sites.pages()) if compared else None)
