"""Article pages: the particulars of one report and its cited sentences in their surroundings."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Article, Story
from generator.publishing import urls
from generator.publishing.blocks import PassagePart, SentencePart
from generator.publishing.contexts import ArticleContext
from generator.publishing.drafts import Each
from generator.publishing.index import Places, cited
from generator.publishing.marks import original, paragraph, text
from generator.publishing.pages.audit import audit_link
from generator.publishing.pages.frame import Desk
from generator.publishing.pages.sources import source_part
from generator.publishing.parts import EntryPart, Link

_BACKS = 4
"""Ways back from one sentence; a story that cites it more often still has the first of them."""


def articles(desk: Desk) -> Iterator[Each[Story]]:
    """Yield the page of every article."""
    yield Each(_members, desk.digest.stories)


def _members(desk: Desk, story: Story) -> Iterator[ArticleContext]:
    """Yield the pages of the articles of one story."""
    places = cited(story)
    for number, article in enumerate(story.articles, 1):
        yield _article(desk, story, article, number, places[article.id])


def _article(desk: Desk, story: Story, article: Article, number: int, places: Places) -> ArticleContext:
    """Return the page of one article."""
    path = urls.article_path(article)
    root = urls.root(path)
    meta = article.meta
    kept = _kept(article, places, desk.settings.text)
    rest = len(article.sentences) - 1 - kept[-1] if kept else len(article.sentences)
    title = desk.title(article)
    return ArticleContext(
        site=desk.site,
        page=desk.frame(path, title.text, found=not story.hidden and not story.single),
        source=source_part(desk, article, root, number),
        untitled=not meta.title,
        story=EntryPart(
            root + urls.story_path(story), desk.headline(story), "", desk.days(story), _place(desk, story)
        ),
        passages=_passages(desk, story, article, places, kept),
        amount=desk.settings.text,
        rest=desk.count("article.rest", rest) if rest else "",
        cut=desk.count("article.cut", len(article.cut)) if article.cut else "",
        audit=audit_link(desk, story, root),
        updated=desk.day(meta.updated).text if meta.updated else "",
        license=meta.license,
    )


def _place(desk: Desk, story: Story) -> str:
    """Return "one of 6 articles" or "the only report"."""
    if story.single:
        return desk.say("article.only_report")
    return desk.say("outlet.one_of", articles=desk.count("count.articles", len(story.articles)))


def _kept(article: Article, places: Places, amount: str) -> list[int]:
    """Return the sentences that the page shows: the cited ones, and by default their neighbours."""
    if amount == "full":
        return list(range(len(article.sentences)))
    if amount == "none":
        return sorted(places)
    kept = set(places)
    for sentence in places:
        home = paragraph(article, sentence)
        for near in (sentence - 1, sentence + 1):
            if 0 <= near < len(article.sentences) and paragraph(article, near) == home:
                kept.add(near)
    return sorted(kept)


def _passages(
    desk: Desk, story: Story, article: Article, places: Places, kept: list[int]
) -> tuple[PassagePart, ...]:
    """Return the kept sentences in runs of neighbours within a paragraph."""
    runs: list[list[int]] = []
    for sentence in kept:
        last = runs[-1][-1] if runs else -2
        if sentence == last + 1 and paragraph(article, sentence) == paragraph(article, last):
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
    ends = [-1, *(run[-1] for run in runs)]
    return tuple(
        PassagePart(
            desk.count("article.gap", run[0] - end - 1) if run[0] - end > 1 else "",
            tuple(_sentence(desk, story, article, places, sentence) for sentence in run),
        )
        for end, run in zip(ends, runs, strict=False)
    )


def _sentence(desk: Desk, story: Story, article: Article, places: Places, sentence: int) -> SentencePart:
    """Return a sentence, with the ways back to where it is cited."""
    span = article.sentences[sentence]
    found = places.get(sentence, [])
    if any(place == "brief" for place, _ in found):
        found = [(place, number) for place, number in found if place != "claim"]  # the same words again
    page = f"{urls.root(urls.article_path(article))}{urls.story_path(story)}"
    backs = tuple(
        Link(desk.say(f"back.{place}", number=number), f"{page}#{place}-{number}")
        for place, number in found[:_BACKS]
    )
    link = original(article, span) if found else ""
    return SentencePart(
        urls.anchor(sentence), text(desk, article, span), bool(found), backs, link if article.meta.url else ""
    )
