"""A story to take along: Markdown, plain text, e-mail, and its sources as BibTeX and CSL-JSON.

Every sentence keeps its number, and every number its source. Text of articles is data in each format:
nothing of it is read as markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from generator.language.escaping import as_markdown
from generator.model import SPEAKER_CUT, Article, Page, Passage, Story, StoryQuote
from generator.publishing import urls
from generator.publishing.drafts import Each
from generator.publishing.marks import said
from generator.publishing.pages.frame import Desk
from generator.publishing.pages.front import counts

FILES = ("story.md", "story.txt", "mail.html", "sources.bib", "sources.csl.json")
"""Names of the files beside a story's page, in the order of the page's links."""

_POLICY = (
    """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">"""
)
_BIBTEX = re.compile(r"([\\{}$&#%_~^])")


def exports(desk: Desk) -> Iterator[Each[Story]]:
    """Yield the files of every story of several reports, beside its page."""
    yield Each(_files, desk.several)


def _files(desk: Desk, story: Story) -> Iterator[Page]:
    """Yield the files of one story."""
    folder = urls.folder(urls.story_path(story))
    address = urls.absolute(desk.settings.base_url, urls.story_path(story))
    texts = (
        _markdown(desk, story, address),
        _plain(desk, story, address),
        _mail(desk, story, address),
        "\n".join(_bibtex(article) for article in story.articles),
        json.dumps([_csl(article) for article in story.articles], ensure_ascii=False, indent=1) + "\n",
    )
    yield from (Page(folder + name, text.encode()) for name, text in zip(FILES, texts, strict=True))


def _numbers(story: Story, passage: Passage, others: Sequence[Passage] = ()) -> str:
    """Return "[1][3]": the sources of a sentence."""
    numbers = sorted({story.number(place.article) for place in (passage, *others)})
    return "".join(f"[{number}]" for number in numbers)


def _brief(story: Story) -> Iterator[tuple[str, str]]:
    """Yield each sentence of the brief with its sources."""
    for extract in story.extracts:
        same = [support.passage for support in extract.support if support.relation == "same"]
        yield story.shown(extract.passage), _numbers(story, extract.passage, same)


def _wordings(desk: Desk, story: Story, quote: StoryQuote) -> Iterator[str]:
    """Yield what is quoted with its sources; then, in order of source, what others have instead."""
    held: dict[str, list[Passage]] = {}
    for passage in (quote.passage, *(variant.passage for variant in quote.variants)):
        held.setdefault(said(story.article(passage.article), passage.span), []).append(passage)
    for first, *others in held.values():
        numbers, words = _numbers(story, first, others), _quoted(desk, story.shown(first))
        instead = "" if first is quote.passage else f"{desk.say('story.differently')} {numbers}: "
        yield f"{instead}{words}" if instead else f"{words} {numbers}"


def _differing(desk: Desk, story: Story) -> Iterator[str]:
    """Yield each figure, name or day on which sources differ: "people: 1,200 [2] · some 1,500 [1][5]"."""
    for difference in story.differences:
        if difference.kind != "wording":
            held: dict[str | float, list[Passage]] = {}
            for given in difference.given:
                passage = replace(given.passage, span=given.span)
                key = given.value if difference.kind == "figure" else story.shown(passage)
                held.setdefault(key, []).append(passage)
            values = (
                f"{min(map(story.shown, same), key=len)} {_numbers(story, same[0], same[1:])}"
                for same in held.values()
            )
            label = difference.label or desk.say("differs.amount")
            yield f"{label}: {' · '.join(values)}"


def _speaker(desk: Desk, quote: StoryQuote) -> str:
    """Return who said it, with the role given beside the name, or that it is unclear."""
    if not quote.speaker or quote.confidence < SPEAKER_CUT:
        return desk.say("quote.unclear")
    return f"{quote.speaker}, {quote.role}" if quote.role else quote.speaker


def _quoted(desk: Desk, words: str) -> str:
    """Return words between the quotation marks of the site's language."""
    return desk.say("quote.open") + words + desk.say("quote.close")


def _facts(desk: Desk, story: Story) -> str:
    """Return how many articles and origins a story has, and its days."""
    return f"{counts(desk, story)} · {desk.days(story).text}"


def _source(desk: Desk, article: Article) -> str:
    """Return a source in one line: outlet, title, date, address."""
    parts = (
        desk.outlet(article),
        article.meta.title,
        desk.day(article.meta.date).text,
        urls.outside(article.meta.url),
    )
    return ", ".join(part for part in parts if part)


def _markdown(desk: Desk, story: Story, address: str) -> str:
    """Return the story as Markdown."""
    lines = [f"# {as_markdown(story.headline.text)}", "", as_markdown(_facts(desk, story)), ""]
    lines += [f"- {as_markdown(words)} {as_markdown(numbers)}" for words, numbers in _brief(story)]
    if story.quotes:
        lines += ["", f"## {desk.say('story.quotes')}", ""]
        for quote in story.quotes:
            for line in _wordings(desk, story, quote):
                lines += [f"> {as_markdown(line)}", ">"]
            lines += [f"> — {as_markdown(_speaker(desk, quote))}", ""]
    if differing := [f"- {as_markdown(line)}" for line in _differing(desk, story)]:
        lines += ["", f"## {desk.say('story.differences')}", "", *differing]
    lines += ["", f"## {desk.say('story.sources')}", ""]
    lines += [f"{n}. {as_markdown(_source(desk, article))}" for n, article in enumerate(story.articles, 1)]
    return "\n".join([*lines, *(["", f"<{address}>"] if address else []), ""])


def _plain(desk: Desk, story: Story, address: str) -> str:
    """Return the story as plain text."""
    lines = [story.headline.text, _facts(desk, story), ""]
    lines += [f"{words} {numbers}" for words, numbers in _brief(story)]
    for quote in story.quotes:
        lines += ["", *_wordings(desk, story, quote), f"— {_speaker(desk, quote)}"]
    if differing := list(_differing(desk, story)):
        lines += ["", desk.say("story.differences"), *differing]
    lines += ["", *(f"[{n}] {_source(desk, article)}" for n, article in enumerate(story.articles, 1))]
    return "\n".join([*lines, *(["", address] if address else []), ""])


def _mail(desk: Desk, story: Story, address: str) -> str:
    """Return the story as HTML for mail: one column, styles in the elements, nothing fetched."""
    serif, rule = (
        "font:17px/1.5 Georgia,serif;margin:0 0 14px",
        "border-left:3px solid #888;padding-left:12px",
    )
    head = escape(story.headline.text)
    title = f'<a href="{escape(address)}" style="color:#111">{head}</a>' if address else head
    small = "font:14px/1.5 Arial,sans-serif;color:#444"
    parts = [
        f'<h1 style="font:bold 26px/1.2 Georgia,serif;margin:0 0 8px">{title}</h1>',
        f'<p style="{small};margin:0 0 16px">{escape(_facts(desk, story))}</p>',
    ]
    parts += [f'<p style="{serif}">{escape(words)} {numbers}</p>' for words, numbers in _brief(story)]
    for quote in story.quotes:
        words = "<br>".join(map(escape, _wordings(desk, story, quote)))
        parts.append(f'<p style="{serif};{rule}">{words}<br>— {escape(_speaker(desk, quote))}</p>')
    if differing := "".join(f"<br>{escape(line)}" for line in _differing(desk, story)):
        parts.append(f'<p style="{serif}">{escape(desk.say("story.differences"))}{differing}</p>')
    sources = (_mail_source(desk, article) for article in story.articles)
    rows = "".join(f"<br>[{number}] {source}" for number, source in enumerate(sources, 1))
    parts.append(f'<p style="{small}">{escape(desk.say("story.sources"))}{rows}</p>')
    body = "\n".join(parts)
    width = 'width="600" style="max-width:600px;width:100%"'
    return (
        f'<!doctype html>\n<html lang="{desk.settings.language}">\n<head><meta charset="utf-8">{_POLICY}<title>{head}</title></head>\n'
        f'<body style="margin:0;padding:16px"><table role="presentation" {width}><tr><td>\n{body}\n</td></tr></table></body>\n</html>\n'
    )


def _mail_source(desk: Desk, article: Article) -> str:
    """Return a source for mail, its title linked to the original where an address is known."""
    title, url = escape(article.meta.title), escape(urls.outside(article.meta.url))
    linked = (
        f'<a href="{url}" rel="noopener nofollow" style="color:#444">{title or url}</a>' if url else title
    )
    parts = (escape(desk.outlet(article)), linked, escape(desk.day(article.meta.date).text))
    return ", ".join(part for part in parts if part)


def _bibtex(article: Article) -> str:
    """Return a source as a BibTeX entry."""
    meta = article.meta
    fields = {
        "title": meta.title,
        "author": " and ".join(meta.authors),
        "journal": meta.outlet,
        "date": meta.date.day.isoformat() if meta.date else "",
        "url": urls.outside(meta.url),
        "urldate": meta.retrieved.day.isoformat() if meta.retrieved else "",
        "langid": meta.lang,
    }
    lines = [f"  {name} = {{{_BIBTEX.sub(_escaped, value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{article.id},", *lines, "}", ""])


def _escaped(match: re.Match[str]) -> str:
    """Return a character that TeX would act upon as one that it prints."""
    named = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return named.get(match[1], f"\\{match[1]}")


def _csl(article: Article) -> dict[str, Any]:
    """Return a source as a CSL-JSON item (Citation Style Language 1.0.2)."""
    meta = article.meta
    item = {
        "id": article.id,
        "type": "article-newspaper",
        "title": meta.title,
        "container-title": meta.outlet,
        "author": [{"literal": author} for author in meta.authors],
        "issued": _date_parts(meta.date.day.isoformat() if meta.date else ""),
        "accessed": _date_parts(meta.retrieved.day.isoformat() if meta.retrieved else ""),
        "URL": urls.outside(meta.url),
        "language": meta.lang,
    }
    return {name: value for name, value in item.items() if value}


def _date_parts(iso: str) -> dict[str, list[list[int]]]:
    """Return a day as CSL writes it; nothing for no day."""
    return {"date-parts": [[int(part) for part in iso.split("-")]]} if iso else {}
