"""What recurs over an outlet's articles, and what only looks like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model import Article, Cut, Meta, Span
from generator.stories.recurring import recurring
from generator.tasks import Outlet, find_recurring

SLOGAN = "The Alder Courier has told the coast what it does not want to hear since 1871."
LINE = "12 readers are on this page"
REPORTS = (
    "The harbour board closed the swing bridge after engineers found cracks in several old bearings on Monday morning.",
    "Farmers in the upper valley lost their barley when hail the size of walnuts fell during Tuesday's short storm.",
    "A jury acquitted the ferry captain of manslaughter after hearing that he had warned owners about leaking doors.",
    "Veldia's central bank raised interest rates again because food prices climbed faster than economists had expected.",
)


def _article(number: int, *paragraphs: str, outlet: str = "The Alder Courier") -> Article:
    starts, text = [], ""
    for paragraph in paragraphs:
        starts.append(Span(len(text), len(text) + len(paragraph)))
        text += f"{paragraph}\n\n"
    return Article(
        id=f"a{number}",
        path=f"{number:03}.md",
        digest="0",
        meta=Meta(outlet=outlet, lang="en"),
        text=text,
        paragraphs=tuple(starts),
    )


def _cut(articles: Sequence[Article]) -> dict[str, list[str]]:
    texts = {article.id: article.text for article in articles}
    return {key: [texts[key][slice(*cut.span)] for cut in cuts] for key, cuts in recurring(articles).items()}


def test_what_stands_in_three_different_reports_is_furniture() -> None:
    articles = [
        _article(n, report, f"{report} It was report {n}, they said.", SLOGAN, LINE.replace("12", str(n)))
        for n, report in enumerate(REPORTS[:3])
    ]
    assert _cut(articles) == {f"a{n}": [SLOGAN, LINE.replace("12", str(n))] for n in range(3)}
    assert all(cut.reason == "recurring" for cuts in recurring(articles).values() for cut in cuts)


def test_two_reports_are_not_enough() -> None:
    assert recurring([_article(n, report, SLOGAN) for n, report in enumerate(REPORTS[:2])]) == {}


def test_other_outlets_do_not_count() -> None:
    articles = [
        _article(n, report, f"{report} Again.", SLOGAN, outlet=f"Paper {n}")
        for n, report in enumerate(REPORTS[:3])
    ]
    assert recurring(articles) == {}


def test_articles_without_an_outlet_count_together() -> None:
    articles = [
        _article(n, report, f"{report} Again.", SLOGAN, outlet="") for n, report in enumerate(REPORTS[:3])
    ]
    assert set(_cut(articles)) == {"a0", "a1", "a2"}


def test_copies_of_one_agency_report_do_not_cut_one_another() -> None:
    copies = [
        _article(n, *REPORTS[:3], f"This paper adds remark {n} on the matter.", outlet="") for n in range(5)
    ]
    assert recurring(copies) == {}


def test_copies_with_furniture_of_their_own_stay_whole() -> None:
    copies = [
        _article(n, *REPORTS, f"{REPORTS[n]} Paper {n} has more on its own pages.", outlet="")
        for n in range(4)
    ]
    assert recurring(copies) == {}


def test_background_in_updates_of_one_report_stays() -> None:
    background = "The bridge was built in 1911 and carries nine thousand people over the river each day."
    updates = [
        _article(
            n, REPORTS[0], f"{REPORTS[0]} That was update number {n} of the day.", background, f"More at {n}."
        )
        for n in range(4)
    ]
    assert recurring(updates) == {}


def test_what_is_cut_already_is_not_cut_again() -> None:
    articles = [_article(n, report, f"{report} Again.", SLOGAN) for n, report in enumerate(REPORTS[:3])]
    first = articles[0]
    cut = Cut(first.paragraphs[2], "appeal")
    again = Article(
        id=first.id,
        path=first.path,
        digest="0",
        meta=first.meta,
        text=first.text,
        paragraphs=first.paragraphs,
        cut=(cut,),
    )
    assert recurring([again, *articles[1:]]) == {}


def test_the_order_of_articles_changes_nothing() -> None:
    articles = [_article(n, report, f"{report} Again.", SLOGAN) for n, report in enumerate(REPORTS)]
    assert recurring(articles) == recurring(articles[::-1])
    assert recurring([]) == {}


def test_what_recurs_is_looked_for_again_where_anything_that_it_hangs_on_is_other() -> None:
    some = tuple(_article(n, report, SLOGAN) for n, report in enumerate(REPORTS[:3]))
    first = some[0]
    other = (
        replace(first, digest="1"),
        replace(first, meta=replace(first.meta, lang="de")),
        replace(first, cut=(Cut(first.paragraphs[0], "navigation"),)),
    )
    keys = {Outlet(articles).key for articles in (some, some[1:], *((one, *some[1:]) for one in other))}
    assert len(keys) == 5
    assert Outlet(tuple(map(replace, some))).key in keys
    assert dict(find_recurring(Outlet(some))) == recurring(some) != {}
