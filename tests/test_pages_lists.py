"""Front page, lists, archive, search, audit: nothing is dropped, empty states have words, lists are cut."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.model import Headline
from generator.publishing import urls
from generator.publishing.pages.frame import page_links
from tests import digests, sites
from tests.test_pages_story import section, words

FRONT = sites.harbour()["index.html"]


def test_the_front_page_opens_with_the_day_and_the_numbers() -> None:
    edition = re.search(r'<p class="edition">.*?</p>', FRONT, re.DOTALL)
    assert edition
    assert (
        words(edition[0]) == "Saturday, 14 March 2026 16 articles · 7 outlets · 3 stories · 6 single reports"
    )


def test_the_lead_has_its_outlet_three_cited_sentences_and_what_differs() -> None:
    lead = FRONT[FRONT.index('<article class="item lead">') : FRONT.index("</article>")]
    assert "Headline: Harbour Gazette" in words(lead)
    assert lead.count("data-cite") == 3
    assert "2 quotes differ · 1 figure differs" in words(lead)
    assert words(lead).endswith("Harbour Gazette · The Coastal Courier · Northern Ledger · Der Hafenbote +2")


def test_what_is_new_names_new_stories_and_new_facts() -> None:
    news = words(section(FRONT, "news"))
    assert news.startswith("New since 13 March 2026")
    assert "Two days after the blaze, the harbour office put the damage at 3.5 million crowns. [6]" in news
    assert "Ferry crews on the Skerry line" in news


def test_single_reports_and_undated_ones_are_all_there_and_hidden_ones_are_not() -> None:
    assert "Lighthouse keeper’s logbook" in words(section(FRONT, "singles"))
    assert "first sentence of the report" in words(section(FRONT, "singles"))
    assert "Council votes to keep the night bus Outlet not given · date not given" in words(
        section(FRONT, "undated")
    )
    assert "Draft notice" not in FRONT
    hidden = urls.story_path(digests.singles()[5])
    assert "data-pagefind-body" not in sites.harbour()[hidden]


def test_an_empty_site_says_what_to_do() -> None:
    pages = sites.render(digests.digest([]))
    assert "No articles yet" in words(pages["index.html"])
    assert "Nothing has been collected yet" in words(pages["index.html"])
    assert "No report gives a date." in words(pages["archive/index.html"])
    assert "No outlets yet" in words(pages["outlets/index.html"])
    assert "No headlines yet" in words(pages["search/index.html"])
    assert "No file was skipped." in words(pages["audit/index.html"])
    assert not any(path.startswith(("people/", "threads/")) for path in pages)


def test_single_reports_alone_explain_themselves() -> None:
    page = words(sites.render(digests.digest(digests.singles()[:2]))["index.html"])
    assert "No event has been reported by two articles yet." in page
    assert "Regen lässt Pegel der Aller steigen" in page


def test_a_large_site_counts_what_the_front_page_leaves_to_the_archive() -> None:
    page = words(sites.render(digests.many(1000))["index.html"])
    # 166 pairs: a lead, 10 stories, 8 headlines; 668 single reports, 75 of them undated, 21 of the rest named
    assert "147 more stories in the archive" in page
    assert "572 more single reports in the archive" in page
    assert "63 more reports without a date" in page


def test_every_headline_is_in_the_a_to_z_list_of_a_large_site() -> None:
    digest = digests.many(1000)
    pages = sites.render(digest)
    listed = "".join(text for path, text in pages.items() if path.startswith("search/"))
    assert all(f'{urls.story_path(story)}"' in listed for story in digest.stories)
    assert {"search/index.html", "search/2/index.html"} <= pages.keys()
    first, second = (
        re.search(r'<nav class="pages".*?</nav>', pages[f"search/{n}index.html"], re.DOTALL)
        for n in ("", "2/")
    )
    assert first
    assert second
    assert words(first[0]).startswith("1 2")
    assert '<a href="../search/2/index.html" rel="next">Next</a>' in first[0]
    assert 'rel="prev"' not in first[0]
    assert '<a href="../../search/index.html" rel="prev">Previous</a>' in second[0]


def test_outlets_of_one_name_in_two_spellings_are_one() -> None:
    first = digests.single("a.md", "One", "Harbour Post", "2026-01-01", ["The first sentence stands here."])
    second = digests.single(
        "b.md", "Two", "HARBOUR  POST", "2026-01-02", ["The second sentence stands here."]
    )
    page = words(sites.render(digests.digest([first, second]))["outlets/harbour-post/index.html"])
    assert "2 articles" in page
    assert page.index("Two") < page.index("One")  # latest first


def test_an_outlet_names_its_agencies() -> None:
    page = words(sites.harbour()[urls.outlet_path("The Coastal Courier")])
    assert "reports taken from Meridian Press Agency" in page
    assert "one of 6 articles in its story" in page


def test_a_person_has_every_quote_with_its_story() -> None:
    page = sites.harbour()["people/ines-calloway/index.html"]
    assert page.count('<figure class="quote">') == 2
    assert f"../../{sites.STORY}#quote-1" in page
    assert "2 other wordings" in words(page)


def test_a_thread_is_in_order_of_time_and_every_members_address_leads_to_it() -> None:
    page = words(sites.harbour()[sites.KINDS["thread"]])
    assert page.index("Saltmere rehearses a fire") < page.index("A fire destroyed the old")
    later = sites.STORY.replace("stories/", "threads/")
    assert 'http-equiv="refresh"' in sites.harbour()[later]


def test_people_stand_by_letter() -> None:
    page = sites.harbour()["people/index.html"]
    letters = re.findall(r'<h2 id="letter-(\w)">(\w)</h2>(.*?)</ul>', page, re.DOTALL)
    assert [letter for _, letter, _ in letters] == sorted({letter for _, letter, _ in letters})
    for id_, letter, entries in letters:
        assert id_.upper() == letter
        assert set(re.findall(r'<a class="headline"[^>]*>(\w)', entries)) == {letter}
        assert page.count(f'#letter-{id_}">{letter}</a>') == 1
    assert len(letters) > 1


def test_an_address_that_leads_on_says_what_stood_there() -> None:
    pages = sites.harbour()
    assert "<h1>This report is part of a story</h1>" in pages[urls.member_path(digests.COURIER)]
    assert "<h1>This thread has moved</h1>" in pages[urls.member_thread_path(digests.GAZETTE)]


def test_days_tell_new_stories_from_those_that_went_on() -> None:
    day = words(sites.harbour()["archive/2026/03/14/index.html"])
    assert day.index("Stories that began on this day") < day.index("Ferry crews")
    assert day.index("Stories that went on") < day.index("Fire destroys")
    assert day.index("Single reports") < day.index("Regen lässt")
    assert "← 13 March 2026" in day


def test_undated_stories_have_a_page_of_their_own() -> None:
    assert "no date was guessed" in words(sites.harbour()["archive/undated/index.html"])
    assert "1 story without a date" in words(sites.harbour()["archive/index.html"])


def test_the_archive_lists_months_latest_first() -> None:
    page = sites.harbour()["archive/index.html"]
    assert page.index("March 2026") < page.index("March 2025")
    march = page[page.index("March 2026") : page.index("</table>")]
    weeks = [re.findall(r"<td>(.*?)</td>", week) for week in re.findall(r"<tr>(<td>.*?)</tr>", march)]
    assert [len(week) for week in weeks] == [7] * 6  # 1 March 2026 is a Sunday, the 30th a Monday
    assert weeks[0] == ["", "", "", "", "", "", "1"]
    assert weeks[2][5] == (
        '<a href="../archive/2026/03/14/index.html" aria-label="Sat 14: 3 stories" title="Sat 14: 3 stories">14</a>'
    )


def test_the_audit_names_skipped_files_cuts_notes_and_reasons() -> None:
    page = sites.harbour()["audit/index.html"]
    text = words(page)
    assert "16 articles read · 1 file skipped · 3 passages cut · 1 note" in text
    assert "broken.md : line 4: no such date: 2026-02-30 (write YYYY-MM-DD)" in text
    assert "<b>Caption</b> <del>Smoke over the eastern quay" in page
    assert "line 3: a quotation mark is not closed (close it)" in text
    assert "These reports share: saltmere, market, hall, calloway, smoke." in text
    assert (
        "Nearest report kept out: Saltmere rehearses a fire in its old market hall , Harbour Gazette; likeness 22%"
        in text
    )


def test_a_long_audit_is_cut_into_pages_and_stories_link_to_theirs() -> None:
    digest = digests.many(400)
    pages = sites.render(digest)
    audits = {path: text for path, text in pages.items() if path.startswith("audit/")}
    assert len(audits) > 1
    for story in (digest.stories[0], digest.stories[-1]):
        link = re.search(r'href="\.\./\.\./(audit/[^"]*)#(\w+)"', pages[urls.story_path(story)])
        assert link
        assert f'id="{link[2]}"' in audits[link[1]]


def test_a_very_long_cut_is_shortened_and_its_length_given() -> None:
    report = digests.article(
        "a.md", "A", "Post", "", [["One sentence stands here."], ["~appeal: " + "give " * 500]]
    )
    story = replace(
        digests.singles()[2],
        id=report.id,
        articles=(report,),
        extracts=(),
        headline=Headline("A", report.id, "headline"),
        witnesses=(),
    )
    page = sites.render(digests.digest([story]))["audit/index.html"]
    assert "(2,499 characters in all)" in page or "(2,500 characters in all)" in page


def test_each_page_of_a_list_leads_to_all_others() -> None:
    links = page_links("people/index.html", 2, 3)
    assert [(link.text, link.href) for link in links] == [
        ("1", "../../people/index.html"),
        ("2", ""),
        ("3", "../../people/3/index.html"),
    ]


def test_a_page_of_a_very_long_list_leads_to_some_and_from_there_to_all() -> None:
    shown = {
        here: [int(link.text) for link in page_links("a/index.html", here, 4_096)] for here in range(1, 4_097)
    }
    assert max(map(len, shown.values())) <= 13
    assert all(numbers == sorted(set(numbers)) and here in numbers for here, numbers in shown.items())
    assert all(
        {1, 4_096, max(1, here - 1), min(4_096, here + 1)} <= {*numbers} for here, numbers in shown.items()
    )


def test_a_page_of_a_long_list_shows_where_others_lie_between() -> None:
    shown = [link.text for link in page_links("a/index.html", 64, 128)]
    assert shown == ["1", "21", "41", "61", "62", "63", "64", "65", "66", "67", "88", "108", "128"]
