"""Story and article pages: what stands where, how it is cited, what the states say."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from generator.config import SummarySettings
from generator.model import Extract, Group, Headline, Variant, Witness
from generator.publishing import urls
from generator.stories.telling import tell_story
from tests import digests, sites
from tests.builders import article
from tests.digests import pieces

BRIEF = re.compile(r'<p class="extract" id="brief-(\d)">(.*?)</p>', re.DOTALL)
CITE = re.compile(r'<sup class="cite"><a href="([^"]*)" aria-label="([^"]*)">\[(\d+)\]</a>')


def section(page: str, name: str) -> str:
    """Return the block of a page under the heading with this id."""
    found = re.search(rf'<section [^>]*aria-labelledby="{name}".*?</section>', page, re.DOTALL)
    assert found, name
    return found[0]


def words(fragment: str) -> str:
    """Return the text of a fragment, previews left out."""
    without = re.sub(r'<span class="peek">.*?</span></sup>', "</sup>", fragment, flags=re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]*>", " ", without)).replace("\u2060", "")
    return re.sub(r"\s+", " ", text).strip()


STORY = sites.harbour()[sites.STORY]
ARTICLE = sites.harbour()[urls.article_path(digests.GAZETTE)]


def test_the_head_names_outlet_numbers_and_days() -> None:
    head = words(STORY[STORY.index('<header class="opening">') : STORY.index("</header>\n<section")])
    assert "Fire destroys fish market hall in Saltmere harbour Headline: Harbour Gazette" in head
    assert (
        "6 articles, 5 origins · 12–14 Mar 2026 · 2 quotes differ · 1 figure differs · 1 date differs" in head
    )


def test_each_sentence_is_cited_to_every_source_that_says_it() -> None:
    briefs = {
        number: [int(cite) for _, _, cite in CITE.findall(text)] for number, text in BRIEF.findall(STORY)
    }
    # the second is also given, otherwise, by 4 and 6
    assert briefs == {"1": [1, 2, 3, 5], "2": [1, 2, 3, 4, 6], "3": [2, 3], "4": [4, 6], "5": [6]}
    assert "Otherwise in" in words(BRIEF.findall(STORY)[1][1])


def test_citations_name_source_outlet_and_sentence_and_lead_there() -> None:
    href, label, number = CITE.findall(STORY)[1]
    assert (label, number) == ("Source 2, The Coastal Courier, sentence 1", "2")
    assert href == f"../../{urls.article_path(digests.COURIER)}#s1"
    assert 'id="s1"' in sites.harbour()[urls.article_path(digests.COURIER)]


def test_previews_show_the_surroundings_a_copy_is_not_repeated_and_the_original_is_linked() -> None:
    third = BRIEF.findall(STORY)[2][1]
    own, copy = re.findall(r'<span class="peek">(.*?)</sup>', third, re.DOTALL)
    assert "The cause of the fire was not known" in own
    assert "The very same words" in copy
    assert "The cause" not in copy
    first = re.findall(r'<span class="peek">(.*?)</sup>', BRIEF.findall(STORY)[0][1], re.DOTALL)[0]
    assert (
        "https://gazette.example/news/2026/saltmere-fire?ref=a&amp;b=1#:~:text=A%20fire%20destroyed" in first
    )


def test_quotes_stand_beside_their_variants_with_differing_words_marked_and_named() -> None:
    quotes = section(STORY, "quotes")
    first = words(quotes[: quotes.index('id="quote-2"')])
    assert "<mark>within</mark> twenty minutes, <mark>and after that</mark> we" in quotes
    assert "Only here: within … and after that" in first
    assert "Only here: in … then" in first
    assert "Wir haben das Dach" in first
    assert "Ines Calloway , Fire chief, told" in first
    assert 'lang="de"' in quotes


def test_the_same_words_once_more_are_cited_beside_the_first() -> None:
    drill = digests.drill()
    page = section(sites.harbour()[urls.story_path(drill)], "quotes")
    assert page.count("<blockquote>") == 1
    assert [number for _, _, number in CITE.findall(page)] == ["1", "2"]
    assert "Harbour Gazette · The Coastal Courier" in words(page)


def test_wordings_without_a_common_word_are_not_marked_all_over() -> None:
    story = digests.drill()
    quote = story.quotes[0]
    other = digests.passage(digests.OLD_TOO, "fire chief Ines Calloway said")
    variant = Variant(other, pieces("+fire chief Ines Calloway said"), 0.5)
    quote = replace(quote, pieces=pieces("+The hall would burn like a match,"), variants=(variant,))
    page = section(
        sites.render(digests.digest([replace(story, quotes=(quote,), thread="")]))[urls.story_path(story)],
        "quotes",
    )
    assert "<mark>" not in page
    assert words(page).count("In other words throughout") == 2


def test_an_unsure_speaker_is_unclear() -> None:
    quotes = words(section(STORY, "quotes"))
    assert "“ a cooling unit in the east wing was the likely source of the fire ”" in quotes
    assert "Speaker unclear · Saltmere Voice as carried by Meridian Press Agency" in quotes


def test_differences_give_each_sources_own_words_cited() -> None:
    table = section(STORY, "differs")
    heads = re.findall(r'<th scope="row" rowspan="(\d)">(.*?)</th>', table, re.DOTALL)
    assert [(words(given), rows) for rows, given in heads] == [
        ("14", "1"),
        ("17", "2"),
        ("Thursday", "1"),
        ("Friday", "1"),
    ]
    rows = re.findall(r'<td class="outlet">(.*?)</td><td>(.*?)</td></tr>', table, re.DOTALL)
    assert [outlet for outlet, _ in rows[:3]] == ["Harbour Gazette", "Der Hafenbote", "Saltmere Voice"]
    assert "said <mark>14</mark> people" in rows[0][1]
    assert [CITE.search(cell)[3] for _, cell in rows] == ["1", "4", "6", "1", "6"]  # type: ignore[index]


def test_one_figure_in_several_words_is_one_value_under_the_briefest() -> None:
    counts = {"Post": "about 1,500 people", "Herald": "some 1,500 people", "Mail": "1,200 people"}
    text = "The flood in Sall drove {} from their homes on Monday, said the mayor of the town, Ann Lee."
    papers = [
        article(text.format(said), f"{outlet}.md", outlet=outlet, date="2026-03-02")
        for outlet, said in counts.items()
    ]
    told = tell_story(Group(tuple(papers)), SummarySettings())
    table = section(sites.render(digests.digest([told]))[urls.story_path(told)], "differs")
    heads = re.findall(r'<th scope="row" rowspan="(\d)">(.*?)</th>', table, re.DOTALL)
    assert [(words(given), rows) for rows, given in heads] == [("1,200", "1"), ("some 1,500", "2")]
    assert "<mark>about 1,500</mark>" in table


def test_the_matrix_has_a_cell_for_each_source_in_words() -> None:
    matrix = section(STORY, "matrix")
    second = re.findall(r"<tr id=\"claim-2\">(.*?)</tr>", matrix, re.DOTALL)[0]
    states = re.findall(r'<td class="(\w+)">', second)
    assert states == ["says", "says", "says", "differs", "says", "differs"]
    assert "says so: 4 · differs: 2 · silent: 0" in words(second)
    assert words(re.findall(r"<td.*?</td>", second)[3]) == "differs Der Hafenbote"


def test_a_source_in_another_language_was_not_compared_and_is_not_called_silent() -> None:
    matrix = section(STORY, "matrix")
    third = re.findall(r"<tr id=\"claim-3\">(.*?)</tr>", matrix, re.DOTALL)[0]
    cells = [words(cell) for cell in re.findall(r"<td.*?</td>", third)]
    assert cells[2:] == ["says so Northern Ledger", *["not compared: other language"] * 2, "silent"]
    assert "silent: 2 · not compared: 2" in words(third)
    assert "not compared: other language" in words(matrix.partition("<table")[0])
    assert "Reports in other languages were not compared" in words(section(STORY, "only"))


def test_the_timeline_says_how_relative_days_were_dated() -> None:
    events = re.findall(r'<li id="timeline-\d">(.*?)</li>', STORY, re.DOTALL)
    assert [words(event)[:13] for event in events] == [
        "1911 The hall",
        "12 March 2026",
        "13 March 2026",
        "14 March 2026",
    ]
    assert "from" not in words(events[0])
    assert words(events[2]).startswith("13 March 2026 from “on Friday” Police said")


def test_sources_say_origin_and_copies() -> None:
    third = STORY[STORY.index('<li id="source-3">') : STORY.index('<li id="source-4">')]
    assert words(third) == (
        "Market hall fire in Saltmere injures 14 Northern Ledger · 12 March 2026 · taken from Meridian Press "
        "Agency · the same text as source 2 · Original"
    )


def test_a_forced_headline_is_marked_as_the_editors_own() -> None:
    story = replace(
        digests.fire(), headline=Headline("Our own words", digests.GAZETTE.id, "override"), thread=""
    )
    page = sites.render(digests.digest([story]))[sites.STORY]
    assert "headline by the editors of this site" in page
    assert 'Headline: <a class="outlet"' not in page


def test_a_story_in_a_language_that_is_not_read_does_not_say_that_nobody_is_quoted() -> None:
    strike = digests.strike()
    articles = tuple(replace(one, meta=replace(one.meta, lang="ar")) for one in strike.articles)
    bare = replace(strike, articles=articles, extracts=(), quotes=(), differences=())
    page = words(sites.render(digests.digest([bare]))[urls.story_path(bare)])
    assert "Who is quoted is not made out in this language." in page
    assert "Figures, dates and names are not compared in this language." in page


def test_a_bare_story_has_words_for_what_it_lacks() -> None:
    bare = replace(digests.strike(), extracts=(), differences=())
    page = words(sites.render(digests.digest([bare]))[urls.story_path(bare)])
    assert "No sentence of these reports stands well enough on its own" in page
    assert "No quotes besides those in the sentences above." in page
    assert "No two sources were found to differ" in page
    assert "No notable sentence stands in one source alone." in page
    assert "No other report came near." in page


def test_a_lone_report_says_so_and_promises_no_comparison() -> None:
    page = words(sites.harbour()[sites.KINDS["single"]])
    assert "1 article · 13 March 2026 · only one source, so nothing could be compared" in page
    assert "Where sources differ" not in page


def test_one_origin_is_named() -> None:
    copies = replace(
        digests.strike(),
        witnesses=(Witness("KVP", tuple(a.id for a in digests.strike().articles), copies=True),),
    )
    page = sites.render(digests.digest([copies]))[urls.story_path(copies)]
    assert "2 articles, 1 origin: KVP" in page


@pytest.mark.parametrize(
    ("lang", "counts"),
    [
        ("en", "3 articles, 1 text"),
        ("de", "3 Artikel, 1 Text"),
        ("fr", "3 articles, 1 texte"),
        ("es", "3 artículos, 1 texto"),
    ],
)
def test_copies_of_one_text_have_no_origin_but_are_one_text(lang: str, counts: str) -> None:
    text = (
        "The old pier of Sall burnt down on Monday night, said the fire brigade of the town. Nobody was hurt. "
        "Forty boats were towed out of the harbour before midnight, the harbour master said."
    )
    papers = [article(text, f"{n}.md", outlet=f"Paper {n}", date="2026-03-02") for n in range(3)]
    told = tell_story(Group(tuple(papers)), SummarySettings())
    pages = sites.render(digests.digest([told]), language=lang)
    for path in ("index.html", urls.story_path(told)):
        assert counts in words(pages[path])
        assert f"{counts}:" not in words(pages[path])


# ---------------------------------------------------------------- articles


def test_cited_sentences_stand_with_their_neighbours_and_ways_back() -> None:
    first = re.search(
        r'<span id="s1" class="cited"[^>]*>(.*?)</span><span class="ways">(.*?)</span>', ARTICLE
    )
    assert first
    backs = re.findall(r'href="\.\./\.\./[^"]*#([\w-]+)"', first[2])
    assert backs == ["brief-1", "timeline-2", "differs-2"]
    assert all(f'id="{back}"' in STORY for back in backs)
    assert re.search(r'<span id="s6" class="near"', ARTICLE)  # beside the mayor's words


def test_cut_text_is_named_not_shown() -> None:
    assert "2 passages are no part of the report and were cut" in ARTICLE
    assert "Smoke over" not in ARTICLE


def test_left_out_sentences_are_counted() -> None:
    report = digests.article(
        "long.md",
        "Long",
        "Post",
        "2026-01-01",
        [[f"Sentence {n} of the report stands here."] for n in range(9)],
    )
    story = replace(digests.singles()[0], id=report.id, articles=(report,), extracts=tuple(
        Extract(digests.sentence(report, n)) for n in (0, 4)
    ), headline=Headline("Long", report.id, "headline"), witnesses=())  # fmt: skip
    page = sites.render(digests.digest([story]))[urls.article_path(report)]
    gaps = re.findall(r'<p class="gap">(.*?)</p>', page)
    assert gaps == ["[3 sentences left out]", "[4 further sentences]"]
    full = sites.render(digests.digest([story]), text="full")[urls.article_path(report)]
    assert "left out" not in full
    assert full.count('class="near"') == 7


def test_without_excerpts_only_cited_sentences_are_shown() -> None:
    page = sites.render(digests.harbour(), text="none")[urls.article_path(digests.GAZETTE)]
    assert 'class="near"' not in page
    assert 'id="s1"' in page


def test_an_article_without_date_outlet_or_address_says_so() -> None:
    undated = digests.singles()[2]
    page = words(sites.harbour()[urls.article_path(undated.articles[0])])
    assert "Outlet not given · date not given" in page
    assert "No address of the original is known" in page


def test_an_untitled_article_is_headed_by_its_first_sentence_and_says_so() -> None:
    untitled = digests.singles()[3].articles[0]
    page = words(sites.harbour()[urls.article_path(untitled)])
    assert "The report has no headline; this is its first sentence." in page


def test_arabic_is_marked_and_runs_from_right_to_left() -> None:
    page = sites.harbour()[urls.article_path(digests.SAWT)]
    assert re.search(r'<span id="s1" class="cited" data-cite="[^"]*" lang="ar" dir="rtl">', page)
    assert re.search(r'<h1 lang="ar" dir="rtl">', page)
