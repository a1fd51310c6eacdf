"""``crosscite inspect``: what was found in an article, and where."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.commands.options import command, config_of, report

if TYPE_CHECKING:
    from generator.commands.options import Commands
    from generator.config import ReadSettings
    from generator.model import Article, Moment, Quote, Reading, Span


def add(commands: Commands) -> None:
    """Add ``crosscite inspect``."""
    parser = command(commands, "inspect", "show what was found in articles, and where", run)
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="an article")
    parser.add_argument(
        "--json", action="store_true", help="print one object a line, in the order of the files"
    )


def run(args: argparse.Namespace) -> int:
    """Show what was found in each file; files that are no articles are named, and the exit code is 1."""
    import json

    config, failed = config_of(args), False
    for file in args.files:
        reading = read_file(file, config.reading)
        for article in reading.articles:
            print(json.dumps(inspected(article), ensure_ascii=False) if args.json else describe(article))
        report(reading.skipped)
        failed = failed or bool(reading.skipped)
    return int(failed)


def read_file(file: Path, settings: ReadSettings) -> Reading:
    """Read one file as ``build`` would; one that cannot be opened is a problem of the reading."""
    from generator.errors import Problem
    from generator.model import Reading
    from generator.reading.read import read

    try:
        data = file.read_bytes()
    except OSError as error:
        hint = "check the path" if isinstance(error, FileNotFoundError) else ""
        return Reading(skipped=(Problem(str(file), 0, f"cannot be read: {error.strerror}", hint),))
    return read(file.as_posix(), data, settings)


def inspected(article: Article) -> dict[str, Any]:
    """Return what was found, for JSON. Offsets are characters of ``text``; ``docs/output.md`` lists all."""
    meta = article.meta
    return {
        "path": article.path,
        "id": article.id,
        "title": meta.title,
        "date": _iso(meta.date),
        "updated": _iso(meta.updated),
        "outlet": meta.outlet,
        "origin": meta.origin,
        "authors": list(meta.authors),
        "lang": meta.lang,
        "url": meta.url,
        "text": article.text,
        "cut": [_placed(article, cut.span, reason=cut.reason) for cut in article.cut],
        "repairs": [_placed(article, span) for span in article.repairs],
        "sentences": [_placed(article, span) for span in article.sentences],
        "quotes": [_quote(article, quote) for quote in article.quotes],
        "figures": [
            _placed(article, f.span, value=f.value, unit=f.unit, head=f.head, loss=f.loss, firm=f.firm)
            for f in article.figures
        ],
        "names": [_placed(article, n.span, name=n.text, kind=n.kind, count=n.count) for n in article.names],
        "notes": [str(note) for note in article.notes],
    }


def _quote(article: Article, quote: Quote) -> dict[str, Any]:
    """Return one quote; the words of mention and cue stand beside their places."""
    mention, cue = quote.mention, quote.cue
    return _placed(
        article,
        quote.span,
        kind=quote.kind,
        speaker=quote.speaker,
        role=quote.role,
        via=quote.via,
        mention=article.shown(mention) if mention else "",
        mention_start=mention.start if mention else None,
        mention_end=mention.end if mention else None,
        cue=article.shown(cue) if cue else "",
        confidence=round(quote.confidence, 4),
        inferred=quote.inferred,
        closed=quote.closed,
    )


def _placed(article: Article, span: Span, **more: object) -> dict[str, Any]:
    """Return the words of a span with its place, and more fields."""
    return {"text": article.text[span.start : span.end], **more, "start": span.start, "end": span.end}


def _iso(moment: Moment | None) -> str | None:
    """Return a date for JSON."""
    return moment.iso if moment else None


def describe(article: Article) -> str:
    """Return the same for people: what is kept, what is cut, who is quoted."""
    meta = article.meta
    lines = [
        article.path,
        f"  title     {meta.title or 'not given'}",
        f"  date      {meta.date.iso if meta.date else 'date not given'}",
        f"  outlet    {meta.outlet or 'not given'}" + (f" (origin: {meta.origin})" if meta.origin else ""),
        f"  language  {meta.lang or 'cannot be told'}",
        f"  found     {len(article.sentences)} sentences, {len(article.quotes)} quotes, {len(article.figures)} figures",
    ]
    lines += [f"  cut       {article.shown(cut.span)!r} ({cut.reason})" for cut in article.cut]
    for quote in article.quotes:
        who = f"{quote.speaker} ({quote.confidence:.2f})" if quote.speaker else "speaker unclear"
        lines.append(f"  quote     “{article.shown(quote.span)}” {quote.kind}, {who}")
    lines += [
        f"  figure    {article.shown(figure.span)}: {figure.value:g} {figure.head}"
        for figure in article.figures
    ]
    lines += [f"  note      {note}" for note in article.notes]
    return "\n".join(lines)
